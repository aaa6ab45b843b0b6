/*
 * markdown: a text that is to stand in Markdown as it is.
 *
 * A mark is escaped where it could be one; so that the result looks as people
 * write, what cannot be is left alone: snake_case, 5 * 3, R&D, a < b.  What
 * may stay Markdown has a narrow form, in which it is read as the same on
 * whatever it borders.
 */
#include "markdown.h"

#include "utf8.h"

struct writer {
	struct buf *out;
	struct str text;
	size_t at;     /* in text */
	size_t number; /* behind the digits of a list's mark; 0: none */
	enum markdown_keep keep;
};

/* --- characters --- */

static bool
is_digit(int c)
{
	return c >= '0' && c <= '9';
}

static bool
is_alnum(int c)
{
	return is_digit(c) || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
}

/* The byte at distance d; 0 beyond the ends. */
static int
peek(const struct writer *w, ptrdiff_t d)
{
	ptrdiff_t at = (ptrdiff_t)w->at + d;

	if (at < 0 || (size_t)at >= w->text.len)
		return 0;
	return (unsigned char)w->text.data[at];
}

static size_t
skip_while(struct str text, size_t at, const char *set)
{
	while (at < text.len && text.data[at] && strchr(set, text.data[at]))
		at++;
	return at;
}

/* --- marks that begin a block --- */

/* Does a mark that ends here stand before a blank, or nothing? */
static bool
ends_mark(const struct writer *w, size_t at)
{
	return at == w->text.len || w->text.data[at] == ' ';
}

static size_t
find_number(const struct writer *w)
{
	size_t at = skip_while(w->text, 0, "0123456789");

	if (at < w->text.len && strchr(".)", w->text.data[at]) &&
	    ends_mark(w, at + 1))
		return at;
	return 0;
}

/* Is what stands at the start of the text a mark, if it may be one there? */
static bool
begins_block(const struct writer *w, int c)
{
	if (w->at)
		return w->at == w->number;
	return strchr("#>=|", c) ||
	    (strchr("-+", c) && (ends_mark(w, 1) || peek(w, 1) == c));
}

/* --- marks in a line --- */

/* Between two blanks that are written as such? */
static bool
stands_alone(const struct writer *w)
{
	return peek(w, -1) == ' ' && peek(w, -2) && peek(w, -2) != ' ' &&
	    peek(w, 1) == ' ' && peek(w, 2);
}

/* What could end a pair; or begin a block. */
static bool
may_close(const struct writer *w, int c)
{
	return peek(w, 1) == c || (w->at && peek(w, -1) != ' ');
}

/* "<", perhaps with "=" and a number, before a blank or nothing. */
static bool
is_comparison(const struct writer *w)
{
	size_t at = w->at + 1;

	if (peek(w, 1) == '=')
		at++;
	return ends_mark(w, skip_while(w->text, at, ".0123456789"));
}

static bool
is_entity(const struct writer *w)
{
	size_t at = w->at + 1;

	if (at < w->text.len && w->text.data[at] == '#')
		at++;
	while (at < w->text.len && is_alnum((unsigned char)w->text.data[at]))
		at++;
	return at > w->at + 1 && at < w->text.len && w->text.data[at] == ';';
}

static bool
is_mark(const struct writer *w, int c)
{
	int before = peek(w, -1), behind = peek(w, 1);

	switch (c) {
	case '\\':
		return !is_alnum(behind);
	case '`':
	case '[':
	case '|':
		return true;
	case '*':
		return !stands_alone(w);
	case '_':
		return !stands_alone(w) &&
		    !(is_alnum(before) && is_alnum(behind));
	case '<':
		return !is_comparison(w);
	case '&':
		return is_entity(w);
	case '~':
	case '$':
		return may_close(w, c);
	case '#':
		return before == ' ' || before == '#';
	default:
		return false;
	}
}

/* --- what may stay --- */

/* Letters and what means nothing, from alnum to alnum; where it ends. */
static size_t
skip_words(struct str text, size_t from)
{
	size_t at, end = from;

	for (at = from; at < text.len; at++) {
		int c = (unsigned char)text.data[at];

		if (is_alnum(c))
			end = at + 1;
		else if (at == from || !strchr(" ,.;:'/()-", c) ||
		    (c == ' ' && text.data[at - 1] == ' '))
			break;
	}
	return end == at ? end : from;
}

/* `code`, of printable ASCII: bytes, or 0. */
static size_t
code_length(struct str rest)
{
	size_t at = 1;

	while (at < rest.len && rest.data[at] != '`' && rest.data[at] >= ' ' &&
	    rest.data[at] <= '~')
		at++;
	if (at < 2 || at >= rest.len || rest.data[at] != '`' ||
	    rest.data[1] == ' ' || rest.data[at - 1] == ' ' ||
	    (at + 1 < rest.len && rest.data[at + 1] == '`'))
		return 0;
	return at + 1;
}

/* Words between n asterisks, on both sides. */
static size_t
emphasis_length(struct str rest, size_t n)
{
	size_t end = skip_words(rest, n), behind = end + n;

	if (end == n || behind > rest.len ||
	    memcmp(rest.data + end, rest.data, n) != 0)
		return 0;
	if (behind < rest.len && !strchr(" .,;:!?)", rest.data[behind]))
		return 0;
	return behind;
}

static size_t
link_length(struct str rest)
{
	static const char url[] = "-._~/?#@$&+,=%:0123456789"
				  "abcdefghijklmnopqrstuvwxyz"
				  "ABCDEFGHIJKLMNOPQRSTUVWXYZ";
	size_t end = skip_words(rest, 1);
	struct str target = str_skip(rest, end + 2);

	if (end == 1 || !str_starts(str_skip(rest, end), "]("))
		return 0;
	if (!str_starts(target, "https://") && !str_starts(target, "http://"))
		return 0;
	end = skip_while(rest, end + 2, url);
	return end < rest.len && rest.data[end] == ')' ? end + 1 : 0;
}

/* Bytes of Markdown here that stay; 0: none. */
static size_t
kept_length(const struct writer *w, int c)
{
	struct str rest = str_skip(w->text, w->at);
	int before = peek(w, -1);
	size_t n;

	if (w->keep == MARKDOWN_KEEP_NONE)
		return 0;
	if (c == '`')
		return before != '`' ? code_length(rest) : 0;
	if (before && before != ' ' && before != '(')
		return 0;
	switch (c) {
	case '[':
		return link_length(rest);
	case '*':
		n = str_starts(rest, "**") ? 2 : 1;
		return n == 1 || w->keep == MARKDOWN_KEEP_ALL
		    ? emphasis_length(rest, n)
		    : 0;
	default:
		return 0;
	}
}

/* --- texts --- */

/*
 * Is a character to be an entity: unseen, or a blank that Markdown or a reader
 * of it would take away?  Blanks of others, as U+00A0, count at the ends: no
 * mark of strong text may border on one.
 */
static bool
is_unseen(const struct writer *w, uint32_t cp, size_t length)
{
	bool first = !w->at, last = w->at + length == w->text.len;

	if (cp == ' ')
		return first || last || peek(w, -1) == ' ';
	if (cp == 0xa0 || cp == 0x1680 || (cp >= 0x2000 && cp <= 0x200a) ||
	    cp == 0x202f || cp == 0x205f || cp == 0x3000)
		return first || last;
	return cp < ' ' || cp == 0x7f || cp == 0xfeff || utf8_is_hidden(cp);
}

static void
add_character(struct writer *w)
{
	struct str rest = str_skip(w->text, w->at);
	uint32_t cp = 0xfffd;
	int c = (unsigned char)*rest.data, got = utf8_decode(rest, &cp);
	size_t length = got > 0 ? (size_t)got : 1;

	if (is_unseen(w, cp, length)) {
		buf_add_format(w->out, "&#%lu;", (unsigned long)cp);
	} else {
		if (c < 0x80 && (is_mark(w, c) || begins_block(w, c)))
			buf_add_char(w->out, '\\');
		buf_add(w->out, (struct str){ rest.data, length });
	}
	w->at += length;
}

void
markdown_add(struct buf *out, struct str text, enum markdown_keep keep)
{
	struct writer w = { .out = out, .text = text, .keep = keep };

	w.number = find_number(&w);
	while (w.at < text.len) {
		size_t n = kept_length(&w, (unsigned char)text.data[w.at]);

		if (!n) {
			add_character(&w);
			continue;
		}
		buf_add(out, (struct str){ text.data + w.at, n });
		w.at += n;
	}
}

/* Line feeds at the start of rest that may end a line or paragraph: 1 or 2. */
static size_t
break_length(struct str rest)
{
	size_t n = skip_while(rest, 0, "\n");

	return n <= 2 && n < rest.len ? n : 0;
}

/* The end of a line, or of a paragraph: n 1 or 2. */
static void
add_break(struct buf *out, size_t n, struct str indent)
{
	struct str bare = indent;

	buf_add_text(out, n == 1 ? "\\\n" : "\n");
	if (n == 2) {
		while (str_ends(bare, " "))
			bare.len--;
		buf_add(out, bare);
		buf_add_char(out, '\n');
	}
	buf_add(out, indent);
}

void
markdown_add_paragraphs(struct buf *out, struct str text, const char *indent,
    enum markdown_keep keep)
{
	size_t from = 0, at = 0;

	while (at < text.len) {
		struct str rest = str_skip(text, at), line = text;
		size_t feeds = skip_while(rest, 0, "\n");
		size_t n = at ? break_length(rest) : 0;

		if (!n) {
			at += feeds ? feeds : 1;
			continue;
		}
		line.len = at;
		markdown_add(out, str_skip(line, from), keep);
		add_break(out, n, str_of(indent));
		at += n;
		from = at;
	}
	markdown_add(out, str_skip(text, from), keep);
}
