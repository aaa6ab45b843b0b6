/* sample - numbers within bounds. */
#include <math.h>

#include "sample_set.h"

/* Is the number on the right side of a bound?  Without one it is. */
static bool
holds(const struct tree_node *schema, const char *name, struct str number,
    int side, bool or_equal)
{
	const struct tree_node *bound = sample_keyword(schema, name);
	int order;

	if (!bound || bound->kind != SPAN_NUMBER)
		return true;
	order = tree_compare_numbers(number, tree_raw(bound));
	return order * side > 0 || (or_equal && order == 0);
}

static double
value_of(struct str number)
{
	char text[64];

	snprintf(text, sizeof text, "%.*s", STR_ARGS(number));
	return strtod(text, NULL);
}

static bool
is_multiple(const struct tree_node *schema, struct str number)
{
	const struct tree_node *step = sample_keyword(schema, "multipleOf");
	double quotient;

	if (!step || step->kind != SPAN_NUMBER)
		return true;
	quotient = value_of(number) / value_of(tree_raw(step));
	return fabs(quotient - round(quotient)) < 1e-9;
}

bool
sample_fits_number(const struct sample_set *set, struct str number)
{
	for (size_t i = 0; i < set->n; i++) {
		const struct tree_node *x = set->all[i];

		if (!holds(x, "minimum", number, 1, true) ||
		    !holds(x, "maximum", number, -1, true) ||
		    !holds(x, "exclusiveMinimum", number, 1, false) ||
		    !holds(x, "exclusiveMaximum", number, -1, false) ||
		    !is_multiple(x, number))
			return false;
	}
	return true;
}

/* Write a number if it fits. */
static bool
try_number(struct sampler *s, const struct sample_set *set, double number)
{
	char text[40];

	if (!(fabs(number) < 1e15))
		return false;
	snprintf(text, sizeof text, "%.15g", number);
	if (!sample_fits_number(set, str_of(text)))
		return false;
	json_raw(&s->json, str_of(text));
	return true;
}

/* A bound itself, with all its digits, or what stands beside it. */
static bool
try_beside(struct sampler *s, const struct sample_set *set,
    const struct tree_node *bound, enum sample_type type)
{
	static const double steps[] = { 1, -1, 0.5, -0.5, 0.001, -0.001 };
	struct str raw = tree_raw(bound);
	double at = value_of(raw);

	if ((type == SAMPLE_NUMBER || tree_is_integer(bound)) &&
	    sample_fits_number(set, raw)) {
		json_raw(&s->json, raw);
		return true;
	}
	if (type == SAMPLE_INTEGER)
		return try_number(s, set, ceil(at)) ||
		    try_number(s, set, floor(at)) ||
		    try_number(s, set, floor(at) + 1) ||
		    try_number(s, set, ceil(at) - 1);
	for (size_t i = 0; i < countof(steps); i++)
		if (try_number(s, set, at + steps[i]))
			return true;
	return false;
}

bool
sample_number(
    struct sampler *s, const struct sample_set *set, enum sample_type type)
{
	static const char *const bounds[] = { "minimum", "exclusiveMinimum",
		"maximum", "exclusiveMaximum", "multipleOf" };

	if (try_number(s, set, 1) || try_number(s, set, 0))
		return true;
	for (size_t i = 0; i < set->n; i++)
		for (size_t k = 0; k < countof(bounds); k++) {
			const struct tree_node *bound = sample_keyword(
			    set->all[i], bounds[k]);

			if (bound && bound->kind == SPAN_NUMBER &&
			    try_beside(s, set, bound, type))
				return true;
		}
	return false;
}
