/* file, the Linux ways: O_TMPFILE, /proc.  POSIX_ONLY leaves them out. */
#if defined(__linux__) && !defined(POSIX_ONLY)
#define _GNU_SOURCE /* NOLINT(bugprone-reserved-identifier) */
#include <sys/xattr.h>
#endif
#include <errno.h>
#include <fcntl.h>
#include <unistd.h>

#include "file_parts.h"
#include "mem.h"

#if defined(__linux__) && !defined(POSIX_ONLY)

int
file_open_folder(int at, const char *name, int flags)
{
	return openat(at, name, O_PATH | O_DIRECTORY | O_CLOEXEC | flags);
}

int
file_open_unnamed(int folder)
{
	if (access("/proc/self/fd", X_OK))
		return -1;
	return openat(folder, ".", O_TMPFILE | O_WRONLY | O_CLOEXEC, 0600);
}

int
file_link_temp(int fd, int folder, const char *name)
{
	char path[64];

	snprintf(path, sizeof path, "/proc/self/fd/%d", fd);
	return linkat(AT_FDCWD, path, folder, name, AT_SYMLINK_FOLLOW);
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

/* Linux has no larger ones: XATTR_LIST_MAX, XATTR_SIZE_MAX. */
enum { ATTRIBUTE_MAX = 64 << 10 };

/* A list of names, each ended by a NUL; -1: not to be had. */
static ssize_t
list_attributes(int fd, char names[ATTRIBUTE_MAX])
{
	ssize_t n = flistxattr(fd, names, ATTRIBUTE_MAX);

	return n < 0 && errno == ENOTSUP ? 0 : n;
}

/* What the kernel makes of the bytes, and would be wrong for others. */
static bool
is_of_bytes(const char *name)
{
	return !strcmp(name, "security.ima") || !strcmp(name, "security.evm");
}

/* Nothing is set that is so already: a label may not be ours to set. */
static int
copy_attribute(int from, int to, const char *name, char value[2][ATTRIBUTE_MAX])
{
	ssize_t n = fgetxattr(from, name, value[0], ATTRIBUTE_MAX);
	ssize_t now = fgetxattr(to, name, value[1], ATTRIBUTE_MAX);

	if (n < 0)
		return -1;
	if (n == now && !memcmp(value[0], value[1], (size_t)n))
		return 0;
	return fsetxattr(to, name, value[0], (size_t)n, 0);
}

/* What the folder has given to the new file alone, such as its default ACL.
 * A label that cannot be taken away is the system's affair. */
static int
remove_others(int from, int to, const char *name, char value[ATTRIBUTE_MAX])
{
	if (fgetxattr(from, name, value, ATTRIBUTE_MAX) >= 0 ||
	    !fremovexattr(to, name) ||
	    !strncmp(name, "security.", strlen("security.")))
		return 0;
	return -1;
}

int
file_copy_attributes(int from, int to)
{
	char(*room)[ATTRIBUTE_MAX] = mem_new(4, ATTRIBUTE_MAX);
	ssize_t old = list_attributes(from, room[0]);
	ssize_t new = list_attributes(to, room[1]);
	int got = old < 0 || new < 0 ? -1 : 0;

	for (const char *name = room[1]; !got && name < room[1] + new;
	     name += strlen(name) + 1)
		got = remove_others(from, to, name, room[2]);
	for (const char *name = room[0]; !got && name < room[0] + old;
	     name += strlen(name) + 1)
		if (!is_of_bytes(name))
			got = copy_attribute(from, to, name, room + 2);
	free(room);
	return got;
}

#else

int
file_open_folder(int at, const char *name, int flags)
{
	return openat(at, name, O_RDONLY | O_DIRECTORY | O_CLOEXEC | flags);
}

int
file_open_unnamed(int folder)
{
	(void)folder;
	errno = ENOTSUP;
	return -1;
}

int
file_link_temp(int fd, int folder, const char *name)
{
	(void)fd;
	(void)folder;
	(void)name;
	errno = ENOTSUP;
	return -1;
}

char *
file_program_link(void)
{
	return NULL;
}

int
file_copy_attributes(int from, int to)
{
	(void)from;
	(void)to;
	return 0;
}

#endif
