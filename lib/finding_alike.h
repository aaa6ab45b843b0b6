/*
 * finding_alike - of what is alike in a file, which one is it?
 *
 * A fingerprint has no number of a line, and a file has lines that are alike.
 * So it has how many of them come before: of all that the file has, whether
 * anything is said of them or not.
 *
 *     struct finding_alike alike = { 0 };
 *
 *     finding_alike_add(&alike, hash, at);      of each, in order
 *     finding_alike_count(&alike);
 *     f.nalike = finding_alike_before(&alike, at);
 *     finding_alike_done(&alike);
 */
#ifndef FINDING_ALIKE_H
#define FINDING_ALIKE_H

#include "str.h"

/* Go on from hash (STR_HASH begins) over a text, white space aside, and its
 * end. */
uint64_t finding_hash(uint64_t hash, struct str text);

/* {0}: none. */
struct finding_alike {
	struct finding_alike_item {
		size_t at;
		uint64_t hash; /* when counted: how many come before */
	} * items;
	size_t n, capacity;
	bool is_counted;
};

/* at: a line, or any other number; they come in ascending order. */
void finding_alike_add(struct finding_alike *, uint64_t hash, size_t at);

/* Nothing is added any more.  Time is that of sorting; what is kept is those
 * that have one before. */
void finding_alike_count(struct finding_alike *);
size_t finding_alike_before(const struct finding_alike *, size_t at);
void finding_alike_done(struct finding_alike *);

#endif
