/* docstring_escape - prose as markup that says it, and nothing else. */
#include "docstring_style.h"

enum { BRACKETS_MAX = 80 }; /* bytes of what they hold together */

const char *const docstring_pairs_c[] = { " /", " *" };
const char *const docstring_pairs_js[] = { "\\/", "\\*" };
const char *const docstring_pairs_html[] = { "&#47;", "&#42;" };

void
docstring_escape_none(struct str prose, struct buf *out)
{
	buf_add(out, prose);
}

/* A backquote ends a command in backquotes, in a comment, too. */
void
docstring_escape_shell(struct str prose, struct buf *out)
{
	for (size_t i = 0; i < prose.len; i++)
		buf_add_char(out, prose.data[i] == '`' ? '\'' : prose.data[i]);
}

/* The next stretch of prose, or of code with its backticks. */
static struct str
next_span(struct str *prose, bool *is_code)
{
	struct str span = *prose;

	span.len = str_find(str_skip(*prose, 1), STR("`")) + 1;
	*is_code = prose->data[0] == '`' && span.len < prose->len;
	span.len += *is_code;
	*prose = str_skip(*prose, span.len);
	return span;
}

void
docstring_escape_rst(struct str prose, struct buf *out)
{
	for (size_t i = 0; i < prose.len; i++)
		buf_add(out,
		    prose.data[i] == '`' ? STR("``")
					 : (struct str){ prose.data + i, 1 });
}

static void
add_slashed(struct str text, const char *set, struct buf *out)
{
	for (size_t i = 0; i < text.len; i++) {
		if (strchr(set, text.data[i]))
			buf_add_char(out, '\\');
		buf_add_char(out, text.data[i]);
	}
}

void
docstring_escape_tsdoc(struct str prose, struct buf *out)
{
	bool is_code;

	while (prose.len) {
		struct str span = next_span(&prose, &is_code);

		add_slashed(span, is_code ? "" : "{}<>@\\", out);
	}
}

/* A word of a "//" comment must not end in a backslash: C would go on. */
void
docstring_escape_doxygen(struct str prose, struct buf *out)
{
	bool is_code;

	while (prose.len) {
		struct str span = next_span(&prose, &is_code);

		add_slashed(span, is_code ? "" : "\\@<", out);
	}
}

static void
add_html(struct str text, struct buf *out)
{
	for (size_t i = 0; i < text.len; i++) {
		char c = text.data[i];

		if (c == '<' || c == '>')
			buf_add_text(out, c == '<' ? "&lt;" : "&gt;");
		else if (c == '&')
			buf_add_text(out, "&amp;");
		else if (c == '@' || c == '\\')
			buf_add_format(out, "&#%d;", c);
		else
			buf_add_char(out, c);
	}
}

/* {@code ...}, which no tag, brace or escape may be in. */
static bool
is_plain_code(struct str code)
{
	for (size_t i = 0; i < code.len; i++)
		if (strchr("{}@\\/*", code.data[i]))
			return false;
	return !str_is_blank(code);
}

void
docstring_escape_javadoc(struct str prose, struct buf *out)
{
	bool is_code;

	while (prose.len) {
		struct str span = next_span(&prose, &is_code);

		if (is_code)
			span = (struct str){ span.data + 1, span.len - 2 };
		if (is_code && is_plain_code(span))
			buf_add_format(out, "{@code %.*s}", STR_ARGS(span));
		else
			add_html(span, out);
	}
}

/* Two of one quote are a typographic one in Go, and gofmt makes it so. */
void
docstring_escape_godoc(struct str prose, struct buf *out)
{
	for (size_t i = 0; i < prose.len; i++) {
		char c = prose.data[i];

		if (c == '\'' && i && prose.data[i - 1] == '\'')
			continue;
		buf_add_char(out, c);
	}
}

/* What Markdown, HTML or rustdoc's links would make something else of. */
static bool
is_markup(struct str word)
{
	for (size_t i = 0; i < word.len; i++)
		if (strchr("<>[]|*_\\", word.data[i]))
			return true;
	return str_find(word, STR("://")) < word.len;
}

static void
add_as_code(struct str word, struct buf *out)
{
	struct str core = word;

	while (core.len > 1 && strchr("(\"'", core.data[0]))
		core = str_skip(core, 1);
	buf_add(out, (struct str){ word.data, word.len - core.len });
	word = core;
	while (core.len > 1 && strchr(").,;:!?\"'", core.data[core.len - 1]))
		core.len--;
	buf_add_format(out, "`%.*s`", STR_ARGS(core));
	buf_add(out, str_skip(word, core.len));
}

/* Behind the bracket that closes the one at text[at], or at: none, or far. */
static size_t
skip_brackets(struct str text, size_t at)
{
	int depth = 0;

	for (size_t i = at; i < text.len && i < at + BRACKETS_MAX; i++) {
		if (text.data[i] == '`')
			break;
		depth += strchr("<[", text.data[i]) != NULL;
		depth -= strchr(">]", text.data[i]) != NULL;
		if (!depth)
			return i + 1;
	}
	return at;
}

/* A word, or as many as backticks or brackets hold together. */
static struct str
next_unit(struct str *prose, bool *has_markup)
{
	struct str unit = *prose, part;
	bool is_code = false;
	size_t i = 0, end;

	while (i < unit.len && (is_code || unit.data[i] != ' ')) {
		end = i;
		if (!is_code && strchr("<[", unit.data[i]))
			end = skip_brackets(unit, i);
		is_code ^= unit.data[i] == '`';
		i = end > i ? end : i + 1;
	}
	unit.len = i;
	*has_markup = false;
	for (struct str rest = unit; rest.len;) {
		part = next_span(&rest, &is_code);
		*has_markup |= !is_code && is_markup(part);
	}
	*prose = str_skip(*prose, unit.len);
	return unit;
}

void
docstring_escape_rustdoc(struct str prose, struct buf *out)
{
	struct buf bare = { 0 };
	bool has_markup;

	while (prose.len) {
		struct str unit = next_unit(&prose, &has_markup);

		buf_clear(&bare);
		for (size_t i = 0; has_markup && i < unit.len; i++)
			if (unit.data[i] != '`')
				buf_add_char(&bare, unit.data[i]);
		if (has_markup && bare.len)
			add_as_code(buf_str(&bare), out);
		else
			buf_add(out, unit);
		if (prose.len)
			buf_add_char(out, ' ');
		prose = str_skip(prose, 1);
	}
	buf_done(&bare);
}
