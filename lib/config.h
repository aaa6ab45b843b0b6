/*
 * config - what the machine's owner has set: environment and config file.
 *
 * The only module that asks the environment (dmr(7) lists the variables).
 * It knows the syntax of dmr-config(5), not what a key means: the hall holds
 * keys and variables to the option table.
 */
#ifndef CONFIG_H
#define CONFIG_H

#include "buf.h"
#include "err.h"

/* A variable that is set and not empty, else NULL. */
const char *config_env(const char *name);

/* Is the variable set, whatever it holds? */
bool config_env_is_set(const char *name);

/* $HOME, if it is an absolute path; else NULL. */
const char *config_home(void);

/*
 * A path below $XDG_CONFIG_HOME/dmr (by default ~/.config/dmr), yours to
 * free(); NULL if neither variable is an absolute path, which the XDG base
 * directory specification demands.
 */
char *config_path(const char *below);

struct config {
	char *path;      /* of the file */
	struct buf text; /* empty if there is no file */

	/* The reader's own. */
	struct str rest;
	size_t line;
	char section[64];
	struct buf value;
	struct buf seen; /* "section\nkey\n" of all lines so far */
};

/* Read the file; one that is not there is empty.  -1 with ST_USAGE. */
int config_open(struct config *, struct err *e);

/*
 * The next "key = value" and its section ("": before the first).  value is
 * NUL-terminated and valid until the next call.  Returns 1, 0, -1.
 */
int config_next(
    struct config *, struct str *key, const char **value, struct err *e);

/* Put "file:line: " before *e; returns -1. */
int config_blame(const struct config *, struct err *e);

void config_done(struct config *);

#endif
