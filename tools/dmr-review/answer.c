/* dmr-review: what a model says becomes findings. */
#include "answer.h"

#include "anchor.h"
#include "lines.h"
#include "offline.h"
#include "plain.h"
#include "report.h"
#include "request.h"
#include "schema.h"
#include "span.h"
#include "split.h"
#include "tree.h"

enum { BAD_MAX = 2 }; /* answers that do not hold */

/* --- a finding --- */

enum said {
	SAID_ANCHOR,
	SAID_QUOTE,
	SAID_SEVERITY,
	SAID_CATEGORY,
	SAID_TITLE,
	SAID_MESSAGE,
	SAID_SUGGESTION,
	SAIDS,
};

static const char *const names[SAIDS] = { "anchor", "quote", "severity",
	"category", "title", "message", "suggestion" };

static enum finding_severity
find_severity(struct str name)
{
	for (size_t i = FINDING_LOW; i <= FINDING_CRITICAL; i++)
		if (str_is(
			name, finding_severity_name((enum finding_severity)i)))
			return (enum finding_severity)i;
	return FINDING_LOW;
}

/* The index of a line of the new side; nlines: there is none. */
static size_t
find_line(const struct anchors *a, size_t number)
{
	size_t at = lines_find(a->lines, a->nlines, sizeof *a->lines,
	    offsetof(struct anchor_line, number), number);

	return at < a->nlines && a->lines[at].number == number ? at : a->nlines;
}

/* Where it stands; is that a line that was added? */
static bool
put_at(struct finding *f, const struct anchors *a,
    const struct anchor_place *place)
{
	size_t first = find_line(a, place->line);
	size_t last = find_line(a, place->end_line);
	bool is_added = false;

	f->line = place->line;
	f->end_line = place->end_line;
	f->start = place->start;
	f->end = place->end;
	f->method = anchor_method_name(place->method);
	f->side = "new";
	for (size_t i = first; i <= last && i < a->nlines; i++)
		is_added |= a->lines[i].is_added;
	return is_added;
}

static bool
is_rule(const struct run *run, struct str name)
{
	for (size_t i = 0; i < run->rules.n; i++)
		if (str_is(name, run->rules.items[i].name))
			return true;
	return false;
}

static void
make_finding(
    struct part *part, const struct anchors *anchors, struct buf said[SAIDS])
{
	const struct section *s = part->section;
	struct anchor_place place;
	struct finding f = { .path = s->path, .rule = "" };
	struct str suggestion = buf_str(&said[SAID_SUGGESTION]);
	bool is_added = false;

	f.severity = find_severity(buf_str(&said[SAID_SEVERITY]));
	if (anchor_find(anchors, buf_str(&said[SAID_ANCHOR]),
		buf_str(&said[SAID_QUOTE]), &place))
		is_added = put_at(&f, anchors, &place);
	else
		f.is_unplaced = true;
	if (suggestion.len)
		f.suggestion = suggestion; /* report.c looks at it */
	for (size_t i = 0; i < SAIDS; i++)
		if (i != SAID_SUGGESTION)
			plain_text(&said[i]);
	f.category = said[SAID_CATEGORY].data;
	if (is_rule(s->run, buf_str(&said[SAID_CATEGORY]))) {
		f.rule = f.category;
		f.category = "rule";
	}
	f.title = buf_str(&said[SAID_TITLE]);
	f.message = buf_str(&said[SAID_MESSAGE]);
	f.quote = buf_str(&said[SAID_QUOTE]);
	found_add(&part->found, &f)->is_added = is_added;
}

static void
read_finding(struct part *part, const struct anchors *anchors, struct str value)
{
	struct buf said[SAIDS] = { 0 };
	struct str values[SAIDS];

	span_members(value, names, SAIDS, values);
	for (size_t i = 0; i < SAIDS; i++) {
		if (span_kind(values[i]) == SPAN_STRING)
			span_text(values[i], NULL, &said[i]);
		buf_repair(&said[i], 0, true);
		buf_add_text(&said[i], ""); /* there is a NUL at least */
	}
	make_finding(part, anchors, said);
	for (size_t i = 0; i < SAIDS; i++)
		buf_done(&said[i]);
}

/* --- an answer --- */

/* Readers differ in which of them counts. */
static bool
repeats_member(struct str said)
{
	struct tree tree;
	bool is_twice = false;

	if (tree_read(&tree, said))
		return false;
	for (size_t i = 0; i < tree.n; i++)
		is_twice |= tree.nodes[i].shadowed;
	tree_done(&tree);
	return is_twice;
}

/* What is said of one that does not hold may quote it, up to the middle of a
 * secret. */
static int
check(const struct schema *schema, struct str said, struct err *e)
{
	struct buf masked = { 0 };
	struct err why = ERR_NONE;

	if (!schema_check(schema, said, e))
		return repeats_member(said) ? err_set(e, ST_UNUSABLE,
						  "not what the schema says: a "
						  "member is there twice")
					    : 0;
	offline_redact_text(said, &masked);
	if (schema_check(schema, buf_str(&masked), &why))
		*e = why;
	buf_done(&masked);
	return -1;
}

static int
take(struct part *part, struct str said, struct err *e)
{
	struct str findings = span_member(said, "findings"), each;
	struct anchors anchors;
	size_t at = 0;

	if (check(part->section->run->held, said, e))
		return -1;
	anchors_make(&anchors, &part->section->diff, part->at, part->until);
	while (span_next(findings, &at, &each) == 1)
		read_finding(part, &anchors, each);
	anchors_done(&anchors);
	return 0;
}

/* It did not hold: once more, with the reason. */
static bool
asks_again(struct part *part, const struct err *why)
{
	return (why->status == ST_UNUSABLE || why->status == ST_CUT) &&
	    ++part->nbad < BAD_MAX;
}

/* The hunks that were asked about are done; there may be more. */
static enum fanout_step
go_on(struct part *part, struct ask *a, bool good)
{
	part->at = part->until;
	part->nbad = 0;
	if (part->at == part->end)
		return part->ngaps ? FANOUT_BAD : FANOUT_GOOD;
	ask_many_turn(a, good);
	return FANOUT_CALL;
}

enum fanout_step
answer_finish(
    struct fanout *f, struct fanout_job *job, struct ask *a, struct err *why)
{
	struct part *part = job->owner;
	const struct http_call *http = &job->call->http;

	(void)f;
	if (a->start_ms && !a->is_cached)
		report_sent(part->section->run);
	if (part->at == part->end)
		return FANOUT_BAD; /* nothing of it fits */
	if (!why->status && !take(part, buf_str(&a->said), why))
		return go_on(part, a, true);
	plain_err(why);
	part->why = *why;
	if (why->status == ST_CUT && http->status >= 400 &&
	    split_learn(part, buf_str(&http->reply))) {
		ask_many_turn(a, false);
		return FANOUT_CALL;
	}
	if (a->start_ms && asks_again(part, why))
		return FANOUT_CALL;
	part_leave(part, part->at, part->until, why);
	return go_on(part, a, false);
}
