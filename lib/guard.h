/*
 * guard - text that a CI runner would obey.
 *
 * GitHub's and Azure's runners read commands out of what a job prints: a line
 * that begins with "::", behind blanks of any script, and "##[" or "##vso[" in
 * any case, wherever they stand (actions/runner, ActionCommand.TryParse and
 * TryParseV2; azure-pipelines-agent, Command.TryParse).  Where people read, a
 * backslash takes their power: "\::", "##\[", "##\vso[".  Text arrives in
 * pieces cut anywhere; what may become a command is held back, five bytes at
 * most.
 */
#ifndef GUARD_H
#define GUARD_H

#include "str.h"

/* Zero-initialise, then set is_on; until then text is what it was. */
struct guard {
	bool is_on;

	char held[8]; /* what a command may begin with */
	size_t len;
	bool in_line; /* an ASCII character that is not blank came before it */
};

/* Room for n bytes of input, and for the end. */
#define GUARD_MAX(n) (2 * (n) + sizeof(struct guard))

/* Copy text to out; returns the bytes written. */
size_t guard_text(struct guard *, struct str text, char *out);

/* What was held back. */
size_t guard_end(struct guard *, char *out);

#endif
