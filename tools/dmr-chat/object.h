/*
 * object - the answer as JSON.
 */
#ifndef OBJECT_H
#define OBJECT_H

#include "chat.h"

/* Calls and usage: false if there are none to tell. */
bool chat_write_calls(struct buf *out, const struct chat_answer *);
bool chat_write_usage(struct buf *out, const struct chat_answer *);

/* The message of the assistant, as it can stand in a conversation. */
void chat_write_message(struct buf *out, const struct chat_answer *);

/*
 * All that is known of the answer; text: what of it is wanted.  costs: times
 * and tries, too, which differ from run to run.
 */
void chat_write_object(
    struct buf *out, const struct chat_answer *, struct str text, bool costs);

#endif
