/* dmr-reqs: what a model says in a stage becomes a part of the document. */
#include "answer.h"

#include "crypto.h"
#include "document_json.h"
#include "ids.h"
#include "mem.h"
#include "questions.h"
#include "said.h"
#include "tree.h"

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
strip_part(struct document *part)
{
	text_set(&part->idea, (struct str){ 0 });
	while (part->meta.n)
		list_remove(&part->meta, &meta_kind, 0);
}

static int
read_part(const struct idea *idea, struct str said, struct document *part,
    struct err *e)
{
	struct tree t;

	said = strip_fence(said);
	if (schema_check(idea->run->stages[idea->stage].schema, said, e))
		return -1;
	if (tree_read(&t, said))
		return err_set(e, ST_UNUSABLE, "the answer is not JSON");
	said_take(&document_kind, part, t.nodes);
	tree_done(&t);
	strip_part(part);
	questions_prune(part, (size_t)idea->run->want->nquestions);
	ids_give(part, &idea->doc);
	ids_link(part);
	for (size_t i = 0; i < part->functional.n; i++) {
		struct requirement *r = list_at(
		    &part->functional, &requirement_kind, i);

		r->pattern = lint_pattern(text_str(&r->text));
	}
	return 0;
}

/* --- what is found in it --- */

struct found {
	size_t n;
	struct buf lines;
};

static void
add_finding(void *owner, const struct lint_finding *f)
{
	struct found *found = owner;

	if (f->rule->severity < FINDING_MEDIUM)
		return;
	found->n++;
	buf_add(&found->lines, f->id);
	buf_add_format(&found->lines, "%s%s: %s\n", f->id.len ? ": " : "",
	    f->rule->id, f->message);
}

/* A good answer: is it better than the one before?  Takes the part. */
static void
keep_better(struct idea *idea, struct document *part)
{
	struct found found = { 0 };

	lint(part, (enum lint_style)idea->run->style, add_finding, &found);
	if (!idea->has_part || found.n < idea->nfound) {
		document_done(&idea->part);
		idea->part = *part;
		idea->has_part = true;
		idea->nfound = found.n;
		buf_done(&idea->problem);
		idea->problem = found.lines;
		return;
	}
	document_done(part);
	buf_done(&found.lines);
}

/* --- the document --- */

static void
merge_list(struct list *to, const struct list *from, const struct kind *kind)
{
	for (size_t i = 0; i < from->n; i++)
		if (kind)
			thing_copy(
			    kind, list_add(to, kind), list_at(from, kind, i));
		else
			text_set(
			    list_add_text(to), text_str(list_text(from, i)));
}

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
			merge_list(to, from, m->things);
	}
}

/* --from: only what it says that it lacks is made. */
static void
continue_document(struct idea *idea)
{
	struct document *d = &idea->doc;
	struct list *incomplete = &document_meta(d)->incomplete;
	struct list *findings = &document_meta(d)->findings;

	for (size_t i = 0; i < STAGES; i++) {
		idea->skips[i] = true;
		for (size_t k = 0; k < incomplete->n; k++)
			if (str_is(text_str(list_text(incomplete, k)),
				stage_name((enum stage_id)i)))
				idea->skips[i] = false;
	}
	for (; incomplete->n; incomplete->n--)
		text_set(list_text(incomplete, incomplete->n - 1),
		    (struct str){ 0 });
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

void
answer_end(struct idea *idea)
{
	struct meta *meta = document_meta(&idea->doc);

	questions_settle(idea);
	for (size_t i = 0; i < STAGES; i++)
		if (idea->failed[i].status)
			text_set(list_add_text(&meta->incomplete),
			    str_of(stage_name((enum stage_id)i)));
	if (!idea->run->want->from)
		add_input_hash(idea);
	lint(&idea->doc, (enum lint_style)idea->run->style, add_remark,
	    &idea->doc);
}

static void
add_mark(struct list *marks, struct str id, const struct kind *kind,
    const void *thing)
{
	struct mark *mark = list_add(marks, &mark_kind);
	struct buf json = { 0 };
	char hex[CRYPTO_SHA256_HEX + 1];

	thing_write_json(kind, thing, true, &json);
	crypto_sha256(buf_str(&json), hex);
	text_set(&mark->id, id);
	text_set(&mark->sha256, str_of(hex));
	buf_done(&json);
}

/* What of the document a part is, as it is now. */
static void
add_marks(struct list *marks, const struct document *d)
{
	for (size_t i = 0; i < d->functional.n; i++) {
		struct requirement *r = list_at(
		    &d->functional, &requirement_kind, i);

		add_mark(marks, text_str(&r->id), &requirement_kind, r);
	}
	for (size_t i = 0; i < d->nonfunctional.n; i++) {
		struct quality *q = list_at(
		    &d->nonfunctional, &quality_kind, i);

		add_mark(marks, text_str(&q->id), &quality_kind, q);
	}
	for (size_t i = 0; i < d->stories.n; i++) {
		struct story *s = list_at(&d->stories, &story_kind, i);

		add_mark(marks, text_str(&s->id), &story_kind, s);
	}
}

/* --- what becomes of the idea --- */

/* The stage is over; there may be more. */
static enum fanout_step
go_on(struct idea *idea, struct ask *a, bool good)
{
	if (idea->has_part) {
		merge(&idea->doc, &idea->part);
		add_marks(&document_meta(&idea->doc)->generated, &idea->part);
		text_set(&document_meta(&idea->doc)->model, str_of(a->model));
	}
	document_done(&idea->part);
	buf_done(&idea->problem);
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
	struct document part = { 0 };
	bool has_come = !why->status;

	(void)f;
	if (!a->start_ms) {
		idea->fatal = *why;
		return FANOUT_BAD;
	}
	if (!why->status && a->reader.bad_bytes)
		err_set(why, ST_INCOMPLETE, "the answer is not UTF-8");
	if (!why->status && read_part(idea, buf_str(&a->said), &part, why))
		document_done(&part);
	if (why->status)
		return take_bad(idea, a, why, has_come);
	keep_better(idea, &part);
	if (!idea->nfound || idea->was_sent_back)
		return go_on(idea, a, true);
	idea->was_sent_back = true;
	ask_many_turn(a, true);
	return FANOUT_CALL;
}
