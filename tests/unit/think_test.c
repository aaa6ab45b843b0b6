/* think_test - what of an answer is reasoning, and what is text. */
#include "think.h"
#include "random.h"
#include "tap.h"

/* What came of a text. */
struct parts {
	struct buf text, reasoning;
	bool unclosed;
};

static void
parts_done(struct parts *p)
{
	buf_done(&p->text);
	buf_done(&p->reasoning);
}

/* Out of memory of its own, so that no byte past its end is read unseen. */
static void
feed(struct think *t, struct str piece, struct parts *p)
{
	char *copy = tap_copy(piece);

	think_feed(t, (struct str){ copy, piece.len }, &p->text, &p->reasoning);
	free(copy);
}

/* Divide it, cut at a and b (a <= b). */
static struct parts
divide(struct str in, size_t a, size_t b)
{
	struct think t = { 0 };
	struct parts p = { 0 };

	feed(&t, (struct str){ in.data, a }, &p);
	feed(&t, (struct str){ in.data + a, b - a }, &p);
	feed(&t, str_skip(in, b), &p);
	think_end(&t, &p.text, &p.reasoning);
	p.unclosed = t.unclosed;
	return p;
}

static struct parts
divide_bytes(struct str in)
{
	struct think t = { 0 };
	struct parts p = { 0 };

	for (size_t i = 0; i < in.len; i++)
		feed(&t, (struct str){ in.data + i, 1 }, &p);
	think_end(&t, &p.text, &p.reasoning);
	p.unclosed = t.unclosed;
	return p;
}

static bool
same_parts(const struct parts *a, const struct parts *b)
{
	return str_equal(buf_str(&a->text), buf_str(&b->text)) &&
	    str_equal(buf_str(&a->reasoning), buf_str(&b->reasoning)) &&
	    a->unclosed == b->unclosed;
}

/* --- rows --- */

static const struct row {
	const char *name, *in, *text, *reasoning;
	bool unclosed;
} rows[] = {
	{ "a tag's content is reasoning", "<think>hm</think>yes", "yes", "hm",
	    false },
	{ "nothing is nothing", "", "", "", false },
	{ "text without a tag passes", "Hello", "Hello", "", false },
	{ "so does text with other tags", "<b>x</b> a < b\n<",
	    "<b>x</b> a < b\n<", "", false },
	{ "and white space", " \t\r\n", " \t\r\n", "", false },
	{ "and white space before text", "\n\n x", "\n\n x", "", false },
	{ "white space before the tag goes", "\r\n\t <think>hm</think>yes",
	    "yes", "hm", false },
	{ "line feeds behind the tag go", "<think>hm</think>\n\n\nyes\n",
	    "yes\n", "hm", false },
	{ "other white space behind it stays", "<think>hm</think> \nyes",
	    " \nyes", "hm", false },
	{ "a carriage return behind it stays", "<think>hm</think>\r\nyes",
	    "\r\nyes", "hm", false },
	{ "reasoning keeps its white space", "<think>\n hm \n</think>yes",
	    "yes", "\n hm \n", false },
	{ "reasoning may be empty", "<think></think>yes", "yes", "", false },
	{ "there may be no text", "<think>hm</think>\n", "", "hm", false },
	{ "a tag in the text stays", "x<think>hm</think>yes",
	    "x<think>hm</think>yes", "", false },
	{ "a second one too", "<think>a</think>b<think>c</think>d",
	    "b<think>c</think>d", "a", false },
	{ "also at once", "<think>a</think><think>c</think>d",
	    "<think>c</think>d", "a", false },
	{ "an end without a beginning is text", "hm</think>yes",
	    "hm</think>yes", "", false },
	{ "also at the beginning", "</think>yes", "</think>yes", "", false },
	{ "a tag in the reasoning belongs to it", "<think>a<think>b</think>c",
	    "c", "a<think>b", false },
	{ "so does an angle bracket", "<think>a<b</th</think>c", "c", "a<b</th",
	    false },
	{ "one before the tag's end too", "<think>a<</</think>c", "c", "a<</",
	    false },
	{ "reasoning without end", "<think>hm", "", "hm", true },
	{ "without anything", " <think>", "", "", true },
	{ "half the tag's end is reasoning", "<think>hm</thin", "", "hm</thin",
	    true },
	{ "half a tag is text", "\n<thin", "\n<thin", "", false },
	{ "two halves too", "<thi<think>x</think>", "<thi<think>x</think>", "",
	    false },
	{ "white space divides a tag", "< think>x</think>", "< think>x</think>",
	    "", false },
	{ "case matters", "<Think>x</Think>", "<Think>x</Think>", "", false },
	{ "the tag has no attributes", "<think x>y</think>",
	    "<think x>y</think>", "", false },
	{ "<thinking> is another tag", "<thinking>x</thinking>y",
	    "<thinking>x</thinking>y", "", false },
	{ "what is no UTF-8 passes", "<think>\xff\xc3</think>\xa4\xfe",
	    "\xa4\xfe", "\xff\xc3", false },
};

static void
test_rows(void)
{
	for (size_t i = 0; i < countof(rows); i++) {
		const struct row *r = &rows[i];
		struct parts p = divide(str_of(r->in), 0, 0);

		if (!tap_ok(str_is(buf_str(&p.text), r->text) &&
			    str_is(buf_str(&p.reasoning), r->reasoning) &&
			    p.unclosed == r->unclosed,
			"%s", r->name)) {
			tap_show("text", buf_str(&p.text));
			tap_show("reasoning", buf_str(&p.reasoning));
		}
		parts_done(&p);
	}
}

/* Cut in three at all places, and byte by byte, it is the same. */
static void
check_cuts(struct str in)
{
	struct parts whole = divide(in, 0, 0), cut = divide_bytes(in);

	tap_case(same_parts(&whole, &cut), "'%.*s' byte by byte", STR_ARGS(in));
	parts_done(&cut);
	for (size_t a = 0; a <= in.len; a++) {
		for (size_t b = a; b <= in.len; b++) {
			cut = divide(in, a, b);
			tap_case(same_parts(&whole, &cut),
			    "'%.*s' cut at %zu and %zu", STR_ARGS(in), a, b);
			parts_done(&cut);
		}
	}
	parts_done(&whole);
}

static void
test_cut_rows(void)
{
	for (size_t i = 0; i < countof(rows); i++)
		check_cuts(str_of(rows[i].in));
	tap_all("cut anywhere, all of these are the same");
}

/* Any byte but NUL, which ends a text here, may stand in it. */
static void
test_nul(void)
{
	struct parts p = divide(STR("<think>a\0b</think>\n\0<think>"), 0, 0);

	tap_same(buf_str(&p.reasoning), STR("a\0b"), "reasoning may hold NUL");
	tap_same(buf_str(&p.text), STR("\0<think>"), "and so may text");
	parts_done(&p);
}

static void
test_much_blank(void)
{
	struct buf in = { 0 };
	struct parts p;

	for (int i = 0; i < THINK_BLANK_MAX; i++)
		buf_add_char(&in, " \n"[i % 2]);
	buf_add_text(&in, "<think>a</think>b");
	p = divide(buf_str(&in), 7, 100);
	tap_is(buf_str(&p.text), "b", "much white space may come before a tag");
	parts_done(&p);
	buf_clear(&in);
	for (int i = 0; i <= THINK_BLANK_MAX; i++)
		buf_add_char(&in, '\n');
	buf_add_text(&in, "<think>a</think>b");
	p = divide(buf_str(&in), 7, 100);
	tap_same(buf_str(&p.text), buf_str(&in), "too much of it is text");
	parts_done(&p);
	buf_done(&in);
}

/* --- properties, over texts drawn from what matters here --- */

static uint64_t seed = 20261122;

static uint32_t
draw(void)
{
	return random_next(&seed);
}

static void
draw_text(struct buf *out)
{
	static const char *const words[] = { "<think>", "</think>", "<", "<th",
		"</", "think>", ">", "\n", " ", "a", "\xc3\xa4" };
	uint32_t n = draw() % 8;

	buf_clear(out);
	buf_add_text(out, draw() % 2 ? "<think>" : "");
	for (uint32_t i = 0; i < n; i++)
		buf_add_text(out, words[draw() % countof(words)]);
}

/* Put together again, are the parts the text? */
static bool
is_put_together(struct str in, const struct parts *p)
{
	struct str rest = in, text = buf_str(&p->text);
	struct str reasoning = buf_str(&p->reasoning);

	while (rest.len && str_is_blank((struct str){ rest.data, 1 }))
		rest = str_skip(rest, 1);
	if (!str_starts(rest, "<think>"))
		return str_equal(text, in) && !reasoning.len && !p->unclosed;
	rest = str_skip(rest, strlen("<think>"));
	if (str_find(reasoning, STR("</think>")) < reasoning.len ||
	    !str_equal((struct str){ rest.data, reasoning.len }, reasoning))
		return false;
	rest = str_skip(rest, reasoning.len);
	if (p->unclosed || !rest.len)
		return p->unclosed && !rest.len && !text.len;
	if (!str_starts(rest, "</think>"))
		return false;
	rest = str_skip(rest, strlen("</think>"));
	while (str_starts(rest, "\n"))
		rest = str_skip(rest, 1);
	return str_equal(rest, text);
}

static void
test_properties(void)
{
	struct buf in = { 0 };

	for (int i = 0; i < 4000; i++) {
		struct parts p;

		draw_text(&in);
		p = divide(buf_str(&in), 0, 0);
		if (!tap_case(is_put_together(buf_str(&in), &p), "text %d", i))
			tap_show("text", buf_str(&in));
		parts_done(&p);
	}
	tap_all("nothing is lost, doubled or moved");
	for (int i = 0; i < 300; i++) {
		draw_text(&in);
		check_cuts(buf_str(&in));
	}
	tap_all("cut anywhere, what is drawn is the same");
	buf_done(&in);
}

/* --- what is held back --- */

static const struct held {
	const char *in;
	size_t held; /* bytes at its end that did not come out yet */
} holds[] = {
	{ "a", 0 },
	{ "<", 1 },
	{ "<b", 0 },
	{ "<think", 6 },
	{ "<thinks", 0 },
	{ "\n <", 3 },
	{ "\n x", 0 },
	{ "x<", 0 },
	{ "<<", 0 },
	{ "<think>a", 0 },
	{ "<think>a<", 1 },
	{ "<think>a</t", 3 },
	{ "<think>a</tx", 0 },
	{ "<think>a<<", 1 },
	{ "<think></think>a<", 0 },
};

static void
test_held(void)
{
	for (size_t i = 0; i < countof(holds); i++) {
		struct think t = { 0 };
		struct parts now = { 0 }, end = { 0 };

		feed(&t, str_of(holds[i].in), &now);
		think_end(&t, &end.text, &end.reasoning);
		tap_case(end.text.len + end.reasoning.len == holds[i].held,
		    "of '%s' %zu bytes are held back", holds[i].in,
		    end.text.len + end.reasoning.len);
		parts_done(&now);
		parts_done(&end);
	}
	tap_all("only what may become a tag is held back");
}

int
main(void)
{
	test_rows();
	test_cut_rows();
	test_nul();
	test_much_blank();
	test_properties();
	test_held();
	return tap_done();
}
