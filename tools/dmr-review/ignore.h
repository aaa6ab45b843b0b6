/*
 * dmr-review: findings that a comment in the text does not want.
 *
 *     // dmr-review: ignore[bug, security/secret]    of its line
 *     # dmr-review: ignore                           all of them
 *
 * A comment with nothing before it counts for the next line, too.  In the
 * brackets are categories, rules, and CATEGORY/RULE.
 */
#ifndef IGNORE_H
#define IGNORE_H

#include "diff.h"

struct ignore {
	size_t line; /* of the new side */
	bool alone;  /* counts for the next line, too */
	bool all;
	struct str names;
};

/* Of one section, whose texts it looks into.  {0}: none. */
struct ignores {
	struct ignore *items;
	size_t n, capacity;
};

void ignores_make(struct ignores *, const struct diff_file *);
void ignores_done(struct ignores *);

/* rule: "" or NULL: none.  Logarithmic in the number of comments. */
bool ignores_has(const struct ignores *, size_t line, const char *category,
    const char *rule);

#endif
