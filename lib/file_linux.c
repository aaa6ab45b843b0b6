/* file, the Linux ways: O_TMPFILE, /proc.  POSIX_ONLY leaves them out. */
#if defined(__linux__) && !defined(POSIX_ONLY)
#define _GNU_SOURCE /* NOLINT(bugprone-reserved-identifier) */
#endif
#include <errno.h>
#include <fcntl.h>
#include <unistd.h>

#include "file.h"
#include "mem.h"

#if defined(__linux__) && !defined(POSIX_ONLY)

int
file_open_unnamed(const char *folder)
{
	if (access("/proc/self/fd", X_OK))
		return -1;
	return open(folder, O_TMPFILE | O_WRONLY | O_CLOEXEC, 0600);
}

int
file_link_temp(int fd, const char *name)
{
	char path[64];

	snprintf(path, sizeof path, "/proc/self/fd/%d", fd);
	return linkat(AT_FDCWD, path, AT_FDCWD, name, AT_SYMLINK_FOLLOW);
}

char *
file_program_link(void)
{
	char path[PATH_MAX];
	ssize_t n = readlink("/proc/self/exe", path, sizeof path);

	if (n <= 0 || (size_t)n == sizeof path)
		return NULL;
	return mem_copy((struct str){ path, (size_t)n });
}

#else

int
file_open_unnamed(const char *folder)
{
	(void)folder;
	errno = ENOTSUP;
	return -1;
}

int
file_link_temp(int fd, const char *name)
{
	(void)fd;
	(void)name;
	errno = ENOTSUP;
	return -1;
}

char *
file_program_link(void)
{
	return NULL;
}

#endif
