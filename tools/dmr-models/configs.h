/*
 * configs - what models are configured with.
 */
#ifndef MODELS_CONFIGS_H
#define MODELS_CONFIGS_H

#include "models.h"

/*
 * Read GET /engines/_configure, an array, into out; name: of one model, NULL:
 * of all.
 */
int models_read_configs(
    struct models *, const char *name, struct buf *out, struct err *e);

/* The entry of a mode; {NULL, 0} if there is none. */
struct str models_find_config(const struct buf *configs, const char *mode);

/* mode: NULL: all of them. */
int models_print_configs(struct models *, const struct buf *configs,
    const char *mode, struct err *e);

#endif
