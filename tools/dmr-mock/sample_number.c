/* sample - numbers within bounds. */
#include <ctype.h>
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
sample_fits_number(const struct sampler *s, const struct sample_set *set,
    enum sample_type type, struct str number)
{
	for (size_t i = 0; i < set->n; i++) {
		const struct tree_node *x = set->all[i];

		if (s->is_loose && type == SAMPLE_NUMBER)
			continue;
		if (!holds(x, "minimum", number, 1, true) ||
		    !holds(x, "maximum", number, -1, true) ||
		    !holds(x, "exclusiveMinimum", number, 1, false) ||
		    !holds(x, "exclusiveMaximum", number, -1, false) ||
		    (!s->is_loose && !is_multiple(x, number)))
			return false;
	}
	return true;
}

/* --- what numbers there are --- */

struct range {
	enum sample_type type;
	double low, high; /* or infinite */
	double step;      /* the largest "multipleOf", or 0 */
};

static void
narrow(struct range *r, const struct tree_node *schema)
{
	static const char *const lows[] = { "minimum", "exclusiveMinimum" };
	static const char *const highs[] = { "maximum", "exclusiveMaximum" };
	const struct tree_node *x = sample_keyword(schema, "multipleOf");

	if (x && x->kind == SPAN_NUMBER)
		r->step = fmax(r->step, value_of(tree_raw(x)));
	for (size_t i = 0; i < countof(lows); i++) {
		x = sample_keyword(schema, lows[i]);
		if (x && x->kind == SPAN_NUMBER)
			r->low = fmax(r->low, value_of(tree_raw(x)));
		x = sample_keyword(schema, highs[i]);
		if (x && x->kind == SPAN_NUMBER)
			r->high = fmin(r->high, value_of(tree_raw(x)));
	}
}

/* Write a number if it fits. */
static bool
try_number(struct sampler *s, const struct sample_set *set,
    const struct range *r, double number)
{
	char text[40];

	if (!(fabs(number) < 1e15) ||
	    (r->type == SAMPLE_INTEGER && number != floor(number)))
		return false;
	snprintf(text, sizeof text, "%.15g", number);
	if (!sample_fits_number(s, set, r->type, str_of(text)))
		return false;
	json_raw(&s->json, str_of(text));
	return true;
}

static bool
is_digits(struct str number)
{
	for (size_t i = number.data[0] == '-'; i < number.len; i++)
		if (!isdigit((unsigned char)number.data[i]))
			return false;
	return true;
}

/* A bound itself, with all its digits; an integer without an exponent. */
static bool
try_bound(struct sampler *s, const struct sample_set *set,
    const struct range *r, const struct tree_node *bound)
{
	struct str number = tree_raw(bound);
	char plain[64];

	if (r->type == SAMPLE_INTEGER) {
		if (!tree_is_integer(bound))
			return false;
		if (!is_digits(number)) {
			snprintf(plain, sizeof plain, "%.0f", value_of(number));
			number = str_of(plain);
		}
	}
	if (!sample_fits_number(s, set, r->type, number))
		return false;
	json_raw(&s->json, number);
	return true;
}

static bool
try_bounds(
    struct sampler *s, const struct sample_set *set, const struct range *r)
{
	static const char *const bounds[] = { "minimum", "maximum" };

	for (size_t i = 0; i < set->n; i++)
		for (size_t k = 0; k < countof(bounds); k++) {
			const struct tree_node *x = sample_keyword(
			    set->all[i], bounds[k]);

			if (x && x->kind == SPAN_NUMBER &&
			    try_bound(s, set, r, x))
				return true;
		}
	return false;
}

/* Whole numbers, or multiples, from the nearer bound on. */
static bool
try_steps(
    struct sampler *s, const struct sample_set *set, const struct range *r)
{
	enum { TRIES = 128 };
	double step = r->step > 0 ? r->step : 1;
	double from = isfinite(r->low) ? ceil(r->low / step) : 0;
	int sign = 1;

	if (!isfinite(r->low) && isfinite(r->high)) {
		from = floor(r->high / step);
		sign = -1;
	}
	for (size_t i = s->variant; i < s->variant + TRIES; i++)
		if (try_number(s, set, r, (from + sign * (double)i) * step))
			return true;
	return false;
}

bool
sample_number(
    struct sampler *s, const struct sample_set *set, enum sample_type type)
{
	struct range r = { type, -INFINITY, INFINITY, 0 };
	double nth = 1 + (double)s->variant;

	for (size_t i = 0; i < set->n; i++)
		narrow(&r, set->all[i]);
	if (try_number(s, set, &r, nth) ||
	    (nth == 1 && try_number(s, set, &r, 0)) ||
	    (nth == 1 && try_bounds(s, set, &r)) || try_steps(s, set, &r))
		return true;
	return type == SAMPLE_NUMBER &&
	    try_number(s, set, &r, r.low + (r.high - r.low) / (nth + 1));
}
