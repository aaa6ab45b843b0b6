/* dmr-reqs: ids in Markdown, as people write and decorate them. */
#include "document_markdown_parts.h"

#include <strings.h>

/* What may stand around an id; a link also has where it leads to. */
static const struct {
	const char *open, *close;
} decorations[] = { { "**", "**" }, { "*", "*" }, { "`", "`" }, { "[", "]" },
	{ "(", ")" } };

enum { DECORATIONS_MAX = 4 }; /* around one another */

/* Those that are open, the innermost last. */
struct open {
	const char *close[DECORATIONS_MAX];
	size_t n;
};

/* --- characters --- */

static bool
is_letter(char c)
{
	return (c | 0x20) >= 'a' && (c | 0x20) <= 'z';
}

static bool
is_digit(char c)
{
	return c >= '0' && c <= '9';
}

/* Bytes of a dash, or of what looks like one; 0: there is none. */
static size_t
dash_length(struct str s)
{
	/* U+2010 to U+2013, and the sign. */
	static const char *const dashes[] = { "-", "\xe2\x80\x90",
		"\xe2\x80\x91", "\xe2\x80\x92", "\xe2\x80\x93",
		"\xe2\x88\x92" };

	for (size_t i = 0; i < countof(dashes); i++)
		if (str_starts(s, dashes[i]))
			return strlen(dashes[i]);
	return 0;
}

static size_t
count_while(struct str s, bool (*is)(char))
{
	size_t n = 0;

	while (n < s.len && is(s.data[n]))
		n++;
	return n;
}

static bool
has_prefix(struct str s, const char *prefix)
{
	return s.len >= strlen(prefix) &&
	    !strncasecmp(s.data, prefix, strlen(prefix));
}

/* Is it one of our own, in whatever case? */
static bool
is_prefix(struct str word)
{
	for (const struct member *m = document_kind.members; m->name; m++)
		if (m->things && m->things->prefix &&
		    word.len == strlen(m->things->prefix) &&
		    has_prefix(word, m->things->prefix))
			return true;
	return false;
}

/*
 * Bytes at the start that are an id: capital letters, or a prefix of ours, a
 * dash and digits; 0: none.  It is appended as it is written plainly.
 */
static size_t
take_id(struct str s, struct buf *id)
{
	struct str word = { s.data, count_while(s, is_letter) }, rest;
	size_t dash = dash_length(str_skip(s, word.len)), digits;

	rest = str_skip(s, word.len + dash);
	digits = count_while(rest, is_digit);
	if (!word.len || !dash || !digits ||
	    (!is_prefix(word) && (dash > 1 || !id_length(s))))
		return 0;
	for (size_t i = 0; i < word.len; i++)
		buf_add_char(id, (char)(word.data[i] & ~0x20));
	buf_add_char(id, '-');
	buf_add(id, (struct str){ rest.data, digits });
	return word.len + dash + digits;
}

/* --- decorations --- */

static struct str
skip_open(struct str s, struct open *open)
{
	for (size_t i = 0; i < countof(decorations); i++)
		if (open->n < DECORATIONS_MAX &&
		    str_starts(s, decorations[i].open)) {
			open->close[open->n++] = decorations[i].close;
			s = str_skip(s, strlen(decorations[i].open));
			i = SIZE_MAX; /* from the first one again */
		}
	return s;
}

/* Where a link leads to: "(...)", behind its text. */
static struct str
skip_target(struct str s)
{
	struct str rest = s;

	if (!str_starts(s, "("))
		return s;
	str_cut(&rest, ')');
	return rest.data ? rest : s;
}

/* A colon may stand before each end. */
static struct str
skip_close(struct str s, struct open *open)
{
	while (open->n) {
		const char *close = open->close[open->n - 1];
		struct str next = str_skip(s, str_starts(s, ":"));

		if (!str_starts(next, close))
			break;
		open->n--;
		s = str_skip(next, strlen(close));
		if (*close == ']')
			s = skip_target(s);
	}
	return s;
}

/* All that is said may stand in asterisks; nothing in it does then. */
static bool
trim_end(struct str *rest, const struct open *open)
{
	size_t n;

	if (!open->n)
		return true;
	n = strlen(open->close[0]);
	if (open->n > 1 || *open->close[0] != '*' ||
	    !str_ends(*rest, open->close[0]))
		return false;
	rest->len -= n;
	return str_find(*rest, STR("*")) == rest->len;
}

struct str
markdown_bare(struct str s)
{
	struct open open = { .n = 0 };
	struct str inner = skip_open(str_trim(s), &open), rest;
	size_t n = 0;

	while (
	    n < inner.len && document_is_id((struct str){ inner.data, n + 1 }))
		n++;
	rest = skip_close(str_skip(inner, n), &open);
	return open.n || rest.len || !n ? str_trim(s)
					: (struct str){ inner.data, n };
}

/* --- headings --- */

/* What stands between an id and its words; false: they belong together. */
static bool
skip_separator(struct str *rest)
{
	static const char *const signs[] = { ":", ".", ")", "-", "|",
		"\xe2\x80\x93", "\xe2\x80\x94" };
	bool apart = !rest->len || *rest->data == ' ' || *rest->data == '\n';
	struct buf another = { 0 };
	struct str s = str_trim(*rest);

	for (size_t i = 0; i < countof(signs); i++) {
		struct str behind = str_skip(s, strlen(signs[i]));

		if (!str_starts(s, signs[i]) ||
		    (strchr(".)-\xe2", *signs[i]) && behind.len &&
			!strchr(" \n", *behind.data) &&
			strcmp(signs[i], "\xe2\x80\x94") != 0))
			continue;
		apart = true;
		s = str_trim(behind);
		break;
	}
	*rest = s;
	apart = apart && !take_id(s, &another) &&
	    !(s.len && strchr(",;/&+", *s.data));
	buf_done(&another);
	return apart;
}

/* Is it an id of the kind in another form, "FR001" or "FR 001"? */
static bool
looks_like_id(struct str s, const char *prefix)
{
	static const char between[] = " ._:#";

	if (!has_prefix(s, prefix))
		return false;
	s = str_skip(s, strlen(prefix));
	while (s.len && (strchr(between, *s.data) || dash_length(s)))
		s = str_skip(s, dash_length(s) ? dash_length(s) : 1);
	return s.len && is_digit(*s.data);
}

/* Does an id of the kind stand somewhere? */
static bool
mentions_id(struct str s, const char *prefix)
{
	size_t n = strlen(prefix);
	bool inside = false;

	for (; s.len; s = str_skip(s, 1)) {
		struct str behind = str_skip(s, n);
		size_t dash = dash_length(behind);

		if (!inside && has_prefix(s, prefix) && dash &&
		    count_while(str_skip(behind, dash), is_digit))
			return true;
		inside = is_letter(*s.data) || is_digit(*s.data);
	}
	return false;
}

enum heading_id
heading_read_id(
    struct str heading, const char *prefix, struct buf *id, struct str *rest)
{
	struct open open = { .n = 0 };
	struct str at;
	size_t n;

	*rest = str_trim(heading);
	at = skip_open(*rest, &open);
	n = take_id(at, id);
	if (!n)
		return looks_like_id(at, prefix) || mentions_id(at, prefix)
		    ? HEADING_ID_UNCLEAR
		    : HEADING_ID_NONE;
	at = skip_close(str_skip(at, n), &open);
	if (!trim_end(&at, &open) || !skip_separator(&at))
		return HEADING_ID_UNCLEAR;
	*rest = at;
	return HEADING_ID_THERE;
}
