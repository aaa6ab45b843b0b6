/* record_test - what flows through flows through, and one member comes in. */
#include <jv.h>

#include "die.h"
#include "documents.h"
#include "mem.h"
#include "record_write.h"
#include "tap.h"
#include "utf8.h"

enum { DOCUMENTS = 20000, SPOILT_EACH = 4 };

static struct record_format format;
static struct record record;

/* Out of memory of its own, so that no byte past its end is read unseen. */
static void
parse(struct str text)
{
	char *copy = tap_copy(text);

	record_parse(&record, &format, (struct str){ copy, text.len }, 7);
	memset(copy, '#', text.len);
	free(copy);
}

/* A run with another form of records. */
static void
use(const char *member, bool lines, char end)
{
	record_format_done(&format);
	record_format_init(&format, member, lines, end);
}

static void
write_reply(struct buf *out, const char *raw)
{
	struct record_writer w;

	buf_clear(out);
	record_begin(&w, out, &format, &record);
	json_raw(&w.json, str_of(raw));
	record_end(&w);
}

static void
write_error(struct buf *out, const char *text)
{
	struct err e = ERR_NONE;

	buf_clear(out);
	err_set(&e, ST_CUT, "the answer was cut");
	if (record.kind == RECORD_BAD)
		record_blame(&record, &e);
	record_write_error(out, &format, &record, &e, str_of(text));
}

#define CUT_ERROR \
	"{\"code\":\"length\",\"exit\":3,\"message\":\"the answer was cut\"," \
	"\"retryable\":false"

/* --- one member more --- */

static void
test_splice(void)
{
	static const char *const cases[][2] = {
		{ "{}", "{\"reply\":1}\n" },
		{ " { } ", " { \"reply\":1} \n" },
		{ "{\"a\":1}", "{\"a\":1,\"reply\":1}\n" },
		{ "{\"a\":1 }", "{\"a\":1 ,\"reply\":1}\n" },
		{ "{\"a\":1}\r", "{\"a\":1,\"reply\":1}\r\n" },
		{ "{\"a\":{}}", "{\"a\":{},\"reply\":1}\n" },
		{ "{\"a\":\"}\"}", "{\"a\":\"}\",\"reply\":1}\n" },
		{ "{\"n\":9007199254740993,\"z\":1.0,\"a\":1e400}",
		    "{\"n\":9007199254740993,\"z\":1.0,\"a\":1e400,"
		    "\"reply\":1}\n" },
		{ "{\"a\":1,\"a\":2}", "{\"a\":1,\"a\":2,\"reply\":1}\n" },
		{ "{\"a\":\"\\u00e4\\/\"}",
		    "{\"a\":\"\\u00e4\\/\",\"reply\":1}\n" },
		{ "{\"a\":{\"reply\":2}}",
		    "{\"a\":{\"reply\":2},\"reply\":1}\n" },
		{ "\"a \\\"text\\\"\"",
		    "{\"input\":\"a \\\"text\\\"\",\"reply\":1}\n" },
		{ "  \"\\u00e4\"\r", "{\"input\":\"\\u00e4\",\"reply\":1}\n" },
		{ "\"\"", "{\"input\":\"\",\"reply\":1}\n" },
	};
	struct buf out = { 0 };

	for (size_t i = 0; i < countof(cases); i++) {
		parse(str_of(cases[i][0]));
		tap_int(record.kind, RECORD_VALUES, cases[i][0]);
		write_reply(&out, "1");
		tap_is(buf_str(&out), cases[i][1], "gains a member");
		write_error(&out, "");
		tap_ok(str_find(buf_str(&out),
			   STR("\"reply_error\":" CUT_ERROR)) < out.len,
		    "or an error");
	}
	parse(STR("{\"a\":\"\xe2\x80\xae\xf3\xa0\x81\xa1\xe2\x80\x8b\"}"));
	write_reply(&out, "1");
	tap_is(buf_str(&out),
	    "{\"a\":\"\xe2\x80\xae\xf3\xa0\x81\xa1\xe2\x80\x8b\","
	    "\"reply\":1}\n",
	    "I22: what cannot be seen flows through, too");
	parse(STR("{\"a\":1}"));
	write_reply(&out, "{\n \"b\":\r\n\"\\n\" }");
	tap_is(buf_str(&out), "{\"a\":1,\"reply\":{  \"b\":  \"\\n\" }}\n",
	    "a value never breaks its line");
	write_error(&out, "so \"far\"");
	tap_is(buf_str(&out),
	    "{\"a\":1,\"reply_error\":" CUT_ERROR
	    ",\"text\":\"so \\\"far\\\"\"}}\n",
	    "what had come of an answer stands in its error");
	buf_clear(&out);
	record_write_same(&out, &format, &record);
	tap_is(buf_str(&out), "{\"a\":1}\n", "a record may stay as it is");
	buf_done(&out);
}

/* An error's message quotes servers, and must not quote keys. */
static void
test_message(void)
{
	struct buf out = { 0 };
	struct err e = ERR_NONE;

	die_hide("secret-key");
	parse(STR("{}"));
	err_set(&e, ST_UNREACHABLE, "\xff\"secret-key\"\n\xe2\x82");
	record_write_error(&out, &format, &record, &e, (struct str){ 0 });
	tap_is(buf_str(&out),
	    "{\"reply_error\":{\"code\":\"unreachable\",\"exit\":7,\"message\":"
	    "\"" UTF8_REPLACEMENT
	    "\\\"**********\\\"\\n" UTF8_REPLACEMENT UTF8_REPLACEMENT
	    "\",\"retryable\":true}}\n",
	    "a message is UTF-8 on one line, without secrets");
	buf_done(&out);
}

/* --- a member that is there --- */

/* Every size of what there is room for. */
static void
test_large_error(void)
{
	static const char text[] = "a\nb\nc";
	struct buf all = { 0 }, none = { 0 }, out = { 0 };

	parse(STR("{\"a\":1}"));
	write_error(&all, text);
	write_error(&none, "");
	for (out.max = none.len; out.max <= all.len; out.max++) {
		struct buf *want = out.max < all.len ? &none : &all;

		write_error(&out, text);
		tap_case(!out.full && str_equal(buf_str(&out), buf_str(want)),
		    "room for %zu bytes", out.max);
	}
	tap_all("an error is a whole line, without a text that does not fit");
	buf_done(&all);
	buf_done(&none);
	buf_done(&out);
}

static void
test_has_reply(void)
{
	static const char *const cases[][2] = {
		{ "{\"reply\":\"x\"}", "\"x\"" },
		{ "{\"reply\":null , \"b\":2}", "null" },
		{ "{\"reply\" : [1], \"reply_error\":{}, \"reply\":2 }", "2" },
		{ "{\"r\\u0065ply\":{}}", "{}" },
		{ "{\"messages\":[],\"reply\":\"x\"}", "\"x\"" },
	};

	for (size_t i = 0; i < countof(cases); i++) {
		parse(str_of(cases[i][0]));
		tap_is(record.value, cases[i][1], cases[i][0]);
		tap_is(record.text, cases[i][0], "is not changed");
	}
	parse(STR("{\"Reply\":1,\"reply \":1,\"repl\":1,\"reply_error\":1}"));
	tap_ok(!record.value.data, "other names are no reply");
	parse(STR("[{\"reply\":1}]"));
	tap_ok(!record.value.data, "nor is there one in a bad record");
	use("gr\xc3\xb6\xc3\x9f"
	    "e \"1\"",
	    false, '\n');
	parse(STR("{\"gr\\u00f6\xc3\x9f"
		  "e \\\"1\\\"\":3}"));
	tap_is(record.value, "3", "the member may be called anything");
	use("reply", false, '\n');
}

/* --- an error that is there --- */

static void
test_take_out(void)
{
	static const char *const cases[][2] = {
		{ "{\"reply_error\":1}", "{}" },
		{ " { \"reply_error\" : {} } ", " {  } " },
		{ "{\"reply_error\":1,\"a\":2}", "{\"a\":2}" },
		{ "{\"reply_error\":1 , \"a\":2}", "{\"a\":2}" },
		{ "{ \"reply_error\":1 ,\t\"a\":2}", "{ \"a\":2}" },
		{ "{\"a\":1,\"reply_error\":2}", "{\"a\":1}" },
		{ "{\"a\":1 , \"reply_error\":2 }", "{\"a\":1  }" },
		{ "{\"a\":1, \"reply_error\":2, \"b\":3}",
		    "{\"a\":1, \"b\":3}" },
		{ "{\"a\":1,\"reply_error\":2,\"reply_error\":3}",
		    "{\"a\":1}" },
		{ "{\"reply_error\":1,\"reply_error\":2}", "{}" },
		{ "{\"reply_error\":1,\"reply_error\":2,\"a\":3}",
		    "{\"a\":3}" },
		{ "{\"reply_error\":1,\"a\":2,\"reply_error\":3,\"b\":4,"
		  "\"reply_error\":5}",
		    "{\"a\":2,\"b\":4}" },
		{ "{\"a\":1,\"reply\\u005ferror\":{\"b\":\",}\"}}",
		    "{\"a\":1}" },
		{ "{\"a\":1,\"\\u0072eply_error\":{}}\r", "{\"a\":1}\r" },
		{ "{\"messages\":[],\"reply_error\":2}", "{\"messages\":[]}" },
		{ "{\"a\":{\"reply_error\":1},\"reply_errors\":2}",
		    "{\"a\":{\"reply_error\":1},\"reply_errors\":2}" },
	};
	struct buf out = { 0 };

	for (size_t i = 0; i < countof(cases); i++) {
		parse(str_of(cases[i][0]));
		tap_is(record.text, cases[i][1], cases[i][0]);
	}
	parse(STR("{\"reply_error\":{\"code\":\"length\"}}"));
	write_reply(&out, "1");
	tap_is(buf_str(&out), "{\"reply\":1}\n", "in its place comes a reply");
	buf_done(&out);
}

/* --- bad records --- */

static void
check_bad(struct str text, const char *why, const char *name)
{
	struct buf out = { 0 }, want = { 0 };

	parse(text);
	tap_int(record.kind, RECORD_BAD, name);
	tap_ok(!record.text.data && !record.value.data && !record.body.data,
	    "nothing of it can be used");
	write_error(&out, "");
	buf_add_format(&want,
	    "{\"reply_error\":{\"code\":\"bad_record\",\"line\":7,\"exit\":26,"
	    "\"message\":\"line 7: %s\",\"retryable\":false}}\n",
	    why);
	tap_same(buf_str(&out), buf_str(&want), "and its line is not quoted");
	buf_done(&out);
	buf_done(&want);
}

static void
add_times(struct buf *out, const char *text, size_t n)
{
	while (n--)
		buf_add_text(out, text);
}

static void
test_depth(void)
{
	struct buf text = { 0 };

	buf_add_text(&text, "{\"a\":");
	add_times(&text, "[", 127);
	add_times(&text, "]", 127);
	buf_add_char(&text, '}');
	parse(buf_str(&text));
	tap_int(record.kind, RECORD_VALUES, "128 levels are fine");
	buf_clear(&text);
	buf_add_text(&text, "{\"a\":");
	add_times(&text, "[", 128);
	add_times(&text, "]", 128);
	buf_add_char(&text, '}');
	check_bad(buf_str(&text), "not JSON, or too deep, at byte 134",
	    "129 levels are not");
	buf_clear(&text);
	add_times(&text, "{\"a\":", 1000000);
	check_bad(buf_str(&text), "not JSON, or too deep, at byte 642",
	    "a million is not");
	buf_done(&text);
}

static void
test_bad(void)
{
	const struct {
		struct str text;
		const char *why;
	} cases[] = {
		{ STR(""), "blank" },
		{ STR(" \t\r"), "blank" },
		{ STR("[1]"), "neither an object nor a string" },
		{ STR("42"), "neither an object nor a string" },
		{ STR("null"), "neither an object nor a string" },
		{ STR("true"), "neither an object nor a string" },
		{ STR("{"), "not JSON, or too deep, at byte 2" },
		{ STR("{\"a\":1"), "not JSON, or too deep, at byte 7" },
		{ STR("{\"a\":1}}"), "not JSON, or too deep, at byte 8" },
		{ STR("{\"a\":1,}"), "not JSON, or too deep, at byte 8" },
		{ STR("{\"a\":nan}"), "not JSON, or too deep, at byte 6" },
		{ STR("\"a\",\"b\":\"c\""),
		    "not JSON, or too deep, at byte 4" },
		{ STR("\"a"), "not JSON, or too deep, at byte 3" },
		{ STR("text"), "not JSON, or too deep, at byte 1" },
		{ STR("{\"a\":\"\xff\"}"), "not UTF-8, at byte 7" },
		{ STR("\"\xed\xa0\x80\""), "not UTF-8, at byte 2" },
		{ STR("{}\0"), "not JSON, or too deep, at byte 3" },
		{ STR("{\"a\0\":1}"), "not JSON, or too deep, at byte 5" },
		{ STR("{\"a\":\"\n\"}"), "not JSON, or too deep, at byte 8" },
		{ STR("{\"reply_error\":{\"code\":\"bad_record\","
		      "\"line\":3}}"),
		    "was bad in an earlier run, which kept nothing" },
	};

	for (size_t i = 0; i < countof(cases); i++)
		check_bad(cases[i].text, cases[i].why, cases[i].why);
	parse(STR("{\"a\":1,\"reply_error\":{\"code\":\"bad_record\"}}"));
	tap_is(record.text, "{\"a\":1}", "what was left can be asked");
	tap_int(record.kind, RECORD_VALUES, "and is no bad record");
}

static void
test_size(void)
{
	size_t size = RECORD_MAX + 1;
	char *text = mem_new(size, 1);
	struct buf out = { 0 };

	memset(text, 'x', size);
	memcpy(text, "{\"a\":\"", 6);
	memcpy(text + RECORD_MAX - 2, "\"}", 2);
	parse((struct str){ text, RECORD_MAX });
	tap_int(record.kind, RECORD_VALUES, "I14: 10 MiB are a record");
	write_reply(&out, "1");
	tap_int((intmax_t)out.len, RECORD_MAX + 11, "I14: and go out again");
	text[RECORD_MAX] = ' ';
	check_bad((struct str){ text, size }, "larger than 10 MiB",
	    "I14: a byte more is not");
	tap_ok(record.bytes.capacity < 1 << 20,
	    "I14: its memory is not kept for the next");
	buf_done(&out);
	free(text);
}

/* --- lines --- */

static void
test_lines(void)
{
	const struct {
		struct str text;
		const char *want;
	} cases[] = {
		{ STR(""), "{\"input\":\"\",\"reply\":1}\n" },
		{ STR("\r"), "{\"input\":\"\",\"reply\":1}\n" },
		{ STR("a\r\r"), "{\"input\":\"a\\r\",\"reply\":1}\n" },
		{ STR(" a\t"), "{\"input\":\" a\\t\",\"reply\":1}\n" },
		{ STR("{\"a\":1}"),
		    "{\"input\":\"{\\\"a\\\":1}\",\"reply\":1}\n" },
		{ STR("\xc3\xa4\\"),
		    "{\"input\":\"\xc3\xa4\\\\\",\"reply\":1}\n" },
		{ STR("a\0\x1b"),
		    "{\"input\":\"a\\u0000\\u001b\",\"reply\":1}\n" },
	};
	struct buf out = { 0 };

	use("reply", true, '\n');
	for (size_t i = 0; i < countof(cases); i++) {
		parse(cases[i].text);
		write_reply(&out, "1");
		tap_is(buf_str(&out), cases[i].want,
		    "a line is a text, whatever it says");
	}
	check_bad(STR("a\xff"), "not UTF-8, at byte 2", "but is UTF-8");
	use("reply", true, 0);
	parse(STR("a\nb\r"));
	write_reply(&out, "1");
	tap_same(buf_str(&out), STR("{\"input\":\"a\\nb\\r\",\"reply\":1}\0"),
	    "one that ends in NUL may hold lines");
	use("reply", false, 0);
	parse(STR("{\n\"a\":1\n}\n"));
	write_reply(&out, "[\n1]");
	tap_same(buf_str(&out), STR("{\n\"a\":1\n,\"reply\":[ 1]}\n\0"),
	    "so may an object");
	use("reply", false, '\n');
	buf_done(&out);
}

/* --- values --- */

static void
test_text(void)
{
	const struct {
		struct str value;
		const char *want;
	} cases[] = {
		{ STR("\"a\\n\\u00e4\""), "a\n\xc3\xa4" },
		{ STR("\"\""), "" },
		{ STR("9007199254740993"), "9007199254740993" },
		{ STR("1.50"), "1.50" },
		{ STR("[1, \"\\u00e4\"]"), "[1, \"\\u00e4\"]" },
		{ STR("{\"a\" :1}"), "{\"a\" :1}" },
		{ STR("false"), "false" },
		{ STR("\"a\\u0000b\""), "a" UTF8_REPLACEMENT "b" },
		{ STR("\"\\ud83d\""), UTF8_REPLACEMENT },
		{ STR("\"{{input}}\""), "{{input}}" },
	};
	struct buf out = { 0 };

	for (size_t i = 0; i < countof(cases); i++) {
		buf_clear(&out);
		buf_add_text(&out, "\xff");
		tap_ok(record_text(cases[i].value, &out), "%s says",
		    cases[i].value.data);
		tap_is(str_skip(buf_str(&out), 1), cases[i].want, "this");
	}
	buf_clear(&out);
	tap_ok(!record_text(STR("null"), &out), "null is not given");
	tap_ok(!record_text((struct str){ 0 }, &out), "nor is nothing");
	tap_int((intmax_t)out.len, 0, "and they say nothing");
	buf_done(&out);
}

static void
test_raw(void)
{
	struct buf out = { 0 };

	tap_ok(record_write_raw(&out, &format, STR("a")), "a text is printed");
	tap_ok(record_write_raw(&out, &format, STR("")), "an empty one");
	tap_ok(record_write_raw(&out, &format, STR("b\n")), "one with its end");
	tap_is(buf_str(&out), "a\n\nb\n", "each is a line");
	buf_clear(&out);
	tap_ok(!record_write_raw(&out, &format, STR("a\n\n")),
	    "of one with more lines that is said");
	tap_is(buf_str(&out), "a\n\n", "and it is printed as it is");
	use("reply", false, 0);
	buf_clear(&out);
	tap_ok(record_write_raw(&out, &format, STR("a\nb\n")), "with NUL not");
	tap_same(buf_str(&out), STR("a\nb\n\0"), "whose end is another");
	use("reply", false, '\n');
	buf_done(&out);
}

/* --- requests --- */

/* The fields of the record as an object with "model" first. */
static void
check_fields(const char *text, const char *want)
{
	static const char *const but[] = { "model", "temperature" };
	struct buf out = { 0 };
	struct json j = { .out = &out };

	parse(str_of(text));
	json_open(&j, '{');
	json_member(&j, "model", STR("m"));
	record_write_fields(&record, &j, but, countof(but));
	json_close(&j, '}');
	tap_is(buf_str(&out), want, text);
	buf_done(&out);
}

static void
test_requests(void)
{
	check_fields("{\"id\":7,\"messages\":[{\"role\":\"user\"}],"
		     "\"max_tokens\":50,\"input\":\"x\",\"user\":\"u\"}",
	    "{\"model\":\"m\",\"max_tokens\":50,"
	    "\"messages\":[{\"role\":\"user\"}]}");
	tap_int(record.kind, RECORD_REQUEST, "messages make a request");
	tap_same(record.body, record.text, "which the record is");
	check_fields("{\"messages\":[],\"seed\":1,\"s\\u0065ed\":"
		     "9007199254740993,\"stop\":null,\"seed\\u0000\":2,"
		     "\"temperature\":1,\"n\":3,\"stream\":true,"
		     "\"str\\u0065am\":true,\"stream_options\":{}}",
	    "{\"model\":\"m\",\"messages\":[],\"seed\":9007199254740993}");
	check_fields("{\"messages\":[],\"xtc_threshold\":1,\"\":2,"
		     "\"add_generation_prompt\":false}",
	    "{\"model\":\"m\",\"add_generation_prompt\":false,"
	    "\"messages\":[],\"xtc_threshold\":1}");
	check_fields("{\"custom_id\":\"1\",\"url\":\"/v1/x\",\"seed\":9,"
		     "\"body\":{\"seed\":1,\"odd\":[1],\"model\":\"b\","
		     "\"n\":2,\"\":3}}",
	    "{\"model\":\"m\",\"odd\":[1],\"\":3,\"seed\":1}");
	tap_int(record.kind, RECORD_BATCH, "a batch line has a body");
	check_fields("{\"seed\":1}", "{\"model\":\"m\"}");
	check_fields("[", "{\"model\":\"m\"}");
	parse(STR("{\"messages\":\"none\"}"));
	tap_int(record.kind, RECORD_VALUES, "other messages are a value");
	parse(STR("{\"messages\":[],\"messages\":null}"));
	tap_int(record.kind, RECORD_VALUES, "of two the last counts");
}

/* Another question makes another request. */
static void
test_question(void)
{
	format.question = "prompt";
	format.question_kind = SPAN_STRING;
	parse(STR("{\"prompt\":\"a\",\"messages\":[]}"));
	tap_int(record.kind, RECORD_REQUEST, "a prompt makes a request");
	tap_same(record.body, record.text, "which the record is");
	parse(STR("{\"prompt\":[1],\"messages\":[]}"));
	tap_int(record.kind, RECORD_VALUES, "of its kind alone");
	use("reply", false, '\n');
	parse(STR("{\"prompt\":\"a\"}"));
	tap_int(record.kind, RECORD_VALUES, "messages are the usual one");
}

#define BATCH_LINE \
	"{\"custom_id\": \"a\\u00e4\", \"method\":\"POST\"," \
	"\"url\":\"\\/v1\\/chat\\/completions\",\"reply\":1," \
	"\"body\":{\"model\":\"m\"}}"

static void
test_batch(void)
{
	struct buf out = { 0 };

	parse(STR(BATCH_LINE));
	tap_int(record.kind, RECORD_BATCH, "a batch line");
	tap_is(record.body, "{\"model\":\"m\"}", "has the body of a request");
	tap_ok(!record.value.data, "and is always asked");
	tap_ok(record_is_for(&record, "/v1/chat/completions"), "at its url");
	tap_ok(!record_is_for(&record, "/v1/embeddings"), "and no other");
	write_reply(&out, "{\"id\":\"x\"}");
	tap_is(buf_str(&out),
	    "{\"id\":\"batch_req_7\",\"custom_id\":\"a\\u00e4\",\"response\":"
	    "{\"status_code\":200,\"request_id\":\"batch_req_7\",\"body\":"
	    "{\"id\":\"x\"}},\"error\":null}\n",
	    "its output has the answer");
	write_error(&out, "");
	tap_is(buf_str(&out),
	    "{\"id\":\"batch_req_7\",\"custom_id\":\"a\\u00e4\","
	    "\"response\":null,\"error\":" CUT_ERROR "}}\n",
	    "or an error");
	parse(STR("{\"custom_id\":\"1\",\"method\":\"GET\",\"url\":\"/a\","
		  "\"body\":{}}"));
	tap_ok(!record_is_for(&record, "/a"), "a GET is for nobody");
	parse(STR("{\"custom_id\":1,\"url\":\"/a\",\"body\":{}}"));
	tap_int(record.kind, RECORD_VALUES, "an id is a string");
	parse(STR("{\"custom_id\":\"1\",\"url\":\"/a\",\"body\":\"text\"}"));
	tap_int(record.kind, RECORD_VALUES, "a body is an object");
	buf_done(&out);
}

/* --- libjq thinks the same --- */

static jv
read_jv(struct str text)
{
	return jv_parse_sized(text.data, (int)text.len);
}

static struct str
without_end(const struct buf *out)
{
	return (struct str){ out->data, out->len - 1 };
}

/* Is out what went in, less its error, with this member? */
static bool
gains(struct str in, const struct buf *out, const char *member)
{
	jv want = read_jv(in), got = read_jv(without_end(out));
	bool same;

	if (jv_get_kind(want) == JV_KIND_STRING)
		want = jv_object_set(jv_object(), jv_string("input"), want);
	want = jv_object_delete(want, jv_string("reply_error"));
	same = jv_get_kind(got) == JV_KIND_OBJECT &&
	    jv_object_has(jv_copy(got), jv_string(member));
	if (same)
		got = jv_object_delete(got, jv_string(member));
	same = same && jv_equal(jv_copy(want), jv_copy(got));
	jv_free(want);
	jv_free(got);
	return same;
}

/* The bytes on both sides of the member are the record's own. */
static bool
keeps_bytes(struct str text, const struct buf *out, const char *member)
{
	struct str got = without_end(out);
	size_t brace = text.len;

	while (text.data[--brace] != '}')
		;
	return got.len > text.len && !memcmp(got.data, text.data, brace) &&
	    str_ends(got, text.data + brace) &&
	    str_find(str_skip(got, brace), str_of(member)) < 3;
}

/* A copy: parsing anew takes the record's bytes away. */
static void
check_again(struct str in, const struct buf *out, const char *before)
{
	parse(without_end(out));
	if (!tap_case(str_is(record.text, before) && !record.value.data,
		"an error that is taken out again leaves what was there"))
		tap_show("in", in);
}

static void
check_object(struct str in)
{
	struct buf out = { 0 };
	char *before = mem_copy(record.text);
	bool fine;

	write_reply(&out, "\"x\"");
	fine = gains(in, &out, "reply") &&
	    keeps_bytes(str_of(before), &out, "\"reply\"");
	if (!tap_case(fine, "a member comes in and nothing else changes")) {
		tap_show("in", in);
		tap_show("out", buf_str(&out));
	}
	write_error(&out, "");
	fine = gains(in, &out, "reply_error") &&
	    keeps_bytes(str_of(before), &out, "\"reply_error\"");
	if (!tap_case(fine, "so does an error"))
		tap_show("in", in);
	check_again(in, &out, before);
	free(before);
	buf_done(&out);
}

/* Half a surrogate pair is not for libjq 1.6, and RFC 8259 lets it be. */
static bool
jq_reads(struct str text)
{
	jv value = read_jv(text);
	bool reads = jv_is_valid(value);

	jv_free(value);
	return reads;
}

static bool
jq_has(struct str text, const char *member)
{
	jv value = read_jv(text);
	bool has = jv_get_kind(value) == JV_KIND_OBJECT &&
	    jv_object_has(jv_copy(value), jv_string(member));

	jv_free(value);
	return has;
}

static void
check_document(struct str in)
{
	enum span_kind kind;

	parse(in);
	kind = span_kind(str_trim(in));
	if (kind != SPAN_OBJECT && kind != SPAN_STRING)
		tap_case(record.kind == RECORD_BAD, "no record");
	else if (!tap_case(record.kind != RECORD_BAD, "a record"))
		tap_show("in", in);
	if (record.kind == RECORD_BAD)
		return;
	if (!tap_case(!record.value.data == !jq_has(in, "reply"),
		"it has its reply, or has none"))
		tap_show("in", in);
	if (record.value.data)
		tap_case(str_equal(record.text, in), "it stays as it is");
	else
		check_object(in);
}

/* What is no JSON text of UTF-8 is a bad record. */
static void
check_spoilt(struct str in)
{
	bool is_json = span_valid(in) && utf8_valid(in) == in.len;

	parse(in);
	if (!tap_case(is_json || record.kind == RECORD_BAD,
		"garbage is a bad record"))
		tap_show("in", in);
	if (is_json && jq_reads(in))
		check_document(in);
}

static void
test_random(void)
{
	struct buf text = { 0 }, spoilt = { 0 };

	use("reply", false, 0);
	for (int i = 0; i < DOCUMENTS; i++) {
		write_document(&text);
		check_document(buf_str(&text));
		for (int k = 0; k < SPOILT_EACH; k++) {
			spoil(buf_str(&text), &spoilt);
			if (!str_has_nul(buf_str(&spoilt)))
				check_spoilt(buf_str(&spoilt));
		}
	}
	tap_all("libjq sees what went in, and one member more");
	for (int i = 0; i < DOCUMENTS; i++) {
		buf_clear(&text);
		for (uint32_t n = draw_below(60); n; n--)
			buf_add_char(&text, (char)draw());
		parse(buf_str(&text));
		tap_case(record.kind == RECORD_BAD, "random bytes");
		buf_clear(&spoilt);
		write_error(&spoilt, "");
		tap_case(span_valid(without_end(&spoilt)) &&
			utf8_valid(buf_str(&spoilt)) == spoilt.len,
		    "its error is JSON");
	}
	tap_all("random bytes are bad records");
	use("reply", true, '\n');
	for (int i = 0; i < DOCUMENTS; i++) {
		write_document(&text);
		parse(buf_str(&text));
		write_reply(&spoilt, "1");
		tap_case(record.kind == RECORD_VALUES &&
			span_valid(without_end(&spoilt)) &&
			!memchr(spoilt.data, '\n', spoilt.len - 1),
		    "a line becomes a line");
	}
	tap_all("any text of UTF-8 is a line");
	use("reply", false, '\n');
	buf_done(&text);
	buf_done(&spoilt);
}

int
main(void)
{
	use("reply", false, '\n');
	test_splice();
	test_message();
	test_large_error();
	test_has_reply();
	test_take_out();
	test_depth();
	test_bad();
	test_size();
	test_lines();
	test_text();
	test_raw();
	test_requests();
	test_question();
	test_batch();
	test_random();
	record_done(&record);
	record_format_done(&format);
	return tap_done();
}
