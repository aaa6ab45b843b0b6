/*
 * chat_json_test - answers whose JSON is none, odd, deep or large.
 *
 * Each is read as a whole answer and as an event of a stream.
 */
#include <dirent.h>

#include "chat.h"
#include "file.h"
#include "now.h"

#define FOLDER "tests/data/JSONTestSuite"

/* An answer that says a text; a good one with a member that nobody reads. */
#define CHOICES(text) \
	"\"choices\":[{\"message\":{\"content\":\"" text "\"}," \
	"\"finish_reason\":\"stop\"}]}"
#define TEXT(text) "{" CHOICES(text)
#define WITH(value) "{\"x\":" value "," CHOICES("Hi")

static void
read_event(struct answer *a, struct str json)
{
	struct buf in = { 0 };

	buf_add_text(&in, "data: ");
	buf_add(&in, json);
	buf_add_text(&in, "\n\n");
	read_answer(a, buf_str(&in), (struct way){ 0 });
	buf_done(&in);
}

/* Both ways to read it; of an answer that is good, the text. */
static void
check(const char *name, struct str json, int whole, int event, const char *text)
{
	struct answer a = { 0 };

	for (int i = 0; i < 2; i++) {
		int want = i ? event : whole;

		if (i)
			read_event(&a, json);
		else
			read_answer(&a, json, (struct way){ 0 });
		if (tap_case(a.status == want &&
			    (want || str_is(buf_str(&a.text), text)),
			"%s: %s, %d instead of %d", name, i ? "event" : "whole",
			a.status, want))
			continue;
		tap_note("%s", a.err.text);
		tap_show("text", buf_str(&a.text));
	}
	answer_done(&a);
}

#define GOOD TEXT("Hi")

/* --- what is no JSON --- */

static void
test_bad_values(void)
{
	/* The 22 that libjq takes for JSON, and their kin. */
	static const char *const values[] = { "nan", "NaN", "-nan", "Infinity",
		"-Infinity", "inf", "01", "-01", "+1", ".5", "5.", "-", "-.5",
		"1e", "1e+", "0x1", "1_000", "1,", ",1", "[1,]", "[,1]",
		"[1 2]", "{\"a\":1,}", "{\"a\"}", "{\"a\" 1}", "{a:1}", "{1:1}",
		"{'a':1}", "'a'", "\"a\" \"b\"", "True", "nul", "truee",
		"undefined", "/*x*/1", "1//x", "#1", "\"\\x41\"", "\"\\u12\"",
		"\"\\u{41}\"", "\"\\'\"", "\f1", "1\f", "\v1",
		"\x1e"
		"1",
		"\xc2\xa0"
		"1",
		"\xef\xbb\xbf"
		"1",
		"\x7f"
		"1",
		"", "]", "}", "[1}", "{\"a\":1]", "<x>", "\"a\nb\"", "\"a\tb\"",
		"\"a\rb\"",
		"\"a\x01"
		"b\"",
		"\"a\x1f"
		"b\"" };
	struct buf json = { 0 };

	for (size_t i = 0; i < countof(values); i++) {
		buf_clear(&json);
		buf_add_format(&json, WITH("%s"), values[i]);
		/* A line's end in an event ends the line. */
		check(values[i], buf_str(&json), ST_SERVER, ST_SERVER, "");
	}
	buf_done(&json);
	tap_all("J2, J3, J4, J23, J24: one bad value makes it no JSON");
}

static void
test_bad_texts(void)
{
	const struct {
		const char *name;
		struct str json;
		int whole;
	} texts[] = {
		{ "J2: garbage behind", STR(GOOD " x"), ST_SERVER },
		{ "J2: two of them", STR(GOOD GOOD), ST_SERVER },
		{ "J2: a comma behind", STR(GOOD ","), ST_SERVER },
		{ "J2: a bracket behind", STR(GOOD "}"), ST_SERVER },
		{ "J2: a comment behind", STR(GOOD "//x"), ST_SERVER },
		{ "J3: a NUL behind", STR(GOOD "\0"), ST_SERVER },
		{ "J3: a NUL before", STR("\0" GOOD), ST_SERVER },
		{ "J9: a NUL in a string", STR(TEXT("a\0b")), ST_SERVER },
		{ "J9: a NUL in a name",
		    STR("{\"a\0\":1,"
			"\"choices\":[]}"),
		    ST_SERVER },
		{ "J13: UTF-16LE", STR("\xff\xfe{\0}\0"), ST_SERVER },
		{ "J13: UTF-16BE", STR("\xfe\xff\0{\0}"), ST_SERVER },
		{ "J13: UTF-16LE without a BOM", STR("{\0\"\0a\0\"\0}\0"),
		    ST_SERVER },
		{ "J13: UTF-32BE", STR("\0\0\0{\0\0\0}"), ST_SERVER },
		{ "J19: an array", STR("[" GOOD "]"), ST_SERVER },
		{ "J19: a string",
		    STR("\""
			"x"
			"\""),
		    ST_SERVER },
		{ "J19: a number", STR("42"), ST_SERVER },
		{ "J19: null", STR("null"), ST_SERVER },
		{ "J24: a form feed before", STR("\f" GOOD), ST_SERVER },
		{ "J24: a record separator before", STR("\x1e" GOOD),
		    ST_SERVER },
		{ "J24: a form feed behind", STR(GOOD "\f"), ST_SERVER },
	};

	for (size_t i = 0; i < countof(texts); i++)
		check(texts[i].name, texts[i].json, texts[i].whole, ST_SERVER,
		    "");
	tap_all("J2, J3, J9, J13, J19, J24: what is no JSON object is no "
		"answer");
	check("empty", STR(""), ST_INCOMPLETE, ST_INCOMPLETE, "");
	check("blanks", STR(" \t\r\n "), ST_INCOMPLETE, ST_SERVER, "");
	tap_all("J1: an answer that is empty, or blank, is none");
	check("BOM", STR("\xef\xbb\xbf" GOOD), 0, ST_SERVER, "Hi");
	tap_all("J13: a BOM is dropped where an answer begins, not in events");
}

static int
is_bad(const struct dirent *d)
{
	return d->d_name[0] == 'n' && d->d_name[1] == '_';
}

/* Each file as an answer, and as a value in a good one. */
static void
test_suite(void)
{
	struct dirent **files = NULL;
	int n = scandir(FOLDER, &files, is_bad, alphasort);

	for (int i = 0; i < n; i++) {
		struct buf path = { 0 }, text = { 0 }, json = { 0 };
		struct answer a = { 0 };
		struct err e = ERR_NONE;

		buf_add_format(&path, FOLDER "/%s", files[i]->d_name);
		tap_case(
		    !file_read(path.data, BUF_MAX, &text, &e), "%s", path.data);
		buf_add_text(&json, "{\"x\":");
		buf_add(&json, buf_str(&text));
		buf_add_text(&json, "," CHOICES("Hi"));
		for (int way = 0; way < 2; way++) {
			read_answer(&a, buf_str(way ? &json : &text),
			    (struct way){ 0 });
			tap_case(
			    a.status == ST_SERVER || a.status == ST_INCOMPLETE,
			    "%s: %d", path.data, a.status);
		}
		free(files[i]);
		answer_done(&a);
		buf_done(&path);
		buf_done(&text);
		buf_done(&json);
	}
	free(files);
	tap_int(n, 188, "J3: all bad files of JSONTestSuite are there");
	tap_all("J3: none of them is an answer, nor makes one");
}

/* --- numbers --- */

static void
test_numbers(void)
{
	static const struct {
		const char *number;
		int64_t want;
	} numbers[] = {
		{ "0", 0 },
		{ "-0", 0 },
		{ "9007199254740992", INT64_C(9007199254740992) },
		{ "9007199254740993", -1 },
		{ "9223372036854775807", -1 },
		{ "9223372036854775808", -1 },
		{ "-9223372036854775809", -1 },
		{ "1e999", -1 },
		{ "-1e999", -1 },
		{ "1e-999", -1 },
		{ "1.5", -1 },
		{ "1e2", -1 },
	};
	struct answer a = { 0 };
	struct buf json = { 0 };

	for (size_t i = 0; i < countof(numbers); i++) {
		buf_clear(&json);
		buf_add_format(&json,
		    "{\"usage\":{\"total_tokens\":%s}," CHOICES("Hi"),
		    numbers[i].number);
		read_answer(&a, buf_str(&json), (struct way){ 0 });
		tap_case(!a.status && a.usage.total_tokens == numbers[i].want,
		    "%s: %d, %" PRId64, numbers[i].number, a.status,
		    a.usage.total_tokens);
	}
	answer_done(&a);
	buf_done(&json);
	tap_all("J5, J6: a number that is no count of tokens is none");
}

/* --- deep and large --- */

enum { SLOW_MS = 20000 }; /* ten times what it may take */

/* A good answer whose member x is `times` of one text, and then of another. */
static void
write_many(struct buf *json, const char *text, const char *then, size_t times)
{
	json->max = SIZE_MAX / 4;
	buf_clear(json);
	buf_add_text(json, "{\"x\":");
	for (size_t i = 0; i < times; i++)
		buf_add_text(json, text);
	for (size_t i = 0; i < times; i++)
		buf_add_text(json, then);
	buf_add_text(json, "," CHOICES("Hi"));
}

static void
test_depth(void)
{
	static const struct {
		size_t levels;
		int want;
	} depths[] = { { 126, 0 }, { 127, 0 }, { 128, ST_SERVER },
		{ 256, ST_SERVER }, { 100000, ST_SERVER },
		{ 10000000, ST_SERVER } };
	struct buf json = { 0 };

	for (size_t i = 0; i < countof(depths); i++) {
		write_many(&json, "[", "]", depths[i].levels);
		check("arrays", buf_str(&json), depths[i].want, depths[i].want,
		    "Hi");
		if (depths[i].levels > 100000)
			continue;
		write_many(&json, "{\"a\":", "}", depths[i].levels - 1);
		check("objects", buf_str(&json), ST_SERVER, ST_SERVER, "");
	}
	buf_done(&json);
	tap_all("J7: 128 levels are read, of more nothing");
}

static void
test_many(void)
{
	int64_t start = now_ms();
	struct buf json = { .max = SIZE_MAX / 4 };

	buf_add_char(&json, '{');
	for (int i = 0; i < 1000000; i++)
		buf_add_format(&json, "\"k%d\":%d,", i, i);
	buf_add_text(&json, CHOICES("Hi"));
	check("names", buf_str(&json), 0, ST_SERVER, "Hi");
	buf_clear(&json);
	buf_add_char(&json, '{');
	for (int i = 0; i < 500000; i++)
		buf_add_text(&json, "\"k\":0,");
	buf_add_text(&json, CHOICES("Hi"));
	check("one name", buf_str(&json), 0, 0, "Hi");
	tap_all("J16: a million members are read, in an event up to 8 MiB");
	buf_clear(&json);
	buf_add_text(&json, "{\"choices\":[");
	for (int i = 0; i < 1000000; i++)
		buf_add_text(&json, "{},");
	buf_add_text(&json, strchr(TEXT("Hi"), '[') + 1);
	check("choices", buf_str(&json), 0, 0, "Hi");
	tap_all("J17: a million choices are read");
	write_many(&json, "7", "", 1000000);
	check("digits", buf_str(&json), 0, 0, "Hi");
	tap_all("J6: a number of a million digits is passed over");
	tap_ok(now_ms() - start < SLOW_MS, "J6, J16, J17: in time: %d ms",
	    (int)(now_ms() - start));
	buf_done(&json);
}

/* Fed until it is enough. */
static void
test_endless(const char *start, const char *name)
{
	static char piece[1 << 20];
	struct api_chat c = { .server = SERVER };
	struct err e = ERR_NONE;
	size_t fed = 0;
	int got = api_chat_feed(&c, str_of(start), &e);

	memset(piece, 'a', sizeof piece);
	while (!got && fed < (size_t)100 << 20) {
		got = api_chat_feed(
		    &c, (struct str){ piece, sizeof piece }, &e);
		fed += sizeof piece;
	}
	tap_ok(got < 0 && e.status == ST_SERVER && fed <= (size_t)65 << 20,
	    "J14: %s without end is ended: %zu MiB, %s", name, fed >> 20,
	    e.text);
	api_chat_done(&c);
}

/* --- texts --- */

#define BAD "\xef\xbf\xbd"

static void
test_texts(void)
{
	const struct {
		struct str json, want;
		size_t bad;
	} texts[] = {
		{ STR(TEXT("a\\u0000b")), STR("a\0b"), 0 },
		{ STR(TEXT("a\x7f\\u001b\\u009b")), STR("a\x7f\x1b\xc2\x9b"),
		    0 },
		{ STR(TEXT("\xff")), STR(BAD), 1 },
		{ STR(TEXT("a\x80z")), STR("a" BAD "z"), 1 },
		{ STR(TEXT("\xc0\xaf")), STR(BAD BAD), 2 },
		{ STR(TEXT("\xe0\x80\xaf")), STR(BAD BAD BAD), 3 },
		{ STR(TEXT("\xed\xa0\x80")), STR(BAD BAD BAD), 3 },
		{ STR(TEXT("\xed\xa0\xbd\xed\xb8\x80")),
		    STR(BAD BAD BAD BAD BAD BAD), 6 },
		{ STR(TEXT("\xf4\x90\x80\x80")), STR(BAD BAD BAD BAD), 4 },
		{ STR(TEXT("\xf8\x88\x80\x80\x80")), STR(BAD BAD BAD BAD BAD),
		    5 },
		{ STR(TEXT("a\xe2\x82")), STR("a" BAD BAD), 2 },
		{ STR(TEXT("\\ud83d")), STR(BAD), 0 },
		{ STR(TEXT("\\ude00")), STR(BAD), 0 },
		{ STR(TEXT("\\ud83dx\\ude00")), STR(BAD "x" BAD), 0 },
		{ STR(TEXT("\\ud83d\\u0041")), STR(BAD "A"), 0 },
		{ STR(TEXT("\\ud83d\\ude00")), STR("\xf0\x9f\x98\x80"), 0 },
	};
	struct answer a = { 0 };

	for (size_t i = 0; i < countof(texts); i++) {
		for (int way = 0; way < 2; way++) {
			if (way)
				read_event(&a, texts[i].json);
			else
				read_answer(
				    &a, texts[i].json, (struct way){ 0 });
			if (!tap_case(!a.status &&
				    a.bad_bytes == texts[i].bad &&
				    str_equal(buf_str(&a.text), texts[i].want),
				"%zu: %d, %zu bad", i, a.status, a.bad_bytes))
				tap_show("text", buf_str(&a.text));
		}
	}
	answer_done(&a);
	tap_all("J9, J10, J11, J12: what is no character is U+FFFD, and "
		"counted");
}

int
main(void)
{
	test_bad_values();
	test_bad_texts();
	test_suite();
	test_numbers();
	test_depth();
	test_many();
	test_endless("{\"x\":\"", "a string");
	test_endless("{\"choices\":[{\"message\":{\"content\":\"", "a text");
	test_endless("data: {\"x\":\"", "an event");
	test_texts();
	return tap_done();
}
