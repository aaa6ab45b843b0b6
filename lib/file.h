/*
 * file - descriptors and files: read whole, write whole, replace at once.
 *
 * It knows nothing of what the bytes mean and looks in no folder of its own:
 * paths are handed down.  Messages name the path that was asked for.
 *
 * To replace a file: file_replace_open(), file_write() to its fd, then
 * file_replace_commit() or file_replace_drop().  Until the commit the old
 * file is untouched; a signal handler may call file_replace_abandon().
 */
#ifndef FILE_H
#define FILE_H

#include <limits.h>
#include <signal.h>

#include "buf.h"
#include "err.h"

/*
 * Append all of a file to out, at most max bytes; what it is (a pipe, a
 * device) does not matter, a folder is refused.  -1 with ST_INPUT.
 */
int file_read(const char *path, size_t max, struct buf *out, struct err *e);

enum {
	FILE_NO_LINK = 1, /* the last part of the path is no symbolic link */
	FILE_OWN = 2,     /* mine or root's, and nobody else may write it */
	FILE_SECRET = 4,  /* and nobody else may read it */
};

/*
 * The same for a file that is trusted: a regular one that meets the demands
 * above.  Never waits for a pipe.
 */
int file_read_trusted(
    const char *path, int demands, size_t max, struct buf *out, struct err *e);

/* The same for an open descriptor, called `name` in messages. */
int file_read_fd(
    int fd, const char *name, size_t max, struct buf *out, struct err *e);

/*
 * The same for a regular file below a folder, by a path that anybody may have
 * made up: it has no "..", and nothing on the way is a link.
 */
int file_read_below(const char *folder, const char *path, size_t max,
    struct buf *out, struct err *e);

bool file_is_below(const char *folder, const char *path); /* readable, too */
bool file_exists(const char *path);

/*
 * Is there none for us?  True, too, in a folder that we may not search, such
 * as a HOME that cron kept for another user.  A loop of links is no absence.
 */
bool file_is_absent(const char *path);
bool file_is_terminal(int fd);

/* Are these two names of one file, also of one that is to be made? */
bool file_is_same(const char *a, const char *b);
bool file_is_open(int fd, const char *name); /* a regular file's, as fd */

/*
 * A name as one word of a shell, for messages: 'two words', 'it'\''s', and
 * where a terminal would not show it as it is, $'new\x0aline'.  Yours to
 * free().
 */
char *file_quote(const char *name);

/* "cannot WHAT NAME: WHY", the name quoted so.  Returns -1. */
int file_fail(struct err *e, enum status status, const char *what,
    const char *name, const char *why);

/* Wait until fd can be read (or is at its end); false after ms. */
bool file_wait(int fd, int ms);

/*
 * read() of what is there now: bytes, 0 at the end, or -1 with errno; EAGAIN:
 * there is nothing yet.
 */
ssize_t file_read_now(int fd, char *data, size_t n);

/* Share of a regular file that was read, less `unused` bytes; -1: none. */
double file_share_read(int fd, size_t unused);

/* Is fd a pipe or socket whose other end was closed? */
bool file_reader_is_gone(int fd);

/* Write all of it, however long that takes.  Returns 0 or an errno. */
int file_write(int fd, struct str data);

struct file_replace {
	const char *name; /* as it was asked for; borrowed */
	int fd;           /* write here */
	int folder;       /* where the file after links lies, held open */
	char *target;     /* its name there; NULL: fd is written directly */
	char temp[64];    /* a name there, too */
	volatile sig_atomic_t has_temp; /* the new file has that name */
};

/*
 * Begin to replace path.  What is not a regular file is opened and written
 * directly.  A new file has mode 0666 less the umask, an old one keeps owner,
 * group and mode, as far as we may give them.  -1 with ST_OUTPUT.
 */
int file_replace_open(struct file_replace *, const char *path, struct err *e);
int file_replace_commit(struct file_replace *, struct err *e);
void file_replace_drop(struct file_replace *);

/* Async-signal-safe: remove what would be left behind. */
void file_replace_abandon(const struct file_replace *);

/*
 * The folder of the running program, for data that lies beside it; yours to
 * free(), NULL if it cannot be known.  argv0: how it was called; path: PATH.
 */
char *file_program_folder(const char *argv0, const char *path);

#endif
