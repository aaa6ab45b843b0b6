/*
 * changes - what an update did, in meta.changes.
 */
#ifndef CHANGES_H
#define CHANGES_H

#include "document.h"

/* Add one; why becomes one line. */
void changes_add(
    struct document *, struct str id, enum change_kind, struct str why);

/* That one is no more, and that its id is not used again. */
void changes_retire(struct document *, struct str id, struct str why);

/* Is a thing among them, from the first-th on? */
bool changes_have(const struct document *, size_t first, struct str id);

#endif
