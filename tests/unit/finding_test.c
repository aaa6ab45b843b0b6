/*
 * finding_test - findings are printed in each form, whatever they say.
 *
 *     finding_test           the unit tests
 *     finding_test FORMAT    a report of many strange findings, always the
 *                            same; the message is the text of the line
 */
#include "files.h"
#include "finding.h"
#include "finding_alike.h"

static const struct finding_rule rules[] = {
	{ "docs/missing", "A declaration without documentation" },
	{ "docs/stale", "Documentation that names what is gone" },
};

static struct finding_report
report(const char *format, struct output *out)
{
	return (struct finding_report){
		.format = finding_format(format),
		.out = out,
		.tool = "dmr-test",
		.version = "1.2.3",
		.rules = rules,
		.nrules = countof(rules),
	};
}

/* --- each form, to the byte --- */

#define FINGERPRINT "0123456789abcdef0123456789abcdef"

static const struct finding findings[] = {
	{ .path = "./a b/ü.py",
	    .line = 3,
	    .end_line = 3,
	    .start = 6,
	    .end = 9,
	    .line_text = { "\xc3\xa4\xf0\x9f\x98\x80"
			   "def f():",
		14 },
	    .severity = FINDING_MEDIUM,
	    .category = "docs",
	    .rule = "missing",
	    .symbol = { "f", 1 },
	    .message = { "f has no documentation", 22 },
	    .fingerprint = FINGERPRINT },
	{ .path = "c:d.c",
	    .line = 7,
	    .end_line = 9,
	    .severity = FINDING_CRITICAL,
	    .category = "bug",
	    .rule = "own",
	    .title = { "two\n\x1b[lines", 11 },
	    .suggestion = { "one\r\ntwo\r\n", 10 },
	    .fingerprint = FINGERPRINT },
	{ .path = "/abs\n",
	    .line = 5,
	    .severity = FINDING_LOW,
	    .category = "docs",
	    .rule = "stale",
	    .message = { "gone \xff", 6 },
	    .fingerprint = FINGERPRINT,
	    .is_unplaced = true },
};

static const struct {
	const char *format, *want;
} forms[] = {
	{ "text",
	    "./a b/ü.py:3:7: medium: f has no documentation [docs/missing]\n"
	    "c\\x3ad.c:7:1: critical: two \\x1b[lines [bug/own]\n"
	    "/abs\\x0a: low: gone \\xff [docs/stale]\n" },
	{ "json",
	    "{\"path\":\"./a b/ü.py\",\"line\":3,\"end_line\":3,\"column\":7,"
	    "\"end_column\":10,\"severity\":\"medium\",\"category\":\"docs\","
	    "\"rule\":\"missing\",\"symbol\":\"f\","
	    "\"message\":\"f has no documentation\",\"anchored\":true,"
	    "\"fingerprint\":\"" FINGERPRINT "\"}\n"
	    "{\"path\":\"c:d.c\",\"line\":7,\"end_line\":9,"
	    "\"severity\":\"critical\",\"category\":\"bug\",\"rule\":\"own\","
	    "\"title\":\"two\\n\\u001b[lines\","
	    "\"message\":\"two\\n\\u001b[lines\","
	    "\"suggestion\":\"one\\r\\ntwo\\r\\n\",\"anchored\":true,"
	    "\"fingerprint\":\"" FINGERPRINT "\"}\n"
	    "{\"path\":\"/abs\\n\",\"severity\":\"low\",\"category\":\"docs\","
	    "\"rule\":\"stale\",\"message\":\"gone �\",\"anchored\":false,"
	    "\"fingerprint\":\"" FINGERPRINT "\"}\n"
	    "{\"summary\":{\"findings\":3,\"critical\":1,\"high\":0,"
	    "\"medium\":1,\"low\":1,\"files\":2,\"complete\":true}}\n" },
	{ "rdjsonl",
	    "{\"message\":\"f has no documentation\",\"location\":{"
	    "\"path\":\"./a b/ü.py\",\"range\":{"
	    "\"start\":{\"line\":3,\"column\":7},"
	    "\"end\":{\"line\":3,\"column\":10}}},\"severity\":\"WARNING\","
	    "\"source\":{\"name\":\"dmr-test\"},"
	    "\"code\":{\"value\":\"docs/missing\"}}\n"
	    "{\"message\":\"two\\n\\u001b[lines\",\"location\":{"
	    "\"path\":\"c:d.c\",\"range\":{\"start\":{\"line\":7},"
	    "\"end\":{\"line\":9}}},\"severity\":\"ERROR\","
	    "\"source\":{\"name\":\"dmr-test\"},"
	    "\"code\":{\"value\":\"bug/own\"},\"suggestions\":[{\"range\":{"
	    "\"start\":{\"line\":7},\"end\":{\"line\":9}},"
	    "\"text\":\"one\\r\\ntwo\"}]}\n"
	    "{\"message\":\"gone �\",\"location\":{\"path\":\"/abs\\n\"},"
	    "\"severity\":\"INFO\",\"source\":{\"name\":\"dmr-test\"},"
	    "\"code\":{\"value\":\"docs/stale\"}}\n" },
	{ "sarif",
	    "{\"$schema\":\"https://json.schemastore.org/sarif-2.1.0.json\","
	    "\"version\":\"2.1.0\",\"runs\":[{\"tool\":{\"driver\":{"
	    "\"name\":\"dmr-test\",\"version\":\"1.2.3\",\"rules\":["
	    "{\"id\":\"docs/missing\",\"shortDescription\":{"
	    "\"text\":\"A declaration without documentation\"},\"fullDescription\":{"
	    "\"text\":\"A declaration without documentation\"},\"help\":{"
	    "\"text\":\"A declaration without documentation\"},"
	    "\"properties\":{\"tags\":[\"docs\"]}},"
	    "{\"id\":\"docs/stale\",\"shortDescription\":{"
	    "\"text\":\"Documentation that names what is gone\"},\"fullDescription\":{"
	    "\"text\":\"Documentation that names what is gone\"},\"help\":{"
	    "\"text\":\"Documentation that names what is gone\"},"
	    "\"properties\":{\"tags\":[\"docs\"]}}]}},"
	    "\"columnKind\":\"utf16CodeUnits\",\"results\":[\n"
	    "{\"ruleId\":\"docs/missing\",\"ruleIndex\":0,"
	    "\"level\":\"warning\",\"message\":{"
	    "\"text\":\"f has no documentation\"},\"locations\":[{"
	    "\"physicalLocation\":{\"artifactLocation\":{"
	    "\"uri\":\"a%20b/%C3%BC.py\"},\"region\":{\"startLine\":3,"
	    "\"startColumn\":4,\"endLine\":3,\"endColumn\":7}},"
	    "\"logicalLocations\":[{\"fullyQualifiedName\":\"f\"}]}],"
	    "\"partialFingerprints\":{\"primaryLocationLineHash\":"
	    "\"" FINGERPRINT "\"}},\n"
	    "{\"ruleId\":\"bug/own\",\"level\":\"error\",\"message\":{"
	    "\"text\":\"two\\n\\u001b[lines\"},\"locations\":[{"
	    "\"physicalLocation\":{\"artifactLocation\":{"
	    "\"uri\":\"c%3Ad.c\"},\"region\":{\"startLine\":7,"
	    "\"endLine\":9}}}],"
	    "\"partialFingerprints\":{\"primaryLocationLineHash\":"
	    "\"" FINGERPRINT "\"},\"fixes\":[{\"artifactChanges\":[{"
	    "\"artifactLocation\":{\"uri\":\"c%3Ad.c\"},\"replacements\":[{"
	    "\"deletedRegion\":{\"startLine\":7,\"endLine\":9},"
	    "\"insertedContent\":{\"text\":\"one\\r\\ntwo\"}}]}]}]},\n"
	    "{\"ruleId\":\"docs/stale\",\"ruleIndex\":1,\"level\":\"note\","
	    "\"message\":{\"text\":\"gone �\"},\"locations\":[{"
	    "\"physicalLocation\":{\"artifactLocation\":{"
	    "\"uri\":\"file:///abs%0A\"}}}],"
	    "\"partialFingerprints\":{\"primaryLocationLineHash\":"
	    "\"" FINGERPRINT "\"}}\n"
	    "],\"invocations\":[{\"executionSuccessful\":true}]}]}\n" },
};

static void
test_forms(void)
{
	for (size_t i = 0; i < countof(forms); i++) {
		struct buf got = { 0 };
		struct err e = ERR_NONE;
		struct output out;
		struct finding_report r = report(forms[i].format, &out);

		output_open(&out, "out", &e);
		finding_begin(&r, &e);
		for (size_t k = 0; k < countof(findings); k++)
			finding_print(&r, &findings[k], &e);
		finding_end(&r, true, STR("\"files\":2"), &e);
		finding_done(&r);
		output_close(&out, true, &e);
		file_read("out", BUF_MAX, &got, &e);
		tap_is(buf_str(&got), forms[i].want, forms[i].format);
		tap_ok(
		    r.count[FINDING_LOW] == 1 && r.count[FINDING_CRITICAL] == 1,
		    "they are counted");
		buf_done(&got);
		unlink("out");
	}
	tap_ok(!finding_format("xml"), "there is no other form");
}

static const struct {
	const char *format, *want;
} empties[] = {
	{ "text", "" },
	{ "rdjsonl", "" },
	{ "json",
	    "{\"summary\":{\"findings\":0,\"critical\":0,\"high\":0,"
	    "\"medium\":0,\"low\":0,\"complete\":false}}\n" },
	{ "sarif",
	    "\n],\"invocations\":[{\"executionSuccessful\":false}]}]}\n" },
};

static void
test_empty(void)
{
	for (size_t i = 0; i < countof(empties); i++) {
		struct buf got = { 0 };
		struct err e = ERR_NONE;
		struct output out;
		struct finding_report r = report(empties[i].format, &out);

		output_open(&out, "out", &e);
		finding_begin(&r, &e);
		finding_end(&r, false, (struct str){ 0 }, &e);
		finding_done(&r);
		output_close(&out, true, &e);
		file_read("out", BUF_MAX, &got, &e);
		tap_case(str_ends(buf_str(&got), empties[i].want) &&
			(got.len > 0) == (empties[i].want[0] != 0),
		    "%s: %s", empties[i].format, got.data);
		buf_done(&got);
		unlink("out");
	}
	tap_all("a report that was broken off says so, and is valid");
}

/* --- fingerprints --- */

static const struct finding known = {
	.path = "./a.c",
	.line = 3,
	.above = { "\tif (n)", 7 },
	.line_text = { "\treturn a  + b;", 15 },
	.below = { "}\r", 2 },
	.category = "bug",
	.rule = "",
	.message = { "one is off", 10 },
};

/* Each changes one thing; is it known again? */
static const struct {
	const char *what;
	struct finding f;
	bool is_same;
} kin[] = {
	{ "another line number, words, severity, quote, column",
	    { .path = "a.c",
		.line = 300,
		.start = 3,
		.end = 9,
		.severity = FINDING_HIGH,
		.above = { "if (n)", 6 },
		.line_text = { "        return a + b;\r", 22 },
		.below = { "}", 1 },
		.category = "bug",
		.rule = "",
		.title = { "Off", 3 },
		.message = { "in other words", 14 },
		.quote = { "a + b", 5 },
		.suggestion = { "x", 1 },
		.side = "new",
		.method = "exact" },
	    true },
	{ "the file", { .path = "b.c", .line = 3, .category = "bug" }, false },
	{ "the category", { .category = "style" }, false },
	{ "the rule", { .rule = "own" }, false },
	{ "the line", { .line_text = { "return a + c;", 13 } }, false },
	{ "the line above", { .above = { "if (m)", 6 } }, false },
	{ "the line below", { .below = { "return", 6 } }, false },
	{ "white space that was none", { .line_text = { "return a+b;", 11 } },
	    false },
	{ "the symbol", { .symbol = { "f", 1 } }, false },
	{ "how many are alike", { .nalike = 1 }, false },
};

/* The finding that is known, but for what the other one says. */
static struct finding
changed(const struct finding *to)
{
	struct finding f = known;

	f.path = to->path ? to->path : f.path;
	f.category = to->category ? to->category : f.category;
	f.rule = to->rule ? to->rule : f.rule;
	f.symbol = to->symbol;
	f.nalike = to->nalike;
	if (to->line_text.len)
		f.line_text = to->line_text;
	if (to->above.len)
		f.above = to->above;
	if (to->below.len)
		f.below = to->below;
	return f;
}

static struct finding
identified(struct finding f)
{
	finding_identify(&f);
	return f;
}

static void
test_fingerprint(void)
{
	struct finding first = identified(known);

	tap_ok(strlen(first.fingerprint) == 32, "it is made: %s",
	    first.fingerprint);
	for (size_t i = 0; i < countof(kin); i++) {
		struct finding f = identified(
		    kin[i].is_same ? kin[i].f : changed(&kin[i].f));

		tap_case(
		    !strcmp(f.fingerprint, first.fingerprint) == kin[i].is_same,
		    "%s: %s", kin[i].what, f.fingerprint);
	}
	tap_all("it holds what stays, and nothing that does not");
}

static void
test_unplaced(void)
{
	struct finding f = known, quoted = known, again = known;

	f.is_unplaced = quoted.is_unplaced = again.is_unplaced = true;
	quoted.quote = STR("a+b");
	again.quote = STR(" a+b\n");
	again.nalike = 3;
	again.above = STR("elsewhere");
	f = identified(f);
	quoted = identified(quoted);
	again = identified(again);
	tap_ok(!f.line && strcmp(f.fingerprint, quoted.fingerprint) != 0 &&
		!strcmp(again.fingerprint, quoted.fingerprint),
	    "without a line it is made of the quote alone");
}

/* --- which of those that are alike --- */

static void
test_alike(void)
{
	static const char *const lines[] = { "a", "b", " a", "c", "a ", "b",
		"a b", "a\tb", "ab" };
	static const size_t wants[] = { 0, 0, 1, 0, 2, 1, 0, 1, 0 };
	struct finding_alike a = { 0 };

	finding_alike_count(&a);
	tap_ok(!finding_alike_before(&a, 0), "of nothing, none");
	for (size_t i = 0; i < countof(lines); i++)
		finding_alike_add(
		    &a, finding_hash(STR_HASH, str_of(lines[i])), 10 * i);
	finding_alike_count(&a);
	for (size_t i = 0; i < countof(lines); i++)
		tap_case(finding_alike_before(&a, 10 * i) == wants[i],
		    "%zu: %zu", i, finding_alike_before(&a, 10 * i));
	tap_case(!finding_alike_before(&a, 1), "one that there is not");
	tap_all("those before that are alike are counted, white space aside");
	tap_ok(a.n == 4, "the others take no room");
	finding_alike_done(&a);
}

static void
test_skipped(void)
{
	static const char *const wants[][2] = {
		{ "json",
		    "{\"summary\":{\"findings\":0,\"critical\":0,"
		    "\"high\":0,\"medium\":0,\"low\":0,\"skipped\":["
		    "{\"path\":\"a b\",\"line\":7,\"reason\":\"too long\"},"
		    "{\"path\":\"c\",\"reason\":\"binary\"},"
		    "{\"path\":\"d\",\"reason\":\"empty\","
		    "\"unchanged\":true}],"
		    "\"complete\":false}}\n" },
		{ "sarif",
		    "\n],\"invocations\":[{\"executionSuccessful\":false,"
		    "\"toolExecutionNotifications\":["
		    "{\"level\":\"error\",\"message\":{\"text\":\"too long\"},"
		    "\"locations\":[{\"physicalLocation\":{"
		    "\"artifactLocation\":{\"uri\":\"a%20b\"},"
		    "\"region\":{\"startLine\":7}}}]},"
		    "{\"level\":\"error\",\"message\":{\"text\":\"binary\"},"
		    "\"locations\":[{\"physicalLocation\":{"
		    "\"artifactLocation\":{\"uri\":\"c\"}}}]},"
		    "{\"level\":\"note\",\"message\":{\"text\":\"empty\"},"
		    "\"locations\":[{\"physicalLocation\":{"
		    "\"artifactLocation\":{\"uri\":\"d\"}}}]}]}]}]}\n" },
		{ "text", "" },
		{ "rdjsonl", "" },
	};

	for (size_t i = 0; i < countof(wants); i++) {
		struct buf got = { 0 };
		struct err e = ERR_NONE;
		struct output out;
		struct finding_report r = report(wants[i][0], &out);

		output_open(&out, "out", &e);
		finding_skip(&r, FINDING_SKIPPED, "a b", 7, "too long");
		finding_skip(&r, FINDING_SKIPPED, "c", 0, "binary");
		finding_skip(&r, FINDING_UNCHANGED, "d", 0, "empty");
		finding_end(&r, false, (struct str){ 0 }, &e);
		finding_done(&r);
		output_close(&out, true, &e);
		file_read("out", BUF_MAX, &got, &e);
		tap_is(buf_str(&got), wants[i][1], wants[i][0]);
		buf_done(&got);
		unlink("out");
	}
}

/* --- many --- */

enum { FILES = 40, EACH = 500 };

/* They are written as they come, and nothing is kept. */
static void
test_memory(void)
{
	struct output out;
	struct finding_report r = report("sarif", &out);
	struct err e = ERR_NONE;
	char path[32], text[64];
	bool fine;

	fine = !output_open(&out, "/dev/null", &e) && !finding_begin(&r, &e);
	for (int i = 0; fine && i < FILES * EACH; i++) {
		struct finding f = findings[0];

		snprintf(path, sizeof path, "file%d.c", i / EACH);
		snprintf(text, sizeof text, "line %d", i % EACH);
		f.path = path;
		f.line_text = str_of(text);
		f.fingerprint[0] = 0;
		fine = !finding_print(&r, &f, &e);
	}
	tap_ok(fine && r.count[FINDING_MEDIUM] == FILES * EACH, "many: %s",
	    e.text);
	tap_ok(r.line.capacity <= BUF_KEPT_MAX, "%zu bytes are kept",
	    r.line.capacity);
	finding_done(&r);
	output_close(&out, false, &e);
}

static void
test_full(void)
{
	struct output out;
	struct finding_report r = report("text", &out);
	struct err e = ERR_NONE;
	bool fine = !output_open(&out, "/dev/full", &e);

	tap_ok(fine && finding_print(&r, &findings[0], &e) == -1 &&
		e.status == ST_OUTPUT,
	    "a full disk is an error: %s", e.text);
	finding_done(&r);
	output_close(&out, false, &e);
}

/* --- text: one place in a line, if any --- */

#define TEXT(literal) \
	{ \
		literal, sizeof(literal) - 1 \
	}

static const struct {
	struct finding f;
	const char *want;
} lines[] = {
	{ { .path = "a:1:2: low: all is well", .line = 3 },
	    "a\\x3a1\\x3a2\\x3a low\\x3a all is well:3:1: low: m [bug]\n" },
	{ { .path = "a\"b\"c|4|", .line = 3, .start = 4, .end = 6 },
	    "a\\x22b\\x22c\\x7c4\\x7c:3:5: low: m [bug]\n" },
	{ { .path = "copy (1)" }, "copy (1\\x29: low: m [bug]\n" },
	{ { .path = "(7)/page.tsx", .rule = "a]\n:x" },
	    "(7)/page.tsx: low: m [bug/a]\\x0a\\x3ax]\n" },
	{ { .path = " from a.c" }, "./ from a.c: low: m [bug]\n" },
	{ { .path = "Making all in b" }, "./Making all in b: low: m [bug]\n" },
	{ { .path = "In file included from b" },
	    "./In file included from b: low: m [bug]\n" },
	{ { .path = "a",
	      .line = 3,
	      .message = TEXT("at 10:30 \"b\" c 12: d\n4:") },
	    "a:3:1: low: at 10:30 \"b\" c 12 : d 4 : [bug]\n" },
	{ { .path = "a", .message = TEXT(":at 10:30, f(4): b|5| (6) g():x:") },
	    "a: low: :at 10 :30, f(4) : b|5 | (6) g():x: [bug]\n" },
	{ { .path = "a", .message = TEXT(" \t"), .title = TEXT("t") },
	    "a: low: t [bug]\n" },
	{ { .path = "a", .message = TEXT("\n"), .title = TEXT(" ") },
	    "a: low: bug [bug]\n" },
};

static void
test_lines(void)
{
	for (size_t i = 0; i < countof(lines); i++) {
		struct buf got = { 0 };
		struct err e = ERR_NONE;
		struct output out;
		struct finding_report r = report("text", &out);
		struct finding f = lines[i].f;

		f.category = "bug";
		f.rule = f.rule ? f.rule : "";
		if (!f.message.len)
			f.message = STR("m");
		output_open(&out, "out", &e);
		finding_print(&r, &f, &e);
		finding_done(&r);
		output_close(&out, true, &e);
		file_read("out", BUF_MAX, &got, &e);
		tap_case(str_is(buf_str(&got), lines[i].want),
		    "%s instead of %s", got.data, lines[i].want);
		buf_done(&got);
		unlink("out");
	}
	tap_all("a line of text has one place, or none");
}

/* --- rdjsonl: what its reader can hold --- */

/* The line of a finding whose texts have that many bytes. */
static struct buf
rdjson_line(size_t message, size_t suggestion, size_t path, size_t line)
{
	struct buf got = { 0 }, texts[3] = { 0 };
	struct err e = ERR_NONE;
	struct output out;
	struct finding_report r = report("rdjsonl", &out);
	struct finding f = { .line = line, .category = "bug", .rule = "" };

	for (size_t i = 0; i < message / 2; i++)
		buf_add_text(&texts[0], "\xc3\xa4");
	for (size_t i = 0; i < suggestion; i++)
		buf_add_char(&texts[1], '\x01');
	for (size_t i = 0; i < path; i++)
		buf_add_char(&texts[2], 'p');
	f.message = buf_str(&texts[0]);
	f.suggestion = buf_str(&texts[1]);
	f.path = texts[2].data;
	output_open(&out, "out", &e);
	finding_print(&r, &f, &e);
	finding_done(&r);
	output_close(&out, true, &e);
	file_read("out", BUF_MAX, &got, &e);
	for (size_t i = 0; i < countof(texts); i++)
		buf_done(&texts[i]);
	unlink("out");
	return got;
}

static const struct {
	const char *what;
	size_t message, suggestion, path, line;
	bool has_range, has_suggestion, is_cut;
} large[] = {
	{ "short", 20, 20, 20, 7, true, true, false },
	{ "nearly too long", 32768, 5000, 200, 7, true, true, false },
	{ "a long suggestion", 20, 20000, 20, 7, true, false, false },
	{ "a long message", 80000, 20, 20, 7, true, false, true },
	{ "both", 80000, 80000, 4096, 7, true, false, true },
	{ "a name that no file has", 20, 20, 100000, 7, false, false, false },
	{ "a number beyond an int32", 20, 20, 20, SIZE_MAX / 2, false, false,
	    false },
};

static void
test_large(void)
{
	for (size_t i = 0; i < countof(large); i++) {
		struct buf got = rdjson_line(large[i].message,
		    large[i].suggestion, large[i].path, large[i].line);

		tap_case(got.len < 65536 && str_ends(buf_str(&got), "}\n") &&
			!!strstr(got.data, "\"range\"") == large[i].has_range &&
			!!strstr(got.data, "suggestions") ==
			    large[i].has_suggestion &&
			!!strstr(got.data, "ä\xe2\x80\xa6\"") ==
			    large[i].is_cut,
		    "%s: %zu bytes", large[i].what, got.len);
		buf_done(&got);
	}
	tap_all("a line of rdjsonl is one that reviewdog reads");
}

/* --- for others to look at --- */

static unsigned state = 1;

static size_t
pick(size_t n)
{
	state = state * 1103515245 + 12345;
	return (state >> 8) % n;
}

/* Characters of every length, and some that no form may pass on as they are. */
static void
add_text(struct buf *out, size_t max)
{
	static const char *const pieces[] = { "a", "def ", " ", "\xc3\xa4",
		"\xe2\x82\xac", "\xf0\x9f\x98\x80", "\xcc\x88", "\t", "\x1b[",
		"\"", "\\", "%", "#", "?", "\xe2\x80\xae", "\x7f", "&",
		":12:", "(7)", "(8):", "|3|", ":5", ": (Each", "\" 6: ", "/",
		"'" };

	for (size_t n = 1 + pick(max); n; n--)
		buf_add_text(out, pieces[pick(countof(pieces))]);
}

/* A byte at which a character begins, or the end. */
static size_t
pick_start(struct str text)
{
	size_t at = pick(text.len + 1);

	while (at < text.len && (text.data[at] & 0xc0) == 0x80)
		at--;
	return at;
}

static int
print_strange(struct finding_report *r, size_t nalike, struct err *e)
{
	struct buf path = { 0 }, line = { 0 }, symbol = { 0 };
	struct finding f = {
		.line = pick(4), .nalike = nalike, .category = "docs"
	};
	int got;

	add_text(&path, 6);
	add_text(&line, 12);
	add_text(&symbol, 2);
	f.path = path.data;
	f.message = f.line_text = buf_str(&line);
	f.symbol = buf_str(&symbol);
	f.end_line = f.line + (pick(4) ? 0 : pick(4));
	f.start = pick_start(f.line_text);
	f.end = pick(4) ? f.start + pick_start(str_skip(f.line_text, f.start))
			: 0;
	f.severity = (enum finding_severity)pick(FINDING_CRITICAL + 1);
	f.rule = pick(2) ? "missing" : "stale";
	f.is_unplaced = !pick(5);
	if (!pick(3))
		f.suggestion = f.line_text;
	got = finding_print(r, &f, e);
	buf_done(&path);
	buf_done(&line);
	buf_done(&symbol);
	return got;
}

static int
print_report(const char *format)
{
	struct output out;
	struct finding_report r = report(format, &out);
	struct err e = ERR_NONE;
	int got;

	if (!r.format || output_open(&out, NULL, &e))
		return 1;
	got = finding_begin(&r, &e);
	for (size_t i = 0; i < 1000; i++)
		got |= print_strange(&r, i, &e);
	got |= finding_end(&r, true, (struct str){ 0 }, &e);
	finding_done(&r);
	return got | output_close(&out, true, &e) ? 1 : 0;
}

int
main(int argc, char **argv)
{
	if (argc > 1)
		return print_report(argv[1]);
	files_enter();
	test_forms();
	test_empty();
	test_fingerprint();
	test_unplaced();
	test_alike();
	test_skipped();
	test_lines();
	test_large();
	test_memory();
	test_full();
	files_leave();
	return tap_done();
}
