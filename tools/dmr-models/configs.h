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

/* What is asked for, beside what is in force. */
struct models_change {
	const char *mode;   /* NULL: of any */
	char *name;         /* as the server lists it */
	char *keep_alive;   /* as the server reads it; NULL: not named */
	bool has_context;   /* it is named, in the options */
	bool has_think;     /* this, too */
	struct buf configs; /* as models_read_configs() read them last */
};

/* The whole entry anew: the server forgets what is not said again. */
void models_write_change(
    struct buf *body, const struct models *, const struct models_change *);

/* Is what body asks for in force now?  -1 with ST_SERVER. */
int models_check_change(struct models *, const struct models_change *,
    struct str body, struct err *e);

/* mode: NULL: all of them. */
int models_print_configs(struct models *, const struct buf *configs,
    const char *mode, struct err *e);

#endif
