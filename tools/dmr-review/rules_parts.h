/*
 * dmr-review: what reads a rule's text, and what reads its globs.
 */
#ifndef RULES_PARTS_H
#define RULES_PARTS_H

#include "rules.h"

/* "a, b": commas in braces divide nothing.  -1 with ST_USAGE. */
int rules_add_globs(struct rule *, struct str list, struct err *e);

#endif
