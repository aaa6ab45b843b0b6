/*
 * turn - a conversation, and what a turn adds to it.
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
int chat_keep(struct ask *, struct err *e);

#endif
