/*
 * run - what the parts of dmr-reqs share.
 *
 * An idea becomes a document in stages, each a question to the model: what
 * stages there are, and what is asked, is stage.c's; answer.c makes things of
 * what is said, has them linted, and sends them back once.  fanout carries
 * ideas, of which there is one, or a record each.  questions.c and wizard.c
 * have answers of people, report.c prints.
 *
 * The option table and main() are in ../dmr-reqs.c.
 */
#ifndef RUN_H
#define RUN_H

#include "ask_many.h"
#include "check.h"
#include "idea.h"
#include "options.h"
#include "stage.h"

enum run_format {
	RUN_DOCUMENT,
	RUN_JSON,
	RUN_MARKDOWN,
	RUN_RECORDS,
};

struct run {
	struct ask_run ask;
	struct ask_many many;
	struct settings *set;
	struct run_options *want;
	size_t format, style, passes; /* enum run_format, enum lint_style */
	struct check check;           /* of -c */
	bool is_wizard;
	struct buf input;     /* the one idea */
	struct document from; /* what --from has */
	struct buf news;      /* what it is to be updated by */
	bool updates[STAGES]; /* these parts of it */

	/* What is sent: stage.c's. */
	struct stage stages[STAGES];
	struct buf params[PROMPT_VALUES_MAX];
	struct buf context, image_names;
	struct opt_list images; /* data URLs */
	struct list answers;    /* struct question: what --answers says */
	bool has_questions;     /* and these are all */

	struct record_format records;
	bool has_nul;
	struct idea *ideas; /* in work */
	size_t nincomplete; /* records whose documents lack parts */
};

/* run.c: make documents of all that comes in, or check documents. */
void run_all(struct run *, struct err *e);

#endif
