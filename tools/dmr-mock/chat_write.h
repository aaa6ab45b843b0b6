/*
 * chat_write - what the files that write answers share, and nobody else.
 */
#ifndef CHAT_WRITE_H
#define CHAT_WRITE_H

#include "chat.h"

/* One answer being written. */
struct chat_writer {
	struct runner_call *call;
	const struct chat_request *request;
	const struct chat_reply *reply;
	struct buf *out; /* the reply's body */
	struct buf tail; /* of a stream's events: the same in all of them */
};

/* Parts of an object; "model" brings the fingerprint. */
void chat_add_integer(struct json *, const char *name, int64_t number);
void chat_add_id(struct json *, const struct chat_writer *);
void chat_add_created(struct json *, const struct chat_writer *);
void chat_add_model(struct json *, const struct chat_writer *);
void chat_add_usage(struct json *, const struct chat_writer *);
void chat_add_timings(struct json *, const struct chat_writer *);

/* What the tokens of a text were worth, if that was asked. */
void chat_add_logprobs(
    struct json *, const struct chat_writer *, struct str text);

/* Send what was written, a stream or not; or refuse, if it did not fit. */
void chat_send(struct chat_writer *);

#endif
