/* file - descriptors and files: read whole, write whole. */
#include "file_parts.h"

#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <sys/stat.h>
#include <unistd.h>

#include "mem.h"

enum { READ_SIZE = 64 << 10 };

/* read(), but an interrupted or a non-blocking descriptor is waited for. */
static ssize_t
read_some(int fd, char *data, size_t n)
{
	for (;;) {
		ssize_t got = read(fd, data, n);

		if (got >= 0 || (errno != EINTR && errno != EAGAIN))
			return got;
		if (errno == EAGAIN)
			file_wait(fd, -1);
	}
}

/* Has the file more than max bytes before us? */
static bool
is_larger(int fd, size_t max)
{
	struct stat st;
	off_t at = lseek(fd, 0, SEEK_CUR);

	return at >= 0 && !fstat(fd, &st) && S_ISREG(st.st_mode) &&
	    st.st_size - at > (off_t)max;
}

int
file_read_fd(
    int fd, const char *name, size_t max, struct buf *out, struct err *e)
{
	size_t from = out->len;
	bool too_large = is_larger(fd, max); /* it need not be read, then */

	while (!too_large) {
		char *room = buf_room(out, READ_SIZE);
		ssize_t got;

		if (!room)
			break;
		got = read_some(fd, room, READ_SIZE);
		if (got < 0)
			return err_set(e, ST_INPUT, "cannot read %s: %s", name,
			    strerror(errno));
		if (got == 0)
			return 0;
		buf_claim(out, (size_t)got);
		too_large = out->len - from > max;
	}
	return err_set(e, ST_INPUT, "%s is larger than %zu bytes", name, max);
}

int
file_read(const char *path, size_t max, struct buf *out, struct err *e)
{
	char *name = file_quote(path);
	int fd = open(path, O_RDONLY | O_CLOEXEC);
	int got;

	if (fd < 0) {
		got = err_set(
		    e, ST_INPUT, "cannot open %s: %s", name, strerror(errno));
	} else {
		got = file_read_fd(fd, name, max, out, e);
		close(fd);
	}
	free(name);
	return got;
}

/* NULL, or why the open file does not meet the demands. */
static const char *
objection(int fd, int demands)
{
	struct stat st;

	if (fstat(fd, &st))
		return strerror(errno);
	if (!S_ISREG(st.st_mode))
		return "not a regular file";
	if (!(demands & (FILE_OWN | FILE_SECRET)))
		return NULL;
	if (st.st_uid != geteuid() && st.st_uid != 0)
		return "it belongs to somebody else";
	if (st.st_mode & 022)
		return "others may write it; try: chmod go-w";
	if (demands & FILE_SECRET && st.st_mode & 077)
		return "others may read it; try: chmod 600";
	return NULL;
}

int
file_read_trusted(
    const char *path, int demands, size_t max, struct buf *out, struct err *e)
{
	int nofollow = demands & FILE_NO_LINK ? O_NOFOLLOW : 0;
	int fd = open(path, O_RDONLY | O_CLOEXEC | O_NONBLOCK | nofollow);
	const char *why = fd < 0 ? strerror(errno) : objection(fd, demands);
	int got;

	if (fd < 0 && errno == ELOOP)
		why = "a symbolic link is not followed here";
	if (why) {
		got = file_fail(e, ST_INPUT, "read", path, why);
	} else {
		char *name = file_quote(path);

		got = file_read_fd(fd, name, max, out, e);
		free(name);
	}
	if (fd >= 0)
		close(fd);
	return got;
}

bool
file_exists(const char *path)
{
	return access(path, F_OK) == 0;
}

bool
file_is_absent(const char *path)
{
	return access(path, F_OK) &&
	    (errno == ENOENT || errno == ENOTDIR || errno == ENAMETOOLONG ||
		errno == EACCES);
}

static bool
is_same(const struct stat *a, const struct stat *b)
{
	return a->st_dev == b->st_dev && a->st_ino == b->st_ino;
}

/* The folder a name stands in; returns what stands behind it. */
static const char *
stat_folder(const char *name, struct stat *st)
{
	const char *slash = strrchr(name, '/');
	char *folder = slash ? mem_format("%.*s/.", (int)(slash - name), name)
			     : mem_copy(STR("."));

	if (stat(folder, st))
		*st = (struct stat){ 0 };
	free(folder);
	return slash ? slash + 1 : name;
}

/* Would these two names become one file? */
static bool
is_same_place(const char *a, const char *b)
{
	struct stat one, two;
	const char *last = stat_folder(a, &one);

	return !strcmp(last, stat_folder(b, &two)) && is_same(&one, &two);
}

bool
file_is_same(const char *a, const char *b)
{
	struct stat one, two;

	if (!strcmp(a, b))
		return true;
	if (stat(a, &one) && stat(b, &two))
		return is_same_place(a, b);
	return !stat(a, &one) && !stat(b, &two) && S_ISREG(one.st_mode) &&
	    is_same(&one, &two);
}

bool
file_is_open(int fd, const char *name)
{
	struct stat one, two;

	return !fstat(fd, &one) && !stat(name, &two) && S_ISREG(one.st_mode) &&
	    is_same(&one, &two);
}

bool
file_is_terminal(int fd)
{
	return isatty(fd) == 1;
}

bool
file_wait(int fd, int ms)
{
	struct pollfd p = { .fd = fd, .events = POLLIN };
	int got;

	do
		got = poll(&p, 1, ms);
	while (got < 0 && errno == EINTR);
	return got != 0;
}

ssize_t
file_read_now(int fd, char *data, size_t n)
{
	ssize_t got;

	do {
		if (!file_wait(fd, 0)) {
			errno = EAGAIN;
			return -1;
		}
		got = read(fd, data, n);
	} while (got < 0 && errno == EINTR);
	return got;
}

double
file_share_read(int fd, size_t unused)
{
	struct stat st;
	off_t at = lseek(fd, 0, SEEK_CUR) - (off_t)unused;

	if (at < 0 || fstat(fd, &st) || !S_ISREG(st.st_mode) || !st.st_size)
		return -1;
	return at < st.st_size ? (double)at / (double)st.st_size : 1;
}

bool
file_reader_is_gone(int fd)
{
	struct pollfd p = { .fd = fd };

	return poll(&p, 1, 0) > 0 && (p.revents & (POLLERR | POLLHUP));
}

int
file_write(int fd, struct str data)
{
	while (data.len) {
		ssize_t n = write(fd, data.data, data.len);

		if (n >= 0) {
			data = str_skip(data, (size_t)n);
		} else if (errno == EAGAIN) {
			struct pollfd p = { .fd = fd, .events = POLLOUT };

			poll(&p, 1, -1);
		} else if (errno != EINTR) {
			return errno;
		}
	}
	return 0;
}

/* The folder a path lies in; yours to free(). */
static char *
folder_of(const char *path)
{
	const char *slash = strrchr(path, '/');

	if (!slash)
		return mem_format(".");
	return mem_copy(
	    (struct str){ path, slash == path ? 1 : (size_t)(slash - path) });
}

/* As the shell finds a command: the first executable of that name in path. */
static char *
search_path(const char *name, const char *path)
{
	struct str rest = str_of(path);

	while (rest.data) {
		struct str folder = str_cut(&rest, ':');
		char *file = mem_format("%.*s/%s", STR_ARGS(folder), name);

		if (folder.len && access(file, X_OK) == 0)
			return file;
		free(file);
	}
	return NULL;
}

char *
file_program_folder(const char *argv0, const char *path)
{
	char *link = file_program_link();
	char *found = NULL, *folder = NULL;
	char *real;

	if (!link && argv0)
		found = strchr(argv0, '/') ? mem_format("%s", argv0)
					   : search_path(argv0, path);
	real = link ? link : found ? realpath(found, NULL) : NULL;
	if (real)
		folder = folder_of(real);
	free(real);
	free(found);
	return folder;
}
