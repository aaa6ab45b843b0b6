/* file - lines that more than one process adds to. */
#include "file_lines.h"

#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <time.h>
#include <unistd.h>

#include "file.h"
#include "mem.h"
#include "now.h"

enum {
	OWN_TRIES_MAX = 1000,
	LOCK_PAUSE_MS = 1,      /* between two tries: a line takes less, */
	LOCK_PAUSE_MAX_MS = 64, /* a turn more */
	FLAGS = O_APPEND | O_CLOEXEC | O_NOCTTY | O_NONBLOCK,
};

static const char locked[] = "another process keeps it locked";

static int
fail(const struct file_lines *f, enum status status, const char *what,
    const char *why, struct err *e)
{
	return file_fail(e, status, what, f->path, why);
}

bool
file_lines_is_open(const struct file_lines *f)
{
	return f->fd > STDERR_FILENO;
}

/* Returns 0, or an errno: EWOULDBLOCK, another process has it all the time. */
static int
lock(int fd, int wait_ms)
{
	int how = wait_ms < 0 ? LOCK_EX : LOCK_EX | LOCK_NB;
	int64_t end = now_ms() + wait_ms;
	int pause_ms = LOCK_PAUSE_MS;

	while (flock(fd, how)) {
		if (errno == EINTR)
			continue;
		if (errno != EWOULDBLOCK || now_ms() >= end)
			return errno;
		poll(NULL, 0, pause_ms);
		if (pause_ms < LOCK_PAUSE_MAX_MS)
			pause_ms *= 2;
	}
	return 0;
}

/* Does path, after links, name the open file?  Async-signal-safe. */
static bool
is_at(int fd, const char *path)
{
	struct stat here, there;

	return !fstat(fd, &here) && !stat(path, &there) &&
	    here.st_dev == there.st_dev && here.st_ino == there.st_ino;
}

static bool
is_regular(int fd)
{
	struct stat st;

	return !fstat(fd, &st) && S_ISREG(st.st_mode);
}

/* -1 if it cannot be known. */
static off_t
size_of(int fd)
{
	struct stat st;

	return fstat(fd, &st) ? -1 : st.st_size;
}

/* --- open --- */

static int
fail_to_open(const struct file_lines *f, bool made, struct err *e)
{
	const char *why = strerror(errno);

	if (made)
		return fail(f, ST_OUTPUT, "create", why, e);
	if (errno != EISDIR && access(f->path, R_OK) == 0)
		return fail(f, ST_OUTPUT, "write", why, e);
	return fail(f, ST_INPUT, "open", why, e);
}

/* Returns 1; 0: the file has come or gone meanwhile, try again; or -1. */
static int
try_to_own(struct file_lines *f, int wait_ms, struct err *e)
{
	bool made = !file_exists(f->path);
	int error;

	f->fd = open(f->path, O_RDWR | FLAGS | (made ? O_CREAT : 0), 0666);
	if (f->fd < 0 && !made && errno == ENOENT)
		return 0;
	if (f->fd < 0)
		return fail_to_open(f, made, e);
	if (!is_regular(f->fd))
		return fail(f, ST_INPUT, "open", "not a regular file", e);
	error = lock(f->fd, wait_ms);
	if (error == EWOULDBLOCK)
		return fail(f, ST_TIMEOUT, "lock", locked, e);
	if (error)
		return fail(f, ST_OUTPUT, "lock", strerror(error), e);
	if (!is_at(f->fd, f->path))
		return 0;
	f->size = size_of(f->fd);
	/* Only now: before we have the lock, another may be adding to it. */
	f->has_made = made && realpath(f->path, f->made);
	return 1;
}

int
file_lines_own(
    struct file_lines *f, const char *path, int wait_ms, struct err *e)
{
	int got = 0;

	for (int i = 0; i < OWN_TRIES_MAX && got == 0; i++) {
		*f = (struct file_lines){ .path = path,
			.is_owned = true,
			.is_regular = true,
			.wait_ms = -1 };
		got = try_to_own(f, wait_ms, e);
		if (got != 1)
			file_lines_close(f);
	}
	if (got == 0)
		return file_fail(e, ST_INPUT, "open", path,
		    "it is replaced again and again");
	return got == 1 ? 0 : -1;
}

int
file_lines_look(struct file_lines *f, const char *path, struct err *e)
{
	*f = (struct file_lines){ .path = path,
		.fd = open(path, O_RDONLY | FLAGS) };
	if (f->fd < 0 && errno == ENOENT)
		return 0;
	if (f->fd < 0)
		return fail_to_open(f, false, e);
	if (!is_regular(f->fd))
		return fail(f, ST_INPUT, "open", "not a regular file", e);
	return 0;
}

int
file_lines_share(struct file_lines *f, const char *path, mode_t mode,
    int wait_ms, struct err *e)
{
	struct stat st;
	bool special = stat(path, &st) == 0 && !S_ISREG(st.st_mode);

	*f = (struct file_lines){ .path = path, .wait_ms = wait_ms };
	/* A regular file is read too, for its last byte; but a FIFO that is
	 * open for reading would seem to have a reader. */
	if (special)
		f->fd = open(path, O_WRONLY | FLAGS);
	else
		f->fd = open(path, O_RDWR | O_CREAT | FLAGS, mode);
	if (f->fd < 0 && errno == EACCES && !special)
		f->fd = open(path, O_WRONLY | O_CREAT | FLAGS, mode);
	if (f->fd < 0 && errno == ENXIO && special && S_ISFIFO(st.st_mode))
		return fail(f, ST_OUTPUT, "open", "nobody reads it", e);
	if (f->fd < 0)
		return fail(f, ST_OUTPUT, "open", strerror(errno), e);
	f->is_regular = is_regular(f->fd);
	return 0;
}

int
file_lines_create(
    struct file_lines *f, const char *path, int wait_ms, struct err *e)
{
	*f = (struct file_lines){ .path = path, .wait_ms = wait_ms };
	f->fd = open(path, O_RDWR | O_CREAT | O_EXCL | FLAGS, 0600);
	if (f->fd < 0)
		return fail(f, ST_OUTPUT, "create", strerror(errno), e);
	f->is_regular = true;
	f->has_made = realpath(path, f->made) != NULL;
	return 0;
}

/* --- read --- */

int
file_lines_read(
    struct file_lines *f, size_t max, struct buf *out, struct err *e)
{
	char *name = file_quote(f->path);
	int got = file_read_fd(f->fd, name, max, out, e);

	free(name);
	return got;
}

/* --- add --- */

/* write() until all is out; *done counts.  Returns 0 or an errno. */
static int
write_all(int fd, struct str data, int wait_ms, size_t *done)
{
	int64_t end = now_ms() + wait_ms;

	while (*done < data.len) {
		struct str rest = str_skip(data, *done);
		struct pollfd p = { .fd = fd, .events = POLLOUT };
		int64_t left = end - now_ms();
		ssize_t n = write(fd, rest.data, rest.len);

		if (n >= 0)
			*done += (size_t)n;
		else if (errno == EAGAIN && (wait_ms < 0 || left > 0))
			poll(&p, 1, wait_ms < 0 ? -1 : (int)left);
		else if (errno != EINTR)
			return errno;
	}
	return 0;
}

/* EINVAL: this kind of file cannot be synchronized. */
static int
synchronize(int fd)
{
	return fdatasync(fd) && errno != EINVAL ? errno : 0;
}

/*
 * Add all or nothing.  If somebody who takes no lock wrote at the same time,
 * nothing is cut off: it could be theirs.  Returns 0 or an errno.
 */
static int
append(const struct file_lines *f, struct str lines)
{
	off_t before = f->is_regular ? size_of(f->fd) : -1;
	size_t done = 0;
	int error = write_all(f->fd, lines, f->wait_ms, &done);

	if (!error && f->is_owned)
		error = synchronize(f->fd);
	if (error && done && before >= 0 &&
	    size_of(f->fd) == before + (off_t)done)
		while (ftruncate(f->fd, before) && errno == EINTR)
			;
	return error;
}

/* NULL, or why it failed. */
static const char *
add_owned(struct file_lines *f, struct str lines)
{
	int error;

	if (!is_at(f->fd, f->path) || size_of(f->fd) != f->size)
		return "somebody changed it meanwhile";
	error = append(f, lines);
	if (error)
		return strerror(error);
	f->size += (off_t)lines.len;
	return NULL;
}

/* Is the last line without its end? */
static bool
is_torn(int fd)
{
	off_t size = size_of(fd);
	char last;

	return size > 0 && pread(fd, &last, 1, size - 1) == 1 && last != '\n';
}

static const char *
add_shared(struct file_lines *f, struct str lines)
{
	int error = f->is_regular ? lock(f->fd, f->wait_ms) : 0;

	if (error == EWOULDBLOCK)
		return locked;
	if (!error && f->is_regular && is_torn(f->fd))
		error = append(f, STR("\n"));
	if (!error)
		error = append(f, lines);
	if (f->is_regular)
		flock(f->fd, LOCK_UN);
	if (error == EAGAIN)
		return "its reader does not read";
	return error ? strerror(error) : NULL;
}

int
file_lines_add(struct file_lines *f, struct str lines, struct err *e)
{
	const char *why = f->is_owned ? add_owned(f, lines)
				      : add_shared(f, lines);

	return why ? fail(f, ST_OUTPUT, "write", why, e) : 0;
}

/* --- close --- */

void
file_lines_abandon(const struct file_lines *f)
{
	if (f->has_made && size_of(f->fd) == 0 && is_at(f->fd, f->made))
		unlink(f->made);
}

void
file_lines_close(struct file_lines *f)
{
	file_lines_abandon(f);
	f->has_made = 0; /* before another may have the lock */
	if (file_lines_is_open(f))
		close(f->fd);
	*f = (struct file_lines){ .fd = -1 };
}
