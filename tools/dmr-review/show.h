/*
 * show - hunks as a prompt shows them: the new side with anchors, and what is
 * gone apart from it.
 *
 *     ## lines 7 to 9, in def price(name):
 *     7#k7f| def price(name):
 *     8#a0q|+    return prices.get(name)
 *     9#x2b|
 *     ## gone from there:
 *     -    return prices[name]
 *
 * Nothing in it is hidden from its reader, or means something to a chat
 * template: such characters are shown as \u{202e}, and "<|im_end|>" is
 * "<\|im_end|>".
 */
#ifndef SHOW_H
#define SHOW_H

#include "anchor.h"

/* anchors: those of hunks first..end-1 of the file. */
void show_hunks(struct buf *out, const struct diff_file *,
    const struct anchors *, size_t first, size_t end);

/* Bytes that one of them takes. */
size_t show_size(const struct diff_file *, size_t hunk);

/* Any text, so escaped; what is, stays as it is.  Longer, if there was need. */
void show_text(struct buf *out, struct str text);

#endif
