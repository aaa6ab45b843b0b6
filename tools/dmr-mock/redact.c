/* redact - secrets taken out of what is kept or shown. */
#include "redact.h"

#include <ctype.h>

#include "die.h"
#include "http.h"
#include "mem.h"

enum {
	MEMBER_MAX = 1024,  /* bytes of a name that are looked at */
	KEY_MIN = 8,        /* bytes of a key behind what it begins with */
	WORK_MAX = 1 << 30, /* bytes times secrets that are compared */
	KEY_MAX = 1024,     /* bytes of one that are looked at */
	LOGPROBS_MAX = 512, /* bytes between a token and its probability */
};

static void
add_word(struct mock_secrets *s, struct str word)
{
	s->words = mem_grow(s->words, &s->capacity, s->n + 1, sizeof *s->words);
	s->words[s->n++] = word;
	s->begins[(unsigned char)word.data[0]] = true;
}

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
		while (line.len) {
			size_t n = word_len(line);

			if (n >= REDACT_WORD_MIN)
				add_word(s, (struct str){ line.data, n });
			line = str_skip(line, n + 1);
		}
	}
}

void
mock_secrets_done(struct mock_secrets *s)
{
	free(s->words);
	*s = (struct mock_secrets){ 0 };
}

/* The next character of a name; \u0061 and %61 are an a. */
static char
take_letter(struct str *name)
{
	char c = name->data[0], digits[5] = "", *end;
	size_t n = 0;
	unsigned long code;

	*name = str_skip(*name, 1);
	if (c == '\\' && name->len && name->data[0] == 'u')
		n = 4;
	else if (c == '%')
		n = 2;
	if (!n || name->len < n + (n == 4))
		return c;
	memcpy(digits, name->data + (n == 4), n);
	code = strtoul(digits, &end, 16);
	if (!isxdigit((unsigned char)digits[0]) || *end || code > CHAR_MAX)
		return c;
	*name = str_skip(*name, n + (n == 4));
	return (char)code;
}

/* Its letters and digits, in lower case; plain has MEMBER_MAX bytes. */
static struct str
fold_name(struct str name, char *plain)
{
	size_t n = 0;

	while (name.len && n < MEMBER_MAX) {
		unsigned char c = (unsigned char)take_letter(&name);

		if (isalnum(c))
			plain[n++] = (char)tolower(c);
	}
	return (struct str){ plain, n };
}

/* Does a name end in a word that means a secret?  "hf_token", "apiKey". */
static bool
is_secret_name(struct str name)
{
	static const char *const words[] = { "apikey", "accesskey", "secretkey",
		"privatekey", "token", "password", "passwd", "passphrase",
		"secret", "authorization", "cookie", "credential",
		"credentials" };
	char plain[MEMBER_MAX];

	name = fold_name(name, plain);
	for (size_t i = 0; i < countof(words); i++)
		if (str_ends(name, words[i]))
			return true;
	return false;
}

/* In a query "key" is enough. */
static bool
is_secret_field(struct str name)
{
	char plain[MEMBER_MAX];

	return is_secret_name(name) || str_is(fold_name(name, plain), "key");
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

/* What is taken out: bytes, and what stands there instead. */
struct cut {
	size_t from, to;
	const char *instead;
};

/* The probabilities of tokens have members called "token", too: texts. */
static bool
is_of_logprobs(const struct cut *cut, struct str text)
{
	struct str rest = str_skip(text, cut->to);

	if (cut->from && text.data[cut->from - 1] != '"')
		return false;
	if (rest.len > LOGPROBS_MAX)
		rest.len = LOGPROBS_MAX;
	rest.len = str_find(rest, STR("}"));
	return str_find(rest, STR("logprob")) < rest.len;
}

/* Where a list or an object ends whose inside begins at `at`. */
static size_t
inside_end(struct str text, size_t at, size_t k)
{
	size_t depth = 1;

	for (; at < text.len; at++) {
		char c = text.data[at];

		if (c == '"' && backslashes_before(text, at) == k)
			at = string_end(text, at + 1, k) + k;
		else if (c == '[' || c == '{')
			depth++;
		else if ((c == ']' || c == '}') && !--depth)
			return at;
	}
	return text.len;
}

/* What to take out of a value, of strings with k backslashes. */
static struct cut
cut_value(struct str text, size_t at, size_t k)
{
	static const char letters[] = "+-.0123456789Ee";
	struct cut cut = { .from = at, .to = at, .instead = "0" };

	if (take_quote(text, &at, k))
		return (struct cut){ at, string_end(text, at, k), "***" };
	if (at < text.len && (text.data[at] == '[' || text.data[at] == '{'))
		return (struct cut){ at + 1, inside_end(text, at + 1, k), "" };
	if (at < text.len &&
	    (text.data[at] == '-' || isdigit((unsigned char)text.data[at])))
		while (cut.to < text.len &&
		    memchr(letters, text.data[cut.to], sizeof letters - 1))
			cut.to++;
	return cut;
}

/* The value of the member whose name may begin at a quote, if it is secret. */
static bool
find_value(struct str text, size_t quote, struct cut *cut)
{
	size_t k = backslashes_before(text, quote), from = quote + 1, at;
	struct str start = text, name;

	if (start.len > from + MEMBER_MAX)
		start.len = from + MEMBER_MAX;
	at = string_end(start, from, k);
	name = (struct str){ text.data + from, at - from };
	if (!name.len || !take_quote(text, &at, k))
		return false;
	skip_blanks(text, &at);
	if (at == text.len || text.data[at++] != ':' || !is_secret_name(name))
		return false;
	skip_blanks(text, &at);
	*cut = cut_value(text, at, k);
	return cut->to > cut->from &&
	    !(str_is(name, "token") && is_of_logprobs(cut, text));
}

static bool
find_word(
    const struct mock_secrets *s, struct str text, size_t at, struct cut *cut)
{
	if (!s->begins[(unsigned char)text.data[at]])
		return false;
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

static bool
is_key_letter(char c)
{
	return isalnum((unsigned char)c) || (c && strchr("-._~+/=", c));
}

/* Does a word begin there?  "n" of "\n" is none before it. */
static bool
is_word_start(struct str text, size_t at)
{
	return !at || !is_key_letter(text.data[at - 1]) ||
	    text.data[at - 1] == '=' || text.data[at - 1] == '/' ||
	    (at > 1 && text.data[at - 2] == '\\');
}

/* What looks like a key wherever it stands: it is long, and no word. */
static bool
find_key(struct str text, size_t at, struct cut *cut)
{
	static const char *const starts[] = { "sk-", "hf_", "ghp_", "gho_",
		"ghu_", "ghs_", "ghr_", "github_pat_", "glpat-", "xoxb-",
		"xoxp-", "AKIA", "ASIA", "AIza", "Bearer ", "bearer " };
	bool is_odd = false;
	struct str rest = str_skip(text, at);

	if (!strchr("sghxABb", text.data[at]) || !is_word_start(text, at))
		return false;
	for (size_t i = 0; i < countof(starts); i++) {
		size_t from = strlen(starts[i]), to = from;

		if (!str_starts(rest, starts[i]))
			continue;
		if (rest.len > KEY_MAX)
			rest.len = KEY_MAX;
		for (; to < rest.len && is_key_letter(rest.data[to]); to++)
			is_odd |= isdigit((unsigned char)rest.data[to]) != 0;
		if (to < from + KEY_MIN || !is_odd)
			return false;
		*cut = (struct cut){ at, at + to, "***" };
		if (starts[i][from - 1] == ' ')
			cut->from += from;
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

	if (s->n && text.len > WORK_MAX / s->n) {
		buf_add(out, STR("***"));
		return;
	}
	for (size_t at = 0; at < text.len; at++) {
		if (!find_word(s, text, at, &cut) &&
		    !find_key(text, at, &cut) &&
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
		if (is_secret_field(name))
			buf_add_text(out, "***");
		else
			mock_redact(s, value, out);
	}
	mask_from(out, from);
}
