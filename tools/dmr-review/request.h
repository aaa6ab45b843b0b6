/*
 * request - what is sent for a part: a prompt, and a schema that its answer
 * must hold to.
 */
#ifndef REQUEST_H
#define REQUEST_H

#include "run.h"

/* Read the template, its schema, and what is told beside the diff; nothing of
 * it offline.  -1. */
int request_open(struct run *, struct err *e);
void request_close(struct run *);

/* Bytes of a section's prompts but for what they ask about. */
size_t request_overhead(const struct section *);

/* See ask_many.prepare.  -1, too, when there is nothing left to ask. */
int request_prepare(
    struct fanout *, struct fanout_job *, struct ask *, struct err *e);

/* Nothing is known of the part's hunks from first to before end. */
void part_leave(struct part *, size_t first, size_t end, const struct err *why);

#endif
