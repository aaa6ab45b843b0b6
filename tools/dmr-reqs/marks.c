/* dmr-reqs: what things were like when they were generated. */
#include "marks.h"

#include "crypto.h"
#include "document_json.h"

bool
marks_has(const struct kind *kind)
{
	return kind->prefix || kind == &architecture_kind;
}

struct str
marks_id(const struct kind *kind, const void *thing)
{
	const struct text *id = thing_id(kind, thing);

	return id ? text_str(id) : STR(MARKS_ARCHITECTURE);
}

static void
hash(
    const struct kind *kind, const void *thing, char hex[CRYPTO_SHA256_HEX + 1])
{
	struct buf json = { 0 };

	thing_write_json(kind, thing, true, &json);
	crypto_sha256(buf_str(&json), hex);
	buf_done(&json);
}

struct mark *
marks_find(const struct document *d, struct str id)
{
	const struct meta *meta = d->meta.n ? d->meta.items : NULL;

	for (size_t i = 0; meta && i < meta->generated.n; i++) {
		struct mark *mark = list_at(&meta->generated, &mark_kind, i);

		if (str_equal(text_str(&mark->id), id))
			return mark;
	}
	return NULL;
}

void
marks_read(const struct document *d, struct lint_table *places)
{
	const struct meta *meta = d->meta.n ? d->meta.items : NULL;

	for (size_t i = 0; meta && i < meta->generated.n; i++) {
		const struct mark *mark = list_at(
		    &meta->generated, &mark_kind, i);
		size_t *at = lint_table_at(
		    places, str_hash(STR_HASH, text_str(&mark->id)));

		*at = *at ? *at : i + 1;
	}
}

struct mark *
marks_look_up(
    const struct document *d, const struct lint_table *places, struct str id)
{
	size_t place = lint_table_get(places, str_hash(STR_HASH, id));
	const struct meta *meta = d->meta.items;
	struct mark *mark;

	if (!place)
		return NULL;
	mark = list_at(&meta->generated, &mark_kind, place - 1);
	return str_equal(text_str(&mark->id), id) ? mark : marks_find(d, id);
}

bool
marks_is_generated(const struct mark *mark)
{
	return mark && mark->sha256.len;
}

bool
marks_fit(const struct mark *mark, const struct kind *kind, const void *thing)
{
	char hex[CRYPTO_SHA256_HEX + 1];

	if (!marks_is_generated(mark))
		return false;
	hash(kind, thing, hex);
	return str_is(text_str(&mark->sha256), hex);
}

void
marks_set(struct document *d, const struct kind *kind, const void *thing)
{
	struct mark *mark = marks_find(d, marks_id(kind, thing));

	if (!mark)
		mark = list_add(&document_meta(d)->generated, &mark_kind);
	marks_renew(mark, kind, thing);
}

void
marks_renew(struct mark *mark, const struct kind *kind, const void *thing)
{
	char hex[CRYPTO_SHA256_HEX + 1];

	hash(kind, thing, hex);
	text_set(&mark->id, marks_id(kind, thing));
	text_set(&mark->sha256, str_of(hex));
}

void
marks_remove(struct document *d, struct str id)
{
	struct list *marks = &document_meta(d)->generated;
	struct mark *mark = marks_find(d, id);

	if (mark)
		list_remove(marks, &mark_kind,
		    (size_t)(mark - (struct mark *)marks->items));
}

void
marks_add(struct document *d, const struct document *part)
{
	for (const struct member *m = document_kind.members; m->name; m++) {
		const struct list *list = member_of(m, part);

		if (!m->things || !marks_has(m->things))
			continue;
		for (size_t i = 0; i < list->n; i++)
			marks_set(d, m->things, list_at(list, m->things, i));
	}
}
