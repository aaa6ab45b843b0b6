/* reqs_check_test - what is wrong with documents in files, and where. */
#include "../../tools/dmr-reqs/check.h"
#include "files.h"

#define SHOP "\"text\": \"The shop shall list bikes.\""
#define GOOD \
	"{\"functional_requirements\": [{\"id\": \"FR-001\",\n" SHOP ",\n" \
	"\"acceptance\": [{\"then\": \"x\"}]}]}\n"

#define QUALITY "## Non-functional requirements\n\n### NFR-001\n\n"
#define FAST(place) \
	"doc:" place ": medium: NFR-001 says 'fast', which cannot be " \
	"checked: say how much, or what [requirements/R02]\n"

/* What is printed of the file "doc", with "doc:" before each line cut off. */
static void
check(const char *format, size_t fail_on, struct buf *said, struct err *e)
{
	static const char *const paths[] = { "doc" };
	struct output out = { 0 };
	struct check want = { .format = finding_format(format),
		.fail_on = fail_on,
		.out = &out };
	struct err why = ERR_NONE;

	buf_clear(said);
	if (output_open(&out, "out", &why))
		abort();
	check_documents(&want, paths, countof(paths), e);
	if (output_close(&out, true, &why) ||
	    file_read("out", BUF_MAX, said, &why))
		abort();
	unlink("out");
}

/* --- places --- */

static const struct {
	const char *name, *text, *want;
} rows[] = {
	{ "nothing", GOOD, "" },
	{ "a BOM", "\xef\xbb\xbf" GOOD, "" },
	{ "a word, in bytes",
	    "{\"non_functional_requirements\": [{\"id\": \"NFR-001\",\n"
	    "  \"text\": \"\xc3\x84pfel shall be fast in 1 s.\"}]}",
	    "doc:2:28: medium: NFR-001 says 'fast', which cannot be checked: "
	    "say how much, or what [requirements/R02]\n" },
	{ "a word behind an escape: the whole text",
	    "{\"non_functional_requirements\": [{\"id\": \"NFR-001\",\n"
	    "  \"text\": \"\\u0041ll shall be fast in 1 s.\"}]}",
	    "doc:2:12: medium: NFR-001 says 'fast', which cannot be checked: "
	    "say how much, or what [requirements/R02]\n" },
	{ "what is not there: the id",
	    "{\"functional_requirements\": [\n"
	    " {\"id\": \"FR-001\", " SHOP "}]}",
	    "doc:2:10: high: FR-001 has no acceptance criterion "
	    "[requirements/R05]\n" },
	{ "no id: the text, by its number",
	    "{\"functional_requirements\": [{" SHOP ",\n"
	    "\"acceptance\": [{\"then\": \"x\"}]}]}",
	    "doc:1:40: high: functional requirement 1 has no id "
	    "[requirements/R15]\n" },
	{ "nothing at all to stand at", "{\"user_stories\": [{}]}",
	    "doc: high: user story 1 has no id [requirements/R15]\n"
	    "doc: medium: user story 1 lacks 'as a' 'I want' 'so that' "
	    "[requirements/R09]\n" },
	{ "a name that is not there",
	    "{\"suggested_architecture\": {\"components\": [\n"
	    "{\"name\": \"Till\", \"depends_on\": [\"Printer\"]}]}}",
	    "doc:2:34: high: Till refers to 'Printer', which is no component "
	    "[requirements/R08]\n" },
	{ "a word behind a quote in JSON",
	    "{\"non_functional_requirements\": [{\"id\": \"NFR-001\",\n"
	    "  \"text\": \"\\\"It\\\" shall be fast in 1 s.\"}]}",
	    "doc:2:28: medium: NFR-001 says 'fast', which cannot be checked: "
	    "say how much, or what [requirements/R02]\n" },
	{ "JSON in lines that end in CR",
	    "{\"non_functional_requirements\": [{\"id\": \"NFR-001\",\r"
	    "  \"text\": \"The shop shall be fast in 1 s.\"}]}",
	    "doc:2:30: medium: NFR-001 says 'fast', which cannot be checked: "
	    "say how much, or what [requirements/R02]\n" },
	{ "wrapped lines",
	    QUALITY "The shop\nshall _list_ bikes\nand be\nfast in 1 s.\n",
	    FAST("8:1") },
	{ "escapes, entities, hard ends",
	    QUALITY "A \\_b\\_ &amp; &#65;\\\nand R&D shall be\\\n"
		    "very&#32;fast in 1 s.\n",
	    FAST("7:10") },
	{ "a second paragraph",
	    QUALITY "When I ask,\n\n\nthe shop shall be fast in 1 s.\n",
	    FAST("8:19") },
	{ "words behind an id",
	    "## Non-functional requirements\n\n### NFR-001: The shop shall\n"
	    "\nbe **fast** in 1 s.\n",
	    FAST("5:6") },
	{ "Markdown in lines that end in CR",
	    "## Non-functional requirements\r\r### NFR-001\r\r"
	    "The shop\rshall be fast in 1 s.\r",
	    FAST("6:10") },
	{ "and in CRLF",
	    "## Non-functional requirements\r\n\r\n### NFR-001\r\n\r\n"
	    "The shop\r\nshall be fast in 1 s.\r\n",
	    FAST("6:10") },
	{ "Markdown",
	    "## Functional requirements\n\n### FR-001\n\n"
	    "The shop shall be fast.\n",
	    "doc:5:19: medium: FR-001 says 'fast', which cannot be checked: "
	    "say how much, or what [requirements/R02]\n"
	    "doc:3:1: high: FR-001 has no acceptance criterion "
	    "[requirements/R05]\n" },
};

static void
test_places(void)
{
	struct buf said = { 0 };

	for (size_t i = 0; i < countof(rows); i++) {
		struct err e = ERR_NONE;

		files_write("doc", rows[i].text, 0644);
		check("text", FINDING_MEDIUM, &said, &e);
		tap_is(buf_str(&said), rows[i].want, rows[i].name);
		tap_ok(e.status == (rows[i].want[0] ? ST_NO : ST_OK),
		    "%s: the verdict", rows[i].name);
	}
	buf_done(&said);
}

/* --- verdicts --- */

static void
check_verdict(
    const char *text, size_t fail_on, enum status want, const char *why)
{
	struct buf said = { 0 };
	struct err e = ERR_NONE;

	files_write("doc", text, 0644);
	check("json", fail_on, &said, &e);
	tap_int(e.status, want, why);
	if (e.status)
		tap_is(str_of(e.text), why, "the same words");
	buf_done(&said);
}

static void
test_verdicts(void)
{
	static const char low[] =
	    "{\"non_functional_requirements\": [{\"id\": \"NFR-001\","
	    "\"text\": \"It shall end in 1 s.\"}]}";

	check_verdict(low, FINDING_MEDIUM, ST_OK, "low findings are let pass");
	check_verdict(low, FINDING_LOW, ST_NO, "1 finding is low or worse");
	check_verdict("{\"user_stories\": [{}]}", FINDING_MEDIUM, ST_NO,
	    "2 findings are medium or worse");
	check_verdict("{\"user_stories\": [{}]}", FINDING_CRITICAL + 1, ST_OK,
	    "findings are let pass");
	check_verdict(
	    "", FINDING_MEDIUM, ST_INPUT, "doc: there is no document in it");
	check_verdict("{\"functional_requirements\": [\n\xff]}", FINDING_MEDIUM,
	    ST_INPUT, "doc: line 2: no UTF-8");
}

/* --- a text in one line --- */

static void
test_long_line(void)
{
	struct buf text = { 0 }, said = { 0 };
	struct err e = ERR_NONE;

	buf_add_text(&text, "{\"functional_requirements\": [");
	for (int i = 1; i <= 2000; i++)
		buf_add_format(&text,
		    "%s{\"id\": \"FR-%03d\", \"text\": \"It shall be p%d.\"}",
		    i > 1 ? "," : "", i, i);
	buf_add_text(&text, "]}");
	files_write("doc", text.data, 0644);
	check("sarif", FINDING_HIGH, &said, &e);
	tap_is(str_of(e.text), "2000 findings are high or worse",
	    "a document in one line");
	tap_ok(str_find(buf_str(&said), STR("startColumn")) == said.len,
	    "SARIF has no columns of a line that long");
	buf_done(&text);
	buf_done(&said);
}

int
main(void)
{
	files_enter();
	test_places();
	test_verdicts();
	test_long_line();
	unlink("doc");
	files_leave();
	return tap_done();
}
