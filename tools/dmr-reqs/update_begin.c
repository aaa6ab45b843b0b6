/* dmr-reqs: what people have done to a document since it was updated. */
#include "update.h"

#include "changes.h"
#include "ids.h"
#include "links.h"
#include "lint_table.h"
#include "marks.h"

/* Sets of ids. */
struct known {
	struct lint_table there, marked, retired, told;
};

static size_t *
place(struct lint_table *ids, struct str id)
{
	return lint_table_at(ids, str_hash(STR_HASH, id));
}

/*
 * Things of people get marks without a hash: their ids are not lost either.
 * One that is called as the architecture is marked gets none.
 */
static void
mark_own(struct known *k, struct document *d, const struct member *m)
{
	const struct list *list = member_of(m, d);

	for (size_t i = 0; i < list->n; i++) {
		struct str id = marks_id(
		    m->things, list_at(list, m->things, i));
		size_t *marked = place(&k->marked, id);
		struct mark *mark;

		if (m->things->prefix && str_is(id, MARKS_ARCHITECTURE))
			continue;
		*place(&k->there, id) = 1;
		if (*marked)
			continue;
		*marked = 1;
		mark = list_add(&document_meta(d)->generated, &mark_kind);
		text_set(&mark->id, id);
	}
}

static void
read_known(struct known *k, struct document *d)
{
	struct meta *meta = document_meta(d);

	for (size_t i = 0; i < meta->retired.n; i++)
		*place(&k->retired, text_str(list_text(&meta->retired, i))) = 1;
	for (size_t i = 0; i < meta->generated.n; i++) {
		struct mark *mark = list_at(&meta->generated, &mark_kind, i);

		*place(&k->marked, text_str(&mark->id)) = 1;
	}
	for (const struct member *m = document_kind.members; m->name; m++)
		if (m->things && marks_has(m->things))
			mark_own(k, d, m);
}

/*
 * What has a mark, and is not there; what cannot be an id never was.  Somebody
 * may have put back what had been retired.
 */
static void
retire_one(struct known *k, struct document *d, struct str id)
{
	size_t *told = place(&k->told, id);

	if (!id.len || !document_is_id(id) || *told)
		return;
	*told = 1;
	changes_add(d, id, CHANGE_RETIRED, STR("it was deleted by hand"));
	if (!str_is(id, MARKS_ARCHITECTURE) && !*place(&k->retired, id))
		text_set(list_add_text(&document_meta(d)->retired), id);
}

static void
retire_deleted(struct known *k, struct document *d)
{
	struct list *marks = &document_meta(d)->generated;
	size_t n = 0;

	for (size_t i = 0; i < marks->n; i++) {
		struct mark *mark = list_at(marks, &mark_kind, i);
		struct mark gone = *mark;

		if (lint_table_get(
			&k->there, str_hash(STR_HASH, text_str(&mark->id)))) {
			((struct mark *)marks->items)[n++] = *mark;
			continue;
		}
		retire_one(k, d, text_str(&gone.id));
		thing_done(&mark_kind, &gone);
	}
	marks->n = n;
}

static void
free_known(struct known *k)
{
	lint_table_done(&k->there);
	lint_table_done(&k->marked);
	lint_table_done(&k->retired);
	lint_table_done(&k->told);
}

void
update_ids(struct document *d)
{
	struct known k = { 0 };

	ids_give(d, d);
	read_known(&k, d);
	free_known(&k);
}

void
update_begin(struct document *d)
{
	struct list *changes = &document_meta(d)->changes;
	struct known k = { 0 };

	ids_give(d, d);
	while (changes->n)
		list_remove(changes, &change_kind, changes->n - 1);
	read_known(&k, d);
	retire_deleted(&k, d);
	links_mend(d);
	free_known(&k);
}
