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

/* A variable that the template does not have is likely a typing error. */
void chat_warn_about_params(const struct prompt *);

/* files.c: --file and --attach. */
int chat_take_files(struct chat *, struct err *e);

/* request.c: the body that asks a model. */
int chat_write_request(struct chat_answer *, const char *model, struct err *e);

/* It as a line of OpenAI's batch input; id: raw. */
void chat_write_batch(
    struct buf *out, const struct chat_answer *, struct str id);

/* The model that somebody named, or NULL. */
const char *chat_named_model(const struct chat *);

/* The same, or the default. */
const char *chat_first_model(const struct chat *);

/* Learn the name of the only model there is. */
int chat_find_model(struct chat *, struct err *e);

/* Let the server get a model that it lacks. */
int chat_pull(struct chat *, const char *model, struct err *e);

/* question.c: what a record asks. */
int chat_open_questions(struct chat *, struct err *e);
void chat_close_questions(struct chat *);

/* Write the request, to a->model.  -1: the record cannot be asked. */
int chat_take_record(
    struct chat_answer *, const struct record *, struct err *e);

#endif
