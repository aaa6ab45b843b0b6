/* dmr-reqs: the words of a text. */
#include "lint_tokens.h"

#include "mem.h"

/* --- characters --- */

/* Others' marks, as the ASCII that stands for them; the rest is letters. */
static const struct {
	const char *bytes;
	char stands_for;
} symbols[] = {
	{ "\xc2\xa0", ' ' },      /* no-break space */
	{ "\xc2\xa3", '$' },      /* pound */
	{ "\xc2\xab", '"' },      /* guillemets */
	{ "\xc2\xbb", '"' },      /* */
	{ "\xe2\x80\x91", '-' },  /* no-break hyphen */
	{ "\xe2\x80\x93", ',' },  /* dashes */
	{ "\xe2\x80\x94", ',' },  /* */
	{ "\xe2\x80\x98", '"' },  /* quotes */
	{ "\xe2\x80\x99", '\'' }, /* apostrophe */
	{ "\xe2\x80\x9c", '"' },  /* quotes */
	{ "\xe2\x80\x9d", '"' },  /* */
	{ "\xe2\x80\x9e", '"' },  /* */
	{ "\xe2\x80\xa6", '.' },  /* ellipsis */
	{ "\xe2\x80\xaf", ' ' },  /* narrow no-break space */
	{ "\xe2\x82\xac", '$' },  /* euro */
	{ "\xe2\x89\xa4", '<' },  /* at most */
	{ "\xe2\x89\xa5", '>' },  /* at least */
};

static bool
is_letter(char c)
{
	return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
}

static bool
is_digit(char c)
{
	return c >= '0' && c <= '9';
}

/* From U+2000 to U+206F all is a mark, a blank, or not to be seen; from U+2190
 * to U+2BFF there are arrows and symbols. */
static char
other_character(struct str text, size_t *len)
{
	bool is_whole = text.len >= 3 && text.data[0] == '\xe2';
	unsigned row = is_whole ? (unsigned char)text.data[1] : 0;
	unsigned last = is_whole ? (unsigned char)text.data[2] : 0;

	if (row != 0x80 && (row != 0x81 || last > 0xaf) &&
	    (row < 0x86 || row > 0xaf || (row == 0x86 && last < 0x90)))
		return 'a';
	*len = 3;
	return ' ';
}

/* The character at a byte: ASCII, or what stands for it; its length. */
static char
character(struct str text, size_t at, size_t *len)
{
	*len = 1;
	if (at >= text.len)
		return ' ';
	if ((unsigned char)text.data[at] < 0x80)
		return text.data[at];
	if (text.data[at] != '\xc2' && text.data[at] != '\xe2')
		return 'a';
	for (size_t i = 0; i < countof(symbols); i++)
		if (str_starts(str_skip(text, at), symbols[i].bytes)) {
			*len = strlen(symbols[i].bytes);
			return symbols[i].stands_for;
		}
	return other_character(str_skip(text, at), len);
}

/* Does a mark between two characters keep them in one word? */
static bool
joins(char before, char mark, char after)
{
	bool is_word = (is_letter(before) || is_digit(before)) &&
	    (is_letter(after) || is_digit(after));

	if (mark == ',' || mark == ':')
		return is_digit(before) && is_digit(after);
	return is_word && mark && strchr("-'._&", mark);
}

/* --- what is quoted --- */

static const struct {
	const char *open, *close;
} quotes[] = {
	{ "`", "`" },
	{ "\"", "\"" },
	{ "'", "'" },
	{ "\xe2\x80\x9c", "\xe2\x80\x9d" },
	{ "\xe2\x80\x9e", "\xe2\x80\x9c" },
	{ "\xe2\x80\x98", "\xe2\x80\x99" },
	{ "\xc2\xab", "\xc2\xbb" },
};

struct scan {
	struct tokens *t;
	size_t at;
	size_t quote_end;              /* what begins before is quoted */
	bool is_open[countof(quotes)]; /* there is no more such end */
	bool is_first;
	bool is_behind_word; /* with nothing between */
};

static bool
is_word_at(struct str text, size_t at)
{
	size_t len;
	char c = character(text, at, &len);

	return is_letter(c) || is_digit(c);
}

/* Where a quotation ends that begins behind `from`: an apostrophe is no end. */
static size_t
find_close(struct str text, size_t from, const char *close)
{
	while (from < text.len) {
		size_t at = from +
		    str_find(str_skip(text, from), str_of(close));

		from = at + strlen(close);
		if (at >= text.len || !is_word_at(text, from))
			return at;
	}
	return text.len;
}

/* Does a quotation begin at a byte that is behind no letter? */
static void
look_for_quote(struct scan *s)
{
	struct str rest = str_skip(s->t->text, s->at);

	for (size_t i = 0; i < countof(quotes); i++) {
		size_t end;

		if (s->is_open[i] || !str_starts(rest, quotes[i].open))
			continue;
		end = find_close(s->t->text, s->at + strlen(quotes[i].open),
		    quotes[i].close);
		if (end < s->t->text.len)
			s->quote_end = end;
		else
			s->is_open[i] = true;
		return;
	}
}

/* --- tokens --- */

static struct token *
add(struct scan *s, size_t start, size_t end)
{
	struct tokens *t = s->t;

	t->items = mem_grow(t->items, &t->capacity, t->n + 1, sizeof *t->items);
	t->items[t->n] = (struct token){ .start = (uint32_t)start,
		.end = (uint32_t)end,
		.is_quoted = start < s->quote_end,
		.is_first = s->is_first };
	return &t->items[t->n++];
}

static void
add_word(struct scan *s, char c)
{
	size_t start = s->at, len = 0;
	bool is_number = is_digit(c);
	char before = c;

	do {
		size_t after_len;
		char after;

		s->at += len;
		c = character(s->t->text, s->at, &len);
		after = character(s->t->text, s->at + len, &after_len);
		if (!is_letter(c) && !is_digit(c) && !joins(before, c, after))
			break;
		before = c;
	} while (s->at < s->t->text.len);
	add(s, start, s->at)->kind = is_number ? TOKEN_NUMBER : TOKEN_WORD;
	s->is_first = false;
}

/* A run of one mark is one. */
static void
add_mark(struct scan *s, char c, size_t len)
{
	struct token *mark;
	size_t n = len;

	if ((!s->quote_end || s->at > s->quote_end) && !s->is_behind_word)
		look_for_quote(s);
	if (strchr(".,;:!?/()%$", c)) {
		while (len == 1 && s->at + n < s->t->text.len &&
		    s->t->text.data[s->at + n] == c)
			n++;
		mark = add(s, s->at, s->at + n);
		mark->kind = TOKEN_MARK;
		mark->mark = c == '!' || c == '?' || c == ';' ? '.' : c;
		s->is_first |= mark->mark == '.';
	}
	s->at += n;
}

static void
copy_lower(struct tokens *t)
{
	buf_clear(&t->lower);
	t->lower.max = t->text.len + 1;
	buf_add(&t->lower, t->text);
	for (size_t i = 0; i < t->lower.len; i++)
		if (t->lower.data[i] >= 'A' && t->lower.data[i] <= 'Z')
			t->lower.data[i] = (char)(t->lower.data[i] + 'a' - 'A');
}

void
tokens_read(struct tokens *t, struct str text)
{
	struct scan s = { .t = t, .is_first = true };

	t->text = text;
	t->n = 0;
	copy_lower(t);
	while (s.at < text.len) {
		size_t len;
		char c = character(text, s.at, &len);
		bool is_word = is_letter(c) || is_digit(c);

		if (is_word)
			add_word(&s, c);
		else if (c && c != ' ' && c != '\n' && c != '\t')
			add_mark(&s, c, len);
		else
			s.at += len;
		s.is_behind_word = is_word;
	}
}

void
tokens_done(struct tokens *t)
{
	buf_done(&t->lower);
	free(t->items);
	*t = (struct tokens){ 0 };
}
