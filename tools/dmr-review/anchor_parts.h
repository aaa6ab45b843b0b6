/*
 * anchor_parts - what the search for a line is made of: texts without their
 * white space, a quote in the forms it may have, words in common.
 */
#ifndef ANCHOR_PARTS_H
#define ANCHOR_PARTS_H

#include "anchor.h"

/* --- texts --- */

/* The lines' and the removed lines' texts as the prompt shows them, with runs
 * of white space as one blank, and none at the ends. */
struct anchor_index {
	struct str *lines, *removed;
	bool *is_escaped; /* not shown as it is; lines, then those removed */
	char *memory;
};

/* Write text so, into room for as many bytes, and look at it there. */
struct str anchor_normalize(struct str text, char *out);

/* Bytes that are no blanks. */
size_t anchor_count_solid(struct str);

/* Where a part of the normalised text stands in the text itself. */
void anchor_locate(
    struct str text, struct str part, size_t *start, size_t *end);

/* --- a quote --- */

enum { ANCHOR_FORMS_MAX = 12, ANCHOR_WAYS = 4 };

struct anchor_form {
	struct str text;    /* normalised, not empty */
	bool is_part;       /* what follows it was left out */
	bool is_of_removed; /* it had a "-" in front */
	bool is_unmarked;   /* it had that, or a "+" */
	bool is_peeled;     /* it had quotes around it, or "..." in front */
};

struct anchor_quote_line {
	struct str raw; /* as it was quoted, without line end */
	struct anchor_form forms[ANCHOR_FORMS_MAX];
	size_t nforms;
	/* What it may consist of: the last form that was not peeled, with a
	 * mark in front or without, with "..." or without. */
	struct str words[ANCHOR_WAYS];
	bool is_blank;  /* nothing but marks */
	bool is_marked; /* "+" or "-" comes first: the diff's or the line's */
};

struct anchor_quote {
	struct anchor_quote_line *lines;
	size_t nlines; /* 0: nothing was quoted */
	char *memory;
};

/* Append the quote as the prompt shows text: a model may have undone that. */
void anchor_show_quote(struct buf *out, struct str quote);

void anchor_quote_read(struct anchor_quote *, struct str quote);

/* Take the marks off that fence code in Markdown; false: there are none. */
bool anchor_quote_unfence(struct anchor_quote *);
void anchor_quote_done(struct anchor_quote *);

/*
 * In which form is the whole text quoted, or a part of it?  The first that
 * fits: the more was taken off, the less is it worth.
 */
enum { ANCHOR_NO_FORM = ANCHOR_FORMS_MAX + 1 };
size_t anchor_fits(
    const struct anchor_quote_line *, struct str text, bool is_removed);
size_t anchor_fits_part(
    const struct anchor_quote_line *, struct str text, bool is_removed);

/* --- words: names, numbers, and each other character --- */

bool anchor_is_word(char);

/* How many of the words the text lacks, of how many; one that is there twice
 * counts twice. */
size_t anchor_lacks_words(struct str text, struct str words, size_t *of);

/* Is no other place more like the quote than one that has the line? */
bool anchor_is_most_alike(
    const struct anchors *, const struct anchor_quote *, size_t line);

#endif
