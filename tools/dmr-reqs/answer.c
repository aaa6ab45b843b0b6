/* dmr-reqs: what a model says in a stage becomes a part of the document. */
#include "answer.h"

#include "changes.h"
#include "crypto.h"
#include "document_json.h"
#include "ids.h"
#include "lint_table.h"
#include "marks.h"
#include "mem.h"
#include "questions.h"
#include "said.h"
#include "tree.h"
#include "update.h"

enum { BAD_MAX = 2 }; /* answers that cannot be used */

/* --- an answer --- */

/* JSON may stand in a fence, though nothing else around it. */
static struct str
strip_fence(struct str said)
{
	struct str text = str_trim(said), line;

	if (!str_starts(text, "```") || !str_ends(text, "```"))
		return said;
	line = str_cut(&text, '\n');
	if (!text.data || line.len > strlen("```json"))
		return said;
	return str_trim((struct str){ text.data, text.len - strlen("```") });
}

/* Nothing but what is asked for, whatever the schema of a prompt lets pass. */
static void
strip_part(struct document *part, const struct document *d)
{
	text_set(&part->idea, (struct str){ 0 });
	while (d->architecture.n && part->architecture.n)
		list_remove(&part->architecture, &architecture_kind, 0);
	while (part->meta.n)
		list_remove(&part->meta, &meta_kind, 0);
}

/* A part of the document. */
static void
take_part(const struct idea *idea, const struct tree_node *said,
    struct document *part)
{
	said_take(&document_kind, part, said);
	strip_part(part, &idea->doc);
	questions_prune(part, &idea->doc, (size_t)idea->run->want->nquestions);
	ids_give(part, &idea->doc);
	ids_link(part);
	for (size_t i = 0; i < part->functional.n; i++) {
		struct requirement *r = list_at(
		    &part->functional, &requirement_kind, i);

		r->pattern = lint_pattern(text_str(&r->text));
	}
}

/* What could not be done is appended to ignored.  Returns how much that is. */
static size_t
take_answer(const struct idea *idea, const struct tree_node *said,
    struct document *part, struct buf *ignored)
{
	if (!idea->run->updates[idea->stage]) {
		take_part(idea, said, part);
		return 0;
	}
	thing_copy(&document_kind, part, &idea->doc);
	return update_take(part, said, ignored);
}

/* --- what is found in it --- */

struct found {
	bool is_update;
	struct lint_table changed; /* by an update: ids */
	struct lint_table there;   /* in what the part is added to: ids */
	size_t n;
	struct buf lines;
};

/* Of an update what it has touched counts. */
static bool
is_new(const struct found *found, const struct lint_finding *f)
{
	struct str id = f->kind == &component_kind ? STR(MARKS_ARCHITECTURE)
						   : f->id;

	return !found->is_update ||
	    lint_table_get(&found->changed, str_hash(STR_HASH, id));
}

static void
read_changed(struct found *found, const struct document *part, size_t first)
{
	const struct meta *meta = part->meta.n ? part->meta.items : NULL;

	for (size_t i = first; meta && i < meta->changes.n; i++) {
		const struct change *c = list_at(
		    &meta->changes, &change_kind, i);

		*lint_table_at(
		    &found->changed, str_hash(STR_HASH, text_str(&c->id))) = 1;
	}
}

/* A part is looked at alone; it may name what it is added to. */
static bool
is_there(const struct found *found, const struct lint_finding *f)
{
	struct str id = { 0 };

	if (f->text && f->end > f->start && !strcmp(f->rule->id, "R08"))
		id = (struct str){ text_str(f->text).data + f->start,
			f->end - f->start };
	return id.len && lint_table_get(&found->there, str_hash(STR_HASH, id));
}

static void
add_finding(void *owner, const struct lint_finding *f)
{
	struct found *found = owner;

	if (f->rule->severity < FINDING_MEDIUM || !is_new(found, f) ||
	    is_there(found, f))
		return;
	found->n++;
	buf_add(&found->lines, f->id);
	buf_add_format(&found->lines, "%s%s: %s\n", f->id.len ? ": " : "",
	    f->rule->id, f->message);
}

/* A good answer: is it better than the one before? */
static void
keep_better(struct idea *idea, const struct tree_node *said)
{
	struct document part = { 0 };
	struct buf ignored = { 0 };
	struct found found = { .is_update = idea->run->updates[idea->stage] };

	found.n = take_answer(idea, said, &part, &ignored);
	if (found.is_update)
		read_changed(
		    &found, &part, document_meta(&idea->doc)->changes.n);
	else
		ids_read(&idea->doc, &found.there);
	buf_add(&found.lines, buf_str(&ignored));
	lint(&part, (enum lint_style)idea->run->style, add_finding, &found);
	lint_table_done(&found.changed);
	lint_table_done(&found.there);
	if (!idea->has_part || found.n < idea->nfound) {
		document_done(&idea->part);
		idea->part = part;
		idea->has_part = true;
		idea->nfound = found.n;
		buf_done(&idea->problem);
		idea->problem = found.lines;
		buf_done(&idea->ignored);
		idea->ignored = ignored;
		return;
	}
	document_done(&part);
	buf_done(&ignored);
	buf_done(&found.lines);
}

static int
take_said(struct idea *idea, struct str said, struct err *e)
{
	struct tree t;

	said = strip_fence(said);
	if (schema_check(idea->run->stages[idea->stage].schema, said, e))
		return -1;
	if (tree_read(&t, said))
		return err_set(e, ST_UNUSABLE, "the answer is not JSON");
	keep_better(idea, t.nodes);
	tree_done(&t);
	return 0;
}

/* --- the document --- */

/* What the part has is added to what is there. */
static void
merge(struct document *d, const struct document *part)
{
	for (const struct member *m = document_kind.members; m->name; m++) {
		void *to = member_of(m, d);
		const void *from = member_of(m, part);

		if (m->kind == MEMBER_TEXT && !((struct text *)to)->len)
			text_set(to, text_str(from));
		else if (m->kind != MEMBER_TEXT)
			list_append(to, from, m->things);
	}
}

/* --from: what it says that it lacks is made, what is to be updated is. */
static void
continue_document(struct idea *idea)
{
	const struct run *run = idea->run;
	struct document *d = &idea->doc;
	struct list *incomplete = &document_meta(d)->incomplete;
	struct list *findings = &document_meta(d)->findings;

	if (run->news.len)
		update_begin(d);
	for (enum stage_id i = 0; i < STAGES; i++)
		idea->skips[i] = !run->updates[i] && !stage_is_missing(d, i);
	if (run->news.len && opts_is_given(&run->set->opts, "questions"))
		idea->skips[STAGE_QUESTIONS] = false;
	idea->nsettled = d->questions.n;
	while (incomplete->n)
		list_remove(incomplete, NULL, incomplete->n - 1);
	while (findings->n)
		list_remove(findings, &remark_kind, findings->n - 1);
	idea->is_settled = idea->skips[STAGE_QUESTIONS];
}

void
answer_begin(struct idea *idea)
{
	const struct run *run = idea->run;

	if (run->want->from) {
		thing_copy(&document_kind, &idea->doc, &run->from);
		continue_document(idea);
	}
	text_set(&document_meta(&idea->doc)->schema_version, STR("1"));
	text_set(&idea->doc.idea, buf_str(&idea->text));
	questions_begin(idea);
	if (run->has_questions || !run->want->nquestions)
		idea->skips[STAGE_QUESTIONS] = true;
	idea->stage = idea_find_stage(idea, STAGE_QUESTIONS);
}

static void
add_remark(void *owner, const struct lint_finding *f)
{
	struct meta *meta = document_meta(owner);
	struct remark *r = list_add(&meta->findings, &remark_kind);

	text_set(&r->rule, str_of(f->rule->id));
	text_set(&r->id, f->id);
	text_set(&r->message, str_of(f->message));
}

static void
add_input_hash(const struct idea *idea)
{
	struct str list[] = { buf_str(&idea->text),
		buf_str(&idea->run->context), { 0 } };
	struct buf answers = { 0 };
	char hex[CRYPTO_SHA256_HEX + 1];

	questions_list(&idea->doc, &answers);
	list[2] = buf_str(&answers);
	crypto_sha256_list(list, countof(list), hex);
	text_set(&document_meta((struct document *)&idea->doc)->input_sha256,
	    str_of(hex));
	buf_done(&answers);
}

/* Does the document lack a part?  Questions of an update are an extra. */
static bool
is_incomplete(const struct idea *idea, enum stage_id id)
{
	const struct run *run = idea->run;

	return idea->failed[id].status && !run->updates[id] &&
	    (!run->news.len || id != STAGE_QUESTIONS ||
		stage_is_missing(&run->from, id));
}

void
answer_end(struct idea *idea)
{
	struct meta *meta = document_meta(&idea->doc);

	questions_settle(idea);
	update_ids(&idea->doc);
	for (enum stage_id i = 0; i < STAGES; i++)
		if (is_incomplete(idea, i))
			text_set(list_add_text(&meta->incomplete),
			    str_of(stage_name(i)));
	if (!idea->run->want->from || idea->run->news.len)
		add_input_hash(idea);
	lint(&idea->doc, (enum lint_style)idea->run->style, add_remark,
	    &idea->doc);
}

/* --- what becomes of the idea --- */

/* What an update has made is new, too. */
static void
add_changes(struct document *d, const struct document *part)
{
	for (const struct member *m = document_kind.members; m->name; m++) {
		const struct list *list = member_of(m, part);

		if (!m->things || !marks_has(m->things))
			continue;
		for (size_t i = 0; i < list->n; i++)
			changes_add(d,
			    marks_id(m->things, list_at(list, m->things, i)),
			    CHANGE_ADDED, (struct str){ 0 });
	}
}

static void
take_best(struct idea *idea)
{
	if (!idea->run->updates[idea->stage]) {
		merge(&idea->doc, &idea->part);
		marks_add(&idea->doc, &idea->part);
		if (idea->run->news.len)
			add_changes(&idea->doc, &idea->part);
		return;
	}
	document_done(&idea->doc);
	idea->doc = idea->part;
	idea->part = (struct document){ .meta = { 0 } };
	buf_add(&idea->remarks, buf_str(&idea->ignored));
}

/* The stage is over; there may be more. */
static enum fanout_step
go_on(struct idea *idea, struct ask *a, bool good)
{
	if (idea->has_part) {
		take_best(idea);
		text_set(&document_meta(&idea->doc)->model, str_of(a->model));
	}
	document_done(&idea->part);
	buf_done(&idea->problem);
	buf_done(&idea->ignored);
	idea->has_part = idea->was_sent_back = false;
	idea->nbad = idea->nfound = 0;
	ask_many_turn(a, good);
	idea->stage = idea_find_stage(idea, idea->stage + 1);
	return idea->stage < idea->end ? FANOUT_CALL : FANOUT_GOOD;
}

/* has_come: there was an answer, which turned out to be no good. */
static bool
can_be_asked_again(const struct err *why, bool has_come)
{
	return has_come || why->status == ST_UNUSABLE ||
	    why->status == ST_CUT || why->status == ST_REFUSED;
}

static enum fanout_step
take_bad(struct idea *idea, struct ask *a, const struct err *why, bool has_come)
{
	if (idea->has_part)
		return go_on(idea, a, false);
	if (can_be_asked_again(why, has_come) && ++idea->nbad < BAD_MAX) {
		buf_clear(&idea->problem);
		buf_add_text(&idea->problem, why->text);
		buf_repair(&idea->problem, 0, true);
		return FANOUT_CALL;
	}
	idea->failed[idea->stage] = *why;
	return go_on(idea, a, false);
}

enum fanout_step
answer_finish(
    struct fanout *f, struct fanout_job *job, struct ask *a, struct err *why)
{
	struct idea *idea = job->owner;
	bool has_come = !why->status;

	(void)f;
	if (!a->start_ms) {
		idea->fatal = *why;
		return FANOUT_BAD;
	}
	if (!why->status && a->reader.bad_bytes)
		err_set(why, ST_INCOMPLETE, "the answer is not UTF-8");
	if (!why->status)
		take_said(idea, buf_str(&a->said), why);
	if (why->status)
		return take_bad(idea, a, why, has_come);
	if (!idea->nfound || idea->was_sent_back)
		return go_on(idea, a, true);
	idea->was_sent_back = true;
	ask_many_turn(a, true);
	return FANOUT_CALL;
}
