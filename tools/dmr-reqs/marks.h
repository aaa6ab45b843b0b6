/*
 * marks - what things were like when they were generated: meta.generated.
 *
 * What has no mark, or one that does not fit, is somebody's own; an update
 * gives it one without a hash, so that it is missed when it is deleted.  The
 * architecture, which has no id, is marked as MARKS_ARCHITECTURE.
 */
#ifndef MARKS_H
#define MARKS_H

#include "document.h"
#include "lint_table.h"

#define MARKS_ARCHITECTURE "architecture"

/* The kinds that have marks: all that have ids, and the architecture. */
bool marks_has(const struct kind *);

/* By what id a thing is marked. */
struct str marks_id(const struct kind *, const void *thing);

/* The mark with that id; NULL: none. */
struct mark *marks_find(const struct document *, struct str id);

/*
 * The same for many ids: the places of the marks, read once, are good until one
 * is taken out; lint_table_done() them.
 */
void marks_read(const struct document *, struct lint_table *places);
struct mark *marks_look_up(
    const struct document *, const struct lint_table *places, struct str id);

/* Does it say what was generated? */
bool marks_is_generated(const struct mark *);

/* Is the thing as it was generated?  mark: its own, or NULL. */
bool marks_fit(
    const struct mark *mark, const struct kind *kind, const void *thing);

/* Mark a thing as it is now, in the place of its last mark. */
void marks_set(struct document *, const struct kind *, const void *thing);
void marks_renew(struct mark *, const struct kind *, const void *thing);
void marks_remove(struct document *, struct str id);

/* Mark all things of a part. */
void marks_add(struct document *, const struct document *part);

#endif
