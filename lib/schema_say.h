/*
 * schema_say - what is said about a text, or a schema, that is wrong.
 *
 * Internal to schema.  It finds nothing out: whoever did says what and where.
 */
#ifndef SCHEMA_SAY_H
#define SCHEMA_SAY_H

#include "schema_rule.h"

/* Beside the keywords. */
enum {
	SCHEMA_FALSE = SCHEMA_KEYWORDS, /* a schema that is false */
	SCHEMA_GOOD,                    /* nothing failed */
};

/* What was found wrong: nodes by index, so that a million can be kept. */
struct schema_failure {
	uint8_t keyword; /* enum schema_keyword, or one of those above */
	bool others;     /* other schemas of an anyOf came as far */
	uint32_t value;  /* of the keyword (or the name that is missing) */
	uint32_t at;     /* in the text */
	uint32_t reach;  /* how far the text was good; schema_check.c */
};

/* ST_USAGE for a node of the schema: "schema: PATH: what". */
int schema_refuse(const struct schema *, const struct tree_node *,
    const char *what, struct err *e);

/* ST_UNUSABLE for what was found in a text. */
int schema_report(const struct schema *, const struct tree_node *root,
    const struct schema_failure *, struct err *e);

/* What keeps text from being read, as a reason for `status`. */
int schema_report_text(struct str text, enum status, struct err *e);

/* Append the beginning of a text, on one line. */
void schema_excerpt(struct str text, struct buf *out);

#endif
