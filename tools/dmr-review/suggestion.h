/*
 * suggestion - is what a model wants to see in a place still a program?
 */
#ifndef SUGGESTION_H
#define SUGGESTION_H

#include "diff.h"
#include "lang.h"

/* Of one file; set langs.  The text that was looked at last, and its errors. */
struct suggestions {
	struct lang_set *langs;
	const char *text; /* where it stands */
	size_t nerrors;
	size_t nparsed; /* bytes of the file as a whole, by now */
};

enum {
	SUGGESTION_TEXT_MAX = 256 << 10, /* bytes that are parsed, ... */
	SUGGESTION_PARSED_MAX = 8 << 20, /* ... of one file in all */
};

/*
 * Does the file parse with its lines from first to last of the new side
 * replaced by text?  `whole` is the new file, or empty: then what the diff
 * shows around these lines stands for it, and brackets must balance as they
 * did; so it does for a file larger than SUGGESTION_TEXT_MAX, and when
 * SUGGESTION_PARSED_MAX bytes of it were parsed.  A file that had
 * errors before may not get more of them.  The first line keeps its
 * indentation: a grammar for Python takes any.
 *
 * False, too: the language is unknown, its grammar is not there, the lines are
 * not in one hunk, `whole` is not what the diff made, nothing is changed.
 */
bool suggestion_holds(struct suggestions *, const struct diff_file *,
    struct str whole, size_t first, size_t last, struct str text);

#endif
