/* markdown_test - Markdown says what it means, and texts survive it. */
#include "markdown.h"
#include "random.h"
#include "tap.h"

enum {
	ROUNDS = 20000,
	LONG_TEXT = 100000,
	HOSTILE_S = 60, /* for all hostile texts; they take 10, or minutes */
};

#define STR_INIT(literal) \
	{ \
		(literal), sizeof(literal) - 1 \
	}

/* --- what is read --- */

static void
show_block(const struct markdown *m, size_t i, struct buf *log)
{
	static const char *const names[] = { "h", "p", "list", "item", "quote",
		"code", "html", "rule" };
	const struct markdown_block *b = &m->blocks[i];

	buf_add_text(log, names[b->kind]);
	if (b->level)
		buf_add_format(log, "%d", b->level);
	if (b->numbered)
		buf_add_char(log, '#');
	for (size_t j = 0; j < b->nruns; j++) {
		const struct markdown_run *run = &m->runs[b->run + j];

		buf_add_text(log, run->strong ? " !" : " ");
		buf_add_format(log, "'%.*s'", STR_ARGS(run->text));
	}
	if (b->text.len || b->info.len)
		buf_add_format(log, " '%.*s' '%.*s'", STR_ARGS(b->text),
		    STR_ARGS(b->info));
}

/* "KIND RUN...; " for each block, those that hold others with "(...)". */
static void
show(const struct markdown *m, size_t from, size_t to, struct buf *log)
{
	for (size_t i = from; i < to; i = m->blocks[i].next) {
		buf_add_text(log, i > from ? "; " : "");
		show_block(m, i, log);
		if (m->blocks[i].next == i + 1)
			continue;
		buf_add_char(log, '(');
		show(m, i + 1, m->blocks[i].next, log);
		buf_add_char(log, ')');
	}
}

/* Out of memory of its own. */
static int
read_copy(struct markdown *m, struct str text)
{
	char *copy = tap_copy(text);
	struct err e = ERR_NONE;
	int got = markdown_read(m, (struct str){ copy, text.len }, &e);

	free(copy);
	return got;
}

static const struct {
	const char *name;
	struct str in;
	const char *want;
} blocks[] = {
	{ "nothing", STR_INIT(""), "" },
	{ "headings of both kinds, and a rule",
	    STR_INIT("# a #\n\nb\n===\n### c\n***\n"),
	    "h1 'a'; h1 'b'; h3 'c'; rule" },
	{ "an empty heading", STR_INIT("#\n"), "h1" },
	{ "wrapped lines are one, a hard end is kept",
	    STR_INIT("a\nb  \nc\\\nd\n"), "p 'a b\nc\nd'" },
	{ "CRLF, CR, a BOM, no line end",
	    STR_INIT("\xef\xbb\xbf# a\r\n\r\nb\rc"), "h1 'a'; p 'b c'" },
	{ "lists, numbered or not, in one another",
	    STR_INIT("- a\n* b\n  1. c\n  2. d\n\n     e\n"),
	    "list(item(p 'a')); list(item(p 'b'; "
	    "list#(item(p 'c'); item(p 'd'; p 'e'))))" },
	{ "an empty item", STR_INIT("-\n- a\n"), "list(item; item(p 'a'))" },
	{ "a quote", STR_INIT("> a\nb\n>\n> c\n"), "quote(p 'a b'; p 'c')" },
	{ "code", STR_INIT("```mermaid x\na\n```\n\n    b\n"),
	    "code 'a\n' 'mermaid x'; code 'b\n' ''" },
	{ "HTML", STR_INIT("<!-- a -->\n\n<div>\n"),
	    "html '<!-- a -->\n' ''; html '<div>\n' ''" },
	{ "strong runs", STR_INIT("**a** b __c__ d **e *f***\n"),
	    "p !'a' ' b ' !'c' ' d ' !'e *f*'" },
	{ "strong in others is no run", STR_INIT("*a **b** c*\n"),
	    "p '*a **b** c*'" },
	{ "strong next to strong", STR_INIT("**a**&#8203;**b**\n"),
	    "p !'a' '\xe2\x80\x8b' !'b'" },
	{ "code in a line", STR_INIT("`a` ``b`c`` ` ` ```` `` ````\n"),
	    "p '`a` ``b`c`` `   ` ``` `` ```'" },
	{ "emphasis", STR_INIT("_a_ *b*\n"), "p '*a* *b*'" },
	{ "links", STR_INIT("[a](b) [c](<d e> \"f\") [g]\n\n[g]: /h\n"),
	    "p '[a](b) [c](<d e> \"f\") [g](/h)'" },
	{ "addresses", STR_INIT("<https://a.b/_c_> <a@b.c>\n"),
	    "p 'https://a.b/_c_ a@b.c'" },
	{ "images", STR_INIT("![a](b) x![ ![c]\n"), "p '![a](b) x![ ![c]'" },
	{ "images in code", STR_INIT("`![`\n\n```\n![a](b)\n```\n"),
	    "p '`![`'; code '![a](b)\n' ''" },
	{ "HTML in a line", STR_INIT("a <b>c</b> <!-- d -->\n"),
	    "p 'a <b>c</b> <!-- d -->'" },
	{ "escapes and entities", STR_INIT("\\*a\\* &lt;&#9;&#x41;&#10;\\q\n"),
	    "p '*a* <\tA\n\\q'" },
	{ "NUL and what is no UTF-8",
	    STR_INIT("a\0b\xff"
		     "c\xf8&#0;d\xfe\n"),
	    "p 'a\xef\xbf\xbd"
	    "b\xef\xbf\xbd"
	    "c\xef\xbf\xbd\xef\xbf\xbd"
	    "d\xef\xbf\xbd'" },
	{ "a long line of what could be marks",
	    STR_INIT("1 - 2 * 3 + 4 > 5. 6) 7 - 8 * 9 + 10 > 11. 12) - 13 * 14 "
		     "+ 15 > 16. 17) - 18\n"),
	    "p '1 - 2 * 3 + 4 > 5. 6) 7 - 8 * 9 + 10 > 11. 12) - 13 * 14 "
	    "+ 15 > 16. 17) - 18'" },
};

static void
test_blocks(void)
{
	struct buf log = { 0 };
	struct markdown m;

	for (size_t i = 0; i < countof(blocks); i++) {
		buf_clear(&log);
		read_copy(&m, blocks[i].in);
		show(&m, 0, m.n, &log);
		tap_is(buf_str(&log), blocks[i].want, blocks[i].name);
		markdown_done(&m);
	}
	buf_done(&log);
}

/* Of any length, in a list, and behind what could be marks. */
static void
test_breaks(void)
{
	static const struct {
		const char *before, *mark, *want;
	} breaks[] = { { "", "* ", "rule" }, { "", " -\t", "rule" },
		{ "> - ", "* ", "quote(list(item(rule)))" },
		{ "+ ", "- ", "list(item(rule))" }, { "", "_ ", "rule" } };
	static const size_t lengths[] = { 62, 63, 64, 65, 66, 80, 300 };
	struct buf in = { 0 }, log = { 0 };
	struct markdown m;

	for (size_t i = 0; i < countof(breaks) * countof(lengths); i++) {
		size_t length = lengths[i / countof(breaks)];
		const char *want = breaks[i % countof(breaks)].want;

		buf_clear(&in);
		buf_clear(&log);
		buf_add_text(&in, breaks[i % countof(breaks)].before);
		while (in.len < length)
			buf_add_text(&in, breaks[i % countof(breaks)].mark);
		in.len = length;
		read_copy(&m, buf_str(&in));
		show(&m, 0, m.n, &log);
		tap_is(buf_str(&log), want, "a thematic break");
		markdown_done(&m);
	}
	buf_done(&in);
	buf_done(&log);
}

/* --- places --- */

static void
test_places(void)
{
	static const char text[] = "\xef\xbb\xbf# a\r\n\r\n> b\r\n> c\r\n\r\n"
				   "- d\r\n\r\n  e\r\n\r\n```\r\nf\r\n```";
	static const char *const want[] = { "1 # a", "3 > b\r\n> c",
		"3 b\r\n> c", "6 - d\r\n\r\n  e", "6 - d\r\n\r\n  e", "6 d",
		"8 e", "10 ```\r\nf\r\n```" };
	struct markdown m;
	struct buf got = { 0 };

	read_copy(&m, STR(text));
	tap_int((intmax_t)m.n, countof(want), "all blocks are there");
	for (size_t i = 0; i < countof(want) && i < m.n; i++) {
		const struct markdown_block *b = &m.blocks[i];

		buf_clear(&got);
		buf_add_format(&got, "%d %.*s", b->line, (int)(b->end - b->at),
		    text + b->at);
		tap_is(buf_str(&got), want[i], "line and bytes of a block");
	}
	markdown_done(&m);
	buf_done(&got);
}

/* --- what is written --- */

static const struct {
	const char *in, *want;
	enum markdown_keep keep;
} texts[] = {
	{ "", "", MARKDOWN_KEEP_ALL },
	{ "The system shall answer within 2.5 s (95 %).",
	    "The system shall answer within 2.5 s (95 %).", MARKDOWN_KEEP_ALL },
	{ "snake_case, 5 * 3 - 2 + 1 = 14, R&D, a < b > c, C:\\dir, #5, x~y",
	    "snake_case, 5 * 3 - 2 + 1 = 14, R&D, a < b > c, C:\\dir, \\#5, "
	    "x\\~y",
	    MARKDOWN_KEEP_ALL },
	{ "~5 ms, $5 or $10", "~5 ms, $5 or $10", MARKDOWN_KEEP_ALL },
	{ "# a", "\\# a", MARKDOWN_KEEP_ALL },
	{ "a ##", "a \\#\\#", MARKDOWN_KEEP_ALL },
	{ "> a", "\\> a", MARKDOWN_KEEP_ALL },
	{ "- a", "\\- a", MARKDOWN_KEEP_ALL },
	{ "-5 to +5", "-5 to +5", MARKDOWN_KEEP_ALL },
	{ "---", "\\---", MARKDOWN_KEEP_ALL },
	{ "===", "\\===", MARKDOWN_KEEP_ALL },
	{ "+", "\\+", MARKDOWN_KEEP_ALL },
	{ "* a", "\\* a", MARKDOWN_KEEP_ALL },
	{ "* * *", "\\* * \\*", MARKDOWN_KEEP_ALL },
	{ "a  * b *  _ ", "a &#32;\\* b * &#32;\\_&#32;", MARKDOWN_KEEP_NONE },
	{ "1. a", "1\\. a", MARKDOWN_KEEP_ALL },
	{ "12)", "12\\)", MARKDOWN_KEEP_ALL },
	{ "1.5 s", "1.5 s", MARKDOWN_KEEP_ALL },
	{ "```", "\\`\\`\\`", MARKDOWN_KEEP_ALL },
	{ "~~~", "\\~\\~\\~", MARKDOWN_KEEP_ALL },
	{ "<b> &amp; <!-- a", "\\<b> \\&amp; \\<!-- a", MARKDOWN_KEEP_ALL },
	{ "a <= b, a <5 or <, <={@a>", "a <= b, a <5 or \\<, \\<={@a>",
	    MARKDOWN_KEEP_ALL },
	{ "a | b", "a \\| b", MARKDOWN_KEEP_ALL },
	{ " a  b ", "&#32;a &#32;b&#32;", MARKDOWN_KEEP_ALL },
	{ "a\tb\r\nc\x7f", "a&#9;b&#13;&#10;c&#127;", MARKDOWN_KEEP_ALL },
	{ "a\\", "a\\\\", MARKDOWN_KEEP_ALL },
	{ "\xe2\x80\xae"
	  "a\xc2\xa0",
	    "&#8238;a&#160;", MARKDOWN_KEEP_ALL },
	{ "a `b` *c d* **e** [f](https://g.h/i_j?k=l&m) ![n](https://o)",
	    "a `b` *c d* **e** [f](https://g.h/i_j?k=l&m) !\\[n](https://o)",
	    MARKDOWN_KEEP_ALL },
	{ "a `b` *c* **d** [f](https://g.h)",
	    "a `b` *c* \\*\\*d\\*\\* [f](https://g.h)", MARKDOWN_KEEP_SOME },
	{ "a `b` *c* [f](https://g.h)", "a \\`b\\` \\*c\\* \\[f](https://g.h)",
	    MARKDOWN_KEEP_NONE },
	{ "[a](javascript:b) [c](d) [e]", "\\[a](javascript:b) \\[c](d) \\[e]",
	    MARKDOWN_KEEP_ALL },
	{ "`a ``b`` *c *d* e*f*", "\\`a \\`\\`b\\`\\` \\*c *d* e\\*f\\*",
	    MARKDOWN_KEEP_ALL },
};

static void
test_texts(void)
{
	struct buf out = { 0 };

	for (size_t i = 0; i < countof(texts); i++) {
		buf_clear(&out);
		markdown_add(&out, str_of(texts[i].in), texts[i].keep);
		tap_is(buf_str(&out), texts[i].want, texts[i].want);
	}
	buf_clear(&out);
	markdown_add_paragraphs(
	    &out, STR("\na\nb\n\n- c\n\n\n d\n"), "> ", MARKDOWN_KEEP_ALL);
	tap_is(buf_str(&out), "&#10;a\\\n> b\n>\n> \\- c&#10;&#10;&#10; d&#10;",
	    "paragraphs");
	buf_done(&out);
}

/* --- any text survives --- */

static uint64_t seed = 31;

static uint32_t
draw(uint32_t below)
{
	return random_next(&seed) % below;
}

static void
draw_text(struct buf *out, uint32_t atoms)
{
	static const char *const pieces[] = { "a", "b c", " * ", " _ ", "1",
		"12", ".", ")", " ", " ", "  ", "\t", "\n", "\n\n", "\r",
		"\r\n", "*", "**", "_", "__", "`", "``", "```", "~", "~~~", "#",
		"##", "> ", "- ", "-", "---", "=", "+ ", "1. ", "<", "<b>",
		"</b>", "<!--", "-->", "<?", "<![CDATA[", "<a@b.c>",
		"<https://a>", "https://a.b", "&", "&amp;", "&#32;", "&#x", ";",
		"[", "]", "(", ")", "![", "](", "[a](b)", "[a](https://b)",
		"[a]: b", "[ ]", "\\", "\\\\", "\"", "'", "|", "| - |", ":",
		"$", "$$", "@", "!", "\x01", "\x1b[2J", "\x7f", "\xc2\xa0",
		"\xc2\x85", "\xe2\x80\xa8", "\xe2\x80\xae", "\xe3\x80\x80",
		"\xef\xbb\xbf", "\xc3\xa4", "\xe2\x80\x94", "\xf0\x9f\x98\x80",
		"`a`", "*a*", "**a**", " *a* ", " **b c** ", "**Given**",
		"0123456789 - - - - - - - - - - - - - - - - - - - " };

	while (atoms--)
		buf_add_text(out, pieces[draw(countof(pieces))]);
}

/* What a text stands in: Markdown before and behind it, and what is read. */
static const struct {
	const char *before, *behind, *read_before, *read_behind;
	const char *indent; /* of paragraphs; NULL: it is in one line */
	enum markdown_keep keep;
} places[] = {
	{ "", "\n", "p ", "", NULL, MARKDOWN_KEEP_ALL },
	{ "# x\n\n", "\n\n- y\n", "h x|p ", "|list |item |p y", NULL,
	    MARKDOWN_KEEP_ALL },
	{ "### ", "\n", "h ", "", NULL, MARKDOWN_KEEP_ALL },
	{ "- ", "\n", "list |item |p ", "", NULL, MARKDOWN_KEEP_ALL },
	{ "12. ", "\n", "list |item |p ", "", NULL, MARKDOWN_KEEP_ALL },
	{ "> - ", "\n", "quote |list |item |p ", "", NULL, MARKDOWN_KEEP_ALL },
	{ "- **A:** ", "\n", "list |item |p **A:** ", "", NULL,
	    MARKDOWN_KEEP_ALL },
	{ "- **", ":** b\n", "list |item |p **", ":** b", NULL,
	    MARKDOWN_KEEP_NONE },
	{ "**Given** ", " **When** b **Then** c\n", "p **Given** ",
	    " **When** b **Then** c", NULL, MARKDOWN_KEEP_SOME },
	{ "| ", " |\n", "p | ", " |", NULL, MARKDOWN_KEEP_NONE },
	{ "", "\n", "p ", "", "", MARKDOWN_KEEP_ALL },
	{ "> ", "\n", "quote |p ", "", "> ", MARKDOWN_KEEP_ALL },
	{ "- a\n- b\n\n  ", "\n", "list |item |p a|item |p b\n\n", "", "  ",
	    MARKDOWN_KEEP_ALL },
};

/*
 * All blocks, "NAME TEXT" each, with "|" between them; what is strong in
 * asterisks.  Paragraphs that follow one another are one.
 */
static void
flatten(const struct markdown *m, struct buf *out)
{
	static const char *const names[] = { "h ", "p ", "list ", "item ",
		"quote ", "code ", "html ", "rule " };

	for (size_t i = 0; i < m->n; i++) {
		const struct markdown_block *b = &m->blocks[i];
		bool more = i && b->kind == MARKDOWN_PARAGRAPH &&
		    b[-1].kind == MARKDOWN_PARAGRAPH;

		buf_add_text(out, more ? "\n\n" : i ? "|" : "");
		buf_add_text(out, more ? "" : names[b->kind]);
		for (size_t j = b->run; j < b->run + b->nruns; j++) {
			const char *mark = m->runs[j].strong ? "**" : "";

			buf_add_text(out, mark);
			buf_add(out, m->runs[j].text);
			buf_add_text(out, mark);
		}
	}
}

/* Write it where place i is, read that, compare. */
static void
check_text(size_t i, struct str text)
{
	struct buf in = { 0 }, want = { 0 }, got = { 0 };
	struct markdown m;

	buf_add_text(&in, places[i].before);
	if (places[i].indent)
		markdown_add_paragraphs(
		    &in, text, places[i].indent, places[i].keep);
	else
		markdown_add(&in, text, places[i].keep);
	buf_add_text(&in, places[i].behind);
	buf_add_text(&want, places[i].read_before);
	buf_add(&want, text);
	buf_add_text(&want, places[i].read_behind);
	read_copy(&m, buf_str(&in));
	flatten(&m, &got);
	if (!tap_case(
		str_equal(buf_str(&got), buf_str(&want)), "place %zu", i)) {
		tap_show("text", text);
		tap_show("Markdown", buf_str(&in));
		tap_show("read", buf_str(&got));
	}
	markdown_done(&m);
	buf_done(&in);
	buf_done(&want);
	buf_done(&got);
}

static void
test_survival(void)
{
	struct buf text = { 0 };

	for (int i = 0; i < ROUNDS; i++) {
		buf_clear(&text);
		draw_text(&text, 1 + draw(i % 8 ? 8 : 40));
		check_text(draw(countof(places)), buf_str(&text));
	}
	tap_all("a random text reads back as it was");
	for (size_t i = 0; i < countof(places); i++) {
		buf_clear(&text);
		while (text.len < LONG_TEXT)
			draw_text(&text, 100);
		check_text(i, buf_str(&text));
	}
	tap_all("and so does one of 100 kB");
	buf_done(&text);
}

/* --- hostile texts --- */

static const struct {
	const char *name, *unit, *tail;
} hostile[] = {
	{ "open brackets", "[", "" },
	{ "links", "[a](b)", "" },
	{ "images", "![a](b)", "" },
	{ "open images", "![", "a](b)" },
	{ "quotes", "> ", "a" },
	{ "lists", "- ", "a" },
	{ "lists that end as breaks", "- * - - - ", "" },
	{ "lines of breaks in lists",
	    "> - * * * * * * * * * * * * * * * * * * * "
	    "* * * * * * * * * * * * * * * * * *\n",
	    "" },
	{ "asterisks", "*", "a" },
	{ "open emphasis", "*a ", "" },
	{ "open and closed", "*a _b ", "" },
	{ "underscores", "_a", "" },
	{ "strong", "**a** ", "" },
	{ "strong in strong", "**a ", "**" },
	{ "backticks", "`a ", "" },
	{ "growing backticks", "`a``b```c````d`````e``````f", "" },
	{ "backslashes", "\\", "" },
	{ "open comments", "<!-- ", "" },
	{ "open tags", "<a b='", "" },
	{ "declarations", "<!A ", "" },
	{ "instructions", "<?", "" },
	{ "entities", "&#1;", "" },
	{ "addresses", "<a:b>", "" },
	{ "line ends", "\n", "" },
	{ "hard ends", "a\\\n", "" },
	{ "headings", "# a\n", "" },
	{ "setext headings", "a\n=\n", "" },
	{ "items", "- a\n", "" },
	{ "items in items", "- a\n  - b\n    - c\n", "" },
	{ "fences", "```\n", "" },
	{ "definitions", "[a]: b\n", "" },
	{ "uses of a definition", "[a] ", "\n\n[a]: /b" },
	{ "bytes that are no UTF-8", "\xff", "" },
	{ "digits", "1", "" },
};

/* Both ways: it is read, and written as a text. */
static void
test_hostile(void)
{
	struct buf text = { 0 }, out = { 0 };
	struct markdown m;
	struct err e = ERR_NONE;

	tap_limit(HOSTILE_S);
	for (size_t i = 0; i < countof(hostile); i++) {
		buf_clear(&text);
		while (text.len < 1 << 20)
			buf_add_text(&text, hostile[i].unit);
		buf_add_text(&text, hostile[i].tail);
		buf_clear(&out);
		markdown_add_paragraphs(
		    &out, buf_str(&text), "", MARKDOWN_KEEP_ALL);
		tap_ok(!markdown_read(&m, buf_str(&text), &e) && out.len,
		    "1 MiB of %s", hostile[i].name);
		markdown_done(&m);
	}
	tap_limit(0);
	buf_done(&text);
	buf_done(&out);
}

/* Any bytes: all places are in the text, all texts are sound. */
static void
test_bytes(void)
{
	struct buf text = { 0 };
	struct markdown m;

	for (int i = 0; i < ROUNDS; i++) {
		bool sound = true;

		buf_clear(&text);
		draw_text(&text, draw(12));
		for (uint32_t n = draw(4); n && text.len; n--)
			text.data[draw((uint32_t)text.len)] = (char)draw(256);
		read_copy(&m, buf_str(&text));
		for (size_t j = 0; j < m.n; j++) {
			const struct markdown_block *b = &m.blocks[j];

			sound = sound && b->at <= b->end &&
			    b->end <= text.len && b->next > j && b->next <= m.n;
		}
		if (!tap_case(sound && !str_has_nul(buf_str(&m.text)), "bytes"))
			tap_show("text", buf_str(&text));
		markdown_done(&m);
	}
	tap_all("any bytes are read");
	buf_done(&text);
}

static void
test_limits(void)
{
	struct markdown m;
	struct err e = ERR_NONE;
	char byte = 'a';

	tap_ok(markdown_read(&m,
		   (struct str){ &byte, (size_t)MARKDOWN_TEXT_MAX + 1 },
		   &e) == -1 &&
		e.status == ST_INPUT &&
		!strcmp(e.text, "the text is larger than 8 MiB"),
	    "a text over 8 MiB is not even looked at");
}

int
main(void)
{
	test_blocks();
	test_breaks();
	test_places();
	test_texts();
	test_survival();
	test_hostile();
	test_bytes();
	test_limits();
	return tap_done();
}
