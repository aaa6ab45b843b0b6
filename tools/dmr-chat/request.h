/*
 * request - what is asked of the server: of one prompt, of a record.
 */
#ifndef REQUEST_H
#define REQUEST_H

#include "chat.h"

/*
 * prompt.c: all that is sent, but for what standard input brings; then that,
 * and the messages.
 */
int chat_prepare(struct chat *, struct err *e);
int chat_prompt(struct chat *, struct err *e);

/* Is there something to be asked?  A system message alone asks nothing. */
bool chat_has_question(const struct chat *);

/* files.c: --file and --attach. */
int chat_take_files(struct chat *, struct err *e);

/* request.c: write the body that asks a model; see struct ask_run. */
int chat_write_request(struct ask *, const char *model, struct err *e);

/* The model that somebody named, or NULL. */
const char *chat_named_model(const struct chat *);

/* Print how many tokens the prompt has. */
int chat_count(struct ask *, struct err *e);

/* question.c: what a record asks. */
int chat_open_questions(struct chat *, struct err *e);
void chat_close_questions(struct chat *);

/* See struct ask_run. */
int chat_take_record(struct ask *, const struct record *, struct err *e);

#endif
