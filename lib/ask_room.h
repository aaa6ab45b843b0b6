/*
 * ask_room - how long a prompt may be: a guess, until the server says.
 */
#ifndef ASK_ROOM_H
#define ASK_ROOM_H

#include "base.h"
#include "str.h"

struct ask_room {
	double context;         /* tokens that the model takes */
	double bytes_per_token; /* of a prompt */
};

/* Two bytes are a token, or more are. */
struct ask_room ask_room_guess(int64_t context);

/*
 * Bytes of a prompt that leave room for an answer of so many tokens, or of half
 * of the context; negative: it is not known of how many.
 */
size_t ask_room_bytes(const struct ask_room *, int64_t max_tokens);

/*
 * A prompt of so many bytes was too long; its numbers are the truth.  False:
 * the body of the error has none.
 */
bool ask_room_learn(struct ask_room *, size_t sent, struct str body);

#endif
