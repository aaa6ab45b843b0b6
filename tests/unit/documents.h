/*
 * documents - random JSON texts, valid ones and spoilt copies of them.
 *
 * Each run draws the same ones.  They are small, and have what is rare
 * elsewhere: equal names, names in two spellings, escapes of all kinds,
 * numbers that no double holds, white space wherever it may be.
 */
#ifndef DOCUMENTS_H
#define DOCUMENTS_H

#include "buf.h"
#include "random.h"

enum { DOCUMENTS_DEEPEST = 5 }; /* levels */

static uint64_t seed = 8259;

static inline uint32_t
draw(void)
{
	return random_next(&seed);
}

static inline uint32_t
draw_below(size_t n)
{
	return draw() % (uint32_t)n;
}

static inline const char *
draw_of(const char *const *texts, size_t n)
{
	return texts[draw_below(n)];
}

#define DRAW_OF(texts) draw_of(texts, countof(texts))

static inline void write_value(struct buf *out, int depth);

static inline void
write_blank(struct buf *out)
{
	static const char *const blanks[] = { "", "", "", "", " ", "\n", "\t",
		"\r\n", "  " };

	buf_add_text(out, DRAW_OF(blanks));
}

/* Valid UTF-8, and no high surrogate without its low one. */
static inline void
write_string(struct buf *out)
{
	static const char *const pieces[] = { "a", "bc", " ", "{", "]", ",",
		":", "'", "/", "\x7f", "\xc3\xa4", "\xe2\x82\xac",
		"\xf0\x9f\x98\x80", "\xef\xbb\xbf", "\\\"", "\\\\", "\\/",
		"\\b", "\\f", "\\n", "\\r", "\\t", "\\u0041", "\\u00e4",
		"\\u20AC", "\\ud83d\\ude00", "\\uD83D\\uDE00", "\\ude00",
		"\\u0000", "\\uffff", "\\u001f" };

	buf_add_char(out, '"');
	for (uint32_t n = draw_below(6); n; n--)
		buf_add_text(out, DRAW_OF(pieces));
	buf_add_char(out, '"');
}

static inline void
write_number(struct buf *out)
{
	static const char *const numbers[] = { "0", "-0", "1", "-1", "10",
		"0.5", "-0.25", "1e3", "1E+2", "5e-1", "12.5e0",
		"9007199254740993", "9223372036854775807",
		"-9223372036854775808", "9223372036854775808",
		"123456789012345678901234567890", "1e400", "0e0", "0.0" };

	if (draw() % 2)
		buf_add_text(out, DRAW_OF(numbers));
	else
		buf_add_format(out, "%d", (int)(draw() >> draw_below(31)));
}

/* Few names, so that some come twice and some in other spellings. */
static inline void
write_name(struct buf *out)
{
	static const char *const names[] = { "\"a\"", "\"b\"", "\"\"",
		"\"\\u0061\"", "\"choices\"", "\"c\\u0068oices\"", "\"a\\\"b\"",
		"\"\xc3\xa4\"", "\"\\u00e4\"", "\"aa\"", "\"A\"", "\"reply\"",
		"\"reply_error\"", "\"reply\\u005ferror\"" };

	if (draw() % 8)
		buf_add_text(out, DRAW_OF(names));
	else
		write_string(out);
}

static inline void
write_container(struct buf *out, bool object, int depth)
{
	uint32_t n = draw_below(6);

	buf_add_char(out, object ? '{' : '[');
	for (uint32_t i = 0; i < n; i++) {
		if (i)
			buf_add_char(out, ',');
		write_blank(out);
		if (object) {
			write_name(out);
			write_blank(out);
			buf_add_char(out, ':');
			write_blank(out);
		}
		write_value(out, depth + 1);
		write_blank(out);
	}
	if (!n)
		write_blank(out);
	buf_add_char(out, object ? '}' : ']');
}

static inline void
write_value(struct buf *out, int depth)
{
	static const char *const words[] = { "true", "false", "null" };
	uint32_t kind = draw_below(depth < DOCUMENTS_DEEPEST ? 8 : 4);

	if (kind >= 4)
		write_container(out, kind % 2, depth);
	else if (kind == 0)
		buf_add_text(out, DRAW_OF(words));
	else if (kind == 1)
		write_number(out);
	else
		write_string(out);
}

static inline void
write_document(struct buf *out)
{
	buf_clear(out);
	write_blank(out);
	if (draw() % 8)
		write_container(out, draw() % 4, 1);
	else
		write_value(out, 1);
	write_blank(out);
}

/* Change some bytes: drop, double, or replace one, or swap it with the next. */
static inline void
spoil(struct str from, struct buf *out)
{
	static const char *const bytes[] = { "{", "}", "[", "]", ",", ":", "\"",
		"\\", "0", "1", ".", "-", "+", "e", "u", "n", "t", " ", "\n",
		"\x01", "\xc3", "/", "'", "x" };
	uint32_t victim = draw_below(from.len), how = draw_below(5);

	buf_clear(out);
	for (size_t i = 0; i < from.len; i++) {
		if (i != victim || how == 1)
			buf_add_char(out, from.data[i]);
		if (i != victim || how == 0)
			continue;
		if (how == 1)
			buf_add_char(out, from.data[i]);
		else if (how == 2 && i + 1 < from.len)
			buf_add_char(out, from.data[i + 1]);
		else
			buf_add_text(out, DRAW_OF(bytes));
		if (how == 3)
			buf_add_char(out, from.data[i]);
	}
}

#endif
