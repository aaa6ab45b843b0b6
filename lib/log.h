/*
 * log - one JSON line for each request, at the end of a file (--log).
 *
 * Each line is one JSON text of UTF-8, whatever is put into it, and whole,
 * however many tools write to the file at once.  The answer never waits for
 * the log: what cannot be written is given up, with one error to warn of, and
 * nothing more is logged then.
 *
 * It knows nothing of requests and answers but the texts and numbers of a
 * struct log_entry.  For what die_hide() was told, stars stand, also where a
 * server quotes it.  The file holds prompts and answers: when it is made, only
 * its owner may read it.
 *
 * log_open(), log_add() for each request, log_close().  Before log_open(),
 * and after either of them has failed, log_add() does nothing.
 */
#ifndef LOG_H
#define LOG_H

#include "file_lines.h"

enum {
	LOG_LINE_MAX = 256 << 20, /* bytes */
	LOG_WAIT_MS = 1000,       /* for a lock, or for who reads a FIFO */
};

struct log {
	struct buf line;
	struct file_lines file;
};

/*
 * What there is to say of a request; everything is borrowed.  Left out of the
 * line: a text that is NULL, a view whose data is NULL, a time below 0.
 */
struct log_entry {
	int64_t time_ms; /* when it began, as now_unix_ms() */
	const char *tool, *version;
	const char *host, *path, *model;
	enum status status;         /* "exit", and its word: "code" */
	int64_t total_ms, first_ms; /* until the end, the first byte */
	int tries;
	bool cached;        /* the answer is one that was kept */
	struct str usage;   /* JSON text, as the server sent it */
	struct str request; /* JSON text, the body */
	/* The reply; only tool_calls is JSON text. */
	struct str text, reasoning, tool_calls;
	const char *finish_reason;
	const char *error;
};

/* path: borrowed.  -1 with ST_OUTPUT. */
int log_open(struct log *, const char *path, struct err *e);

/*
 * Add a line.  One that would be larger than LOG_LINE_MAX has "omitted":true
 * in place of request and reply.  JSON text that is none becomes a string.
 * Waits at most LOG_WAIT_MS.  -1 with ST_OUTPUT.
 */
int log_add(struct log *, const struct log_entry *, struct err *e);

void log_close(struct log *);

#endif
