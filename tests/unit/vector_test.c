/* vector_test - read as JSON, scaled, compared. */
#include "vector.h"

#include <math.h>

#include "tap.h"

static void
test_read(void)
{
	static const struct {
		const char *json;
		size_t n;
		float first, last;
	} rows[] = { { "[1]", 1, 1, 1 }, { "[ 0.5 , -2e1 ]", 2, 0.5F, -20 },
		{ "\"AACAPw==\"", 1, 1, 1 }, { "\"AACAPwAAAMA=\"", 2, 1, -2 },
		{ "\"AAAA\\/w==\"", 1, -0x1p127F, -0x1p127F },
		{ "\"AAC\\u0041Pw==\"", 1, 1, 1 },
		{ "\"AQAAAA==\"", 1, 1e-45F, 1e-45F },
		{ "[1e-45]", 1, 1e-45F, 1e-45F } };

	for (size_t i = 0; i < countof(rows); i++) {
		char *json = tap_copy(str_of(rows[i].json));
		struct str value = { json, strlen(rows[i].json) };
		float v[2] = { 9, 9 };
		size_t n = vector_count(value);

		tap_int((intmax_t)n, (intmax_t)rows[i].n, rows[i].json);
		tap_ok(!vector_read(value, v, n) && v[0] == rows[i].first &&
			v[n - 1] == rows[i].last,
		    "is read");
		free(json);
	}
}

static void
test_bad(void)
{
	static const char *const none[] = { "{}", "null", "1", "[]", "\"\"",
		"\"AACAPw\"", "\"AACA\"", "\"AACAPwA=\"" };
	static const char *const bad[] = { "[null]", "[\"1\"]", "[1e999]",
		"[1,-1e39]", "[[1]]", "[true]", "\"AACAP-==\"", "\"AADAfw==\"",
		"\"AACA/w==\"" };

	for (size_t i = 0; i < countof(none); i++)
		tap_case(!vector_count(str_of(none[i])), "%s", none[i]);
	tap_all("E7: what is no vector has no numbers");
	for (size_t i = 0; i < countof(bad); i++) {
		float v[4];
		size_t n = vector_count(str_of(bad[i]));

		tap_case(n && n <= 4 && vector_read(str_of(bad[i]), v, n) == -1,
		    "%s", bad[i]);
	}
	tap_all("E8, E9: null, NaN, infinity, texts and lists are no numbers");
}

static void
test_unit(void)
{
	float v[19], once[19], large[2] = { 3e38F, 2e38F };
	double sum = 0;

	memset(v, 0, sizeof v);
	tap_ok(!vector_unit(v, 19), "E10: nothing makes zeros one long");
	for (size_t i = 0; i < 19; i++)
		v[i] = (float)i - 3;
	tap_ok(vector_unit(v, 19), "any other vector can be");
	for (size_t i = 0; i < 19; i++)
		sum += (double)v[i] * (double)v[i];
	tap_ok(fabs(sum - 1) < 1e-6, "one long");
	memcpy(once, v, sizeof v);
	vector_unit(v, 19);
	tap_ok(!memcmp(once, v, sizeof v), "and stays as it is then");
	tap_ok(vector_unit(large, 2) && large[0] > 0.8F && large[0] < 0.9F,
	    "the largest floats, too");
	large[0] = 1e-45F;
	large[1] = 0;
	tap_ok(vector_unit(large, 2) && large[0] == 1, "and the smallest");
}

static void
test_dot(void)
{
	float a[100], b[100];

	for (size_t n = 0; n <= 100; n++) {
		double want = 0;

		for (size_t i = 0; i < n; i++) {
			a[i] = (float)(i % 7) - 3;
			b[i] = (float)(i % 5);
			want += (double)a[i] * (double)b[i];
		}
		tap_case((double)vector_dot(a, b, n) == want, "%zu", n);
	}
	tap_all("scalar products of every length");
}

int
main(void)
{
	test_read();
	test_bad();
	test_unit();
	test_dot();
	return tap_done();
}
