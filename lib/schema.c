/* schema - read a JSON Schema: what its keywords are, and that all are known. */
#include "schema_say.h"

#include "mem.h"
#include "utf8.h"

/* What the value of a keyword may be. */
enum shape {
	SHAPE_ANY,
	SHAPE_STRING,
	SHAPE_BOOL,
	SHAPE_NUMBER,
	SHAPE_COUNT,
	SHAPE_ARRAY,
	SHAPE_STRINGS,
	SHAPE_TYPE,
	SHAPE_SCHEMA,
	SHAPE_SCHEMAS,
	SHAPE_MAP,
};

static const char type_shape[] = "must be, or be an array of, null, boolean, "
				 "integer, number, string, array, object";

/* What is said when it is not. */
static const char *const shapes[] = {
	[SHAPE_STRING] = "must be a string",
	[SHAPE_BOOL] = "must be true or false",
	[SHAPE_NUMBER] = "must be a number",
	[SHAPE_COUNT] = "must be a whole number from 0 on",
	[SHAPE_ARRAY] = "must be an array",
	[SHAPE_STRINGS] = "must be an array of strings",
	[SHAPE_TYPE] = type_shape,
	[SHAPE_SCHEMA] = "must be a schema: an object, true or false",
	[SHAPE_SCHEMAS] = "must be an array of schemas, not empty",
	[SHAPE_MAP] = "must be an object of schemas",
};

/* JSON Schema draft 2020-12: Core, 8 and 10; Validation, 6 and 9. */
static const struct {
	const char *name;
	enum shape shape;
} keywords[] = {
	[SCHEMA_TYPE] = { "type", SHAPE_TYPE },
	[SCHEMA_REF] = { "$ref", SHAPE_STRING },
	[SCHEMA_ENUM] = { "enum", SHAPE_ARRAY },
	[SCHEMA_CONST] = { "const", SHAPE_ANY },
	[SCHEMA_MINIMUM] = { "minimum", SHAPE_NUMBER },
	[SCHEMA_MAXIMUM] = { "maximum", SHAPE_NUMBER },
	[SCHEMA_ABOVE] = { "exclusiveMinimum", SHAPE_NUMBER },
	[SCHEMA_BELOW] = { "exclusiveMaximum", SHAPE_NUMBER },
	[SCHEMA_MIN_LENGTH] = { "minLength", SHAPE_COUNT },
	[SCHEMA_MAX_LENGTH] = { "maxLength", SHAPE_COUNT },
	[SCHEMA_MIN_ITEMS] = { "minItems", SHAPE_COUNT },
	[SCHEMA_MAX_ITEMS] = { "maxItems", SHAPE_COUNT },
	[SCHEMA_ITEMS] = { "items", SHAPE_SCHEMA },
	[SCHEMA_PROPERTIES] = { "properties", SHAPE_MAP },
	[SCHEMA_ADDITIONAL] = { "additionalProperties", SHAPE_SCHEMA },
	[SCHEMA_REQUIRED] = { "required", SHAPE_STRINGS },
	[SCHEMA_ANY_OF] = { "anyOf", SHAPE_SCHEMAS },
	/* What follows constrains nothing. */
	{ "$defs", SHAPE_MAP },
	{ "definitions", SHAPE_MAP },
	{ "$schema", SHAPE_STRING },
	{ "$id", SHAPE_STRING },
	{ "$comment", SHAPE_STRING },
	{ "title", SHAPE_STRING },
	{ "description", SHAPE_STRING },
	{ "default", SHAPE_ANY },
	{ "examples", SHAPE_ARRAY },
	{ "deprecated", SHAPE_BOOL },
	{ "readOnly", SHAPE_BOOL },
	{ "writeOnly", SHAPE_BOOL },
};

static const char *const types[] = {
	[SCHEMA_NULL] = "null",
	[SCHEMA_BOOLEAN] = "boolean",
	[SCHEMA_INTEGER] = "integer",
	[SCHEMA_NUMBER] = "number",
	[SCHEMA_STRING] = "string",
	[SCHEMA_ARRAY] = "array",
	[SCHEMA_OBJECT] = "object",
};

const char *
schema_type_name(enum schema_type type)
{
	return types[type];
}

struct schema_rule *
schema_rule(const struct schema *s, const struct tree_node *node)
{
	uint32_t index = s->rule_of[node - s->tree.nodes];

	return index ? &s->rules[index - 1] : NULL;
}

static bool
is_all(const struct tree_node *array, enum span_kind kind)
{
	const struct tree_node *x = NULL;

	if (array->kind != SPAN_ARRAY)
		return false;
	while ((x = tree_next(array, x)))
		if (x->kind != kind)
			return false;
	return true;
}

unsigned
schema_types(const struct tree_node *value)
{
	const struct tree_node *x = NULL;
	unsigned set = 0;

	if (value->kind == SPAN_STRING)
		for (unsigned i = 0; i < SCHEMA_TYPES; i++)
			if (str_is(tree_text(value), types[i]))
				return 1U << i;
	if (!is_all(value, SPAN_STRING))
		return 0;
	while ((x = tree_next(value, x))) {
		unsigned type = schema_types(x);

		if (!type)
			return 0;
		set |= type;
	}
	return set;
}

static bool
has_shape(const struct tree_node *value, enum shape shape)
{
	switch (shape) {
	case SHAPE_STRING:
		return value->kind == SPAN_STRING;
	case SHAPE_BOOL:
		return value->kind == SPAN_BOOL;
	case SHAPE_NUMBER:
		return value->kind == SPAN_NUMBER;
	case SHAPE_COUNT:
		return tree_is_integer(value) &&
		    tree_compare_numbers(tree_raw(value), STR("0")) >= 0;
	case SHAPE_ARRAY:
		return value->kind == SPAN_ARRAY;
	case SHAPE_STRINGS:
		return is_all(value, SPAN_STRING);
	case SHAPE_TYPE:
		return schema_types(value) != 0;
	case SHAPE_SCHEMA:
		return value->kind == SPAN_OBJECT || value->kind == SPAN_BOOL;
	case SHAPE_SCHEMAS:
		return value->kind == SPAN_ARRAY && value->count;
	case SHAPE_MAP:
		return value->kind == SPAN_OBJECT;
	case SHAPE_ANY:
		break;
	}
	return true;
}

/* Note that a node is a schema; it is read later, in turn. */
static int
add_rule(struct schema *s, const struct tree_node *node, struct err *e)
{
	if (!has_shape(node, SHAPE_SCHEMA))
		return schema_refuse(s, node, shapes[SHAPE_SCHEMA], e);
	s->rules = mem_grow(
	    s->rules, &s->capacity, s->nrules + 1, sizeof *s->rules);
	s->rules[s->nrules++] = (struct schema_rule){ .at = node };
	s->rule_of[node - s->tree.nodes] = (uint32_t)s->nrules;
	return 0;
}

static int
add_rules(struct schema *s, const struct tree_node *in, struct err *e)
{
	const struct tree_node *x = NULL;

	while ((x = tree_next(in, x)))
		if (add_rule(s, in->kind == SPAN_OBJECT ? x + 1 : x, e))
			return -1;
	return 0;
}

static int
compare_values(const void *a, const void *b)
{
	const struct tree_node *const *x = a, *const *y = b;

	return tree_compare(*x, *y);
}

/* The elements of an enum, sorted; yours to free(). */
static const struct tree_node **
sort_values(const struct tree_node *array)
{
	const struct tree_node **sorted = mem_new(
	    array->count, sizeof(struct tree_node *));
	const struct tree_node *x = NULL;
	size_t n = 0;

	while ((x = tree_next(array, x)))
		sorted[n++] = x;
	qsort(sorted, n, sizeof(struct tree_node *), compare_values);
	return sorted;
}

bool
schema_is_allowed(const struct schema_rule *r, const struct tree_node *value)
{
	size_t n = r->value[SCHEMA_ENUM]->count;

	return n &&
	    bsearch(&value, r->allowed, n, sizeof(struct tree_node *),
		compare_values);
}

static int
refuse_keyword(
    const struct schema *s, const struct tree_node *value, struct err *e)
{
	schema_refuse(s, value, "a keyword that is not checked here", e);
	err_add(e, "; try: %s", keywords[0].name);
	for (size_t i = 1; i < SCHEMA_KEYWORDS; i++)
		err_add(e, ", %s", keywords[i].name);
	return -1;
}

/* One keyword of the rule with this index. */
static int
read_keyword(
    struct schema *s, size_t index, const struct tree_node *name, struct err *e)
{
	const struct tree_node *value = name + 1;
	size_t k = 0;

	while (
	    k < countof(keywords) && !str_is(tree_text(name), keywords[k].name))
		k++;
	if (k == countof(keywords))
		return refuse_keyword(s, value, e);
	if (!has_shape(value, keywords[k].shape))
		return schema_refuse(s, value, shapes[keywords[k].shape], e);
	/* It would give "#" another meaning: Core, 8.2.1. */
	if (index && str_is(tree_text(name), "$id"))
		return schema_refuse(
		    s, value, "only the outermost schema may have it", e);
	if (k < SCHEMA_KEYWORDS)
		s->rules[index].value[k] = value;
	if (k == SCHEMA_TYPE)
		s->rules[index].types = schema_types(value);
	if (k == SCHEMA_ENUM)
		s->rules[index].allowed = sort_values(value);
	if (keywords[k].shape == SHAPE_SCHEMA)
		return add_rule(s, value, e);
	if (keywords[k].shape == SHAPE_SCHEMAS ||
	    keywords[k].shape == SHAPE_MAP)
		return add_rules(s, value, e);
	return 0;
}

/* The list of rules grows while it is read. */
static int
read_rules(struct schema *s, struct err *e)
{
	s->rule_of = mem_new(s->tree.n, sizeof *s->rule_of);
	if (add_rule(s, s->tree.nodes, e))
		return -1;
	for (size_t i = 0; i < s->nrules; i++) {
		const struct tree_node *at = s->rules[i].at, *name = NULL;

		while ((name = tree_next(at, name)))
			if (read_keyword(s, i, name, e))
				return -1;
	}
	return 0;
}

/* Fill s->text. */
static int
read_spec(struct schema *s, struct str spec, struct err *e)
{
	spec = str_trim(spec);
	if (spec.len > SCHEMA_SPEC_MAX)
		return err_set(e, ST_USAGE, "schema: larger than %d KiB",
		    SCHEMA_SPEC_MAX >> 10);
	if (utf8_valid(spec) != spec.len)
		return schema_report_text(spec, ST_USAGE, e);
	if (str_starts(spec, "{"))
		return buf_add(&s->text, spec);
	return schema_short(spec, &s->text, e);
}

struct schema *
schema_read(struct str spec, struct err *e)
{
	struct schema *s = mem_new(1, sizeof *s);

	if (read_spec(s, spec, e))
		goto fail;
	if (tree_read(&s->tree, schema_text(s))) {
		schema_report_text(schema_text(s), ST_USAGE, e);
		goto fail;
	}
	if (read_rules(s, e) || schema_follow(s, e))
		goto fail;
	return s;
fail:
	schema_free(s);
	return NULL;
}

struct str
schema_text(const struct schema *s)
{
	return buf_str(&s->text);
}

void
schema_free(struct schema *s)
{
	if (!s)
		return;
	for (size_t i = 0; i < s->nrules; i++)
		free(s->rules[i].allowed);
	free(s->rules);
	free(s->rule_of);
	tree_done(&s->tree);
	buf_done(&s->text);
	free(s);
}
