/* dmr-reqs: what an update did. */
#include "changes.h"

#include "said.h"

void
changes_add(
    struct document *d, struct str id, enum change_kind what, struct str why)
{
	struct list *changes = &document_meta(d)->changes;
	struct change *c = list_add(changes, &change_kind);

	c->what = (int)what;
	text_set(&c->id, id);
	said_set(&c->why, why);
}

void
changes_retire(struct document *d, struct str id, struct str why)
{
	struct list *retired = &document_meta(d)->retired;
	bool has = false;

	changes_add(d, id, CHANGE_RETIRED, why);
	for (size_t i = 0; i < retired->n && !has; i++)
		has = str_equal(text_str(list_text(retired, i)), id);
	if (!has)
		text_set(list_add_text(retired), id);
}

bool
changes_have(const struct document *d, size_t first, struct str id)
{
	const struct meta *meta = d->meta.n ? d->meta.items : NULL;

	for (size_t i = first; meta && i < meta->changes.n; i++) {
		const struct change *c = list_at(
		    &meta->changes, &change_kind, i);

		if (str_equal(text_str(&c->id), id))
			return true;
	}
	return false;
}
