/*
 * anchor_search - where a quote stands, and how well it fits there.
 */
#ifndef ANCHOR_SEARCH_H
#define ANCHOR_SEARCH_H

#include "anchor_parts.h"

/* How well a place fits the quote. */
enum anchor_level { ANCHOR_FIT_NONE, ANCHOR_FIT_PART, ANCHOR_FIT_WHOLE };

struct anchor_fit {
	enum anchor_level level;
	size_t nparts; /* lines of which it is a part, those that it begins
	                  amid a word of counted twice */
	size_t form;   /* the last that was needed for a line */
};

/* The places of a kind: how many, and the last of them. */
struct anchor_found {
	size_t n, at;
};

struct anchor_search {
	const struct anchors *all;
	struct anchor_quote quote;
	size_t number; /* as claimed; 0: none */
	char hash[ANCHOR_HASH + 1];
	size_t agreed; /* the line that has this number and this hash */

	struct anchor_fit best; /* of all places, also the old side's */
	struct anchor_found whole, part;               /* of the new side */
	struct anchor_found whole_hashed, part_hashed; /* those with the hash */
	struct anchor_found bytes;        /* those alike to the byte */
	bool removed_whole, removed_part; /* it is on the old side */
	bool is_scrap; /* too short to count, it is part of some line */
};

bool anchor_has_hash(const struct anchor_search *, size_t line);

/* Hunks may share a line. */
bool anchor_is_same(const struct anchor_search *, size_t a, size_t b);

struct anchor_fit anchor_fit_line(
    const struct anchor_quote_line *, struct str text, bool is_removed);

/* Of the run of lines, as many as are quoted, that begins with line i. */
struct anchor_fit anchor_fit_here(const struct anchor_search *, size_t i);
bool anchor_is_better(struct anchor_fit, struct anchor_fit);

/* Might the quote be one of a line that was shown with escapes, without them,
 * or with what they stand for?  The hash may deny it. */
bool anchor_may_be_escaped(const struct anchor_search *);

/* Find all places. */
void anchor_look_everywhere(struct anchor_search *);

#endif
