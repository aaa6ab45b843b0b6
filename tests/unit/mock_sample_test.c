/*
 * mock_sample_test - what the mock answers where a schema is demanded holds to
 * it, over the schemas of all tests and prompts; and no schema takes for ever.
 */
#include "../../tools/dmr-mock/sample_set.h"

#include <time.h>

#include "file.h"
#include "schema.h"
#include "sample_rows.h"
#include "schema_rows.h"
#include "tap.h"

/* A value of a schema; -1: there was none. */
static int
sample(struct str spec, struct buf *out)
{
	struct tree t;
	const char *wrong;
	int got = tree_read(&t, spec);

	if (got == 0)
		got = sample_value(t.nodes, out, &wrong);
	tree_done(&t);
	return got;
}

/* One case: the value holds to the schema, as lib/schema sees it. */
static void
check_schema(struct str spec)
{
	struct err e = ERR_NONE;
	struct schema *s = schema_read(spec, &e);
	struct buf value = { 0 };

	if (!tap_case(s && sample(schema_text(s), &value) == 0 &&
		    schema_check(s, buf_str(&value), &e) == 0,
		"%.*s", STR_ARGS(spec))) {
		tap_show("value", buf_str(&value));
		tap_show("error", str_of(e.text));
	}
	schema_free(s);
	buf_done(&value);
}

/* Is there a text that holds to the schema of this row? */
static bool
is_satisfiable(size_t row)
{
	for (size_t i = row + 1; i < countof(rows) && !rows[i].schema; i++)
		if (!rows[i].want)
			return true;
	return false;
}

static void
test_rows(void)
{
	for (size_t i = 0; i < countof(rows); i++) {
		char *spec;

		if (!rows[i].schema || !is_satisfiable(i))
			continue;
		spec = quoted(rows[i].schema);
		check_schema(str_of(spec));
		free(spec);
	}
	tap_all("the schemas of schema_test have values");
}

static void
test_files(void)
{
	static const char *const files[] = {
		"prompts/ui-verify.schema.json",
	};

	for (size_t i = 0; i < countof(files); i++) {
		struct buf text = { 0 };
		struct err e = ERR_NONE;

		file_read(files[i], 1 << 20, &text, &e);
		check_schema(buf_str(&text));
		buf_done(&text);
	}
	tap_all("and those of the prompts");
}

static void
test_more(void)
{
	for (size_t i = 0; i < countof(more); i++) {
		char *spec = quoted(more[i].schema);
		char *want = quoted(more[i].want ? more[i].want : "");
		struct buf got = { 0 };
		int found = sample(str_of(spec), &got);

		if (!tap_case(found == (more[i].want ? 0 : -1) &&
			    str_is(buf_str(&got), want),
			"%s", more[i].schema))
			tap_show("got", buf_str(&got));
		buf_done(&got);
		free(spec);
		free(want);
	}
	tap_all("a value, or none");
}

static const struct {
	const char *pattern;
	size_t more;
	const char *want; /* NULL: not known */
} patterns[] = {
	{ "", 0, "" },
	{ "^abc$", 0, "abc" },
	{ "a|b|c", 0, "a" },
	{ "^(ab|c)*d?e+$", 0, "e" },
	{ "^(ab|c)*d?e+$", 2, "ababeee" },
	{ "(?:x\\.y){2,}?[^a-z_]|z", 0, "x.yx.y1" },
	{ "x{2,3}", 9, "xxx" },
	{ "x{2}", 9, "xx" },
	{ "^\\S\\s\\W[]a][\\w-].$", 0, "a -aaa" },
	{ "[\\]x\\-z]", 0, "-" },
	{ "[0-9a-fA-F]{8}", 0, "aaaaaaaa" },
	{ "\xc3\xa4{2}\xc3\xa4?", 0, "\xc3\xa4\xc3\xa4" },
	{ "\\/\\n\\{", 0, "/\n{" },
	{ "(a(b|c(d)))(e)", 0, "abe" },
	{ "[^\\w\\W]", 0, NULL },
	{ "(?=x)", 0, NULL },
	{ "\\bx", 0, NULL },
	{ "(a)\\1", 0, NULL },
	{ "((((", 0, NULL },
	{ "a)", 0, NULL },
	{ "[a", 0, NULL },
	{ "[a-", 0, NULL },
	{ "a{", 0, NULL },
	{ "a{3,2}", 0, NULL },
	{ "\\", 0, NULL },
	{ "(((x{99}){99}){99}){99}", 0, NULL },
};

static void
test_patterns(void)
{
	for (size_t i = 0; i < countof(patterns); i++) {
		struct str text = str_of(patterns[i].pattern);
		char *copy = tap_copy(text);
		struct buf got = { 0 };
		long steps = 0;
		bool found;

		text.data = copy;
		found = sample_pattern(text, patterns[i].more, &steps, &got);
		if (!tap_case(found == !!patterns[i].want &&
			    (!found || str_is(buf_str(&got), patterns[i].want)),
			"%s", patterns[i].pattern))
			tap_show("got", buf_str(&got));
		buf_done(&got);
		free(copy);
	}
	tap_all("a text for a pattern, or none");
}

/* --- hostile ones --- */

static void
check_large(const char *name, struct buf *spec)
{
	enum { SECONDS = 20 };
	struct buf value = { 0 };
	clock_t start = clock();
	double seconds;

	sample(buf_str(spec), &value);
	seconds = (double)(clock() - start) / CLOCKS_PER_SEC;
	tap_ok(seconds < SECONDS, "%s: %.3f s", name, seconds);
	buf_done(&value);
	buf_clear(spec);
}

static void
add_repeated(struct buf *out, const char *text, int times)
{
	while (times--)
		buf_add_text(out, text);
}

static void
test_large_patterns(void)
{
	struct buf spec = { 0 };

	buf_add_text(&spec, "{\"pattern\":\"");
	add_repeated(&spec, "(", 1000000);
	buf_add_text(&spec, "\"}");
	check_large("groups within groups", &spec);

	buf_add_text(&spec,
	    "{\"type\":\"array\",\"minItems\":1000,\"items\":"
	    "{\"type\":\"array\",\"minItems\":1000,\"items\":"
	    "{\"pattern\":\"(x|");
	add_repeated(&spec, "[a-f]", 100000);
	buf_add_text(&spec, "x{");
	add_repeated(&spec, "0", 1000000);
	buf_add_text(&spec, "}){0,9999}\"}}}");
	check_large("many patterns that take long", &spec);
	buf_done(&spec);
}

static void
test_large_enums(void)
{
	struct buf spec = { 0 };

	for (int set = 0; set < 2; set++) {
		buf_add_text(&spec,
		    set ? ",\"allOf\":[{\"enum\":["
			: "{\"minLength\":9,\"enum\":[");
		for (int i = 0; i < 300000; i++)
			buf_add_format(
			    &spec, "%s\"%c%d\"", i ? "," : "", 'a' + set, i);
		buf_add_text(&spec, "]");
		if (!set) {
			struct buf one = { 0 };

			buf_add(&one, buf_str(&spec));
			buf_add_text(&one, "}");
			check_large("an enum of which nothing fits", &one);
			buf_done(&one);
		}
	}
	buf_add_text(&spec, "}]}");
	spec.data[strlen("{\"minLength\":")] = '1';
	check_large("two that have nothing in common", &spec);

	buf_add_text(&spec, "{\"type\":[\"string\"");
	add_repeated(&spec, ",\"string\"", 300000);
	buf_add_text(&spec, "],\"enum\":[1");
	add_repeated(&spec, ",1", 300000);
	buf_add_text(&spec, "]}");
	check_large("many types of many values", &spec);
	buf_done(&spec);
}

static void
test_large(void)
{
	struct buf spec = { 0 };

	for (int i = 0; i < 20; i++)
		buf_add_text(&spec, "{\"anyOf\":[{\"type\":\"wrong\"},");
	buf_add_text(&spec, "false");
	for (int i = 0; i < 20; i++)
		buf_add_text(&spec, "]}");
	check_large("anyOf within anyOf", &spec);

	buf_add_text(&spec, "{\"allOf\":[");
	for (int i = 0; i < 12; i++)
		buf_add_format(&spec,
		    "%s{\"anyOf\":[{\"title\":\"a\"},{\"minimum\":%d},{}]}",
		    i ? "," : "", i);
	buf_add_text(&spec, ",{\"anyOf\":[false]}]}");
	check_large("many anyOf at once", &spec);

	buf_add_text(&spec, "{\"properties\":{");
	for (int i = 0; i < 100000; i++)
		buf_add_format(&spec, "%s\"%d\":{}", i ? "," : "", i);
	buf_add_text(&spec, "},\"required\":[");
	for (int i = 0; i < 100000; i++)
		buf_add_format(&spec, "%s\"x%d\"", i ? "," : "", i);
	buf_add_text(&spec, "]}");
	check_large("many members", &spec);

	buf_add_text(&spec,
	    "{\"type\":\"array\",\"minItems\":1000,\"items\":{\"$ref\":\"#\"}}");
	check_large("arrays of arrays", &spec);

	buf_add_text(&spec,
	    "{\"type\":\"array\",\"minItems\":1000,\"items\":"
	    "{\"type\":\"integer\",\"minimum\":");
	add_repeated(&spec, "1", 1000000);
	buf_add_text(&spec, "}}");
	check_large("a bound of many digits", &spec);

	buf_add_text(&spec,
	    "{\"type\":\"array\",\"minItems\":64,\"items\":"
	    "{\"$ref\":\"#\"},\"allOf\":[{}");
	for (int i = 0; i < 15; i++) {
		buf_add_text(&spec, ",{\"anyOf\":[");
		add_repeated(&spec, "[", 110);
		buf_add_text(&spec, "{}");
		add_repeated(&spec, "]", 110);
		buf_add_text(&spec, "]}");
	}
	buf_add_text(&spec, "]}");
	check_large("arrays in place of schemas", &spec);

	buf_add_text(&spec,
	    "{\"properties\":{\"a\":{\"$ref\":\"#\"},\"b\":{\"$ref\":\"#\"},"
	    "\"c\":{\"$ref\":\"#\"}},\"required\":[\"a\",\"b\",\"c\"]}");
	check_large("objects that need themselves", &spec);

	for (int i = 0; i < 50; i++)
		buf_add_text(&spec,
		    "{\"type\":\"array\",\"uniqueItems\":true,\"minItems\":2,"
		    "\"items\":");
	buf_add_text(&spec, "{\"const\":1}");
	add_repeated(&spec, "}", 50);
	check_large("arrays of different arrays", &spec);

	for (int i = 0; i < 50; i++)
		buf_add_text(&spec,
		    "{\"not\":{\"const\":1},\"if\":{\"minimum\":1},\"else\":");
	buf_add_text(&spec, "false");
	add_repeated(&spec, "}", 50);
	check_large("if within if", &spec);
	buf_done(&spec);
}

int
main(void)
{
	test_rows();
	test_files();
	test_more();
	test_patterns();
	test_large();
	test_large_patterns();
	test_large_enums();
	return tap_done();
}
