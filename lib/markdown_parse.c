/* markdown: libcmark, and what it must not see. */
#include "markdown_parts.h"

#include <strings.h>

#include "mem.h"

/* The characters that are hidden, each behind its own byte from HIDDEN on. */
static const char hidden[] = ">-*+.)!";

enum {
	HIDDEN = 0xf8,
	BROKEN = 0xff, /* a NUL, or such a byte of the text itself */
};

struct markdown_line
markdown_line_at(struct str text, size_t from)
{
	struct markdown_line line = { .from = from, .to = from };

	while (line.to < text.len && text.data[line.to] != '\n' &&
	    text.data[line.to] != '\r')
		line.to++;
	line.next = line.to;
	if (line.next < text.len && text.data[line.next] == '\r')
		line.next++;
	if (line.next < text.len && text.data[line.next] == '\n')
		line.next++;
	return line;
}

static void
hide(char *c)
{
	const char *at = strchr(hidden, *c);

	*c = (char)(HIDDEN + (at - hidden));
}

/* May a block quote or list item begin at p[at], among others and blanks? */
static bool
is_mark(const char *p, size_t at)
{
	bool ends = p[at + 1] == ' ' || p[at + 1] == '\t';

	if (p[at] == '.' || p[at] == ')')
		return ends;
	return (strchr(" \t>", p[at - 1]) ||
		   (unsigned char)p[at - 1] >= HIDDEN) &&
	    (p[at] == '>' || (ends && strchr("-*+", p[at])));
}

/*
 * Where the end of the line begins that is a thematic break, as three or more
 * of one mark are: that opens no list.  n: there is none.
 */
static size_t
find_break(const char *p, size_t n)
{
	size_t at = n, count = 0;
	char mark = 0;

	for (; at && strchr(" \t-*", p[at - 1]); at--) {
		if (strchr(" \t", p[at - 1]))
			continue;
		if (mark && p[at - 1] != mark)
			break;
		mark = p[at - 1];
		count++;
	}
	return count >= 3 ? at : n;
}

/* No block begins with what begins an image. */
static void
tame_line(char *p, size_t n)
{
	static const char cdata[] = "<![CDATA["; /* begins a block of HTML */
	size_t marks = strspn(p, " \t>-*+0123456789.)");
	size_t end = marks == n ? find_break(p, n) : marks, at;

	for (at = MARKDOWN_MARKS_MAX; at < end; at++)
		if (is_mark(p, at))
			hide(p + at);
	at = marks;
	if (!strncasecmp(p + at, cdata, strlen(cdata)))
		at += strlen(cdata);
	for (; at + 1 < n; at++)
		if (p[at] == '!' && p[at + 1] == '[')
			hide(p + at);
}

/* A copy to parse, yours to free: bytes stand where they stood. */
static char *
tame(struct str text)
{
	char *copy = mem_copy(text);
	struct markdown_line line;

	for (size_t i = 0; i < text.len; i++)
		if (!copy[i] || (unsigned char)copy[i] >= HIDDEN)
			copy[i] = (char)BROKEN;
	for (line = markdown_line_at(text, 0); line.from < text.len;
	     line = markdown_line_at(text, line.next))
		tame_line(copy + line.from, line.to - line.from);
	return copy;
}

void
markdown_restore(char *bytes, size_t n)
{
	for (size_t i = 0; i < n; i++) {
		unsigned char c = (unsigned char)bytes[i];

		if (c >= HIDDEN && c < BROKEN)
			bytes[i] = hidden[c - HIDDEN];
	}
}

static void *
resize(void *old, size_t size)
{
	size_t none = 0;

	return mem_grow(old, &none, size, 1);
}

void
markdown_parse(struct markdown_source *s, struct str text)
{
	cmark_parser *parser;

	s->memory = (cmark_mem){ mem_new, resize, free };
	parser = cmark_parser_new_with_mem(CMARK_OPT_DEFAULT, &s->memory);
	s->text = str_skip_bom(text);
	s->parsed = (struct str){ tame(s->text), s->text.len };
	cmark_parser_feed(parser, s->parsed.data, s->parsed.len);
	s->root = cmark_parser_finish(parser);
	cmark_parser_free(parser);
}

void
markdown_free(struct markdown_source *s)
{
	cmark_node_free(s->root);
	free((char *)s->parsed.data);
}
