/*
 * script - what the files of scenarios share, and nobody else.
 *
 * script.c finds the line that a request matches, script_line.c reads lines,
 * script_reply.c makes replies of them.
 */
#ifndef SCRIPT_H
#define SCRIPT_H

#include "filter.h"
#include "lines.h"
#include "mock.h"
#include "tree.h"

struct script_line {
	size_t number;  /* in the file */
	bool is_used;   /* it applied */
	bool is_faulty; /* the filter failed, which was said */

	/* What a request must have; NULL: anything will do. */
	char *path, *method, *model; /* a "*" at the end is any rest */
	char *contains;
	struct filter *filter;

	/* What it gets. */
	bool has_reply; /* else that of the next source */
	bool has_text;  /* body is one */
	int64_t status;
	struct buf headers, body;
	double rate; /* tokens in a second; 0: all at once */
	int64_t delay_ms;
	char *fault;   /* name, or NULL */
	int64_t times; /* still to be used; -1: without end */
};

/* Read the line at hand.  -1 with *e set; script_line_done() it anyway. */
int script_line_read(
    struct script_line *, const struct mock_lines *, struct err *e);
void script_line_done(struct script_line *);

/* body: the request's, NULL if it is no JSON. */
void script_reply(const struct script_line *, const struct mock_request *,
    const struct tree_node *body, struct mock_reply *);

#endif
