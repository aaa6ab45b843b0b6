/* fence_test - code blocks are found, and come out byte for byte. */
#include "fence.h"
#include "random.h"
#include "tap.h"

enum {
	ROUNDS = 4000,
	HOSTILE_S = 60, /* for all hostile texts; they take 10, or minutes */
};

#define STR_INIT(literal) \
	{ \
		(literal), sizeof(literal) - 1 \
	}

/* Extract out of memory of its own; "STATUS MESSAGE" if that fails. */
static void
extract(struct str text, const char *which, struct buf *log)
{
	char *copy = tap_copy(text);
	struct err e = ERR_NONE;

	buf_clear(log);
	if (fence_extract((struct str){ copy, text.len }, which, log, &e)) {
		buf_clear(log);
		buf_add_format(log, "%d %s", (int)e.status, e.text);
	}
	free(copy);
}

/* --- what is a block, and what is in it --- */

#define NO_BLOCK "5 the answer has no code block"
#define OPEN_AT(line) \
	"5 the answer is cut or broken: nothing closes the code block of " \
	"line " line

static const struct {
	const char *name;
	struct str in, want;
} blocks[] = {
	{ "backticks", STR_INIT("Sure:\n```\na\n b\n```\nThat is it.\n"),
	    STR_INIT("a\n b\n") },
	{ "tildes", STR_INIT("~~~\na\n```\nb\n~~~\n"),
	    STR_INIT("a\n```\nb\n") },
	{ "two backticks are none", STR_INIT("``\na\n``\n"),
	    STR_INIT(NO_BLOCK) },
	{ "a longer fence holds shorter ones",
	    STR_INIT("````md\n```c\nx\n```\n````\n"),
	    STR_INIT("```c\nx\n```\n") },
	{ "300 tildes are closed by as many",
	    STR_INIT("~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~"
		     "~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~"
		     "\n~~~\na\n"
		     "~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~"
		     "~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~"
		     "\n"),
	    STR_INIT("~~~\na\n") },
	{ "a closing fence may be longer", STR_INIT("```\na\n`````\n"),
	    STR_INIT("a\n") },
	{ "blanks may stand behind a closing fence",
	    STR_INIT("```\na\n``` \t\n"), STR_INIT("a\n") },
	{ "a word behind it makes it code", STR_INIT("```\na\n``` b\n```\n"),
	    STR_INIT("a\n``` b\n") },
	{ "nothing", STR_INIT(""), STR_INIT(NO_BLOCK) },
	{ "prose", STR_INIT("`a` and ``b``\n\n    indented\n"),
	    STR_INIT(NO_BLOCK) },
	{ "code in a line", STR_INIT("a ```b``` c\n"), STR_INIT(NO_BLOCK) },
	{ "a fence with a backtick behind it", STR_INIT("``` a`b\n"),
	    STR_INIT(NO_BLOCK) },
	{ "an empty block", STR_INIT("```\n```\n"), STR_INIT("") },
	{ "an empty block at the end of the text", STR_INIT("```\n```"),
	    STR_INIT("") },
	{ "an empty line", STR_INIT("```\n\n```\n"), STR_INIT("\n") },
	{ "blank lines, blanks at a line's end",
	    STR_INIT("```\n \n\t\n\na  \n\n```\n"),
	    STR_INIT(" \n\t\n\na  \n\n") },
	{ "no newline behind the closing fence", STR_INIT("```\na\n```"),
	    STR_INIT("a\n") },
	{ "a fence right behind a paragraph", STR_INIT("a\n```\nb\n```\nc\n"),
	    STR_INIT("b\n") },
	{ "an indented fence takes as much off its lines",
	    STR_INIT("   ```\n   a\n  b\n     c\n ```\n"),
	    STR_INIT("a\nb\n  c\n") },
	{ "four blanks make indented code",
	    STR_INIT("    ```\n    a\n    ```\n"), STR_INIT(NO_BLOCK) },
	{ "and it may look fenced to its last line",
	    STR_INIT("    ```\n\n```\nb\n```\n"), STR_INIT("b\n") },
	{ "a tab makes indented code", STR_INIT("\t```\n\ta\n\t```\n"),
	    STR_INIT(NO_BLOCK) },
	{ "two tabs behind a mark make indented code", STR_INIT(">\t\ta\n"),
	    STR_INIT(NO_BLOCK) },
	{ "code that begins like its fence", STR_INIT("```c\n```c\na\n```\n"),
	    STR_INIT("```c\na\n") },
	{ "a tab may stand before a closing fence",
	    STR_INIT("> ```\n> a\n>\t```\n"), STR_INIT("a\n") },
	{ "a comment may end far to the right",
	    STR_INIT("<!--\n                                        "
		     "                                        -->\n"
		     "```\na\n```\n"),
	    STR_INIT("a\n") },
	{ "indented code with an info string", STR_INIT("    ```c\n    a\n"),
	    STR_INIT(NO_BLOCK) },
	{ "HTML", STR_INIT("<pre>\n```\na\n```\n</pre>\n"),
	    STR_INIT(NO_BLOCK) },
	{ "behind a blank line HTML is over",
	    STR_INIT("<details>\n\n```\na\n```\n\n</details>\n"),
	    STR_INIT("a\n") },
	{ "a comment is HTML, blank lines and all",
	    STR_INIT("<!--\n\n```\na\n```\n-->\n```\nb\n```\n"),
	    STR_INIT("b\n") },
	{ "CDATA is HTML", STR_INIT("<![CDATA[\n```\na\n```\n]]>\n"),
	    STR_INIT(NO_BLOCK) },
	{ "tabs stay", STR_INIT("```\n\ta\n  \tb\tc\n```\n"),
	    STR_INIT("\ta\n  \tb\tc\n") },
	{ "CRLF stays", STR_INIT("a\r\n```\r\nb\r\n\r\nc\r\n```\r\n"),
	    STR_INIT("b\r\n\r\nc\r\n") },
	{ "CR stays", STR_INIT("a\r```\rb\r\rc\r```\r"), STR_INIT("b\r\rc\r") },
	{ "line ends of all kinds stay",
	    STR_INIT("```\r\na\rb\nc\r\n\n\r\r\n```\r"),
	    STR_INIT("a\rb\nc\r\n\n\r\r\n") },
	{ "other ends of lines are none",
	    STR_INIT("```\na\fb\vc\xc2\x85"
		     "d\xe2\x80\xa8"
		     "e\n```\n"),
	    STR_INIT("a\fb\vc\xc2\x85"
		     "d\xe2\x80\xa8"
		     "e\n") },
	{ "NULs stay", STR_INIT("```\n\0a\0\0\n\0\n```\n"),
	    STR_INIT("\0a\0\0\n\0\n") },
	{ "a byte 1 stays", STR_INIT("```\n\1\0\1\n```\n"),
	    STR_INIT("\1\0\1\n") },
	{ "bytes that are no UTF-8 stay", STR_INIT("```\n\xff\xc3\n```\n"),
	    STR_INIT("\xff\xc3\n") },
	{ "a BOM before a fence", STR_INIT("\xef\xbb\xbf```\na\n```\n"),
	    STR_INIT("a\n") },
	{ "a BOM in the code stays",
	    STR_INIT("```\n\xef\xbb\xbf"
		     "a\n```\n"),
	    STR_INIT("\xef\xbb\xbf"
		     "a\n") },
	{ "Markdown, images and entities are code",
	    STR_INIT("```\n# a\n![b](c) &amp; \\` <!-- x\n- d\n> e\n```\n"),
	    STR_INIT("# a\n![b](c) &amp; \\` <!-- x\n- d\n> e\n") },
	{ "a block quote", STR_INIT("> ```\n> a\n>  b\n>\n>c\n> ```\n"),
	    STR_INIT("a\n b\n\nc\n") },
	{ "a list item",
	    STR_INIT("1. Do:\n   ```\n   a\n     b\n\n   c\n   ```\n2. x\n"),
	    STR_INIT("a\n  b\n\nc\n") },
	{ "the first line of a list item", STR_INIT("- ```\n  a\n  ```\n"),
	    STR_INIT("a\n") },
	{ "list items in a block quote in a list item",
	    STR_INIT("* > - ```\n  >   a\n  >    b\n  >   ```\n"),
	    STR_INIT("a\n b\n") },
	{ "marks of containers in the code are code",
	    STR_INIT("> ```\n> > a\n> - b\n> ```\n"), STR_INIT("> a\n- b\n") },
	{ "CRLF and NUL in a block quote",
	    STR_INIT("> ```\r\n> a\0\r\n>\r\n> ```\r\n"),
	    STR_INIT("a\0\r\n\r\n") },
	{ "a tab behind a block quote's blank stays",
	    STR_INIT("> ```\n> \ta\n> ```\n"), STR_INIT("\ta\n") },
	{ "of a tab that is a mark's in part blanks remain",
	    STR_INIT(">\t```\n>\ta\n> ```\n> ```\n>\tb\n> ```\n"),
	    STR_INIT(" a\n  b\n") },
	{ "a tab may indent a list item", STR_INIT("-\t```\n\ta\n\t```\n"),
	    STR_INIT("a\n") },
	{ "the text ends in the block", STR_INIT("x\n\n```c\na\n"),
	    STR_INIT(OPEN_AT("3")) },
	{ "the text ends in the opening fence", STR_INIT("```"),
	    STR_INIT(OPEN_AT("1")) },
	{ "a fence of another length does not close",
	    STR_INIT("````\na\n```\n"), STR_INIT(OPEN_AT("1")) },
	{ "a fence of another kind does not close", STR_INIT("```\na\n~~~\n"),
	    STR_INIT(OPEN_AT("1")) },
	{ "a fence with four blanks does not close",
	    STR_INIT("```\na\n    ```\n"), STR_INIT(OPEN_AT("1")) },
	{ "the end of the list item does not close",
	    STR_INIT("1. x\n   ```c\na\n   ```\n"), STR_INIT(OPEN_AT("2")) },
	{ "a fence behind the list item's end does not close",
	    STR_INIT("- ```\n  a\n```\nb\n```\n"), STR_INIT(OPEN_AT("1")) },
	{ "a fence behind the block quote's end does not close",
	    STR_INIT("> ```\n> a\n```\n"), STR_INIT(OPEN_AT("1")) },
	{ "nor does one of the next block quote",
	    STR_INIT("> > ```\n> > a\n> ```\n"), STR_INIT(OPEN_AT("1")) },
	{ "a blank line that ends the block quote does not close",
	    STR_INIT("> ```\n> a\n\n"), STR_INIT(OPEN_AT("1")) },
	{ "a link's definition does not close",
	    STR_INIT("> ```\n> a\n[b]: ```\n"), STR_INIT(OPEN_AT("1")) },
	{ "an item that looks like a fence does not close",
	    STR_INIT("- ```\n  a\n- ```\n"), STR_INIT(OPEN_AT("1")) },
};

static void
test_blocks(void)
{
	struct buf log = { 0 };

	for (size_t i = 0; i < countof(blocks); i++) {
		extract(blocks[i].in, "all", &log);
		tap_same(buf_str(&log), blocks[i].want, blocks[i].name);
	}
	buf_done(&log);
}

/* --- which block --- */

#define THREE \
	"```sh\n1\n```\n\n- ~~~ Python\n  2\n  ~~~\n\n" \
	"```\n3\n```\n\n    ```\n    0\n    ```\n\n````py\n4\n````\n"
#define CUT THREE "```sh\n5\n"

static const struct {
	const char *name, *in, *which, *want;
} chosen[] = {
	{ "the first", THREE, "first", "1\n" },
	{ "the last", THREE, "last", "4\n" },
	{ "all, and nothing between them", THREE, "all", "1\n2\n3\n4\n" },
	{ "the first in a language", THREE, "python", "2\n" },
	{ "the only one is the first", "```\na\n```\n", "first", "a\n" },
	{ "and the last", "```\na\n```\n", "last", "a\n" },
	{ "the first of none", "a\n", "first", NO_BLOCK },
	{ "the last of none", "a\n", "last", NO_BLOCK },
	{ "a language of none", "a\n", "c", NO_BLOCK },
	{ "a language that there is not", THREE, "rust",
	    "5 the answer has no code block in 'rust', only in 'sh', "
	    "'Python', none" },
	{ "the first, though the last is not closed", CUT, "first", "1\n" },
	{ "a language, though the last is not closed", CUT, "py", "2\n" },
	{ "a language that is closed, then not", CUT, "sh", "1\n" },
	{ "the last, which is not closed", CUT, "last", OPEN_AT("20") },
	{ "all, of which the last is not closed", CUT, "all", OPEN_AT("20") },
	{ "a language that is not closed", "```c\na\n```\n```d\nb\n", "d",
	    OPEN_AT("4") },
	{ "only eight languages are listed",
	    "```a\n```\n```b\n```\n```c\n```\n```d\n```\n```e\n```\n"
	    "```A\n```\n```f\n```\n```g\n```\n```h\n```\n```i\n```\n",
	    "x",
	    "5 the answer has no code block in 'x', only in 'a', 'b', "
	    "'c', 'd', 'e', 'f', 'g', 'h'" },
	{ "and 40 bytes of each",
	    "```aaaaaaaaaabbbbbbbbbbccccccccccdddddddddde\n```\n", "x",
	    "5 the answer has no code block in 'x', only in "
	    "'aaaaaaaaaabbbbbbbbbbccccccccccdddddddddd'" },
};

static void
test_which(void)
{
	struct buf log = { 0 };

	for (size_t i = 0; i < countof(chosen); i++) {
		extract(str_of(chosen[i].in), chosen[i].which, &log);
		tap_is(buf_str(&log), chosen[i].want, chosen[i].name);
	}
	buf_done(&log);
}

/* --- languages --- */

static const struct {
	const char *info, *which;
	bool same;
} languages[] = {
	{ "python", "python", true },
	{ "Python", "PYTHON", true },
	{ "  python  ", "python", true },
	{ "python title=\"x.py\"", "python", true },
	{ "python\ttitle", "python", true },
	{ "python3", "python", false },
	{ "pytho", "python", false },
	{ "js{1,3}", "js", true },
	{ "js {1,3}", "js", true },
	{ "js,ignore", "js", true },
	{ "rust,no_run", "rust", true },
	{ "python:src/x.py", "python", true },
	{ "{.python .numberLines}", "python", true },
	{ "{ .python #id }", "python", true },
	{ "{.python}", "python", true },
	{ "{python}", "python", true },
	{ "{{python}}", "python", true },
	{ "{r, echo=FALSE}", "r", true },
	{ "c++", "c++", true },
	{ "C++", "c", false },
	{ "c", "c++", false },
	{ "c#", "c#", true },
	{ "objective-c", "objective-c", true },
	{ "objective-c", "objective", false },
	{ "c\\+\\+", "c++", true },
	{ "x.py", "python", false },
	{ "x.py", "x.py", true },
	{ ".env", ".env", true },
	{ "a&#10;b", "a", true },
	{ "\xc3\xa4", "\xc3\xa4", true },
	{ "py", "python", true },
	{ "python", "py", true },
	{ "PY", "Python", true },
	{ "javascript", "js", true },
	{ "ts", "typescript", true },
	{ "js", "ts", false },
	{ "sh", "bash", true },
	{ "bash", "shell", true },
	{ "shell", "sh", true },
	{ "zsh", "sh", false },
	{ "yml", "yaml", true },
	{ "cpp", "c++", true },
	{ "cs", "c#", true },
	{ "csharp", "cs", true },
	{ "c#", "c++", false },
	{ "rb", "ruby", true },
	{ "rs", "rust", true },
	{ "md", "markdown", true },
	{ "golang", "go", true },
	{ "", "python", false },
	{ "{}", "python", false },
};

static void
test_languages(void)
{
	struct buf text = { 0 }, log = { 0 };

	for (size_t i = 0; i < countof(languages); i++) {
		buf_clear(&text);
		buf_add_format(&text, "~~~%s\na\n~~~\n", languages[i].info);
		extract(buf_str(&text), languages[i].which, &log);
		tap_ok(languages[i].same ? str_is(buf_str(&log), "a\n")
					 : str_starts(buf_str(&log), "5 "),
		    "'%s' is%s '%s'", languages[i].info,
		    languages[i].same ? "" : " not", languages[i].which);
	}
	buf_done(&text);
	buf_done(&log);
}

/* --- any lines come out as they went in --- */

static uint64_t seed = 30;

static uint32_t
draw(uint32_t below)
{
	return random_next(&seed) % below;
}

/* What a block may stand in: before its first line, and before the others. */
static const char *const containers[][2] = {
	{ "", "" },
	{ "> ", "> " },
	{ "- ", "  " },
	{ "12. ", "    " },
	{ "> * ", ">   " },
	{ "- > 1) ", "  >    " },
};

static void
add_atom(struct buf *out)
{
	static const struct str atoms[] = { STR_INIT("`"), STR_INIT("``"),
		STR_INIT("~~~"), STR_INIT(" "), STR_INIT("    "),
		STR_INIT("\t"), STR_INIT(">"), STR_INIT("- "), STR_INIT("1. "),
		STR_INIT("#"), STR_INIT("\0"), STR_INIT("\1"), STR_INIT("\xff"),
		STR_INIT("\xc3\xa4"), STR_INIT("![a](b)"), STR_INIT("<!--"),
		STR_INIT("&amp;"), STR_INIT("\\"), STR_INIT("word"),
		STR_INIT("                                        ") };

	buf_add(out, atoms[draw(countof(atoms))]);
}

static size_t
longest_run(struct str text, char c)
{
	size_t longest = 0, run = 0;

	for (size_t i = 0; i < text.len; i++) {
		run = text.data[i] == c ? run + 1 : 0;
		longest = run > longest ? run : longest;
	}
	return longest;
}

static void
add_fence(struct buf *out, char mark, size_t n)
{
	while (n--)
		buf_add_char(out, mark);
}

/*
 * Random lines: alone in `code`, and in `text` with a fence that is long
 * enough around them, in a container.
 */
static void
make_block(struct buf *code, struct buf *text)
{
	static const char *const ends[] = { "\n", "\n", "\r\n", "\r" };
	const char *const *marks = containers[draw(countof(containers))];
	const char *end = ends[draw(countof(ends))];
	char mark = draw(2) ? '`' : '~';
	struct buf lines = { 0 };
	struct str rest;
	size_t length;

	for (uint32_t n = draw(6); n; n--) {
		for (uint32_t atoms = draw(8); atoms; atoms--)
			add_atom(&lines);
		buf_add_char(&lines, '\n');
	}
	length = longest_run(buf_str(&lines), mark) + 1;
	length = (length < 3 ? 3 : length) + draw(3);
	buf_add_text(text, marks[0]);
	add_fence(text, mark, length);
	buf_add_text(text, end);
	for (rest = buf_str(&lines); rest.len;) {
		struct str line = str_cut(&rest, '\n');

		buf_add_text(text, marks[1]);
		buf_add(text, line);
		buf_add_text(text, end);
		buf_add(code, line);
		buf_add_text(code, end);
	}
	buf_add_text(text, marks[1]);
	add_fence(text, mark, length + draw(2));
	buf_add_text(text, end);
	buf_done(&lines);
}

static void
test_round_trip(void)
{
	struct buf code = { 0 }, text = { 0 }, out = { 0 };

	for (int i = 0; i < ROUNDS; i++) {
		buf_clear(&code);
		buf_clear(&text);
		for (uint32_t n = 1 + draw(3); n; n--) {
			make_block(&code, &text);
			buf_add_text(&text, "\nprose\n\n");
		}
		extract(buf_str(&text), "all", &out);
		if (!tap_case(str_equal(buf_str(&out), buf_str(&code)),
			"text %d", i)) {
			tap_show("text", buf_str(&text));
			tap_show("code", buf_str(&code));
			tap_show("got", buf_str(&out));
		}
	}
	tap_all("random lines in a fence that is long enough come out");
	buf_done(&code);
	buf_done(&text);
	buf_done(&out);
}

/* --- hostile texts --- */

/* What takes libcmark alone minutes or gigabytes; a block stands behind. */
static const struct {
	const char *name, *once, *again, *then;
	size_t n;
	const char *want;
} hostile[] = {
	{ "50000 block quotes", "", ">", "", 50000, "a\n" },
	{ "100000 lists", "", "- ", "", 100000, "a\n" },
	{ "100000 lists and as many empty lines", "", "- ", "\n", 100000,
	    "a\n" },
	{ "100000 numbered lists and as many empty lines", "", "1) ", "\n",
	    100000, "a\n" },
	{ "lists in a block quote and empty lines", "> ", "- ", ">\n", 100000,
	    "a\n" },
	{ "100000 images", "", "![[]()", "", 100000, "a\n" },
	{ "100000 images and CDATA", "", "<![[]()", "", 100000, "a\n" },
	{ "a million backticks", "x ", "`", "", 1000000, "a\n" },
	{ "a fence of a million backticks", "", "`", "", 1000000,
	    OPEN_AT("1") },
	{ "300000 comments", "</", "<!--", "", 300000, "a\n" },
	{ "emphasis in 200000 block quotes", "", ">", "a*", 200000, "a\n" },
	{ "a million blanks", "", " ", "", 1000000, "a\n" },
	{ "a million CRs", "", "\r", "", 1000000, "a\n" },
	{ "200000 empty blocks", "", "```\n```\n", "", 200000, "a\n" },
};

static void
test_hostile(void)
{
	struct buf text = { 0 }, out = { 0 };

	tap_limit(HOSTILE_S);
	for (size_t i = 0; i < countof(hostile); i++) {
		buf_clear(&text);
		buf_add_text(&text, hostile[i].once);
		for (size_t n = hostile[i].n; n; n--)
			buf_add_text(&text, hostile[i].again);
		buf_add_text(&text, "x\n");
		for (size_t n = hostile[i].n; n; n--)
			buf_add_text(&text, hostile[i].then);
		buf_add_text(&text, "\n\nx\n\n```\na\n```\n");
		extract(buf_str(&text), "last", &out);
		tap_is(buf_str(&out), hostile[i].want, hostile[i].name);
	}
	tap_limit(0);
	buf_done(&text);
	buf_done(&out);
}

static void
test_limits(void)
{
	struct buf out = { .max = 2 };
	struct err e = ERR_NONE;
	char first = 'x';

	tap_ok(fence_extract((struct str){ &first, (size_t)FENCE_TEXT_MAX + 1 },
		   "all", &out, &e) == -1 &&
		e.status == ST_UNUSABLE &&
		!strcmp(e.text, "the answer is larger than 8 MiB"),
	    "a text over 8 MiB is not even looked at");
	tap_int(fence_extract(STR("```\na\n```\n"), "all", &out, &e), 0,
	    "code that fills out to its ceiling fits");
	buf_clear(&out);
	tap_ok(fence_extract(STR("```\nab\n```\n"), "all", &out, &e) == -1 &&
		e.status == ST_UNUSABLE,
	    "more does not");
	buf_done(&out);
}

static void
test_append(void)
{
	struct buf out = { 0 };
	struct err e = ERR_NONE;

	buf_add_text(&out, "before ");
	tap_ok(!fence_extract(STR("```\na\n```\n"), "first", &out, &e) &&
		str_is(buf_str(&out), "before a\n"),
	    "what is in out stays");
	buf_done(&out);
}

int
main(void)
{
	test_blocks();
	test_which();
	test_languages();
	test_round_trip();
	test_hostile();
	test_limits();
	test_append();
	return tap_done();
}
