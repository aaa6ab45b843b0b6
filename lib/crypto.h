/*
 * crypto - SHA-256 and base64, by libcrypto, which libcurl brings anyway.
 *
 * Nothing here is a secret: a hash names what a text is, base64 puts bytes
 * into JSON.  It is the only module that uses libcrypto.
 */
#ifndef CRYPTO_H
#define CRYPTO_H

#include "buf.h"

enum { CRYPTO_SHA256_HEX = 64 }; /* digits */

/* FIPS 180-4, as lower case hexadecimal digits and a NUL. */
void crypto_sha256(struct str bytes, char hex[CRYPTO_SHA256_HEX + 1]);

/*
 * The same of a list: of the length of each text, as eight bytes, and the
 * text.  Two lists that differ in a byte differ here, and so do two of the
 * same bytes that are divided at another place.
 */
void crypto_sha256_list(
    const struct str *list, size_t n, char hex[CRYPTO_SHA256_HEX + 1]);

/* Append the bytes as base64 with padding, RFC 4648, section 4.  -1: full. */
int crypto_base64(struct buf *out, struct str bytes);

/* The way back; out is as it was if text is no such base64, or full.  -1. */
int crypto_base64_read(struct buf *out, struct str text);

#endif
