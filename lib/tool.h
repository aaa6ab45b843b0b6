/*
 * tool - the hall: what every tool does first and last.
 *
 * tool_start() makes the process safe (descriptors 0 to 2 are open, signals
 * clean up), reads options, environment and config file into one struct
 * settings, and answers --help, --version and --options.  tool_finish() says
 * the error and gives the exit status.  In between a tool uses the rooms.
 *
 *     set = tool_start(&tool, argc, argv);
 *     work(set, &e);
 *     return tool_finish(&e);
 */
#ifndef TOOL_H
#define TOOL_H

#include "api_chat.h"
#include "opt.h"
#include "output.h"
#include "prompt.h"
#include "tool_records.h"

/* Groups of shared options a tool has. */
enum {
	TOOL_SERVER = 1,        /* where the server is, and how long to wait */
	TOOL_MODEL = 2,         /* --model */
	TOOL_TEMPLATE = 4,      /* --template, and TOOL_PARAMS */
	TOOL_SAMPLING = 8,      /* --temperature ... --option */
	TOOL_OUTPUT = 16,       /* --output */
	TOOL_RECORDS = 32,      /* --batch ... --jobs */
	TOOL_RECORD_TEXTS = 64, /* --raw, --full */
	TOOL_EMBED_MODEL = 128, /* --model, and what goes with it */
	TOOL_JOBS = 256,        /* --jobs, which TOOL_RECORDS has, too */
	TOOL_PARAMS = 512,      /* --param, --no-stdin */
};

struct tool {
	const char *name, *summary;
	const char *operands; /* for the usage line: "[prompt ...]"; or NULL */
	/* Writes all of --help, or NULL: it is made of this. */
	void (*help)(const struct opts *, struct buf *out);
	int shared;
	const struct opt *opts; /* its own; may be NULL */
	bool *json;             /* its --json: errors are JSON; may be NULL */
	const char **format;    /* its --format; with json */
	bool has_formats;       /* others than text and json, which it checks */
	bool takes_command;     /* options end at the first operand */
	bool has_only_records;  /* what it reads is always records */
	bool passes;            /* disabled, it goes on; see settings */
	void (*rescue)(struct settings *); /* before the end of a usage error */
};

/* What the user wants; lives as long as the process. */
struct settings {
	struct opts opts;
	struct http_settings http;
	struct endpoint named; /* name is NULL: the server is to be found */
	const char *model;     /* NULL: to be chosen */
	const char *template, *template_path;
	struct opt_list params; /* "NAME=VALUE" or "NAME=@FILE" */
	struct api_sampling sampling;
	struct opt_list stops, options;
	bool no_stdin, cut_ok, dry_run, pull_missing, quiet;
	const char *output, *log, *cache;
	struct tool_records records;
	int verbose;
	const char *disabled_by; /* what says to do nothing, or NULL */
};

struct settings *tool_start(const struct tool *, int argc, char **argv);

/* The model runner that the settings name, or those found. */
struct api *tool_api(const struct settings *);

/* Open --output or standard output; a signal removes what it would leave. */
struct output *tool_output(const struct settings *, struct err *e);
/* Close it: a file is kept if *e is 0, 1 or 8; then what fails becomes *e. */
void tool_close_output(struct output *, struct err *e);

/* Has the reader of the answer gone?  Also before the output is open. */
bool tool_reader_is_gone(const struct settings *);

/* Let calls go on, at most ms.  -1: the output's reader went away. */
int tool_wait(struct api *, struct output *, int ms, struct err *e);
/* Make a call and wait for its end, as above.  Then api_call_done() it. */
int tool_call(struct api *, struct api_call *, struct output *, struct err *e);

/* Run clean, which is async-signal-safe, at the process's end, however. */
void tool_at_end(void (*clean)(void));

/* Core files as they were allowed before we came, or none: none of ours. */
void tool_allow_core(bool allow);

/* What was installed beside the program: share/dmr, grammars; or NULL. */
const char *tool_data_folder(void);
const char *tool_grammar_folder(void);

/*
 * "@FILE": the file's text without its last newline, "@-": standard input's,
 * which can be read once; else text itself.  name: what it is, for warnings.
 */
int tool_text(
    const char *text, const char *name, struct buf *out, struct err *e);

/* Append what a file, or "-", holds.  -1 with ST_INPUT; ST_USAGE: "-" twice. */
int tool_read(const char *path, size_t max, struct buf *out, struct err *e);
bool tool_stdin_is_taken(void);

/* A key in a file that its user alone may read: a word that no message shows,
 * for as long as the process lives.  NULL: ST_USAGE. */
const char *tool_read_secret(const char *file, const char *what, struct err *e);

/* A text as UTF-8, for as long as the process lives; see tool_repair(). */
const char *tool_repaired(const char *text, const char *name);
/* Make a text UTF-8; warns once of what had to be replaced. */
void tool_repair(struct buf *text, const char *name);

/* Say the error, if there is one, and return the exit status. */
int tool_finish(const struct err *e);

#endif
