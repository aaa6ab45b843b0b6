/* json_test - what json writes is JSON, and says what was meant. */
#include <math.h>

#include "json.h"
#include "random.h"
#include "span.h"
#include "tap.h"
#include "utf8.h"

/* One value, whole; the text is valid until the next one. */
static struct buf out;

static struct json
begin(void)
{
	buf_clear(&out);
	return (struct json){ .out = &out };
}

/* --- texts --- */

static const struct {
	const char *text, *want;
} texts[] = {
	{ "", "\"\"" },
	{ "abc", "\"abc\"" },
	{ "\"", "\"\\\"\"" },
	{ "\\", "\"\\\\\"" },
	{ "/", "\"/\"" },
	{ "\b\f\n\r\t", "\"\\b\\f\\n\\r\\t\"" },
	{ "\x01\x1f\x7f", "\"\\u0001\\u001f\\u007f\"" },
	{ "\x1b[0m", "\"\\u001b[0m\"" },
	{ "a\"b\"c", "\"a\\\"b\\\"c\"" },
	{ "\n\n", "\"\\n\\n\"" },
	{ "\\u0041", "\"\\\\u0041\"" },
	{ "\xc3\xa4\xe2\x82\xac\xf0\x9f\x98\x80",
	    "\"\xc3\xa4\xe2\x82\xac\xf0\x9f\x98\x80\"" },
	{ "\xe2\x80\xa8", "\"\xe2\x80\xa8\"" },
	{ "<&>'", "\"<&>'\"" },
	{ "%s%n", "\"%s%n\"" },
};

static void
test_texts(void)
{
	for (size_t i = 0; i < countof(texts); i++) {
		struct json j = begin();

		json_string(&j, str_of(texts[i].text));
		tap_is(buf_str(&out), texts[i].want, "a text is escaped");
	}
}

/* Written, walked over and read again it is the same. */
static void
check_round_trip(struct str text)
{
	struct json j = begin();
	struct buf again = { 0 };

	json_string(&j, text);
	if (!tap_case(span_valid(buf_str(&out)) &&
		    !span_text(buf_str(&out), NULL, &again) &&
		    str_equal(buf_str(&again), text),
		"another text comes back")) {
		tap_show("text", text);
		tap_show("JSON", buf_str(&out));
	}
	for (size_t i = 0; i < out.len; i++)
		tap_case(
		    (unsigned char)out.data[i] >= ' ' && out.data[i] != 0x7f,
		    "a control byte is left");
	buf_done(&again);
}

static void
test_round_trips(void)
{
	for (unsigned i = 0; i < 128 * 128; i++) {
		char text[] = { (char)(i % 128), (char)(i / 128), 'x' };

		check_round_trip((struct str){ text, sizeof text });
	}
	tap_all("all pairs of ASCII bytes come back, NUL too");
	for (uint32_t cp = 0x80; cp <= 0x10ffff; cp++) {
		char text[4];
		size_t n;

		if (cp >= 0xd800 && cp <= 0xdfff)
			continue;
		n = utf8_encode(cp, text);
		check_round_trip((struct str){ text, n });
	}
	tap_all("every other character comes back");
}

/* --- numbers --- */

static const struct {
	int64_t number;
	const char *want;
} integers[] = {
	{ 0, "0" },
	{ -1, "-1" },
	{ INT64_C(9007199254740993), "9007199254740993" },
	{ INT64_MAX, "9223372036854775807" },
	{ INT64_MIN, "-9223372036854775808" },
};

static const struct {
	double number;
	const char *want;
} reals[] = {
	{ 0, "0" },
	{ 1, "1" },
	{ -1.5, "-1.5" },
	{ 0.1, "0.1" },
	{ 0.2, "0.2" },
	{ 0.7, "0.7" },
	{ 0.1 + 0.2, "0.30000000000000004" },
	{ 1.0 / 3, "0.3333333333333333" },
	{ 100, "100" },
	{ 123456, "123456" },
	{ 2147483647, "2147483647" },
	{ 9007199254740992.0, "9007199254740992" },
	{ 5e-324, "4.94066e-324" },
	{ 1.7976931348623157e308, "1.7976931348623157e+308" },
	{ 1e21, "1e+21" },
	{ 1e-7, "1e-07" },
};

static void
check_real(double number)
{
	struct json j = begin();
	double again;

	json_real(&j, number);
	again = strtod(out.data, NULL);
	tap_case(again == number && signbit(again) == signbit(number) &&
		span_valid(buf_str(&out)) && out.len <= 24,
	    "%a is written as %s", number, out.data);
}

static uint64_t seed = 754;

static uint64_t
draw(void)
{
	return (uint64_t)random_next(&seed) << 32 | random_next(&seed);
}

static void
test_numbers(void)
{
	for (size_t i = 0; i < countof(integers); i++) {
		struct json j = begin();

		json_integer(&j, integers[i].number);
		tap_is(buf_str(&out), integers[i].want, "a whole number");
	}
	for (size_t i = 0; i < countof(reals); i++) {
		struct json j = begin();

		json_real(&j, reals[i].number);
		tap_is(buf_str(&out), reals[i].want, "a real number");
	}
	for (int i = 0; i < 100000; i++) {
		uint64_t bits = draw();
		double number;

		memcpy(&number, &bits, sizeof number);
		if (isfinite(number))
			check_real(number);
	}
	tap_all("any double comes back");
	for (int i = 0; i <= 10000; i++)
		check_real(i / 100.0);
	tap_all("what people type comes back");
}

/* --- structure --- */

static void
test_structure(void)
{
	struct json j = begin();

	json_open(&j, '{');
	json_close(&j, '}');
	tap_is(buf_str(&out), "{}", "an empty object");

	j = begin();
	json_open(&j, '[');
	json_open(&j, '[');
	json_close(&j, ']');
	json_open(&j, '{');
	json_close(&j, '}');
	json_bool(&j, true);
	json_bool(&j, false);
	json_integer(&j, 1);
	json_real(&j, 2);
	json_string(&j, STR("a"));
	json_raw(&j, STR("1e400"));
	json_close(&j, ']');
	tap_is(buf_str(&out), "[[],{},true,false,1,2,\"a\",1e400]",
	    "elements are divided by commas");

	j = begin();
	json_open(&j, '{');
	json_name(&j, "a");
	json_open(&j, '{');
	json_name(&j, "b");
	json_integer(&j, 1);
	json_name(&j, "c\"");
	json_open(&j, '[');
	json_close(&j, ']');
	json_close(&j, '}');
	json_name(&j, "");
	json_raw(&j, STR("null"));
	json_close(&j, '}');
	tap_is(buf_str(&out), "{\"a\":{\"b\":1,\"c\\\"\":[]},\"\":null}",
	    "and members too, at every depth");

	j = begin();
	json_open(&j, '{');
	json_member(&j, "a", STR(""));
	json_member(&j, "b", STR("x"));
	json_member(&j, "c", (struct str){ 0 });
	json_member(&j, "d", STR("\n"));
	json_close(&j, '}');
	tap_is(buf_str(&out), "{\"b\":\"x\",\"d\":\"\\n\"}",
	    "a member without text is left out");
}

static void
test_indent(void)
{
	struct json j = begin();

	j.indent = 2;
	json_open(&j, '{');
	json_name(&j, "a");
	json_open(&j, '[');
	json_integer(&j, 1);
	json_open(&j, '{');
	json_close(&j, '}');
	json_open(&j, '[');
	json_raw(&j, STR("[ ]"));
	json_close(&j, ']');
	json_close(&j, ']');
	json_name(&j, "b");
	json_string(&j, STR("c"));
	json_name(&j, "d");
	json_open(&j, '[');
	json_close(&j, ']');
	json_close(&j, '}');
	tap_is(buf_str(&out),
	    "{\n"
	    "  \"a\": [\n"
	    "    1,\n"
	    "    {},\n"
	    "    [\n"
	    "      [ ]\n"
	    "    ]\n"
	    "  ],\n"
	    "  \"b\": \"c\",\n"
	    "  \"d\": []\n"
	    "}",
	    "with a line for each value");
}

static void
test_lines(void)
{
	static const struct {
		const char *raw, *want;
	} cases[] = {
		{ "{}", "{\"a\":{}}\n" },
		{ "{\n \"b\":\r\n[1,\n2] }", "{\"a\":{  \"b\":  [1, 2] }}\n" },
		{ "\"\\n\\r\"", "{\"a\":\"\\n\\r\"}\n" },
		{ "\"\xc3\xa4\"", "{\"a\":\"\xc3\xa4\"}\n" },
		{ "\"\xff\"", "{\"a\":\"" UTF8_REPLACEMENT "\"}\n" },
		{ "\"\xe2\x82\"",
		    "{\"a\":\"" UTF8_REPLACEMENT UTF8_REPLACEMENT "\"}\n" },
		{ "[\"\xff\",\n1]", "{\"a\":[\"" UTF8_REPLACEMENT "\", 1]}\n" },
	};

	for (size_t i = 0; i < countof(cases); i++) {
		struct json j = begin();

		buf_add_text(&out, "\xff\n");
		for (int twice = 0; twice < 2; twice++) {
			size_t from = out.len;

			json_open(&j, '{');
			json_name(&j, "a");
			json_raw(&j, str_of(cases[i].raw));
			json_close(&j, '}');
			json_end_line(&j, from);
			tap_is(str_skip(buf_str(&out), from), cases[i].want,
			    "a line is one, and begins without a comma");
		}
		tap_ok(str_starts(buf_str(&out), "\xff\n"),
		    "what stands before it stays");
	}
}

static void
test_ceiling(void)
{
	struct buf small = { .max = 10 };
	struct json j = { .out = &small };

	json_string(&j, STR("0123456789"));
	tap_ok(small.full && small.len <= 10, "a full buffer is no overrun");
	buf_clear(&small);
	json_string(&j, STR("\xff\xff\xff"));
	json_end_line(&j, 0);
	tap_ok(small.full && small.len <= 10, "nor is one that is repaired");
	buf_done(&small);
}

int
main(void)
{
	test_texts();
	test_round_trips();
	test_numbers();
	test_structure();
	test_indent();
	test_lines();
	test_ceiling();
	buf_done(&out);
	return tap_done();
}
