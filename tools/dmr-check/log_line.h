/*
 * log_line - the log of a model runner, line by line.
 *
 * Docker Model Runner 1.2 writes "[TIME] time=... level=ERROR msg="..."" and,
 * in between, what llama.cpp says: msg="0.01.076.997 E srv  load_model: ...".
 * Others write level=error, or the word itself.
 */
#ifndef CHECK_LOG_LINE_H
#define CHECK_LOG_LINE_H

#include "buf.h"

enum { CHECK_ERROR_MAX = 2000 }; /* bytes kept of a line */

/* What the log says.  Zero-initialise, with gpu -1. */
struct check_log {
	bool is_read, is_there; /* the caller's: it was asked for, it came */
	struct buf line;    /* the reader's own: one that is not whole yet */
	struct buf error;   /* the last line that tells an error, or empty */
	int64_t error_s;    /* when, seconds since 1970; 0: it does not say */
	int gpu;            /* 1, 0: the engine can use one or not; -1 */
	int64_t ngpu, nall; /* layers on a GPU, and all; nall 0: not said */
};

/* The next bytes, cut anywhere. */
void check_log_add(struct check_log *, struct str piece);

/* That was all.  What its line buffer took is freed. */
void check_log_end(struct check_log *);

/* Does it have that word, in letters of any case?  word: in small ones. */
bool check_log_has_word(struct str text, const char *word);

/* Does the line tell of something that failed, and not for want of a model? */
bool check_log_is_error(struct str line);

#endif
