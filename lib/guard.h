/*
 * guard - lines that a CI runner would obey.
 *
 * GitHub's and Azure's runners read commands out of what a job prints: lines
 * that begin with "::", "##[" or "##vso[", blanks before them or not.  Where
 * people read, a backslash before such a line takes its power.  Text arrives
 * in pieces cut anywhere; what may become a command is held back, six bytes
 * at most.
 */
#ifndef GUARD_H
#define GUARD_H

#include "str.h"

/* Zero-initialise, then set is_on; until then text is what it was. */
struct guard {
	bool is_on;

	char held[8]; /* how the line begins */
	size_t len;
	bool in_line; /* past that */
};

/* Room for n bytes of input, and for the end. */
#define GUARD_MAX(n) (2 * (n) + sizeof(struct guard))

/* Copy text to out; returns the bytes written. */
size_t guard_text(struct guard *, struct str text, char *out);

/* What was held back. */
size_t guard_end(struct guard *, char *out);

#endif
