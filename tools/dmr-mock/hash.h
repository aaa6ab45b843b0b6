/*
 * hash - a number for a text: the same one on every machine, and no secret.
 */
#ifndef HASH_H
#define HASH_H

#include "str.h"

/* What a chain of texts begins with. */
#define MOCK_HASH_START UINT64_C(0xcbf29ce484222325)

/* FNV-1a of 64 bits, over text and a NUL, going on from h. */
uint64_t mock_hash(uint64_t h, struct str text);

#endif
