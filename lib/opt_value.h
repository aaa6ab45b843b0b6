/*
 * opt_value - the text of a value becomes the value.
 *
 * It knows kinds and bounds, not where a text came from: opt's own, and of
 * tools that read a file of the same values.
 */
#ifndef OPT_VALUE_H
#define OPT_VALUE_H

#include "opt.h"

/* Read value as row->kind says and put it where row->to says; ST_USAGE. */
int opt_value_store(const struct opt *row, const char *value, struct err *e);

/* Could it be stored?  Nothing changes. */
int opt_value_check(const struct opt *row, const char *value, struct err *e);

/*
 * The value of option --name is one of n words, which ones a message says:
 * *which is its index, and stays as it is for NULL.  -1 with ST_USAGE.
 */
int opt_value_word(const char *name, const char *value,
    const char *const *words, size_t n, size_t *which, struct err *e);

#endif
