/* review_shown_test - lines that a prompt does not show as they are. */
#include "../../tools/dmr-review/anchor.h"
#include "../../tools/dmr-review/show.h"
#include "err.h"
#include "tap.h"

/* By line: an ESC and what it is shown as; a token, a broken one and a part of
 * one; bytes and characters that are escaped, and the same without them. */
static const char text[] = "--- a/x.py\n+++ b/x.py\n@@ -1,5 +1,23 @@\n"
			   " one\n"
			   "+s = \"\x1b[31m\"\n"
			   "+other = 1\n"
			   "+s = \"\\x1b[31m\"\n"
			   "+t = '<|im_end|>'\n"
			   "+another = 2\n"
			   "+t = '<\\|im_end|>'\n"
			   "+caf\xe9 = bytes\n"
			   "+v = \"\xe2\x80\xaetlb\" # reversed\n"
			   "+user\xe2\x80\x8bname = 3\n"
			   "+username = 3\n"
			   "+tab\there = 4\n"
			   "+a\rb = 5\n"
			   "+a b = 5\n"
			   "+\x0c\n"
			   "+form\x0c"
			   "feed = 6\n"
			   "+  w = '<s>'  \n"
			   "+end = 7\r\r\n"
			   "+end = 7\r\n"
			   "-pass\xe2\x80\x8bword = 8\n"
			   "+password = 8\n"
			   "+gone = \"\\x07\"\n"
			   "-gone = \"\x07\"\n"
			   " two\n"
			   " three\n";

static struct diff diff;
static struct anchors all;

static const struct {
	const char *what, *quote;
	size_t number, hash; /* of the claim; 0: none */
	const char *want;
} rows[] = {
	{ "an escape, claimed", "s = \"\\x1b[31m\"", 2, 2, "2 1:12 agreed" },
	{ "what looks so, claimed", "s = \"\\x1b[31m\"", 4, 4,
	    "4 1:15 agreed" },
	{ "either, off", "s = \"\\x1b[31m\"", 9, 2, "2 1:12 hashed" },
	{ "either, no claim", "s = \"\\x1b[31m\"", 0, 0, "none" },
	{ "the byte itself, claimed", "s = \"\x1b[31m\"", 2, 2,
	    "2 1:12 agreed" },
	{ "a part of an escaped line", "\\x1b[31m", 2, 2, "2 1:12 agreed" },
	{ "a token, broken", "t = '<\\|im_end|>'", 5, 5, "5 1:17 agreed" },
	{ "a token, mended", "t = '<|im_end|>'", 5, 5, "5 1:17 agreed" },
	{ "a broken one's line", "t = '<\\|im_end|>'", 7, 7, "7 1:18 agreed" },
	{ "either token", "t = '<|im_end|>'", 0, 0, "none" },
	{ "no UTF-8", "caf\\xe9 = bytes", 8, 8, "8 1:13 agreed" },
	{ "no UTF-8, no claim", "caf\\xe9 = bytes", 0, 0, "8 1:13 exact" },
	{ "reversed", "v = \"\\u{202e}tlb\" # reversed", 0, 0, "9 1:24 exact" },
	{ "a part, no claim", "\\u{202e}tlb\" # rev", 0, 0, "9 1:24 part" },
	{ "a hidden one", "user\\u{200b}name = 3", 0, 0, "10 1:16 exact" },
	{ "a hidden one left out", "username = 3", 10, 10, "none" },
	{ "left out, no claim", "username = 3", 0, 0, "none" },
	{ "a hidden one as a blank", "user name = 3", 10, 10,
	    "10 1:16 agreed" },
	{ "no hidden one", "username = 3", 11, 11, "11 1:13 agreed" },
	{ "no hidden one, off", "username = 3", 99, 11, "11 1:13 exact" },
	{ "a tab", "tab\there = 4", 0, 0, "12 1:13 exact" },
	{ "a tab as a blank", "tab here = 4", 0, 0, "12 1:13 normalized" },
	{ "a CR amid a line", "a\\x0db = 5", 0, 0, "13 1:8 exact" },
	{ "as a CR", "a\rb = 5", 0, 0, "13 1:8 exact" },
	{ "a blank for a CR", "a b = 5", 13, 13, "none" },
	{ "a blank", "a b = 5", 14, 14, "14 1:8 agreed" },
	{ "a form feed", "\\x0c", 15, 15, "15 1:2 agreed" },
	{ "a form feed between", "form\\x0cfeed = 6", 0, 0, "16 1:14 exact" },
	{ "a token in a margin", "w = '<\\s>'", 0, 0, "17 3:12 normalized" },
	{ "a CR before CRLF", "end = 7\\x0d", 0, 0, "18 1:8 exact" },
	{ "and without", "end = 7", 19, 19, "19 1:8 agreed" },
	{ "one left out that is gone", "password = 8", 0, 0, "none" },
	{ "one that is there", "password = 8", 20, 20, "20 1:13 agreed" },
	{ "what was an escape is gone", "gone = \"\\x07\"", 0, 0, "none" },
	{ "two lines", "s = \"\\x1b[31m\"\nother = 1", 0, 0, "2-3 1:10 exact" },
	{ "two lines with CR", "s = \"\\x1b[31m\"\r\nother = 1\r\n", 0, 0,
	    "2-3 1:10 exact" },
	{ "a cut word of another line", "oth", 8, 8, "none" },
	{ "a cut word of two", "ther = 1", 8, 8, "none" },
	{ "a cut word of its own", "af\\xe9 = b", 8, 8, "8 1:13 agreed" },
};

static void
describe(struct buf *out, const struct anchor_place *p)
{
	if (p->method == ANCHOR_NONE) {
		buf_add_text(out, "none");
		return;
	}
	buf_add_format(out, "%zu", p->line);
	if (p->end_line != p->line)
		buf_add_format(out, "-%zu", p->end_line);
	buf_add_format(out, " %zu:%zu %s", p->start + 1, p->end + 1,
	    anchor_method_name(p->method));
}

static void
test_rows(void)
{
	for (size_t i = 0; i < countof(rows); i++) {
		struct buf claim = { 0 }, got = { 0 };
		struct anchor_place p;

		if (rows[i].number)
			buf_add_format(&claim, "%zu#%s", rows[i].number,
			    all.lines[rows[i].hash - 1].hash);
		anchor_find(&all, buf_str(&claim), str_of(rows[i].quote), &p);
		describe(&got, &p);
		tap_is(buf_str(&got), rows[i].want, rows[i].what);
		buf_done(&claim);
		buf_done(&got);
	}
}

/* What is shown is shown the same when it is shown again. */
static void
test_twice(void)
{
	static const char *const texts[] = { "a\x1b[31m", "<|im_end|>",
		"<<SYS>>", "<<s>", "[[INST]", "<</s>", "\xe2\x80\xae\xff",
		"e\xcc\x81\xe2\x80\x8d\xe2\x80\x8d\xe2\x80\x8d\xe2\x80\x8d",
		"<s><s>[INST]<think>", "\\x1b \\u{202e} <\\s>" };

	for (size_t i = 0; i < countof(texts); i++) {
		struct buf once = { 0 }, twice = { 0 };

		show_text(&once, str_of(texts[i]));
		show_text(&twice, buf_str(&once));
		tap_is(buf_str(&twice), once.data, "once and twice");
		buf_done(&once);
		buf_done(&twice);
	}
}

/* --- a copy without a flaw, of lines that have everything --- */

enum { FILES = 3000, LINES = 12 };

static const char *const pieces[] = { "\x1b", "\\x1b", "<|im_end|>",
	"<\\|im_end|>", "<s>", "<\\s>", " ", "\t", "\r", "\x0c", "\xe2\x80\x8b",
	"\\u{200b}", "\xff", "\xc3\xa9", "a", "bc", "+", "-", "\"", "`", "...",
	"42#k7f|", "7|", "x = y", "\\", "\xe2\x80\xa6", "", "" };

static uint64_t
next_random(uint64_t n)
{
	static uint64_t state = STR_HASH;

	state = state * 6364136223846793005U + 1442695040888963407U;
	return (state >> 33) % n;
}

static void
random_text(struct buf *out)
{
	for (size_t i = 0; i < LINES; i++) {
		for (uint64_t n = next_random(5); n > 0; n--)
			buf_add_text(out, pieces[next_random(countof(pieces))]);
		if (!next_random(20))
			buf_add(out, (struct str){ "", 1 });
		buf_add_char(out, '\n');
	}
}

/* What a model may put around what it was shown; "#": the anchor and a plus. */
static const char *const around[][2] = { { "", "" }, { "+", "" }, { "", "\r" },
	{ "  ", "\n" }, { "#", "" }, { "`", "`" } };

enum { INTACT, OFF, NO_CLAIM, CLAIMS };

static void
claim_line(struct buf *out, const struct anchor_line *line, int how)
{
	if (how == INTACT)
		anchor_write(out, line);
	else if (how == OFF)
		buf_add_format(out, "%zu#%s", line->number + 100, line->hash);
}

static long nplaced[CLAIMS], nasked[CLAIMS];

static void
try_line(const struct anchors *a, size_t i, int how, const char *const *with)
{
	struct buf claim = { 0 }, quote = { 0 };
	struct anchor_place p;

	claim_line(&claim, &a->lines[i], how);
	if (*with[0] == '#') {
		anchor_write(&quote, &a->lines[i]);
		buf_add_text(&quote, "|+");
	} else {
		buf_add_text(&quote, with[0]);
	}
	show_text(&quote, a->lines[i].text);
	buf_add_text(&quote, with[1]);
	nasked[how]++;
	if (anchor_find(a, buf_str(&claim), buf_str(&quote), &p)) {
		nplaced[how]++;
		tap_case(p.line == i + 1,
		    "'%s' of line %zu, claimed %s, is at %zu", quote.data,
		    i + 1, claim.len ? claim.data : "", p.line);
	}
	buf_done(&claim);
	buf_done(&quote);
}

/* Backquotes around nothing, or without a claim, may be the line's own. */
static void
try_copies(const struct anchors *a, size_t i)
{
	bool is_blank = str_is_blank(a->lines[i].text);

	for (int how = 0; how < CLAIMS; how++)
		for (size_t n = 0; n < countof(around); n++)
			if (*around[n][0] != '`' ||
			    (!is_blank && how != NO_CLAIM))
				try_line(a, i, how, around[n]);
}

static void
test_random(void)
{
	for (size_t k = 0; k < FILES; k++) {
		struct diff_file file;
		struct anchors a;
		struct buf source = { 0 };

		random_text(&source);
		diff_of_source(&file, "x", buf_str(&source), SIZE_MAX / 2);
		anchors_make(&a, &file, 0, file.nhunks);
		for (size_t i = 0; i < a.nlines; i++)
			try_copies(&a, i);
		anchors_done(&a);
		diff_file_done(&file);
		buf_done(&source);
	}
	tap_all("a copy stands at its line, or nowhere");
	tap_ok(nplaced[INTACT] > nasked[INTACT] / 100 * 97,
	    "%ld of %ld have a place, if the anchor is theirs", nplaced[INTACT],
	    nasked[INTACT]);
}

int
main(void)
{
	struct err e = ERR_NONE;

	tap_ok(!diff_read(&diff, STR(text), &e), "a diff is read: %s", e.text);
	anchors_make(&all, &diff.files[0], 0, diff.files[0].nhunks);
	test_rows();
	test_twice();
	test_random();
	anchors_done(&all);
	diff_done(&diff);
	return tap_done();
}
