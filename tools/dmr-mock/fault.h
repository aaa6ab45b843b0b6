/*
 * fault - replies that are spoiled on purpose, by name.
 *
 * fault.c has the list; fault_text.c changes what a model said.
 */
#ifndef FAULT_H
#define FAULT_H

#include "reply.h"

/* Is there a fault of this name ("cut-17")? */
bool mock_fault_is_known(struct str name);

struct mock_faults;
struct mock_faults *mock_faults_open(void);
void mock_faults_close(struct mock_faults *);
/* A line for each: name, tab, what it does. */
void mock_faults_list(struct buf *out);
/* A fault that answers instead of the sources: true. */
bool mock_fault_answer(struct mock_faults *, const char *name,
    const struct mock_request *, struct mock_reply *);
/* Spoil a reply that is whole. */
void mock_fault_spoil(const char *name, struct mock_reply *);

/* ---- fault_text.c: what a model said, made wrong; nothing happens to a
 * reply that has no such thing */

/* Replace what choice 0 says, streamed or not, by this text. */
void mock_fault_say(struct mock_reply *, const char *text);
/* Replace its finish_reason by this JSON text. */
void mock_fault_finish(struct mock_reply *, const char *json);
/* Drop the lines of a stream that end so. */
void mock_fault_drop_lines(struct mock_reply *, const char *end);
/* End a stream, behind the first text, with this one. */
void mock_fault_end_stream(struct mock_reply *, const char *text);
/* Embeddings: "count", "order", "nan", "size" is wrong. */
void mock_fault_vectors(struct mock_reply *, const char *what);

#endif
