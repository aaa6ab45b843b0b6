/*
 * redact - secrets taken out of a line that others wrote.
 */
#ifndef CHECK_REDACT_H
#define CHECK_REDACT_H

#include "buf.h"

/*
 * Append the line with three stars for what follows "Bearer", stands between
 * "://" and "@", follows a name that ends in key, token, secret or password and
 * "=" or ":", or begins as keys do, "hf_" and such.
 */
void redact_line(struct str line, struct buf *out);

#endif
