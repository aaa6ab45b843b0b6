/*
 * run - what the parts of dmr-docstring share.
 *
 * A file is read and parsed, and each declaration that lacks documentation and
 * is wanted becomes an item; a last item stands for the file's end.  fanout
 * carries the items: request.c asks for a declaration, answer.c makes an edit
 * of what is said, and when the end's turn has come, write.c applies and
 * proves the file's edits and puts them where they belong.
 *
 * select.c says what is wanted; check.c is --check.  The option table and
 * main() are in ../dmr-docstring.c.
 */
#ifndef RUN_H
#define RUN_H

#include "ask_many.h"
#include "ask_room.h"
#include "declaration.h"
#include "diff.h"
#include "docstring.h"
#include "edit.h"
#include "file_edit.h"
#include "options.h"
#include "pattern.h"

/* Lines of --lines, from 1, both inside. */
struct run_range {
	size_t first, last;
};

struct run_file;

/* A declaration that is asked for; without one: the end of its file. */
struct run_item {
	struct run_file *file;
	const struct declaration *declaration;
	const char *symbol; /* as the user knows it */
	struct details details;
	size_t max_bytes; /* of the prompt; 0: not known yet */
	size_t sent;      /* bytes of the prompt */
	int nfits, nbad;  /* times it was made shorter; did not hold */
	struct err why;   /* its answer did not hold, or it failed */
	char model[API_MODEL_TEXT_MAX + 1]; /* that answered */
	struct buf text;                    /* what is inserted; or empty */
};

struct run_file {
	struct run *run;
	const char *path; /* to be opened; NULL: standard input */
	struct source source;
	struct file_edit edit;    /* of --in-place */
	bool is_read, is_editing; /* its text is there; -i */
	const struct docstring_style *style;
	size_t wrapped; /* bytes that were put before a fragment */
	const struct diff_file *changes; /* of --diff-from, or NULL */
	struct run_item *items;          /* the last is the end */
	size_t nitems, next;             /* to be handed out */
	struct err why;                  /* nothing becomes of it */
	struct run_file *following;
};

struct run {
	struct ask_run ask;
	struct ask_many many;
	struct settings *set;
	struct run_options *want;
	const char *const *paths; /* none: standard input */
	const char **united;      /* the same, each file once; or NULL */
	size_t npaths, next;
	struct output report;
	struct file_replace temp; /* of --in-place */
	struct lang_set *langs;
	bool passes, inserts_lines;
	bool has_types;               /* they were asked for, or forbidden */
	struct docstring_place place; /* what options say of it */

	/* What is wanted: select.c's. */
	struct pattern *only, *exclude; /* or NULL */
	bool has_diff;
	struct run_range *ranges;
	struct diff diff;

	/* What is sent: request.c's. */
	struct prompt prompt;
	struct buf params[PROMPT_VALUES_MAX];
	struct ask_room room;

	/* What it came to. */
	struct run_file *files, *last; /* in work, in order */
	size_t nfiles;
	size_t nasked, ndone;          /* declarations */
	size_t nunusable, nunanswered; /* of which nothing came */
	size_t nfailed;                /* files, as a whole */
	struct err first;              /* of what failed */
};

/* run.c: document the files; paths.c: name each once, as it was first. */
void run_files(struct run *, struct err *e);
void run_unite_paths(struct run *);

/* Nothing was begun: a source that would have gone to standard output does. */
void run_copy(struct run *);

/* file.c: the bytes of a file, NULL: of standard input.  -1 with ST_INPUT. */
int file_read_source(const char *path, struct buf *bytes, struct err *e);

/* Read and parse one; then close it.  -1: nothing becomes of it. */
int file_open(struct run_file *, struct err *e);
void file_close(struct run_file *);

/* write.c: all has come, line is what goes out.  -1: the run ends. */
int write_file(struct run_file *, struct buf *line, struct err *e);

/* report.c: a line for each declaration.  -1 with ST_OUTPUT. */
int report_open(struct run *, struct err *e);
int report_file(const struct run_file *, struct err *e);
int report_close(struct run *, struct err *e);

#endif
