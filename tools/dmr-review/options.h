/*
 * options - what the user wants of dmr-review.
 */
#ifndef OPTIONS_H
#define OPTIONS_H

#include "err.h"
#include "opt.h"

/* The options of dmr-review alone. */
struct run_options {
	bool offline, redact, anchored, json;
	const char *format, *stdin_name, *root, *message, *rules, *baseline;
	const char *fail_on, *on_error, *min_severity, *scope, *schema;
	struct opt_list context;
	int64_t max, context_size;
};

struct run;

/* Do they fit together?  Read what they name.  -1. */
int run_prepare(struct run *, struct err *e);
void run_done(struct run *);

#endif
