/*
 * answer - what a model says of a declaration becomes an insertion.
 */
#ifndef ANSWER_H
#define ANSWER_H

#include "run.h"

/* The style of a file: that which is asked for, or which it shows, or the
 * first of its language.  -1 with ST_USAGE: the language has no such one. */
int answer_choose_style(struct run_file *, struct err *e);

/* See ask_many.finish. */
enum fanout_step answer_finish(
    struct fanout *, struct fanout_job *, struct ask *, struct err *why);

#endif
