/* docstring_page - escape, wrap, collect. */
#include "docstring_page.h"

#include "docstring_parts.h"
#include "docstring_style.h"

enum { WIDTH_MIN = 24, RAW_QUOTES = 4, QUOTES = 3, STARS = 3 };

void
docstring_page_init(struct docstring_page *p,
    const struct docstring_place *place, bool needs_escapes)
{
	size_t taken = docstring_columns(place->indent);

	*p = (struct docstring_page){ .place = place };
	p->splices = place->style->flags & STYLE_SPLICES &&
	    (place->form == DOCSTRING_BLOCK ||
		str_starts(str_of(place->mark), "//"));
	if (place->form == DOCSTRING_LITERAL) {
		p->first = RAW_QUOTES;
		p->needs_escapes = needs_escapes;
	} else if (place->form == DOCSTRING_BLOCK) {
		taken += STARS;
	} else {
		taken += strlen(place->mark) + 1;
	}
	p->width = WIDTH_MIN;
	if (place->width > taken + WIDTH_MIN)
		p->width = place->width - taken;
}

void
docstring_page_done(struct docstring_page *p)
{
	buf_done(&p->text);
}

/* A star and a slash may not meet, nor "?", "?" and a slash; no literal ends.
 */
static void
add_safely(const struct docstring_page *p, struct str text, struct buf *out)
{
	const char *const *pairs = p->place->style->pairs;
	char last = 0, before = 0;

	for (size_t i = 0; i < text.len; i++) {
		char c = text.data[i];

		if (pairs && last == '*' && c == '/')
			buf_add_text(out, pairs[0]);
		else if (pairs && last == '/' && c == '*')
			buf_add_text(out, pairs[1]);
		else if (p->splices && before == '?' && last == '?' && c == '/')
			buf_add_text(out, " /");
		else if (p->needs_escapes && strchr("\"\\", c))
			buf_add_format(out, "\\%c", c);
		else
			buf_add_char(out, c);
		before = last;
		last = c;
	}
}

void
docstring_escape(
    const struct docstring_page *p, struct str prose, struct buf *out)
{
	struct buf marked = { 0 };

	p->place->style->escape(prose, &marked);
	add_safely(p, buf_str(&marked), out);
	buf_done(&marked);
}

void
docstring_escape_name(
    const struct docstring_page *p, struct str name, struct buf *out)
{
	add_safely(p, name, out);
}

/* --- lines --- */

void
docstring_page_line(
    struct docstring_page *p, const char *before, struct str line)
{
	if (line.len)
		buf_add_text(&p->text, before);
	buf_add(&p->text, line);
	buf_add_char(&p->text, '\n');
}

void
docstring_page_blank(struct docstring_page *p)
{
	struct str text = buf_str(&p->text);

	if (text.len && !str_ends(text, "\n\n"))
		buf_add_char(&p->text, '\n');
}

/*
 * The words that must stay on a line: what may not begin one comes along with
 * what is before it; what is nothing alone, with what is behind it.
 */
static struct str
next_unit(struct str *words, bool is_first)
{
	struct str unit = str_trim(*words), rest = unit;
	bool sticks = is_first;

	unit.len = 0;
	while (rest.len) {
		struct str behind = rest, word = str_cut(&behind, ' ');
		bool may_begin = docstring_may_begin(word);

		if (unit.len && may_begin && !sticks)
			break;
		sticks = (sticks && !may_begin) || str_ends(word, "{@code");
		unit.len = (size_t)(word.data + word.len - unit.data);
		rest = behind;
	}
	*words = rest;
	return unit;
}

/* A backslash must not end the line of a "//" comment: C would go on. */
static void
end_line(struct docstring_page *p)
{
	if (p->place->form == DOCSTRING_LINES && p->splices &&
	    str_ends(buf_str(&p->text), "\\"))
		buf_add_char(&p->text, '.');
	buf_add_char(&p->text, '\n');
}

void
docstring_page_words(
    struct docstring_page *p, size_t indent, size_t hang, struct str words)
{
	size_t column = p->text.len ? 0 : p->first;
	bool begun = false, is_first = true;

	while (words.len) {
		struct str unit = next_unit(&words, is_first);
		size_t columns = docstring_columns(unit);

		if (begun && column + 1 + columns > p->width) {
			end_line(p);
			indent += hang;
			hang = 0;
			begun = false;
			column = 0;
		}
		if (begun)
			buf_add_char(&p->text, ' ');
		else
			buf_add_format(&p->text, "%*s", (int)indent, "");
		column += columns + (begun ? 1 : indent);
		buf_add(&p->text, unit);
		begun = true;
		is_first = false;
	}
	if (begun)
		end_line(p);
}
