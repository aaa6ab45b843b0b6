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
 * Append the declarations that hunks first..end-1 stand in, as far as they are
 * not in these themselves: heads and, of at most max bytes, what stands before
 * and behind the hunks.
 */
void context_add(struct buf *out, const struct section *, size_t first,
    size_t end, size_t max);

#endif
