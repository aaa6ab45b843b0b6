/* dmr-chat: what is printed of an answer, and whether it is good. */
#include "answer.h"

#include <inttypes.h>

#include "die.h"
#include "fence.h"
#include "json.h"
#include "object.h"
#include "turn.h"

bool
chat_streams(const struct chat *c)
{
	const struct chat_options *w = c->want;

	return !w->extract && !c->schema && !c->filter && !c->assertion &&
	    !w->json && !c->offers_tools;
}

/* --- reasoning --- */

/* Where it goes: "none", "stderr", "stdout" or "@FILE". */
static bool
reasons_to(const struct chat *c, const char *where)
{
	return c->want->reasoning && !strcmp(c->want->reasoning, where);
}

int
chat_open_reasoning(struct chat *c, struct err *e)
{
	const char *where = c->want->reasoning;

	if (!where || reasons_to(c, "none") || reasons_to(c, "stderr") ||
	    reasons_to(c, "stdout"))
		return 0;
	if (where[0] != '@' || !where[1] || !strcmp(where, "@-"))
		return err_set(e, ST_USAGE,
		    "--reasoning: '%s' is not none, stderr, stdout or @FILE",
		    where);
	/* Whose prompt it is, that must not say what is written. */
	if (opts_source(&c->set->opts, "reasoning") != OPT_FROM_ARGV)
		return err_set(e, ST_USAGE,
		    "a template may not name a file for reasoning: '%s'",
		    where);
	return c->set->dry_run || c->want->count
	    ? 0
	    : output_open(&c->thoughts, where + 1, e);
}

/*
 * A blank line where reasoning and answer follow each other on one stream;
 * a newline ends reasoning on standard error.
 */
static int
turn_to(struct chat_answer *a, enum chat_part part, struct err *e)
{
	struct chat *c = a->chat;
	enum chat_part before = a->printed;

	a->printed = part;
	if (before == CHAT_NOTHING || before == part)
		return 0;
	if (part == CHAT_ANSWER && reasons_to(c, "stderr"))
		tell(STR("\n"));
	if (!reasons_to(c, "stdout"))
		return 0;
	return output_text(
	    c->out, c->out->last == '\n' ? STR("\n") : STR("\n\n"), e);
}

static int
print_reasoning(struct chat_answer *a, struct str text, struct err *e)
{
	struct chat *c = a->chat;

	if (!text.len)
		return 0;
	if (turn_to(a, CHAT_REASONING, e))
		return -1;
	if (reasons_to(c, "stderr"))
		tell(text);
	if (reasons_to(c, "stdout"))
		return output_text(c->out, text, e);
	return c->thoughts.is_file ? output_text(&c->thoughts, text, e) : 0;
}

static int
print_text(struct chat_answer *a, struct str text, struct err *e)
{
	struct chat *c = a->chat;

	if (!text.len)
		return 0;
	if (turn_to(a, CHAT_ANSWER, e))
		return -1;
	return output_text(c->out, text, e);
}

void
chat_keep_text(struct chat_answer *a)
{
	buf_add(&a->said, buf_str(&a->reader.text));
	buf_add(&a->thought, buf_str(&a->reader.reasoning));
	buf_clear(&a->reader.text);
	buf_clear(&a->reader.reasoning);
}

int
chat_take(struct chat_answer *a, struct err *e)
{
	struct chat *c = a->chat;
	struct str text = buf_str(&a->reader.text);
	struct str reasoning = buf_str(&a->reader.reasoning);
	bool streams = chat_streams(c);
	int got = 0;

	if (streams &&
	    (print_reasoning(a, reasoning, e) || print_text(a, text, e)))
		got = -1;
	if (!streams || c->want->conversation || c->set->log) {
		buf_add(&a->said, text);
		buf_add(&a->thought, reasoning);
	}
	if (!got && !streams && (a->said.full || a->thought.full))
		got = err_set(e, ST_SERVER, "the answer is larger than %d MiB",
		    BUF_MAX >> 20);
	buf_clear(&a->reader.text);
	buf_clear(&a->reader.reasoning);
	return got;
}

/* --- an answer that is printed whole --- */

/* What was made of a text takes its place, unless that failed. */
static int
replace(struct buf *text, struct buf *made, int got)
{
	struct buf *useless = got ? made : text;

	buf_done(useless);
	if (!got)
		*text = *made;
	*made = (struct buf){ 0 };
	return got;
}

/* The same, of one filter more. */
static int
filter_text(struct chat *c, struct buf *text, bool as_json, struct err *e)
{
	struct buf made = { 0 };

	return replace(text, &made,
	    (as_json ? filter_value : filter_print)(
		c->filter, buf_str(text), &made, e));
}

/* Calls of tools are no text, but JSON: filters alone are asked of them. */
int
chat_choose(
    struct chat_answer *a, struct buf *text, bool *is_json, struct err *e)
{
	struct chat *c = a->chat;
	bool calls = a->reader.ncalls > 0, wants_json = *is_json;
	const char *which = calls ? NULL : c->want->extract;
	struct buf made = { 0 };

	*is_json = calls || c->schema || c->filter;
	if (calls)
		chat_write_message(text, a);
	else
		buf_add(text, buf_str(&a->said));
	if (which &&
	    replace(text, &made, fence_extract(buf_str(text), which, &made, e)))
		return -1;
	if (which && !text->len)
		return err_set(e, ST_UNUSABLE, "the code block is empty");
	if (c->schema && !calls && schema_check(c->schema, buf_str(text), e))
		return -1;
	if (c->assertion &&
	    filter_holds(c->assertion, buf_str(text), &a->holds, e))
		return -1;
	return c->filter ? filter_text(c, text, wants_json, e) : 0;
}

/* Print a good answer at once. */
static int
print_whole(struct chat_answer *a, struct err *e)
{
	struct chat *c = a->chat;
	struct buf text = { 0 }, line = { 0 };
	bool as_said = a->reader.ncalls && !c->filter;
	bool is_json = false;
	int got = chat_choose(a, &text, &is_json, e);

	if (!got)
		chat_store(a);
	if (!got && c->want->json)
		chat_write_object(
		    &line, a, buf_str(as_said ? &a->said : &text), true);
	if (!got)
		got = c->want->json
		    ? 0
		    : print_reasoning(a, buf_str(&a->thought), e);
	if (!got && (line.full || text.full))
		got = err_set(
		    e, ST_SERVER, "the answer is too large to be printed so");
	if (!got)
		got = print_text(a, buf_str(line.len ? &line : &text), e);
	buf_done(&text);
	buf_done(&line);
	return got;
}

/* --- the end --- */

bool
chat_warn(const struct chat_answer *a)
{
	const struct api_chat *answer = &a->reader;

	if (answer->bad_bytes)
		warn("the answer held %zu bytes that are no UTF-8; U+FFFD "
		     "stands for them",
		    answer->bad_bytes);
	if (answer->late_text)
		warn("text after the end of the answer was left out");
	if (answer->odd_finish[0])
		warn("unknown finish_reason '%s'", answer->odd_finish);
	return answer->bad_bytes || answer->late_text || answer->odd_finish[0];
}

/* --usage: tokens and times, for people. */
static void
tell_usage(const struct chat_answer *a, const struct err *e)
{
	const struct api_usage *u = &a->reader.usage;
	double first = (double)(a->first_ms - a->start_ms) / 1000;
	double rest = (double)(a->end_ms - a->first_ms) / 1000;

	if (u->prompt_tokens < 0 || u->completion_tokens < 0 || !a->first_ms) {
		if (!e->status)
			report("the server told no usage");
		return;
	}
	if (a->is_cached) {
		report("%" PRId64 " tokens of prompt, %" PRId64
		       " of answer, when it was stored",
		    u->prompt_tokens, u->completion_tokens);
		return;
	}
	if (rest <= 0)
		rest = (double)(a->end_ms - a->start_ms) / 1000;
	report("%" PRId64 " tokens of prompt (%" PRId64 " cached), %" PRId64
	       " of answer; first after %.2f s, %.1f tokens/s",
	    u->prompt_tokens, u->cached_tokens < 0 ? 0 : u->cached_tokens,
	    u->completion_tokens, first,
	    rest > 0 ? (double)u->completion_tokens / rest : 0.0);
}

static void
end_line(struct output *out, struct err *e)
{
	if (out->last && out->last != '\n')
		output_text(out, STR("\n"), e);
}

/* The answer ends in a newline, whole or not. */
static void
end_answer(struct chat_answer *a, struct err *e)
{
	struct chat *c = a->chat;
	struct err late = ERR_NONE;

	if (e->status != ST_OUTPUT)
		chat_take(a, &late);
	if (!chat_streams(c) && !e->status)
		print_whole(a, e);
	if (!late.status && e->status != ST_OUTPUT)
		end_line(c->out, &late);
	end_line(&c->thoughts, &late);
	if (!e->status)
		*e = late;
	chat_warn(a);
}

/* A good turn is kept. */
static void
keep(struct chat_answer *a, struct err *e)
{
	if (a->start_ms && !e->status)
		chat_keep(a, e);
}

void
chat_finish(struct chat_answer *a, struct err *e)
{
	struct chat *c = a->chat;
	struct err late = ERR_NONE;
	bool is_file = c->out->is_file;

	if (a->start_ms)
		end_answer(a, e);
	/* A file takes its name when all else is done; what is printed is. */
	if (is_file)
		keep(a, e);
	if (c->thoughts.is_file)
		output_close(&c->thoughts, !e->status, e->status ? &late : e);
	output_close(c->out, !e->status, e->status ? &late : e);
	if (!is_file)
		keep(a, e);
	if (a->start_ms && c->want->usage)
		tell_usage(a, e);
	if (a->start_ms && !e->status && c->assertion && !a->holds)
		err_set(e, ST_NO, "%s", "");
}
