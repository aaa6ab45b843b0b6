/* float32_test - no text is shorter, and each reads back as it was. */
#include "float32.h"

#include <math.h>

#include "tap.h"

static float
of_bits(uint32_t bits)
{
	float number;

	memcpy(&number, &bits, sizeof number);
	return number;
}

static uint32_t
to_bits(float number)
{
	uint32_t bits;

	memcpy(&bits, &number, sizeof bits);
	return bits;
}

/* Digits of a text up to its exponent, without zeros at either end. */
static int
count_digits(const char *text)
{
	int n = 0, zeros = 0;

	for (; *text && *text != 'e'; text++) {
		if (*text < '0' || *text > '9')
			continue;
		zeros = *text == '0' ? zeros + 1 : 0;
		n += n || *text != '0';
	}
	return n - (zeros < n ? zeros : n);
}

/* Fewest digits that "%.*e" needs to read back. */
static int
fewest_digits(float number)
{
	char text[40];

	for (int n = 1; n < 9; n++) {
		snprintf(text, sizeof text, "%.*e", n - 1, (double)number);
		if (strtof(text, NULL) == number)
			return n;
	}
	return 9;
}

static bool
is_right(uint32_t bits, bool counts)
{
	char text[FLOAT32_TEXT_MAX + 1];
	float number = of_bits(bits);
	size_t n = float32_write(text, number);

	if (n > FLOAT32_TEXT_MAX)
		return false;
	text[n] = 0;
	return to_bits(strtof(text, NULL)) == bits &&
	    (!counts || count_digits(text) <= fewest_digits(number));
}

/* Every exponent: the ends of its numbers, and some between. */
static void
test_exponents(void)
{
	for (uint32_t exponent = 0; exponent < 255; exponent++)
		for (uint32_t i = 0; i < 200; i++) {
			uint32_t fraction = i < 50 ? i
			    : i < 100              ? 0x7fffff - (i - 50)
						   : i * 2654435761 & 0x7fffff;
			uint32_t bits = exponent << 23 | fraction;

			if (bits)
				tap_case(is_right(bits, true), "%08x", bits);
		}
	tap_all("E15: no text is shorter, whatever the exponent");
}

/* xorshift32 (Marsaglia 2003) */
static void
test_many(void)
{
	uint32_t bits = 2463534242;

	for (int i = 0; i < 3000000; i++) {
		bits ^= bits << 13;
		bits ^= bits >> 17;
		bits ^= bits << 5;
		if ((bits >> 23 & 255) != 255)
			tap_case(is_right(bits, i % 16 == 0), "%08x", bits);
	}
	tap_all("E15: three million numbers read back as they were");
}

/* Parts of vectors: those of each 97th float from 2^-14 to 1. */
static void
test_small(void)
{
	for (uint32_t bits = to_bits(0x1p-14F); bits < to_bits(1); bits += 97)
		tap_case(is_right(bits, false), "%08x", bits);
	tap_all("E15: and those that vectors are made of");
}

static void
test_shapes(void)
{
	static const struct {
		float number;
		const char *text;
	} rows[] = { { 0, "0" }, { -0.0F, "-0" }, { 1, "1" }, { -1, "-1" },
		{ 10, "10" }, { 100, "100" }, { 1000, "1e3" }, { 120, "120" },
		{ 1200, "1200" }, { 12345, "12345" }, { 0.5F, "0.5" },
		{ 0.01F, "0.01" }, { 0.001F, "1e-3" }, { 0.0012F, "0.0012" },
		{ 0.00012F, "1.2e-4" }, { 16777216, "16777216" },
		{ 3.4028235e38F, "3.4028235e38" }, { 1e-45F, "1e-45" },
		{ 1.17549435e-38F, "1.1754944e-38" },
		{ -0.012397039F, "-0.012397039" }, { 123.456F, "123.456" },
		{ 9.5e9F, "9.5e9" }, { 3.3333333e10F, "33333334000" } };

	for (size_t i = 0; i < countof(rows); i++) {
		char text[FLOAT32_TEXT_MAX];
		size_t n = float32_write(text, rows[i].number);

		tap_is((struct str){ text, n }, rows[i].text, rows[i].text);
	}
}

static void
test_read(void)
{
	tap_ok(float32_read((struct str){ "0.1,", 3 }) == 0.1F, "0.1");
	/* Halfway between two floats but for the last digit: a double in
	 * between would round twice. */
	tap_ok(float32_read((struct str){ "1.00000005960464477540]", 22 }) ==
		0x1.000002p0F,
	    "a number is rounded once");
	tap_ok(
	    float32_read((struct str){ "1e-46 ", 5 }) == 0, "nearly nothing");
	tap_ok(isinf(float32_read((struct str){ "1e999,", 5 })),
	    "E9: what is too large is infinite");
}

static void
test_finite(void)
{
	float numbers[7] = { 0, -1, 1e-45F, 3.4028235e38F, -0.0F, 1, 2 };

	tap_ok(float32_are_finite(numbers, 7), "E8: denormal numbers are fine");
	for (size_t i = 0; i < 7; i++) {
		float kept = numbers[i];

		numbers[i] = i % 2 ? NAN : -INFINITY;
		tap_case(!float32_are_finite(numbers, 7), "%zu", i);
		numbers[i] = kept;
	}
	tap_all("E8: infinities and NaN are not, wherever");
}

static void
test_bytes(void)
{
	float numbers[2];

	memcpy(numbers, "\x00\x00\x80\x3f\x01\x00\x00\x00", 8);
	float32_from_bytes(numbers, 2);
	tap_ok(numbers[0] == 1 && to_bits(numbers[1]) == 1,
	    "E8: the lowest byte comes first on every machine");
}

int
main(void)
{
	test_shapes();
	test_exponents();
	test_many();
	test_small();
	test_read();
	test_finite();
	test_bytes();
	return tap_done();
}
