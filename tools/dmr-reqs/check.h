/*
 * check - what is wrong with requirements in files, without asking any model.
 */
#ifndef CHECK_H
#define CHECK_H

#include "lint.h"
#include "output.h"

struct check {
	enum lint_style style;
	const struct finding_format *format;
	size_t fail_on; /* enum finding_severity, or above: never fail */
	struct output *out;
};

/*
 * Print what is wrong with each of n documents; "-" is standard input.  Of
 * several those that cannot be read are named.  ST_NO: a finding is so bad, or
 * worse.  ST_PARTIAL: some could not be read; ST_INPUT: the only one could not.
 */
void check_documents(
    const struct check *, const char *const *paths, size_t n, struct err *e);

#endif
