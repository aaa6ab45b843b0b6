/* Licence. */
#include <stdio.h>
#include "shop.h"

#define LIMIT 10
#define EMPTY
#define TWICE(x) \
	((x) + \
	    (x))

/* Adds. */
int
add(int a, int b)
{
	return a + b;
}

// A line.
// Another.
static inline const char *name_of(const struct shop *s, size_t n[static 4])
{
	return s->name;
}

int prototype(int a);

void (*handler)(int);
static int count = 1;
const char *const names[] = { "a", "b" };

struct shop {
	char *name;
	/* Its items. */
	int items[10], n;
	int (*open)(struct shop *, int mode);
	union {
		int whole;
		char part[4];
	} u;
	struct inner {
		int deep;
	} inner;
	unsigned flag : 1; /* trailing */
};

typedef struct {
	int x, y;
} point;

typedef struct node {
	struct node *next;
} node, *node_list;

typedef unsigned long word;
typedef int (*compare)(const void *a, const void *b);

enum colour {
	RED,
	/** Grass. */
	GREEN = 2,
};

union bits {
	int whole;
};

static struct point *
find(struct point **list, int (*test)(const struct point *p, void *arg),
    void *arg, ...)
{
	struct local {
		int hidden;
	};
	return *list;
}

#if LIMIT > 5
int conditional(void)
{
	return 1;
}
#else
int conditional(void)
{
	return 2;
}
#endif

int old_style(a, b)
int a;
char *b;
{
	return a;
}

__attribute__((noreturn)) static void
stop(void)
{
	puts("int not_code(void) { }");
	for (;;)
		;
}

/* NOLINTNEXTLINE(misc) */
void checked(void) { }

/* apart */

void apart(void) { } void behind(void) { }

int (*returns_function(int a))(char)
{
	return 0;
}

struct shop *make(void) { return NULL; }

int main(void)
{
	return 0;
}
