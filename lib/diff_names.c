/* diff - the names of files. */
#include "diff_parts.h"
#include "mem.h"

/* Up to three octal digits; returns how many, 0 if it is no byte but NUL. */
static size_t
octal(struct str s, char *byte)
{
	unsigned value = 0;
	size_t n = 0;

	while (n < 3 && n < s.len && s.data[n] >= '0' && s.data[n] <= '7')
		value = value * 8 + (unsigned)(s.data[n++] - '0');
	*byte = (char)value;
	return value && value < 256 ? n : 0;
}

/* What stands behind a backslash; returns its length, 0 if it is nothing. */
static size_t
escape(struct str s, char *byte)
{
	static const char from[] = "\"\\abtnvfr", to[] = "\"\\\a\b\t\n\v\f\r";
	const char *at = s.len && s.data[0] ? strchr(from, s.data[0]) : NULL;

	if (!at)
		return octal(s, byte);
	*byte = to[at - from];
	return 1;
}

/* "a\tb" with its quotes. */
static char *
unquote(struct str text, struct str *rest)
{
	struct buf out = { 0 };

	text = str_skip(text, 1);
	while (text.len && text.data[0] != '"') {
		char c = text.data[0];
		size_t n = 1;

		if (c == '\\')
			n = escape(str_skip(text, 1), &c);
		if (!n || !c)
			break;
		text = str_skip(text, n + (text.data[0] == '\\'));
		buf_add_char(&out, c);
	}
	if (!out.len || out.full || !text.len || text.data[0] != '"') {
		buf_done(&out);
		return NULL;
	}
	*rest = str_skip(text, 1);
	return buf_take(&out);
}

char *
diff_name(struct str text, char end, struct str *rest)
{
	struct str name;

	*rest = (struct str){ 0 };
	if (str_starts(text, "\""))
		return unquote(text, rest);
	if (end) {
		name = str_cut(&text, end);
		*rest = text;
	} else {
		name = text;
	}
	return name.len && !str_has_nul(name) ? mem_copy(name) : NULL;
}

/* diff -N writes the time 0, somewhere on Earth, for a file that is none. */
static bool
is_epoch(struct str time)
{
	return str_starts(time, "1970-01-01 ") ||
	    str_starts(time, "1969-12-31 ");
}

char *
diff_name_side(struct str text, bool *is_none)
{
	struct str behind;
	char *name = diff_name(text, '\t', &behind);
	bool is_null = name && !strcmp(name, "/dev/null");

	if (is_null) {
		free(name);
		name = NULL;
	}
	*is_none = is_null || is_epoch(str_trim(behind));
	return name;
}

/* Are these one name, but for what stands before the first slash? */
static struct str
join(struct str a, struct str b)
{
	struct str whole = a;

	if (str_equal(a, b))
		return whole;
	str_cut(&a, '/');
	str_cut(&b, '/');
	return a.len && str_equal(a, b) ? a : (struct str){ 0 };
}

/* "a/x" "b/x", in quotes both: they hold the same characters. */
static char *
quoted_pair(struct str pair)
{
	struct str rest, name = { 0 };
	char *a = diff_name(pair, 0, &rest), *b = NULL, *one;

	if (a && str_starts(rest, " \""))
		b = diff_name(str_skip(rest, 1), 0, &rest);
	if (b)
		name = join(str_of(a), str_of(b));
	one = name.len ? mem_copy(name) : NULL;
	free(a);
	free(b);
	return one;
}

enum { PAIR_MAX = 8 << 10 }; /* twice a path, as long as one can be */

char *
diff_name_of_pair(struct str pair)
{
	if (str_starts(pair, "\""))
		return quoted_pair(pair);
	for (size_t at = 1; at + 1 < pair.len && pair.len < PAIR_MAX; at++) {
		struct str name = { 0 };

		if (pair.data[at] == ' ')
			name = join((struct str){ pair.data, at },
			    str_skip(pair, at + 1));
		if (name.len && !str_has_nul(name))
			return mem_copy(name);
	}
	return NULL;
}

/* a/ b/, and those of diff.mnemonicPrefix. */
static bool
has_prefix(const char *name)
{
	return name[0] && strchr("abciow12", name[0]) && name[1] == '/' &&
	    name[2];
}

static void
strip(char *name)
{
	memmove(name, name + 2, strlen(name + 2) + 1);
}

void
diff_strip_prefixes(char *old_path, char *new_path)
{
	if (!old_path || !new_path) {
		char *one = old_path ? old_path : new_path;

		if (one && has_prefix(one) && one[0] == (old_path ? 'a' : 'b'))
			strip(one);
	} else if (has_prefix(old_path) && has_prefix(new_path) &&
	    old_path[0] != new_path[0]) {
		strip(old_path);
		strip(new_path);
	}
}

/* Are they in one folder, as far as their first ones say? */
static bool
share_folder(const char *a, const char *b)
{
	size_t n = strcspn(a, "/");

	return a[n] && !strncmp(a, b, n + 1);
}

bool
diff_is_meant(
    const struct diff_file *f, const char *old_name, const char *new_name)
{
	const char *name = new_name ? new_name : old_name, *behind;
	const char *path = new_name ? f->new_path : f->old_path;

	if (!name || !path)
		return !name || !f->is_binary;
	if (!strcmp(name, path))
		return true;
	behind = strchr(name, '/');
	return behind && !strcmp(behind + 1, path) &&
	    !(old_name && new_name && share_folder(old_name, new_name));
}

bool
diff_has_roots(const char *old_path, const char *new_path)
{
	const char *old = old_path ? strchr(old_path, '/') : NULL;
	const char *new = new_path ? strchr(new_path, '/') : NULL;

	return old && new &&old[1] && !strcmp(old, new) &&
	    strcmp(old_path, new_path) != 0;
}

void
diff_split_pair(struct str pair, char **old_path, char **new_path)
{
	struct str old = str_cut(&pair, ' '), rest;

	*old_path = *new_path = NULL;
	if (!old.len || !pair.len || memchr(pair.data, ' ', pair.len) ||
	    old.data[0] == '"' || pair.data[0] == '"')
		return;
	*old_path = diff_name(old, 0, &rest);
	*new_path = diff_name(pair, 0, &rest);
	diff_strip_prefixes(*old_path, *new_path);
}
