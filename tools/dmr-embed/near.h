/*
 * near - the records of an index that are nearest to a text.
 *
 * An index is what dmr-embed makes: JSON Lines, or rows of numbers, .f32 or
 * .npy, whose names are the lines of INDEX.ids.  It is mapped, not read: as
 * large as it is, no more of it is kept than the best records found so far.
 */
#ifndef NEAR_H
#define NEAR_H

#include "embed.h"

enum { NEAR_TOP_MAX = 100000 };

/* Print the best records of the one operand, the index.  -1. */
int near_run(struct embed *, struct err *e);

#endif
