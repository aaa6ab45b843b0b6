/*
 * float32 - the shortest decimal text of a float.
 *
 * The algorithm is Schubfach: R. Giulietti, "The Schubfach way to render
 * doubles", 2020, here for single precision: the interval of numbers that
 * round to x, times a power of ten, is cut to integers of which the shortest
 * is chosen.  c * 2^q is x; digits * 10^k is what is written.
 */
#include "float32.h"

enum {
	MANTISSA_BITS = 23,
	BIAS = 127 + MANTISSA_BITS,
	POWER_MIN = -31,
	DIGITS_MAX = 9,
};

/* 10^(POWER_MIN + i), rounded up to 64 bits behind a power of two. */
static const uint64_t powers[] = {
	UINT64_C(0x81ceb32c4b43fcf5),
	UINT64_C(0xa2425ff75e14fc32),
	UINT64_C(0xcad2f7f5359a3b3f),
	UINT64_C(0xfd87b5f28300ca0e),
	UINT64_C(0x9e74d1b791e07e49),
	UINT64_C(0xc612062576589ddb),
	UINT64_C(0xf79687aed3eec552),
	UINT64_C(0x9abe14cd44753b53),
	UINT64_C(0xc16d9a0095928a28),
	UINT64_C(0xf1c90080baf72cb2),
	UINT64_C(0x971da05074da7bef),
	UINT64_C(0xbce5086492111aeb),
	UINT64_C(0xec1e4a7db69561a6),
	UINT64_C(0x9392ee8e921d5d08),
	UINT64_C(0xb877aa3236a4b44a),
	UINT64_C(0xe69594bec44de15c),
	UINT64_C(0x901d7cf73ab0acda),
	UINT64_C(0xb424dc35095cd810),
	UINT64_C(0xe12e13424bb40e14),
	UINT64_C(0x8cbccc096f5088cc),
	UINT64_C(0xafebff0bcb24aaff),
	UINT64_C(0xdbe6fecebdedd5bf),
	UINT64_C(0x89705f4136b4a598),
	UINT64_C(0xabcc77118461cefd),
	UINT64_C(0xd6bf94d5e57a42bd),
	UINT64_C(0x8637bd05af6c69b6),
	UINT64_C(0xa7c5ac471b478424),
	UINT64_C(0xd1b71758e219652c),
	UINT64_C(0x83126e978d4fdf3c),
	UINT64_C(0xa3d70a3d70a3d70b),
	UINT64_C(0xcccccccccccccccd),
	UINT64_C(0x8000000000000000),
	UINT64_C(0xa000000000000000),
	UINT64_C(0xc800000000000000),
	UINT64_C(0xfa00000000000000),
	UINT64_C(0x9c40000000000000),
	UINT64_C(0xc350000000000000),
	UINT64_C(0xf424000000000000),
	UINT64_C(0x9896800000000000),
	UINT64_C(0xbebc200000000000),
	UINT64_C(0xee6b280000000000),
	UINT64_C(0x9502f90000000000),
	UINT64_C(0xba43b74000000000),
	UINT64_C(0xe8d4a51000000000),
	UINT64_C(0x9184e72a00000000),
	UINT64_C(0xb5e620f480000000),
	UINT64_C(0xe35fa931a0000000),
	UINT64_C(0x8e1bc9bf04000000),
	UINT64_C(0xb1a2bc2ec5000000),
	UINT64_C(0xde0b6b3a76400000),
	UINT64_C(0x8ac7230489e80000),
	UINT64_C(0xad78ebc5ac620000),
	UINT64_C(0xd8d726b7177a8000),
	UINT64_C(0x878678326eac9000),
	UINT64_C(0xa968163f0a57b400),
	UINT64_C(0xd3c21bcecceda100),
	UINT64_C(0x84595161401484a0),
	UINT64_C(0xa56fa5b99019a5c8),
	UINT64_C(0xcecb8f27f4200f3a),
	UINT64_C(0x813f3978f8940985),
	UINT64_C(0xa18f07d736b90be6),
	UINT64_C(0xc9f2c9cd04674edf),
	UINT64_C(0xfc6f7c4045812297),
	UINT64_C(0x9dc5ada82b70b59e),
	UINT64_C(0xc5371912364ce306),
	UINT64_C(0xf684df56c3e01bc7),
	UINT64_C(0x9a130b963a6c115d),
	UINT64_C(0xc097ce7bc90715b4),
	UINT64_C(0xf0bdc21abb48db21),
	UINT64_C(0x96769950b50d88f5),
	UINT64_C(0xbc143fa4e250eb32),
	UINT64_C(0xeb194f8e1ae525fe),
	UINT64_C(0x92efd1b8d0cf37bf),
	UINT64_C(0xb7abc627050305ae),
	UINT64_C(0xe596b7b0c643c71a),
	UINT64_C(0x8f7e32ce7bea5c70),
	UINT64_C(0xb35dbf821ae4f38c),
};

struct decimal {
	uint32_t digits;
	int exponent;
};

/* floor(log2(10^n)), floor(log10(2^n)), floor(log10(3/4 * 2^n)): arithmetic
 * shifts; exact for |n| < 1200. */
static int
log2_of_power_of_ten(int n)
{
	return (n * 1741647) >> 19;
}

static int
log10_of_power_of_two(int n, bool three_quarters)
{
	return (n * 1262611 - (three_quarters ? 524031 : 0)) >> 22;
}

/* g * n / 2^64, whose last bit says whether something was cut off. */
static uint32_t
multiply(uint64_t g, uint32_t n)
{
	uint64_t low = (g & UINT32_MAX) * n;
	uint64_t high = (g >> 32) * n + (low >> 32);

	return (uint32_t)(high >> 32) | ((uint32_t)high > 1);
}

/* c * 2^q; is_uneven: the neighbour below is nearer than that above. */
static struct decimal
shorten(uint32_t c, int q, bool is_uneven)
{
	int k = log10_of_power_of_two(q, is_uneven);
	int shift = q + log2_of_power_of_ten(-k) + 1;
	uint64_t g = powers[-k - POWER_MIN];
	bool is_odd = c & 1;
	uint32_t low = multiply(g, (4 * c - 2 + is_uneven) << shift) + is_odd;
	uint32_t middle = multiply(g, 4 * c << shift);
	uint32_t high = multiply(g, (4 * c + 2) << shift) - is_odd;
	uint32_t s = middle / 4, tens = s / 10;
	bool below = low <= 40 * tens, above = 40 * tens + 40 <= high;
	uint32_t half;

	if (s >= 10 && below != above)
		return (struct decimal){ tens + above, k + 1 };
	below = low <= 4 * s;
	above = 4 * s + 4 <= high;
	if (below != above)
		return (struct decimal){ s + above, k };
	half = 4 * s + 2;
	return (struct decimal){
		s + (middle > half || (middle == half && s & 1)), k
	};
}

/* bits: of a number above zero. */
static struct decimal
to_decimal(uint32_t bits)
{
	uint32_t fraction = bits & ((UINT32_C(1) << MANTISSA_BITS) - 1);
	int exponent = (int)(bits >> MANTISSA_BITS);
	struct decimal d;

	if (exponent)
		d = shorten(fraction | UINT32_C(1) << MANTISSA_BITS,
		    exponent - BIAS, !fraction && exponent > 1);
	else
		d = shorten(fraction, 1 - BIAS, false);
	while (d.digits % 10 == 0) {
		d.digits /= 10;
		d.exponent++;
	}
	return d;
}

/* Returns how many there are; they end at `end`.  By twos: half the time. */
static size_t
write_digits(char *end, uint32_t digits)
{
	static const char pairs[] = "00010203040506070809"
				    "10111213141516171819"
				    "20212223242526272829"
				    "30313233343536373839"
				    "40414243444546474849"
				    "50515253545556575859"
				    "60616263646566676869"
				    "70717273747576777879"
				    "80818283848586878889"
				    "90919293949596979899";
	char *at = end;

	for (; digits >= 10; digits /= 100) {
		at -= 2;
		memcpy(at, pairs + (size_t)(digits % 100) * 2, 2);
	}
	if (digits || at == end)
		*--at = (char)('0' + digits);
	return (size_t)(end - at);
}

static size_t
write_exponent(char *text, int exponent)
{
	char digits[4];
	size_t n = write_digits(digits + sizeof digits,
	    (uint32_t)(exponent < 0 ? -exponent : exponent));
	size_t at = 0;

	text[at++] = 'e';
	if (exponent < 0)
		text[at++] = '-';
	memcpy(text + at, digits + sizeof digits - n, n);
	return at + n;
}

/* 1.234e-7 */
static size_t
write_scientific(char *text, const char *digits, size_t n, int exponent)
{
	size_t at = 0;

	text[at++] = digits[0];
	if (n > 1) {
		text[at++] = '.';
		memcpy(text + at, digits + 1, n - 1);
		at += n - 1;
	}
	return at + write_exponent(text + at, exponent);
}

/*
 * 0.01234, 12.34, 12340; exponent: of the first digit.  There is room for
 * DIGITS_MAX at digits, and for a copy of them: to copy always as many is
 * quicker.
 */
static size_t
write_fixed(char *text, const char *digits, size_t n, int exponent)
{
	size_t whole = exponent < 0 ? 0 : (size_t)exponent + 1;
	size_t zeros = exponent < 0 ? (size_t)(-exponent - 1) : 0;

	if (!whole) {
		memset(text, '0', 4);
		text[1] = '.';
		memcpy(text + 2 + zeros, digits, DIGITS_MAX);
		return 2 + zeros + n;
	}
	if (whole >= n) {
		memcpy(text, digits, n);
		memset(text + n, '0', whole - n);
		return whole;
	}
	memcpy(text, digits, whole);
	text[whole] = '.';
	memcpy(text + whole + 1, digits + whole, n - whole);
	return n + 1;
}

/* Is it shorter with an exponent? */
static bool
is_scientific(size_t n, int exponent)
{
	int digits = (int)n;

	if (exponent < 0) /* "0." and zeros; ".", "e-" and a digit */
		return 1 - exponent > 3 + (digits > 1);
	/* zeros; "e" and a digit */
	return exponent + 1 - digits > 2 + (exponent >= 10) + (digits > 1);
}

size_t
float32_write(char *text, float number)
{
	char room[2 * DIGITS_MAX] = "", *end = room + DIGITS_MAX;
	struct decimal d;
	uint32_t bits;
	size_t n, at = 0;
	int exponent;

	memcpy(&bits, &number, sizeof bits);
	if (bits >> 31)
		text[at++] = '-';
	bits &= INT32_MAX;
	if (!bits) {
		text[at++] = '0';
		return at;
	}
	d = to_decimal(bits);
	n = write_digits(end, d.digits);
	exponent = d.exponent + (int)n - 1;
	return at +
	    (is_scientific(n, exponent) ? write_scientific : write_fixed)(
		text + at, end - n, n, exponent);
}

float
float32_read(struct str number)
{
	return strtof(number.data, NULL);
}

bool
float32_are_finite(const float *numbers, size_t n)
{
	uint32_t most = 0, bits;

	for (size_t i = 0; i < n; i++) {
		memcpy(&bits, numbers + i, sizeof bits);
		bits &= INT32_MAX;
		most = bits > most ? bits : most;
	}
	return most < UINT32_C(255) << MANTISSA_BITS;
}

bool
float32_is_native(void)
{
	unsigned char first;
	uint32_t one = 1;

	memcpy(&first, &one, sizeof first);
	return first == 1;
}

void
float32_from_bytes(float *numbers, size_t n)
{
	for (size_t i = 0; i < n; i++) {
		unsigned char b[4];
		uint32_t bits;

		memcpy(b, numbers + i, sizeof b);
		bits = (uint32_t)b[0] | (uint32_t)b[1] << 8 |
		    (uint32_t)b[2] << 16 | (uint32_t)b[3] << 24;
		memcpy(numbers + i, &bits, sizeof bits);
	}
}
