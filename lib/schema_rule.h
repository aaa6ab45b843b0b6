/*
 * schema_rule - a schema as it is kept.
 *
 * Internal to schema: its files share these.  schema.c makes rules of the
 * keywords, schema_ref.c follows $ref, schema_short.c reads the short form, and
 * schema_check.c applies the rules.
 */
#ifndef SCHEMA_RULE_H
#define SCHEMA_RULE_H

#include "schema.h"
#include "tree.h"

/* The keywords that are checked. */
enum schema_keyword {
	SCHEMA_TYPE,
	SCHEMA_REF,
	SCHEMA_ENUM,
	SCHEMA_CONST,
	SCHEMA_MINIMUM,
	SCHEMA_MAXIMUM,
	SCHEMA_ABOVE,
	SCHEMA_BELOW,
	SCHEMA_MIN_LENGTH, /* a maximum stands behind its minimum */
	SCHEMA_MAX_LENGTH,
	SCHEMA_MIN_ITEMS,
	SCHEMA_MAX_ITEMS,
	SCHEMA_ITEMS,
	SCHEMA_PROPERTIES,
	SCHEMA_ADDITIONAL,
	SCHEMA_REQUIRED,
	SCHEMA_ANY_OF,
	SCHEMA_KEYWORDS,
};

/* Types are a set of bits: 1 << enum schema_type. */
enum schema_type {
	SCHEMA_NULL,
	SCHEMA_BOOLEAN,
	SCHEMA_INTEGER,
	SCHEMA_NUMBER,
	SCHEMA_STRING,
	SCHEMA_ARRAY,
	SCHEMA_OBJECT,
	SCHEMA_TYPES,
};

/* One schema: the whole one, or one inside it. */
struct schema_rule {
	const struct tree_node *at; /* an object, true or false */
	const struct tree_node *value[SCHEMA_KEYWORDS]; /* NULL: not there */
	const struct tree_node *target;                 /* of $ref */
	const struct tree_node **allowed;               /* enum, sorted */
	unsigned types;                                 /* 0: any */
	unsigned wanted; /* types to name: its own, or those it leads to */
	int steps; /* the most of $ref and anyOf from here, for one value */
	bool is_counted, is_open; /* the steps are; are being */
};

struct schema {
	struct buf text;
	struct tree tree;
	struct schema_rule *rules; /* the first one is the whole schema */
	size_t nrules, capacity;
	uint32_t *rule_of; /* by node: the index of its rule plus 1, or 0 */
};

/* The rule of a node that is a schema; NULL if it is none. */
struct schema_rule *schema_rule(
    const struct schema *, const struct tree_node *);

/* The set of types a string, or an array of strings, names; 0 if none. */
unsigned schema_types(const struct tree_node *);

/* Is a value among those of the rule's enum? */
bool schema_is_allowed(const struct schema_rule *, const struct tree_node *);

/* The name of a type: "null", "boolean", ... */
const char *schema_type_name(enum schema_type);

/* The JSON text of a short form; -1 with ST_USAGE. */
int schema_short(struct str spec, struct buf *json, struct err *e);

/* Find what every $ref points at, and that it leads on; -1 with ST_USAGE. */
int schema_follow(struct schema *, struct err *e);

#endif
