/*
 * finding_test - findings are printed in each form, whatever they say.
 *
 *     finding_test           the unit tests
 *     finding_test FORMAT    a report of many strange findings, always the
 *                            same; the message is the text of the line
 */
#include "files.h"
#include "finding.h"

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
	    "c:d.c:7: critical: two \\x1b[lines [bug/own]\n"
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
	    "\"text\":\"A declaration without documentation\"},\"help\":{"
	    "\"text\":\"A declaration without documentation\"},"
	    "\"properties\":{\"tags\":[\"docs\"]}},"
	    "{\"id\":\"docs/stale\",\"shortDescription\":{"
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

static char printed[33];

/* Print one, and take its fingerprint out of the line. */
static void
print_one(struct finding_report *r, const struct finding *f)
{
	struct buf got = { 0 };
	struct err e = ERR_NONE;
	const char *mark;

	output_open(r->out, "out", &e);
	finding_print(r, f, &e);
	output_close(r->out, true, &e);
	file_read("out", BUF_MAX, &got, &e);
	mark = got.data ? strstr(got.data, "fingerprint\":\"") : NULL;
	snprintf(printed, sizeof printed, "%.32s", mark ? mark + 14 : "");
	buf_done(&got);
	unlink("out");
}

static void
test_fingerprint(void)
{
	struct output out;
	struct finding_report r = report("json", &out);
	struct finding f = findings[0];
	char first[33], second[33];

	f.fingerprint[0] = 0;
	print_one(&r, &f);
	memcpy(first, printed, sizeof first);
	tap_ok(strlen(first) == 32 && strcmp(first, FINGERPRINT) != 0,
	    "it is made: %s", first);
	print_one(&r, &f);
	memcpy(second, printed, sizeof second);
	tap_ok(strcmp(first, second) != 0, "one that is alike has another");
	finding_done(&r);
	r = report("json", &out);
	f.line = f.end_line = 300;
	f.path = "a b/ü.py";
	f.message = STR("in other words");
	f.line_text = STR("  \xc3\xa4\xf0\x9f\x98\x80"
			  "def f():\r");
	print_one(&r, &f);
	tap_ok(!strcmp(printed, first),
	    "lines, indentation and words do not change it: %s", printed);
	f.rule = "stale";
	print_one(&r, &f);
	tap_ok(strcmp(printed, first) != 0, "the rule does");
	f.rule = "missing";
	f.path = "b.py";
	print_one(&r, &f);
	tap_ok(strcmp(printed, first) != 0, "the file does");
	finding_done(&r);
}

/* --- many --- */

enum { FILES = 40, EACH = 500 };

/* They are written as they come, and what is kept is one file's. */
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
	tap_ok(r.nseen == EACH && r.seen_capacity < 4 * EACH &&
		r.line.capacity <= BUF_KEPT_MAX,
	    "%zu hashes, %zu bytes are kept", r.nseen, r.line.capacity);
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
		"\"", "\\", "%", "#", "?", "\xe2\x80\xae", "\x7f", "&" };

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
print_strange(struct finding_report *r, struct err *e)
{
	struct buf path = { 0 }, line = { 0 }, symbol = { 0 };
	struct finding f = { .line = pick(4), .category = "docs" };
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
	for (int i = 0; i < 1000; i++)
		got |= print_strange(&r, &e);
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
	test_memory();
	test_full();
	files_leave();
	return tap_done();
}
