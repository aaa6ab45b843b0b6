/*
 * http_pace - how many calls the server gets at once.
 */
#ifndef HTTP_PACE_H
#define HTTP_PACE_H

#include "http.h"

/*
 * For many calls at once: no more than `most` are on their way, the others
 * wait.  429 and 503 halve that, one more is tried after as many successes,
 * and a Retry-After holds for all.  Handles are used again.  Returns `most`,
 * or less where RLIMIT_NOFILE allows no files for so many.
 */
size_t http_set_pace(struct http *, size_t most);

/* From now on a server that cannot be reached is one that answers 503. */
void http_insist(struct http *);

#endif
