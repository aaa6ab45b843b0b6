/* str - a view of bytes that somebody else owns. */
#include "str.h"

struct str
str_of(const char *text)
{
	return (struct str){ text, text ? strlen(text) : 0 };
}

bool
str_equal(struct str a, struct str b)
{
	return a.len == b.len && (a.len == 0 || !memcmp(a.data, b.data, a.len));
}

bool
str_is(struct str s, const char *text)
{
	return str_equal(s, str_of(text));
}

bool
str_starts(struct str s, const char *prefix)
{
	size_t n = strlen(prefix);

	return s.len >= n && (n == 0 || !memcmp(s.data, prefix, n));
}

bool
str_ends(struct str s, const char *suffix)
{
	size_t n = strlen(suffix);

	return n == 0 || (s.len >= n && !memcmp(s.data + s.len - n, suffix, n));
}

/* Where no byte has its top bit, each of these sets that of a wanted one. */
size_t
str_plain(struct str s)
{
	const uint64_t each = UINT64_C(0x0101010101010101), tops = each << 7;
	size_t at = 0;
	uint64_t eight, quote, slash;

	for (; s.len - at >= sizeof eight; at += sizeof eight) {
		memcpy(&eight, s.data + at, sizeof eight);
		quote = eight ^ each * '"';
		slash = eight ^ each * '\\';
		if ((eight | (eight - each * 0x20) | (eight + each) |
			(quote - each) | (slash - each)) &
		    tops)
			break;
	}
	return at;
}

size_t
str_find(struct str s, struct str what)
{
	size_t at = 0;

	while (s.len - at >= what.len) {
		const char *p = memchr(
		    s.data + at, what.data[0], s.len - at - what.len + 1);

		if (!p)
			break;
		at = (size_t)(p - s.data);
		if (!memcmp(p, what.data, what.len))
			return at;
		at++;
	}
	return s.len;
}

size_t
str_count(struct str s, char c)
{
	size_t n = 0;

	for (size_t i = 0; i < s.len; i++)
		n += s.data[i] == c;
	return n;
}

static bool
is_blank(char c)
{
	return c == ' ' || c == '\t' || c == '\r' || c == '\n';
}

bool
str_has_nul(struct str s)
{
	return s.len && memchr(s.data, 0, s.len);
}

bool
str_is_blank(struct str s)
{
	return str_trim(s).len == 0;
}

struct str
str_skip(struct str s, size_t from)
{
	if (from > s.len)
		from = s.len;
	return (struct str){ s.data ? s.data + from : NULL, s.len - from };
}

struct str
str_trim(struct str s)
{
	while (s.len && is_blank(s.data[0]))
		s = str_skip(s, 1);
	while (s.len && is_blank(s.data[s.len - 1]))
		s.len--;
	return s;
}

struct str
str_skip_bom(struct str s)
{
	return str_starts(s, "\xef\xbb\xbf") ? str_skip(s, 3) : s;
}

struct str
str_chomp(struct str s)
{
	if (s.len && s.data[s.len - 1] == '\n')
		s.len--;
	return s;
}

struct str
str_cut(struct str *rest, char mark)
{
	const char *at = rest->len ? memchr(rest->data, mark, rest->len) : NULL;
	struct str head = *rest;

	if (!at) {
		*rest = (struct str){ 0 };
		return head;
	}
	head.len = (size_t)(at - head.data);
	*rest = str_skip(*rest, head.len + 1);
	return head;
}

uint64_t
str_hash(uint64_t h, struct str s)
{
	const uint64_t prime = UINT64_C(0x100000001b3);

	for (size_t i = 0; i < s.len; i++)
		h = (h ^ (unsigned char)s.data[i]) * prime;
	return h * prime;
}
