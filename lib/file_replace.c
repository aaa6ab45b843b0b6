/* file - replace a file at once. */
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <sys/stat.h>
#include <time.h>
#include <unistd.h>

#include "file.h"
#include "mem.h"

static int
fail(struct err *e, const char *path)
{
	return file_fail(e, ST_OUTPUT, "write", path, strerror(errno));
}

/*
 * A name beside the target that nobody else has: the process, the time and
 * the try make it unlikely, O_EXCL or linkat() make it certain.
 */
static void
make_temp_name(struct file_replace *f, unsigned try)
{
	struct timespec now;

	clock_gettime(CLOCK_MONOTONIC, &now);
	snprintf(f->temp, sizeof f->temp, "%s/.dmr-%ld-%lx-%u", f->folder,
	    (long)getpid(), (unsigned long)now.tv_nsec, try);
}

enum { NAME_TRIES = 100 };

static int
open_named(struct file_replace *f)
{
	for (unsigned try = 0; try < NAME_TRIES; try++) {
		int fd;

		make_temp_name(f, try);
		fd = open(
		    f->temp, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0600);
		f->has_temp = fd >= 0;
		if (fd >= 0)
			return fd;
		if (errno != EEXIST)
			break;
	}
	return -1;
}

static int
link_named(struct file_replace *f)
{
	for (unsigned try = 0; try < NAME_TRIES; try++) {
		make_temp_name(f, try);
		f->has_temp = file_link_temp(f->fd, f->temp) == 0;
		if (f->has_temp)
			return 0;
		if (errno != EEXIST)
			break;
	}
	return -1;
}

static mode_t
new_mode(void)
{
	mode_t mask = umask(0);

	umask(mask);
	return 0666 & ~mask;
}

/* What the link at path points to, as a path from here; yours to free(). */
static char *
follow(const char *path)
{
	const char *slash = strrchr(path, '/');
	char to[PATH_MAX];
	ssize_t n = readlink(path, to, sizeof to);

	if (n <= 0 || (size_t)n == sizeof to)
		return NULL;
	if (to[0] == '/' || !slash)
		return mem_copy((struct str){ to, (size_t)n });
	return mem_format("%.*s/%.*s", (int)(slash - path), path, (int)n, to);
}

enum { LINKS_MAX = 40 }; /* as Linux has it */

/* The path after links, also when the file itself is not there yet. */
static char *
resolve(const char *path)
{
	char *real = realpath(path, NULL);
	char *next;

	if (real)
		return real;
	real = mem_copy(str_of(path));
	for (int i = 0; i < LINKS_MAX && (next = follow(real)); i++) {
		free(real);
		real = next;
	}
	return real;
}

/*
 * Owner, group and mode as they were.  Where the owner or the group cannot be
 * kept, the bits that were meant for them go too.
 */
static int
set_mode(int fd, const struct stat *old)
{
	mode_t mode = old->st_mode & 0777;

	if (fchown(fd, old->st_uid, old->st_gid) &&
	    fchown(fd, (uid_t)-1, old->st_gid))
		mode &= 0707;
	return fchmod(fd, mode);
}

/* old: what is there now, or NULL. */
static int
open_beside(struct file_replace *f, const struct stat *old, struct err *e)
{
	const char *slash = strrchr(f->target, '/');
	size_t n = slash ? (size_t)(slash - f->target) : 0;

	f->folder = slash ? mem_copy((struct str){ f->target, n ? n : 1 })
			  : mem_format(".");
	f->fd = file_open_unnamed(f->folder);
	if (f->fd < 0)
		f->fd = open_named(f);
	if (f->fd < 0 ||
	    (old ? set_mode(f->fd, old) : fchmod(f->fd, new_mode())))
		return fail(e, f->name);
	return 0;
}

int
file_replace_open(struct file_replace *f, const char *path, struct err *e)
{
	struct stat st;
	bool old = stat(path, &st) == 0;

	*f = (struct file_replace){ .fd = -1, .name = path };
	if (!old && (errno != ENOENT || !path[0]))
		return fail(e, path);
	if (old && !S_ISREG(st.st_mode)) {
		f->fd = open(path, O_WRONLY | O_CLOEXEC | O_NOCTTY);
		return f->fd < 0 ? fail(e, path) : 0;
	}
	if (old && access(path, W_OK))
		return fail(e, path);
	f->target = resolve(path);
	if (open_beside(f, old ? &st : NULL, e)) {
		file_replace_drop(f);
		return -1;
	}
	return 0;
}

/* The new name is as lasting as the file; where that fails, it is not. */
static void
sync_folder(const char *folder)
{
	int fd = open(folder, O_RDONLY | O_CLOEXEC);

	if (fd < 0)
		return;
	fsync(fd);
	close(fd);
}

int
file_replace_commit(struct file_replace *f, struct err *e)
{
	int got = 0;

	if (f->target &&
	    (fsync(f->fd) || (!f->has_temp && link_named(f)) ||
		rename(f->temp, f->target)))
		got = fail(e, f->name);
	else
		f->has_temp = 0;
	if (!got && f->target)
		sync_folder(f->folder);
	if (close(f->fd) && !got)
		got = fail(e, f->name);
	f->fd = -1;
	file_replace_drop(f);
	return got;
}

void
file_replace_abandon(const struct file_replace *f)
{
	if (f->has_temp)
		unlink(f->temp);
}

void
file_replace_drop(struct file_replace *f)
{
	file_replace_abandon(f);
	if (f->fd > STDERR_FILENO)
		close(f->fd);
	free(f->target);
	free(f->folder);
	*f = (struct file_replace){ .fd = -1 };
}
