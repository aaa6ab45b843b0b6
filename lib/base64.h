/*
 * base64 - bytes as text, and back: RFC 4648, section 4, with padding.
 *
 * It knows no line breaks and no other alphabets.
 */
#ifndef BASE64_H
#define BASE64_H

#include "buf.h"

/* Append the bytes as base64.  -1: full. */
int base64_add(struct buf *out, struct str bytes);

/*
 * Bytes that the text stands for, as far as its length and padding tell;
 * SIZE_MAX: it can be no base64.
 */
size_t base64_size(struct str text);

/* Write them, base64_size() bytes.  -1: the text is no base64. */
int base64_read(struct str text, unsigned char *bytes);

#endif
