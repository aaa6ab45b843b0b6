/* machine - what this machine has: memory, and how wide its terminal is. */
#include "machine.h"

#include <errno.h>
#include <stdlib.h>
#include <sys/ioctl.h>
#include <unistd.h>

enum { COLUMNS = 80 };

/* The number in a file; what is none, as "max", is no limit. */
static int64_t
read_limit(const char *path)
{
	char line[32] = "", *end = line;
	FILE *f = fopen(path, "re");
	long long n;

	if (!f)
		return INT64_MAX;
	errno = 0;
	n = fgets(line, sizeof line, f) ? strtoll(line, &end, 10) : 0;
	fclose(f);
	return end > line && n > 0 && !errno ? n : INT64_MAX;
}

static int64_t
min(int64_t a, int64_t b)
{
	return a < b ? a : b;
}

/* A container has what its control group has: version 2, and 1. */
int64_t
machine_memory(void)
{
	int64_t most = min(read_limit("/sys/fs/cgroup/memory.max"),
	    read_limit("/sys/fs/cgroup/memory/memory.limit_in_bytes"));
	long pages = -1, size = sysconf(_SC_PAGESIZE);

#ifdef _SC_PHYS_PAGES
	pages = sysconf(_SC_PHYS_PAGES);
#endif
	if (pages <= 0 || size <= 0 || pages > INT64_MAX / size)
		return most;
	return min((int64_t)pages * size, most);
}

size_t
machine_columns(int fd)
{
	struct winsize size;

	if (ioctl(fd, TIOCGWINSZ, &size) || !size.ws_col)
		return COLUMNS;
	return size.ws_col;
}
