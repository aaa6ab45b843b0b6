/* tokens - words counted as a tokenizer counts them, more or less. */
#include "tokens.h"

#include "utf8.h"

enum { WORD_MAX = 8 }; /* bytes */

static bool
is_letter(unsigned char c)
{
	c |= 0x20;
	return (c >= 'a' && c <= 'z') || c >= 0x80;
}

static bool
is_space(char c)
{
	return c == ' ' || c == '\t' || c == '\n' || c == '\r';
}

/* Bytes of the character that text, which is not empty, begins with. */
static size_t
character_len(struct str text)
{
	uint32_t cp;
	int n = utf8_decode(text, &cp);

	return n > 0 ? (size_t)n : 1;
}

/* Bytes of a piece of a word from `from` on. */
static size_t
word_len(struct str text, size_t from)
{
	size_t n = from;

	while (n < text.len && is_letter((unsigned char)text.data[n])) {
		size_t len = character_len(str_skip(text, n));

		if (n + len > from + WORD_MAX)
			break;
		n += len;
	}
	return n - from;
}

static size_t
space_len(struct str text)
{
	size_t n = 0;

	while (n < text.len && is_space(text.data[n]))
		n++;
	/* The last blank goes with the word behind it. */
	if (n > 1 && n < text.len && text.data[n - 1] == ' ' &&
	    is_letter((unsigned char)text.data[n]))
		n--;
	return n;
}

struct str
tokens_next(struct str *rest)
{
	struct str token = *rest;
	size_t from = rest->len && rest->data[0] == ' ';

	if (!rest->len)
		return token;
	token.len = word_len(*rest, from);
	if (token.len)
		token.len += from;
	else if (is_space(rest->data[0]))
		token.len = space_len(*rest);
	else
		token.len = character_len(*rest);
	*rest = str_skip(*rest, token.len);
	return token;
}

int64_t
tokens_count(struct str text)
{
	int64_t n = 0;

	while (tokens_next(&text).len)
		n++;
	return n;
}
