/*
 * finding_parts - what the formats of findings have in common.
 *
 * A format appends to the report's line what is to be written; it knows no
 * output.  The findings that it gets hold together: see finding_print().
 */
#ifndef FINDING_PARTS_H
#define FINDING_PARTS_H

#include "finding.h"
#include "json.h"

/* Any of them but print may be NULL. */
struct finding_format {
	const char *name;
	void (*begin)(struct finding_report *);
	void (*print)(struct finding_report *, const struct finding *);
	/* into the report's `skipped`, a value of JSON */
	void (*skip)(struct json *, enum finding_skipped, const char *path,
	    size_t line, struct str reason);
	void (*end)(
	    struct finding_report *, bool was_whole, struct str summary);
};

extern const struct finding_format finding_text, finding_json, finding_sarif,
    finding_rdjsonl;

/* The message; if there is none the title, or at least the category. */
struct str finding_words(const struct finding *);

/* The suggested lines without the last one's end. */
struct str finding_suggestion(const struct finding *);

/* The rule as "docs/missing", or the category alone. */
void finding_code(struct buf *, const struct finding *);

/* The path without "./" before it. */
struct str finding_path(const char *name);

#endif
