/* mem - allocation that cannot fail. */
#if defined(__linux__) && !defined(POSIX_ONLY)
#define _DEFAULT_SOURCE /* NOLINT(bugprone-reserved-identifier) */
#include <sys/mman.h>
#include <unistd.h>
#endif
#include "mem.h"

#include <stdarg.h>

#include "die.h"

static _Noreturn void
out_of_memory(void)
{
	die_because(ST_MEMORY, "out of memory");
}

void *
mem_new(size_t n, size_t size)
{
	void *p = calloc(n ? n : 1, size);

	if (!p)
		out_of_memory();
	return p;
}

#ifdef MADV_HUGEPAGE

enum { LARGE = 4 << 20 };

/* What is large comes in large pages: each small one costs more than what is
 * done with its bytes. */
static void
enlarge_pages(char *p, size_t size)
{
	size_t more;

	if (size < LARGE)
		return;
	more = (uintptr_t)p % (uintptr_t)sysconf(_SC_PAGESIZE);
	(void)madvise(p - more, size + more, MADV_HUGEPAGE);
}

#else

static void
enlarge_pages(char *p, size_t size)
{
	(void)p, (void)size;
}

#endif

void *
mem_grow(void *old, size_t *capacity, size_t need, size_t size)
{
	size_t more = *capacity + *capacity / 2 + 8;
	void *p;

	if (need <= *capacity)
		return old;
	if (more < need)
		more = need;
	if (more > SIZE_MAX / size)
		out_of_memory();
	p = realloc(old, more * size);
	if (!p)
		out_of_memory();
	enlarge_pages(p, more * size);
	*capacity = more;
	return p;
}

char *
mem_copy(struct str text)
{
	char *p = mem_new(text.len + 1, 1);

	if (text.len)
		memcpy(p, text.data, text.len);
	return p;
}

char *
mem_format(const char *format, ...)
{
	va_list args;
	char *p;
	int n;

	va_start(args, format);
	n = vsnprintf(NULL, 0, format, args);
	va_end(args);
	p = mem_new((size_t)(n < 0 ? 0 : n) + 1, 1);
	va_start(args, format);
	vsnprintf(p, (size_t)n + 1, format, args);
	va_end(args);
	return p;
}
