/* dmr-chat: what is printed of an answer, and whether it is good. */
#include "answer.h"

#include "ask_object.h"
#include "die.h"
#include "fence.h"
#include "turn.h"

bool
chat_streams(const struct chat *c)
{
	const struct chat_options *w = c->want;

	return !w->extract && !c->schema && !c->filter && !c->assertion &&
	    !c->run.json && !c->run.offers_tools;
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
	if (!opts_is_given(&c->run.set->opts, "reasoning"))
		return err_set(e, ST_USAGE,
		    "a template may not name a file for reasoning: '%s'",
		    where);
	return c->run.set->dry_run || c->want->count
	    ? 0
	    : output_open(&c->thoughts, where + 1, e);
}

/*
 * A blank line where reasoning and answer follow each other on one stream;
 * a newline ends reasoning on standard error.
 */
static int
turn_to(struct ask *a, enum chat_part part, struct err *e)
{
	struct chat *c = chat_of(a);
	enum chat_part before = c->printed;

	c->printed = part;
	if (before == CHAT_NOTHING || before == part)
		return 0;
	if (part == CHAT_ANSWER && reasons_to(c, "stderr"))
		tell(STR("\n"));
	if (!reasons_to(c, "stdout"))
		return 0;
	return output_text(
	    c->run.out, c->run.out->last == '\n' ? STR("\n") : STR("\n\n"), e);
}

static int
print_reasoning(struct ask *a, struct str text, struct err *e)
{
	struct chat *c = chat_of(a);

	if (!text.len)
		return 0;
	if (turn_to(a, CHAT_REASONING, e))
		return -1;
	if (reasons_to(c, "stderr"))
		tell(text);
	if (reasons_to(c, "stdout"))
		return output_text(c->run.out, text, e);
	return c->thoughts.is_file ? output_text(&c->thoughts, text, e) : 0;
}

static int
print_text(struct ask *a, struct str text, struct err *e)
{
	struct chat *c = chat_of(a);

	if (!text.len)
		return 0;
	if (turn_to(a, CHAT_ANSWER, e))
		return -1;
	return output_text(c->run.out, text, e);
}

int
chat_print(struct ask *a, struct str text, struct str reasoning, struct err *e)
{
	return print_reasoning(a, reasoning, e) || print_text(a, text, e) ? -1
									  : 0;
}

/* --- what is wanted of it --- */

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
chat_choose(struct ask *a, struct ask_value *value, bool as_json, struct err *e)
{
	struct chat *c = chat_of(a);
	struct buf *text = &value->text, made = { 0 };
	bool calls = a->reader.ncalls > 0, holds = true;
	const char *which = calls ? NULL : c->want->extract;

	value->is_json = calls || c->schema || c->filter;
	value->is_calls = calls && !c->filter;
	if (calls)
		ask_write_message(text, a);
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
	    filter_holds(c->assertion, buf_str(text), &holds, e))
		return -1;
	a->says_no = !holds;
	return c->filter ? filter_text(c, text, as_json, e) : 0;
}

/* --- the end --- */

static void
end_line(struct output *out, struct err *e)
{
	if (out->last && out->last != '\n')
		output_text(out, STR("\n"), e);
}

/* The answer ends in a newline, whole or not. */
static void
end_answer(struct ask *a, struct err *e)
{
	struct chat *c = chat_of(a);
	struct err late = ERR_NONE;

	ask_end(a, e);
	if (e->status != ST_OUTPUT)
		end_line(c->run.out, &late);
	end_line(&c->thoughts, &late);
	if (!e->status)
		*e = late;
	ask_warn(a);
}

/* A good turn is kept. */
static void
keep(struct ask *a, struct err *e)
{
	if (a->start_ms && !e->status)
		chat_keep(a, e);
}

void
chat_finish(struct ask *a, struct err *e)
{
	struct chat *c = chat_of(a);
	struct err late = ERR_NONE;
	bool is_file = c->run.out->is_file;

	if (a->start_ms)
		end_answer(a, e);
	/* A file takes its name when all else is done; what is printed is. */
	if (is_file)
		keep(a, e);
	if (c->thoughts.is_file)
		output_close(&c->thoughts, !e->status, e->status ? &late : e);
	output_close(c->run.out, !e->status, e->status ? &late : e);
	if (!is_file)
		keep(a, e);
	if (a->start_ms && c->run.usage)
		ask_tell_usage(a, e);
	if (a->start_ms && !e->status && a->says_no)
		err_set(e, ST_NO, "%s", "");
}
