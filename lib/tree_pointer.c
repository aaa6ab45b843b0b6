/* tree - where a JSON Pointer leads. */
#include "tree.h"

enum { INDEX_DIGITS_MAX = 3 };

/* Resolve ~1 and ~0 (RFC 6901, 4) where the token stands. */
static struct str
decode_token(char *text, size_t len)
{
	size_t out = 0;

	for (size_t i = 0; i < len; i++, out++) {
		bool slash = text[i] == '~' && i + 1 < len &&
		    text[i + 1] == '1';
		bool tilde = text[i] == '~' && i + 1 < len &&
		    text[i + 1] == '0';

		text[out] = slash ? '/' : text[i];
		i += slash || tilde;
	}
	return (struct str){ text, out };
}

/* An element by its index: at most three digits, since they are counted. */
static const struct tree_node *
find_element(const struct tree_node *array, struct str token)
{
	const struct tree_node *x = NULL;
	int64_t index;

	if (token.len > INDEX_DIGITS_MAX || span_integer(token, &index) ||
	    index < 0 || index >= array->count)
		return NULL;
	while (index-- >= 0)
		x = tree_next(array, x);
	return x;
}

/* What a JSON Pointer (RFC 6901), whose text is changed, points at. */
static const struct tree_node *
find_pointer(const struct tree_node *at, char *text, size_t len)
{
	while (at && len) {
		char *token = text + 1;
		char *end = memchr(token, '/', len - 1);
		size_t n = end ? (size_t)(end - token) : len - 1;

		if (*text != '/')
			return NULL;
		if (at->kind == SPAN_ARRAY)
			at = find_element(at, (struct str){ token, n });
		else
			at = tree_find(at, decode_token(token, n));
		text += n + 1;
		len -= n + 1;
	}
	return at;
}

const struct tree_node *
tree_point(const struct tree_node *root, struct str fragment)
{
	const struct tree_node *found = NULL;
	struct buf text = { 0 };

	buf_add_unescaped(&text, fragment);
	if (str_starts(buf_str(&text), "#"))
		found = find_pointer(root, text.data + 1, text.len - 1);
	buf_done(&text);
	return found;
}
