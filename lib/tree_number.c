/* tree - JSON numbers by their exact value, however many digits they have. */
#include "tree.h"

enum { DECIMAL = 10 };
static const int64_t exponent_max = 1000000000000; /* far above any length */

/*
 * A number as 0.DIGITS * 10^magnitude.  The digits begin and end with one that
 * is not 0, and may have the point among them; zero has none, and no sign.
 */
struct number {
	bool negative;
	struct str digits;
	size_t ndigits;
	int64_t magnitude;
};

/* What stands behind the e, cut off at exponent_max. */
static int64_t
read_exponent(struct str text)
{
	bool negative = str_starts(text, "-");
	int64_t n = 0;

	if (negative || str_starts(text, "+"))
		text = str_skip(text, 1);
	for (size_t i = 0; i < text.len && n < exponent_max; i++)
		n = n * DECIMAL + (text.data[i] - '0');
	if (n > exponent_max)
		n = exponent_max;
	return negative ? -n : n;
}

/* Cut what is no digit above 0 off both ends of text. */
static struct str
significant(struct str text)
{
	while (text.len && strchr("-0.", text.data[0]))
		text = str_skip(text, 1);
	while (text.len && strchr("0.", text.data[text.len - 1]))
		text.len--;
	return text;
}

/* raw is a JSON number: RFC 8259, section 6. */
static struct number
read_number(struct str raw)
{
	struct number n = { 0 };
	struct str mantissa = raw;
	size_t point, from;

	mantissa.len = 0;
	while (mantissa.len < raw.len && !strchr("eE", raw.data[mantissa.len]))
		mantissa.len++;
	n.digits = significant(mantissa);
	if (!n.digits.len)
		return n;
	n.negative = str_starts(raw, "-");
	n.ndigits = n.digits.len -
	    (str_find(n.digits, STR(".")) < n.digits.len);
	point = str_find(mantissa, STR("."));
	from = (size_t)(n.digits.data - mantissa.data);
	n.magnitude = read_exponent(str_skip(raw, mantissa.len + 1)) +
	    (int64_t)point - (int64_t)from + (from > point);
	return n;
}

/* The next digit; 0 behind the last one. */
static int
next_digit(struct str *digits)
{
	int digit;

	if (str_starts(*digits, "."))
		*digits = str_skip(*digits, 1);
	if (!digits->len)
		return 0;
	digit = digits->data[0] - '0';
	*digits = str_skip(*digits, 1);
	return digit;
}

/* Without the signs. */
static int
compare_sizes(struct number a, struct number b)
{
	if (!a.ndigits || !b.ndigits)
		return (a.ndigits > 0) - (b.ndigits > 0);
	if (a.magnitude != b.magnitude)
		return a.magnitude < b.magnitude ? -1 : 1;
	while (a.digits.len || b.digits.len) {
		int order = next_digit(&a.digits) - next_digit(&b.digits);

		if (order)
			return order;
	}
	return 0;
}

int
tree_compare_numbers(struct str a, struct str b)
{
	struct number x = read_number(a), y = read_number(b);

	if (x.negative != y.negative)
		return x.negative ? -1 : 1;
	return x.negative ? compare_sizes(y, x) : compare_sizes(x, y);
}

bool
tree_is_integer(const struct tree_node *node)
{
	struct number n;

	if (node->kind != SPAN_NUMBER)
		return false;
	n = read_number(tree_raw(node));
	return !n.ndigits || (int64_t)n.ndigits <= n.magnitude;
}

size_t
tree_count(const struct tree_node *number)
{
	struct number n = read_number(tree_raw(number));
	size_t count = 0;

	for (; n.magnitude > 0; n.magnitude--) {
		size_t digit = (size_t)next_digit(&n.digits);

		if (count > (SIZE_MAX - digit) / DECIMAL)
			return SIZE_MAX;
		count = count * DECIMAL + digit;
	}
	return count;
}
