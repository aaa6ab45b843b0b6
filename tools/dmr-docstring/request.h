/*
 * request - what is sent for one declaration: a prompt, and a schema that its
 * answer must hold to.
 */
#ifndef REQUEST_H
#define REQUEST_H

#include "run.h"

/* Read the template, its schema and --param.  -1 with ST_USAGE. */
int request_open(struct run *, struct err *e);
void request_close(struct run *);

/* See ask_many.prepare. */
int request_prepare(
    struct fanout *, struct fanout_job *, struct ask *, struct err *e);

/*
 * The prompt was too long for the model, as the body of the error says.  False:
 * it cannot be made shorter.
 */
bool request_shorten(struct run_item *, struct str body);

/* request_code.c: the declaration, with the blanks before it. */
struct str request_code(const struct run_item *);

/* The text with its middle left out; of max bytes, about. */
void request_add_cut(struct buf *out, struct str text, size_t max);

/* What stands around a declaration: imports, the headers it is in. */
void request_add_context(struct buf *out, const struct run_item *, size_t max);

/* request_schema.c: the fields that are asked for: "summary, params". */
void request_add_fields(
    struct buf *out, const struct run_item *, struct str schema);

/*
 * The schema for one declaration: fields that do not apply are left out, and
 * names are those of its parameters.
 */
void request_add_schema(
    struct buf *out, const struct run_item *, struct str schema);

#endif
