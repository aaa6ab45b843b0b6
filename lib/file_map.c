/* file - a file as memory. */
#include <errno.h>
#include <fcntl.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <unistd.h>

#include "file.h"
#include "file_map.h"

static int
map(int fd, const char *path, struct str *bytes, struct err *e)
{
	struct stat st;
	void *at;

	if (fstat(fd, &st))
		return file_fail(e, ST_INPUT, "read", path, strerror(errno));
	if (!S_ISREG(st.st_mode))
		return file_fail(
		    e, ST_INPUT, "read", path, "it is no regular file");
	*bytes = (struct str){ 0 };
	if (!st.st_size)
		return 0;
	at = mmap(NULL, (size_t)st.st_size, PROT_READ, MAP_SHARED, fd, 0);
	if (at == MAP_FAILED)
		return file_fail(e, ST_INPUT, "read", path, strerror(errno));
	posix_madvise(at, (size_t)st.st_size, POSIX_MADV_SEQUENTIAL);
	*bytes = (struct str){ at, (size_t)st.st_size };
	return 0;
}

int
file_map(const char *path, struct str *bytes, struct err *e)
{
	int fd = open(path, O_RDONLY | O_CLOEXEC | O_NOCTTY | O_NONBLOCK);
	int got;

	if (fd < 0)
		return file_fail(e, ST_INPUT, "open", path, strerror(errno));
	got = map(fd, path, bytes, e);
	close(fd);
	return got;
}

void
file_unmap(struct str bytes)
{
	if (bytes.data)
		munmap((void *)(uintptr_t)bytes.data, bytes.len);
}
