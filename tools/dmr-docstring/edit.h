/*
 * edit - insertions into a source, and the proofs that nothing else changed.
 *
 * edits_apply() makes the new text; edits_prove() shows, of that text and
 * nothing else, that (1) without the insertions it is the old one, byte for
 * byte; (2) every inserted byte lies in a comment, or in a docstring in its
 * place, or is a blank beside one; (3) both trees are equal elsewhere, in
 * structure and in the bytes of their leaves.
 */
#ifndef EDIT_H
#define EDIT_H

#include "declaration.h"

struct edit {
	const struct declaration *declaration;
	size_t at;       /* byte of the old text that it goes before */
	struct str text; /* whole lines, or "\"\"\"...\"\"\"; " */
};

/* edits: in the order of `at`.  Text is appended to out. */
void edits_apply(
    struct str old, const struct edit *edits, size_t n, struct buf *out);

/*
 * -1 with ST_UNUSABLE: which proof failed, and at which edit (*culprit; n: it
 * cannot be told).
 */
int edits_prove(const struct source *, const struct edit *edits, size_t n,
    struct str new_text, size_t *culprit, struct err *e);

#endif
