/* schema - $ref: what it points at, and that following it comes to an end. */
#include "schema_say.h"

#include "mem.h"

enum { INDEX_DIGITS_MAX = 3 };

/* The value of a hexadecimal digit; -1 if it is none. */
static int
hex_value(char c)
{
	static const char digits[] = "0123456789abcdef0123456789ABCDEF";
	const char *at = memchr(digits, c, sizeof digits - 1);

	return at ? (int)((at - digits) % 16) : -1;
}

/* Resolve %HH (RFC 3986, 2.1); what is no such triple stays as it is. */
static void
decode_percent(struct buf *text)
{
	size_t out = 0;

	for (size_t i = 0; i < text->len; i++, out++) {
		int high = -1, low = -1;

		text->data[out] = text->data[i];
		if (text->data[i] != '%' || i + 2 >= text->len)
			continue;
		high = hex_value(text->data[i + 1]);
		low = hex_value(text->data[i + 2]);
		if (high < 0 || low < 0)
			continue;
		text->data[out] = (char)(high << 4 | low);
		i += 2;
	}
	text->len = out;
}
/* Resolve ~1 and ~0 (RFC 6901, 4) where the token stands. */
static struct str
decode_token(char *text, size_t len)
{
	size_t out = 0;

	for (size_t i = 0; i < len; i++, out++) {
		bool slash = text[i] == '~' && i + 1 < len &&
		    text[i + 1] == '1';
		bool tilde = text[i] == '~' && i + 1 < len &&
		    text[i + 1] == '0';

		text[out] = slash ? '/' : text[i];
		i += slash || tilde;
	}
	return (struct str){ text, out };
}

/* An element by its index: at most three digits, since they are counted. */
static const struct tree_node *
find_element(const struct tree_node *array, struct str token)
{
	const struct tree_node *x = NULL;
	int64_t index;

	if (token.len > INDEX_DIGITS_MAX || span_integer(token, &index) ||
	    index < 0 || index >= array->count)
		return NULL;
	while (index-- >= 0)
		x = tree_next(array, x);
	return x;
}

/* What a JSON Pointer (RFC 6901), whose text is changed, points at. */
static const struct tree_node *
find_pointer(const struct tree_node *at, char *text, size_t len)
{
	while (at && len) {
		char *token = text + 1;
		char *end = memchr(token, '/', len - 1);
		size_t n = end ? (size_t)(end - token) : len - 1;

		if (*text != '/')
			return NULL;
		if (at->kind == SPAN_ARRAY)
			at = find_element(at, (struct str){ token, n });
		else
			at = tree_find(at, decode_token(token, n));
		text += n + 1;
		len -= n + 1;
	}
	return at;
}

static int
find_target(const struct schema *s, struct schema_rule *r, struct err *e)
{
	const struct tree_node *ref = r->value[SCHEMA_REF];
	struct buf text = { 0 };

	buf_add(&text, tree_text(ref));
	decode_percent(&text);
	if (str_starts(buf_str(&text), "#"))
		r->target = find_pointer(
		    s->tree.nodes, text.data + 1, text.len - 1);
	buf_done(&text);
	if (r->target && schema_rule(s, r->target))
		return 0;
	return schema_refuse(s, ref,
	    "there is no such schema in this text; try: \"#/$defs/NAME\"", e);
}

static int count_steps(
    const struct schema *, struct schema_rule *, int depth, struct err *);

/* One step from a rule to another one, at `depth` from where it began. */
static int
add_step(const struct schema *s, struct schema_rule *r,
    const struct tree_node *node, int depth, struct err *e)
{
	struct schema_rule *next = schema_rule(s, node);

	if (count_steps(s, next, depth, e))
		return -1;
	if (r->steps < next->steps + 1)
		r->steps = next->steps + 1;
	if (depth > SCHEMA_STEPS_MAX || r->steps > SCHEMA_STEPS_MAX)
		return schema_refuse(
		    s, node, "too many $ref and anyOf, one inside another", e);
	if (!r->types)
		r->wanted |= next->wanted;
	return 0;
}

/*
 * How often a rule, and what it leads to, can ask for another one for the same
 * value: that bounds the checker's stack, and must not go on for ever.
 */
static int
count_steps(
    const struct schema *s, struct schema_rule *r, int depth, struct err *e)
{
	const struct tree_node *any = r->value[SCHEMA_ANY_OF], *x = NULL;

	if (r->is_open)
		return schema_refuse(s, r->at, "its $ref leads back to it", e);
	if (r->is_counted || depth > SCHEMA_STEPS_MAX)
		return 0;
	r->is_open = true;
	r->wanted = r->types;
	if (r->target && add_step(s, r, r->target, depth + 1, e))
		return -1;
	while (any && (x = tree_next(any, x)))
		if (add_step(s, r, x, depth + 1, e))
			return -1;
	r->is_open = false;
	r->is_counted = true;
	return 0;
}

int
schema_follow(struct schema *s, struct err *e)
{
	for (size_t i = 0; i < s->nrules; i++)
		if (s->rules[i].value[SCHEMA_REF] &&
		    find_target(s, &s->rules[i], e))
			return -1;
	for (size_t i = 0; i < s->nrules; i++)
		if (count_steps(s, &s->rules[i], 0, e))
			return -1;
	return 0;
}
