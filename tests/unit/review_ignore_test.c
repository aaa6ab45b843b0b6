/* review_ignore_test - comments that do not want a finding. */
#include "../../tools/dmr-review/ignore.h"
#include "tap.h"

/* Is bug/leak of that line of the text not wanted? */
static const struct {
	const char *name, *text;
	size_t line;
	bool want;
} rows[] = {
	{ "without a comment", "f();\ng();\n", 1, false },
	{ "all of a line", "f(); // dmr-review: ignore\n", 1, true },
	{ "its category", "f(); # dmr-review: ignore[bug]\n", 1, true },
	{ "its rule", "f(); /* dmr-review: ignore[leak] */\n", 1, true },
	{ "both", "f(); -- dmr-review: ignore[bug/leak]\n", 1, true },
	{ "another rule", "f(); // dmr-review: ignore[bug/other]\n", 1, false },
	{ "another category", "f(); // dmr-review: ignore[style]\n", 1, false },
	{ "a rule of another category",
	    "f(); // dmr-review: ignore[style/leak]\n", 1, false },
	{ "a longer name", "f(); // dmr-review: ignore[bugs]\n", 1, false },
	{ "one of a list", "f(); // dmr-review: ignore[a,  b/c , leak]\n", 1,
	    true },
	{ "an empty list", "f(); // dmr-review: ignore[]\n", 1, false },
	{ "a list without an end", "f(); // dmr-review: ignore[bug\n", 1,
	    false },
	{ "the line above", "// dmr-review: ignore[bug]\nf();\n", 2, true },
	{ "behind other text, the line above",
	    "f(); // dmr-review: ignore[bug]\ng();\n", 2, false },
	{ "two lines above", "// dmr-review: ignore\n\nf();\n", 3, false },
	{ "the line below", "f();\n// dmr-review: ignore\n", 1, false },
	{ "indented, within a comment",
	    "/*\n\t* dmr-review: ignore\n */ f();\n", 3, true },
	{ "HTML", "<!-- dmr-review: ignore -->\n<p>\n", 2, true },
	{ "behind another's", "f(); // NOLINT, dmr-review: ignore[bug]\n", 1,
	    true },
	{ "in no comment", "s = \"dmr-review: ignore\"\n", 1, false },
	{ "a comment in a string", "s = \"# dmr-review: ignore\"\n", 1, false },
	{ "one in a string that goes on",
	    "s = 'it\\'s // dmr-review: ignore' + t\n", 1, false },
	{ "behind a string", "s = \"#\\\"\" # dmr-review: ignore\n", 1, true },
	{ "behind half of a string", "fn f(x: &'a str) // dmr-review: ignore\n",
	    1, true },
	{ "behind an apostrophe", "f(); // don't; dmr-review: ignore\n", 1,
	    true },
	{ "with a string in the comment",
	    "f(); // \"x\", dmr-review: ignore[bug] as 'y'\n", 1, true },
	{ "alone in a line", "  dmr-review: ignore\nf\n", 2, true },
	{ "another word", "f(); // dmr-review: ignored\n", 1, false },
	{ "and another", "f(); // dmr-review: ignore-file\n", 1, false },
	{ "of the file as a whole", "// dmr-review: ignore\n", 0, false },
	{ "a second one above",
	    "// dmr-review: ignore[bug]\n"
	    "f(); // dmr-review: ignore[style]\n",
	    2, true },
};

static void
test_rows(void)
{
	for (size_t i = 0; i < countof(rows); i++) {
		struct str text = str_of(rows[i].text);
		char *copy = tap_copy(text);
		struct diff_file file;
		struct ignores all;

		diff_of_source(
		    &file, "x", (struct str){ copy, text.len }, 1 << 20);
		ignores_make(&all, &file);
		tap_int(ignores_has(&all, rows[i].line, "bug", "leak"),
		    rows[i].want, rows[i].name);
		ignores_done(&all);
		diff_file_done(&file);
		free(copy);
	}
}

static void
test_diff(void)
{
	struct err e = { 0 };
	struct ignores all;
	struct diff d;

	tap_int(diff_read(&d,
		    STR("--- a/x\n+++ b/x\n@@ -1,3 +1,2 @@\n"
			"-# dmr-review: ignore\n # dmr-review: ignore[style]\n"
			"-f()\n+g()\n@@ -9 +8 @@\n-h()\n"
			"+h(x) # dmr-review: ignore[bug]\n"),
		    &e),
	    0, "a diff");
	ignores_make(&all, &d.files[0]);
	tap_int((intmax_t)all.n, 2, "what is removed says nothing");
	tap_ok(ignores_has(&all, 2, "style", NULL), "a line that was there");
	tap_ok(ignores_has(&all, 2, "style", ""), "a category without a rule");
	tap_ok(!ignores_has(&all, 2, "bug", NULL), "not another category");
	tap_ok(ignores_has(&all, 8, "bug", "x"), "in the second hunk");
	ignores_done(&all);
	diff_done(&d);
	tap_ok(!ignores_has(&all, 2, "bug", NULL), "none of nothing");
}

/* As many findings as lines: no search may look at all of them. */
static void
test_many(void)
{
	struct buf text = { 0 };
	struct diff_file file;
	struct ignores all;
	size_t n = 0, lines = 200000;

	for (size_t i = 0; i < lines; i++)
		buf_add_text(&text, i % 2 ? "x # dmr-review: ignore\n" : "y\n");
	diff_of_source(&file, "x", buf_str(&text), 1 << 20);
	ignores_make(&all, &file);
	for (size_t i = 1; i <= lines; i++)
		n += ignores_has(&all, i, "bug", "leak");
	tap_int((intmax_t)n, (intmax_t)lines / 2, "many comments");
	ignores_done(&all);
	diff_file_done(&file);
	buf_done(&text);
}

/* Quotes that end nowhere are looked for once. */
static void
test_long(void)
{
	struct buf text = { 0 };
	struct diff_file file;
	struct ignores all;

	for (size_t i = 0; i < 500000; i++)
		buf_add_text(&text, "\\\"");
	buf_add_text(&text, "\\\" # dmr-review: ignore\n");
	diff_of_source(&file, "x", buf_str(&text), 1 << 21);
	ignores_make(&all, &file);
	tap_ok(ignores_has(&all, 1, "bug", "leak"), "behind many quotes");
	ignores_done(&all);
	diff_file_done(&file);
	buf_done(&text);
}

int
main(void)
{
	test_rows();
	test_long();
	test_diff();
	test_many();
	return tap_done();
}
