/*
 * masked - the lines of a section that hold a secret, as they may be shown.
 */
#ifndef MASKED_H
#define MASKED_H

#include "diff.h"

/* {0}: none. */
struct masked {
	struct masked_line *items; /* of the new side, in order */
	size_t n, capacity;
	bool is_elsewhere; /* the old side, or a heading, has one, too, without
	                      doubt */
};

void masked_make(struct masked *, const struct diff_file *);
void masked_done(struct masked *);

/* The number of the next line, from the *at-th on, of which it is no doubt that
 * it holds one; 0: there is none. */
size_t masked_next(const struct masked *, size_t *at);

/* Is one of the lines from first to last among them? */
bool masked_has(const struct masked *, size_t first, size_t last);

/* A line of the new side with "*" for each byte of a secret; or text itself. */
struct str masked_line(const struct masked *, size_t line, struct str text);

#endif
