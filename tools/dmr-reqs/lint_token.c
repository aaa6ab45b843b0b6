/* dmr-reqs: what a word is, by how it is written. */
#include "lint_tokens.h"

struct str
token_text(const struct tokens *t, size_t i)
{
	const struct token *token = &t->items[i];

	return (struct str){ t->text.data + token->start,
		token->end - token->start };
}

struct str
token_lower(const struct tokens *t, size_t i)
{
	const struct token *token = &t->items[i];

	return (struct str){ t->lower.data + token->start,
		token->end - token->start };
}

static bool
is_plain(const struct tokens *t, size_t i, enum token_kind kind)
{
	return i < t->n && !t->items[i].is_quoted && t->items[i].kind == kind;
}

bool
token_is(const struct tokens *t, size_t i, const char *word)
{
	return is_plain(t, i, TOKEN_WORD) && str_is(token_lower(t, i), word);
}

bool
token_is_mark(const struct tokens *t, size_t i, char mark)
{
	return is_plain(t, i, TOKEN_MARK) && t->items[i].mark == mark;
}

bool
token_is_end(const struct tokens *t, size_t i)
{
	return i >= t->n || token_is_mark(t, i, '.');
}

static bool
is_one_of(const struct tokens *t, size_t i, const char *const *words, size_t n)
{
	for (size_t k = 0; k < n; k++)
		if (token_is(t, i, words[k]))
			return true;
	return false;
}

bool
token_is_modal(const struct tokens *t, size_t i)
{
	static const char *const words[] = { "shall", "must", "mustn't",
		"mustn\xe2\x80\x99t", "shan't", "shan\xe2\x80\x99t" };

	return is_one_of(t, i, words, countof(words));
}

bool
token_is_negative(const struct tokens *t, size_t i)
{
	static const char *const words[] = { "not", "never", "mustn't",
		"mustn\xe2\x80\x99t", "shan't", "shan\xe2\x80\x99t" };

	return is_one_of(t, i, words, countof(words));
}

static bool
is_capital(char c)
{
	return c >= 'A' && c <= 'Z';
}

static bool
is_capitalised(const struct tokens *t, size_t i)
{
	struct str word;

	if (!is_plain(t, i, TOKEN_WORD))
		return false;
	word = token_text(t, i);
	return word.len > 1 && is_capital(word.data[0]) &&
	    !is_capital(word.data[1]);
}

bool
token_is_name(const struct tokens *t, size_t i)
{
	return is_capitalised(t, i) &&
	    (!t->items[i].is_first || is_capitalised(t, i + 1));
}

bool
token_is_acronym(const struct tokens *t, size_t i)
{
	enum { ACRONYM_MIN = 2, ACRONYM_MAX = 6 };
	struct str word;
	size_t n = 0;

	if (!is_plain(t, i, TOKEN_WORD))
		return false;
	word = token_text(t, i);
	while (n < word.len && is_capital(word.data[n]))
		n++;
	return n >= ACRONYM_MIN && n <= ACRONYM_MAX &&
	    (n == word.len || (n + 1 == word.len && word.data[n] == 's'));
}

size_t
tokens_find_modal(const struct tokens *t)
{
	size_t i = 0;

	while (i < t->n && !token_is_modal(t, i))
		i++;
	return i;
}
