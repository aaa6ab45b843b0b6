/*
 * shop - what it sells.
 */
#ifndef SHOP_H
#define SHOP_H

#include <stddef.h>

struct shop; /* opaque */

/* Yours to shop_close(). */
struct shop *shop_open(const char *name, size_t nitems);
void shop_close(struct shop *);

int shop_count(void);

extern int verbose;

#ifdef _WIN32
extern const char *home;
#endif

typedef void shop_visit(struct shop *, void *arg);

/** Runs. */
int shop_run(struct shop *s, int (*each)(int item, void *arg), void *arg,
    const char *format, ...) __attribute__((format(printf, 4, 5)));

static inline int
shop_twice(int x)
{
	int local(int y);
	return x * 2;
}

enum { SHOP_MAX = 10 };

#endif
