/* dmr-reqs: what is wrong with requirements, stories and components. */
#include "lint_parts.h"
#include "mem.h"

/* --- texts --- */

static void
read_text(struct lint *l, const struct text *text)
{
	tokens_read(&l->tokens, text_str(text));
}

static void
check_mentions(struct lint *l, const struct text *text)
{
	read_text(l, text);
	lint_mentions(l, text);
}

/* What a text of a requirement of either kind must hold to. */
static void
check_text(struct lint *l, const struct text *text)
{
	read_text(l, text);
	lint_sentence(l, text);
	lint_weak_words(l, text);
	lint_abbreviations(l, text);
	lint_mentions(l, text);
}

static void
check_step(struct lint *l, const struct text *text)
{
	read_text(l, text);
	lint_weak_words(l, text);
	lint_mentions(l, text);
}

static void
check_criteria(struct lint *l, const struct list *acceptance)
{
	for (size_t i = 0; i < acceptance->n; i++) {
		const struct criterion *c = list_at(
		    acceptance, &criterion_kind, i);

		check_step(l, &c->given);
		check_step(l, &c->when);
		check_step(l, &c->then);
		if (str_is_blank(text_str(&c->then)))
			lint_say(l, R05, c->when.len ? &c->when : NULL, 0, 0,
			    "has an acceptance criterion without 'then'");
	}
}

/* --- requirements --- */

static void
check_requirement(struct lint *l, const void *thing)
{
	const struct requirement *r = thing;

	check_text(l, &r->text);
	lint_technology(l, &r->text);
	check_mentions(l, &r->rationale);
	if (!r->acceptance.n)
		lint_say(l, R05, NULL, 0, 0, "has no acceptance criterion");
	check_criteria(l, &r->acceptance);
	for (size_t i = 0; i < r->stories.n; i++)
		lint_reference(l, list_text(&r->stories, i), &l->stories,
		    "is no user story");
}

static void
check_measure(struct lint *l, const struct quality *q)
{
	const struct metric *m = q->metric.items;

	if (q->metric.n && m->value.len && m->unit.len)
		return;
	read_text(l, &q->text);
	if (lint_is_measured(l))
		return;
	if (q->metric.n && m->value.len)
		lint_say(
		    l, R04, &m->value, 0, 0, "has a metric without a unit");
	else
		lint_say(l, R04, &q->text, 0, 0,
		    "has no number with a unit to measure it by");
}

static void
check_quality(struct lint *l, const void *thing)
{
	const struct quality *q = thing;

	check_text(l, &q->text);
	check_measure(l, q);
}

/* --- stories, questions --- */

static void
check_story(struct lint *l, const void *thing)
{
	const struct story *s = thing;

	bool has_who = !str_is_blank(text_str(&s->as_a));
	bool has_what = !str_is_blank(text_str(&s->i_want));
	bool has_why = !str_is_blank(text_str(&s->so_that));

	if (!has_who || !has_what || !has_why)
		lint_say(l, R09, NULL, 0, 0, "lacks%s%s%s",
		    has_who ? "" : " 'as a'", has_what ? "" : " 'I want'",
		    has_why ? "" : " 'so that'");
	check_mentions(l, &s->i_want);
	check_mentions(l, &s->so_that);
	check_criteria(l, &s->acceptance);
}

static void
check_question(struct lint *l, const void *thing)
{
	const struct question *q = thing;

	check_mentions(l, &q->question);
	check_mentions(l, &q->recommended);
	check_mentions(l, &q->why);
	for (size_t i = 0; i < q->options.n; i++)
		check_mentions(l, list_text(&q->options, i));
	check_mentions(l, &q->answer);
}

/* --- R07: what a thing is compared by --- */

static void
add_text(struct lint *l, struct lint_same *s, const struct text *text)
{
	read_text(l, text);
	lint_same_add(s, l);
}

static void
add_requirement(struct lint *l, struct lint_same *s, const void *thing)
{
	add_text(l, s, &((const struct requirement *)thing)->text);
}

static void
add_quality(struct lint *l, struct lint_same *s, const void *thing)
{
	const struct quality *q = thing;
	const struct metric *m = q->metric.items;

	add_text(l, s, &q->text);
	if (!q->metric.n)
		return;
	add_text(l, s, &m->name);
	add_text(l, s, &m->value);
	add_text(l, s, &m->unit);
}

static void
add_story(struct lint *l, struct lint_same *s, const void *thing)
{
	add_text(l, s, &((const struct story *)thing)->as_a);
	add_text(l, s, &((const struct story *)thing)->i_want);
}

/* --- lists of them --- */

static const struct checked {
	const struct kind *kind;
	size_t list, text; /* where the document, and the thing, has it */
	void (*check)(struct lint *, const void *thing);
	/* NULL: these may be alike, and be taken away without a word */
	void (*add)(struct lint *, struct lint_same *, const void *thing);
	size_t priority; /* where the thing has it; 0: nowhere */
} all[] = {
	{ &requirement_kind, offsetof(struct document, functional),
	    offsetof(struct requirement, text), check_requirement,
	    add_requirement, offsetof(struct requirement, priority) },
	{ &quality_kind, offsetof(struct document, nonfunctional),
	    offsetof(struct quality, text), check_quality, add_quality, 0 },
	{ &story_kind, offsetof(struct document, stories),
	    offsetof(struct story, i_want), check_story, add_story,
	    offsetof(struct story, priority) },
	{ &question_kind, offsetof(struct document, questions),
	    offsetof(struct question, question), check_question, NULL, 0 },
};

static const struct text *
id_of(const struct checked *c, const void *thing)
{
	return member_of(c->kind->members, thing);
}

static size_t *
find_same(struct lint *l, const struct checked *c, const struct list *list)
{
	struct lint_same s = { 0 };
	size_t *same;

	for (size_t i = 0; i < list->n && c->add; i++) {
		lint_same_begin(&s);
		c->add(l, &s, list_at(list, c->kind, i));
	}
	same = lint_same_find(&s, list->n);
	lint_same_done(&s);
	return same;
}

static void
say_same(struct lint *l, const struct text *text, const struct text *other)
{
	char *shown = lint_shown(text_str(other));

	lint_say(l, R07, text, 0, 0, "says nearly the same as %s",
	    other->len ? shown : "one before it");
	free(shown);
}

/* R14 */
static void
check_priorities(
    struct lint *l, const struct checked *c, const struct list *list)
{
	enum { FEW = 3 };

	for (size_t i = 0; i < list->n; i++)
		if (*(const int *)((const char *)list_at(list, c->kind, i) +
			c->priority) != PRIORITY_MUST)
			return;
	l->here = (struct lint_finding){ 0 };
	l->place = NULL;
	if (list->n > FEW)
		lint_say(l, R14, NULL, 0, 0,
		    "every %s has priority 'must', all %zu", c->kind->name,
		    list->n);
}

static void
check_list(struct lint *l, const struct checked *c)
{
	const struct list *list = (const void *)((const char *)l->document +
	    c->list);
	size_t *same = find_same(l, c, list);
	struct gap *gaps = lint_gaps(l->document, list, c->kind);

	for (size_t i = 0; i < list->n; i++) {
		const void *thing = list_at(list, c->kind, i);
		const struct text *id = id_of(c, thing),
				  *text = (const void *)((const char *)thing +
				      c->text);

		l->here = (struct lint_finding){
			.kind = c->kind, .index = i, .id = text_str(id)
		};
		l->place = id->len ? id : text;
		lint_id(l, id, c->add ? &gaps[i] : &(struct gap){ 0 });
		c->check(l, thing);
		if (same[i])
			say_same(l, text,
			    id_of(c, list_at(list, c->kind, same[i] - 1)));
	}
	free(gaps);
	free(same);
	if (c->priority)
		check_priorities(l, c, list);
}

void
lint_things(struct lint *l)
{
	for (size_t i = 0; i < countof(all); i++)
		check_list(l, &all[i]);
}

/* --- components --- */

static void
check_components(struct lint *l, const struct list *list)
{
	struct lint_table names = { 0 };

	for (size_t i = 0; i < list->n; i++) {
		const struct component *c = list_at(list, &component_kind, i);

		*lint_table_at(
		    &names, str_hash(STR_HASH, text_str(&c->name))) = 1;
	}
	for (size_t i = 0; i < list->n; i++) {
		const struct component *c = list_at(list, &component_kind, i);

		l->here = (struct lint_finding){ .kind = &component_kind,
			.index = i,
			.id = text_str(&c->name) };
		l->place = &c->name;
		for (size_t k = 0; k < c->depends_on.n; k++)
			lint_reference(l, list_text(&c->depends_on, k), &names,
			    "is no component");
	}
	lint_table_done(&names);
}

void
lint_components(struct lint *l)
{
	const struct architecture *a = l->document->architecture.items;

	if (l->document->architecture.n)
		check_components(l, &a->components);
}

/* --- what has no id --- */

void
lint_texts(struct lint *l)
{
	static const struct kind assumption_kind = { .name = "assumption" };
	const struct document *d = l->document;

	l->place = NULL;
	l->here = (struct lint_finding){ .id = STR("summary") };
	check_mentions(l, &d->summary);
	for (size_t i = 0; i < d->assumptions.n; i++) {
		l->here = (struct lint_finding){ .kind = &assumption_kind,
			.index = i };
		check_mentions(l, list_text(&d->assumptions, i));
	}
	for (size_t i = 0; i < d->glossary.n; i++) {
		const struct term *term = list_at(&d->glossary, &term_kind, i);

		l->here = (struct lint_finding){ .kind = &term_kind,
			.index = i,
			.id = text_str(&term->term) };
		check_mentions(l, &term->definition);
	}
}
