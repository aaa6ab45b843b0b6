/*
 * answer - what is printed of an answer, and kept of it.
 */
#ifndef ANSWER_H
#define ANSWER_H

#include "chat.h"

/* Does text appear as it comes? */
bool chat_streams(const struct chat *);

/* Check where reasoning goes, and open it. */
int chat_open_reasoning(struct chat *, struct err *e);

/* Those of struct ask_run. */
int chat_print(
    struct ask *, struct str text, struct str reasoning, struct err *e);
int chat_choose(struct ask *, struct ask_value *, bool as_json, struct err *e);

/* Print the rest of the answer; the turn is kept, files take their names. */
void chat_finish(struct ask *, struct err *e);

#endif
