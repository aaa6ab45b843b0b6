/*
 * told - what was told of a section, so that nothing is told twice.
 */
#ifndef TOLD_H
#define TOLD_H

#include "finding.h"

/* Is it known what it is about?  Without a line and a quote one is like any
 * other. */
bool told_of_what(const struct finding *);

/* {0}: nothing. */
struct told {
	struct told_slot *slots;
	size_t n, capacity;
};

/*
 * Is it new, or worse than what was told of that line?  Then it is told now,
 * printed or not.  The fingerprint says whether it is the same; where nobody
 * knows what it is about it is new always.
 */
bool told_add(struct told *, const struct finding *);
void told_done(struct told *);

#endif
