/*
 * questions - what was asked of people, what they said, and what is assumed.
 */
#ifndef QUESTIONS_H
#define QUESTIONS_H

#include "run.h"

/*
 * What a model asks: n at most, no question twice, and none that the document
 * has; the first option is the one that it recommends.
 */
void questions_prune(struct document *part, const struct document *, size_t n);

/* The document has the questions of --answers, if these are all. */
void questions_begin(struct idea *);

/* The number of the option, from 1 on, that "2", "2)" or "2." means; 0: none. */
size_t questions_option(const struct question *, struct str said);

/* Somebody's answer: an option, by its number, or a text. */
void questions_take(struct question *, struct str said);

/* Put what --answers says where it belongs. */
void questions_answer(struct idea *);

/* Nobody answers any more: what is recommended is assumed.  Once an idea. */
void questions_settle(struct idea *);

/* Append a block that tells the model, or nothing. */
void questions_list(const struct document *, struct buf *out);

#endif
