/*
 * input - what is to be reviewed, in parts.
 */
#ifndef INPUT_H
#define INPUT_H

#include "run.h"

/* The next part, in order.  1; 0: there is none yet; -1: no more can be
 * read. */
int input_next(struct run *, struct part **, struct err *e);
bool input_is_at_end(const struct run *);

/* The part has been reported. */
void input_release(struct part *);

/*
 * When nothing is asked any more: the next part in work, with what was answered
 * by then, or what no part has of its section.  False: there is no section.
 */
bool input_rest(struct run *, struct part **);
void input_close(struct run *);

#endif
