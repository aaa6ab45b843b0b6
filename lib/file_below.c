/* file - below a folder, by a path that is not trusted. */
#include <errno.h>
#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include "file_parts.h"
#include "mem.h"

/* A part of a path opened in a folder that is closed then; or -1. */
static int
open_part(int folder, struct str part, bool is_last)
{
	char *name = mem_copy(part);
	int fd = -1;

	if (!part.len || str_has_nul(part) || !strcmp(name, "..") ||
	    !strcmp(name, "."))
		errno = ENOENT;
	else if (!is_last)
		fd = file_open_folder(folder, name, O_NOFOLLOW);
	else
		fd = openat(folder, name,
		    O_RDONLY | O_NOFOLLOW | O_NONBLOCK | O_NOCTTY | O_CLOEXEC);
	free(name);
	close(folder);
	return fd;
}

static int
open_below(const char *folder, struct str rest)
{
	int fd = file_open_folder(AT_FDCWD, folder, 0);
	struct stat st;

	do {
		struct str part = str_cut(&rest, '/');

		if (fd >= 0)
			fd = open_part(fd, part, !rest.data);
	} while (fd >= 0 && rest.data);
	if (fd >= 0 && (fstat(fd, &st) || !S_ISREG(st.st_mode))) {
		close(fd);
		fd = -1;
		errno = EINVAL;
	}
	return fd;
}

bool
file_is_below(const char *folder, const char *path)
{
	int fd = open_below(folder, str_of(path));

	if (fd >= 0)
		close(fd);
	return fd >= 0;
}

int
file_read_below(const char *folder, const char *path, size_t max,
    struct buf *out, struct err *e)
{
	int fd = open_below(folder, str_of(path)), got;
	char *name;

	if (fd < 0)
		return file_fail(e, ST_INPUT, "read", path, strerror(errno));
	name = file_quote(path);
	got = file_read_fd(fd, name, max, out, e);
	free(name);
	close(fd);
	return got;
}
