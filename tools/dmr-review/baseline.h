/*
 * dmr-review: the findings of an earlier run, known by their fingerprints.
 *
 * What was printed with -F sarif or -F json is read.  Its fingerprint and its
 * severity are kept of each finding.
 */
#ifndef BASELINE_H
#define BASELINE_H

#include "err.h"
#include "finding.h"
#include "str.h"

/* {0}: none. */
struct baseline {
	struct baseline_key {
		uint64_t high, low;
		enum finding_severity severity;
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

/* Was there a finding with this fingerprint that was so bad, or worse?  SARIF
 * does not tell critical from high. */
bool baseline_has(
    const struct baseline *, const char *fingerprint, enum finding_severity);

#endif
