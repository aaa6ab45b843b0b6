/* vector - read, scale, compare. */
#include "vector.h"

#include <math.h>

#include "base64.h"
#include "float32.h"
#include "span.h"

/*
 * What a string says.  Nothing in base64 needs an escape, but a slash may have
 * one: only then room gets a copy.
 */
static struct str
text_of(struct str value, struct buf *room)
{
	struct str text = { value.data + 1, value.len - 2 };

	if (!memchr(text.data, '\\', text.len))
		return text;
	span_text(value, NULL, room);
	return buf_str(room);
}

static size_t
count_elements(struct str array)
{
	struct str element;
	size_t at = 0, n = 0;

	while (span_next(array, &at, &element) == 1)
		n++;
	return n;
}

size_t
vector_count(struct str value)
{
	struct buf room = { 0 };
	size_t n = 0;

	if (span_kind(value) == SPAN_ARRAY)
		return count_elements(value);
	if (span_kind(value) == SPAN_STRING) {
		n = base64_size(text_of(value, &room));
		n = n % sizeof(float) ? 0 : n / sizeof(float);
	}
	buf_done(&room);
	return n;
}

static int
read_elements(struct str array, float *vector, size_t n)
{
	struct str element;
	size_t at = 0, i = 0;

	while (i < n && span_next(array, &at, &element) == 1) {
		if (span_kind(element) != SPAN_NUMBER)
			return -1;
		vector[i++] = float32_read(element);
	}
	return i == n ? 0 : -1;
}

int
vector_read(struct str value, float *vector, size_t n)
{
	struct buf room = { 0 };
	int got;

	if (span_kind(value) == SPAN_ARRAY) {
		got = read_elements(value, vector, n);
	} else {
		struct str text = text_of(value, &room);

		got = base64_size(text) == n * sizeof *vector
		    ? base64_read(text, (unsigned char *)vector)
		    : -1;
		float32_from_bytes(vector, got ? 0 : n);
	}
	buf_done(&room);
	return got || !float32_are_finite(vector, n) ? -1 : 0;
}

/* In doubles: no square of a float is too large or too small for one. */
static double
length_of(const float *vector, size_t n)
{
	double sums[8] = { 0 }, sum = 0;
	size_t i = 0;

	for (; i + 8 <= n; i += 8)
		for (size_t j = 0; j < 8; j++)
			sums[j] += (double)vector[i + j] *
			    (double)vector[i + j];
	for (; i < n; i++)
		sum += (double)vector[i] * (double)vector[i];
	for (size_t j = 0; j < 8; j++)
		sum += sums[j];
	return sqrt(sum);
}

bool
vector_unit(float *vector, size_t n)
{
	double length = length_of(vector, n);

	if (length == 0)
		return false;
	if (fabs(length - 1) > 1e-6)
		for (size_t i = 0; i < n; i++)
			vector[i] = (float)((double)vector[i] / length);
	return true;
}

/* Sums that do not wait for each other; compilers put them side by side. */
float
vector_dot(const float *a, const float *b, size_t n)
{
	enum { SUMS = 32 };
	float sums[SUMS] = { 0 }, sum = 0;
	size_t i = 0;

	for (; i + SUMS <= n; i += SUMS)
		for (size_t j = 0; j < SUMS; j++)
			sums[j] += a[i + j] * b[i + j];
	for (; i < n; i++)
		sum += a[i] * b[i];
	for (size_t j = 0; j < SUMS; j++)
		sum += sums[j];
	return sum;
}
