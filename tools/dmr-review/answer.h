/*
 * answer - what a model says becomes findings.
 */
#ifndef ANSWER_H
#define ANSWER_H

#include "run.h"

/* See ask_many.finish. */
enum fanout_step answer_finish(
    struct fanout *, struct fanout_job *, struct ask *, struct err *why);

#endif
