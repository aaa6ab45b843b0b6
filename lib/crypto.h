/*
 * crypto - SHA-256, by libcrypto, which libcurl brings anyway.
 *
 * Nothing here is a secret: a hash names what a text is.  It is the only
 * module that uses libcrypto.
 */
#ifndef CRYPTO_H
#define CRYPTO_H

#include "str.h"

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

#endif
