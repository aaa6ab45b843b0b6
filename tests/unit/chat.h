/*
 * chat - how the tests of chats read an answer, whole or cut.
 *
 * It knows no expectations.  What came of an answer is one struct, so that
 * two ways of reading are compared in all that a caller can see.
 */
#ifndef CHAT_H
#define CHAT_H

#include "api_chat.h"
#include "tap.h"

#define SERVER "http://server"

/* An event of a stream, and one whose first choice has these members. */
#define EVENT(json) "data: " json "\n\n"
#define CHOICE(members) EVENT("{\"choices\":[{" members "}]}")
#define DELTA(text) CHOICE("\"delta\":{\"content\":\"" text "\"}")
#define FINISH(reason) CHOICE("\"delta\":{},\"finish_reason\":\"" reason "\"")
#define DONE EVENT("[DONE]")

/* What came of an answer. */
struct answer {
	int status;
	struct buf text, reasoning;
	struct buf calls; /* "ID NAME ARGUMENTS;" each; no id is "-" */
	struct err err;
	size_t ncalls, bad_bytes;
	bool late_text, foreign;
	char odd_finish[32], finish[32];
	struct api_usage usage;
	char answered_by[API_MODEL_TEXT_MAX + 1];
};

static inline void
answer_done(struct answer *a)
{
	buf_done(&a->text);
	buf_done(&a->reasoning);
	buf_done(&a->calls);
	*a = (struct answer){ .err = ERR_NONE };
}

/* Out of memory of its own, so that no byte past its end is read unseen. */
static inline int
feed(struct api_chat *c, struct str piece, struct err *e)
{
	char *copy = tap_copy(piece);
	int got;

	got = api_chat_feed(c, (struct str){ copy, piece.len }, e);
	free(copy);
	return got;
}

/* How an answer comes.  Zero-initialised: as a whole. */
struct way {
	size_t (*step)(void *state); /* the length of the next piece */
	void *state;
	bool stops; /* once the reader says that it is over */
	bool cut_ok, wants_tools, completes;
};

static inline void
take_text(struct api_chat *c, struct answer *a)
{
	buf_add(&a->text, buf_str(&c->text));
	buf_clear(&c->text);
	buf_add(&a->reasoning, buf_str(&c->reasoning));
	buf_clear(&c->reasoning);
}

static inline void
take_rest(struct api_chat *c, struct answer *a)
{
	a->bad_bytes = c->bad_bytes;
	a->late_text = c->late_text;
	a->foreign = c->foreign;
	a->usage = c->usage;
	a->ncalls = c->ncalls;
	memcpy(a->odd_finish, c->odd_finish, sizeof a->odd_finish);
	memcpy(a->finish, c->finish, sizeof a->finish);
	memcpy(a->answered_by, c->answered_by, sizeof a->answered_by);
	for (size_t i = 0; i < c->ncalls; i++) {
		const struct api_tool_call *call = &c->calls[i];

		buf_add_format(&a->calls, "%s %s ", call->id ? call->id : "-",
		    call->name ? call->name : "(none)");
		buf_add(&a->calls, buf_str(&call->arguments));
		buf_add_char(&a->calls, ';');
	}
}

static inline void
read_answer(struct answer *a, struct str in, struct way way)
{
	struct api_chat c = { .server = SERVER,
		.model = "ai/m",
		.wants_tools = way.wants_tools,
		.completes = way.completes };
	int got = 0;

	answer_done(a);
	while (got >= 0 && in.len && !(got && way.stops)) {
		size_t n = way.step ? way.step(way.state) : in.len;

		if (n > in.len)
			n = in.len;
		got = feed(&c, (struct str){ in.data, n }, &a->err);
		in = str_skip(in, n);
		take_text(&c, a);
	}
	if (got >= 0)
		got = api_chat_end(&c, way.cut_ok, &a->err);
	take_text(&c, a);
	a->status = got ? (int)a->err.status : 0;
	take_rest(&c, a);
	api_chat_done(&c);
}

/* Two steps that split `in` at `first`. */
static inline size_t
step_once(void *state)
{
	size_t *first = state, n = *first;

	*first = SIZE_MAX;
	return n;
}

/* Always *state bytes. */
static inline size_t
step_even(void *state)
{
	return *(const size_t *)state;
}

/* A stranger's message may quote as much of it as had come. */
static inline bool
same_answer(const struct answer *a, const struct answer *b)
{
	return a->status == b->status &&
	    str_equal(buf_str(&a->text), buf_str(&b->text)) &&
	    str_equal(buf_str(&a->reasoning), buf_str(&b->reasoning)) &&
	    str_equal(buf_str(&a->calls), buf_str(&b->calls)) &&
	    !memcmp(&a->usage, &b->usage, sizeof a->usage) &&
	    a->bad_bytes == b->bad_bytes && a->late_text == b->late_text &&
	    a->foreign == b->foreign && !strcmp(a->odd_finish, b->odd_finish) &&
	    !strcmp(a->finish, b->finish) &&
	    !strcmp(a->answered_by, b->answered_by) &&
	    (a->foreign || !strcmp(a->err.text, b->err.text));
}

/* Is it the same answer when it comes this way? */
static inline void
check_way(const char *name, struct str in, const struct answer *whole,
    struct way way, size_t n)
{
	struct answer cut = { 0 };

	read_answer(&cut, in, way);
	if (!tap_case(same_answer(whole, &cut), "%s: cut at %zu%s", name, n,
		way.stops ? ", and no more is fed than is wanted" : ""))
		tap_note("%d instead of %d: %s", cut.status, whole->status,
		    cut.err.text);
	answer_done(&cut);
}

/* Cases for tap_all(): cut in two at every place, and byte by byte. */
static inline void
check_cuts(const char *name, struct str in, struct way way)
{
	struct answer whole = { 0 };
	size_t one = 1;

	read_answer(&whole, in, way);
	for (size_t n = 0; n < 2 * in.len; n++) {
		size_t first = n / 2;

		way.stops = n % 2;
		way.step = step_once;
		way.state = &first;
		check_way(name, in, &whole, way, n / 2);
	}
	way.step = step_even;
	way.state = &one;
	for (int i = 0; i < 2; i++) {
		way.stops = i;
		check_way(name, in, &whole, way, one);
	}
	answer_done(&whole);
}

#endif
