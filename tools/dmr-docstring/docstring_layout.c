/* docstring_layout - the sections of a documentation, as its style has them. */
#include "docstring_page.h"
#include "docstring_parts.h"
#include "docstring_style.h"

/* --- details --- */

/* A line of prose; `next` tells whether it leads to a list. */
static void
put_paragraph(struct docstring_page *p, struct str line, struct str next)
{
	const struct docstring_style *style = p->place->style;
	bool is_item = str_starts(line, "- ");
	const char *before = is_item ? "- " : "";
	struct buf words = { 0 }, sentence = { 0 };

	docstring_sentence(line, &sentence);
	if (str_ends(line, ":") && !is_item && str_starts(next, "- "))
		sentence.data[sentence.len - 1] = ':';
	if (is_item && style->bullet)
		before = style->bullet;
	else if (style->paragraph)
		before = style->paragraph;
	buf_add_text(&words, before);
	docstring_escape(p, buf_str(&sentence), &words);
	docstring_page_words(p, is_item ? style->list_indent : 0,
	    is_item ? strlen("- ") : 0, buf_str(&words));
	buf_done(&words);
	buf_done(&sentence);
}

static void
put_mark(struct docstring_page *p, const char *mark)
{
	if (mark)
		docstring_page_line(p, "", str_of(mark));
}

static void
put_details(struct docstring_page *p, struct str prose)
{
	const struct docstring_style *style = p->place->style;
	bool in_list = false, is_first = true;

	if (!prose.len)
		return;
	docstring_page_blank(p);
	put_mark(p, style->remarks);
	while (prose.len) {
		struct str line = str_cut(&prose, '\n');
		bool is_item = str_starts(line, "- ");

		if (in_list && !is_item)
			put_mark(p, style->list_end);
		if (!is_first && !(in_list && is_item))
			docstring_page_blank(p);
		if (!in_list && is_item)
			put_mark(p, style->list);
		put_paragraph(p, line, prose);
		in_list = is_item;
		is_first = false;
	}
	if (in_list)
		put_mark(p, style->list_end);
}

/* --- examples --- */

static bool
has_any(struct str text, const char *const *what, size_t n)
{
	for (size_t i = 0; i < n; i++)
		if (str_find(text, str_of(what[i])) < text.len)
			return true;
	return false;
}

/* "@" and a letter, but for an address: it is read wherever it stands. */
static bool
has_tag(struct str code)
{
	char last = ' ';

	for (size_t i = 0; i + 1 < code.len; last = code.data[i++])
		if (code.data[i] == '@' &&
		    (!docstring_is_alnum(last) || last & 0x80) &&
		    docstring_is_alnum(code.data[i + 1]))
			return true;
	return false;
}

static bool
is_ascii(struct str text)
{
	for (size_t i = 0; i < text.len; i++)
		if ((unsigned char)text.data[i] >= 0x80)
			return false;
	return true;
}

/* Can it stand in its comment as it is? */
static bool
code_fits(const struct docstring_page *p, struct str code)
{
	static const char *const marks[] = { "*/", "/*" };
	static const char *const splices[] = { "\\\n", "?\?/", "endcode" };
	unsigned flags = p->place->style->flags;
	struct str rest = code;

	if (p->place->style->pairs && !(flags & STYLE_ENTITIES) &&
	    has_any(code, marks, countof(marks)))
		return false;
	if (p->splices && has_any(code, splices, countof(splices)))
		return false;
	if (flags & STYLE_SHELL && memchr(code.data, '`', code.len))
		return false;
	/* gofmt would make a list of it. */
	if (flags & STYLE_FLOWING && !docstring_may_begin(str_cut(&rest, ' ')))
		return false;
	return !(flags & STYLE_TAGS && has_tag(code)) &&
	    (!p->place->is_ascii_only || is_ascii(code));
}

static void
put_code_line(struct docstring_page *p, const struct docstring_code *code,
    struct str line)
{
	struct buf text = { 0 };

	if (code->is_doctest)
		buf_add_text(&text,
		    str_starts(line, " ") || str_starts(line, ")") ? "... "
								   : ">>> ");
	if (p->place->style->flags & STYLE_ENTITIES)
		docstring_escape(p, line, &text);
	else
		docstring_escape_name(p, line, &text);
	docstring_page_line(p, code->indent, buf_str(&text));
	buf_done(&text);
}

static void
put_example(struct docstring_page *p, struct str field)
{
	const struct docstring_style *style = p->place->style;
	const struct docstring_code *code = &style->example;
	struct buf lines = { 0 };
	struct str rest;

	if (p->place->example == DOCSTRING_EXAMPLE_RUN && style->run.indent)
		code = &style->run;
	docstring_clean_code(field, p->place->is_ascii_only, &lines);
	rest = buf_str(&lines);
	if (rest.len && code->indent && code_fits(p, rest)) {
		docstring_put_title(p, code->title);
		put_mark(p, code->before);
		if (code->is_apart)
			docstring_page_blank(p);
		while (rest.len)
			put_code_line(p, code, str_cut(&rest, '\n'));
		put_mark(p, code->after);
	}
	buf_done(&lines);
}

/* --- all of them --- */

/* Is this section asked for? */
static bool
is_wanted(const struct docstring_place *place, char section)
{
	static const struct {
		char letter;
		unsigned section;
	} rows[] = { { 'T', DOCSTRING_PARAMS }, { 'P', DOCSTRING_PARAMS },
		{ 'R', DOCSTRING_RETURNS }, { 'X', DOCSTRING_RAISES },
		{ 'N', DOCSTRING_RAISES }, { 'S', DOCSTRING_RAISES },
		{ 'E', DOCSTRING_EXAMPLE }, { 'D', DOCSTRING_DETAILS } };

	if (section == 'E' && place->example == DOCSTRING_EXAMPLE_NONE)
		return false;
	for (size_t i = 0; i < countof(rows); i++)
		if (rows[i].letter == section)
			return place->sections & rows[i].section;
	return true;
}

static void
put_section(struct docstring_page *p, char section, const struct docstring *d,
    struct str details)
{
	const struct docstring_style *s = p->place->style;

	switch (section) {
	case 'D':
		put_details(p, details);
		break;
	case 'T':
		docstring_put_items(
		    p, &s->types, CHOOSE_TYPES, d->params, d->nparams);
		break;
	case 'P':
		docstring_put_items(
		    p, &s->params, CHOOSE_PARAMS, d->params, d->nparams);
		break;
	case 'R':
		docstring_put_returns(p, d);
		break;
	case 'X':
		docstring_put_items(
		    p, &s->raises, CHOOSE_ERRORS, d->raises, d->nraises);
		break;
	case 'N':
		docstring_put_items(
		    p, &s->panics, CHOOSE_PANICS, d->raises, d->nraises);
		break;
	case 'S':
		docstring_put_safety(p, d);
		break;
	case 'E':
		put_example(p, d->example);
		break;
	default: /* "|": a blank line */
		docstring_page_blank(p);
	}
}

/* kernel-doc: "name()", "struct name". */
static void
add_title(const struct docstring_page *p, struct buf *out)
{
	static const char *const words[] = { "struct", "union", "enum" };
	const struct docstring_place *place = p->place;

	for (size_t i = 0; i < countof(words); i++)
		if (str_is(place->kind, words[i]))
			buf_add_format(out, "%s ", words[i]);
	docstring_escape_name(p, place->name, out);
	if (str_is(place->kind, "function") || str_is(place->kind, "macro"))
		buf_add_text(out, "()");
	buf_add_text(out, " - ");
}

static void
put_summary(struct docstring_page *p, struct str summary)
{
	const struct docstring_style *style = p->place->style;
	struct buf words = { 0 };

	if (style->lead)
		buf_add_text(&words, style->lead);
	if (style->flags & STYLE_TITLED)
		add_title(p, &words);
	docstring_escape(p, summary, &words);
	docstring_page_words(p, 0, 0, buf_str(&words));
	buf_done(&words);
}

void
docstring_layout(struct docstring_page *p, const struct docstring *d,
    struct str summary, struct str details)
{
	const struct docstring_place *place = p->place;
	struct str text;

	put_summary(p, summary);
	for (const char *c = place->style->order; *c && !place->one_line; c++)
		if (is_wanted(place, *c))
			put_section(p, *c, d, details);
	text = buf_str(&p->text);
	while (str_ends(text, "\n\n"))
		text.len--;
	p->text.len = text.len;
}
