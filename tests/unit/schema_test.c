/*
 * schema_test - texts that hold to a schema, and what is said of those that do
 * not; and that neither can be so made that checking takes for ever.
 */
#include "schema.h"

#include <time.h>

#include "buf.h"
#include "schema_rows.h"
#include "tap.h"
#include "tree.h"

#define PREFIX "not what the schema says: "

static void
check_text(const struct schema *s, const char *schema, const char *text,
    const char *want)
{
	char *in = quoted(text), *out = quoted(want ? want : "");
	struct err e = ERR_NONE;
	struct buf wanted = { 0 };
	int got = schema_check(s, str_of(in), &e);

	if (want)
		buf_add_format(&wanted, PREFIX "%s", out);
	if (!tap_ok(got == (want ? -1 : 0) &&
		    e.status == (want ? ST_UNUSABLE : ST_OK) &&
		    str_is(buf_str(&wanted), e.text),
		"%s | %.40s", schema, text)) {
		tap_show("got", str_of(e.text));
		tap_show("wanted", buf_str(&wanted));
	}
	buf_done(&wanted);
	free(in);
	free(out);
}

static struct schema *
read_schema(const char *schema)
{
	char *spec = quoted(schema);
	struct err e = ERR_NONE;
	struct schema *s = schema_read(str_of(spec), &e);

	if (!tap_ok(s && str_is(schema_text(s), spec), "%s", schema))
		tap_show("error", str_of(e.text));
	free(spec);
	return s;
}

static void
test_rows(void)
{
	struct schema *s = NULL;
	const char *name = "";

	for (size_t i = 0; i < countof(rows); i++) {
		if (rows[i].schema) {
			schema_free(s);
			name = rows[i].schema;
			s = read_schema(name);
		} else if (s) {
			check_text(s, name, rows[i].text, rows[i].want);
		}
	}
	schema_free(s);
}

/* --- hostile ones --- */

/* before0after,before1after,... */
static void
add_series(struct buf *out, const char *before, size_t n, const char *after)
{
	for (size_t i = 0; i < n; i++)
		buf_add_format(
		    out, "%s%s%zu%s", i ? "," : "", before, i, after);
}

static void
add_times(struct buf *out, size_t n, const char *text)
{
	while (n--)
		buf_add_text(out, text);
}

/*
 * Check the text (' for " in the schema only) within seconds of processor
 * time, which is thousands of times what it takes, and still nothing to what
 * is quadratic or worse.
 */
static void
check_large(const char *schema, const struct buf *text, const char *want,
    const char *name)
{
	const double limit = 20;
	char *spec = quoted(schema);
	struct err e = ERR_NONE;
	clock_t start = clock();
	struct schema *s = schema_read(str_of(spec), &e);
	int got = s ? schema_check(s, buf_str(text), &e) : -2;
	double seconds = (double)(clock() - start) / CLOCKS_PER_SEC;

	tap_ok(got == (want ? -1 : 0) &&
		(!want || str_starts(str_of(e.text), want)) && seconds < limit,
	    "%s (%zu bytes, %.3f s)", name, text->len, seconds);
	if (got)
		tap_note("%s", e.text);
	schema_free(s);
	free(spec);
}

/* {"a":{"a":...leaf...}} */
static void
nest(struct buf *text, size_t depth, const char *leaf)
{
	buf_clear(text);
	add_times(text, depth, "{\"a\":");
	buf_add_text(text, leaf);
	add_times(text, depth, "}");
}

static void
test_recursion(void)
{
	static const char tries[] = "{'type':'object','properties':{'a':{"
				    "'anyOf':[{'$ref':'#'},{'$ref':'#'}]}}}";
	static const char again[] =
	    "{'type':'object','properties':{'a':{'anyOf':["
	    "{'$ref':'#','required':['x']},{'$ref':'#','required':['y']},"
	    "{'$ref':'#'}]}}}";
	static const char twice[] =
	    "{'$ref':'#/$defs/x','properties':{'a':{'$ref':'#'}},"
	    "'$defs':{'x':{'properties':{'a':{'$ref':'#'}}}}}";
	struct buf text = { 0 };

	nest(&text, 127, "{}");
	check_large(tries, &text, NULL, "two ways on each of 128 levels");
	check_large(again, &text, NULL, "two wrong ways on each level");
	check_large(twice, &text, NULL, "two demands on each level");
	nest(&text, 127, "0");
	check_large(
	    tries, &text, PREFIX ".a.a.", "no way on each of 127 levels");
	check_large(again, &text, PREFIX ".a.a.", "three of them");
	nest(&text, 128, "{}");
	check_large(tries, &text, PREFIX "not JSON", "129 levels are refused");
	buf_done(&text);
}

/* As many $ref and anyOf as there may be, on each level of the deepest text. */
static void
test_stack(void)
{
	const int ways = (SCHEMA_STEPS_MAX - 2) / 2;
	struct buf schema = { 0 }, text = { 0 };

	buf_add_text(&schema, "{'$ref':'#/$defs/0','$defs':{");
	for (int i = 0; i < ways; i++)
		buf_add_format(&schema,
		    "'%d':{'anyOf':[{'type':'null'},{'$ref':'#/$defs/%d'},"
		    "{'$ref':'#/$defs/%d'}]},",
		    i, i + 1, i + 1);
	buf_add_format(&schema,
	    "'%d':{'type':'object','properties':{'a':{'$ref':'#'}}}}}", ways);
	nest(&text, 127, "{}");
	check_large(schema.data, &text, NULL, "as many steps as there may be");
	nest(&text, 127, "0");
	check_large(schema.data, &text, PREFIX ".a.a.", "and none that fits");
	buf_done(&schema);
	buf_done(&text);
}

/* Arrays and objects of 100,000. */
static void
test_many(void)
{
	enum { MANY = 100000 };
	struct buf schema = { 0 }, text = { 0 };

	buf_add_text(&schema, "{'items':{'enum':[");
	add_series(&schema, "'", 60000, "'");
	buf_add_text(&schema, "]}}");
	buf_add_char(&text, '[');
	add_series(&text, "\"", 60000, "\"");
	buf_add_text(&text, ",\"x\"]");
	check_large(schema.data, &text, PREFIX ".[60000]: wanted one of ",
	    "60,000 values of an enum of 60,000");

	buf_clear(&schema);
	buf_add_text(&schema, "{'properties':{");
	add_series(&schema, "'", 30000, "':{'type':'integer'}");
	buf_add_text(&schema, "},'required':[");
	add_series(&schema, "'", 30000, "'");
	buf_add_text(&schema, "],'additionalProperties':{'type':'null'}}");
	buf_clear(&text);
	buf_add_char(&text, '{');
	add_series(&text, "\"", MANY, "\":null");
	buf_add_char(&text, ',');
	add_series(&text, "\"", 30000, "\":1");
	buf_add_char(&text, '}');
	check_large(schema.data, &text, NULL,
	    "100,000 members, of which 30,000 come twice");

	buf_clear(&text);
	buf_add_char(&text, '{');
	for (int i = 0; i < MANY; i++)
		buf_add_text(&text, "\"a\":1,");
	buf_add_text(&text, "\"a\":null}");
	check_large("{'additionalProperties':{'type':'null'}}", &text, NULL,
	    "100,000 members of one name");

	buf_clear(&text);
	buf_add_char(&text, '[');
	add_series(&text, "{\"v\":", MANY, ",\"k\":[{}]}");
	buf_add_char(&text, ']');
	check_large("{'items':{'$ref':'#/$defs/t'},'$defs':{'t':{'type':"
		    "'object','properties':{'v':{'type':'integer'},'k':{"
		    "'items':{'anyOf':[{'type':'null'},{'$ref':'#/$defs/t'}]}"
		    "}}}}}",
	    &text, NULL, "100,000 values of one $ref");

	buf_clear(&text);
	buf_add_char(&text, '[');
	add_series(&text, "[", 4 * MANY, "]");
	buf_add_char(&text, ']');
	check_large("{'items':{'anyOf':[{'$ref':'#/$defs/a'},{'$ref':"
		    "'#/$defs/b'},{'$ref':'#/$defs/c'}]},'$defs':{'a':{"
		    "'maxItems':0},'b':{'minItems':2},'c':{}}}",
	    &text, PREFIX "too large to be checked",
	    "1,200,000 verdicts are too many");
	buf_done(&schema);
	buf_done(&text);
}

/* One string, one number of ten million bytes. */
static void
test_long(void)
{
	enum { LONG = 10000000 };
	struct buf text = { 0 };
	char *room;

	buf_add_char(&text, '"');
	room = buf_room(&text, LONG);
	memset(room, 'x', LONG);
	buf_claim(&text, LONG);
	buf_add_char(&text, '"');
	check_large("{'type':'string','minLength':10000000,'maxLength':10000000"
		    "}",
	    &text, NULL, "a string of 10 MB");
	check_large("{'anyOf':[{'enum':['x','xx','xxx']},{'const':'xxxx'},"
		    "{'maxLength':9999999}]}",
	    &text,
	    PREFIX
	    ".: wanted one of [\"x\",\"xx\",\"xxx\"] or what else anyOf allows, "
	    "got \"xxx",
	    "a string of 10 MB against others");
	buf_clear(&text);
	room = buf_room(&text, LONG);
	memset(room, '7', LONG);
	buf_claim(&text, LONG);
	check_large("{'type':'integer','minimum':8,'maxItems':1}", &text, NULL,
	    "a number of 10 MB");
	buf_clear(&text);
	for (int i = 0; i < LONG / 6; i++)
		buf_add_text(&text, i ? "\\u0061" : "\"");
	buf_add_char(&text, '"');
	check_large("{'maxLength':1}", &text,
	    PREFIX ".: wanted at most 1 character, got \"\\u0061\\u0061",
	    "a string of 10 MB of escapes");
	buf_clear(&text);
	buf_add_text(&text, "{\"");
	for (int i = 0; i < LONG / 2; i++)
		buf_add_text(&text, " x");
	buf_add_text(&text, "\":{\"a\":1}}");
	check_large("{'additionalProperties':{'additionalProperties':false}}",
	    &text, PREFIX "...: wanted no member of that name, got 1",
	    "a name of 10 MB");
	buf_clear(&text);
	room = buf_room(&text, TREE_TEXT_MAX);
	memset(room, ' ', TREE_TEXT_MAX);
	buf_claim(&text, TREE_TEXT_MAX);
	buf_add_char(&text, '1');
	check_large("{}", &text, PREFIX "over 10 MiB", "a text over 10 MiB");
	buf_done(&text);
}

int
main(void)
{
	test_rows();
	test_recursion();
	test_stack();
	test_many();
	test_long();
	return tap_done();
}
