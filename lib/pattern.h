/*
 * pattern - POSIX extended regular expressions over views.
 *
 * A pattern that must hold a fixed text, as most do, is looked for by that
 * text first, so that a search through a file costs what memchr() does.
 * Letters count with their case; "." is a byte.
 */
#ifndef PATTERN_H
#define PATTERN_H

#include "err.h"
#include "str.h"

enum { PATTERN_TEXT_MAX = 4096 }; /* bytes of a pattern */

struct pattern;

/* Yours to pattern_free().  NULL with ST_USAGE: what is wrong with it. */
struct pattern *pattern_new(struct str source, struct err *e);
void pattern_free(struct pattern *);

/* Does it match somewhere in the text?  "^" and "$" are the text's ends. */
bool pattern_matches(const struct pattern *, struct str text);

/* Does it match within one of the text's lines?  "^" and "$" are theirs. */
bool pattern_matches_line(const struct pattern *, struct str text);

#endif
