/*
 * options - what the user wants of dmr-docstring.
 */
#ifndef OPTIONS_H
#define OPTIONS_H

#include "err.h"
#include "opt.h"

/* The options of dmr-docstring alone. */
struct run_options {
	bool in_place, diff, check, public, all, members, nested, tests, magic,
	    module;
	bool types, force_consumers, only_doc, json;
	const char *backup, *format, *lang, *stdin_name, *style, *diff_from;
	const char *only, *exclude, *sections, *example, *one_line, *report;
	const char *on_error, *schema;
	struct opt_list lines;
	int64_t width, max_bytes, context_size;
	double fail_under; /* percent; NAN: not given */
};

struct run;

/* Do they fit together?  Read what they name.  -1. */
int run_prepare(struct run *, struct err *e);
void run_done(struct run *);

#endif
