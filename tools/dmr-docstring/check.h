/*
 * check - what lacks documentation, without asking any model.
 */
#ifndef CHECK_H
#define CHECK_H

#include "run.h"

/* --check.  ST_NO: something does, and more than --fail-under allows. */
void check_files(struct run *, struct err *e);

#endif
