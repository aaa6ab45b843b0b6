/* dmr-check: secrets in a line of a log. */
#include "redact.h"

#include <ctype.h>

enum { KEY_MIN = 8, NAME_MAX_BYTES = 64 };

static bool
is_key_letter(char c)
{
	return isalnum((unsigned char)c) || (c && strchr("-._~+/", c));
}

static size_t
key_length(struct str text)
{
	size_t n = 0;

	while (n < text.len && is_key_letter(text.data[n]))
		n++;
	return n;
}

static bool
starts_like(struct str text, const char *word)
{
	size_t n = strlen(word);

	if (text.len < n)
		return false;
	for (size_t i = 0; i < n; i++)
		if (tolower((unsigned char)text.data[i]) != word[i])
			return false;
	return true;
}

/* "token": "abc", api_key=abc: bytes of all that stands before the value. */
static size_t
find_value(struct str text)
{
	static const char *const names[] = { "key", "token", "secret",
		"password", "passwd", "authorization" };
	size_t at = 0;

	for (size_t i = 0; !at && i < countof(names); i++)
		if (starts_like(text, names[i]))
			at = strlen(names[i]);
	if (!at)
		return 0;
	while (at < text.len && at < NAME_MAX_BYTES &&
	    strchr("\\\"'", text.data[at]))
		at++;
	if (at == text.len || !strchr("=:", text.data[at]))
		return 0;
	while (at < text.len && at < NAME_MAX_BYTES &&
	    strchr("=: \\\"'", text.data[at]))
		at++;
	return at;
}

/* Of a key that can be told by how it begins. */
static size_t
find_known(struct str text)
{
	static const char *const starts[] = { "sk-", "hf_", "ghp_", "gho_",
		"ghs_", "github_pat_", "glpat-", "xoxb-", "xoxp-", "akia",
		"aiza", "dckr_pat_" };

	for (size_t i = 0; i < countof(starts); i++)
		if (starts_like(text, starts[i]) &&
		    key_length(text) >= strlen(starts[i]) + KEY_MIN)
			return key_length(text);
	return 0;
}

/* "//user:word@": bytes up to the "@"; 0: nobody logs in there. */
static size_t
find_login(struct str text)
{
	size_t at = 2;

	if (!str_starts(text, "//"))
		return 0;
	while (at < text.len && !strchr("/ \"'\\@", text.data[at]))
		at++;
	return at > 2 && at < text.len && text.data[at] == '@' ? at : 0;
}

/* Is that the first letter of a word, or of the last part of one? */
static bool
is_start(struct str line, size_t at)
{
	return !at || !isalnum((unsigned char)line.data[at - 1]) ||
	    (islower((unsigned char)line.data[at - 1]) &&
		isupper((unsigned char)line.data[at]));
}

/* The secret in rest[*from, end) that begins here, if one does; else 0. */
static size_t
find_secret(struct str line, size_t at, size_t *from)
{
	struct str rest = str_skip(line, at);
	size_t end;

	*from = 0;
	end = find_login(rest);
	if (end) {
		*from = 2;
		return end;
	}
	if (!is_start(line, at))
		return 0;
	if (starts_like(rest, "bearer ") || starts_like(rest, "basic ")) {
		*from = starts_like(rest, "basic ") ? 6 : 7;
		end = *from + key_length(str_skip(rest, *from));
		return end >= *from + KEY_MIN ? end : 0;
	}
	*from = find_value(rest);
	if (*from && !starts_like(str_skip(rest, *from), "bearer ") &&
	    !starts_like(str_skip(rest, *from), "basic ")) {
		end = *from + key_length(str_skip(rest, *from));
		return end > *from ? end : 0;
	}
	*from = 0;
	return find_known(rest);
}

void
redact_line(struct str line, struct buf *out)
{
	size_t at = 0;

	while (at < line.len) {
		size_t from, n = find_secret(line, at, &from);

		if (n) {
			buf_add(out, (struct str){ line.data + at, from });
			buf_add_text(out, "***");
			at += n;
		} else {
			buf_add_char(out, line.data[at++]);
		}
	}
}
