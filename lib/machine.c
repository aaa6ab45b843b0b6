/* machine - what this machine has: memory, and how wide its terminal is. */
#include "machine.h"

#include <sys/ioctl.h>
#include <unistd.h>

enum { COLUMNS = 80 };

int64_t
machine_memory(void)
{
	long pages = -1, size = sysconf(_SC_PAGESIZE);

#ifdef _SC_PHYS_PAGES
	pages = sysconf(_SC_PHYS_PAGES);
#endif
	if (pages <= 0 || size <= 0 || pages > INT64_MAX / size)
		return INT64_MAX;
	return (int64_t)pages * size;
}

size_t
machine_columns(int fd)
{
	struct winsize size;

	if (ioctl(fd, TIOCGWINSZ, &size) || !size.ws_col)
		return COLUMNS;
	return size.ws_col;
}
