/*
 * answer - what a model says in a stage becomes a part of the document.
 *
 * An answer that cannot be used is asked for once more, with the reason.  A
 * good one is linted; what is found in it goes back once, too, and the better
 * of both answers stays.
 */
#ifndef ANSWER_H
#define ANSWER_H

#include "run.h"

/* See ask_many.finish. */
enum fanout_step answer_finish(
    struct fanout *, struct fanout_job *, struct ask *, struct err *why);

/* Nothing is to be asked: what is in the document as soon as it begins. */
void answer_begin(struct idea *);

/* All stages are over: what the document says of itself. */
void answer_end(struct idea *);

#endif
