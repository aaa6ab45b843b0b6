/*
 * select - which declarations the user wants to see documented.
 */
#ifndef SELECT_H
#define SELECT_H

#include "run.h"

/* Read --only, --exclude, --lines and --diff-from.  -1. */
int select_open(struct run *, struct err *e);
void select_close(struct run *);

/* What of --diff-from is a file's.  -1 with ST_INPUT: of another text. */
int select_changes(struct run_file *, struct err *e);

/* Is it one of those that are looked at, documented or not? */
bool select_names(const struct run_file *, const struct declaration *);

/*
 * Why a declaration that lacks documentation is left as it is, in a word; NULL:
 * it is not.  What a rule leaves alone has not failed.
 */
const char *select_reason(const struct run *, const struct declaration *);

/* Is that nothing that a rule says, but a failure? */
bool select_is_failure(const char *reason);

#endif
