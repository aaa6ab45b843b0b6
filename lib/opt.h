/*
 * opt - options, told once.
 *
 * A table of rows has five uses: parsing the command line, taking the same
 * settings from a template, the environment and the config file, --help,
 * --options (for completion and for the test that holds the manual to it),
 * and the errors' wording.
 *
 * Values are set by rank: what the command line says wins over a template,
 * that over the environment, that over the config file.  The model alone
 * stands higher in environment and config than in a template (OPT_MODEL).
 *
 * The order: fill a struct opts with tables, opts_parse(), then opts_set()
 * for every other source, in any order.
 */
#ifndef OPT_H
#define OPT_H

#include "buf.h"
#include "err.h"

enum opt_kind {
	OPT_END,
	OPT_FLAG,  /* bool; undone by --no-NAME, or --NAME if it is no-NAME */
	OPT_COUNT, /* int: how often it was given */
	OPT_INT,   /* int64_t, within [min, max] */
	OPT_REAL,  /* double, within [min, max] */
	OPT_TIME,  /* int64_t: milliseconds; "90", "1.5s", "250ms", "10m" */
	OPT_TEXT,  /* const char *, borrowed, not empty */
	OPT_LIST,  /* struct opt_list: all of them */
};

enum {
	OPT_NOT_ARGV = 1, /* environment and config alone; not in --help */
	OPT_CONFIG = 2,   /* the config file may set it */
	OPT_TEMPLATE = 4, /* a template may set it */
	OPT_PER_TOOL = 8, /* also in a section of the config file */
	OPT_MODEL = 16,   /* a template's is the weakest */
	OPT_PATH = 32,    /* in the config file an absolute path */
};

enum opt_source {
	OPT_UNSET,
	OPT_FROM_TEMPLATE_MODEL,
	OPT_FROM_CONFIG,
	OPT_FROM_SECTION,
	OPT_FROM_ENV,
	OPT_FROM_TEMPLATE,
	OPT_FROM_ARGV,
};

struct opt_list {
	const char **items; /* borrowed strings */
	size_t n, capacity;
};

struct opt {
	enum opt_kind kind;
	char letter;      /* 'm' of -m, or 0 */
	const char *name; /* "model" of --model */
	const char *arg;  /* "NAME"; NULL for flags and counts */
	const char *help; /* one line: lower case, no full stop */
	union {           /* where the value goes; kind picks the member */
		bool *flag;
		int *count;
		int64_t *integer; /* also of a time, in ms */
		double *real;
		const char **text;
		struct opt_list *list;
	} to;
	double min, max;
	int flags;
	const char *env; /* the variable that sets it too, or NULL */
};

enum { OPT_TABLES_MAX = 13, OPT_ROWS_MAX = 96 };

struct opts {
	const struct opt *tables[OPT_TABLES_MAX]; /* ends with NULL */
	bool posix; /* options end at the first operand */

	/* What came of it. */
	unsigned char from[OPT_ROWS_MAX]; /* enum opt_source, by row */
	const char **operands;
	size_t noperands;
	size_t nbefore; /* of these, in front of "--"; without one: all */
};

/* Read the command line, all of it.  -1 with ST_USAGE: the first mistake. */
int opts_parse(struct opts *, int argc, char **argv, struct err *e);

/*
 * Set the row called name, unless a stronger source has.  value lives as long
 * as the process.  -1 with ST_USAGE: there is none, this source may not set
 * it, or the value is wrong.
 */
int opts_set(struct opts *, const char *name, const char *value,
    enum opt_source from, struct err *e);

/* Set every row that names a variable which env() has. */
int opts_set_env(
    struct opts *, const char *(*env)(const char *name), struct err *e);

/* Add to the end; the string is borrowed. */
void opt_list_add(struct opt_list *, const char *value);

/* Is there a row called name that this source may set? */
bool opts_takes(const struct opts *, const char *name, enum opt_source from);

/* Who set the row called name. */
enum opt_source opts_source(const struct opts *, const char *name);

/* Does the command line set it? */
bool opts_is_given(const struct opts *, const char *name);

/* The texts of --help and --options. */
void opts_help(const struct opts *, struct buf *out);
void opts_list(const struct opts *, struct buf *out);

#endif
