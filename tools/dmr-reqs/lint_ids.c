/* dmr-reqs: ids and names: used twice, used again, of nothing, left out. */
#include "ids.h"
#include "lint_parts.h"
#include "mem.h"

static uint64_t
key_of(const struct text *id)
{
	return str_hash(STR_HASH, text_str(id));
}

/* Of a kind that has an id, it is the first member. */
static const struct text *
id_at(const struct list *list, const struct kind *kind, size_t i)
{
	return member_of(kind->members, list_at(list, kind, i));
}

static void
read_list(struct lint *l, const struct list *list, const struct kind *kind)
{
	for (size_t i = 0; i < list->n; i++)
		++*lint_table_at(&l->ids, key_of(id_at(list, kind, i)));
}

static const struct list *
retired_of(const struct document *d)
{
	static const struct list none;

	return d->meta.n ? &((const struct meta *)d->meta.items)->retired
			 : &none;
}

void
lint_ids_read(struct lint *l)
{
	const struct document *d = l->document;
	const struct list *retired = retired_of(d);

	for (const struct member *m = document_kind.members; m->name; m++)
		if (m->kind == MEMBER_THINGS && m->things->prefix)
			read_list(l, member_of(m, d), m->things);
	for (size_t i = 0; i < d->stories.n; i++)
		*lint_table_at(&l->stories,
		    key_of(id_at(&d->stories, &story_kind, i))) = 1;
	for (size_t i = 0; i < retired->n; i++)
		*lint_table_at(&l->retired, key_of(list_text(retired, i))) = 1;
}

/* --- R15 --- */

static void
say_gap(struct lint *l, const struct text *id, const struct gap *gap)
{
	const char *prefix = l->here.kind->prefix;

	if (gap->first == gap->last)
		lint_say(l, R15, id, 0, 0,
		    "comes behind %s-%03zu, which is neither there nor retired",
		    prefix, gap->first);
	else
		lint_say(l, R15, id, 0, 0,
		    "comes behind %s-%03zu to %s-%03zu, which are neither "
		    "there nor retired",
		    prefix, gap->first, prefix, gap->last);
}

void
lint_id(struct lint *l, const struct text *id, const struct gap *gap)
{
	size_t times = lint_table_get(&l->ids, key_of(id));

	if (!id->len)
		lint_say(l, R15, NULL, 0, 0, "has no id");
	else if (times > 1)
		lint_say(
		    l, R15, id, 0, 0, "has an id that %zu things have", times);
	else if (lint_table_get(&l->retired, key_of(id)))
		lint_say(l, R15, id, 0, 0,
		    "has an id that was retired: take a new one");
	else if (gap->first)
		say_gap(l, id, gap);
}

/* A number that is used, and by which thing of the list. */
struct used {
	size_t number, index; /* SIZE_MAX: retired */
};

static int
by_number(const void *a, const void *b)
{
	const struct used *x = a, *y = b;

	return (x->number > y->number) - (x->number < y->number);
}

static size_t
list_used(const struct document *d, const struct list *list,
    const struct kind *kind, struct used *used)
{
	const struct list *retired = retired_of(d);
	size_t n = 0;

	for (size_t i = 0; i < list->n; i++) {
		const struct text *id = id_at(list, kind, i);

		used[n].index = i;
		used[n].number = ids_number(text_str(id), kind->prefix);
		n += used[n].number > 0;
	}
	for (size_t i = 0; i < retired->n; i++) {
		used[n].index = SIZE_MAX;
		used[n].number = ids_number(
		    text_str(list_text(retired, i)), kind->prefix);
		n += used[n].number > 0;
	}
	qsort(used, n, sizeof *used, by_number);
	return n;
}

/* Only a document that says what was retired can lack something. */
struct gap *
lint_gaps(
    const struct document *d, const struct list *list, const struct kind *kind)
{
	struct gap *gaps = mem_new(list->n + 1, sizeof *gaps), open = { 0 };
	struct used *used;
	size_t n, next = 1;

	if (!d->meta.n)
		return gaps;
	used = mem_new(list->n + retired_of(d)->n + 1, sizeof *used);
	n = list_used(d, list, kind, used);
	for (size_t i = 0; i < n; i++) {
		if (used[i].number > next && !open.first)
			open = (struct gap){ next, used[i].number - 1 };
		next = used[i].number + 1;
		if (used[i].index == SIZE_MAX)
			continue;
		gaps[used[i].index] = open;
		open = (struct gap){ 0 };
	}
	free(used);
	return gaps;
}

static size_t
last_number(const struct list *list, const struct kind *kind)
{
	size_t last = 0;

	for (size_t i = 0; i < list->n; i++) {
		size_t number = ids_number(
		    text_str(id_at(list, kind, i)), kind->prefix);

		last = number > last ? number : last;
	}
	return last;
}

/* What is before the last number leaves a gap. */
static void
check_generated(
    struct lint *l, const struct list *list, const struct kind *kind)
{
	const struct meta *meta = l->document->meta.items;
	size_t last = last_number(list, kind);

	for (size_t i = 0; i < meta->generated.n; i++) {
		const struct mark *mark = list_at(
		    &meta->generated, &mark_kind, i);
		struct str id = text_str(&mark->id);

		if (ids_number(id, kind->prefix) <= last ||
		    lint_table_get(&l->ids, key_of(&mark->id)) ||
		    lint_table_get(&l->retired, key_of(&mark->id)))
			continue;
		l->here = (struct lint_finding){ .id = id };
		l->place = &mark->id;
		lint_say(l, R15, NULL, 0, 0,
		    "was generated, and is neither there nor retired");
	}
}

void
lint_generated(struct lint *l)
{
	const struct document *d = l->document;

	if (!d->meta.n)
		return;
	check_generated(l, &d->functional, &requirement_kind);
	check_generated(l, &d->nonfunctional, &quality_kind);
	check_generated(l, &d->stories, &story_kind);
}

/* --- R08 --- */

static void
say_dangling(struct lint *l, const struct text *text, size_t start, size_t end,
    const char *what)
{
	struct str id = str_skip(text_str(text), start);
	char *shown;
	bool was;

	id.len = end - start;
	shown = lint_shown(id);
	was = lint_table_get(&l->retired, str_hash(STR_HASH, id));
	lint_say(l, R08, text, start, end, "refers to '%s', which %s", shown,
	    was ? "was retired" : what);
	free(shown);
}

void
lint_reference(struct lint *l, const struct text *id,
    const struct lint_table *table, const char *what)
{
	if (!lint_table_get(table, key_of(id)))
		say_dangling(l, id, 0, id->len, what);
}

/* Is it written as our ids are?  "FR-001" */
static bool
is_id(struct str word)
{
	enum { DIGITS_MIN = 3 };
	static const char *const prefixes[] = { "FR", "NFR", "US" };

	for (size_t i = 0; i < countof(prefixes); i++)
		if (ids_number(word, prefixes[i]) &&
		    word.len > strlen(prefixes[i]) + DIGITS_MIN)
			return true;
	return false;
}

void
lint_mentions(struct lint *l, const struct text *text)
{
	const struct tokens *t = &l->tokens;

	for (size_t i = 0; i < t->n; i++) {
		struct str word = token_text(t, i);

		if (t->items[i].kind == TOKEN_WORD && !t->items[i].is_quoted &&
		    is_id(word) &&
		    !lint_table_get(&l->ids, str_hash(STR_HASH, word)))
			say_dangling(l, text, t->items[i].start,
			    t->items[i].end, "is not there");
	}
}
