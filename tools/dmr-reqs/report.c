/* dmr-reqs: a document as it is printed, and what is said about it. */
#include "report.h"

#include "answer.h"
#include "answers.h"
#include "ask_many.h"
#include "die.h"
#include "document_json.h"
#include "document_markdown.h"

void
report_write(const struct run *run, const struct document *d, struct buf *out)
{
	switch ((enum run_format)run->format) {
	case RUN_DOCUMENT:
	case RUN_JSON:
		document_write_json(d, run->format == RUN_JSON, out);
		buf_add_char(out, '\n');
		break;
	case RUN_MARKDOWN:
		document_write_markdown(d, out);
		break;
	case RUN_RECORDS:
		document_write_records(d, out);
		break;
	}
}

/* "line 3: " of a record. */
static void
place(const struct idea *idea, char *out, size_t size)
{
	out[0] = 0;
	if (idea->line)
		snprintf(out, size, "line %zu: ", idea->line);
}

/* What is wanted in it: of a story, a requirement; or known. */
static struct str
words_of(const struct kind *kind, const void *thing)
{
	for (const struct member *m = kind->members; m->name; m++)
		if (!strcmp(m->name, "text") || !strcmp(m->name, "i_want") ||
		    !strcmp(m->name, "question"))
			return text_str(member_of(m, thing));
	return (struct str){ 0 };
}

static struct str
words_of_id(const struct document *d, struct str id)
{
	for (const struct member *m = document_kind.members; m->name; m++) {
		const struct list *list = member_of(m, d);

		if (m->kind != MEMBER_THINGS || !m->things->prefix)
			continue;
		for (size_t i = 0; i < list->n; i++) {
			const void *thing = list_at(list, m->things, i);

			if (str_equal(text_str(thing_id(m->things, thing)), id))
				return words_of(m->things, thing);
		}
	}
	return (struct str){ 0 };
}

static void
say_findings(const struct idea *idea, const char *where)
{
	const struct meta *meta = idea->doc.meta.n ? idea->doc.meta.items
						   : NULL;

	for (size_t i = 0; meta && i < meta->findings.n; i++) {
		const struct remark *r = list_at(
		    &meta->findings, &remark_kind, i);

		warn("%s%.*s%s%.*s: %.*s", where, STR_ARGS(text_str(&r->id)),
		    r->id.len ? ": " : "", STR_ARGS(text_str(&r->rule)),
		    STR_ARGS(text_str(&r->message)));
	}
}

static void
say_change(const struct document *d, const struct change *c, const char *where)
{
	static const char *const names[] = { [CHANGE_ADDED] = "added",
		[CHANGE_CHANGED] = "changed",
		[CHANGE_RETIRED] = "retired",
		[CHANGE_KEPT] = "kept" };
	struct str why = c->why.len ? text_str(&c->why)
				    : words_of_id(d, text_str(&c->id));

	if (c->what >= 0)
		warn("%s%.*s: %s%s%.*s", where, STR_ARGS(text_str(&c->id)),
		    names[c->what], why.len ? ": " : "", STR_ARGS(why));
}

/* What an update did; and what it was to do, and could not. */
static void
say_changes(const struct idea *idea, const char *where)
{
	const struct meta *meta = idea->doc.meta.n ? idea->doc.meta.items
						   : NULL;
	struct str lines = buf_str(&idea->remarks);

	for (size_t i = 0; meta && i < meta->changes.n; i++)
		say_change(&idea->doc, list_at(&meta->changes, &change_kind, i),
		    where);
	while (lines.len) {
		struct str line = str_cut(&lines, '\n');

		warn("%s%.*s", where, STR_ARGS(line));
	}
}

/* What is in the way of each stage but one; STAGES: of each. */
static void
say_failures(const struct idea *idea, size_t but, const char *where)
{
	for (size_t i = 0; i < STAGES; i++) {
		struct err why = idea->failed[i];

		if (!why.status || i == but)
			continue;
		err_prefix(&why, "%s%s", where, stage_name((enum stage_id)i));
		die_say(&why);
	}
}

void
report_say(const struct idea *idea)
{
	char where[40];

	place(idea, where, sizeof where);
	if (idea->run->news.len)
		say_changes(idea, where);
	say_findings(idea, where);
	say_failures(idea, STAGES, where);
}

/* --- all of it --- */

/* Is a failure to be let through? */
static bool
passes(const struct run *run, const struct err *e)
{
	return run->set->disabled_by ||
	    (run->passes && ask_many_passes(e->status));
}

void
report_questions(const struct idea *idea, struct err *e)
{
	const struct run *run = idea->run;
	struct buf text = { 0 };

	*e = idea->failed[STAGE_QUESTIONS];
	if (e->status)
		err_prefix(e, "%s", stage_name(STAGE_QUESTIONS));
	if (e->status && !passes(run, e))
		return;
	if (e->status)
		warn("%s; there are no questions", e->text);
	e->status = ST_OK;
	answers_print(&idea->doc.questions, run->format == RUN_JSON, &text);
	output_text(run->ask.out, buf_str(&text), e);
	buf_done(&text);
}

static void
print_document(const struct idea *idea, struct err *e)
{
	const struct run *run = idea->run;
	struct buf text = { 0 };

	report_write(run, &idea->doc, &text);
	report_say(idea);
	if (text.full)
		err_set(e, ST_UNUSABLE, "the document is too large");
	else
		output_text(run->ask.out, buf_str(&text), e);
	buf_done(&text);
}

/* Without an answer a document may stay as it is. */
static void
pass_update(const struct run *run, struct err *e)
{
	struct buf text = { 0 };

	warn("%s; the document stays as it is", e->text);
	e->status = ST_OK;
	report_write(run, &run->from, &text);
	output_text(run->ask.out, buf_str(&text), e);
	buf_done(&text);
}

/* Or there may be an empty one. */
static void
pass(struct idea *idea, struct err *e)
{
	if (idea->run->news.len) {
		pass_update(idea->run, e);
		return;
	}
	warn("%s; the document is empty", e->text);
	e->status = ST_OK;
	for (size_t i = 0; i < STAGES; i++)
		idea->failed[i].status = ST_OK;
	print_document(idea, e);
}

/* Of an update; the first one is the error itself. */
static void
say_others(const struct idea *idea)
{
	size_t first = STAGE_FUNCTIONAL;

	while (first < STAGES && !idea->failed[first].status)
		first++;
	if (idea->run->news.len && !idea->fatal.status)
		say_failures(idea, first, "");
}

void
report_idea(struct idea *idea, struct err *e)
{
	size_t n = idea_count_failed(idea);
	bool is_update = idea->run->news.len;

	answer_end(idea);
	if (idea_is_empty(idea)) {
		idea_blame(idea, e);
		if (passes(idea->run, e))
			pass(idea, e);
		else
			say_others(idea);
		return;
	}
	print_document(idea, e);
	if (n && !e->status)
		err_set(e, ST_PARTIAL, "%zu of %zu parts %s not %s", n,
		    idea_count_asked(idea), n == 1 ? "was" : "were",
		    is_update ? "updated" : "made");
}
