/*
 * mem - allocation that cannot fail.
 *
 * Lack of memory ends the program here, with exit status 71, and nowhere
 * else.  No size is computed outside: callers say how many of what.
 */
#ifndef MEM_H
#define MEM_H

#include "str.h"

/* n zeroed things of the given size; yours to free(). */
void *mem_new(size_t n, size_t size);

/*
 * Make room for `need` things in the array at `old` of *capacity things (it
 * may move; new ones are not zeroed).  Grows by half or more, so that a loop
 * of appends is linear.
 */
void *mem_grow(void *old, size_t *capacity, size_t need, size_t size);

/* A NUL-terminated copy; yours to free(). */
char *mem_copy(struct str text);

/* printf into memory of its own; yours to free(). */
char *mem_format(const char *format, ...) PRINTF_LIKE(1, 2);

#endif
