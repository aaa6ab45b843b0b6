/*
 * ask_request - what is asked, and of which model.
 */
#ifndef ASK_REQUEST_H
#define ASK_REQUEST_H

#include "ask.h"

/*
 * Check the model's name; lists of options become part of the sampling, their
 * texts UTF-8.  Once the settings are all there.
 */
int ask_take_settings(struct settings *, struct err *e);

/* Files that are written must be different ones; NULL: there is none. */
int ask_check_written(const char *const *names, size_t n, struct err *e);

/* Nor is any a file that is read.  why: what to say of such a one. */
int ask_check_kept(const char *const *names, size_t n, const char *const *read,
    size_t nread, const char *why, struct err *e);

/* Write a->body; the caller fills in what is the tool's, the rest is not. */
int ask_write(
    struct ask *, struct api_chat_request *, const char *model, struct err *e);

/*
 * Take the fields of a record's body into a->fields, but those in but[0..n)
 * and the model that -m replaces.  -1: it is for another path.
 */
int ask_take_fields(struct ask *, const struct record *, const char *const *but,
    size_t n, struct err *e);

/* The request as a line of OpenAI's batch input; id: raw. */
void ask_write_batch(struct buf *out, const struct ask *, struct str id);

/* --dry-run: print it, of the one request. */
int ask_dry_run(struct ask *, struct err *e);

/* The model that is named, or the default. */
const char *ask_first_model(const struct ask_run *);

/* Learn the name of the only model there is. */
int ask_find_model(struct ask_run *, struct err *e);

/* Let the server get a model that it lacks. */
int ask_pull(struct ask_run *, const char *model, struct err *e);

#endif
