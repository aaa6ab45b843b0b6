/* review_suggestion_test - what is suggested is shown only if it parses. */
#include "../../tools/dmr-review/suggestion.h"
#include "tap.h"

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

	if (!tap_case(!diff_read(&d, str_of(rows[i].diff), &e), "%s", e.text))
		return;
	tap_case(suggestion_holds(langs, &d.files[0], str_of(rows[i].whole),
		     rows[i].first, rows[i].last,
		     str_of(rows[i].text)) == rows[i].holds,
	    "%s", rows[i].what);
	diff_done(&d);
}

int
main(void)
{
	langs = lang_set_new("languages", "build/grammars");
	for (size_t i = 0; i < countof(rows); i++)
		test_row(i);
	tap_all("a suggestion holds if the file parses with it");
	lang_set_free(langs);
	langs = lang_set_new("languages", "build/none");
	tap_ok(!suggestion_holds(langs, &(struct diff_file){ 0 },
		   (struct str){ 0 }, 1, 1, STR("x")),
	    "of nothing none does");
	lang_set_free(langs);
	return tap_done();
}
