/*
 * ask_object - the answer as JSON.
 */
#ifndef ASK_OBJECT_H
#define ASK_OBJECT_H

#include "ask.h"

/* What is wanted of a good answer. */
struct ask_value {
	struct buf text;
	bool is_json;  /* it is a JSON text */
	bool is_calls; /* calls of tools, of which nothing was made */
};

/* Calls and usage: false if there are none to tell. */
bool ask_write_calls(struct buf *out, const struct ask *);
bool ask_write_usage(struct buf *out, const struct ask *);

/* The message of the assistant, as it can stand in a conversation. */
void ask_write_message(struct buf *out, const struct ask *);

/* The answer as the server's own words, or ours for what it streamed. */
void ask_write_reply(struct json *, struct ask *);

/*
 * All that is known of the answer, and what of it is wanted.  costs: times and
 * tries, too, which differ from run to run.
 */
void ask_write_object(
    struct buf *out, const struct ask *, const struct ask_value *, bool costs);

#endif
