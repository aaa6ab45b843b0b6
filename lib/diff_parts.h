/*
 * diff_parts - what the readers of heads, names and hunks have in common.
 *
 * Git quotes names as C does strings, and puts "a/" and "b/" before them, or
 * other prefixes, or none.
 */
#ifndef DIFF_PARTS_H
#define DIFF_PARTS_H

#include "diff.h"

enum {
	DIFF_PARENTS_MAX = 32,
	DIFF_LINES_MAX = 1 << 30, /* of a file; sums of a few do not overflow */
};

struct diff_reader {
	struct diff *diff;
	struct err *e;
	struct str rest; /* behind the line */
	struct str line; /* the one that is looked at, without its end */
	size_t number;   /* its, from 1 */
	size_t files_capacity, hunks_capacity, lines_capacity;

	struct diff_file *file; /* NULL: what comes belongs to none */
	bool is_head;           /* behind "diff --git", before a hunk */
	bool wants_hunk;        /* "+++" came */

	struct diff_hunk *hunk;
	size_t nparents;
	size_t old_left[DIFF_PARENTS_MAX], new_left; /* lines to come */
	size_t old_next, new_next;                   /* their numbers */
};

/* "line 7 of the diff: what".  Returns -1. */
int diff_wrong(const struct diff_reader *, const char *what);

/* Go to the next line; false: there is none. */
bool diff_next_line(struct diff_reader *);

/* Does the line begin so?  Then *behind is what follows. */
bool diff_begins(struct str line, const char *with, struct str *behind);

/*
 * The head of a hunk, "@@ -1,3 +1,4 @@ heading", with an @ more for each more
 * parent: the line that is looked at.  False: it is none.
 */
bool diff_hunk_head(struct diff_reader *, struct diff_hunk *h);

/* Add it to the file, with the lines that come. */
int diff_hunk_read(struct diff_reader *, const struct diff_hunk *h);

/*
 * The name at the start of text, quoted or up to `end` (0: all of it); *rest:
 * what stands behind.  Yours to free(); NULL: it is none.
 */
char *diff_name(struct str text, char end, struct str *rest);

/*
 * Both names of "a/x b/x", as it stands behind "diff --git", without prefixes;
 * NULL if they differ, or cannot be told apart.
 */
char *diff_name_of_pair(struct str pair);

/* Take the prefixes off the names in "--- old" and "+++ new"; one may be
 * NULL, for no file. */
void diff_strip_prefixes(char *old_path, char *new_path);

#endif
