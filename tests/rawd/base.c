/* base.c - bytes, files, and giving up. */
#include "base.h"

#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

void
die(const char *what)
{
	fprintf(stderr, "rawd: %s: %s\n", what, strerror(errno));
	exit(1);
}

void *
mem_grow(void *old, size_t n, size_t size)
{
	void *p = n <= SIZE_MAX / size ? realloc(old, n * size) : NULL;

	if (!p) {
		fputs("rawd: out of memory\n", stderr);
		exit(71);
	}
	return p;
}

void
bytes_reserve(struct bytes *b, size_t n)
{
	if (b->size - b->len > n)
		return;
	b->size = (b->len + n + 1) * 2;
	b->data = mem_grow(b->data, b->size, 1);
}

void
bytes_add(struct bytes *b, const char *data, size_t len)
{
	bytes_reserve(b, len);
	memcpy(b->data + b->len, data, len);
	b->len += len;
	b->data[b->len] = '\0';
}

void
bytes_add_str(struct bytes *b, const char *text)
{
	bytes_add(b, text, strlen(text));
}

int
file_read(const char *path, struct bytes *b)
{
	FILE *f = fopen(path, "rb");
	char part[BUFSIZ];
	size_t got;
	int failed;

	if (!f)
		return -1;
	do {
		got = fread(part, 1, sizeof part, f);
		bytes_add(b, part, got);
	} while (got > 0);
	failed = ferror(f);
	fclose(f);
	return failed ? -1 : 0;
}

void
file_write(const char *path, const char *data, size_t len)
{
	char temp[PATH_MAX];
	FILE *f;

	snprintf(temp, sizeof temp, "%s.tmp", path);
	f = fopen(temp, "wb");
	if (!f || fwrite(data, 1, len, f) != len || fclose(f) != 0 ||
	    rename(temp, path) != 0)
		die(path);
}

void
file_append(const char *path, const char *text)
{
	int fd = open(path, O_WRONLY | O_CREAT | O_APPEND, 0666);

	if (fd < 0 || write(fd, text, strlen(text)) < 0)
		die(path);
	close(fd);
}

void
pause_ms(long ms)
{
	struct timespec t = { ms / 1000, ms % 1000 * 1000000 };

	while (nanosleep(&t, &t) != 0 && errno == EINTR)
		;
}
