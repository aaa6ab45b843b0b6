/*
 * anchor_model - a scripted model that quotes a line, more or less well.
 *
 * It knows what it did to a line, so it can tell whether the same might have
 * come of another one; that is written anew here, not taken from what is
 * tested.
 */
#ifndef ANCHOR_MODEL_H
#define ANCHOR_MODEL_H

#include "buf.h"
#include "mem.h"
#include "random.h"

/* What is done to a quote; may be or-ed. */
enum {
	MODEL_SPACE = 1,  /* white space is other */
	MODEL_PLUS = 2,   /* the diff's mark is quoted, too */
	MODEL_SHORT = 4,  /* a piece of it */
	MODEL_WORDS = 8,  /* some words are others, or left out */
	MODEL_CRLF = 16,  /* a line ends so */
	MODEL_LINES = 32, /* the lines behind it are quoted, too */
	MODEL_KINDS = 64,
};

enum { MODEL_LINES_MAX = 4, MODEL_SHORT_MIN = 12, MODEL_WORDS_MIN = 4 };

static uint64_t model_state;

static inline size_t
model_random(size_t below)
{
	return random_next(&model_state) % below;
}

/* --- words and blanks, as they are seen here --- */

static inline bool
model_is_blank(char c)
{
	return c == ' ' || c == '\t' || c == '\r' || c == '\f' || c == '\v';
}

static inline bool
model_is_word(char c)
{
	return (c & 0x80) || c == '_' || (c >= '0' && c <= '9') ||
	    ((c | 32) >= 'a' && (c | 32) <= 'z');
}

/* Yours to free(). */
static inline char *
model_normal(struct str text)
{
	struct buf b = { 0 };

	while (text.len) {
		size_t n = 0;

		while (text.len && model_is_blank(*text.data))
			text = str_skip(text, 1);
		while (n < text.len && !model_is_blank(text.data[n]))
			n++;
		if (n && b.len)
			buf_add_char(&b, ' ');
		buf_add(&b, (struct str){ text.data, n });
		text = str_skip(text, n);
	}
	return buf_take(&b);
}

static inline size_t
model_solid(struct str text)
{
	size_t n = 0;

	for (size_t i = 0; i < text.len; i++)
		n += !model_is_blank(text.data[i]);
	return n;
}

/* The next word, or other character, that is no blank. */
static inline struct str
model_next(struct str *rest)
{
	struct str word;

	while (rest->len && model_is_blank(*rest->data))
		*rest = str_skip(*rest, 1);
	word = (struct str){ rest->data, 0 };
	while (word.len < rest->len && model_is_word(rest->data[word.len]))
		word.len++;
	if (!word.len && rest->len)
		word.len = 1;
	*rest = str_skip(*rest, word.len);
	return word;
}

static inline size_t
model_count(struct str text)
{
	size_t n = 0;

	while (text.len) {
		struct str word = model_next(&text);

		n += word.len && model_is_word(*word.data);
	}
	return n;
}

/* How many words of the quote the text has; each of the text's serves once. */
static inline size_t
model_common(struct str quote, struct str text)
{
	char *taken = mem_new(text.len + 1, 1);
	size_t n = 0;

	while (quote.len) {
		struct str want = model_next(&quote), rest = text;

		while (want.len && rest.len) {
			struct str word = model_next(&rest);
			size_t at = (size_t)(word.data - text.data);

			if (taken[at] || !str_equal(word, want))
				continue;
			taken[at] = 1;
			n++;
			break;
		}
	}
	free(taken);
	return n;
}

/* --- what is done --- */

static inline void
model_change_words(struct str text, struct buf *out)
{
	static const char *const others[] = { "value", "result", "item", "data",
		"index", "name", "zqx", "frob" };
	size_t n = model_count(text), left = 1 + model_random(n / 3);

	while (text.len) {
		struct str word = model_next(&text);

		if (word.len && model_is_word(*word.data) &&
		    model_random(n--) < left) {
			left--;
			if (model_random(2))
				buf_add_text(
				    out, others[model_random(countof(others))]);
		} else {
			buf_add(out, word);
		}
		if (text.len && model_is_blank(*text.data))
			buf_add_char(out, ' ');
	}
}

/* A byte within a character. */
static inline bool
model_is_inside(char c)
{
	return ((unsigned char)c & 0xc0) == 0x80;
}

/* Half of it or more, and no less than eight characters; mostly its start. */
static inline void
model_shorten(struct str text, struct buf *out)
{
	size_t solid, keep, n = 0;

	text = str_trim(text);
	solid = model_solid(text);
	keep = solid / 2 + model_random(solid - solid / 2);
	keep = keep < 8 ? 8 : keep;
	if (model_random(4) == 0) { /* its end */
		for (n = text.len; keep; n--)
			keep -= !model_is_blank(text.data[n - 1]);
		while (n < text.len && model_is_inside(text.data[n]))
			n++;
		buf_add(out, str_skip(text, n));
		return;
	}
	for (; keep; n++)
		keep -= !model_is_blank(text.data[n]);
	while (n < text.len && model_is_inside(text.data[n]))
		n++;
	buf_add(out, (struct str){ text.data, n });
	if (model_random(3) == 0)
		buf_add_text(out, "...");
}

static inline void
model_change_space(struct str text, struct buf *out)
{
	static const char *const margins[] = { "", "", " ", "  ", "\t", "    ",
		"        " };
	static const char *const gaps[] = { " ", "  ", "\t", " \t" };
	const char *gap = gaps[model_random(countof(gaps))];

	buf_add_text(out, margins[model_random(countof(margins))]);
	text = str_trim(text);
	for (size_t i = 0; i < text.len; i++)
		if (!model_is_blank(text.data[i]))
			buf_add_char(out, text.data[i]);
		else if (!model_is_blank(text.data[i - 1]))
			buf_add_text(out, gap);
	buf_add_text(out, model_random(3) ? "" : "  ");
}

/* Do one thing to the text in b. */
static inline void
model_apply(struct buf *b, void (*change)(struct str, struct buf *))
{
	struct buf out = { 0 };

	change(buf_str(b), &out);
	buf_done(b);
	*b = out;
}

struct model_quote {
	struct buf text;                  /* what is quoted */
	struct buf core[MODEL_LINES_MAX]; /* each line without marks, ends */
	char *normal[MODEL_LINES_MAX];    /* the same without "..." */
	size_t nlines;
};

static inline char *
model_core(struct str text, bool is_short)
{
	text = str_trim(text);
	if (is_short && str_ends(text, "..."))
		text.len -= 3;
	return model_normal(text);
}

static inline bool
model_can(unsigned kind, const struct str *lines, size_t n)
{
	size_t last = (kind & MODEL_LINES) ? n - 1 : 0;

	return (!(kind & MODEL_LINES) || n >= 2) &&
	    (!(kind & MODEL_SHORT) ||
		model_solid(lines[last]) >= MODEL_SHORT_MIN) &&
	    (!(kind & MODEL_WORDS) || model_count(lines[0]) >= MODEL_WORDS_MIN);
}

/* Quote n lines, or the first; mark: what the diff has in front of them. */
static inline void
model_quote(struct model_quote *q, unsigned kind, char mark,
    const struct str *lines, size_t n)
{
	*q = (struct model_quote){ .nlines = (kind & MODEL_LINES) ? n : 1 };
	for (size_t i = 0; i < q->nlines; i++) {
		struct buf *line = &q->core[i];

		buf_add(line, lines[i]);
		if ((kind & MODEL_WORDS) && i == 0)
			model_apply(line, model_change_words);
		if ((kind & MODEL_SHORT) && i == q->nlines - 1 &&
		    model_solid(buf_str(line)) >= 8)
			model_apply(line, model_shorten);
		if (kind & MODEL_SPACE)
			model_apply(line, model_change_space);
		if (i > 0)
			buf_add_char(&q->text, '\n');
		if (kind & MODEL_PLUS)
			buf_add_char(&q->text, mark);
		buf_add(&q->text, buf_str(line));
		if (kind & MODEL_CRLF)
			buf_add_text(&q->text, "\r");
		q->normal[i] = model_core(
		    buf_str(line), (kind & MODEL_SHORT) != 0);
	}
}

static inline void
model_quote_done(struct model_quote *q)
{
	buf_done(&q->text);
	for (size_t i = 0; i < MODEL_LINES_MAX; i++) {
		buf_done(&q->core[i]);
		free(q->normal[i]);
	}
}

#endif
