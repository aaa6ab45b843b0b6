/*
 * reqs_document_test - documents as JSON: what is read, and that nothing is
 * lost.
 *
 *     reqs_document_test         the unit tests
 *     reqs_document_test SEED    a document made at random, for other tests
 */
#include "../../tools/dmr-reqs/document_json.h"
#include "reqs_random.h"
#include "tap.h"

enum { ROUNDS = 2000, COPIES = 200, DEEP = 1000 };

/* --- what is read --- */

/* Texts, and the document in one line without what is empty. */
static const struct {
	const char *name, *text, *title, *number;
} reads[] = {
	{ "nothing", "{}", "", "" },
	{ "a mark of byte order", "\xef\xbb\xbf{\"title\":\"a\"}", "a", "" },
	{ "blanks around", " \r\n\t{ \"title\" : \"a\" } \n", "a", "" },
	{ "of the same names the last",
	    "{\"title\":1,\"idea\":\"i\",\"title\":\"b\"}", "b", "" },
	{ "names in another spelling", "{\"t\\u0069tle\":\"a\"}", "a", "" },
	{ "escapes", "{\"title\":\"\\u00fc\\n\\/\\ud83d\\udeb2\"}",
	    "\xc3\xbc\n/\xf0\x9f\x9a\xb2", "" },
	{ "NUL", "{\"title\":\"a\\u0000b\"}",
	    "a\xef\xbf\xbd"
	    "b",
	    "" },
	{ "half of a pair", "{\"title\":\"\\ud83d\"}", "\xef\xbf\xbd", "" },
	{ "a number as it stands", "{\"meta\":{\"schema_version\":-1.50e+02}}",
	    "", "-1.50e+02" },
	{ "no number", "{\"meta\":{\"schema_version\":null}}", "", "" },
	{ "no meta", "{\"meta\":null}", "", "" },
};

static void
test_reads(void)
{
	for (size_t i = 0; i < countof(reads); i++) {
		char *text = tap_copy(str_of(reads[i].text));
		struct str in = { text, strlen(reads[i].text) };
		struct document d = { 0 };
		struct err e = ERR_NONE;

		tap_ok(!document_read_json(&d, in, &e), "%s is read: %s",
		    reads[i].name, e.text);
		tap_is(text_str(&d.title), reads[i].title, "its title");
		tap_is(text_str(&document_meta(&d)->schema_version),
		    reads[i].number, "its number");
		document_done(&d);
		free(text);
	}
}

#define FR(members) "{\"functional_requirements\":[{},{" members "}]}"
#define MEMBERS \
	"title, summary, idea, functional_requirements, " \
	"non_functional_requirements, user_stories, suggested_architecture, " \
	"assumptions, open_questions, out_of_scope, glossary, meta"
#define NO_ID " is no id: at most 64 letters, digits, '.', '_' and '-'"
#define TEN "0123456789"

static const struct {
	const char *text, *want;
} refusals[] = {
	{ "", "line 1: JSON without its end" },
	{ "\xef\xbb\xbf", "line 1: JSON without its end" },
	{ "{\n\"title\"\n", "line 3: JSON without its end" },
	{ "{}\n\n{}", "line 3: not JSON" },
	{ "{\"title\":\n'a'}", "line 2: not JSON" },
	{ "{}\n\xff", "line 2: not UTF-8" },
	{ "[]", "line 1: .: wanted an object, got an array" },
	{ "{\"title\":\nnull}", "line 2: .title: wanted a string, got null" },
	{ "{\"Title\":\"\"}",
	    "line 1: .Title: there is no such member, but " MEMBERS },
	{ "{\"ti\\u0000tle\":\"\"}",
	    "line 1: .[\"ti\\u0000tle\"]: there is no such member, but " MEMBERS },
	{ "{\"meta\":[]}",
	    "line 1: .meta: wanted an object or null, got an array" },
	{ "{\"assumptions\":{}}",
	    "line 1: .assumptions: wanted an array, got an object" },
	{ "{\"assumptions\":[\"\",\n1]}",
	    "line 2: .assumptions[1]: wanted a string, got a number" },
	{ "{\"user_stories\":[null]}",
	    "line 1: .user_stories[0]: wanted an object, got null" },
	{ FR("\"priority\":\"high\""),
	    "line 1: .functional_requirements[1].priority: 'high' is none of "
	    "must, should, could, wont" },
	{ FR("\"priority\":\"must\\u0000\""),
	    "line 1: .functional_requirements[1].priority: 'must\xef\xbf\xbd' "
	    "is none of must, should, could, wont" },
	{ FR("\"priority\":\"" TEN TEN TEN TEN TEN TEN "x\""),
	    "line 1: .functional_requirements[1].priority: '" TEN TEN TEN TEN
		TEN TEN "...' is none of must, should, could, wont" },
	{ FR("\"priority\":true"),
	    "line 1: .functional_requirements[1].priority: wanted a string or "
	    "null, got a boolean" },
	{ FR("\"id\":\"FR 1\""),
	    "line 1: .functional_requirements[1].id: 'FR 1'" NO_ID },
	{ FR("\"id\":\"-1\""),
	    "line 1: .functional_requirements[1].id: '-1'" NO_ID },
	{ FR("\"id\":\"../x\""),
	    "line 1: .functional_requirements[1].id: '../x'" NO_ID },
	{ FR("\"stories\":[\"US-001\",\"\\u00fc\"]"),
	    "line 1: .functional_requirements[1].stories[1]: "
	    "'\xc3\xbc'" NO_ID },
	{ "{\"meta\":{\"schema_version\":\"1\"}}",
	    "line 1: .meta.schema_version: wanted a number or null, got a "
	    "string" },
};

static void
test_refusals(void)
{
	for (size_t i = 0; i < countof(refusals); i++) {
		char *text = tap_copy(str_of(refusals[i].text));
		struct str in = { text, strlen(refusals[i].text) };
		struct document d = { 0 }, empty = { 0 };
		struct err e = ERR_NONE;

		text_set(&d.title, STR("old"));
		tap_ok(document_read_json(&d, in, &e) == -1 &&
			e.status == ST_INPUT &&
			thing_equal(&document_kind, &d, &empty),
		    "refused: %s", refusals[i].want);
		tap_is(str_of(e.text), refusals[i].want, "its reason");
		document_done(&d);
		free(text);
	}
}

static void
test_limits(void)
{
	struct document d = { 0 };
	struct buf text = { 0 };
	struct err e = ERR_NONE;

	buf_add_text(&text, "{\"assumptions\":");
	for (int i = 0; i < DEEP; i++)
		buf_add_char(&text, '[');
	tap_int(document_read_json(&d, buf_str(&text), &e), -1, "too deep");
	tap_is(str_of(e.text), "line 1: not JSON", "its reason");
	buf_clear(&text);
	buf_add_text(&text, "{}");
	while (text.len <= TREE_TEXT_MAX)
		buf_add_char(&text, '\n');
	tap_int(document_read_json(&d, buf_str(&text), &e), -1, "too long");
	tap_is(str_of(e.text), "over 10 MiB of JSON", "its reason");
	text.len--;
	tap_int(document_read_json(&d, buf_str(&text), &e), 0, "long enough");
	document_done(&d);
	buf_done(&text);
}

/* A text is known by the bytes between its quotes, a number by its own. */
static void
check_place(struct str in, const struct text *text, const char *want)
{
	struct str place = { in.data + text->at, text->end - text->at };

	tap_is(place, want, "the place of a text");
}

static void
test_places(void)
{
	struct str in = STR("\xef\xbb\xbf{\"title\":\"a\\nb\",\"idea\":\"\","
			    "\"assumptions\":[\"x\",\"yz\"],"
			    "\"meta\":{\"schema_version\": 12 }}");
	struct document d = { 0 };
	struct err e = ERR_NONE;

	tap_int(document_read_json(&d, in, &e), 0, "a document with places");
	check_place(in, &d.title, "a\\nb");
	check_place(in, list_text(&d.assumptions, 1), "yz");
	check_place(in, &document_meta(&d)->schema_version, "12");
	tap_ok(d.idea.at && d.idea.at == d.idea.end, "of an empty one, too");
	tap_ok(!d.summary.at && !d.summary.end, "none if it is not there");
	document_done(&d);
}

/* --- what is written --- */

static const char whole[] = "{\n"
			    "  \"id\": \"NFR-001\",\n"
			    "  \"category\": \"security\",\n"
			    "  \"text\": \"\",\n"
			    "  \"metric\": {\n"
			    "    \"name\": \"t\",\n"
			    "    \"op\": null,\n"
			    "    \"value\": 1.50,\n"
			    "    \"unit\": \"s\"\n"
			    "  },\n"
			    "  \"verification\": null\n"
			    "}";

static const char line[] =
    "{\"id\":\"NFR-001\",\"category\":\"security\","
    "\"text\":\"\",\"metric\":{\"name\":\"t\",\"op\":null,\"value\":1.50,"
    "\"unit\":\"s\"},\"verification\":null}";

static void
test_forms(void)
{
	struct quality q = { 0 };
	struct err e = ERR_NONE;
	struct buf out = { 0 };
	struct tree tree;

	tap_int(tree_read(&tree, str_of(line)), 0, "JSON of a requirement");
	tap_int(
	    thing_read_json(&quality_kind, &q, tree.nodes, str_of(line), &e), 0,
	    "it is read");
	thing_write_json(&quality_kind, &q, false, &out);
	tap_is(buf_str(&out), whole, "indented");
	buf_clear(&out);
	thing_write_json(&quality_kind, &q, true, &out);
	tap_is(buf_str(&out), line, "in one line");
	tree_done(&tree);
	thing_done(&quality_kind, &q);
	buf_done(&out);
}

static void
test_records(void)
{
	struct document d = { 0 };
	struct err e = ERR_NONE;
	struct buf out = { 0 };

	document_write_records(&d, &out);
	tap_is(buf_str(&out), "", "no records of an empty document");
	tap_int(
	    document_read_json(&d,
		STR("{\"user_stories\":[{\"id\":\"US-001\",\"as_a\":"
		    "\"\\n\"}],\"functional_requirements\":[{\"stories\":["
		    "\"US-001\"]},{}],\"non_functional_requirements\":[{}]}"),
		&e),
	    0, "a document of several kinds");
	document_write_records(&d, &out);
	tap_is(buf_str(&out),
	    "{\"kind\":\"functional\",\"id\":\"\",\"text\":\"\",\"priority\":"
	    "null,\"pattern\":null,\"rationale\":\"\",\"acceptance\":[],"
	    "\"stories\":[\"US-001\"]}\n"
	    "{\"kind\":\"functional\",\"id\":\"\",\"text\":\"\",\"priority\":"
	    "null,\"pattern\":null,\"rationale\":\"\",\"acceptance\":[],"
	    "\"stories\":[]}\n"
	    "{\"kind\":\"non_functional\",\"id\":\"\",\"category\":null,"
	    "\"text\":\"\",\"metric\":null,\"verification\":null}\n"
	    "{\"kind\":\"story\",\"id\":\"US-001\",\"as_a\":\"\\n\",\"i_want\":"
	    "\"\",\"so_that\":\"\",\"priority\":null,\"acceptance\":[]}\n",
	    "a line for each");
	document_done(&d);
	buf_done(&out);
}

/* --- documents made at random --- */

static size_t longest; /* bytes of JSON */

/* As JSON and back; whether all is the same. */
static bool
survives(const struct document *d, bool one_line)
{
	struct buf json = { 0 }, again = { 0 };
	struct document copy = { 0 };
	struct err e = ERR_NONE;
	bool fine;

	document_write_json(d, one_line, &json);
	fine = !document_read_json(&copy, buf_str(&json), &e);
	if (fine) {
		document_write_json(&copy, one_line, &again);
		fine = thing_equal(&document_kind, d, &copy) &&
		    str_equal(buf_str(&json), buf_str(&again)) &&
		    (!one_line || !memchr(json.data, '\n', json.len));
	}
	if (json.len > longest)
		longest = json.len;
	if (!tap_case(fine, "a document survives: %s", e.text)) {
		tap_show("written", buf_str(&json));
		tap_show("again", buf_str(&again));
	}
	document_done(&copy);
	buf_done(&json);
	buf_done(&again);
	return fine;
}

static void
test_random(void)
{
	struct document d = { 0 };

	for (int i = 0; i < ROUNDS; i++) {
		reqs_random(&d, (uint64_t)i);
		survives(&d, false);
		survives(&d, true);
	}
	document_done(&d);
	tap_all("documents made at random survive as JSON, in both forms");
	tap_ok(longest > LONG_TEXT, "one of %d bytes among them", LONG_TEXT);
}

/* One byte is another, too many or gone: it is refused whole, or read. */
static void
test_spoilt(void)
{
	struct document d = { 0 }, got = { 0 }, empty = { 0 };
	struct buf json = { 0 }, spoilt = { 0 };
	struct err e = ERR_NONE;
	bool fine;

	for (int i = 0; i < ROUNDS; i++) {
		reqs_random(&d, (uint64_t)i);
		buf_clear(&json);
		document_write_json(&d, i % 2, &json);
		spoil(buf_str(&json), &spoilt);
		if (!document_read_json(&got, buf_str(&spoilt), &e)) {
			survives(&got, false);
			continue;
		}
		fine = thing_equal(&document_kind, &got, &empty) &&
		    str_starts(str_of(e.text), "line ");
		tap_case(fine, "nothing is read of it: %s", e.text);
	}
	document_done(&d);
	document_done(&got);
	buf_done(&json);
	buf_done(&spoilt);
	tap_all("spoilt ones are refused, or read as what they are");
}

static void
test_copies(void)
{
	struct document d = { 0 }, copy = { 0 };
	bool same;

	for (int i = 0; i < COPIES; i++) {
		reqs_random(&d, (uint64_t)i);
		thing_copy(&document_kind, &copy, &d);
		same = thing_equal(&document_kind, &d, &copy);
		if (copy.functional.n) {
			list_remove(&copy.functional, &requirement_kind, 0);
			same &= copy.functional.n + 1 == d.functional.n &&
			    !thing_equal(&document_kind, &d, &copy);
		}
		tap_case(same, "a copy is the same until it is changed");
	}
	document_done(&d);
	tap_ok(!thing_equal(&document_kind, &d, &copy), "it stays alone");
	document_done(&copy);
	tap_ok(thing_equal(&document_kind, &d, &copy), "empty are both");
	tap_all("copies of documents made at random");
}

static int
print_random(const char *number)
{
	struct document d = { 0 };
	struct buf json = { 0 };

	reqs_random(&d, strtoul(number, NULL, 10));
	document_write_json(&d, false, &json);
	puts(json.data);
	document_done(&d);
	buf_done(&json);
	return fflush(stdout) ? 1 : 0;
}

int
main(int argc, char **argv)
{
	if (argc > 1)
		return print_random(argv[1]);
	test_reads();
	test_refusals();
	test_limits();
	test_places();
	test_forms();
	test_records();
	test_random();
	test_spoilt();
	test_copies();
	return tap_done();
}
