/* span - a strict walk over JSON text (RFC 8259) that returns raw pieces. */
#include "span.h"

#include <limits.h>

/* The walk: where it is, where the text ends, how deep it stands. */
struct walk {
	const char *at, *end;
	int depth;
};

static bool walk_value(struct walk *);

static void
walk_blank(struct walk *w)
{
	while (w->at < w->end &&
	    (*w->at == ' ' || *w->at == '\n' || *w->at == '\r' ||
		*w->at == '\t'))
		w->at++;
}

static bool
walk_char(struct walk *w, char c)
{
	if (w->at == w->end || *w->at != c)
		return false;
	w->at++;
	return true;
}

static bool
walk_word(struct walk *w, const char *word)
{
	size_t n = strlen(word), left = (size_t)(w->end - w->at);
	size_t len = n < left ? n : left;

	if (memcmp(w->at, word, len) != 0)
		return false;
	w->at += len;
	return len == n;
}

static bool
is_hex(char c)
{
	return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'f') ||
	    (c >= 'A' && c <= 'F');
}

/* Behind a backslash. */
static bool
walk_escape(struct walk *w)
{
	if (w->at == w->end)
		return false;
	if (*w->at++ != 'u')
		return strchr("\"\\/bfnrt", w->at[-1]) && w->at[-1];
	for (int i = 0; i < 4; i++)
		if (w->at == w->end || !is_hex(*w->at++))
			return false;
	return true;
}

/* Over bytes that mean themselves; most of a text is such. */
static void
walk_plain(struct walk *w)
{
	static const bool ends[UCHAR_MAX + 1] = { 1, 1, 1, 1, 1, 1, 1, 1, 1, 1,
		1, 1, 1, 1, 1, 1, /* controls */
		1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1,
		1, ['"'] = 1, ['\\'] = 1 };
	const char *at = w->at;

	at += str_plain((struct str){ at, (size_t)(w->end - at) });
	while (at < w->end && !ends[(unsigned char)*at])
		at++;
	w->at = at;
}

static bool
walk_string(struct walk *w)
{
	if (!walk_char(w, '"'))
		return false;
	for (;;) {
		walk_plain(w);
		if (walk_char(w, '"'))
			return true;
		if (w->at == w->end || *w->at++ != '\\' || !walk_escape(w))
			return false;
	}
}

static bool
walk_digits(struct walk *w)
{
	const char *from = w->at;

	while (w->at < w->end && *w->at >= '0' && *w->at <= '9')
		w->at++;
	return w->at > from;
}

static bool
walk_number(struct walk *w)
{
	walk_char(w, '-');
	if (!walk_char(w, '0') && !walk_digits(w))
		return false;
	if (walk_char(w, '.') && !walk_digits(w))
		return false;
	if (walk_char(w, 'e') || walk_char(w, 'E')) {
		if (!walk_char(w, '+'))
			walk_char(w, '-');
		return walk_digits(w);
	}
	return true;
}

/* A name and its colon, with the white space around them. */
static bool
walk_name(struct walk *w, struct str *name)
{
	walk_blank(w);
	name->data = w->at;
	if (!walk_string(w))
		return false;
	name->len = (size_t)(w->at - name->data);
	walk_blank(w);
	return walk_char(w, ':');
}

/*
 * One element behind the opening bracket or a comma.  Returns 1, 0 at the
 * closing bracket (which is taken), -1 on anything else.  `first`: no comma
 * is wanted before it.  name is NULL in an array.
 */
static int
walk_element(
    struct walk *w, char close, bool first, struct str *name, struct str *value)
{
	walk_blank(w);
	if (walk_char(w, close))
		return 0;
	if (!first && !walk_char(w, ','))
		return -1;
	if (name && !walk_name(w, name))
		return -1;
	walk_blank(w);
	value->data = w->at;
	if (!walk_value(w))
		return -1;
	value->len = (size_t)(w->at - value->data);
	return 1;
}

static bool
walk_container(struct walk *w, char close)
{
	struct str name, value;
	int got = 1;

	w->at++;
	if (++w->depth > SPAN_DEPTH_MAX)
		return false;
	for (bool first = true; got == 1; first = false)
		got = walk_element(
		    w, close, first, close == '}' ? &name : NULL, &value);
	w->depth--;
	return got == 0;
}

static bool
walk_value(struct walk *w)
{
	if (w->at == w->end)
		return false;
	switch (*w->at) {
	case '{':
		return walk_container(w, '}');
	case '[':
		return walk_container(w, ']');
	case '"':
		return walk_string(w);
	case 't':
		return walk_word(w, "true");
	case 'f':
		return walk_word(w, "false");
	case 'n':
		return walk_word(w, "null");
	default:
		return walk_number(w);
	}
}

static struct walk
walk_start(struct str text)
{
	static const char nothing[1];

	if (!text.len)
		return (struct walk){ .at = nothing, .end = nothing };
	return (struct walk){ .at = text.data, .end = text.data + text.len };
}

enum span_kind
span_kind(struct str value)
{
	if (!value.len)
		return SPAN_NONE;
	switch (value.data[0]) {
	case '{':
		return SPAN_OBJECT;
	case '[':
		return SPAN_ARRAY;
	case '"':
		return SPAN_STRING;
	case 't':
	case 'f':
		return SPAN_BOOL;
	case 'n':
		return SPAN_NULL;
	default:
		return SPAN_NUMBER;
	}
}

/* Walk over one value and what is blank around it. */
static bool
walk_text(struct walk *w)
{
	walk_blank(w);
	if (!walk_value(w))
		return false;
	walk_blank(w);
	return w->at == w->end;
}

bool
span_valid(struct str text)
{
	struct walk w = walk_start(text);

	return walk_text(&w);
}

size_t
span_stop(struct str text)
{
	struct walk w = walk_start(text);

	walk_text(&w);
	return text.len - (size_t)(w.end - w.at);
}

/* Does a raw name, with quotes, say `name`? */
static bool
name_is(struct str raw, const char *name)
{
	struct buf text = { .max = 1024 };
	bool same;

	if (*name && raw.data[1] != *name && raw.data[1] != '\\')
		return false; /* most are told apart by their first byte */
	raw = (struct str){ raw.data + 1, raw.len - 2 };
	if (!raw.len || !memchr(raw.data, '\\', raw.len))
		return str_is(raw, name);
	raw = (struct str){ raw.data - 1, raw.len + 2 };
	same = !span_text(raw, NULL, &text) && str_is(buf_str(&text), name);
	buf_done(&text);
	return same;
}

int
span_members(
    struct str text, const char *const *names, size_t n, struct str *values)
{
	struct walk w = walk_start(text);
	struct str name, value;
	int got;

	for (size_t i = 0; i < n; i++)
		values[i] = (struct str){ 0 };
	walk_blank(&w);
	if (!walk_char(&w, '{'))
		return -1;
	w.depth = 1;
	for (bool first = true;; first = false) {
		got = walk_element(&w, '}', first, &name, &value);
		if (got != 1)
			break;
		for (size_t i = 0; i < n; i++)
			if (name_is(name, names[i]))
				values[i] = value;
	}
	walk_blank(&w);
	return got == 0 && w.at == w.end ? 0 : -1;
}

struct str
span_member(struct str text, const char *name)
{
	struct str value;

	if (span_members(text, &name, 1, &value))
		return (struct str){ 0 };
	return value;
}

/* The shared half of span_next() and span_next_member(). */
static int
next_element(
    struct str text, char open, size_t *at, struct str *name, struct str *value)
{
	struct walk w = walk_start(text);
	bool first = *at == 0;
	int got;

	w.depth = 1;
	if (first) {
		walk_blank(&w);
		if (!walk_char(&w, open))
			return -1;
	} else {
		w.at += *at;
	}
	got = walk_element(&w, open == '{' ? '}' : ']', first, name, value);
	*at = (size_t)(w.at - text.data);
	if (got != 0)
		return got;
	walk_blank(&w);
	return w.at == w.end ? 0 : -1;
}

int
span_next(struct str array, size_t *at, struct str *value)
{
	return next_element(array, '[', at, NULL, value);
}

int
span_next_member(
    struct str object, size_t *at, struct str *name, struct str *value)
{
	return next_element(object, '{', at, name, value);
}

int
span_integer(struct str value, int64_t *number)
{
	bool negative = value.len && value.data[0] == '-';
	struct str digits = str_skip(value, negative);
	int64_t n = 0; /* below zero, where there is room for one more */

	if (!digits.len)
		return -1;
	for (size_t i = 0; i < digits.len; i++) {
		int d = digits.data[i] - '0';

		if (d < 0 || d > 9 || n < (INT64_MIN + d) / 10)
			return -1;
		n = n * 10 - d;
	}
	if (!negative && n == INT64_MIN)
		return -1;
	*number = negative ? n : -n;
	return 0;
}
