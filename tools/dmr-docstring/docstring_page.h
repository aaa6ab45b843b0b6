/*
 * docstring_page - lines of documentation, before they are a comment.
 *
 * What goes onto a page is escaped first: docstring_escape() prose,
 * docstring_escape_name() what stands in the source.  docstring_form() puts
 * the page into its literal or comment.
 */
#ifndef DOCSTRING_PAGE_H
#define DOCSTRING_PAGE_H

#include "docstring.h"

struct docstring_page {
	const struct docstring_place *place;
	struct buf text;    /* whole lines */
	size_t width;       /* columns of a line */
	size_t first;       /* columns of the first that are taken */
	bool splices;       /* C: a backslash at the end of a line */
	bool needs_escapes; /* a literal, and `"""` is in the text */
};

void docstring_page_init(struct docstring_page *,
    const struct docstring_place *, bool needs_escapes);
void docstring_page_done(struct docstring_page *);

void docstring_escape(
    const struct docstring_page *, struct str prose, struct buf *out);
void docstring_escape_name(
    const struct docstring_page *, struct str name, struct buf *out);

/* Escaped words, wrapped: `indent` blanks before each line, `hang` more before
 * all but the first. */
void docstring_page_words(
    struct docstring_page *, size_t indent, size_t hang, struct str words);

/* One line as it is; a blank line, unless the last one is. */
void docstring_page_line(
    struct docstring_page *, const char *before, struct str line);
void docstring_page_blank(struct docstring_page *);

/* --- sections --- */

/* What one of them has of the items. */
enum docstring_choice {
	CHOOSE_TYPES,
	CHOOSE_PARAMS,
	CHOOSE_ERRORS,
	CHOOSE_PANICS,
	CHOOSE_SAFETY,
};

struct docstring_shape;

void docstring_put_title(struct docstring_page *, const char *title);

/* Nothing at all if no text says anything. */
void docstring_put_items(struct docstring_page *,
    const struct docstring_shape *, enum docstring_choice,
    const struct docstring_item *, size_t n);
void docstring_put_returns(struct docstring_page *, const struct docstring *);
void docstring_put_safety(struct docstring_page *, const struct docstring *);

/* All of it: the summary, a sentence; details, prose; the rest. */
void docstring_layout(struct docstring_page *, const struct docstring *,
    struct str summary, struct str details);

/*
 * Append the page as a literal or comment.  -1 with ST_UNUSABLE: too long, or
 * it would not stay within.
 */
int docstring_form(
    const struct docstring_page *, struct buf *out, struct err *e);

#endif
