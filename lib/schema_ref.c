/* schema - $ref: what it points at, and that following it comes to an end. */
#include "schema_say.h"

static int
find_target(const struct schema *s, struct schema_rule *r, struct err *e)
{
	const struct tree_node *ref = r->value[SCHEMA_REF];

	r->target = tree_point(s->tree.nodes, tree_text(ref));
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
