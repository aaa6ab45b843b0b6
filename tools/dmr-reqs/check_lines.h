/*
 * check_lines - the lines of a text, by the bytes that they begin with.
 */
#ifndef CHECK_LINES_H
#define CHECK_LINES_H

#include "str.h"

/* {0} is a text without lines. */
struct check_lines {
	struct str text; /* borrowed */
	size_t *starts;  /* of each line */
	size_t n, capacity;
};

void check_lines_read(struct check_lines *, struct str text);
void check_lines_done(struct check_lines *);

/* The line, from 1 on, that a byte of the text, or its end, is in. */
size_t check_lines_find(const struct check_lines *, size_t at);
/* A line without its end. */
struct str check_lines_at(const struct check_lines *, size_t line);

#endif
