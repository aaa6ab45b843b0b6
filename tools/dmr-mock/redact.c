/* redact - secrets taken out of what is kept. */
#include "redact.h"

#include <ctype.h>

#include "die.h"
#include "http.h"

enum {
	MEMBER_MAX = 64,    /* bytes of a name that is looked at */
	LOGPROBS_MAX = 512, /* bytes between a token and its probability */
};

static size_t
word_len(struct str text)
{
	size_t n = 0;

	while (n < text.len && !strchr(" \t;,=", text.data[n]))
		n++;
	return n;
}

void
mock_secrets_add(struct mock_secrets *s, struct str headers)
{
	while (headers.len) {
		struct str line = str_cut(&headers, '\n');
		size_t name = http_secret_name(line);

		line = name ? str_skip(line, name) : (struct str){ 0 };
		while (line.len && s->n < REDACT_WORDS_MAX) {
			size_t n = word_len(line);

			if (n >= REDACT_WORD_MIN)
				s->words[s->n++] = (struct str){ line.data, n };
			line = str_skip(line, n + 1);
		}
	}
}

static bool
is_name_letter(char c)
{
	return isalnum((unsigned char)c) || c == '_' || c == '-';
}

/* Does a name end in a word that means a secret?  "hf_token", "apiKey". */
static bool
is_secret_name(struct str name)
{
	static const char *const words[] = { "apikey", "accesskey", "secretkey",
		"privatekey", "token", "password", "passwd", "passphrase",
		"secret", "authorization", "cookie", "credential",
		"credentials" };
	char plain[MEMBER_MAX + 1];
	size_t n = 0;

	for (size_t i = 0; i < name.len && n < MEMBER_MAX; i++)
		if (isalnum((unsigned char)name.data[i]))
			plain[n++] = (char)tolower((unsigned char)name.data[i]);
	for (size_t i = 0; i < countof(words); i++)
		if (str_ends((struct str){ plain, n }, words[i]))
			return true;
	return false;
}

/*
 * The place of a quote in JSON text.  In a text within JSON it stands behind
 * backslashes: one in the first, three in a text within that.
 */
static size_t
backslashes_before(struct str text, size_t at)
{
	size_t n = 0;

	while (n < at && text.data[at - n - 1] == '\\')
		n++;
	return n;
}

/* Pass over a quote with k backslashes at *at. */
static bool
take_quote(struct str text, size_t *at, size_t k)
{
	size_t quote = *at + k;

	if (quote >= text.len || text.data[quote] != '"' ||
	    backslashes_before(text, quote) < k)
		return false;
	*at = quote + 1;
	return true;
}

static void
skip_blanks(struct str text, size_t *at)
{
	while (*at < text.len && isspace((unsigned char)text.data[*at]))
		++*at;
}

/* Where a string ends: at the backslashes of its quote, or with the text. */
static size_t
string_end(struct str text, size_t at, size_t k)
{
	for (; at < text.len; at++)
		if (text.data[at] == '"' &&
		    backslashes_before(text, at) % (2 * (k + 1)) == k)
			return at - k;
	return text.len;
}

/* The probabilities of tokens have members called "token", too. */
static bool
is_of_logprobs(struct str rest)
{
	if (rest.len > LOGPROBS_MAX)
		rest.len = LOGPROBS_MAX;
	rest.len = str_find(rest, STR("}"));
	return str_find(rest, STR("logprob")) < rest.len;
}

/* What is taken out: bytes, and what stands there instead. */
struct cut {
	size_t from, to;
	const char *instead;
};

/* The value of the member whose name may begin at a quote, if it is secret. */
static bool
find_value(struct str text, size_t quote, struct cut *cut)
{
	size_t k = backslashes_before(text, quote), at = quote + 1;
	struct str name = { text.data + at, 0 };

	while (at < text.len && name.len <= MEMBER_MAX &&
	    is_name_letter(text.data[at])) {
		name.len++;
		at++;
	}
	if (!name.len || !take_quote(text, &at, k) || !is_secret_name(name))
		return false;
	skip_blanks(text, &at);
	if (at == text.len || text.data[at++] != ':')
		return false;
	skip_blanks(text, &at);
	*cut = (struct cut){ .instead = "***" };
	if (take_quote(text, &at, k)) {
		cut->from = at;
		cut->to = string_end(text, at, k);
	} else {
		cut->from = cut->to = at;
		while (cut->to < text.len &&
		    isdigit((unsigned char)text.data[cut->to]))
			cut->to++;
		cut->instead = "0";
	}
	return cut->to > cut->from &&
	    !(str_is(name, "token") && is_of_logprobs(str_skip(text, cut->to)));
}

static bool
find_word(
    const struct mock_secrets *s, struct str text, size_t at, struct cut *cut)
{
	for (size_t i = 0; i < s->n; i++) {
		struct str word = s->words[i];

		if (text.len - at < word.len ||
		    memcmp(text.data + at, word.data, word.len) != 0)
			continue;
		*cut = (struct cut){ at, at + word.len, "***" };
		return true;
	}
	return false;
}

/* Append what stands before a cut, and what stands in its place. */
static void
make_cut(struct str text, size_t from, const struct cut *cut, struct buf *out)
{
	buf_add(out, (struct str){ text.data + from, cut->from - from });
	buf_add_text(out, cut->instead);
}

static void
mask_from(struct buf *out, size_t from)
{
	if (out->len > from)
		die_mask(out->data + from, out->len - from);
}

void
mock_redact(const struct mock_secrets *s, struct str text, struct buf *out)
{
	size_t done = 0, from = out->len;
	struct cut cut;

	for (size_t at = 0; at < text.len; at++) {
		if (!find_word(s, text, at, &cut) &&
		    !(text.data[at] == '"' && find_value(text, at, &cut)))
			continue;
		make_cut(text, done, &cut, out);
		done = cut.to;
		at = cut.to - 1;
	}
	buf_add(out, str_skip(text, done));
	mask_from(out, from);
}

void
mock_redact_target(
    const struct mock_secrets *s, struct str target, struct buf *out)
{
	struct str path = str_cut(&target, '?');
	size_t from = out->len;

	mock_redact(s, path, out);
	for (char mark = '?'; target.data; mark = '&') {
		struct str value = str_cut(&target, '&');
		struct str name = str_cut(&value, '=');

		buf_add_char(out, mark);
		buf_add(out, name);
		if (!value.data)
			continue;
		buf_add_char(out, '=');
		if (is_secret_name(name) || str_is(name, "key"))
			buf_add_text(out, "***");
		else
			mock_redact(s, value, out);
	}
	mask_from(out, from);
}
