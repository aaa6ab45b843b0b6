/*
 * reqs_random - documents of dmr-reqs, made at random from its tables.
 *
 * The same seed makes the same document.  Texts are hostile: markup of all the
 * forms that documents have, blanks at the ends, marks without a character to
 * stand on, other directions, and sometimes LONG_TEXT bytes.
 *
 *     reqs_random(&document, 7);
 *     ...
 *     document_done(&document);
 */
#ifndef REQS_RANDOM_H
#define REQS_RANDOM_H

#include "../../tools/dmr-reqs/document.h"
#include "buf.h"
#include "documents.h"

enum { LIST_LONGEST = 3, LONG_TEXT = 100 << 10, LONG_EVERY = 20000 };

static const char *const reqs_scraps[] = { "The shop shall sell a bike.", "a",
	"shall", "b c", " ", "  ", "\n", "\n\n", "\r\n", "\r", "\t", "|",
	"a | b", "||", "\\|", "\"", "'", "\"\"\"", "---", "===", "***", "...",
	"# x", "## FR-001", "FR-001", "### FR-002 x", "[a](b)", "![a](b)",
	"<b>x</b>", "<!-- x -->", "-->", "<script>", "<![CDATA[", "]]>", "&lt;",
	"&amp;amp;", "&#10;", "&nbsp;", "&", "<", ">", "<br>", "\\", "\\\\",
	"\\n", "\\u0041", "`", "```", "```json\n", "~~~", "* x", "- x", "+ x",
	"1. x", "1) x", "- [ ] x", "> x", "    x", "_x_", "**x**", "*", "_",
	"~~x~~", "http://a.example/?b=c&d", "<http://a.example>", "@a", "#1",
	"{{prompt}}", "{", "}", "[", "]", "(", ")", ":", ": ", " :", "key: x",
	"%% x", "%d", "$x", "$$", ",", ";", "=", "=1+1", "@SUM(A1)", "-1", "!",
	"? x", "~", "null", "true", "12", "0x1f", "None.", "Given", "When x",
	"Feature: x", "Scenario: y", "Examples:", "<<<", ">>>", "[REQUIREMENT]",
	"UID: x", "graph TD", "end", "subgraph", "**Given** ", " **When** ",
	"**I want**", "**Id:** ", "**Priority:** must", "New", "Title",
	"Traceability", "**:", "*a*", "`a`", "[a](https://b)", " * ", " _ ",
	"5 ", "-1.5e3", "<= ", "\xe2\x89\xa4", "<={@a>", "#quot;",
	"\xe3\x80\x80", "\x1b[2J", "\x01", "\x7f", "\xc2\x85", "\xc2\xa0",
	"\xc2\xad", "\xcc\x81", "e\xcc\x81", "\xe2\x80\xa8", "\xe2\x80\xae",
	"\xe2\x80\x8b", "\xe2\x80\x8d", "\xe2\x80\xa6", "\xef\xbb\xbf",
	"\xef\xbf\xbd", "\xef\xbf\xbe", "\xd7\xa9\xd7\x9c\xd7\x95\xd7\x9d",
	"\xd8\xb3\xd9\x84\xd8\xa7\xd9\x85", "\xf0\x9f\x9a\xb2",
	"\xf0\x9f\x91\xa9\xe2\x80\x8d\xf0\x9f\x92\xbb",
	"\xe6\xbc\xa2\xe5\xad\x97", "\xc3\xbc", "\xf4\x8f\xbf\xbf" };

static inline void
reqs_random_text(struct text *text)
{
	struct buf b = { 0 };
	size_t n = draw_below(8) ? draw_below(9) : 0;

	while (n--)
		buf_add_text(&b, DRAW_OF(reqs_scraps));
	if (draw_below(LONG_EVERY) == 0)
		while (b.len < LONG_TEXT)
			buf_add_text(&b, DRAW_OF(reqs_scraps));
	text_set(text, buf_str(&b));
	buf_done(&b);
}

/* Some are the same, and some name nothing. */
static inline void
reqs_random_id(struct text *id, const char *prefix)
{
	static const char *const odd[] = { "", "a", "1.2", "US-1", "x_Y-z.9",
		"000", "null", "end" };
	struct buf b = { 0 };

	if (draw_below(10))
		buf_add_format(&b, "%s-%03u", prefix, 1 + draw_below(20));
	else
		buf_add_text(&b, DRAW_OF(odd));
	text_set(id, buf_str(&b));
	buf_done(&b);
}

static inline void
reqs_random_number(struct text *number)
{
	static const char *const numbers[] = { "", "0", "-0", "1", "1.50",
		"99.999", "1e3", "2E-7", "-3.0",
		"123456789012345678901234567" };

	text_set(number, str_of(DRAW_OF(numbers)));
}

static inline int
reqs_random_word(const char *const *words)
{
	int n = 0;

	while (words[n])
		n++;
	return (int)draw_below((size_t)n + 1) - 1;
}

static inline void reqs_random_thing(const struct kind *, void *thing);

static inline void
reqs_random_list(const struct member *m, struct list *list, size_t n)
{
	while (n--)
		if (m->things)
			reqs_random_thing(m->things, list_add(list, m->things));
		else if (m->kind == MEMBER_IDS)
			reqs_random_id(list_add_text(list), "US");
		else
			reqs_random_text(list_add_text(list));
}

static inline void
reqs_random_member(const struct kind *kind, const struct member *m, void *to)
{
	switch (m->kind) {
	case MEMBER_TEXT:
		reqs_random_text(to);
		break;
	case MEMBER_ID:
		reqs_random_id(to, kind->prefix);
		break;
	case MEMBER_WORD:
		*(int *)to = reqs_random_word(m->words);
		break;
	case MEMBER_NUMBER:
		reqs_random_number(to);
		break;
	case MEMBER_TEXTS:
	case MEMBER_IDS:
	case MEMBER_THINGS:
		reqs_random_list(m, to, draw_below(LIST_LONGEST + 1));
		break;
	case MEMBER_THING:
		reqs_random_list(m, to, draw_below(4) > 0);
		break;
	}
}

static inline void
reqs_random_thing(const struct kind *kind, void *thing)
{
	for (const struct member *m = kind->members; m->name; m++)
		reqs_random_member(kind, m, member_of(m, thing));
}

/* What was in it is freed. */
static inline void
reqs_random(struct document *d, uint64_t number)
{
	document_done(d);
	seed = number * UINT64_C(0x9e3779b97f4a7c15) + 1;
	reqs_random_thing(&document_kind, d);
}

#endif
