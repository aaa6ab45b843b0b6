/*
 * seen - the last requests, kept as they came, for tests to ask after.
 */
#ifndef SEEN_H
#define SEEN_H

#include "reply.h"

struct mock_seen;
struct mock_seen *mock_seen_open(void);
void mock_seen_add(struct mock_seen *, const struct mock_request *);
/*
 * What the request with this number was answered: a status, 0 for none, and
 * the names of the faults that were applied.
 */
void mock_seen_answered(
    struct mock_seen *, size_t number, int status, struct str fault);
void mock_seen_write(struct mock_seen *, struct buf *out);
void mock_seen_clear(struct mock_seen *);
void mock_seen_close(struct mock_seen *);
/* One request as a line of JSON, secrets masked. */
void mock_seen_line(const struct mock_request *, struct buf *out);

#endif
