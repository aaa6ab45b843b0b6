/*
 * sample - a value that satisfies a JSON Schema.
 *
 * A value must satisfy all schemas of a set at once: of a member, those of
 * every schema that speaks of it.  $ref and allOf add to the set, anyOf and
 * oneOf add one of theirs, and another one when that leads nowhere.
 */
#include "sample_set.h"

#include "mem.h"

static bool sample(struct sampler *, struct sample_set, struct str hint);

/* --- arrays and objects --- */

static struct sample_set
items_of(const struct sample_set *set, size_t index)
{
	struct sample_set items = { 0 };

	for (size_t i = 0; i < set->n; i++) {
		const struct tree_node *first = sample_keyword(
		    set->all[i], "prefixItems");
		const struct tree_node *item = NULL;

		if (first && first->kind == SPAN_ARRAY && index < first->count)
			for (size_t k = 0; k <= index; k++)
				item = tree_next(first, item);
		else
			item = sample_keyword(set->all[i], "items");
		sample_set_add(&items, item);
	}
	return items;
}

static size_t
count_first(const struct sample_set *set)
{
	size_t n = 0;

	for (size_t i = 0; i < set->n; i++) {
		const struct tree_node *first = sample_keyword(
		    set->all[i], "prefixItems");

		if (first && first->kind == SPAN_ARRAY && first->count > n)
			n = first->count;
	}
	return n;
}

static bool
sample_items(
    struct sampler *s, const struct sample_set *set, size_t n, struct str hint)
{
	json_open(&s->json, '[');
	for (size_t i = 0; i < n; i++)
		if (!sample(s, items_of(set, i), hint))
			return false;
	json_close(&s->json, ']');
	return true;
}

/* One element, or as many as there must be; none if that is not possible. */
static bool
sample_array(struct sampler *s, const struct sample_set *set, struct str hint)
{
	size_t least = sample_least(set, "minItems");
	size_t most = sample_most(set, "maxItems");
	size_t n = count_first(set);
	struct sample_mark mark = sample_mark(s);

	n = n > least ? n : least;
	n = n ? n : s->depth < SAMPLE_DEPTH_WISHED;
	n = n < most ? n : most;
	if (least > most || n > SAMPLE_ITEMS_MAX)
		return false;
	if (sample_items(s, set, n, hint))
		return true;
	sample_back(s, mark);
	return n && !least && sample_items(s, set, 0, hint);
}

/* What all schemas of the set say of a member. */
static struct sample_set
member_of(const struct sample_set *set, struct str name)
{
	struct sample_set member = { 0 };

	for (size_t i = 0; i < set->n; i++) {
		const struct tree_node *in = sample_keyword(
		    set->all[i], "properties");
		const struct tree_node *found = in ? tree_find(in, name) : NULL;

		sample_set_add(&member,
		    found
			? found
			: sample_keyword(set->all[i], "additionalProperties"));
	}
	return member;
}

static bool
is_required(struct sampler *s, const struct sample_set *set, struct str name)
{
	for (size_t i = 0; i < set->n; i++) {
		const struct tree_node *in = sample_keyword(
		    set->all[i], "required");
		const struct tree_node *x = NULL;

		while (in && in->kind == SPAN_ARRAY && (x = tree_next(in, x))) {
			s->steps++;
			if (x->kind == SPAN_STRING &&
			    str_equal(tree_text(x), name))
				return true;
		}
	}
	return false;
}

/* The members that an object has so far. */
struct members {
	struct str *names;
	size_t n, capacity;
};

static bool
has_member(struct sampler *s, const struct members *m, struct str name)
{
	for (size_t i = 0; i < m->n; i++) {
		s->steps++;
		if (str_equal(m->names[i], name))
			return true;
	}
	return false;
}

/* False: it must be there, and nothing was found. */
static bool
sample_member(struct sampler *s, const struct sample_set *set,
    struct members *members, struct str name)
{
	bool required = is_required(s, set, name);
	struct sample_mark mark = sample_mark(s);

	if (s->steps > SAMPLE_STEPS_MAX)
		return false;
	if ((!required && s->depth > SAMPLE_DEPTH_WISHED) ||
	    has_member(s, members, name))
		return true;
	members->names = mem_grow(members->names, &members->capacity,
	    members->n + 1, sizeof *members->names);
	members->names[members->n++] = name;
	json_string(&s->json, name);
	buf_add_char(s->json.out, ':');
	s->json.comma = false;
	if (sample(s, member_of(set, name), name))
		return true;
	sample_back(s, mark);
	return !required;
}

/* The members that a keyword of the schemas names. */
static bool
sample_named(struct sampler *s, const struct sample_set *set,
    const char *keyword, struct members *members)
{
	for (size_t i = 0; i < set->n; i++) {
		const struct tree_node *in = sample_keyword(
		    set->all[i], keyword);
		const struct tree_node *x = NULL;

		while (in && in->count && (x = tree_next(in, x)))
			if (x->kind == SPAN_STRING &&
			    !sample_member(s, set, members, tree_text(x)))
				return false;
	}
	return true;
}

static bool
sample_object(struct sampler *s, const struct sample_set *set)
{
	struct members members = { 0 };
	bool found;

	json_open(&s->json, '{');
	found = sample_named(s, set, "properties", &members) &&
	    sample_named(s, set, "required", &members);
	json_close(&s->json, '}');
	free(members.names);
	return found;
}

/* --- one type, or one of the values that are named --- */

static bool
sample_type(struct sampler *s, const struct sample_set *set,
    enum sample_type type, struct str hint)
{
	switch (type) {
	case SAMPLE_OBJECT:
		return sample_object(s, set);
	case SAMPLE_ARRAY:
		return sample_array(s, set, hint);
	case SAMPLE_STRING:
		return sample_string(s, set, hint);
	case SAMPLE_INTEGER:
	case SAMPLE_NUMBER:
		return sample_number(s, set, type);
	case SAMPLE_BOOLEAN:
		json_bool(&s->json, true);
		return true;
	case SAMPLE_NULL:
		json_raw(&s->json, STR("null"));
		return true;
	case SAMPLE_TYPES:
		break;
	}
	return false;
}

/* 1: the set names values, and one of them was taken; -1: none of them. */
static int
sample_named_value(struct sampler *s, const struct sample_set *set)
{
	const struct tree_node *allowed = NULL, *x = NULL, *only = NULL;

	for (size_t i = 0; i < set->n; i++) {
		if (!only)
			only = sample_keyword(set->all[i], "const");
		if (!allowed)
			allowed = sample_keyword(set->all[i], "enum");
	}
	if (!only && (!allowed || allowed->kind != SPAN_ARRAY))
		return 0;
	if (only && sample_fits(s, set, only)) {
		json_raw(&s->json, tree_raw(only));
		return 1;
	}
	while (!only && (x = tree_next(allowed, x)))
		if (sample_fits(s, set, x)) {
			json_raw(&s->json, tree_raw(x));
			return 1;
		}
	return -1;
}

/* All $ref, allOf and anyOf have been followed. */
static bool
sample_flat(struct sampler *s, const struct sample_set *set, struct str hint)
{
	enum sample_type order[SAMPLE_TYPES];
	size_t n = sample_types(set, order);
	int named = sample_named_value(s, set);

	if (named)
		return named > 0;
	for (size_t i = 0; i < n; i++) {
		struct sample_mark mark = sample_mark(s);

		if (sample_type(s, set, order[i], hint))
			return true;
		sample_back(s, mark);
	}
	return false;
}

/* --- what leads to other schemas --- */

static bool sample_from(
    struct sampler *, struct sample_set, size_t at, struct str hint);

/* An array in the set: one of its schemas is to be satisfied. */
static bool
sample_choice(
    struct sampler *s, const struct sample_set *set, size_t at, struct str hint)
{
	const struct tree_node *x = NULL;

	while ((x = tree_next(set->all[at], x))) {
		struct sample_set one = *set;
		struct sample_mark mark = sample_mark(s);

		one.all[at] = x;
		if (sample_from(s, one, at, hint))
			return true;
		sample_back(s, mark);
	}
	return false;
}

/* Add what an object leads to; false: a $ref leads nowhere. */
static bool
add_linked(const struct sampler *s, struct sample_set *set,
    const struct tree_node *schema)
{
	const struct tree_node *ref = sample_keyword(schema, "$ref");
	const struct tree_node *all = sample_keyword(schema, "allOf");
	const struct tree_node *x = NULL;

	if (ref && ref->kind == SPAN_STRING)
		x = tree_point(s->root, tree_text(ref));
	if (ref && !x)
		return false;
	sample_set_add(set, x);
	x = NULL;
	while (!set->full && all && all->kind == SPAN_ARRAY &&
	    (x = tree_next(all, x)))
		sample_set_add(set, x);
	sample_set_add(set, sample_keyword(schema, "anyOf"));
	sample_set_add(set, sample_keyword(schema, "oneOf"));
	return true;
}

/* Follow what stands at `at` in the set, and behind it. */
static bool
sample_from(
    struct sampler *s, struct sample_set set, size_t at, struct str hint)
{
	while (at < set.n) {
		const struct tree_node *schema = set.all[at];

		if (++s->steps > SAMPLE_STEPS_MAX)
			return false;
		if (schema->kind == SPAN_ARRAY)
			return sample_choice(s, &set, at, hint);
		if (schema->kind == SPAN_OBJECT) {
			if (!add_linked(s, &set, schema))
				return false;
			at++;
		} else if (str_is(tree_raw(schema), "true")) {
			set.all[at] = set.all[--set.n];
		} else {
			return false;
		}
	}
	return !set.full && sample_flat(s, &set, hint);
}

static bool
sample(struct sampler *s, struct sample_set set, struct str hint)
{
	bool found;

	if (s->depth >= SAMPLE_DEPTH_MAX || s->json.out->full ||
	    s->steps > SAMPLE_STEPS_MAX)
		return false;
	s->depth++;
	found = sample_from(s, set, 0, hint);
	s->depth--;
	return found;
}

int
sample_value(const struct tree_node *schema, struct buf *out)
{
	struct buf text = { .max = SAMPLE_TEXT_MAX };
	struct sampler s = { .root = schema, .json.out = &text };
	struct sample_set set = { .n = 1, .all = { schema } };
	int got = sample(&s, set, STR("text")) && !text.full ? 0 : -1;

	if (got == 0)
		got = buf_add(out, buf_str(&text));
	buf_done(&text);
	return got;
}
