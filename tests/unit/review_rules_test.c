/* review_rules_test - rules out of Markdown, and the files that they are for. */
#include "../../tools/dmr-review/glob.h"
#include "../../tools/dmr-review/rules.h"
#include "tap.h"

/* "name(glob,glob)=text; " for each. */
static void
describe(const struct rules *all, struct buf *out)
{
	for (size_t i = 0; i < all->n; i++) {
		const struct rule *rule = &all->items[i];

		buf_add_format(out, "%s%s(", i ? "; " : "", rule->name);
		for (size_t k = 0; k < rule->nglobs; k++)
			buf_add_format(
			    out, "%s%s", k ? "," : "", rule->globs[k]);
		buf_add_format(out, ")=%.*s", STR_ARGS(rule->text));
	}
}

static const struct {
	const char *name, *text, *want;
	const char *why;
} rows[] = {
	{ "one", "# No printf\n\nUse output.\n", "no-printf()=Use output.",
	    NULL },
	{ "two", "## A b\nx\ny\n\n## C\n\nz", "a-b()=x\ny; c()=z", NULL },
	{ "a title", "# Rules\n\n## A\nx\n", "a()=x", NULL },
	{ "text before the first", "Read this.\n\n# A\nx\n", "a()=x", NULL },
	{ "good and bad",
	    "# A\nx\n## Bad\n    y()\n## Good examples\nz\n# B\nw\n",
	    "a()=x\n## Bad\n    y()\n## Good examples\nz; b()=w", NULL },
	{ "what is below good", "# A\nx\n## Good\n### In C\ny\n## B\nz\n",
	    "a()=x\n## Good\n### In C\ny; b()=z", NULL },
	{ "code is no heading",
	    "# A\n```sh\n# comment\n~~~\n```\n~~~~\n# x\n```\n~~~\n# y\n~~~~\n"
	    "# B\nz\n",
	    "a()=```sh\n# comment\n~~~\n```\n~~~~\n# x\n```\n~~~\n# y\n~~~~; "
	    "b()=z",
	    NULL },
	{ "code by its margin", "# A\nx\n    # y\n", "a()=x\n    # y", NULL },
	{ "no headings", "# A\n#x\n####### y\n\\# z\n",
	    "a()=#x\n####### y\n\\# z", NULL },
	{ "closed headings, CRLF", "## A ##\r\nx\r\n### C# ###\r\ny\r\n",
	    "a()=x; c()=y", NULL },
	{ "a name to the letter", "# `printf()` & Co: don't \xc3\xbc-1!\nx\n",
	    "printf-co-don-t-\xc3\xbc-1()=x", NULL },
	{ "a long name",
	    "# aaaaaaaaaa bbbbbbbbbb cccccccccc dddddddddd eeeeeeeeee ffff ggggg\n"
	    "x\n",
	    "aaaaaaaaaa-bbbbbbbbbb-cccccccccc-dddddddddd-eeeeeeeeee-ffff()=x",
	    NULL },
	{ "one that is named as a category is", "# Bug!\nx\n# style\ny\n",
	    "bug-2()=x; style-2()=y", NULL },
	{ "one of a name that is there", "# A\nx\n# a\ny\n# A!\nz\n",
	    "a()=x; a-2()=y; a-3()=z", NULL },
	{ "headings without a word", "# ???\nx\n# !\ny\n",
	    "rule()=x; rule-2()=y", NULL },
	{ "a BOM", "\xef\xbb\xbf# A\nx\n", "a()=x", NULL },
	{ "globs", "# A\n\nFiles: *.c, `lib/**`,!x.c\nx\n",
	    "a(*.c,lib/**,!x.c)=x", NULL },
	{ "globs on two lines", "# A\nfiles: a\n\nFiles:b\nx\nFiles: c\n",
	    "a(a,b)=x\nFiles: c", NULL },
	{ "globs alone are no rule", "# A\nFiles: a\n# B\nx\n", "b()=x", NULL },
	{ "braces", "# A\nFiles: *.{c,h}, {a,b{c,d}}/{e,}x, {y}, {z\nx\n",
	    "a(*.c,*.h,a/ex,a/x,bc/ex,bc/x,bd/ex,bd/x,{y},{z)=x", NULL },
	{ "braces without an end", "# A\nFiles: !a}b, }c{,d\nx\n",
	    "a(!a}b,}c{,d)=x", NULL },
	{ "nothing", "", NULL, "it has no heading with a rule" },
	{ "no heading", "Be nice.\n", NULL, "it has no heading with a rule" },
	{ "titles alone", "# A\n## B\n", NULL,
	    "it has no heading with a rule" },
	{ "too many globs",
	    "# A\nx\n# B\nFiles: {a,b}{a,b}{a,b}{a,b}{a,b}{a,b}{a,b}{a,b}{a,b}\n",
	    NULL, "line 4: a rule has more than 64 globs" },
	{ "too many that are empty",
	    "# A\nx\n# B\n"
	    "Files: {,}{,}{,}{,}{,}{,}{,}{,}{,}{,}{,}{,}{,}{,}{,}{,}{,}{,}{,}{,}"
	    "{,}{,}{,}{,}{,}{,}{,}{,}{,}{,}{,}{,}{,}{,}{,}{,}{,}{,}{,}{,}\n",
	    NULL, "line 4: a rule has more than 64 globs" },
	{ "few that are empty", "# A\nFiles: {,a,},,{,b}\nx\n", "a(a,b)=x",
	    NULL },
};

static void
test_rows(void)
{
	for (size_t i = 0; i < countof(rows); i++) {
		struct str text = str_of(rows[i].text);
		char *copy = tap_copy(text);
		struct buf out = { 0 };
		struct err e = { 0 };
		struct rules all;
		int got = rules_read(&all, (struct str){ copy, text.len }, &e);

		describe(&all, &out);
		if (rows[i].want) {
			tap_is(buf_str(&out), rows[i].want, rows[i].name);
		} else {
			tap_is(str_of(e.text), rows[i].why, rows[i].name);
			tap_ok(got == -1 && e.status == ST_USAGE && !all.items,
			    "and it is refused");
		}
		rules_done(&all);
		buf_done(&out);
		free(copy);
	}
}

static void
test_sizes(void)
{
	struct buf text = { 0 };
	struct err e = { 0 };
	struct rules all;

	for (int i = 0; i < RULES_MAX; i++)
		buf_add_format(&text, "# Same\nx\n");
	tap_int(rules_read(&all, buf_str(&text), &e), 0, "many rules");
	tap_is(str_of(all.items[RULES_MAX - 1].name), "same-256",
	    "each with its name");
	rules_done(&all);
	buf_add_text(&text, "# One more\nx\n");
	tap_int(rules_read(&all, buf_str(&text), &e), -1, "too many");
	tap_is(str_of(e.text), "line 513: it has more than 256 rules",
	    "and where");
	buf_clear(&text);
	buf_add_text(&text, "# A\nFiles: ");
	for (int i = 0; i < GLOB_MAX; i++)
		buf_add_char(&text, 'a');
	buf_add_text(&text, "b\nx\n");
	tap_int(rules_read(&all, buf_str(&text), &e), -1, "a long glob");
	buf_clear(&text);
	buf_add_text(&text, "# A\n");
	while (text.len <= RULES_TEXT_MAX)
		buf_add_text(&text, "{{{{{{{{\n");
	tap_int(rules_read(&all, buf_str(&text), &e), -1, "a long file");
	buf_done(&text);
}

/* --- globs --- */

static const struct {
	const char *glob, *path;
	bool want;
} globs[] = {
	{ "*.c", "a.c", true },
	{ "*.c", "lib/a.c", true },
	{ "*.c", "a.cc", false },
	{ "a.c", "lib/a.c", true },
	{ "a.c", "lib/ba.c", false },
	{ "/a.c", "a.c", true },
	{ "/a.c", "lib/a.c", false },
	{ "lib/*.c", "lib/a.c", true },
	{ "lib/*.c", "lib/x/a.c", false },
	{ "lib/*.c", "x/lib/a.c", false },
	{ "lib/**", "lib/x/a.c", true },
	{ "lib/**", "lib", false },
	{ "lib/", "lib/x/a.c", true },
	{ "lib/", "x/lib/a.c", true },
	{ "lib/", "xlib/a.c", false },
	{ "/lib/", "x/lib/a.c", false },
	{ "/lib/", "lib/a.c", true },
	{ "**/a.c", "a.c", true },
	{ "**/a.c", "x/y/a.c", true },
	{ "**/a.c", "x/ya.c", false },
	{ "x/**/a.c", "x/a.c", true },
	{ "x/**/a.c", "x/y/z/a.c", true },
	{ "x/**/a.c", "x/yza.c", false },
	{ "x/**/y/**/a.c", "x/1/y/2/3/a.c", true },
	{ "x**/a.c", "xyz/a.c", true },
	{ "x**/a.c", "xyz/z/a.c", false },
	{ "**", "x/y", true },
	{ "*", "x/y", true },
	{ "?.c", "a.c", true },
	{ "?.c", ".c", false },
	{ "x?y/z", "x/y/z", false },
	{ "[ab].c", "b.c", true },
	{ "[!ab].c", "b.c", false },
	{ "[^ab].c", "c.c", true },
	{ "[a-cx].c", "x.c", true },
	{ "[a-cx].c", "d.c", false },
	{ "[]a].c", "].c", true },
	{ "[a-].c", "-.c", true },
	{ "x[!a]y/z", "x/y/z", false },
	{ "[a.c", "[a.c", true },
	{ "\\*.c", "*.c", true },
	{ "\\*.c", "a.c", false },
	{ "a\\", "a\\", true },
	{ "*a*a*b", "aaaaaaab", true },
	{ "*a*a*b", "aaaaaaac", false },
	{ "\xc3\xbc*.c",
	    "\xc3\xbc"
	    "b.c",
	    true },
	{ "", "", false },
	{ "a", "", false },
};

static void
test_globs(void)
{
	for (size_t i = 0; i < countof(globs); i++)
		tap_case(glob_fits(str_of(globs[i].glob),
			     str_of(globs[i].path)) == globs[i].want,
		    "%s %s %s", globs[i].glob,
		    globs[i].want ? "fits" : "does not fit", globs[i].path);
	tap_all("globs");
}

/* Time grows with the product of the lengths, whatever they hold. */
static void
test_hostile_glob(void)
{
	char glob[200], path[4096];

	for (size_t i = 0; i < sizeof glob; i++)
		glob[i] = i % 2 ? 'a' : '*';
	glob[sizeof glob - 1] = 'b';
	memset(path, 'a', sizeof path);
	tap_ok(!glob_fits((struct str){ glob, sizeof glob },
		   (struct str){ path, sizeof path }),
	    "a hundred stars");
}

static const struct {
	const char *name, *files, *path;
	bool want;
} fits[] = {
	{ "without globs", "", "x", true },
	{ "by a suffix", "Files: *.c, *.h\n", "a.h", true },
	{ "by none", "Files: *.c, *.h\n", "a.y", false },
	{ "taken out", "Files: *.c, !lib/\n", "lib/a.c", false },
	{ "taken in again", "Files: *.c, !lib/, lib/b.c\n", "lib/b.c", true },
	{ "not taken out", "Files: !*.c\n", "a.h", true },
	{ "taken out of all", "Files: !*.c\n", "a.c", false },
};

static void
test_applies(void)
{
	for (size_t i = 0; i < countof(fits); i++) {
		struct buf text = { 0 };
		struct err e = { 0 };
		struct rules all;

		buf_add_format(&text, "# A\n%sx\n", fits[i].files);
		rules_read(&all, buf_str(&text), &e);
		tap_ok(all.n == 1 &&
			rules_applies(&all.items[0], fits[i].path) ==
			    fits[i].want,
		    "%s %s", fits[i].path, fits[i].name);
		rules_done(&all);
		buf_done(&text);
	}
}

static void
test_prompt(void)
{
	struct buf out = { 0 };
	struct err e = { 0 };
	struct rules all;

	rules_read(&all,
	    STR("# Do `x`\nFiles: *.c\n\nx first.\n## Good\n    x()\n"
		"# Not y\nFiles: *.h\ny\n# Z\nz\n"),
	    &e);
	tap_int((intmax_t)rules_for(&all, "a.c", &out), 2, "two of three");
	tap_is(buf_str(&out),
	    "## do-x: Do `x`\n\nx first.\n## Good\n    x()\n\n"
	    "## z: Z\n\nz\n",
	    "as the prompt has them");
	rules_done(&all);
	buf_done(&out);
}

int
main(void)
{
	test_rows();
	test_sizes();
	test_globs();
	test_hostile_glob();
	test_applies();
	test_prompt();
	return tap_done();
}
