/* file - read now, replaced later, if nobody has changed it meanwhile. */
#include "file_edit.h"

#include <errno.h>
#include <fcntl.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <unistd.h>

#include "file_parts.h"
#include "mem.h"

/* --- where it is --- */

static int
refuse(const struct file_edit *f, const char *why, struct err *e)
{
	file_fail(e, ST_INPUT, "edit", f->name, why);
	return -1;
}

static int
fail(const struct file_edit *f, enum status status, struct err *e)
{
	file_fail(e, status, status == ST_INPUT ? "edit" : "write", f->name,
	    strerror(errno));
	return -1;
}

/* Is path the working folder, or below it?  Both are free of links. */
static bool
is_here(const char *path)
{
	char *here = realpath(".", NULL);
	size_t n = here ? strlen(here) : 0;
	bool is = here && !strncmp(path, here, n) &&
	    (path[n] == '/' || !path[n] || n == 1); /* 1: the root */

	free(here);
	return is;
}

static bool
has_dot_dot(struct str path)
{
	while (path.len)
		if (str_is(str_cut(&path, '/'), ".."))
			return true;
	return false;
}

/* Does a link lead through what the system makes up: /proc/self/fd, ...? */
static bool
is_magic(const char *path)
{
	char *next, *at = mem_copy(str_of(path));
	bool is = false;

	for (int i = 0; at && i < FILE_LINKS_MAX; i++) {
		is |= str_starts(str_of(at), "/proc/") ||
		    str_starts(str_of(at), "/dev/");
		next = file_follow(at);
		free(at);
		at = next;
	}
	free(at);
	return is;
}

/*
 * Folders on a way that the user has spelled out may be links to anywhere; the
 * file itself, and what was said to be here, not.  real: the path after links,
 * which may have been others when it was made.
 */
static int
judge_way(const struct file_edit *f, const char *real, struct err *e)
{
	struct str path = str_of(f->name);
	struct stat st, there;

	if (lstat(f->name, &st) || lstat(real, &there))
		return fail(f, ST_INPUT, e);
	if (!S_ISLNK(st.st_mode) &&
	    (st.st_dev != there.st_dev || st.st_ino != there.st_ino))
		return refuse(f, "it is being replaced", e);
	if (S_ISLNK(st.st_mode) && is_magic(f->name))
		return refuse(f, "a link of the system's", e);
	if (!S_ISLNK(st.st_mode) &&
	    (str_starts(path, "/") || has_dot_dot(path)))
		return 0;
	return is_here(real)
	    ? 0
	    : refuse(f, "a link leads out of the current folder", e);
}

/* The folder of a path without links, and no link on the way; or -1. */
static int
open_way(const char *real)
{
	const char *last = strrchr(real, '/');
	struct str rest = { real, (size_t)(last - real) };
	int at = file_open_folder(AT_FDCWD, "/", 0);

	while (at >= 0 && rest.len) {
		struct str part = str_cut(&rest, '/');
		char *name = mem_copy(part);
		int next = at;

		if (part.len) {
			next = file_open_folder(at, name, O_NOFOLLOW);
			close(at);
		}
		free(name);
		at = next;
	}
	return at;
}

static int
find(struct file_edit *f, struct err *e)
{
	char *real = realpath(f->name, NULL);
	int got;

	if (!real)
		return fail(f, ST_INPUT, e);
	got = judge_way(f, real, e);
	if (!got) {
		f->folder = open_way(real);
		f->base = mem_copy(str_of(strrchr(real, '/') + 1));
		if (f->suffix)
			f->backup = mem_format("%s%s", f->base, f->suffix);
		if (f->folder < 0)
			got = fail(f, ST_INPUT, e);
	}
	free(real);
	return got;
}

/* --- what it is --- */

/* Is the name still that of the open file, and its only one? */
static bool
is_still(const struct file_edit *f)
{
	struct stat named, open;

	return !fstatat(f->folder, f->base, &named, AT_SYMLINK_NOFOLLOW) &&
	    !fstat(f->fd, &open) && named.st_dev == open.st_dev &&
	    named.st_ino == open.st_ino && open.st_nlink == 1;
}

static const char *
objection(const struct stat *st)
{
	if (!S_ISREG(st->st_mode))
		return "not a regular file";
	if (st->st_nlink > 1)
		return "it has another name, too (a hard link)";
	if (st->st_mode & (S_ISUID | S_ISGID))
		return "a program that runs as its owner";
	return NULL;
}

static int
open_file(struct file_edit *f, struct err *e)
{
	const char *why;
	struct stat st;

	if (fstatat(f->folder, f->base, &st, AT_SYMLINK_NOFOLLOW))
		return fail(f, ST_INPUT, e);
	why = objection(&st);
	if (why)
		return refuse(f, why, e);
	f->fd = openat(f->folder, f->base,
	    O_RDONLY | O_NOFOLLOW | O_NONBLOCK | O_NOCTTY | O_CLOEXEC);
	if (f->fd < 0)
		return fail(f, ST_INPUT, e);
	if (flock(f->fd, LOCK_EX | LOCK_NB) && errno == EWOULDBLOCK)
		return file_fail(e, ST_PARTIAL, "edit", f->name,
		    "another process is editing it");
	if (!is_still(f))
		return file_fail(
		    e, ST_PARTIAL, "edit", f->name, "it is being replaced");
	return 0;
}

static int
read_file(struct file_edit *f, size_t max, struct err *e)
{
	char *name = file_quote(f->name);
	int got;

	f->text.max = SIZE_MAX / 2; /* it ends at `max` before */
	buf_clear(&f->text);
	got = file_read_fd(f->fd, name, max, &f->text, e);
	free(name);
	return got;
}

/* --- what will be --- */

/* Owner, group, mode, lists of access, labels. */
static int
copy_attributes(int from, int to)
{
	struct stat old, new;

	if (fstat(from, &old) || fstat(to, &new))
		return -1;
	if ((old.st_uid != new.st_uid || old.st_gid != new.st_gid) &&
	    fchown(to, old.st_uid, old.st_gid))
		return -1;
	return file_copy_attributes(from, to) || fchmod(to, old.st_mode & 07777)
	    ? -1
	    : 0;
}

/* A new file with all that the old one has but its bytes and its name. */
static int
begin(struct file_edit *f, const char *target, struct err *e)
{
	int folder = fcntl(f->folder, F_DUPFD_CLOEXEC, STDERR_FILENO + 1);

	*f->temp = (struct file_replace){ .fd = -1, .name = f->name };
	if (folder < 0)
		return fail(f, ST_OUTPUT, e);
	if (file_replace_begin(f->temp, folder, target, e))
		return -1;
	if (copy_attributes(f->fd, f->temp->fd))
		return file_fail(e, ST_OUTPUT,
		    "keep the owner, mode and "
		    "attributes of",
		    f->name, strerror(errno));
	return 0;
}

static int
judge_backup(const struct file_edit *f, struct err *e)
{
	struct stat st;

	if (!f->backup)
		return 0;
	if (!f->suffix[0] || strchr(f->suffix, '/'))
		return err_set(e, ST_USAGE,
		    "a suffix of backups is neither empty nor has a slash");
	if (fstatat(f->folder, f->backup, &st, AT_SYMLINK_NOFOLLOW))
		return errno == ENOENT ? 0 : fail(f, ST_OUTPUT, e);
	return S_ISREG(st.st_mode)
	    ? 0
	    : file_fail(e, ST_OUTPUT, "write", f->backup,
		  "the backup's name is that of no regular file");
}

/*
 * Try all that can be tried without a change that is seen.  To open a file for
 * writing tells of more than its mode: read-only disks, chattr(1).
 */
static int
probe(struct file_edit *f, struct err *e)
{
	struct stat st;
	int got,
	    fd = openat(f->folder, f->base,
		O_WRONLY | O_NOFOLLOW | O_NONBLOCK | O_CLOEXEC);

	if (fd < 0)
		return fail(f, ST_OUTPUT, e);
	close(fd);
	if (fstat(f->fd, &st) || !(st.st_mode & 0222))
		return file_fail(
		    e, ST_OUTPUT, "write", f->name, "its mode is read-only");
	if (judge_backup(f, e))
		return -1;
	got = begin(f, f->base, e);
	file_replace_drop(f->temp);
	return got;
}

int
file_edit_open(struct file_edit *f, const char *path, size_t max, struct err *e)
{
	f->name = path;
	f->fd = f->folder = -1;
	f->base = f->backup = NULL;
	f->text = (struct buf){ 0 };
	if (find(f, e) || open_file(f, e) || probe(f, e) ||
	    read_file(f, max, e)) {
		file_edit_close(f);
		return -1;
	}
	return 0;
}

/* --- the change --- */

/* Is the file still the same, with the same bytes? */
static int
judge_change(const struct file_edit *f, struct err *e)
{
	struct file_edit now = *f;
	struct err unread = ERR_NONE;
	bool same;

	now.text = (struct buf){ 0 };
	same = is_still(f) && lseek(f->fd, 0, SEEK_SET) == 0 &&
	    !read_file(&now, f->text.len, &unread) &&
	    str_equal(buf_str(&now.text), buf_str(&f->text));
	buf_done(&now.text);
	return same ? 0
		    : file_fail(e, ST_PARTIAL, "write", f->name,
			  "it was changed meanwhile, and is left as it is");
}

static int
write_temp(struct file_edit *f, struct str text, struct err *e)
{
	int error = file_write(f->temp->fd, text);

	if (error) {
		errno = error;
		return fail(f, ST_OUTPUT, e);
	}
	return file_replace_sync(f->temp, e);
}

/* The old text with its times, over a backup of an earlier one. */
static int
save(struct file_edit *f, struct err *e)
{
	struct stat st;
	struct timespec times[2];
	int got = begin(f, f->backup, e);

	if (!got)
		got = write_temp(f, buf_str(&f->text), e);
	if (!got && !fstat(f->fd, &st)) {
		times[0] = st.st_atim;
		times[1] = st.st_mtim;
		futimens(f->temp->fd, times);
	}
	if (!got)
		return file_replace_rename(f->temp, e);
	file_replace_drop(f->temp);
	return got;
}

int
file_edit_commit(struct file_edit *f, struct str text, struct err *e)
{
	int got;

	if (str_equal(text, buf_str(&f->text)))
		return 0;
	if (f->backup &&
	    (judge_change(f, e) || judge_backup(f, e) || save(f, e)))
		return -1;
	got = begin(f, f->base, e);
	if (!got)
		got = write_temp(f, text, e);
	if (!got)
		got = judge_change(f, e);
	if (!got)
		return file_replace_rename(f->temp, e);
	file_replace_drop(f->temp);
	return got;
}

void
file_edit_close(struct file_edit *f)
{
	if (f->fd > STDERR_FILENO)
		close(f->fd);
	if (f->folder > STDERR_FILENO)
		close(f->folder);
	f->fd = f->folder = -1;
	free(f->base);
	free(f->backup);
	f->base = f->backup = NULL;
	buf_done(&f->text);
}
