/*
 * recording - the form of a recording: JSON Lines, an exchange each.
 *
 *     {"version":1,
 *      "request":{"method":"POST","path":"/v1/x?y","headers":{},"body":{}},
 *      "reply":{"status":200,"headers":{},"delay_ms":9,"streams":true,
 *               "complete":true,"text":"","pauses":[[17,20],...]}}
 *
 * Bodies are those of message.h; the reply's comes back byte for byte.  A
 * pause is [bytes before it, milliseconds]; one of 0 ms is a chunk's border.
 * Not complete: the connection broke off behind what is there.  head_length is
 * the Content-Length that an answer to HEAD said.
 */
#ifndef RECORDING_H
#define RECORDING_H

#include "json.h"
#include "lines.h"
#include "mock.h"
#include "redact.h"

enum { RECORDING_MAX = 256 << 20 }; /* bytes of a file */

/* What a request is found again by; secrets are out. */
struct recording_key {
	struct buf method, target, body;
};

/* Of a request as it came. */
void recording_key_take(struct recording_key *, const struct mock_request *,
    const struct mock_secrets *);
void recording_key_done(struct recording_key *);

/* Write the members of a request, without secrets.  exact: as in message.h. */
void recording_write_request(struct json *, const struct mock_request *,
    const struct mock_secrets *, bool exact);

/* Append a line. */
void recording_write(
    struct buf *line, const struct mock_request *, const struct mock_reply *);

/* Read the line at hand.  -1 with *e set; what was read is to be freed. */
int recording_read(const struct mock_lines *, struct recording_key *,
    struct mock_reply *, struct err *e);

#endif
