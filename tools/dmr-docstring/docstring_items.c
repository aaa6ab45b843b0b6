/* docstring_items - parameters, what is returned, what is raised. */
#include "docstring_page.h"
#include "docstring_parts.h"
#include "docstring_style.h"

#define NOTHING STR("Not described.")

/* --- an item: its template filled in --- */

struct values {
	struct str name, type, text; /* escaped */
};

static struct str
value_of(const struct values *v, char letter)
{
	return letter == 'n' ? v->name : letter == 't' ? v->type : v->text;
}

/* Is all there that stands before the "]"? */
static bool
is_there(const char *group, const struct values *v)
{
	for (; *group && *group != ']'; group++)
		if (*group == '$' && !value_of(v, group[1]).len)
			return false;
	return true;
}

static void
fill(const char *item, const struct values *v, struct buf *out)
{
	bool skips = false;

	for (const char *c = item; *c; c++) {
		if (*c == '[' || *c == ']')
			skips = *c == '[' && !is_there(c, v);
		else if (*c == '$' && !skips)
			buf_add(out, value_of(v, *++c));
		else if (!skips)
			buf_add_char(out, *c);
	}
}

static void
put_filled(struct docstring_page *p, size_t indent, size_t hang,
    const char *item, const struct values *v)
{
	struct buf lines = { 0 };
	struct str rest;

	fill(item, v, &lines);
	rest = buf_str(&lines);
	while (rest.len) {
		struct str line = str_cut(&rest, '\n');
		size_t blanks = 0;

		while (blanks < line.len && line.data[blanks] == ' ')
			blanks++;
		docstring_page_words(p, indent + blanks, blanks ? 0 : hang,
		    str_skip(line, blanks));
	}
	buf_done(&lines);
}

/* --- sections --- */

void
docstring_put_title(struct docstring_page *p, const char *title)
{
	const struct docstring_style *style = p->place->style;

	if (style->flags & STYLE_SPACED)
		docstring_page_blank(p);
	if (!title)
		return;
	docstring_page_line(p, "", str_of(title));
	for (size_t i = 0; style->flags & STYLE_UNDERLINE && i < strlen(title);
	     i++)
		buf_add_char(&p->text, '-');
	if (style->flags & STYLE_UNDERLINE)
		buf_add_char(&p->text, '\n');
	if (style->flags & STYLE_TITLE_ALONE)
		docstring_page_blank(p);
}

/* The text of a field as one escaped sentence; false: there is none. */
static bool
read_sentence(const struct docstring_page *p, struct str field, struct buf *out)
{
	struct buf prose = { 0 }, sentence = { 0 };

	docstring_clean_prose(field, p->place->is_ascii_only, &prose);
	docstring_sentence(buf_str(&prose), &sentence);
	docstring_escape(p, buf_str(&sentence), out);
	buf_done(&prose);
	buf_done(&sentence);
	return out->len > 0;
}

/* "x: the number" of x is "the number". */
static struct str
text_of(const struct docstring_item *item)
{
	struct str text = str_trim(item->text), behind;

	if (text.len <= item->name.len || !item->name.len ||
	    memcmp(text.data, item->name.data, item->name.len) != 0)
		return text;
	behind = str_skip(text, item->name.len);
	if (str_starts(behind, ": ") || str_starts(behind, " - "))
		return str_trim(str_skip(behind, 2));
	return text;
}

static bool
is_number(struct str name)
{
	for (size_t i = 0; i < name.len; i++)
		if (name.data[i] < '0' || name.data[i] > '9')
			return false;
	return name.len > 0;
}

static void
add_name(const struct docstring_page *p, const struct docstring_item *item,
    struct buf *out)
{
	unsigned flags = p->place->style->flags;
	bool bracketed = flags & STYLE_BRACKETS && item->is_optional;
	struct str name = item->name;

	while (flags & STYLE_BARE_NAMES && name.len > 1 &&
	    strchr("*&.", name.data[0]) && !str_is(name, "..."))
		name = str_skip(name, 1);
	if (bracketed)
		buf_add_char(out, '[');
	if (flags & STYLE_SHELL && is_number(name))
		buf_add_char(out, '$');
	docstring_escape_name(p, name, out);
	if (bracketed)
		buf_add_char(out, ']');
}

static void
add_type(const struct docstring_page *p, const struct docstring_item *item,
    struct buf *out)
{
	struct buf line = { 0 };

	if (p->place->types)
		docstring_clean_type(item->type, &line);
	if (!line.len && item->has_parts)
		buf_add_text(&line, p->place->style->of_parts);
	docstring_escape_name(p, buf_str(&line), out);
	buf_done(&line);
}

static bool
is_chosen(const struct docstring_style *style, enum docstring_choice choice,
    const struct docstring_item *item)
{
	enum docstring_choice is = item->is_type ? CHOOSE_TYPES : CHOOSE_PARAMS;

	if (choice >= CHOOSE_ERRORS) {
		is = CHOOSE_ERRORS;
		if (docstring_starts_like(item->name, "panic") &&
		    style->panics.item)
			is = CHOOSE_PANICS;
		if (docstring_starts_like(item->name, "safety"))
			is = CHOOSE_SAFETY;
	}
	return is == choice &&
	    (!item->name.len || docstring_is_name(item->name));
}

/* An item with a name or a tag hangs below it; a text is a paragraph. */
static bool
is_text(const char *template)
{
	return !strncmp(template, "$x", 2) || !strncmp(template, "[$t", 3);
}

static void
put_item(struct docstring_page *p, const char *template,
    const struct docstring_item *item, struct str text)
{
	struct buf name = { 0 }, type = { 0 };
	struct values v = { .text = text };
	const struct docstring_style *style = p->place->style;

	add_name(p, item, &name);
	add_type(p, item, &type);
	v.name = buf_str(&name);
	v.type = buf_str(&type);
	put_filled(p, style->indent, is_text(template) ? 0 : style->hang,
	    template, &v);
	buf_done(&name);
	buf_done(&type);
}

void
docstring_put_items(struct docstring_page *p,
    const struct docstring_shape *shape, enum docstring_choice choice,
    const struct docstring_item *items, size_t n)
{
	const struct docstring_style *style = p->place->style;
	bool every = style->flags & STYLE_EVERY;
	bool all = every ||
	    (style->flags & STYLE_ALL && choice <= CHOOSE_PARAMS);
	size_t ntexts = every, nput = 0;
	struct buf text = { 0 };

	if (!shape->item)
		return;
	for (size_t i = 0; i < n; i++)
		ntexts += is_chosen(style, choice, &items[i]) &&
		    !str_is_blank(items[i].text);
	for (size_t i = 0; i < n && ntexts; i++) {
		buf_clear(&text);
		if (!is_chosen(style, choice, &items[i]))
			continue;
		if (!read_sentence(p, text_of(&items[i]), &text)) {
			if (!all)
				continue;
			buf_add(&text, NOTHING);
		}
		if (!nput++)
			docstring_put_title(p, shape->title);
		put_item(p, shape->item, &items[i], buf_str(&text));
	}
	buf_done(&text);
}

void
docstring_put_returns(struct docstring_page *p, const struct docstring *d)
{
	const struct docstring_style *style = p->place->style;
	const struct docstring_shape *shape = d->yields ? &style->yields
							: &style->returns;
	struct docstring_item item = { .type = d->return_type };
	bool flows = style->flags & STYLE_FLOWING;
	struct str field = str_trim(d->returns);
	struct buf text = { 0 };

	if (docstring_starts_like(field, "returns "))
		field = str_skip(field, strlen("returns "));
	if (flows && str_find(buf_str(&p->text), STR("return")) < p->text.len)
		field.len = 0;
	if (shape->item && read_sentence(p, field, &text)) {
		if (flows)
			docstring_uncapitalise(text.data);
		docstring_put_title(p, shape->title);
		put_item(p, shape->item, &item, buf_str(&text));
	}
	buf_done(&text);
}

/* An unsafe function says what its callers must hold to. */
void
docstring_put_safety(struct docstring_page *p, const struct docstring *d)
{
	const struct docstring_shape *shape = &p->place->style->safety;
	size_t before = p->text.len;

	docstring_put_items(p, shape, CHOOSE_SAFETY, d->raises, d->nraises);
	if (!d->is_unsafe || !shape->item || p->text.len > before)
		return;
	docstring_put_title(p, shape->title);
	docstring_page_words(p, 0, 0, NOTHING);
}
