/* docstring_form - a page as a literal or comment that holds it. */
#include "docstring_page.h"
#include "docstring_parts.h"
#include "docstring_style.h"

#define QUOTES "\"\"\""

static int
refuse(struct err *e, const char *why)
{
	return err_set(e, ST_UNUSABLE, "the documentation %s", why);
}

/* --- what it may not hold --- */

static bool
has_control(struct str line)
{
	for (size_t i = 0; i < line.len; i++)
		if ((unsigned char)line.data[i] < ' ' || line.data[i] == 0x7f)
			return true;
	return false;
}

static bool
has_any(struct str text, const char *what)
{
	return str_find(text, str_of(what)) < text.len;
}

/* Would the line leave its comment, or be more than text in it? */
static bool
is_loose(const struct docstring_page *p, struct str line)
{
	const struct docstring_place *place = p->place;
	unsigned flags = place->style->flags;

	if (place->form == DOCSTRING_LINES && line.len && line.data[0] == '\t')
		line = str_skip(line, 1);
	if (has_control(line) || str_ends(line, " "))
		return true;
	if (place->form == DOCSTRING_BLOCK)
		return has_any(line, "*/") || has_any(line, "/*") ||
		    (flags & STYLE_ENTITIES && has_any(line, "\\")) ||
		    (p->splices && has_any(line, "?\?/"));
	if (flags & STYLE_SHELL && has_any(line, "`"))
		return true;
	return place->form == DOCSTRING_LINES && p->splices &&
	    (str_ends(line, "\\") || has_any(line, "?\?/"));
}

static int
check_lines(const struct docstring_page *p, struct err *e)
{
	struct str rest = buf_str(&p->text);
	size_t nlines = 0;

	if (p->text.full)
		return refuse(e, "is too long");
	for (size_t i = 0; p->place->is_ascii_only && i < rest.len; i++)
		if ((unsigned char)rest.data[i] >= 0x80)
			return refuse(e,
			    "has characters that the encoding of the file "
			    "lacks: use ASCII only");
	while (rest.len) {
		if (is_loose(p, str_cut(&rest, '\n')))
			return refuse(e, "has text that would end its comment");
		if (++nlines > DOCSTRING_LINES_MAX)
			return err_set(e, ST_UNUSABLE,
			    "the documentation has more than %d lines",
			    DOCSTRING_LINES_MAX);
	}
	return 0;
}

/* Does the literal end at its last three quotes, and not before? */
static bool
is_closed(struct str literal)
{
	bool raw = str_starts(literal, "r");
	size_t at = 3 + raw;

	while (at + 3 <= literal.len) {
		if (str_starts(str_skip(literal, at), QUOTES))
			return at + 3 == literal.len;
		at += literal.data[at] == '\\' ? 2 : 1;
	}
	return false;
}

/* --- forms --- */

/* A blank line has neither indentation nor blanks. */
static void
add_line(const struct docstring_place *place, const char *before,
    struct str line, struct buf *out)
{
	const char *mark = before;

	if (place->form != DOCSTRING_LITERAL || line.len)
		buf_add(out, place->indent);
	buf_add_text(out, mark);
	if (*mark && line.len && line.data[0] != '\t')
		buf_add_char(out, ' ');
	buf_add(out, line);
	buf_add(out, place->eol);
}

/* Does the convention want a blank line behind it? */
static bool
is_apart(const struct docstring_place *place)
{
	unsigned flags = place->style->flags;

	return !place->one_line && !place->before_blank &&
	    (place->is_file ||
		(flags & STYLE_CLASS_APART && str_is(place->kind, "class")));
}

static int
form_literal(const struct docstring_page *p, struct buf *out, struct err *e)
{
	const struct docstring_place *place = p->place;
	struct str rest = buf_str(&p->text), line = str_cut(&rest, '\n');
	size_t from = out->len, begin;
	bool raw = !p->needs_escapes && has_any(buf_str(&p->text), "\\");

	if (place->one_line && rest.len)
		return refuse(e, "must be one short line here");
	if (!place->one_line)
		buf_add(out, place->indent);
	begin = out->len;
	buf_add_text(out, raw ? "r" QUOTES : QUOTES);
	buf_add(out, line);
	if (rest.len)
		buf_add(out, place->eol);
	while (rest.len) {
		add_line(place, "", str_cut(&rest, '\n'), out);
		if (!rest.len)
			buf_add(out, place->indent);
	}
	buf_add_text(out, QUOTES);
	if (is_closed(str_skip(buf_str(out), begin))) {
		if (!place->one_line)
			buf_add(out, place->eol);
		return 0;
	}
	out->len = from;
	return refuse(e, "has text that would end its literal");
}

static void
form_block(const struct docstring_page *p, struct buf *out)
{
	const struct docstring_place *place = p->place;
	struct str rest = buf_str(&p->text), line = str_cut(&rest, '\n');

	if (!rest.len && !(place->style->flags & STYLE_TALL) &&
	    docstring_columns(line) + 4 <= p->width) {
		buf_add(out, place->indent);
		buf_add_format(out, "/** %.*s */", STR_ARGS(line));
		buf_add(out, place->eol);
		return;
	}
	rest = buf_str(&p->text);
	add_line(place, "/**", (struct str){ 0 }, out);
	while (rest.len)
		add_line(place, " *", str_cut(&rest, '\n'), out);
	add_line(place, " */", (struct str){ 0 }, out);
}

static void
form_lines(const struct docstring_page *p, struct buf *out)
{
	const struct docstring_place *place = p->place;
	struct str rest = buf_str(&p->text);

	while (rest.len)
		add_line(place, place->mark, str_cut(&rest, '\n'), out);
	if (place->before_directive &&
	    place->style->flags & STYLE_DIRECTIVE_APART)
		add_line(place, place->mark, rest, out);
}

int
docstring_form(const struct docstring_page *p, struct buf *out, struct err *e)
{
	if (check_lines(p, e))
		return -1;
	if (p->place->one_line && p->place->form != DOCSTRING_LITERAL)
		return refuse(e, "has no place on a line with code");
	if (p->place->form == DOCSTRING_LITERAL && form_literal(p, out, e))
		return -1;
	if (p->place->form == DOCSTRING_BLOCK)
		form_block(p, out);
	if (p->place->form == DOCSTRING_LINES)
		form_lines(p, out);
	if (is_apart(p->place))
		buf_add(out, p->place->eol);
	return 0;
}
