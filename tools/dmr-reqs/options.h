/*
 * options - what the user wants of dmr-reqs.
 */
#ifndef OPTIONS_H
#define OPTIONS_H

#include "err.h"
#include "opt.h"

enum { QUESTIONS_MAX = 5 };

/* The options of dmr-reqs alone. */
struct run_options {
	bool check, json, ask;
	const char *format, *from, *answers, *style, *fail_on, *on_error,
	    *schema;
	struct opt_list context, images;
	int64_t nquestions;
};

struct run;

/* Do they fit together?  Read what they name.  -1. */
int run_prepare(struct run *, struct err *e);
void run_done(struct run *);

#endif
