/*
 * lint_table - numbers by the hash of something.
 *
 * {0} is an empty table.  Two keys of 64 bits that are the same are the same
 * thing: what says so is not trusted with more than a finding.
 */
#ifndef LINT_TABLE_H
#define LINT_TABLE_H

#include "base.h"

struct lint_table {
	struct lint_slot *slots;
	size_t n, capacity;
};

/* The number of a key, 0 at first; the place is good until the next call. */
size_t *lint_table_at(struct lint_table *, uint64_t key);
/* The same number; 0, too, if there is none. */
size_t lint_table_get(const struct lint_table *, uint64_t key);
void lint_table_done(struct lint_table *);

#endif
