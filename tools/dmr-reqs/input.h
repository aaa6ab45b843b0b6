/*
 * input - the idea: operands, standard input, a line typed, or a record.
 */
#ifndef INPUT_H
#define INPUT_H

#include "run.h"

/* Is standard input still there to be records?  -1 with ST_USAGE. */
int input_check(struct err *e);

/* Append what was told; that there is nothing is an error. */
int input_read(struct run *, struct buf *out, struct err *e);

/*
 * The same of the document of --from, which is kept; what it is to be updated
 * by, and which parts of it, if anything is told.
 */
int input_from(struct run *, struct err *e);

/* The same of a record's members prompt and input. */
int input_record(const struct record *, struct buf *out, struct err *e);

#endif
