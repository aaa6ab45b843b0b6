/*
 * upstream - what its two files share: upstream.c asks, upstream_request.c
 * says what.
 */
#ifndef UPSTREAM_H
#define UPSTREAM_H

#include "endpoint.h"

/* RFC 9110, 7.6.3: a request that has it comes from a mock, maybe from us. */
#define UPSTREAM_VIA "dmr-mock"

/*
 * The path and query to ask a place for, yours to free(); NULL if it has no
 * such path.  What stands behind a base of the inference API ("/v1",
 * "/engines/v1", "/engines/NAME/v1") is asked for behind the one it has there.
 */
char *upstream_target(
    const struct endpoint *, const char *path, const char *query);

/*
 * The headers to send along, a line each, yours to free(): none that is about
 * the connection, names us or a page, and secrets only to who was named.
 */
char *upstream_headers(const struct endpoint *, struct str headers);

#endif
