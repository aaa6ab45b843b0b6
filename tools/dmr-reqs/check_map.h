/*
 * check_map - where each byte of a text stands in what it was read from.
 *
 * Between the two are escapes, entities, marks, and lines that are wrapped.
 * It knows no document: what it cannot follow it does not find.
 */
#ifndef CHECK_MAP_H
#define CHECK_MAP_H

#include "str.h"

enum { CHECK_MAP_MAX = 1 << 20 }; /* bytes of a text, and of its source */

/* Bytes of the source, [from, to). */
struct check_place {
	size_t from, to;
};

/* {0} is an empty map; its memory is its own. */
struct check_map {
	struct check_place *places; /* one for each byte of the text */
	size_t n, capacity;
};

/* Follow a text; what was there is gone.  false, and an empty map: it is not
 * to be found, or too long.  Time is linear. */
bool check_map_read(struct check_map *, struct str source, struct str text);
void check_map_done(struct check_map *);

#endif
