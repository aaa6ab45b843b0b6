/*
 * lint - what is wrong with requirements, found without a model.
 *
 * The rules, R01 to R15, follow ISO/IEC/IEEE 29148 (characteristics of
 * requirements) and INCOSE's guide; they know English.  lint_rules lists them.
 */
#ifndef LINT_H
#define LINT_H

#include "document.h"
#include "err.h"
#include "finding.h"

/* How requirements are to be worded. */
enum lint_style { STYLE_SHALL, STYLE_EARS, STYLE_FREE };

struct lint_rule {
	const char *id, *title; /* "R01", "does not say what shall be" */
	enum finding_severity severity;
};

extern const struct lint_rule lint_rules[];
extern const size_t lint_nrules;

struct lint_finding {
	const struct lint_rule *rule;
	const struct kind *kind; /* of the thing it is about; NULL: the whole */
	size_t index;            /* which one of its list */
	struct str id;           /* its id, or empty */
	const struct text *text; /* where it stands, or NULL: the thing */
	size_t start, end;       /* bytes of the text; 0, 0: all of it */
	const char *message;     /* one line that goes on behind the id, or
	                            what has none: "says 'fast', ..." */
};

/*
 * Look at all of a document, in the order in which it is printed, and say each
 * finding.  Time is linear in the document, but for near duplicates: n log n.
 */
void lint(const struct document *, enum lint_style,
    void (*say)(void *owner, const struct lint_finding *), void *owner);

/* As much of a text as a message takes, on one line; free() it. */
char *lint_shown(struct str text);

/* Which EARS pattern a requirement is worded in; -1: none. */
int lint_pattern(struct str text);

#endif
