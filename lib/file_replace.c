/* file - replace a file at once. */
#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <stdio.h>
#include <sys/stat.h>
#include <time.h>
#include <unistd.h>

#include "file_parts.h"
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
	snprintf(f->temp, sizeof f->temp, ".dmr-%ld-%lx-%u", (long)getpid(),
	    (unsigned long)now.tv_nsec, try);
}

/* No handler of ours runs between what is done and has_temp, which says so. */
static void
hold_signals(sigset_t *old)
{
	sigset_t all;

	sigfillset(&all);
	sigprocmask(SIG_BLOCK, &all, old);
}

static void
free_signals(const sigset_t *old)
{
	sigprocmask(SIG_SETMASK, old, NULL);
}

enum { NAME_TRIES = 100 };

/* Name the new file: the one that is open, or make it.  Signals are held. */
static int
name_temp(struct file_replace *f)
{
	for (unsigned try = 0; try < NAME_TRIES && !f->has_temp; try++) {
		make_temp_name(f, try);
		if (f->fd >= 0) {
			f->has_temp = !file_link_temp(
			    f->fd, f->folder, f->temp);
		} else {
			f->fd = openat(f->folder, f->temp,
			    O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0600);
			f->has_temp = f->fd >= 0;
		}
		if (!f->has_temp && errno != EEXIST)
			break;
	}
	return f->has_temp ? 0 : -1;
}

static mode_t
new_mode(void)
{
	mode_t mask = umask(0);

	umask(mask);
	return 0666 & ~mask;
}

char *
file_follow(const char *path)
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

/* The path after links, with a slash, also when the file itself is not there
 * yet. */
static char *
resolve(const char *path)
{
	char *real = realpath(path, NULL);
	char *next;

	if (real)
		return real;
	real = mem_format("%s%s", strchr(path, '/') ? "" : "./", path);
	for (int i = 0; i < FILE_LINKS_MAX && (next = file_follow(real)); i++) {
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

int
file_replace_begin(
    struct file_replace *f, int folder, const char *target, struct err *e)
{
	sigset_t signals;
	int got = 0;

	f->folder = folder;
	f->target = mem_copy(str_of(target));
	f->fd = file_open_unnamed(folder);
	if (f->fd >= 0)
		return 0;
	hold_signals(&signals);
	if (name_temp(f))
		got = fail(e, f->name);
	free_signals(&signals);
	return got;
}

/* path: after links; old: what is there now, or NULL. */
static int
open_beside(struct file_replace *f, const char *path, const struct stat *old,
    struct err *e)
{
	const char *slash = strrchr(path, '/');
	char *above = mem_format("%.*s/.", (int)(slash - path), path);
	int folder = file_open_folder(AT_FDCWD, above, 0);

	free(above);
	if (folder < 0)
		return fail(e, f->name);
	if (file_replace_begin(f, folder, slash + 1, e))
		return -1;
	if (old ? set_mode(f->fd, old) : fchmod(f->fd, new_mode()))
		return fail(e, f->name);
	return 0;
}

int
file_replace_open(struct file_replace *f, const char *path, struct err *e)
{
	struct stat st;
	bool old = stat(path, &st) == 0;
	char *real;
	int got;

	*f = (struct file_replace){ .fd = -1, .name = path };
	if (!old && (errno != ENOENT || !path[0]))
		return fail(e, path);
	if (old && !S_ISREG(st.st_mode)) {
		f->fd = open(path, O_WRONLY | O_CLOEXEC | O_NOCTTY);
		return f->fd < 0 ? fail(e, path) : 0;
	}
	if (old && access(path, W_OK))
		return fail(e, path);
	real = resolve(path);
	got = open_beside(f, real, old ? &st : NULL, e);
	free(real);
	if (got)
		file_replace_drop(f);
	return got;
}

/* The new name is as lasting as the file; where that fails, it is not. */
static void
sync_folder(int folder)
{
	int fd = openat(folder, ".", O_RDONLY | O_CLOEXEC);

	if (fd < 0)
		return;
	fsync(fd);
	close(fd);
}

int
file_replace_sync(struct file_replace *f, struct err *e)
{
	return f->target && fsync(f->fd) ? fail(e, f->name) : 0;
}

/* The new file takes the name of the old one. */
static int
take_name(struct file_replace *f, struct err *e)
{
	sigset_t signals;
	int got = 0;

	hold_signals(&signals);
	if ((!f->has_temp && name_temp(f)) ||
	    renameat(f->folder, f->temp, f->folder, f->target))
		got = fail(e, f->name);
	else
		f->has_temp = 0;
	free_signals(&signals);
	if (!got)
		sync_folder(f->folder);
	return got;
}

int
file_replace_rename(struct file_replace *f, struct err *e)
{
	int got = f->target ? take_name(f, e) : 0;

	if (close(f->fd) && !got)
		got = fail(e, f->name);
	f->fd = -1;
	file_replace_drop(f);
	return got;
}

int
file_replace_commit(struct file_replace *f, struct err *e)
{
	if (!file_replace_sync(f, e))
		return file_replace_rename(f, e);
	file_replace_drop(f);
	return -1;
}

void
file_replace_abandon(const struct file_replace *f)
{
	if (f->has_temp)
		unlinkat(f->folder, f->temp, 0);
}

void
file_replace_drop(struct file_replace *f)
{
	file_replace_abandon(f);
	f->has_temp = 0;
	if (f->fd > STDERR_FILENO)
		close(f->fd);
	if (f->folder > STDERR_FILENO)
		close(f->folder);
	free(f->target);
	*f = (struct file_replace){ .fd = -1 };
}
