/*
 * base - bytes that grow, whole files, and giving up, for the rest of rawd.
 *
 * It knows nothing of what the bytes mean.
 *
 * A zero-initialised struct bytes is empty; free() its data.  Lack of memory
 * ends the program with status 71, a file that cannot be written with 1.
 */
#ifndef BASE_H
#define BASE_H

#include <stddef.h>

/* After the first bytes_add() a NUL stands behind the last byte. */
struct bytes {
	char *data;
	size_t len, size;
};

/* A view, never freed; data[len] is NUL, but there may be NULs before it. */
struct text {
	char *data;
	size_t len;
};

/* End the program: "rawd: WHAT: " and what errno says. */
_Noreturn void die(const char *what);

void *mem_grow(void *old, size_t n, size_t size); /* n things of size */
/* Have room for n more bytes behind the last one. */
void bytes_reserve(struct bytes *, size_t n);
void bytes_add(struct bytes *, const char *data, size_t len);
void bytes_add_str(struct bytes *, const char *);

/* Add what path holds.  Returns 0, or -1 with errno set. */
int file_read(const char *path, struct bytes *);
/* Make path hold data, complete from the moment it can be seen. */
void file_write(const char *path, const char *data, size_t len);
void file_append(const char *path, const char *text);

void pause_ms(long ms);

#endif
