/*
 * schema_read_test - what the short form becomes, and what is refused as a
 * schema, each with the place and what is wrong there.
 */
#include "buf.h"
#include "schema.h"
#include "tap.h"

#define OBJECT(properties, required) \
	"{\"type\":\"object\",\"properties\":{" properties \
	"},\"required\":[" required "],\"additionalProperties\":false}"
#define STRING(name) "\"" name "\":{\"type\":\"string\"}"
#define ARRAY(name, type) \
	"\"" name "\":{\"type\":\"array\",\"items\":{\"type\":\"" type "\"}"

static const struct {
	const char *spec, *want;
} forms[] = {
	{ "name", OBJECT(STRING("name"), "\"name\"") },
	{ " \n name\t\n", OBJECT(STRING("name"), "\"name\"") },
	{ "b,a", OBJECT(STRING("b") "," STRING("a"), "\"b\",\"a\"") },
	{ "name, age int, tags str[]: labels, note?",
	    OBJECT(
		STRING("name") ",\"age\":{\"type\":\"integer\"}," ARRAY("tags",
		    "string") ",\"description\":\"labels\"}," STRING("note"),
		"\"name\",\"age\",\"tags\"") },
	{ "a str,b int,c float,d bool",
	    OBJECT(STRING("a") ",\"b\":{\"type\":\"integer\"},"
			       "\"c\":{\"type\":\"number\"},"
			       "\"d\":{\"type\":\"boolean\"}",
		"\"a\",\"b\",\"c\",\"d\"") },
	{ "a[], b int[], c?[], d?bool[]",
	    OBJECT(ARRAY("a", "string") "}," ARRAY("b", "integer") "}," ARRAY(
		       "c", "string") "}," ARRAY("d", "boolean") "}",
		"\"a\",\"b\"") },
	{ "a?", OBJECT(STRING("a"), "") },
	{ "  a  ?  int  [] :  x  y  ",
	    OBJECT(ARRAY("a", "integer") ",\"description\":\"x  y\"}", "") },
	{ "a: b: c",
	    OBJECT("\"a\":{\"type\":\"string\",\"description\":\"b: c\"}",
		"\"a\"") },
	{ "a:, b :", OBJECT(STRING("a") "," STRING("b"), "\"a\",\"b\"") },
	{ "a: x, b",
	    OBJECT("\"a\":{\"type\":\"string\",\"description\":\"x\"}," STRING(
		       "b"),
		"\"a\",\"b\"") },
	{ "a: x, b\nc: \"y\"",
	    OBJECT("\"a\":{\"type\":\"string\",\"description\":\"x, b\"},"
		   "\"c\":{\"type\":\"string\",\"description\":\"\\\"y\\\"\"}",
		"\"a\",\"c\"") },
	{ "a\r\n\r\n \nb int\r\n",
	    OBJECT(
		STRING("a") ",\"b\":{\"type\":\"integer\"}", "\"a\",\"b\"") },
	{ "_a-9, -, 9",
	    OBJECT(STRING("_a-9") "," STRING("-") "," STRING("9"),
		"\"_a-9\",\"-\",\"9\"") },
	{ "Stra\xc3\x9f"
	  "e, \xe5\x90\x8d\xe5\x89\x8d int, \xd0\xb8\xd0\xbc\xd1\x8f?",
	    OBJECT(
		STRING("Stra\xc3\x9f"
		       "e") ",\"\xe5\x90\x8d\xe5\x89\x8d\":{\"type\":"
			    "\"integer\"}," STRING("\xd0\xb8\xd0\xbc\xd1\x8f"),
		"\"Stra\xc3\x9f"
		"e\",\"\xe5\x90\x8d\xe5\x89\x8d\"") },
	{ "azAZ09", OBJECT(STRING("azAZ09"), "\"azAZ09\"") },
	{ "\xc3\x80", OBJECT(STRING("\xc3\x80"), "\"\xc3\x80\"") },
	{ "true, null, int int, str",
	    OBJECT(
		STRING("true") "," STRING("null") ",\"int\":{\"type\":"
						  "\"integer\"}," STRING("str"),
		"\"true\",\"null\",\"int\",\"str\"") },
	/* JSON stays as it is. */
	{ "{}", "{}" },
	{ " \n{ \"type\" :\t\"object\",\n\"title\":\"\\u00e4\" }\n",
	    "{ \"type\" :\t\"object\",\n\"title\":\"\\u00e4\" }" },
};

static void
test_forms(void)
{
	for (size_t i = 0; i < countof(forms); i++) {
		struct err e = ERR_NONE;
		struct schema *s = schema_read(str_of(forms[i].spec), &e);

		if (s)
			tap_is(schema_text(s), forms[i].want, forms[i].spec);
		else
			tap_ok(false, "%s: %s", forms[i].spec, e.text);
		schema_free(s);
	}
}

/* What the message is behind "schema: ", up to the line with advice. */
static const struct {
	const char *spec, *want;
} refused[] = {
	/* the short form */
	{ "", "field 1 is empty" },
	{ " \n\t ", "field 1 is empty" },
	{ ",a", "field 1 is empty" },
	{ "a,,b", "field 2 is empty" },
	{ "a,b, ", "field 3 is empty" },
	{ "a,b int,a", "field 'a': its name is there already" },
	{ "a?,a: x", "field 'a: x': its name is there already" },
	{ "a integer", "field 'a integer': there is no such type" },
	{ "a Str", "field 'a Str': there is no such type" },
	{ "first name", "field 'first name': there is no such type" },
	{ "a int str", "field 'a int str': not 'name[?] [type][[]] [: text]'" },
	{ "a int[][]", "field 'a int[][]': not 'name[?] [type][[]] [: text]'" },
	{ "a[]?", "field 'a[]?': not 'name[?] [type][[]] [: text]'" },
	{ "a b.c", "field 'a b.c': there is no such type" },
	{ "a.b", "field 'a.b': not 'name[?] [type][[]] [: text]'" },
	{ "a int,\nb", "field 'a int,': newlines divide the fields here" },
	{ ": x", "field ': x': it does not begin with a name" },
	{ "?", "field '?': it does not begin with a name" },
	{ "[]", "field '[]': it does not begin with a name" },
	{ "\"a\"", "field '\"a\"': it does not begin with a name" },
	{ "a,\xe2\x80\x8b"
	  "b",
	    "field '\xe2\x80\x8b"
	    "b': it does not begin with a name" },
	{ "a\xef\xbc\x8c"
	  "b",
	    "field 'a\xef\xbc\x8c"
	    "b': not 'name[?] [type][[]] [: text]'" },
	{ "a\xc2\xa0int",
	    "field 'a\xc2\xa0int': not 'name[?] [type][[]] [: text]'" },
	{ "a\xf0\x9f\x98\x80",
	    "field 'a\xf0\x9f\x98\x80': not 'name[?] [type][[]] [: text]'" },
	{ "\xc2\xbf", "field '\xc2\xbf': it does not begin with a name" },
	{ "\xc2\x80", "field '\xc2\x80': it does not begin with a name" },
	{ "@a", "field '@a': it does not begin with a name" },
	{ "a\xff", "not UTF-8: line 1, column 2" },
	{ "a\nb: \xc3", "not UTF-8: line 2, column 4" },
	/* not JSON */
	{ "{", "JSON without its end: line 1, column 2" },
	{ "{}x", "not JSON: line 1, column 3: 'x'" },
	{ "{'type':'null'}", "not JSON: line 1, column 2: ''type':'null'}'" },
	{ "{\n\"type\": \"null\",\n}", "not JSON: line 3, column 1: '}'" },
	/* keywords that are not checked */
	{ "{\"pattern\":\"^a\"}",
	    ".pattern: a keyword that is not checked here" },
	{ "{\"properties\":{\"a b\":{\"items\":{\"format\":\"uri\"}}}}",
	    ".properties[\"a b\"].items.format: a keyword that is not checked "
	    "here" },
	{ "{\"oneOf\":[{}]}", ".oneOf: a keyword that is not checked here" },
	{ "{\"allOf\":[{}]}", ".allOf: a keyword that is not checked here" },
	{ "{\"not\":{}}", ".not: a keyword that is not checked here" },
	{ "{\"Type\":\"null\"}", ".Type: a keyword that is not checked here" },
	{ "{\"name\":\"x\",\"strict\":true,\"schema\":{}}",
	    ".name: a keyword that is not checked here" },
	{ "{\"$defs\":{\"a\":{\"if\":{}}}}",
	    ".[\"$defs\"].a.if: a keyword that is not checked here" },
	{ "{\"anyOf\":[{},{\"multipleOf\":2}]}",
	    ".anyOf[1].multipleOf: a keyword that is not checked here" },
	{ "{\"additionalProperties\":{\"x\":1}}",
	    ".additionalProperties.x: a keyword that is not checked here" },
	{ "{\"definitions\":{\"a\":{\"x\":1}}}",
	    ".definitions.a.x: a keyword that is not checked here" },
	{ "{\"items\":{\"$id\":\"x:\"}}",
	    ".items[\"$id\"]: only the outermost schema may have it" },
	/* keywords with wrong values */
	{ "{\"type\":\"int\"}",
	    ".type: must be, or be an array of, null, boolean, integer, number, string, array, object" },
	{ "{\"type\":null}",
	    ".type: must be, or be an array of, null, boolean, integer, number, string, array, object" },
	{ "{\"type\":[]}",
	    ".type: must be, or be an array of, null, boolean, integer, number, string, array, object" },
	{ "{\"type\":[\"string\",\"x\"]}",
	    ".type: must be, or be an array of, null, boolean, integer, number, string, array, object" },
	{ "{\"type\":[1]}",
	    ".type: must be, or be an array of, null, boolean, integer, number, string, array, object" },
	{ "{\"type\":{}}",
	    ".type: must be, or be an array of, null, boolean, integer, number, string, array, object" },
	{ "{\"type\":\"String\"}",
	    ".type: must be, or be an array of, null, boolean, integer, number, string, array, object" },
	{ "{\"type\":[[\"null\"]]}",
	    ".type: must be, or be an array of, null, boolean, integer, number, string, array, object" },
	{ "{\"minimum\":\"1\"}", ".minimum: must be a number" },
	{ "{\"minimum\":true}", ".minimum: must be a number" },
	{ "{\"maximum\":\"1\"}", ".maximum: must be a number" },
	{ "{\"maximum\":true}", ".maximum: must be a number" },
	{ "{\"exclusiveMinimum\":\"1\"}",
	    ".exclusiveMinimum: must be a number" },
	{ "{\"exclusiveMinimum\":true}",
	    ".exclusiveMinimum: must be a number" },
	{ "{\"exclusiveMaximum\":\"1\"}",
	    ".exclusiveMaximum: must be a number" },
	{ "{\"exclusiveMaximum\":true}",
	    ".exclusiveMaximum: must be a number" },
	{ "{\"minLength\":-1}",
	    ".minLength: must be a whole number from 0 on" },
	{ "{\"minLength\":1.5}",
	    ".minLength: must be a whole number from 0 on" },
	{ "{\"minLength\":\"1\"}",
	    ".minLength: must be a whole number from 0 on" },
	{ "{\"minLength\":null}",
	    ".minLength: must be a whole number from 0 on" },
	{ "{\"maxLength\":-1}",
	    ".maxLength: must be a whole number from 0 on" },
	{ "{\"maxLength\":1.5}",
	    ".maxLength: must be a whole number from 0 on" },
	{ "{\"maxLength\":\"1\"}",
	    ".maxLength: must be a whole number from 0 on" },
	{ "{\"maxLength\":null}",
	    ".maxLength: must be a whole number from 0 on" },
	{ "{\"minItems\":-1}", ".minItems: must be a whole number from 0 on" },
	{ "{\"minItems\":1.5}", ".minItems: must be a whole number from 0 on" },
	{ "{\"minItems\":\"1\"}",
	    ".minItems: must be a whole number from 0 on" },
	{ "{\"minItems\":null}",
	    ".minItems: must be a whole number from 0 on" },
	{ "{\"maxItems\":-1}", ".maxItems: must be a whole number from 0 on" },
	{ "{\"maxItems\":1.5}", ".maxItems: must be a whole number from 0 on" },
	{ "{\"maxItems\":\"1\"}",
	    ".maxItems: must be a whole number from 0 on" },
	{ "{\"maxItems\":null}",
	    ".maxItems: must be a whole number from 0 on" },
	{ "{\"enum\":{}}", ".enum: must be an array" },
	{ "{\"enum\":\"a\"}", ".enum: must be an array" },
	{ "{\"enum\":null}", ".enum: must be an array" },
	{ "{\"required\":\"a\"}", ".required: must be an array of strings" },
	{ "{\"required\":[1]}", ".required: must be an array of strings" },
	{ "{\"required\":{}}", ".required: must be an array of strings" },
	{ "{\"required\":true}", ".required: must be an array of strings" },
	{ "{\"properties\":[]}", ".properties: must be an object of schemas" },
	{ "{\"properties\":\"a\"}",
	    ".properties: must be an object of schemas" },
	{ "{\"properties\":{\"a\":{},\"b\":\"int\"}}",
	    ".properties.b: must be a schema: an object, true or false" },
	{ "{\"$defs\":[]}", ".[\"$defs\"]: must be an object of schemas" },
	{ "{\"$defs\":{\"a\":1}}",
	    ".[\"$defs\"].a: must be a schema: an object, true or false" },
	{ "{\"definitions\":true}",
	    ".definitions: must be an object of schemas" },
	{ "{\"items\":[{}]}",
	    ".items: must be a schema: an object, true or false" },
	{ "{\"items\":null}",
	    ".items: must be a schema: an object, true or false" },
	{ "{\"items\":\"string\"}",
	    ".items: must be a schema: an object, true or false" },
	{ "{\"additionalProperties\":\"false\"}",
	    ".additionalProperties: must be a schema: an object, true or false" },
	{ "{\"additionalProperties\":0}",
	    ".additionalProperties: must be a schema: an object, true or false" },
	{ "{\"anyOf\":[]}", ".anyOf: must be an array of schemas, not empty" },
	{ "{\"anyOf\":{}}", ".anyOf: must be an array of schemas, not empty" },
	{ "{\"anyOf\":true}",
	    ".anyOf: must be an array of schemas, not empty" },
	{ "{\"anyOf\":[{},null]}",
	    ".anyOf[1]: must be a schema: an object, true or false" },
	{ "{\"$ref\":{}}", ".[\"$ref\"]: must be a string" },
	{ "{\"title\":1}", ".title: must be a string" },
	{ "{\"description\":1}", ".description: must be a string" },
	{ "{\"$comment\":1}", ".[\"$comment\"]: must be a string" },
	{ "{\"$schema\":1}", ".[\"$schema\"]: must be a string" },
	{ "{\"$id\":1}", ".[\"$id\"]: must be a string" },
	{ "{\"deprecated\":\"x\"}", ".deprecated: must be true or false" },
	{ "{\"readOnly\":\"x\"}", ".readOnly: must be true or false" },
	{ "{\"writeOnly\":\"x\"}", ".writeOnly: must be true or false" },
	{ "{\"examples\":{}}", ".examples: must be an array" },
	/* $ref */
	{ "{\"items\":{\"$ref\":\"\"},\"anyOf\":[{},{}],\"$defs\":{\"a\":{\"type\":\"null\"}}}",
	    ".items[\"$ref\"]: there is no such schema in this text" },
	{ "{\"items\":{\"$ref\":\"#/\"},\"anyOf\":[{},{}],\"$defs\":{\"a\":{\"type\":\"null\"}}}",
	    ".items[\"$ref\"]: there is no such schema in this text" },
	{ "{\"items\":{\"$ref\":\"#/$defs/b\"},\"anyOf\":[{},{}],\"$defs\":{\"a\":{\"type\":\"null\"}}}",
	    ".items[\"$ref\"]: there is no such schema in this text" },
	{ "{\"items\":{\"$ref\":\"#/title/a\"},\"title\":\"a\"}",
	    ".items[\"$ref\"]: there is no such schema in this text" },
	{ "{\"items\":{\"$ref\":\"#/$defs\"},\"anyOf\":[{},{}],\"$defs\":{\"a\":{\"type\":\"null\"}}}",
	    ".items[\"$ref\"]: there is no such schema in this text" },
	{ "{\"items\":{\"$ref\":\"#/$defs/a/type\"},\"anyOf\":[{},{}],\"$defs\":{\"a\":{\"type\":\"null\"}}}",
	    ".items[\"$ref\"]: there is no such schema in this text" },
	{ "{\"items\":{\"$ref\":\"x\"},\"anyOf\":[{},{}],\"$defs\":{\"a\":{\"type\":\"null\"}}}",
	    ".items[\"$ref\"]: there is no such schema in this text" },
	{ "{\"items\":{\"$ref\":\"other.json#\"},\"anyOf\":[{},{}],\"$defs\":{\"a\":{\"type\":\"null\"}}}",
	    ".items[\"$ref\"]: there is no such schema in this text" },
	{ "{\"items\":{\"$ref\":\"#a\"},\"anyOf\":[{},{}],\"$defs\":{\"a\":{\"type\":\"null\"}}}",
	    ".items[\"$ref\"]: there is no such schema in this text" },
	{ "{\"items\":{\"$ref\":\"#$defs/a\"},\"anyOf\":[{},{}],\"$defs\":{\"a\":{\"type\":\"null\"}}}",
	    ".items[\"$ref\"]: there is no such schema in this text" },
	{ "{\"items\":{\"$ref\":\"#/$defs/a/\"},\"anyOf\":[{},{}],\"$defs\":{\"a\":{\"type\":\"null\"}}}",
	    ".items[\"$ref\"]: there is no such schema in this text" },
	{ "{\"items\":{\"$ref\":\"#/anyOf/2\"},\"anyOf\":[{},{}],\"$defs\":{\"a\":{\"type\":\"null\"}}}",
	    ".items[\"$ref\"]: there is no such schema in this text" },
	{ "{\"items\":{\"$ref\":\"#/anyOf/-1\"},\"anyOf\":[{},{}],\"$defs\":{\"a\":{\"type\":\"null\"}}}",
	    ".items[\"$ref\"]: there is no such schema in this text" },
	{ "{\"items\":{\"$ref\":\"#/anyOf/x\"},\"anyOf\":[{},{}],\"$defs\":{\"a\":{\"type\":\"null\"}}}",
	    ".items[\"$ref\"]: there is no such schema in this text" },
	{ "{\"items\":{\"$ref\":\"#/anyOf\"},\"anyOf\":[{},{}],\"$defs\":{\"a\":{\"type\":\"null\"}}}",
	    ".items[\"$ref\"]: there is no such schema in this text" },
	{ "{\"items\":{\"$ref\":\"https://x/#/$defs/a\"},\"anyOf\":[{},{}],\"$defs\":{\"a\":{\"type\":\"null\"}}}",
	    ".items[\"$ref\"]: there is no such schema in this text" },
	{ "{\"$ref\":\"#\"}", ".: its $ref leads back to it" },
	{ "{\"anyOf\":[{\"type\":\"null\"},{\"$ref\":\"#\"}]}",
	    ".: its $ref leads back to it" },
	{ "{\"$defs\":{\"a\":{\"$ref\":\"#/$defs/b\"},\"b\":{\"anyOf\":[{\"$ref\":\"#/$defs/a\"}]}}}",
	    ".[\"$defs\"].a: its $ref leads back to it" },
	{ "{\"items\":{\"$ref\":\"#/items\"}}",
	    ".items: its $ref leads back to it" },
};

/* The message without its first word and without its advice. */
static struct str
told(const struct err *e)
{
	struct str text = str_of(e->text);

	if (!str_starts(text, "schema: "))
		return text;
	text = str_skip(text, strlen("schema: "));
	text.len = str_find(text, STR("; try: "));
	return text;
}

static void
check_refused(struct str spec, const char *want, const char *name)
{
	struct err e = ERR_NONE;
	struct schema *s = schema_read(spec, &e);

	tap_ok(!s && e.status == ST_USAGE, "refused: %s", name);
	tap_is(told(&e), want, name);
	schema_free(s);
}

static void
test_refused(void)
{
	for (size_t i = 0; i < countof(refused); i++)
		check_refused(
		    str_of(refused[i].spec), refused[i].want, refused[i].spec);
	check_refused((struct str){ "{}\0{}", 5 },
	    "not JSON: line 1, column 3: ' {}'", "a NUL behind JSON");
	check_refused((struct str){ "a\0b", 3 },
	    "field 'a b': not 'name[?] [type][[]] [: text]'", "a NUL");
}

static void
test_advice(void)
{
	static const struct {
		const char *spec, *want;
	} advice[] = {
		{ "a integer",
		    "schema: field 'a integer': there is no such "
		    "type; try: str, int, float or bool behind the "
		    "name" },
		{ "{\"items\":{\"pattern\":\"x\"}}",
		    "schema: .items.pattern: a keyword that is not checked "
		    "here; try: type, $ref, enum, const, minimum, maximum, "
		    "exclusiveMinimum, exclusiveMaximum, minLength, maxLength, "
		    "minItems, maxItems, items, properties, "
		    "additionalProperties, required, anyOf" },
	};

	for (size_t i = 0; i < countof(advice); i++) {
		struct err e = ERR_NONE;

		schema_free(schema_read(str_of(advice[i].spec), &e));
		tap_is(str_of(e.text), advice[i].want, "what to type instead");
	}
}

/* --- ceilings --- */

/* before, n times `each` with %d counted, after. */
static void
fill(struct buf *out, const char *before, int n, const char *each,
    const char *after)
{
	buf_clear(out);
	buf_add_text(out, before);
	for (int i = 0; i < n; i++) {
		struct str rest = str_of(each);
		struct str head = str_cut(&rest, '#');

		buf_add(out, head);
		if (rest.data)
			buf_add_format(out, "%d", i);
		buf_add(out, rest);
	}
	buf_add_text(out, after);
}

static void
check_read(const struct buf *spec, const char *name)
{
	struct err e = ERR_NONE;
	struct schema *s = schema_read(buf_str(spec), &e);

	tap_ok(s != NULL, "%s", name);
	if (!s)
		tap_note("%s", e.text);
	schema_free(s);
}

/* A chain of n schemas, each leading to the next (-1: last) one. */
static void
chain(struct buf *out, int n, int step)
{
	buf_clear(out);
	buf_add_text(out, "{\"$defs\":{");
	for (int i = 0; i < n; i++) {
		bool is_end = step < 0 ? i == 0 : i == n - 1;

		buf_add_format(out, "%s\"%d\":{", i ? "," : "", i);
		if (!is_end)
			buf_add_format(
			    out, "\"$ref\":\"#/$defs/%d\"", i + step);
		buf_add_char(out, '}');
	}
	buf_add_text(out, "}}");
}

static void
test_steps(void)
{
	static const char too_many[] =
	    ": too many $ref and anyOf, one inside another";
	struct buf b = { 0 }, want = { 0 };

	chain(&b, SCHEMA_STEPS_MAX + 1, 1);
	check_read(&b, "32 steps");
	chain(&b, SCHEMA_STEPS_MAX + 1, -1);
	check_read(&b, "32 steps back");
	buf_add_format(&want, ".[\"$defs\"][\"33\"]%s", too_many);
	chain(&b, SCHEMA_STEPS_MAX + 2, 1);
	check_refused(buf_str(&b), want.data, "33 steps");
	chain(&b, 20000, 1);
	check_refused(buf_str(&b), want.data, "20,000 steps");
	buf_clear(&want);
	buf_add_format(&want, ".[\"$defs\"][\"32\"]%s", too_many);
	chain(&b, SCHEMA_STEPS_MAX + 2, -1);
	check_refused(buf_str(&b), want.data, "33 steps back");
	fill(&b, "", SCHEMA_STEPS_MAX, "{\"anyOf\":[", "{}");
	for (int i = 0; i < SCHEMA_STEPS_MAX; i++)
		buf_add_text(&b, "]}");
	check_read(&b, "32 anyOf");
	buf_done(&want);
	buf_done(&b);
}

static void
test_ceilings(void)
{
	struct buf b = { 0 };

	fill(&b, "", SCHEMA_FIELDS_MAX - 1, "f#,", "last");
	check_read(&b, "256 fields");
	fill(&b, "", SCHEMA_FIELDS_MAX, "f#,", "last");
	check_refused(buf_str(&b), "more than 256 fields", "257 fields");
	fill(&b, "{\"const\":", 127, "[", "");
	for (int i = 0; i < 127; i++)
		buf_add_char(&b, ']');
	buf_add_char(&b, '}');
	check_read(&b, "128 levels");
	fill(&b, "{\"title\":\"", SCHEMA_SPEC_MAX - 12, "x", "\"}");
	check_read(&b, "1 MiB");
	fill(&b, "{\"title\":\"", SCHEMA_SPEC_MAX - 11, "x", "\"}");
	check_refused(buf_str(&b), "larger than 1024 KiB", "1 MiB and a byte");
	fill(&b, "a: ", SCHEMA_SPEC_MAX - 3, "\x01", "");
	check_read(&b, "1 MiB that becomes 6 MiB");
	buf_done(&b);
}

int
main(void)
{
	test_forms();
	test_refused();
	test_advice();
	test_ceilings();
	test_steps();
	schema_free(NULL);
	return tap_done();
}
