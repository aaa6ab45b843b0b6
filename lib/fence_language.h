/*
 * fence_language - what language an info string names; fence.h has the rules.
 */
#ifndef FENCE_LANGUAGE_H
#define FENCE_LANGUAGE_H

#include "str.h"

/* A view of the word in the string; empty if there is none. */
struct str fence_language_of(const char *info);

/* Are these names of the same language? */
bool fence_language_same(struct str a, struct str b);

#endif
