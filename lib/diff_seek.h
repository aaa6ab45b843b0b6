/*
 * diff_seek - lines of a section by number, one after another.
 *
 *     struct diff_seek at = { 0 };
 *
 *     line = diff_seek(&file, 12, &at);
 *
 * A number that is not smaller than the last one is looked for from there on,
 * so numbers that ascend take one walk over the section.  A copy of where one
 * is may be gone on with, too.
 */
#ifndef DIFF_SEEK_H
#define DIFF_SEEK_H

#include "diff.h"

/* {0}: nowhere yet. */
struct diff_seek {
	struct diff_line line;
	struct diff_lines lines; /* of the hunk, behind the line */
	size_t hunk;             /* which one, from 1 */
};

/* The line of the new side, valid until the next call; NULL: it stands in no
 * hunk. */
const struct diff_line *diff_seek(
    const struct diff_file *, size_t new_line, struct diff_seek *);

#endif
