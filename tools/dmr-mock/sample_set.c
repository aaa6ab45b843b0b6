/* sample - sets of schemas: what they ask for together. */
#include "sample_set.h"

enum {
	STEP_BYTES = 16, /* of a value, that are looked at in a step */
	NUMBER_MAX = 64, /* bytes; a longer bound is none */
};

static const char *const types[] = {
	[SAMPLE_OBJECT] = "object",
	[SAMPLE_ARRAY] = "array",
	[SAMPLE_STRING] = "string",
	[SAMPLE_INTEGER] = "integer",
	[SAMPLE_NUMBER] = "number",
	[SAMPLE_BOOLEAN] = "boolean",
	[SAMPLE_NULL] = "null",
};

/* A keyword tells which type is meant where none is named. */
static const struct {
	const char *keyword;
	enum sample_type type;
} tells[] = {
	{ "properties", SAMPLE_OBJECT },
	{ "required", SAMPLE_OBJECT },
	{ "additionalProperties", SAMPLE_OBJECT },
	{ "items", SAMPLE_ARRAY },
	{ "prefixItems", SAMPLE_ARRAY },
	{ "minItems", SAMPLE_ARRAY },
	{ "maxItems", SAMPLE_ARRAY },
	{ "minLength", SAMPLE_STRING },
	{ "maxLength", SAMPLE_STRING },
	{ "pattern", SAMPLE_STRING },
	{ "format", SAMPLE_STRING },
	{ "minimum", SAMPLE_NUMBER },
	{ "maximum", SAMPLE_NUMBER },
	{ "exclusiveMinimum", SAMPLE_NUMBER },
	{ "exclusiveMaximum", SAMPLE_NUMBER },
	{ "multipleOf", SAMPLE_NUMBER },
};

struct sample_mark
sample_mark(const struct sampler *s)
{
	return (struct sample_mark){ s->json.out->len, s->json.comma };
}

void
sample_back(struct sampler *s, struct sample_mark mark)
{
	s->json.out->len = mark.len;
	s->json.comma = mark.comma;
}

const struct tree_node *
sample_keyword(const struct tree_node *schema, const char *name)
{
	const struct tree_node *x = tree_find(schema, str_of(name));

	/* Each look at a number reads all its digits. */
	return x && x->kind == SPAN_NUMBER && tree_raw(x).len > NUMBER_MAX
	    ? NULL
	    : x;
}

void
sample_set_add(struct sample_set *set, const struct tree_node *schema)
{
	for (size_t i = 0; i < set->n; i++)
		if (set->all[i] == schema)
			return;
	if (!schema)
		return;
	if (set->n < SAMPLE_SET_MAX)
		set->all[set->n++] = schema;
	else
		set->full = true;
}

/* --- counts --- */

size_t
sample_least(const struct sample_set *set, const char *name)
{
	size_t least = 0;

	for (size_t i = 0; i < set->n; i++) {
		const struct tree_node *x = sample_keyword(set->all[i], name);

		if (x && x->kind == SPAN_NUMBER && tree_count(x) > least)
			least = tree_count(x);
	}
	return least;
}

size_t
sample_most(const struct sample_set *set, const char *name)
{
	size_t most = SIZE_MAX;

	for (size_t i = 0; i < set->n; i++) {
		const struct tree_node *x = sample_keyword(set->all[i], name);

		if (x && x->kind == SPAN_NUMBER && tree_count(x) < most)
			most = tree_count(x);
	}
	return most;
}

bool
sample_is_true(const struct sample_set *set, const char *name)
{
	for (size_t i = 0; i < set->n; i++) {
		const struct tree_node *x = sample_keyword(set->all[i], name);

		if (x && str_is(tree_raw(x), "true"))
			return true;
	}
	return false;
}

/* --- types --- */

static unsigned
type_bit(const struct tree_node *name)
{
	for (unsigned i = 0; i < SAMPLE_TYPES; i++)
		if (name->kind == SPAN_STRING &&
		    str_is(tree_text(name), types[i]))
			return i == SAMPLE_NUMBER
			    ? 1U << SAMPLE_NUMBER | 1U << SAMPLE_INTEGER
			    : 1U << i;
	return 0;
}

/* The types of one schema, as bits; without "type" all.  No type is named
 * twice, so that a long array names none. */
static unsigned
types_of(const struct tree_node *schema)
{
	const struct tree_node *type = sample_keyword(schema, "type");
	const struct tree_node *x = NULL;
	unsigned set = 0;

	if (!type)
		return (1U << SAMPLE_TYPES) - 1;
	if (type->kind != SPAN_ARRAY)
		return type_bit(type);
	while (type->count <= SAMPLE_TYPES && (x = tree_next(type, x)))
		set |= type_bit(x);
	return set;
}

static unsigned
told_types(const struct tree_node *schema)
{
	unsigned set = 0;

	for (size_t i = 0; i < countof(tells); i++)
		if (sample_keyword(schema, tells[i].keyword))
			set |= 1U << tells[i].type;
	return set;
}

size_t
sample_types(const struct sample_set *set, enum sample_type *order)
{
	unsigned allowed = (1U << SAMPLE_TYPES) - 1, told = 0;
	size_t n = 0;

	for (size_t i = 0; i < set->n; i++) {
		allowed &= types_of(set->all[i]);
		told |= told_types(set->all[i]);
	}
	/* Of nothing that is known, a string is most like an answer. */
	if (!(told & allowed))
		told = 1U << SAMPLE_STRING;
	for (int pass = 0; pass < 2; pass++)
		for (unsigned i = 0; i < SAMPLE_TYPES; i++)
			if (allowed >> i & 1 && (told >> i & 1) == !pass)
				order[n++] = (enum sample_type)i;
	return n;
}

/* --- values that a schema names --- */

static unsigned
types_of_value(const struct tree_node *value)
{
	static const unsigned kinds[] = {
		[SPAN_NULL] = 1U << SAMPLE_NULL,
		[SPAN_BOOL] = 1U << SAMPLE_BOOLEAN,
		[SPAN_NUMBER] = 1U << SAMPLE_NUMBER,
		[SPAN_STRING] = 1U << SAMPLE_STRING,
		[SPAN_ARRAY] = 1U << SAMPLE_ARRAY,
		[SPAN_OBJECT] = 1U << SAMPLE_OBJECT,
	};

	if (value->kind == SPAN_NUMBER && tree_is_integer(value))
		return 1U << SAMPLE_INTEGER;
	return kinds[value->kind];
}

size_t
sample_characters(struct str text)
{
	size_t n = 0;

	for (size_t i = 0; i < text.len; i++)
		n += ((unsigned char)text.data[i] & 0xc0) != 0x80;
	return n;
}

/* A comparison costs what it may have to look at. */
static bool
is_same(struct sampler *s, const struct tree_node *a, const struct tree_node *b)
{
	s->steps += 1 + (a->len < b->len ? a->len : b->len) / STEP_BYTES;
	return s->steps <= SAMPLE_STEPS_MAX && tree_compare(a, b) == 0;
}

static bool
is_among(struct sampler *s, const struct tree_node *array,
    const struct tree_node *value)
{
	const struct tree_node *x = NULL;

	if (!array || array->kind != SPAN_ARRAY)
		return true;
	while (s->steps <= SAMPLE_STEPS_MAX && (x = tree_next(array, x)))
		if (is_same(s, x, value))
			return true;
	return false;
}

/* Is it as long, or as large, as it is to be? */
static bool
is_within(const struct sampler *s, const struct sample_set *set,
    const struct tree_node *value)
{
	size_t n;

	if (value->kind == SPAN_NUMBER)
		return sample_fits_number(
		    s, set, SAMPLE_NUMBER, tree_raw(value));
	if (value->kind != SPAN_STRING)
		return true;
	n = sample_characters(tree_text(value));
	return n >= sample_least(set, "minLength") &&
	    n <= sample_most(set, "maxLength");
}

/* Does it satisfy what a "not" says, as far as that is looked at? */
static bool
is_held_back(struct sampler *s, const struct tree_node *schema,
    const struct tree_node *value)
{
	struct sample_set set = { 0 };

	sample_set_add(&set, sample_keyword(schema, "not"));
	if (!set.n || str_is(tree_raw(set.all[0]), "false"))
		return false;
	return sample_fits(s, &set, value);
}

/* The value that begins at `from`, or behind a comma there. */
static int
read_back(struct sampler *s, size_t from, struct tree *t)
{
	struct str text = str_skip(buf_str(s->json.out), from);

	s->steps += (long)(text.len / STEP_BYTES);
	return tree_read(t, str_skip(text, str_starts(text, ",")));
}

bool
sample_is_distinct(struct sampler *s, size_t from)
{
	struct tree t = { 0 };
	const struct tree_node *x = NULL, *y;
	bool is_distinct = read_back(s, from, &t) == 0;

	while (is_distinct && (x = tree_next(t.nodes, x)))
		for (y = x; is_distinct && (y = tree_next(t.nodes, y));)
			is_distinct = !is_same(s, x, y) &&
			    s->steps <= SAMPLE_STEPS_MAX;
	tree_done(&t);
	return is_distinct;
}

bool
sample_is_refused(struct sampler *s, const struct sample_set *set, size_t from)
{
	struct tree t = { 0 };
	bool is_refused = false, is_read = false;

	for (size_t i = 0; i < set->n && !s->is_loose && !is_refused; i++) {
		if (!sample_keyword(set->all[i], "not"))
			continue;
		if (!is_read && read_back(s, from, &t))
			return true;
		is_read = true;
		is_refused = is_held_back(s, set->all[i], t.nodes);
	}
	tree_done(&t);
	return is_refused;
}

/* What takes the least time is looked at first. */
bool
sample_fits(struct sampler *s, const struct sample_set *set,
    const struct tree_node *value)
{
	s->steps += 1 + value->len / STEP_BYTES;
	if (s->is_loose)
		return true;
	if (s->steps > SAMPLE_STEPS_MAX || !is_within(s, set, value))
		return false;
	for (size_t i = 0; i < set->n; i++) {
		const struct tree_node *schema = set->all[i];
		const struct tree_node *only = sample_keyword(schema, "const");

		if (!(types_of(schema) & types_of_value(value)) ||
		    !is_among(s, sample_keyword(schema, "enum"), value) ||
		    (only && !is_same(s, only, value)) ||
		    is_held_back(s, schema, value))
			return false;
	}
	return true;
}
