/*
 * anchor - which line a finding is about.
 *
 * Each line of the new side has a name that the prompt shows, "42#k7f": its
 * number, and three digits made of the line before it, of it, and of the one
 * behind it.  A model gives that name, and quotes the line.  Both are hearsay;
 * a place comes out only when they leave one line, and nothing is ever chosen
 * because it is near.
 *
 * Texts are compared with runs of white space as one blank, and none at the
 * ends.  What is copied in front of a quote or put around it (an anchor, "+",
 * quotes, backquotes, "..." at the end) is seen through.
 *
 *     anchors_make(&all, file, first, end);
 *     anchor_write(&prompt, &all.lines[i]);
 *     if (anchor_find(&all, anchor, quote, &place)) ...
 *     anchors_done(&all);
 */
#ifndef ANCHOR_H
#define ANCHOR_H

#include "diff.h"

enum {
	ANCHOR_HASH = 3,       /* digits, of 32: 15 bits */
	ANCHOR_PART_MIN = 8,   /* characters of a part that may stand alone */
	ANCHOR_QUOTE_MAX = 64, /* lines of a quote that are looked at */
};

struct anchor_line {
	struct str text; /* as it stands in the file */
	size_t number;   /* from 1, of the new side */
	size_t hunk;     /* of the file's */
	bool is_added;
	char hash[ANCHOR_HASH + 1];
};

struct anchors {
	struct anchor_line *lines; /* of the new side, in order */
	size_t nlines;
	struct str *removed; /* lines of the old side that are gone */
	size_t nremoved;
	struct anchor_index *index; /* the module's own */
};

/* Of the hunks from first to before end.  Texts are borrowed. */
void anchors_make(
    struct anchors *, const struct diff_file *, size_t first, size_t end);
void anchors_done(struct anchors *);

/* "42#k7f" */
void anchor_write(struct buf *, const struct anchor_line *);

enum anchor_method {
	ANCHOR_NONE,
	ANCHOR_AGREED,     /* number and hash are one line's; the quote, if it
	                      stands anywhere, stands there */
	ANCHOR_EXACT,      /* the quote is one line, to the byte */
	ANCHOR_NORMALIZED, /* but for white space or what was put around it */
	ANCHOR_PART,       /* it is part of one line */
	ANCHOR_HASHED,     /* of several, one has this hash */
};

/* "agreed", "exact" ...; "none" */
const char *anchor_method_name(enum anchor_method);

struct anchor_place {
	size_t line, end_line; /* of the new side; more than one: a quote of
	                          several lines */
	size_t start, end;     /* bytes in line, in end_line, from 0; of the
	                          quote, or of the line without its margin */
	struct str text;       /* of line */
	enum anchor_method method;
};

/*
 * anchor and quote as the model gave them.  False, and method ANCHOR_NONE: it
 * is not known which line is meant, or it is one that is gone.
 *
 * A quote that is a line of the old side needs number and hash to agree.  One
 * that stands nowhere does so, too, and may not be more like another line.
 * Time is linear in the text of the anchors, for each line of the quote.
 */
bool anchor_find(const struct anchors *, struct str anchor, struct str quote,
    struct anchor_place *);

#endif
