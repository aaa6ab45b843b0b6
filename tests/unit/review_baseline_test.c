/* review_baseline_test - findings of an earlier run are known again. */
#include "../../tools/dmr-review/baseline.h"
#include "files.h"
#include "finding.h"

#define A "0123456789abcdef0123456789abcdef"
#define B "fedcba9876543210fedcba9876543210"
#define C "0123456789abcdef0123456789abcdee"
#define PRINTS "\"partialFingerprints\":{\"primaryLocationLineHash\":"
#define SARIF(results) \
	"{\"version\":\"2.1.0\",\"runs\":[{\"results\":[" results "]}]}"

static const struct {
	const char *name, *text;
	int n; /* findings; -1: refused */
	const char *why;
} rows[] = {
	{ "nothing", "", 0, NULL },
	{ "a blank line", "\n \n", 0, NULL },
	{ "JSON Lines",
	    "{\"path\":\"x\",\"fingerprint\":\"" A "\"}\n"
	    "{\"fingerprint\":\"" B "\",\"line\":1}\n"
	    "{\"summary\":{\"findings\":2}}\n",
	    2, NULL },
	{ "without a summary, CRLF",
	    "{\"fingerprint\":\"" A "\"}\r\n"
	    "{\"fingerprint\":\"" B "\"}\r\n",
	    2, NULL },
	{ "a BOM", "\xef\xbb\xbf{\"summary\":{}}\n", 0, NULL },
	{ "a line that is cut",
	    "{\"fingerprint\":\"" A "\"}\n{\"fingerprint\":\"012", -1,
	    "line 2 is neither SARIF nor a line of -F json" },
	{ "a line without a fingerprint",
	    "{\"fingerprint\":\"" A "\"}\n{\"path\":\"x\"}\n", -1,
	    "line 2 has no fingerprint of dmr-review" },
	{ "a fingerprint of another", "{\"fingerprint\":\"12:1\"}\n", -1,
	    "line 1 has no fingerprint of dmr-review" },
	{ "capitals", "{\"fingerprint\":\"0123456789ABCDEF" B "\"}\n", -1,
	    "line 1 has no fingerprint of dmr-review" },
	{ "no string", "{\"fingerprint\":17}\n", -1,
	    "line 1 has no fingerprint of dmr-review" },
	{ "no JSON", "x.c:1: high: text\n", -1,
	    "line 1 is neither SARIF nor a line of -F json" },
	{ "an array", "[]\n", -1,
	    "line 1 is neither SARIF nor a line of -F json" },
	{ "SARIF without results", SARIF(""), 0, NULL },
	{ "SARIF",
	    SARIF("{" PRINTS "\"" A "\"}},{\"ruleId\":\"x\"," PRINTS "\"" B
		  "\"}}"),
	    2, NULL },
	{ "SARIF on many lines, two runs",
	    "{\n\"runs\": [\n{\"results\": [\n{" PRINTS "\"" A
	    "\"}}\n]},\n{},\n{\"results\": [{" PRINTS "\"" B "\"}}]}]}\n",
	    2, NULL },
	{ "what is gone by now",
	    SARIF(
		"{" PRINTS "\"" A "\"}},{\"baselineState\":\"absent\"," PRINTS
		"\"" C "\"}},{\"baselineState\":\"new\"," PRINTS "\"" B "\"}}"),
	    2, NULL },
	{ "SARIF of another tool", SARIF("{\"ruleId\":\"x\"}"), -1,
	    "result 1 has no fingerprint of dmr-review" },
	{ "SARIF that is cut",
	    "{\"version\":\"2.1.0\",\"runs\":[{\"results\":[\n{" PRINTS "\"" A
	    "\"}},\n",
	    -1, "line 1 is neither SARIF nor a line of -F json" },
};

static void
test_rows(void)
{
	for (size_t i = 0; i < countof(rows); i++) {
		struct str text = str_of(rows[i].text);
		char *copy = tap_copy(text);
		struct err e = { 0 };
		struct baseline b;
		int got = baseline_read(&b, (struct str){ copy, text.len }, &e);

		free(copy);
		if (rows[i].n < 0) {
			tap_is(str_of(e.text), rows[i].why, rows[i].name);
			tap_ok(got == -1 && e.status == ST_INPUT && !b.keys,
			    "and it is refused");
			continue;
		}
		tap_ok(!got && (int)b.n == rows[i].n, "%s", rows[i].name);
		tap_ok(baseline_has(&b, A, FINDING_LOW) == (b.n > 0) &&
			baseline_has(&b, B, FINDING_LOW) == (b.n > 0) &&
			!baseline_has(&b, C, FINDING_LOW) &&
			!baseline_has(&b, "", FINDING_LOW) &&
			!baseline_has(&b, "x", FINDING_LOW),
		    "and these are known");
		baseline_done(&b);
	}
}

/* What is printed is read again. */
static void
test_printed(const char *format)
{
	struct finding f = { .path = "a b.c",
		.line = 3,
		.end_line = 3,
		.category = "bug",
		.rule = "",
		.message = { "a \"word\"\n", 9 },
		.fingerprint = A };
	struct output out;
	struct finding_report r = { .format = finding_format(format),
		.out = &out,
		.tool = "dmr-review",
		.version = "1" };
	struct buf text = { 0 };
	struct err e = { 0 };
	struct baseline b;

	output_open(&out, "out", &e);
	finding_begin(&r, &e);
	f.severity = FINDING_MEDIUM;
	finding_print(&r, &f, &e);
	f.severity = FINDING_CRITICAL;
	memcpy(f.fingerprint, B, sizeof B);
	finding_print(&r, &f, &e);
	finding_end(&r, true, (struct str){ 0 }, &e);
	finding_done(&r);
	output_close(&out, true, &e);
	file_read("out", BUF_MAX, &text, &e);
	tap_int(baseline_read(&b, buf_str(&text), &e), 0, format);
	tap_ok(b.n == 2 && baseline_has(&b, A, FINDING_LOW) &&
		baseline_has(&b, B, FINDING_LOW),
	    "what was printed is known");
	tap_ok(baseline_has(&b, A, FINDING_MEDIUM) &&
		!baseline_has(&b, A, FINDING_HIGH) &&
		baseline_has(&b, B, FINDING_CRITICAL),
	    "unless it is worse now");
	baseline_done(&b);
	buf_done(&text);
	unlink("out");
}

/* Of each line or result some bytes are kept; the rest is any size. */
static void
test_many(void)
{
	struct buf text = { 0 };
	struct err e = { 0 };
	struct baseline b;
	char print[33];
	size_t n = 100000, known = 0;

	for (size_t i = 0; i < n; i++)
		buf_add_format(&text,
		    "{\"message\":\"%64s\",\"fingerprint\":\"%032zx\"}\n", "x",
		    2 * ((i * 7919) % n));
	tap_int(baseline_read(&b, buf_str(&text), &e), 0, "many lines");
	for (size_t i = 0; i < 2 * n; i++) {
		snprintf(print, sizeof print, "%032zx", i);
		known += baseline_has(&b, print, FINDING_LOW) == (i % 2 == 0);
	}
	tap_int((intmax_t)known, 2 * (intmax_t)n, "each is known, no other");
	tap_ok(b.capacity * sizeof *b.keys <= 2 * n * 24, "in few bytes");
	baseline_done(&b);
	buf_done(&text);
}

int
main(void)
{
	test_rows();
	files_enter();
	test_printed("json");
	test_printed("sarif");
	files_leave();
	test_many();
	tap_ok(!baseline_has(&(struct baseline){ 0 }, A, FINDING_LOW),
	    "none of nothing");
	return tap_done();
}
