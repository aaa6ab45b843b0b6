/*
 * fail - memory runs out, for a program that is started with LD_PRELOAD.
 *
 * FAIL_AT=N      the Nth allocation fails, from 1; none if it is not set
 * FAIL_ALL=1     so do all after it
 * FAIL_OWN=1     only those count that the program itself asks for, not its
 *                libraries
 * FAIL_COUNT=F   how many there were is appended to file F at the end
 */
#define _GNU_SOURCE
#include <dlfcn.h>
#include <errno.h>
#include <fcntl.h>
#include <link.h>
#include <stdatomic.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

/* glibc's, which no preloaded library stands before. */
void *__libc_malloc(size_t);
void *__libc_calloc(size_t, size_t);
void *__libc_realloc(void *, size_t);

static struct {
	bool ready, all, own;
	long at;
	uintptr_t start, end; /* of the program's code and data */
	atomic_long n;
} self;

/* The first object is the program. */
static int
take_program(struct dl_phdr_info *info, size_t size, void *unused)
{
	(void)size;
	(void)unused;
	self.start = self.end = info->dlpi_addr;
	for (int i = 0; i < info->dlpi_phnum; i++) {
		uintptr_t end = info->dlpi_addr + info->dlpi_phdr[i].p_vaddr +
		    info->dlpi_phdr[i].p_memsz;

		if (info->dlpi_phdr[i].p_type == PT_LOAD && end > self.end)
			self.end = end;
	}
	return 1;
}

__attribute__((constructor)) static void
begin(void)
{
	const char *at = getenv("FAIL_AT");

	self.at = at ? atol(at) : 0;
	self.all = getenv("FAIL_ALL") != NULL;
	self.own = getenv("FAIL_OWN") != NULL;
	dl_iterate_phdr(take_program, NULL);
	self.ready = true;
}

__attribute__((destructor)) static void
end(void)
{
	const char *path = getenv("FAIL_COUNT");
	int fd = path ? open(path, O_WRONLY | O_CREAT | O_APPEND, 0600) : -1;

	if (fd >= 0)
		dprintf(fd, "%ld\n", atomic_load(&self.n));
}

static bool
fails(const void *caller)
{
	uintptr_t from = (uintptr_t)caller;
	long n;

	if (!self.ready ||
	    (self.own && (from < self.start || from >= self.end)))
		return false;
	n = atomic_fetch_add(&self.n, 1) + 1;
	if (!self.at || n < self.at || (n > self.at && !self.all))
		return false;
	errno = ENOMEM;
	return true;
}

void *
malloc(size_t size)
{
	return fails(__builtin_return_address(0)) ? NULL : __libc_malloc(size);
}

void *
calloc(size_t n, size_t size)
{
	return fails(__builtin_return_address(0)) ? NULL
						  : __libc_calloc(n, size);
}

void *
realloc(void *old, size_t size)
{
	return fails(__builtin_return_address(0)) ? NULL
						  : __libc_realloc(old, size);
}
