/* docstring_clean - what a model wrote, without what a tool would obey. */
#include "docstring_parts.h"

#include "utf8.h"

enum { TAB = 8, TYPE_COLUMNS = 120, NAME_BYTES = 100 };

size_t
docstring_columns(struct str text)
{
	size_t columns = 0;
	uint32_t cp;

	while (text.len) {
		int n = utf8_decode(text, &cp);

		if (cp == '\t')
			columns += TAB - columns % TAB;
		else
			columns += n > 0 ? (size_t)utf8_columns(cp) : 1;
		text = str_skip(text, n > 0 ? (size_t)n : 1);
	}
	return columns;
}

/* --- characters --- */

/* ASCII for what has the same meaning. */
static const char *
ascii_for(uint32_t cp)
{
	static const struct {
		uint32_t cp;
		const char *text;
	} rows[] = {
		{ 0x2010, "-" },
		{ 0x2011, "-" },
		{ 0x2012, "-" },
		{ 0x2013, "-" },
		{ 0x2014, "-" },
		{ 0x2015, "-" },
		{ 0x2018, "'" },
		{ 0x2019, "'" },
		{ 0x201a, "'" },
		{ 0x201c, "\"" },
		{ 0x201d, "\"" },
		{ 0x201e, "\"" },
		{ 0xab, "\"" },
		{ 0xbb, "\"" },
		{ 0x2026, "..." },
		{ 0x2022, "-" },
		{ 0xd7, "x" },
		{ 0xb1, "+/-" },
		{ 0x2190, "<-" },
		{ 0x2192, "->" },
		{ 0x21d2, "=>" },
		{ 0x2212, "-" },
		{ 0x2260, "!=" },
		{ 0x2264, "<=" },
		{ 0x2265, ">=" },
	};

	for (size_t i = 0; i < countof(rows); i++)
		if (rows[i].cp == cp)
			return rows[i].text;
	return NULL;
}

static bool
is_space(uint32_t cp)
{
	return cp == ' ' || cp == 0xa0 || cp == 0x3000 || cp == 0x1680 ||
	    cp == 0x202f || cp == 0x205f || (cp >= 0x2000 && cp <= 0x200a);
}

static bool
is_line_end(uint32_t cp)
{
	return cp == '\n' || cp == '\r' || cp == 0x85 || cp == 0x2028 ||
	    cp == 0x2029;
}

/* Joiners and variation selectors are seen no more than hidden ones. */
static bool
is_dropped(uint32_t cp)
{
	return cp < 0x20 || cp == 0x7f || utf8_is_hidden(cp) || cp == 0x200c ||
	    cp == 0x200d || cp == 0x34f || (cp & 0xfffe) == 0xfffe ||
	    (cp >= 0xfdd0 && cp <= 0xfdef) || (cp >= 0xfe00 && cp <= 0xfe0f);
}

static void
add_character(
    struct str bytes, uint32_t cp, bool ascii, size_t tab, struct buf *out)
{
	const char *other = ascii ? ascii_for(cp) : NULL;

	if (other)
		buf_add_text(out, other);
	else if (is_line_end(cp))
		buf_add_char(out, '\n');
	else if (cp == '\t')
		buf_add_format(out, "%*s", (int)tab, "");
	else if (is_space(cp))
		buf_add_char(out, ' ');
	else if (!is_dropped(cp))
		buf_add(out, bytes);
}

void
docstring_clean_characters(
    struct str in, bool ascii, size_t tab, struct buf *out)
{
	uint32_t cp = 0;

	for (int n; in.len; in = str_skip(in, n > 0 ? (size_t)n : 1)) {
		n = utf8_decode(in, &cp);
		if (n <= 0 || str_starts(in, "\r\n"))
			continue;
		add_character(
		    (struct str){ in.data, (size_t)n }, cp, ascii, tab, out);
	}
}

/* --- words --- */

bool
docstring_is_alnum(char c)
{
	return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'z') ||
	    (c >= 'A' && c <= 'Z') || (unsigned char)c >= 0x80;
}

bool
docstring_has_alnum(struct str word)
{
	for (size_t i = 0; i < word.len; i++)
		if (docstring_is_alnum(word.data[i]))
			return true;
	return false;
}

static struct str
skip_any(struct str text, const char *set)
{
	while (text.len && strchr(set, text.data[0]))
		text = str_skip(text, 1);
	return text;
}

/* Does it begin so, in small letters or capitals? */
bool
docstring_starts_like(struct str text, const char *prefix)
{
	size_t n = strlen(prefix);

	for (size_t i = 0; i < n && i < text.len; i++) {
		char c = text.data[i];

		if (c >= 'A' && c <= 'Z')
			c = (char)(c + 'a' - 'A');
		if (c != prefix[i])
			return false;
	}
	return n <= text.len;
}

static bool
is_one_of(struct str text, const char *const *words, size_t n)
{
	for (size_t i = 0; i < n; i++)
		if (docstring_starts_like(text, words[i]) &&
		    text.len == strlen(words[i]))
			return true;
	return false;
}

enum docstring_title
docstring_title(struct str line)
{
	static const char *const fields[] = { "args", "arguments", "parameters",
		"params", "keyword args", "keyword arguments", "other args",
		"other parameters", "returns", "return", "return value",
		"yields", "yield", "raises", "throws", "exceptions", "errors",
		"panics", "safety", "example", "examples", "usage",
		"deprecated", "attributes", "methods" };
	static const char *const others[] = { "attention", "caution", "danger",
		"details", "description", "hint", "important", "note", "notes",
		"references", "see also", "summary", "short summary",
		"extended summary", "tip", "todo", "warning", "warnings",
		"warns", "error", "receives" };
	struct str word = skip_any(line, "#* ");
	bool marked = word.len < line.len || str_ends(line, ":") ||
	    (word.len && word.data[0] >= 'A' && word.data[0] <= 'Z');

	while (word.len && strchr(":* ", word.data[word.len - 1]))
		word.len--;
	if (!marked)
		return TITLE_NONE;
	if (is_one_of(word, fields, countof(fields)))
		return TITLE_OF_FIELD;
	return is_one_of(word, others, countof(others)) ? TITLE_OF_PROSE
							: TITLE_NONE;
}

/* "1." or "2)" */
static bool
is_number_mark(struct str word)
{
	size_t n = 0;

	while (n < word.len && word.data[n] >= '0' && word.data[n] <= '9')
		n++;
	return n && n + 1 == word.len && strchr(".)", word.data[n]);
}

bool
docstring_may_begin(struct str word)
{
	if (!docstring_has_alnum(word) || is_number_mark(word) ||
	    docstring_is_directive(word) || word.data[word.len - 1] == ':')
		return false;
	return docstring_is_alnum(word.data[0]) ||
	    strchr("_$\"'`(", word.data[0]);
}

/* Is every character of it one that is printed as it is? */
static bool
is_visible(struct str text)
{
	struct buf clean = { 0 };
	bool is_same;

	docstring_clean_characters(text, false, 1, &clean);
	is_same = str_equal(buf_str(&clean), text);
	buf_done(&clean);
	return is_same;
}

bool
docstring_is_name(struct str name)
{
	if (str_is(name, "..."))
		return true;
	for (size_t i = 0; i < name.len; i++)
		if (!docstring_is_alnum(name.data[i]) &&
		    !strchr("_$.:&-?!#", name.data[i]) &&
		    (name.data[i] != '*' || i > 1))
			return false;
	return docstring_has_alnum(name) && !str_has_nul(name) &&
	    name.len <= NAME_BYTES && utf8_valid(name) == name.len &&
	    is_visible(name);
}

void
docstring_clean_type(struct str type, struct buf *out)
{
	struct buf clean = { .max = out->max };
	size_t from = out->len;
	struct str rest, word;

	docstring_clean_characters(type, false, 1, &clean);
	for (char *c = clean.data; c && *c; c++)
		if (*c == '\n')
			*c = ' ';
	rest = buf_str(&clean);
	while (rest.len) {
		word = str_cut(&rest, ' ');
		if (word.len && out->len > from)
			buf_add_char(out, ' ');
		buf_add(out, word);
	}
	if (utf8_valid(type) != type.len ||
	    docstring_columns(str_skip(buf_str(out), from)) > TYPE_COLUMNS)
		out->len = from;
	buf_done(&clean);
}
