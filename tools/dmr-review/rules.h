/*
 * dmr-review: a project's own rules, from a Markdown file.
 *
 *     # Rules of the house
 *
 *     ## No printf in the library
 *     Files: *.c, *.h, !die.c
 *
 *     Output belongs to lib/output.
 *
 *     ### Good
 *     ...
 *
 * A heading ("#") begins a rule.  Those that begin with Good, Bad, Example,
 * Why, Note, Exception and such, and deeper ones, belong to the rule above; one
 * with nothing before the next heading is a title.  A rule's name is its
 * heading in lower case, with "-" for what is neither letter nor digit:
 * no-printf-in-the-library; the second of a name ends in "-2", and so
 * does the first that is named as a category is: bug-2.
 *
 * Lines "Files: GLOB, GLOB" below the heading say which files the rule is for;
 * without one it is for all.  glob.h has what a glob is; {a,b} is either, the
 * last that fits decides, and "!" takes out.
 */
#ifndef RULES_H
#define RULES_H

#include "buf.h"
#include "err.h"

enum {
	RULES_MAX = 256,     /* in a file */
	RULES_NAME_MAX = 64, /* bytes; a longer one is cut */
	RULES_TEXT_MAX = 1 << 20,
};

struct rule {
	char *name;
	struct str title, text; /* as in the file, without its globs */
	char **globs;           /* braces are resolved */
	size_t nglobs, nempty;  /* the second: that braces left nothing of */
	size_t capacity;
};

/* {0}: none. */
struct rules {
	struct rule *items;
	size_t n, capacity;
};

/*
 * The text must stay as long as the rules.  -1 with ST_USAGE: too large, no
 * rule at all or too many, a glob that is too long; nothing is to be freed.
 */
int rules_read(struct rules *, struct str markdown, struct err *e);
void rules_done(struct rules *);

/* Is it for this file?  path: as the diff has it. */
bool rules_applies(const struct rule *, const char *path);

/* Append those for a file, for the prompt; returns how many. */
size_t rules_for(const struct rules *, const char *path, struct buf *out);

#endif
