/*
 * sample - a value that satisfies a JSON Schema.
 *
 * A value must satisfy all schemas of a set at once: of a member, those of
 * every schema that speaks of it.  $ref and allOf add to the set, anyOf and
 * oneOf add one of theirs, and another one when that leads nowhere.
 */
#include "sample_set.h"

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
		json_bool(&s->json, s->variant % 2 == 0);
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
	size_t n = s->variant;

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
		if (sample_fits(s, set, x) && n-- == 0) {
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
	for (size_t i = 0; i < n && !s->wrong; i++) {
		struct sample_mark mark = sample_mark(s);

		if (sample_type(s, set, order[i], hint) &&
		    !sample_is_refused(s, set, mark.len))
			return true;
		sample_back(s, mark);
	}
	return false;
}

/* --- what leads to other schemas --- */

static bool sample_from(
    struct sampler *, struct sample_set, size_t at, struct str hint);

/*
 * An array in the set: one of its schemas is to be satisfied.  With last, by
 * one of those that come last deep in a value: $ref may lead to the same again.
 */
static bool
sample_one_of(struct sampler *s, const struct sample_set *set, size_t at,
    struct str hint, bool last)
{
	const struct tree_node *x = NULL;

	while ((x = tree_next(set->all[at], x))) {
		struct sample_set one = *set;
		struct sample_mark mark = sample_mark(s);

		/* An array in it is no schema. */
		if (x->kind == SPAN_ARRAY ||
		    last !=
			(s->depth > SAMPLE_DEPTH_WISHED &&
			    sample_keyword(x, "$ref")))
			continue;
		one.all[at] = x;
		if (sample_from(s, one, at, hint))
			return true;
		sample_back(s, mark);
	}
	return false;
}

static bool
sample_choice(
    struct sampler *s, const struct sample_set *set, size_t at, struct str hint)
{
	return sample_one_of(s, set, at, hint, false) ||
	    sample_one_of(s, set, at, hint, true);
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

/* Is there a value with what "if" and "then" say?  Else "else" is added. */
static bool
sample_if(struct sampler *s, struct sample_set *set, size_t at, struct str hint)
{
	struct sample_set one = *set;
	const struct tree_node *schema = set->all[at];
	struct sample_mark mark = sample_mark(s);

	if (s->is_loose || !sample_keyword(schema, "if"))
		return false;
	sample_set_add(&one, sample_keyword(schema, "if"));
	sample_set_add(&one, sample_keyword(schema, "then"));
	if (sample_from(s, one, at + 1, hint))
		return true;
	sample_back(s, mark);
	sample_set_add(set, sample_keyword(schema, "else"));
	return false;
}

/* Take what is true out of the set; false: it is something else. */
static bool
drop_true(struct sample_set *set, size_t at)
{
	if (!str_is(tree_raw(set->all[at]), "true"))
		return false;
	set->all[at] = set->all[--set->n];
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
			if (sample_if(s, &set, at++, hint))
				return true;
		} else if (!drop_true(&set, at)) {
			return false;
		}
	}
	return !set.full && sample_flat(s, &set, hint);
}

bool
sample_any(struct sampler *s, struct sample_set set, struct str hint)
{
	bool found;

	if (s->depth >= SAMPLE_DEPTH_MAX || s->json.out->full || s->wrong ||
	    s->steps > SAMPLE_STEPS_MAX)
		return false;
	s->depth++;
	found = sample_from(s, set, 0, hint);
	s->depth--;
	return found;
}

int
sample_value(
    const struct tree_node *schema, struct buf *out, const char **wrong)
{
	struct sample_set set = { .n = 1, .all = { schema } };
	int got = -1;

	*wrong = NULL;
	for (int loose = 0; got && !*wrong && loose < 2; loose++) {
		struct buf text = { .max = SAMPLE_TEXT_MAX };
		struct sampler s = {
			.root = schema, .json.out = &text, .is_loose = loose
		};

		if (sample_any(&s, set, STR("text")) && !text.full)
			got = buf_add(out, buf_str(&text));
		*wrong = s.wrong;
		buf_done(&text);
	}
	return got;
}
