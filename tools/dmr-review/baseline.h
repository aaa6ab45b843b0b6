/*
 * dmr-review: the findings of an earlier run, known by their fingerprints.
 *
 * What was printed with -F sarif or -F json is read.  Sixteen bytes are kept of
 * each finding.
 */
#ifndef BASELINE_H
#define BASELINE_H

#include "err.h"
#include "str.h"

/* {0}: none. */
struct baseline {
	struct baseline_key {
		uint64_t high, low;
	} * keys; /* sorted */
	size_t n, capacity;
};

/*
 * -1 with ST_INPUT: it is neither, or findings in it have no fingerprint of
 * ours; nothing is to be freed then.  Linear but for sorting; a blank text is a
 * baseline of nothing.
 */
int baseline_read(struct baseline *, struct str text, struct err *e);
void baseline_done(struct baseline *);

/* Was there a finding with this fingerprint? */
bool baseline_has(const struct baseline *, const char *fingerprint);

#endif
