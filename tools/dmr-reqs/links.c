/* dmr-reqs: links of requirements that lead nowhere are taken out. */
#include "links.h"

#include "buf.h"
#include "changes.h"
#include "lint_table.h"
#include "marks.h"

/* What the links of requirements may name; and their marks. */
struct links {
	struct lint_table stories, marks;
};

static void
read_links(struct links *l, const struct document *d)
{
	const struct meta *meta = d->meta.n ? d->meta.items : NULL;

	for (size_t i = 0; i < d->stories.n; i++)
		*lint_table_at(&l->stories,
		    str_hash(STR_HASH,
			marks_id(&story_kind,
			    list_at(&d->stories, &story_kind, i)))) = 1;
	for (size_t i = 0; meta && i < meta->generated.n; i++) {
		const struct mark *mark = list_at(
		    &meta->generated, &mark_kind, i);
		size_t *at = lint_table_at(
		    &l->marks, str_hash(STR_HASH, text_str(&mark->id)));

		*at = *at ? *at : i + 1;
	}
}

static bool
is_bad_link(const struct links *l, const struct list *stories, size_t i)
{
	struct str id = text_str(list_text(stories, i));

	for (size_t k = 0; k < i; k++)
		if (str_equal(text_str(list_text(stories, k)), id))
			return true;
	return !lint_table_get(&l->stories, str_hash(STR_HASH, id));
}

/* Take out what leads nowhere, or twice to the same; and say what. */
static bool
unlink_stories(const struct links *l, struct list *stories, struct buf *gone)
{
	for (size_t i = 0; i < stories->n;) {
		if (!is_bad_link(l, stories, i)) {
			i++;
			continue;
		}
		buf_add_text(gone, gone->len ? ", " : "no longer refers to ");
		buf_add(gone, text_str(list_text(stories, i)));
		list_remove(stories, NULL, i);
	}
	return gone->len > 0;
}

void
links_mend(struct document *d)
{
	struct links l = { 0 };

	read_links(&l, d);
	for (size_t i = 0; i < d->functional.n; i++) {
		struct requirement *r = list_at(
		    &d->functional, &requirement_kind, i);
		size_t mark = lint_table_get(
		    &l.marks, str_hash(STR_HASH, text_str(&r->id)));
		struct buf gone = { 0 };

		if (r->stories.n && mark &&
		    marks_fit(list_at(&document_meta(d)->generated, &mark_kind,
				  mark - 1),
			&requirement_kind, r) &&
		    unlink_stories(&l, &r->stories, &gone)) {
			marks_set(d, &requirement_kind, r);
			changes_add(d, text_str(&r->id), CHANGE_CHANGED,
			    buf_str(&gone));
		}
		buf_done(&gone);
	}
	lint_table_done(&l.stories);
	lint_table_done(&l.marks);
}
