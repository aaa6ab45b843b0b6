/*
 * turn - a conversation, and the log.
 */
#ifndef TURN_H
#define TURN_H

#include "chat.h"

/*
 * turn.c: take the conversation, and wait for whoever has it: after standard
 * input is read, which may come from another turn.
 */
int chat_open_conversation(struct chat *, struct err *e);

/* Does it end with something to be answered? */
bool chat_owes_answer(const struct chat *);

/* It has a system message: the same once more is none, another -1. */
int chat_check_system(struct chat *, struct err *e);

/* Add the turn to it. */
int chat_keep(struct chat_answer *, struct err *e);

/* The log, which holds up no answer: what goes wrong is a warning. */
void chat_open_log(struct chat *);
void chat_log(struct chat_answer *, const struct err *e);

/* The answer as the server's own words, or ours for what it streamed. */
void chat_write_reply(struct json *, struct chat_answer *);

#endif
