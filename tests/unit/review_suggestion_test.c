/* review_suggestion_test - what is suggested is shown only if it parses. */
#include "../../tools/dmr-review/suggestion.h"
#include "tap.h"

enum { LIMIT_S = 10 };

static struct lang_set *langs;

static const char c_diff[] = "--- a/x.c\n+++ b/x.c\n@@ -1,4 +1,6 @@\n"
			     " int f(int a)\n {\n-\treturn a;\n"
			     "+\tif (a > 1)\n+\t\treturn g(a);\n+\treturn 0;\n"
			     " }\n";
static const char c_whole[] = "int f(int a)\n{\n\tif (a > 1)\n"
			      "\t\treturn g(a);\n\treturn 0;\n}\n\nint z;\n";
static const char c_middle[] = "--- a/x.c\n+++ b/x.c\n@@ -10,3 +10,4 @@\n"
			       " \tb = 1;\n \t}\n+\tc = 2;\n \td = (3);\n";
static const char py_diff[] = "--- a/x.py\n+++ b/x.py\n@@ -1,2 +1,3 @@\n"
			      " def f(a):\n+    b = a\n     return b\n";
static const char md_diff[] = "--- a/x.zzz\n+++ b/x.zzz\n@@ -1 +1,2 @@\n"
			      " a\n+b\n";
static const char gone_diff[] = "--- a/x.c\n+++ /dev/null\n@@ -1 +0,0 @@\n"
				"-int a;\n";

static const struct {
	const char *what, *diff, *whole;
	size_t first, last;
	const char *text;
	bool holds;
} rows[] = {
	{ "a line", c_diff, c_whole, 5, 5, "\treturn -1;", true },
	{ "with its end", c_diff, c_whole, 5, 5, "\treturn -1;\n", true },
	{ "two lines", c_diff, c_whole, 3, 4, "\treturn h(a);\n", true },
	{ "none", c_diff, c_whole, 3, 5, "", true },
	{ "a brace too many", c_diff, c_whole, 5, 5, "\treturn -1; }", false },
	{ "prose", c_diff, c_whole, 5, 5, "Use -1 here instead.", false },
	{ "half a statement", c_diff, c_whole, 5, 5, "\treturn (", false },
	{ "the same again", c_diff, c_whole, 5, 5, "\treturn 0;\r\n", false },
	{ "only the diff", c_diff, "", 5, 5, "\treturn -1;", true },
	{ "only the diff, prose", c_diff, "", 5, 5, "Use -1 here instead.",
	    false },
	{ "another file", c_diff, "int a;\nint b;\n", 1, 1, "int c;", false },
	{ "a shorter file", c_diff, "int f(int a)\n", 5, 5, "int c;", false },
	{ "amid a function", c_middle, "", 12, 12, "\tc = 3;", true },
	{ "amid one, a brace", c_middle, "", 12, 12, "\t{ c = 3;", false },
	{ "amid one, prose", c_middle, "", 12, 12, "Better use three.", false },
	{ "Python", py_diff, "", 2, 2, "    b = a + 1", true },
	{ "Python, no indentation", py_diff, "", 2, 2, "b = a + 1", false },
	{ "C, no indentation", c_diff, c_whole, 5, 5, "return -1;", false },
	{ "no language of ours", md_diff, "a\nb\n", 2, 2, "c", false },
	{ "a line outside", c_diff, c_whole, 8, 8, "int y;", false },
	{ "no line", c_diff, c_whole, 0, 0, "int y;", false },
	{ "backwards", c_diff, c_whole, 5, 4, "int y;", false },
	{ "a huge line", c_diff, c_whole, 3, SIZE_MAX, "int y;", false },
	{ "a file that is gone", gone_diff, "", 1, 1, "int b;", false },
	{ "bytes that are none", c_diff, c_whole, 5, 5, "\xff\xfe", false },
};

static void
test_row(size_t i)
{
	struct err e = ERR_NONE;
	struct diff d = { 0 };
	struct suggestions all = { .langs = langs };

	if (!tap_case(!diff_read(&d, str_of(rows[i].diff), &e), "%s", e.text))
		return;
	for (int k = 0; k < 2; k++) /* what is kept is good */
		tap_case(suggestion_holds(&all, &d.files[0],
			     str_of(rows[i].whole), rows[i].first, rows[i].last,
			     str_of(rows[i].text)) == rows[i].holds,
		    "%s", rows[i].what);
	diff_done(&d);
}

/* What is too long to be parsed is taken for what the diff shows of it. */
static void
test_large(void)
{
	struct buf diff = { 0 }, whole = { 0 };
	struct err e = ERR_NONE;
	struct diff d = { 0 };
	struct suggestions all = { .langs = langs };

	buf_add_text(&diff, c_diff);
	buf_add_text(&whole, c_whole);
	while (whole.len <= SUGGESTION_TEXT_MAX)
		buf_add_text(&whole, "int f(int a) { return a; }\n");
	buf_add_text(&whole, "int broken( {{{\n");
	diff_read(&d, buf_str(&diff), &e);
	tap_ok(suggestion_holds(&all, &d.files[0], buf_str(&whole), 5, 5,
		   STR("\treturn -1;")) &&
		!suggestion_holds(&all, &d.files[0], buf_str(&whole), 5, 5,
		    STR("\treturn (")),
	    "a large file");
	diff_done(&d);
	buf_clear(&diff);
	buf_add_text(&diff, "--- a/x.c\n+++ b/x.c\n@@ -0,0 +1,2 @@\n+int a;");
	for (size_t i = 0; i < SUGGESTION_TEXT_MAX; i++)
		buf_add_char(&diff, ' ');
	buf_add_text(&diff, "\n+int b;\n");
	all = (struct suggestions){ .langs = langs };
	diff_read(&d, buf_str(&diff), &e);
	tap_ok(d.nfiles == 1 &&
		!suggestion_holds(
		    &all, &d.files[0], (struct str){ 0 }, 2, 2, STR("int c;")),
	    "a large hunk");
	diff_done(&d);
	buf_done(&diff);
	buf_done(&whole);
}

/* A suggestion for one of `step` functions, and a bad one, in a source file of
 * so many; whole, too, if that is wanted. */
static void
try_many(size_t nfunctions, size_t step, bool has_whole, const char *what)
{
	struct buf source = { .max = SIZE_MAX / 2 };
	struct diff_file file;
	struct suggestions all = { .langs = langs };
	struct str whole = { 0 };
	size_t wrong = 0;

	for (size_t i = 0; i < nfunctions; i++)
		buf_add_format(&source,
		    "int\nf%zu(int first)\n{\n\tif (first)\n"
		    "\t\treturn first + %zu;\n\treturn 0;\n}\n\n",
		    i, i);
	if (has_whole)
		whole = buf_str(&source);
	diff_of_source(&file, "x.c", buf_str(&source), 2048);
	tap_limit(LIMIT_S);
	for (size_t at = 6; at < 8 * nfunctions; at += 8 * step) {
		wrong += !suggestion_holds(
		    &all, &file, whole, at, at, STR("\treturn 1;"));
		wrong += suggestion_holds(
		    &all, &file, whole, at, at, STR("\treturn (1;"));
	}
	tap_limit(0);
	tap_int((int)wrong, 0, what);
	diff_file_done(&file);
	buf_done(&source);
}

int
main(void)
{
	langs = lang_set_new("languages", "build/grammars");
	for (size_t i = 0; i < countof(rows); i++)
		test_row(i);
	tap_all("a suggestion holds if the file parses with it");
	test_large();
	try_many(60000, 50, false, "of many hunks");
	try_many(3600, 3, true, "many of a file that is parsed");
	lang_set_free(langs);
	langs = lang_set_new("languages", "build/none");
	tap_ok(!suggestion_holds(&(struct suggestions){ .langs = langs },
		   &(struct diff_file){ 0 }, (struct str){ 0 }, 1, 1, STR("x")),
	    "of nothing none does");
	lang_set_free(langs);
	return tap_done();
}
