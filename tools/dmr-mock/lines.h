/*
 * lines - files of JSON Lines, read at the start: scenarios and recordings.
 *
 * What is wrong is said of "FILE:LINE"; nothing is passed over: a member that
 * is not in the table, or comes twice, is an error.
 */
#ifndef LINES_H
#define LINES_H

#include "buf.h"
#include "err.h"
#include "span.h"

struct mock_lines {
	const char *path;   /* borrowed */
	enum status status; /* of what is wrong */
	struct str rest;    /* of its text, borrowed */
	struct str line;    /* the one just read: an object, of UTF-8 */
	size_t number;      /* its number, from 1 */
};

/* The next line that is not blank: 1; 0 at the end; -1. */
int mock_lines_next(struct mock_lines *, struct err *e);

/* Put "FILE:LINE: " before *e; returns -1. */
int mock_lines_blame(const struct mock_lines *, struct err *e);

/* A member that an object may have. */
struct mock_member {
	const char *name;
	const char *kinds; /* what it may be: "a string or a number" */
};

/*
 * The raw values of members[0..n); {NULL, 0} if one is not there.  -1: object
 * is none, or has others, one twice, or one of another kind.
 */
int mock_members(struct str object, const struct mock_member *members, size_t n,
    struct str *values, struct err *e);

/*
 * What a string says, yours to free(); NULL if value is not there.  A NUL in
 * it ends it.
 */
char *mock_text(struct str value);

#endif
