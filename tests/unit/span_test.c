/* span_test - the walk over JSON says what libjq says, where libjq is right. */
#include <jv.h>

#include "documents.h"
#include "span.h"
#include "tap.h"

/* libjq 1.6 loses a string in "[\"a\" \"b\"]": LeakSanitizer, let it be. */
const char *__lsan_default_options(void);
const char *__lsan_default_suppressions(void);

const char *
__lsan_default_options(void)
{
	return "print_suppressions=0:fast_unwind_on_malloc=0";
}

const char *
__lsan_default_suppressions(void)
{
	return "leak:jv_parse_sized\n";
}

enum {
	DOCUMENTS = 4000,
	SPOILT_EACH = 4, /* copies of each document with bytes changed */
};

/* --- what libjq takes although it is no JSON, and the other way round --- */

/* RFC 8259, section 6, written once more and otherwise. */
static bool
is_number(struct str s)
{
	static const char digits[] = "0123456789";
	char text[64];
	char *at = text;

	if (!s.len || s.len >= sizeof text || memchr(s.data, 0, s.len))
		return s.len >= sizeof text;
	memcpy(text, s.data, s.len);
	text[s.len] = 0;
	at += *at == '-';
	if (*at == '0')
		at++;
	else if (*at && strchr("123456789", *at))
		at += strspn(at, digits);
	else
		return false;
	if (*at == '.') {
		size_t n = strspn(++at, digits);

		if (!n)
			return false;
		at += n;
	}
	if (*at == 'e' || *at == 'E') {
		at++;
		at += *at == '+' || *at == '-';
		if (!*at || !strchr(digits, *at))
			return false;
		at += strspn(at, digits);
	}
	return !*at;
}

static bool
is_token(struct str s)
{
	return str_is(s, "true") || str_is(s, "false") || str_is(s, "null") ||
	    is_number(s);
}

/* The length of the string that begins with the quote at s. */
static size_t
string_length(struct str s)
{
	size_t at = 1;

	while (at < s.len && s.data[at] != '"')
		at += s.data[at] == '\\' ? 2 : 1;
	return at < s.len ? at + 1 : s.len;
}

static bool
has_control(struct str s)
{
	for (size_t i = 0; i < s.len; i++)
		if ((unsigned char)s.data[i] < 0x20)
			return true;
	return false;
}

/*
 * Is there something in it that libjq takes and RFC 8259 does not: odd
 * numbers (NaN, +1, .5, 5., 01), control bytes in strings, bytes between
 * tokens that are nothing (a BOM, a NUL), or more than 128 levels?
 */
static bool
is_lax(struct str s)
{
	int depth = 0, deepest = 0;

	while (s.len) {
		size_t n = 1;

		if (*s.data == '"') {
			n = string_length(s);
			if (has_control((struct str){ s.data, n }))
				return true;
		} else if (*s.data && strchr("{}[],: \t\r\n", *s.data)) {
			depth += (*s.data == '{') + (*s.data == '[');
			depth -= (*s.data == '}') + (*s.data == ']');
			deepest = depth > deepest ? depth : deepest;
		} else {
			while (n < s.len &&
			    !(s.data[n] &&
				strchr("{}[],:\" \t\r\n", s.data[n])))
				n++;
			if (!is_token((struct str){ s.data, n }))
				return true;
		}
		s = str_skip(s, n);
	}
	return deepest > SPAN_DEPTH_MAX;
}

/* "\ud83d" without "\ude00": RFC 8259 lets it be, libjq 1.6 does not. */
static bool
has_lone_high(struct str s)
{
	uint32_t high = 0;
	const char *hex = "0123456789abcdefABCDEF";

	for (size_t i = 0; i < s.len; i++) {
		char text[5] = { 0 };
		uint32_t unit = 0;

		if (s.data[i] == '\\' && i + 5 < s.len &&
		    s.data[i + 1] == 'u') {
			memcpy(text, s.data + i + 2, 4);
			if (strspn(text, hex) == 4)
				unit = (uint32_t)strtoul(text, NULL, 16);
			i += 5;
		} else if (s.data[i] == '\\') {
			i++;
		}
		if (high && (unit < 0xdc00 || unit > 0xdfff))
			return true;
		high = unit >= 0xd800 && unit < 0xdc00;
	}
	return false;
}

static jv
parse(struct str text)
{
	return jv_parse_sized(text.data ? text.data : "", (int)text.len);
}

static bool
jq_valid(struct str text)
{
	jv value = parse(text);
	bool valid = jv_is_valid(value);

	jv_free(value);
	return valid;
}

/* --- the two held equal --- */

static bool
is_exact(double number)
{
	return number > -9007199254740992.0 && number < 9007199254740992.0;
}

static bool check_same(struct str raw, jv value);

static bool
check_string(struct str raw, jv value)
{
	struct buf text = { 0 };
	struct str want = { jv_string_value(value),
		(size_t)jv_string_length_bytes(jv_copy(value)) };
	bool same = !span_text(raw, NULL, &text) &&
	    str_equal(buf_str(&text), want);

	buf_done(&text);
	return same;
}

/* libjq has doubles: what a double cannot hold is tested on its own. */
static bool
check_number(struct str raw, jv value)
{
	double want = jv_number_value(value);
	bool whole = true;
	int64_t number;

	for (size_t i = 0; i < raw.len; i++)
		whole = whole && !strchr(".eE", raw.data[i]);
	if (span_integer(raw, &number))
		return !whole || !is_exact(want);
	return whole && (!is_exact(want) || (double)number == want);
}

static bool
check_array(struct str raw, jv value)
{
	struct str element;
	size_t at = 0;
	int i = 0, got;
	bool same = true;

	while ((got = span_next(raw, &at, &element)) == 1) {
		jv want = jv_array_get(jv_copy(value), i++);

		same = same && jv_is_valid(want) && check_same(element, want);
		jv_free(want);
	}
	return same && got == 0 && i == jv_array_length(jv_copy(value));
}

/* Is it what the object has under its name, and do both walks find it? */
static bool
check_member(struct str object, struct str raw_name, jv value)
{
	struct buf name = { 0 };
	struct str found;
	bool same = true;
	jv want;

	if (span_text(raw_name, NULL, &name))
		return false;
	want = jv_object_get(jv_copy(value),
	    jv_string_sized(name.data ? name.data : "", (int)name.len));
	if (!name.len || strlen(name.data) == name.len) {
		found = span_member(object, name.len ? name.data : "");
		same = found.len && check_same(found, want);
	}
	same = same && jv_is_valid(want);
	jv_free(want);
	buf_done(&name);
	return same;
}

static bool
check_object(struct str raw, jv value)
{
	struct str name, member;
	size_t at = 0;
	bool same = true;
	int got;

	while ((got = span_next_member(raw, &at, &name, &member)) == 1)
		same = same && check_member(raw, name, value);
	return same && got == 0;
}

/* Looks at value only. */
static bool
check_same(struct str raw, jv value)
{
	switch (span_kind(raw)) {
	case SPAN_NULL:
		return jv_get_kind(value) == JV_KIND_NULL;
	case SPAN_BOOL:
		return jv_get_kind(value) ==
		    (str_is(raw, "true") ? JV_KIND_TRUE : JV_KIND_FALSE);
	case SPAN_NUMBER:
		return jv_get_kind(value) == JV_KIND_NUMBER &&
		    check_number(raw, value);
	case SPAN_STRING:
		return jv_get_kind(value) == JV_KIND_STRING &&
		    check_string(raw, value);
	case SPAN_ARRAY:
		return jv_get_kind(value) == JV_KIND_ARRAY &&
		    check_array(raw, value);
	case SPAN_OBJECT:
		return jv_get_kind(value) == JV_KIND_OBJECT &&
		    check_object(raw, value);
	default:
		return false;
	}
}

static bool
check_values(struct str text)
{
	jv value = parse(text);
	bool same = check_same(str_trim(text), value);

	jv_free(value);
	return same;
}

/* A copy that ends where its memory ends. */
static bool
valid_copy(struct str text)
{
	char *copy = tap_copy(text);
	bool valid;

	valid = span_valid((struct str){ copy, text.len });
	free(copy);
	return valid;
}

/* How many documents were what; a test that compares nothing is none. */
static struct {
	long valid, invalid, lax;
} seen;

static void
check_valid(struct str text)
{
	bool got = valid_copy(text);
	bool want = jq_valid(text);

	if (has_lone_high(text))
		return;
	if (is_lax(text)) {
		seen.lax += want;
		want = false;
	}
	seen.valid += want;
	seen.invalid += !want;
	if (!tap_case(got == want, "span says %s, libjq %s",
		got ? "valid" : "invalid", want ? "valid" : "invalid"))
		tap_show("text", text);
}

static void
test_random(void)
{
	struct buf document = { 0 }, spoilt = { 0 };

	for (int i = 0; i < DOCUMENTS; i++) {
		write_document(&document);
		if (!tap_case(span_valid(buf_str(&document)),
			"a good document is not valid"))
			tap_show("text", buf_str(&document));
		check_valid(buf_str(&document));
	}
	tap_all("good documents are valid");
	for (int i = 0; i < DOCUMENTS; i++) {
		write_document(&document);
		if (!tap_case(check_values(buf_str(&document)), "differs"))
			tap_show("text", buf_str(&document));
	}
	tap_all("their values, names and strings are libjq's");
	seen.valid = seen.invalid = 0;
	for (int i = 0; i < DOCUMENTS; i++) {
		write_document(&document);
		for (int j = 0; document.len && j < SPOILT_EACH; j++) {
			spoil(buf_str(&document), &spoilt);
			check_valid(buf_str(&spoilt));
		}
	}
	tap_all("spoilt documents are valid if they are to libjq");
	tap_ok(seen.valid > DOCUMENTS / 2 && seen.invalid > DOCUMENTS &&
		seen.lax > DOCUMENTS / 100,
	    "there were enough of each: %ld valid, %ld invalid, %ld lax",
	    seen.valid, seen.invalid, seen.lax);
	buf_done(&document);
	buf_done(&spoilt);
}

/* --- odd ones, by hand --- */

static const struct odd {
	struct str text;
	bool valid;
} odds[] = {
#define ODD(text, valid) \
	{ \
		{ text, sizeof(text) - 1 }, valid \
	}
	ODD("", false),
	ODD(" \t\r\n", false),
	ODD("\f1", false),
	ODD("\v1", false),
	ODD("\xc2\xa0"
	    "1",
	    false),
	ODD("\0", false),
	ODD("1\0", false),
	ODD("\xef\xbb\xbf"
	    "1",
	    false),
	/* literals */
	ODD("true", true),
	ODD(" false ", true),
	ODD("null", true),
	ODD("tru", false),
	ODD("truee", false),
	ODD("True", false),
	ODD("nul", false),
	ODD("nulll", false),
	ODD("nan", false),
	ODD("NaN", false),
	ODD("-nan", false),
	ODD("Infinity", false),
	ODD("-Infinity", false),
	ODD("undefined", false),
	/* numbers */
	ODD("0", true),
	ODD("-0", true),
	ODD("10", true),
	ODD("1.5", true),
	ODD("1e5", true),
	ODD("1E+5", true),
	ODD("1e-5", true),
	ODD("1.5e5", true),
	ODD("1e999", true),
	ODD("0e1", true),
	ODD("00", false),
	ODD("01", false),
	ODD("-01", false),
	ODD("1.", false),
	ODD(".5", false),
	ODD("-.5", false),
	ODD("5.e1", false),
	ODD("+1", false),
	ODD("-", false),
	ODD("--1", false),
	ODD("1e", false),
	ODD("1e+", false),
	ODD("1e+-5", false),
	ODD("1e1.5", false),
	ODD("0x10", false),
	ODD("1_000", false),
	ODD("1,2", false),
	ODD("1 2", false),
	ODD("[-]", false),
	ODD("[0x]", false),
	ODD("[1a]", false),
	/* strings */
	ODD("\"\"", true),
	ODD("\"\\u0000\"", true),
	ODD("\"\x7f\"", true),
	ODD("\"\\ud83d\\ude00\"", true),
	ODD("\"\\ud83d\"", true),
	ODD("\"\\ude00\"", true),
	ODD("\"", false),
	ODD("\"a", false),
	ODD("\"\\\"", false),
	ODD("\"\\", false),
	ODD("\"\\x41\"", false),
	ODD("\"\\u\"", false),
	ODD("\"\\u12\"", false),
	ODD("\"\\u12g4\"", false),
	ODD("\"\\u-123\"", false),
	ODD("\"\\u 123\"", false),
	ODD("\"\\U0041\"", false),
	ODD("\"\\\n\"", false),
	ODD("\"\\0\"", false),
	ODD("\"\\\0\"", false),
	ODD("\"\n\"", false),
	ODD("\"\t\"", false),
	ODD("\"\0\"", false),
	ODD("\"\x1f\"", false),
	ODD("'a'", false),
	ODD("\"a\"\"b\"", false),
	/* arrays */
	ODD("[]", true),
	ODD("[ ]", true),
	ODD("[1 , 2]", true),
	ODD("[[],[[]]]", true),
	ODD("[", false),
	ODD("]", false),
	ODD("[1", false),
	ODD("[1,", false),
	ODD("[1,]", false),
	ODD("[,1]", false),
	ODD("[,]", false),
	ODD("[1,,2]", false),
	ODD("[1 2]", false),
	ODD("[1}", false),
	ODD("[1]]", false),
	ODD("[1:2]", false),
	ODD("[\"a\":1]", false),
	ODD("[][]", false),
	/* objects */
	ODD("{}", true),
	ODD("{ }", true),
	ODD("{\"a\":1}", true),
	ODD("{ \"a\" : 1 , \"b\" : 2 }", true),
	ODD("{\"\":{}}", true),
	ODD("{\"a\":1,\"a\":2}", true),
	ODD("{", false),
	ODD("}", false),
	ODD("{\"a\"", false),
	ODD("{\"a\":", false),
	ODD("{\"a\":1", false),
	ODD("{\"a\":1,", false),
	ODD("{\"a\":1,}", false),
	ODD("{,\"a\":1}", false),
	ODD("{,}", false),
	ODD("{\"a\"}", false),
	ODD("{\"a\":}", false),
	ODD("{:1}", false),
	ODD("{a:1}", false),
	ODD("{1:1}", false),
	ODD("{null:1}", false),
	ODD("{\"a\":1 \"b\":2}", false),
	ODD("{\"a\" 1}", false),
	ODD("{\"a\"::1}", false),
	ODD("{\"a\":1]", false),
	ODD("{\"a\",1}", false),
	ODD("{}{}", false),
	ODD("{}x", false),
	ODD("{} x", false),
	ODD("{}\0", false),
	/* comments */
	ODD("/**/1", false),
	ODD("1//x", false),
	ODD("[1/**/]", false),
	ODD("#x\n1", false),
};

static void
test_odds(void)
{
	for (size_t i = 0; i < countof(odds); i++) {
		if (!tap_case(valid_copy(odds[i].text) == odds[i].valid, "%s",
			odds[i].valid ? "refused" : "accepted"))
			tap_show("text", odds[i].text);
		check_valid(odds[i].text);
	}
	tap_all("J2, J3, J4: odd documents are what RFC 8259 says");
}

/* `depth` arrays or objects in one another. */
static void
write_deep(struct buf *out, const char *open, const char *close, int depth)
{
	buf_clear(out);
	for (int i = 0; i < depth; i++)
		buf_add_text(out, open);
	buf_add_text(out, "1");
	for (int i = 0; i < depth; i++)
		buf_add_text(out, close);
}

static void
test_depth(void)
{
	static const char *const pairs[][2] = { { "[", "]" },
		{ "{\"a\":", "}" } };
	struct buf text = { 0 };

	for (size_t i = 0; i < countof(pairs); i++) {
		const char *open = pairs[i][0], *close = pairs[i][1];

		write_deep(&text, open, close, SPAN_DEPTH_MAX);
		tap_ok(
		    span_valid(buf_str(&text)) && check_values(buf_str(&text)),
		    "J7: 128 levels of %s are valid", open);
		write_deep(&text, open, close, SPAN_DEPTH_MAX + 1);
		tap_ok(!span_valid(buf_str(&text)), "J7: 129 are not");
		write_deep(&text, open, "", 100000);
		tap_ok(!span_valid(buf_str(&text)), "J7: nor are 100000");
	}
	write_deep(&text, "{\"a\":", "}", SPAN_DEPTH_MAX);
	tap_ok(span_member(buf_str(&text), "a").len > 0,
	    "J7: a member may stand above 127 more levels");
	write_deep(&text, "{\"a\":", "}", SPAN_DEPTH_MAX + 1);
	tap_ok(!span_member(buf_str(&text), "a").len, "J7: but not above 128");
	buf_done(&text);
}

static void
test_integers(void)
{
	static const struct {
		const char *text;
		int64_t want;
	} good[] = { { "0", 0 }, { "-0", 0 }, { "7", 7 }, { "-7", -7 },
		{ "9007199254740993", INT64_C(9007199254740993) },
		{ "9223372036854775807", INT64_MAX },
		{ "-9223372036854775807", -INT64_MAX },
		{ "-9223372036854775808", INT64_MIN } };
	static const char *const bad[] = { "", "-", "9223372036854775808",
		"-9223372036854775809", "92233720368547758070",
		"18446744073709551616", "99999999999999999999", "1.0", "1e3",
		"0.5", "true", "null", "\"1\"", "[1]", "{}" };
	int64_t number;

	for (size_t i = 0; i < countof(good); i++) {
		int got = span_integer(str_of(good[i].text), &number);

		tap_ok(!got && number == good[i].want, "J6: %s is read",
		    good[i].text);
	}
	for (size_t i = 0; i < countof(bad); i++)
		tap_ok(span_integer(str_of(bad[i]), &number) == -1,
		    "J6: '%s' is no number of 64 bits", bad[i]);
	for (int i = 0; i < 2000; i++) {
		int64_t want = (int64_t)((uint64_t)draw() << 32 | draw()) >>
		    draw_below(63);
		char text[32];

		snprintf(text, sizeof text, "%" PRId64, want);
		tap_case(!span_integer(str_of(text), &number) && number == want,
		    "%s", text);
	}
	tap_all("J6: any number of 64 bits is read");
}

static void
test_members(void)
{
	static const char *const names[] = { "a", "b", "none", "" };
	struct str text = STR(
	    " {\"b\":[1], \"a\" :1,\"\":{\"a\":3}, \"a\":2\n} ");
	struct str v[countof(names)];
	struct str name, value;
	size_t at = 0;

	tap_int(span_members(text, names, countof(names), v), 0,
	    "members of an object are found");
	tap_is(v[0], "2", "of two with one name the last one");
	tap_is(v[1], "[1]", "one with brackets");
	tap_ok(!v[2].data && !v[2].len, "one that is not there is {NULL, 0}");
	tap_is(v[3], "{\"a\":3}", "one with an empty name");
	tap_int(span_members(STR("[]"), names, 1, v), -1,
	    "an array has no members");
	tap_int(span_members(STR("{\"a\":1}x"), names, 1, v), -1,
	    "nor has what is followed by something");
	tap_int(span_members(STR("{\"a\":1"), names, 1, v), -1,
	    "nor what does not end");
	tap_int(span_members((struct str){ 0 }, names, 1, v), -1,
	    "nor has nothing");
	tap_int(span_next_member(text, &at, &name, &value), 1,
	    "members are found one by one");
	tap_is(name, "\"b\"", "the name is raw");
	tap_is(value, "[1]", "so is the value");
}

static void
test_text(void)
{
	struct buf out = { 0 }, small = { .max = 3 };
	uint32_t half = 0;

	span_text(STR("\"a\\ud83d\""), &half, &out);
	tap_is(buf_str(&out), "a", "S38: a high surrogate waits");
	span_text(STR("\"\\ude00\""), &half, &out);
	tap_is(buf_str(&out), "a\xf0\x9f\x98\x80", "S38: for its low one");
	span_text(STR("\"\\ud83d\""), &half, &out);
	span_text_end(&half, &out);
	span_text_end(&half, &out);
	tap_is(buf_str(&out), "a\xf0\x9f\x98\x80\xef\xbf\xbd",
	    "S38: and becomes one U+FFFD if none comes");
	tap_int(span_text(STR("1"), NULL, &out), -1, "a number is no text");
	tap_int(span_text((struct str){ 0 }, NULL, &out), -1, "nor is nothing");
	tap_int(span_text(STR("\"abcd\""), NULL, &small), -1,
	    "what does not fit is said");
	buf_done(&out);
	buf_done(&small);
}

/* --- where a text stops being JSON --- */

static void
test_stop(void)
{
	static const struct {
		const char *text;
		size_t stop;
	} stops[] = {
		{ "", 0 },
		{ " [1] ", 5 },
		{ "[1", 2 },
		{ "[1,]", 3 },
		{ "{a:1}", 1 },
		{ "{\"a\" 1}", 5 },
		{ "[1] 2", 4 },
		{ "nul", 3 },
		{ "[nux]", 1 },
		{ "\"a\nb\"", 3 },
		{ "\"\\x\"", 3 },
		{ "01", 1 },
	};

	for (size_t i = 0; i < countof(stops); i++)
		tap_int((intmax_t)span_stop(str_of(stops[i].text)),
		    (intmax_t)stops[i].stop, stops[i].text);
}

int
main(void)
{
	test_stop();
	test_random();
	test_odds();
	test_depth();
	test_integers();
	test_members();
	test_text();
	return tap_done();
}
