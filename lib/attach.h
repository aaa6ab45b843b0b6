/*
 * attach - what goes along with a prompt: files as text, images as data URLs.
 *
 * It opens nothing; the caller hands in what it read.
 */
#ifndef ATTACH_H
#define ATTACH_H

#include "buf.h"
#include "err.h"

/*
 * Append a text as a block with its name.  The lines around it carry 32 digits
 * of the text's SHA-256, so that nothing in the text can close the block, and
 * the same text always makes the same block.  text: UTF-8.  -1: out is full.
 */
int attach_text(struct buf *out, struct str name, struct str text);

/* Append the name of a file, which may hold anything, as text in one line. */
void attach_name(struct buf *out, struct str name);

/* Do the bytes begin as those of an image do that can be sent? */
bool attach_is_image(struct str bytes);

/*
 * Append a data URL (RFC 2397) of an image.  Its type is told by its first
 * bytes: PNG, JPEG, GIF or WebP, whatever its name.  -1 with ST_INPUT: it is
 * none of these, or out is full.
 */
int attach_image(
    struct buf *out, const char *name, struct str bytes, struct err *e);

#endif
