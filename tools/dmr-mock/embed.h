/*
 * embed - vectors for texts, as llama.cpp sends them.
 *
 * A word adds a few ones to a vector, at places that its hash names; the sum
 * is made one long.  So the same text has the same vector, and texts that
 * share words are near each other.
 */
#ifndef EMBED_H
#define EMBED_H

#include "runner.h"

/* vector: n numbers. */
void embed_text(struct str text, float *vector, size_t n);

/* POST /embeddings */
void embed_answer(struct runner_call *);

#endif
