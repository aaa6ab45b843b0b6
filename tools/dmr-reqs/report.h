/*
 * report - a document as it is printed, and what is said about it.
 */
#ifndef REPORT_H
#define REPORT_H

#include "run.h"

/* Append it in the format that is wanted, ended by a newline. */
void report_write(const struct run *, const struct document *, struct buf *);

/*
 * What an update did, what lint still finds, and which parts there are not, on
 * standard error.
 */
void report_say(const struct idea *);

/* All stages are over: print the questions, or the document, or why not. */
void report_questions(const struct idea *, struct err *e);
void report_idea(struct idea *, struct err *e);

#endif
