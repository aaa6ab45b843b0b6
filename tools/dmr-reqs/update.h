/*
 * update - what a model wants to have changed becomes part of a document.
 *
 * Of each list of things with ids an answer says what to add, what to change
 * and what to retire; of the architecture what to change.  Ids are not the
 * model's: a thing keeps its own, a new one gets one that was never used.  A
 * thing that somebody has edited, or written, stays as it is.  Whatever
 * becomes of a document, or was to, is in meta.changes.
 *
 *     update_begin(&document);
 *     update_take(&document, answer, &ignored);    for each answer
 */
#ifndef UPDATE_H
#define UPDATE_H

#include "buf.h"
#include "document.h"
#include "tree.h"

/* The kinds that a model may change: requirements, stories, the architecture. */
bool update_has(const struct kind *);

/*
 * Give ids to what has none, and marks to what somebody has written: none of
 * these ids is given again, and what is deleted after that is missed.
 */
void update_ids(struct document *);

/*
 * Nothing has changed yet, but what somebody has deleted since it was
 * generated: that is retired, and links to it go.  All things have ids.
 */
void update_begin(struct document *);

/*
 * Take an object {LIST: {"add": [...], "change": [...], "retire": [...]}, ...}
 * whose lists are called as the document's.  What cannot be done, as there is
 * no such thing, it is named twice, has a blank text or a link that leads
 * nowhere, is appended to ignored, a line each.  Returns how many lines.
 */
size_t update_take(
    struct document *, const struct tree_node *answer, struct buf *ignored);

/* Append the next ids of a kind, a comma between them, as update_schema() does. */
void update_next(const struct document *, const struct kind *, struct buf *out);

/*
 * Append a schema with the ids of a document: in its $defs, what is called as
 * a list becomes one of the ids in it; LIST_linked also one of those that new
 * things are going to get; LIST_change and LIST_retire nothing but [], if
 * there are no ids.  Other texts stay as they are.
 */
void update_schema(const struct document *, struct str text, struct buf *out);

#endif
