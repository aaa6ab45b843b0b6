/* opt_value - the text of a value becomes the value. */
#include "opt_value.h"

#include "mem.h"
#include "span.h"

enum { NUMBER_MAX = 30 }; /* characters */

/* What its name begins with in messages. */
static const char *
dashes(const struct opt *row)
{
	return row->flags & OPT_NOT_ARGV ? "" : "--";
}

static int
fail(const struct opt *row, const char *value, const char *want, struct err *e)
{
	return err_set(e, ST_USAGE, "%s%s: '%s' is not %s", dashes(row),
	    row->name, value, want);
}

static int
fail_empty(const struct opt *row, struct err *e)
{
	return err_set(e, ST_USAGE, "--%s needs %s, not an empty text",
	    row->name, row->arg);
}

static int
fail_range(
    const struct opt *row, const char *value, const char *what, struct err *e)
{
	return err_set(e, ST_USAGE, "%s%s: '%s' is not %s from %.15g to %.15g",
	    dashes(row), row->name, value, what, row->min, row->max);
}

/*
 * A decimal number as people write it: digits, at most one point, a sign.
 * No exponent, hexadecimal, "nan" or blanks, and no locale's comma.
 */
static bool
read_number(struct str text, double *number)
{
	double scale = 1, sum = 0;
	bool negative = str_starts(text, "-");
	bool point = false, digits = false;

	if (text.len > NUMBER_MAX)
		return false;
	text = str_skip(text, negative);
	for (size_t i = 0; i < text.len; i++) {
		char c = text.data[i];

		if (c == '.' && !point) {
			point = true;
			continue;
		}
		if (c < '0' || c > '9')
			return false;
		digits = true;
		sum = sum * 10 + (c - '0');
		scale *= point ? 10 : 1;
	}
	*number = (negative ? -sum : sum) / scale;
	return digits;
}

static int
store_integer(const struct opt *row, const char *value, struct err *e)
{
	int64_t n;

	if (span_integer(str_of(value), &n) || (double)n < row->min ||
	    (double)n > row->max)
		return fail_range(row, value, "a whole number", e);
	*row->to.integer = n;
	return 0;
}

static int
store_real(const struct opt *row, const char *value, struct err *e)
{
	double x;

	if (!read_number(str_of(value), &x) || x < row->min || x > row->max)
		return fail_range(row, value, "a number", e);
	*row->to.real = x;
	return 0;
}

static int
store_time(const struct opt *row, const char *value, struct err *e)
{
	static const struct {
		const char *suffix;
		double ms;
	} units[] = { { "ms", 1 }, { "s", 1e3 }, { "m", 60e3 }, { "h", 3600e3 },
		{ "", 1e3 } };
	const double most_ms = 1000 * 3600e3;
	struct str text = str_of(value);
	double x, ms = 0;

	for (size_t i = 0; ms == 0 && i < countof(units); i++) {
		if (!str_ends(text, units[i].suffix))
			continue;
		ms = units[i].ms;
		text.len -= strlen(units[i].suffix);
	}
	if (!read_number(text, &x) || x < 0 || x * ms > most_ms)
		return fail(row, value,
		    "a time such as 30, 1.5s, 250ms, 10m or 1h, at most 1000h; "
		    "0 is none",
		    e);
	*row->to.integer = (int64_t)(x * ms + 0.5);
	if (x > 0 && *row->to.integer == 0)
		*row->to.integer = 1;
	return 0;
}

static int
store_flag(const struct opt *row, const char *value, struct err *e)
{
	static const char *const on[] = { "yes", "1", "true", "on" };
	static const char *const off[] = { "no", "0", "false", "off" };

	for (size_t i = 0; i < countof(on); i++) {
		if (!strcmp(value, on[i]) || !strcmp(value, off[i])) {
			*row->to.flag = !strcmp(value, on[i]);
			return 0;
		}
	}
	return fail(row, value, "yes or no", e);
}

void
opt_list_add(struct opt_list *list, const char *value)
{
	list->items = mem_grow(
	    list->items, &list->capacity, list->n + 1, sizeof *list->items);
	list->items[list->n++] = value;
}

int
opt_value_store(const struct opt *row, const char *value, struct err *e)
{
	switch (row->kind) {
	case OPT_FLAG:
		return store_flag(row, value, e);
	case OPT_COUNT:
		++*row->to.count;
		return 0;
	case OPT_INT:
		return store_integer(row, value, e);
	case OPT_REAL:
		return store_real(row, value, e);
	case OPT_TIME:
		return store_time(row, value, e);
	case OPT_TEXT:
		if (!*value)
			return fail_empty(row, e);
		*row->to.text = value;
		return 0;
	case OPT_LIST:
		if (!*value)
			return fail_empty(row, e);
		opt_list_add(row->to.list, value);
		return 0;
	case OPT_END:
		break;
	}
	return 0;
}

int
opt_value_check(const struct opt *row, const char *value, struct err *e)
{
	struct opt copy = *row;
	struct opt_list list = { 0 };
	int64_t integer;
	const char *text;
	double real;
	bool flag;
	int count = 0, got;

	switch (row->kind) {
	case OPT_FLAG:
		copy.to.flag = &flag;
		break;
	case OPT_COUNT:
		copy.to.count = &count;
		break;
	case OPT_INT:
	case OPT_TIME:
		copy.to.integer = &integer;
		break;
	case OPT_REAL:
		copy.to.real = &real;
		break;
	case OPT_TEXT:
		copy.to.text = &text;
		break;
	case OPT_LIST:
	case OPT_END:
		copy.to.list = &list;
	}
	got = opt_value_store(&copy, value, e);
	free(list.items);
	return got;
}

int
opt_value_word(const char *name, const char *value, const char *const *words,
    size_t n, size_t *which, struct err *e)
{
	if (!value)
		return 0;
	for (size_t i = 0; i < n; i++)
		if (!strcmp(value, words[i])) {
			*which = i;
			return 0;
		}
	err_set(e, ST_USAGE, "--%s: '%s' is not %s", name, value, words[0]);
	for (size_t i = 1; i < n; i++)
		err_add(e, "%s%s", i + 1 < n ? ", " : " or ", words[i]);
	return -1;
}
