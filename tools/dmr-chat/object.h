/*
 * object - the answer as JSON.
 */
#ifndef OBJECT_H
#define OBJECT_H

#include "chat.h"

/* Calls and usage: false if there are none to tell. */
bool chat_write_calls(struct buf *out, const struct chat *);
bool chat_write_usage(struct buf *out, const struct chat *);

/* The message of the assistant, as it can stand in a conversation. */
void chat_write_message(struct buf *out, const struct chat *);

/* All that is known of the answer; text: what of it is wanted. */
void chat_write_object(struct buf *out, const struct chat *, struct str text);

#endif
