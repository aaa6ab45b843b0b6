/* dmr-reqs: links of requirements that lead nowhere are taken out. */
#include "links.h"

#include "buf.h"
#include "changes.h"
#include "marks.h"

/* What the links of requirements may name: 1, or by which one it was last. */
static void
read_stories(struct lint_table *stories, const struct document *d)
{
	for (size_t i = 0; i < d->stories.n; i++)
		*lint_table_at(stories,
		    str_hash(STR_HASH,
			marks_id(&story_kind,
			    list_at(&d->stories, &story_kind, i)))) = 1;
}

/* Take out what leads nowhere, or twice to the same; and say what.  by: > 1. */
static bool
unlink_stories(
    struct lint_table *stories, struct list *links, size_t by, struct buf *gone)
{
	struct text *texts = links->items;
	size_t n = 0;

	for (size_t i = 0; i < links->n; i++) {
		uint64_t key = str_hash(STR_HASH, text_str(&texts[i]));
		size_t last = lint_table_get(stories, key);

		if (last && last != by) {
			*lint_table_at(stories, key) = by;
			texts[n++] = texts[i];
			continue;
		}
		buf_add_text(gone, gone->len ? ", " : "no longer refers to ");
		buf_add(gone, text_str(&texts[i]));
		text_set(&texts[i], (struct str){ 0 });
	}
	links->n = n;
	return gone->len > 0;
}

void
links_mend(struct document *d)
{
	struct lint_table stories = { 0 }, marks = { 0 };

	read_stories(&stories, d);
	marks_read(d, &marks);
	for (size_t i = 0; i < d->functional.n; i++) {
		struct requirement *r = list_at(
		    &d->functional, &requirement_kind, i);
		struct mark *mark = marks_look_up(d, &marks, text_str(&r->id));
		struct buf gone = { 0 };

		if (r->stories.n && marks_fit(mark, &requirement_kind, r) &&
		    unlink_stories(&stories, &r->stories, i + 2, &gone)) {
			marks_renew(mark, &requirement_kind, r);
			changes_add(d, text_str(&r->id), CHANGE_CHANGED,
			    buf_str(&gone));
		}
		buf_done(&gone);
	}
	lint_table_done(&stories);
	lint_table_done(&marks);
}
