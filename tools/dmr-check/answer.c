/* dmr-check: one streamed answer, and how it comes. */
#include <unistd.h>

#include "check.h"
#include "die.h"
#include "file.h"
#include "mem.h"
#include "now.h"
#include "units.h"

enum {
	TOKENS_MAX = 48, /* enough to tell a stream from a lump */
	NOTE_MS = 3000,  /* until it is said that a model is loaded */
	ASK_AGAIN = 2,   /* to tell whether it streams */
	RATE_MIN = 3,    /* tokens a second; people read faster */
};

static const char question[] =
    "Count from 1 to 20, in digits, with a comma after each.";

/* One answer on its way. */
struct question {
	struct api_chat reader;
	struct pace pace;
};

static void
on_start(struct api_call *call)
{
	struct question *q = call->owner;
	struct api_chat fresh = { .server = q->reader.server,
		.model = q->reader.model };

	api_chat_done(&q->reader);
	q->reader = fresh;
	q->pace = (struct pace){ .start_ms = now_ms() };
}

/* Pieces of an answer: words at least, where some came at once. */
static size_t
count_pieces(const struct api_chat *c, size_t nevents)
{
	if (!c->text.len && !c->reasoning.len)
		return 0;
	return c->form == API_CHAT_STREAM ? c->nevents - nevents : 1;
}

static int
on_bytes(struct api_call *call, struct str piece, struct err *e)
{
	struct question *q = call->owner;
	size_t nevents = q->reader.nevents;
	int got = api_chat_feed(&q->reader, piece, e);

	pace_add(&q->pace, count_pieces(&q->reader, nevents), now_ms());
	buf_clear(&q->reader.text);
	buf_clear(&q->reader.reasoning);
	call->foreign = q->reader.foreign;
	return got;
}

static int
on_end(struct api_call *call, struct err *e)
{
	struct question *q = call->owner;
	int got = api_chat_end(&q->reader, true, e);

	call->foreign = q->reader.foreign;
	pace_add(&q->pace, q->reader.text.len > 0, now_ms());
	/* One that reasons may not get to its answer. */
	if (got && e->status == ST_UNUSABLE && q->reader.has_reasoning)
		got = 0;
	if (!got)
		*e = (struct err)ERR_NONE;
	return got;
}

static int
write_question(struct check *c, struct buf *body, struct err *e)
{
	struct tmpl_message message = { .role = TMPL_USER };
	struct api_sampling sampling = API_SAMPLING_NONE;
	struct api_chat_request request = { .model = c->model,
		.messages = &message,
		.nmessages = 1,
		.sampling = &sampling,
		.stream = true,
		.with_usage = true };

	int got;

	sampling.max_tokens = TOKENS_MAX;
	buf_add_text(&message.text, question);
	got = api_chat_write(body, &request, e);
	buf_done(&message.text);
	return got;
}

static int
wait_for(struct check *c, struct api_call *call, struct err *e)
{
	int64_t note_ms = now_ms() + NOTE_MS;

	api_start(c->api, call);
	while (!call->done) {
		if (tool_wait(c->api, c->out, 500, e))
			return -1;
		if (!call->http.begun && now_ms() >= note_ms &&
		    file_is_terminal(STDERR_FILENO)) {
			note_ms = INT64_MAX;
			warn("waiting for %s, which may be loaded now ...",
			    c->model);
		}
	}
	*e = call->err;
	return e->status ? -1 : 0;
}

/* Ask once.  reply: the body of an error, yours to buf_done(). */
static int
ask(struct check *c, struct buf *reply, struct err *e)
{
	struct buf body = { 0 };
	struct question q = { .reader.server = api_place(c->api)->name,
		.reader.model = c->model };
	struct api_call call = { .method = "POST",
		.path = API_CHAT_PATH,
		.model = c->model,
		.on_start = on_start,
		.on_bytes = on_bytes,
		.on_end = on_end,
		.owner = &q };
	int got = write_question(c, &body, e);

	call.body = buf_str(&body);
	if (!got)
		got = wait_for(c, &call, e);
	c->pace = q.pace;
	c->is_stream = q.reader.form == API_CHAT_STREAM;
	if (q.reader.usage.completion_tokens > 0)
		c->pace.ntokens = q.reader.usage.completion_tokens;
	buf_add(reply, buf_str(&call.http.reply));
	api_call_done(&call);
	api_chat_done(&q.reader);
	buf_done(&body);
	return got;
}

/* --- what went wrong --- */

/* In the words of llama.cpp, CUDA, Metal, Vulkan, the kernel. */
static bool
is_out_of_memory(struct str text)
{
	static const char *const words[] = { "out of memory", "outofmemory",
		"outofdevicememory", "outofhostmemory", "not enough gpu memory",
		"insufficient memory", "failed to allocate",
		"cannot allocate memory", "unable to allocate", "cudamalloc",
		"bad_alloc", "signal: killed", "requires more system memory" };

	for (size_t i = 0; i < countof(words); i++)
		if (check_has(text, words[i]))
			return true;
	return false;
}

/* An engine says why in the last line. */
static struct str
last_line(struct str text)
{
	struct str rest = str_trim(text), line = { 0 };

	str_cut(&rest, '\n');
	while (rest.data)
		line = str_trim(str_cut(&rest, '\n'));
	return line;
}

static void
say_failure(
    struct check *c, struct str reply, struct err *e, struct check_result *r)
{
	struct str line = last_line(reply);
	char *try;

	if (is_out_of_memory(reply) || is_out_of_memory(str_of(e->text))) {
		err_set(e, ST_SERVER,
		    "out of memory: '%s' needs more than there is; close other "
		    "programs, or take a smaller one%s%.*s",
		    c->model, line.len ? ": " : "",
		    line.len < 300 ? (int)line.len : 300, line.data);
		check_fail(r, e, "dmr-models recommend");
	} else if (e->status == ST_TIMEOUT) {
		try = check_command("dmr-models warm", c->model);
		check_fail(r, e, try);
		free(try);
	} else {
		if (line.len && !check_has(str_of(e->text), "try: "))
			err_add(e, "; %.*s",
			    line.len < 300 ? (int)line.len : 300, line.data);
		check_fail(r, e, "dmr-models logs");
	}
}

/* --- the checks --- */

/* One entry of GET /engines/ps: is it the model, ready to answer? */
static bool
is_ready(const struct check *c, struct str entry)
{
	char *name = api_text(span_member(entry, "model_name"));
	bool is_same = api_model_is_same(str_of(name), str_of(c->model));

	free(name);
	return is_same &&
	    str_is(span_member(entry, "mode"), "\"completion\"") &&
	    !str_is(span_member(entry, "loading"), "true");
}

/* Is the model in memory?  1, 0; -1: not told. */
static int
is_loaded(struct check *c)
{
	struct api_call call = { 0 };
	struct err e = ERR_NONE;
	struct str entry;
	size_t at = 0;
	int is = -1;

	if (check_ask(c, &call, "/engines/ps", SPAN_ARRAY, &e) > 0) {
		is = 0;
		while (span_next(buf_str(&call.http.reply), &at, &entry) == 1)
			is |= is_ready(c, entry);
	}
	api_call_done(&call);
	return is;
}

/* "163ms", "1.8s". */
static void
say_time(int64_t ms, char text[UNITS_TEXT_MAX])
{
	if (ms < 1000)
		snprintf(text, UNITS_TEXT_MAX, "%lldms", (long long)ms);
	else
		units_say_duration(ms, text);
}

static void
say_answer(struct check *c, int was_loaded, struct check_result *r)
{
	static const char *const loading[] = { ", perhaps with loading",
		", with loading", "" };
	int64_t first_ms = c->pace.first_ms - c->pace.start_ms;
	double rate = pace_rate(&c->pace);
	bool is_late = first_ms > c->want->slow_ms;
	char first[UNITS_TEXT_MAX], speed[40] = "too fast to be measured";
	char *warm = check_command("dmr-models warm", c->model);

	say_time(first_ms, first);
	if (rate > 0)
		snprintf(speed, sizeof speed, "%.1f tokens/s", rate);
	if (is_late && was_loaded != 1)
		check_say(r, CHECK_WARN, warm,
		    "first token after %s%s, then %s; the next request is "
		    "faster",
		    first, loading[was_loaded + 1], speed);
	else if (is_late || (rate > 0 && rate < RATE_MIN))
		check_say(r, CHECK_WARN, "dmr-models recommend",
		    "first token after %s, then %s; a smaller model is faster",
		    first, speed);
	else
		check_say(r, CHECK_OK, NULL, "first token after %s%s, then %s",
		    first, was_loaded ? "" : loading[1], speed);
	free(warm);
}

void
check_answer(struct check *c, struct check_result *r)
{
	struct buf reply = { 0 };
	struct err e = ERR_NONE;
	int was_loaded = is_loaded(c);

	if (ask(c, &reply, &e))
		say_failure(c, buf_str(&reply), &e, r);
	else if (!c->pace.npieces)
		check_say(r, CHECK_FAIL, "dmr-models show NAME",
		    "'%s' answered nothing", c->model);
	else
		say_answer(c, was_loaded, r);
	buf_done(&reply);
}

void
check_streaming(struct check *c, struct check_result *r)
{
	struct buf reply = { 0 };
	struct err e = ERR_NONE;
	enum pace_verdict verdict = pace_judge(&c->pace);

	/* What seemed held back may have been loaded; a model may be brief. */
	for (int i = 0; i < ASK_AGAIN && c->is_stream && !e.status &&
	     (verdict == PACE_SHORT || (!i && verdict == PACE_HELD_BACK));
	     i++)
		if (!ask(c, &reply, &e))
			verdict = pace_judge(&c->pace);
	if (e.status)
		check_say(r, CHECK_WARN, NULL, "asked again: %s", e.text);
	else if (!c->is_stream)
		check_say(r, CHECK_WARN, NULL,
		    "the server does not stream: the answer came whole");
	else if (verdict == PACE_HELD_BACK)
		check_say(r, CHECK_WARN,
		    "dmr-check -H URL, the server's own, past the proxy",
		    "%lld tokens came in %zu %s: something on the way holds "
		    "them back",
		    (long long)c->pace.ntokens, c->pace.nlumps,
		    c->pace.nlumps == 1 ? "piece" : "pieces");
	else if (verdict == PACE_SHORT)
		check_say(r, CHECK_OK, NULL,
		    "an answer of %lld tokens is too short to tell",
		    (long long)c->pace.ntokens);
	else
		check_say(r, CHECK_OK, NULL, "%lld tokens, as they were made",
		    (long long)c->pace.ntokens);
	buf_done(&reply);
}
