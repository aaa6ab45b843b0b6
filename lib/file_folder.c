/* file - a folder of ours whose files are whole or not there. */
#include "file_folder.h"

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <sys/stat.h>
#include <unistd.h>

#include "file.h"
#include "mem.h"

enum {
	NAME_TRIES = 100,
	TEMP_NAME_SIZE = 64,
	FOLDER = O_RDONLY | O_DIRECTORY | O_NOFOLLOW | O_CLOEXEC,
	FILE_IN = O_RDONLY | O_NOFOLLOW | O_NONBLOCK | O_NOCTTY | O_CLOEXEC,
	FILE_OUT = O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC,
};

/* What is written aside is ".dmr-PROCESS-NUMBER". */
#define TEMP_PREFIX ".dmr-"

static int
fail(const struct file_folder *f, const char *what, const char *why,
    struct err *e)
{
	return file_fail(e, ST_OUTPUT, what, f->path, why);
}

bool
file_folder_is_open(const struct file_folder *f)
{
	return f->fd > STDERR_FILENO;
}

/* --- folders --- */

/* Mode 0700, whatever the umask.  Returns 0 or an errno; one may be there. */
static int
make_folder(int at, const char *name)
{
	mode_t mask = umask(077);
	int error = mkdirat(at, name, 0700) ? errno : 0;

	umask(mask);
	return error == EEXIST ? 0 : error;
}

/* NULL, or why we do not use the open folder. */
static const char *
objection(int fd)
{
	struct stat st;

	if (fstat(fd, &st))
		return strerror(errno);
	if (st.st_uid != geteuid())
		return "it belongs to somebody else";
	if (st.st_mode & 022)
		return "others may write it; try: chmod go-w";
	return NULL;
}

/* Returns a descriptor; or -1, *why, and an errno unless we object to it. */
static int
open_folder(int at, const char *name, const char **why)
{
	int fd = openat(at, name, FOLDER);
	struct stat st;

	*why = fd < 0 ? strerror(errno) : objection(fd);
	if (fd < 0 && errno == ENOTDIR &&
	    !fstatat(at, name, &st, AT_SYMLINK_NOFOLLOW) && S_ISLNK(st.st_mode))
		*why = "a symbolic link is not followed here";
	if (fd >= 0 && *why) {
		close(fd);
		errno = 0;
		return -1;
	}
	return fd;
}

/* The same, and it is made if it is not there. */
static int
need_folder(int at, const char *name, const char **why)
{
	int fd = open_folder(at, name, why);
	int error;

	if (fd >= 0 || errno != ENOENT)
		return fd;
	error = make_folder(at, name);
	if (!error)
		return open_folder(at, name, why);
	*why = strerror(error);
	return -1;
}

/* Was it written by a process that is no more?  We have written none yet. */
static bool
is_left_over(const char *name)
{
	struct str prefix = STR(TEMP_PREFIX);
	long pid;

	if (strncmp(name, prefix.data, prefix.len) != 0)
		return false;
	pid = strtol(name + prefix.len, NULL, 10);
	if (pid <= 0 || pid > INT32_MAX)
		return false;
	return pid == (long)getpid() || (kill((pid_t)pid, 0) && errno == ESRCH);
}

/*
 * A process that we do not see, since it runs in another container, seems to
 * be no more; it will write its file once more.
 */
static void
sweep(int folder)
{
	int fd = openat(folder, ".", FOLDER);
	DIR *d = fd < 0 ? NULL : fdopendir(fd);
	const struct dirent *entry;

	if (!d && fd >= 0)
		close(fd);
	while (d && (entry = readdir(d)))
		if (is_left_over(entry->d_name))
			unlinkat(folder, entry->d_name, 0);
	if (d)
		closedir(d);
}

int
file_folder_open(struct file_folder *f, const char *path, struct err *e)
{
	struct str name = str_of(path);
	const char *why;

	/* Behind a slash a link would be followed. */
	while (name.len > 1 && name.data[name.len - 1] == '/')
		name.len--;
	f->path = mem_copy(name);
	f->fd = need_folder(AT_FDCWD, f->path, &why);
	if (f->fd < 0) {
		fail(f, "use", why, e);
		file_folder_close(f);
		return -1;
	}
	sweep(f->fd);
	return 0;
}

void
file_folder_close(struct file_folder *f)
{
	if (file_folder_is_open(f))
		close(f->fd);
	free(f->path);
	*f = (struct file_folder){ 0 };
}

/* --- files --- */

static bool
is_ours(int fd)
{
	struct stat st;

	return !fstat(fd, &st) && S_ISREG(st.st_mode) && st.st_uid == geteuid();
}

bool
file_folder_read(const struct file_folder *f, const char *sub, const char *name,
    size_t max, struct buf *out)
{
	const char *why;
	int folder = open_folder(f->fd, sub, &why);
	int fd = folder < 0 ? -1 : openat(folder, name, FILE_IN);
	struct err unused;
	bool fine = fd >= 0 && is_ours(fd) &&
	    !file_read_fd(fd, name, max, out, &unused);

	if (fd >= 0)
		close(fd);
	if (folder >= 0)
		close(folder);
	return fine;
}

/* Write all of a new file in the folder.  Returns 0 or an errno. */
static int
write_aside(int folder, char name[TEMP_NAME_SIZE], struct str bytes)
{
	int fd = -1;
	int error;

	for (int try = 0; fd < 0 && try < NAME_TRIES; try++) {
		snprintf(name, TEMP_NAME_SIZE, TEMP_PREFIX "%ld-%d",
		    (long)getpid(), try);
		fd = openat(folder, name, FILE_OUT, 0600);
		if (fd < 0 && errno != EEXIST)
			return errno;
	}
	if (fd < 0)
		return EEXIST;
	error = fchmod(fd, 0600) ? errno : file_write(fd, bytes);
	if (close(fd) && !error)
		error = errno;
	if (error)
		unlinkat(folder, name, 0);
	return error;
}

/* Returns 0 or an errno. */
static int
replace(int from, int to, const char *name, struct str bytes)
{
	char temp[TEMP_NAME_SIZE];
	int error = write_aside(from, temp, bytes);

	if (!error && renameat(from, temp, to, name)) {
		error = errno;
		unlinkat(from, temp, 0);
	}
	return error;
}

int
file_folder_write(const struct file_folder *f, const char *sub,
    const char *name, struct str bytes, struct err *e)
{
	const char *why;
	int folder = need_folder(f->fd, sub, &why);
	int error;

	if (folder < 0)
		return fail(f, "write", why, e);
	error = replace(f->fd, folder, name, bytes);
	if (error == ENOENT) /* another took it for a left-over */
		error = replace(f->fd, folder, name, bytes);
	close(folder);
	return error ? fail(f, "write", strerror(error), e) : 0;
}
