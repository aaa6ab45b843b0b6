/*
 * dmr-reqs: whether a text has something that can be measured.
 *
 * That is a number and a unit ("200 ms", "two hours", "99.9 %", "500 users"),
 * how often something is done, or a standard ("TLS 1.3", "WCAG").
 */
#include "lint_parts.h"

/* What stands behind the digits: "ms" of "200ms", "hour" of "2-hour". */
static struct str
behind_digits(struct str word)
{
	size_t n = 0;

	while (n < word.len && word.data[n] &&
	    strchr("0123456789.,:-", word.data[n]))
		n++;
	return str_skip(word, n);
}

static bool
has_unit(const struct lint *l, struct str word)
{
	return lint_table_get(&l->words, str_hash(STR_HASH, word)) & WORDS_UNIT;
}

/* A word that could be what is counted: "active sessions". */
static bool
can_be_counted(const struct lint *l, size_t i)
{
	const struct tokens *t = &l->tokens;

	return i < t->n && !t->items[i].is_quoted &&
	    t->items[i].kind == TOKEN_WORD &&
	    !words_have(&l->words, t, i, WORDS_STOP);
}

static bool
is_behind_reference(const struct lint *l, size_t i)
{
	return i && words_have(&l->words, &l->tokens, i - 1, WORDS_REFERENCE);
}

/* A unit behind "version 2.0" is not that of the number. */
static bool
number_counts(const struct lint *l, size_t i)
{
	const struct tokens *t = &l->tokens;
	struct str unit = behind_digits(token_lower(t, i));

	if (unit.len)
		return has_unit(l, unit);
	if (str_find(token_text(t, i), STR(":")) < token_text(t, i).len)
		return true; /* "8:00" */
	if (is_behind_reference(l, i) &&
	    str_find(token_text(t, i), STR(".")) < token_text(t, i).len)
		return false;
	if (words_have(&l->words, t, i + 1, WORDS_UNIT))
		return true;
	if (!i)
		return can_be_counted(l, i + 1);
	if (is_behind_reference(l, i))
		return false;
	return token_is_mark(t, i - 1, '$') || token_is_acronym(t, i - 1) ||
	    token_is_name(t, i - 1) || can_be_counted(l, i + 1);
}

/* "AES-256", "TLSv1.3" */
static bool
is_standard(struct str word)
{
	size_t n = 0;

	while (n < word.len && word.data[n] >= 'A' && word.data[n] <= 'Z')
		n++;
	if (n < 2)
		return false;
	while (n < word.len && (word.data[n] < '0' || word.data[n] > '9'))
		n++;
	return n < word.len;
}

/* "two hours", "half an hour", "ten thousand stores"; but "one entrance" */
static bool
number_word_counts(const struct lint *l, size_t i)
{
	const struct tokens *t = &l->tokens;
	size_t behind = i + 1;
	bool is_few;

	while (words_have(&l->words, t, behind, WORDS_NUMBER))
		behind++;
	is_few = behind == i + 1 &&
	    (token_is(t, i, "one") || token_is(t, i, "half"));
	if (is_few && (token_is(t, behind, "a") || token_is(t, behind, "an")))
		behind++;
	return words_have(&l->words, t, behind, WORDS_UNIT) ||
	    (!is_few && can_be_counted(l, behind));
}

static bool
word_counts(const struct lint *l, size_t i)
{
	const struct tokens *t = &l->tokens;

	if (words_have(&l->words, t, i, WORDS_NUMBER))
		return number_word_counts(l, i);
	return is_standard(token_text(t, i));
}

bool
lint_is_measured(const struct lint *l)
{
	const struct tokens *t = &l->tokens;

	for (size_t i = 0; i < t->n; i++) {
		size_t n;

		if (t->items[i].is_quoted)
			continue;
		if (words_find(
			&l->words, t, i, WORDS_OFTEN | WORDS_STANDARD, &n))
			return true;
		if (t->items[i].kind == TOKEN_NUMBER && number_counts(l, i))
			return true;
		if (t->items[i].kind == TOKEN_WORD && word_counts(l, i))
			return true;
	}
	return false;
}
