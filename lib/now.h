/*
 * now - what time it is.
 *
 * The machine's clock, which its owner may set at any time: for what people
 * read.  How long something took is measured with http_now().
 */
#ifndef NOW_H
#define NOW_H

#include "base.h"

/* Milliseconds since 1970-01-01T00:00:00Z, without leap seconds. */
int64_t now_unix_ms(void);

#endif
