/*
 * split - how much of a section a request can ask about.
 */
#ifndef SPLIT_H
#define SPLIT_H

#include "run.h"

/* Bytes of a prompt that leave room for the answer. */
size_t split_room(const struct run *);

/*
 * So many bytes are to be asked about.  If they do not fit, ask the model
 * runner once what the model is configured to take; who does not say is not
 * one.  Nobody is asked offline.
 */
void split_ask(struct run *, size_t bytes);

/*
 * The end of the hunks from `first` on, below `end`, that fit a request; first
 * itself, if not even that one does.
 */
size_t split_end(const struct section *, size_t first, size_t end);

/* Bytes of hunks that a source file is divided into. */
size_t split_piece(const struct run *);

/*
 * The prompt of a part was too long, as the body of the error says: that holds
 * for all that follow.  False: it cannot be made shorter.
 */
bool split_learn(struct part *, struct str body);

#endif
