/*
 * context - what stands around a part, out of the whole file.
 */
#ifndef CONTEXT_H
#define CONTEXT_H

#include "run.h"

enum { CONTEXT_PART = 6 }; /* of a prompt is what stands around, at most */

/*
 * Read a section's file below --root, if it is there and the diff's new side
 * is its text, and parse it, if its language is known.
 */
void context_open(struct section *);
void context_close(struct section *);

/*
 * Append the declarations that hunks first..end-1 stand in, once each, and the
 * heads of those around, as far as they are not in the hunks themselves.  A
 * line says where hunks stand, "..." that something is left out.  The max bytes
 * are divided between what stands before, between and behind the hunks.
 */
void context_add(struct buf *out, const struct section *, size_t first,
    size_t end, size_t max);

#endif
