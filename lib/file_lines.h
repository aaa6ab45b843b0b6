/*
 * file_lines - files of lines that more than one process adds to.
 *
 * Lines are added whole or not at all: in one write() at the end of the file,
 * under a lock.  What did not fit is cut off again before the lock is given
 * back.  The lock is flock(2) on the file's own descriptor: it ends with the
 * process, however that ends, and nothing lies beside the file.  It knows
 * nothing of what a line says.
 *
 * Either file_lines_own(), for a file that one process at a time reads, thinks
 * about and adds to; or file_lines_share(), where each adds when it has
 * something; or file_lines_create(), for a new one.  Then file_lines_read()
 * (owned only), file_lines_add() any number of times, file_lines_close().
 * SIGPIPE and SIGXFSZ are ignored, or they end the program where a message is
 * promised here.
 */
#ifndef FILE_LINES_H
#define FILE_LINES_H

#include <limits.h>
#include <signal.h>
#include <sys/types.h>

#include "buf.h"
#include "err.h"

struct file_lines {
	const char *path; /* as it was asked for; borrowed */
	int fd;           /* 0 to 2: not open */
	bool is_owned;
	bool is_regular;
	int wait_ms;         /* for a lock or a reader; -1: without end */
	off_t size;          /* of an owned file, as we know it */
	char made[PATH_MAX]; /* name of a file that was not there */
	volatile sig_atomic_t has_made; /* it may have to go again */
};

/*
 * Open the regular file at path, after links, for this process alone, until
 * it is closed; who comes second waits, for wait_ms (-1: without end).  One
 * that is not there is made, mode 0666 less the umask, and goes again if
 * nothing is added: without it two that come first would have nothing to wait
 * for each other by.  Of a file that was replaced while we waited, the new one
 * is opened.  -1 with ST_INPUT (not readable, not regular), ST_OUTPUT (not to
 * be made or written) or ST_TIMEOUT.
 */
int file_lines_own(
    struct file_lines *, const char *path, int wait_ms, struct err *e);

/*
 * Open the regular file at path to be read alone, without waiting for anybody;
 * one that is not there is not opened, and no error.  -1 with ST_INPUT.
 */
int file_lines_look(struct file_lines *, const char *path, struct err *e);

/*
 * Open path, whatever it is, to add lines; one that is not there is made.
 * Never waits: a FIFO without a reader is an error.  wait_ms: how long
 * file_lines_add() waits, at most, for a lock that another process has, and
 * for who reads a FIFO, terminal or socket.  These are not locked; lines of
 * up to PIPE_BUF bytes are whole in a FIFO all the same.  -1 with ST_OUTPUT.
 */
int file_lines_share(struct file_lines *, const char *path, mode_t mode,
    int wait_ms, struct err *e);

/*
 * Make a regular file that must not be there yet, to add lines as above; only
 * its owner may read it.  It goes again if nothing is added.  -1 with
 * ST_OUTPUT.
 */
int file_lines_create(
    struct file_lines *, const char *path, int wait_ms, struct err *e);

bool file_lines_is_open(const struct file_lines *);

/* Append the owned file to out.  -1 with ST_INPUT: more than max bytes. */
int file_lines_read(
    struct file_lines *, size_t max, struct buf *out, struct err *e);

/*
 * Add lines, the last one ended too.  To an owned file: they are on the disk
 * then; fails if the file was replaced or written by others in the meantime.
 * To a shared one: a line that somebody left unfinished is ended first.  -1
 * with ST_OUTPUT; a regular file is then as it was before.
 */
int file_lines_add(struct file_lines *, struct str lines, struct err *e);

/* Async-signal-safe: remove what we made and nothing was added to. */
void file_lines_abandon(const struct file_lines *);

/* The same, and close it. */
void file_lines_close(struct file_lines *);

#endif
