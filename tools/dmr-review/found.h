/*
 * found - findings that are kept until their turn comes.
 */
#ifndef FOUND_H
#define FOUND_H

#include "buf.h"
#include "finding.h"

/* All that the finding looks into, but for its lines. */
struct found {
	struct finding finding; /* its path is the section's */
	bool is_added;          /* it stands on a line that the diff adds */
	char *texts;            /* its own */
};

struct found_list {
	struct found *items;
	size_t n, capacity;
};

/* Take a copy of a finding and its texts, but none of its lines, which are the
 * section's. */
struct found *found_add(struct found_list *, const struct finding *);

/* By line, the worst of a line first: it stands for what is said again of it.
 * What is at none comes last; what is alike stays as it was. */
void found_sort(struct found_list *);
void found_done(struct found_list *);

#endif
