/*
 * schema - what an answer must look like, and whether it does.
 *
 * A schema is read once and any number of texts are checked against it.  It is
 * given as JSON Schema (draft 2020-12) or in a short form:
 *
 *     name, age int, tags str[]: labels, note?
 *
 * Checked are type, properties, required, additionalProperties, items, enum,
 * const, minimum, maximum, exclusiveMinimum, exclusiveMaximum, minLength,
 * maxLength, minItems, maxItems, anyOf, and $ref to a schema in the same text.
 * What only describes (title, description, default, ...) is passed over.  Any
 * other keyword is an error, rather than that something passes unchecked.
 *
 * It knows no requests and no files.
 */
#ifndef SCHEMA_H
#define SCHEMA_H

#include "err.h"
#include "str.h"

enum {
	SCHEMA_SPEC_MAX = 1 << 20, /* bytes; a text may have TREE_TEXT_MAX */
	SCHEMA_FIELDS_MAX = 256,   /* of the short form */
	SCHEMA_STEPS_MAX = 32, /* $ref and anyOf for one and the same value */
};

struct schema; /* opaque */

/*
 * spec: the JSON text of an object, or the short form: fields
 *
 *     name[?] [str|int|float|bool][[]] [: description]
 *
 * divided by commas, or, if spec has lines, by newlines; a description then
 * may hold commas.  "?": need not be there; "[]": an array of such values.
 * Yours to schema_free(); NULL with ST_USAGE, which says where what is wrong.
 */
struct schema *schema_read(struct str spec, struct err *e);

/*
 * The JSON text to send: spec without the blanks around it, or what the short
 * form says.  Lives as long as the schema.
 */
struct str schema_text(const struct schema *);

/*
 * Is text one JSON value, in UTF-8, that holds to the schema?  Returns 0, or
 * -1 with ST_UNUSABLE: the path (as jq writes it) of the first value that does
 * not, what was wanted there, and what is there.  Of members with the same
 * name the last one counts.  Takes time in proportion to the text's length.
 */
int schema_check(const struct schema *, struct str text, struct err *e);

void schema_free(struct schema *);

#endif
