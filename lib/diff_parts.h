/*
 * diff_parts - what the readers of heads, names and hunks have in common.
 *
 * Git quotes names as C does strings, and puts "a/" and "b/" before them, or
 * other prefixes, or none.
 */
#ifndef DIFF_PARTS_H
#define DIFF_PARTS_H

#include "diff.h"

/* Does the line begin so?  Then *behind is what follows. */
bool diff_begins(struct str line, const char *with, struct str *behind);

/* The line that a hunk begins with: one without lines stands behind it. */
static inline size_t
diff_first(size_t start, size_t count)
{
	return start + (count == 0);
}

/* As many as parents can be. */
#define DIFF_BLANKS "                                "

/* The one mark other than a blank in the columns; 0: these are no columns. */
char diff_mark(struct str columns);

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

/* The names of such a pair that differ, if only one blank divides it; else
 * both are NULL. */
void diff_split_pair(struct str pair, char **old_path, char **new_path);

/* The name behind "--- " or "+++ ", NULL if there is none; *is_none: it says
 * that there is no file.  Yours to free(). */
char *diff_name_side(struct str text, bool *is_none);

/* What svn says of a binary file. */
#define DIFF_CANNOT_DISPLAY "Cannot display: "

/* Why a file is not shown, if it is that. */
extern const char diff_other_form[], diff_not_shown[];

/* Is it an "index 1234567..89abcde" of a text that is not the same, with lines
 * on one side at least that is not there, or empty?  Or a "similarity index" of
 * such a text? */
bool diff_has_lines(struct str line);

/*
 * Lines that name a file, and nothing else is said of it, as "Only in x: y": f
 * (zeros) gets its names, and `unshown`.  False: they do not, or what they name
 * is shown behind them, and f is zeros.  The first is the one that is looked
 * at; how many it takes with those behind it, of which some may be empty, says
 * diff_named_lines().
 */
enum { DIFF_NAMED_LINES = 4 };
size_t diff_named_lines(struct str line);
bool diff_named(const struct str *lines, struct diff_file *f);

/*
 * Do "--- old_name" and "+++ new_name" (NULL: no file) mean the file of a head,
 * with prefixes or without?  The new name tells, if there is one.
 */
bool diff_is_meant(
    const struct diff_file *, const char *old_name, const char *new_name);

/* Do they differ in their first folders, and in nothing else? */
bool diff_has_roots(const char *old_path, const char *new_path);

/* Take the prefixes off the names in "--- old" and "+++ new"; one may be
 * NULL, for no file. */
void diff_strip_prefixes(char *old_path, char *new_path);

#endif
