/* dmr-reqs: a document as Markdown. */
#include "document_markdown.h"

#include "document_json.h"
#include "document_markdown_parts.h"

enum { SHORT_TEXT = 40 }; /* bytes; of what stands between commas */

static void write_attributes(
    const struct kind *, const void *thing, size_t indent, struct buf *out);

/* --- small parts --- */

static void
add_indent(size_t n, struct buf *out)
{
	while (n--)
		buf_add_char(out, ' ');
}

void
markdown_gap(struct buf *out)
{
	if (out->len)
		buf_add_char(out, '\n');
}

void
markdown_heading(size_t level, struct str text, struct buf *out)
{
	markdown_gap(out);
	while (level--)
		buf_add_char(out, '#');
	buf_add_text(out, text.len ? " " : "");
	markdown_add(out, text, MARKDOWN_KEEP_ALL);
	buf_add_char(out, '\n');
}

static void
add_paragraphs(const struct text *text, const char *indent, struct buf *out)
{
	if (!text->len)
		return;
	markdown_gap(out);
	buf_add_text(out, indent);
	markdown_add_paragraphs(out, text_str(text), indent, MARKDOWN_KEEP_ALL);
	buf_add_char(out, '\n');
}

/* Without a line end. */
static void
add_sentence(const struct kind *kind, const void *thing, struct buf *out)
{
	const struct member *m = NULL;

	while ((m = sentence_next(kind, m))) {
		struct text *text = member_of(m, thing);

		if (!text->len)
			continue;
		buf_add_format(out, " **%s** ", m->label);
		markdown_add(out, text_str(text), MARKDOWN_KEEP_SOME);
	}
}

/* --- attributes --- */

/* Are they names or short words, that commas can stand between? */
static bool
are_short(const struct list *texts)
{
	static const char harmless[] =
	    " -_.abcdefghijklmnopqrstuvwxyz0123456789"
	    "ABCDEFGHIJKLMNOPQRSTUVWXYZ";

	for (size_t i = 0; i < texts->n; i++) {
		struct str text = text_str(list_text(texts, i));

		if (!text.len || text.len > SHORT_TEXT ||
		    !str_equal(str_trim(text), text) ||
		    strspn(text.data, harmless) < text.len)
			return false;
	}
	return true;
}

static void
write_texts(const struct list *texts, size_t indent, struct buf *out)
{
	for (size_t i = 0; i < texts->n; i++) {
		struct str text = text_str(list_text(texts, i));

		add_indent(indent, out);
		buf_add_text(out, text.len ? "- " : "-");
		markdown_add(out, text, MARKDOWN_KEEP_ALL);
		buf_add_char(out, '\n');
	}
}

/* "- **title:** body", what else it has below. */
static void
write_entry(
    const struct kind *kind, const void *thing, size_t indent, struct buf *out)
{
	const struct member *title = kind->members;

	add_indent(indent, out);
	buf_add_text(out, "- **");
	markdown_add(
	    out, text_str(member_of(title, thing)), MARKDOWN_KEEP_NONE);
	buf_add_text(out, ":**");
	for (const struct member *m = title + 1; m->name; m++) {
		struct text *body = member_of(m, thing);

		if (m != kind_lead(kind) || !body->len)
			continue;
		buf_add_char(out, ' ');
		markdown_add(out, text_str(body), MARKDOWN_KEEP_ALL);
	}
	buf_add_char(out, '\n');
	write_attributes(kind, thing, indent + 2, out);
}

static void
write_entries(const struct kind *kind, const struct list *things, size_t indent,
    struct buf *out)
{
	for (size_t i = 0; i < things->n; i++) {
		if (!kind_is_sentence(kind)) {
			write_entry(
			    kind, list_at(things, kind, i), indent, out);
			continue;
		}
		add_indent(indent, out);
		buf_add_format(out, "%zu.", i + 1);
		add_sentence(kind, list_at(things, kind, i), out);
		buf_add_char(out, '\n');
	}
}

/*
 * Behind its label.  An empty item could not stand right below a paragraph: it
 * would be a part of it.
 */
static void
write_list(const struct member *m, const struct list *list, size_t indent,
    struct buf *out)
{
	struct buf items = { 0 };

	if (m->things)
		write_entries(m->things, list, indent + 2, &items);
	else
		write_texts(list, indent + 2, &items);
	buf_add_char(out, '\n');
	if (str_trim(str_cut(&(struct str){ items.data, items.len }, '\n'))
		.len <= 2)
		buf_add_char(out, '\n');
	buf_add(out, buf_str(&items));
	buf_done(&items);
}

static void
write_short(const struct list *texts, struct buf *out)
{
	for (size_t i = 0; i < texts->n; i++) {
		buf_add_text(out, i ? ", " : " ");
		markdown_add(
		    out, text_str(list_text(texts, i)), MARKDOWN_KEEP_NONE);
	}
	buf_add_char(out, '\n');
}

static void
write_thing(const struct member *m, const struct list *list, size_t indent,
    struct buf *out)
{
	const void *thing = list_at(list, m->things, 0);
	struct buf line = { 0 };

	if (m->things == &metric_kind && metric_write(thing, &line)) {
		buf_add_char(out, ' ');
		markdown_add(out, buf_str(&line), MARKDOWN_KEEP_SOME);
	}
	buf_add_char(out, '\n');
	if (!line.len)
		write_attributes(m->things, thing, indent + 2, out);
	buf_done(&line);
}

static bool
is_empty(const struct member *m, const void *value)
{
	if (m->kind == MEMBER_WORD)
		return *(const int *)value < 0;
	if (m->kind == MEMBER_TEXT || m->kind == MEMBER_ID ||
	    m->kind == MEMBER_NUMBER)
		return !((const struct text *)value)->len;
	return !((const struct list *)value)->n;
}

/* "- **Label:** value" */
static void
write_attribute(
    const struct member *m, const void *value, size_t indent, struct buf *out)
{
	add_indent(indent, out);
	buf_add_format(out, "- **%s:**", m->label);
	if (m->kind == MEMBER_THING) {
		write_thing(m, value, indent, out);
	} else if (m->kind == MEMBER_WORD) {
		buf_add_format(out, " %s\n", m->words[*(const int *)value]);
	} else if (m->kind == MEMBER_THINGS || m->kind == MEMBER_TEXTS ||
	    m->kind == MEMBER_IDS) {
		if (!m->things && are_short(value))
			write_short(value, out);
		else
			write_list(m, value, indent, out);
	} else {
		buf_add_char(out, ' ');
		markdown_add(out, text_str(value), MARKDOWN_KEEP_ALL);
		buf_add_char(out, '\n');
	}
}

/* Has it a place of its own, above the attributes or below? */
static bool
is_elsewhere(const struct kind *kind, const struct member *m)
{
	if (kind_is_section(kind) && m->kind >= MEMBER_TEXTS)
		return m->kind != MEMBER_IDS;
	if (kind_is_sentence(kind) && m->kind == MEMBER_TEXT)
		return true;
	if (!kind->prefix && !kind_is_section(kind) && m == kind->members)
		return kind != &metric_kind;
	return m->kind == MEMBER_ID || m == kind_lead(kind) ||
	    member_is_title(m) || member_is_quote(m);
}

static void
write_attributes(
    const struct kind *kind, const void *thing, size_t indent, struct buf *out)
{
	for (const struct member *m = kind->members; m->name; m++)
		if (!is_elsewhere(kind, m) && !is_empty(m, member_of(m, thing)))
			write_attribute(m, member_of(m, thing), indent, out);
}

/* The same at the margin, as a part of its own. */
static void
write_properties(const struct kind *kind, const void *thing, struct buf *out)
{
	struct buf list = { 0 };

	write_attributes(kind, thing, 0, &list);
	if (list.len)
		markdown_gap(out);
	buf_add(out, buf_str(&list));
	buf_done(&list);
}

/* --- items --- */

/* An id of another form is an attribute, as it could be taken for a text. */
static void
write_item(
    const struct kind *kind, const void *thing, size_t level, struct buf *out)
{
	const struct member *id = kind->members;
	struct str name = text_str(member_of(id, thing));
	bool plain = name.len && id_length(name) == name.len;
	struct buf sentence = { 0 };

	markdown_heading(level, plain ? name : STR(NEW_LABEL), out);
	if (kind_is_sentence(kind))
		add_sentence(kind, thing, &sentence);
	else
		add_paragraphs(member_of(kind_lead(kind), thing), "", out);
	if (sentence.len) {
		markdown_gap(out);
		buf_add(out, str_skip(buf_str(&sentence), 1));
		buf_add_char(out, '\n');
	}
	buf_done(&sentence);
	if (!plain) {
		markdown_gap(out);
		buf_add_format(
		    out, "- **%s:**%s", id->label, name.len ? " " : "");
		markdown_add(out, name, MARKDOWN_KEEP_ALL);
		buf_add_char(out, '\n');
	}
	if (plain)
		write_properties(kind, thing, out);
	else
		write_attributes(kind, thing, 0, out);
}

/* --- sections --- */

static void
write_diagram(const struct architecture *a, struct buf *out)
{
	if (!a->components.n)
		return;
	markdown_gap(out);
	buf_add_text(out, "```" DIAGRAM_INFO "\n");
	architecture_write_mermaid(a, out);
	buf_add_text(out, "```\n");
}

static void write_section(
    const struct kind *, const void *thing, size_t level, struct buf *out);

static void
write_member(const struct member *m, const struct list *list, size_t level,
    struct buf *out)
{
	markdown_heading(level, str_of(m->label), out);
	if (m->kind == MEMBER_THING) {
		write_section(
		    m->things, list_at(list, m->things, 0), level, out);
	} else if (m->things && m->things->prefix) {
		for (size_t i = 0; i < list->n; i++)
			write_item(m->things, list_at(list, m->things, i),
			    level + 1, out);
	} else {
		markdown_gap(out);
		if (m->things)
			write_entries(m->things, list, 0, out);
		else
			write_texts(list, 0, out);
	}
}

/* All of a section but its heading. */
static void
write_section(
    const struct kind *kind, const void *thing, size_t level, struct buf *out)
{
	if (kind_lead(kind))
		add_paragraphs(member_of(kind_lead(kind), thing), "", out);
	for (const struct member *m = kind->members; m->name; m++)
		if (member_is_quote(m))
			add_paragraphs(member_of(m, thing), "> ", out);
	write_properties(kind, thing, out);
	if (kind == &architecture_kind)
		write_diagram(thing, out);
	for (const struct member *m = kind->members; m->name; m++) {
		if (m->things == &meta_kind)
			markdown_traces(thing, out);
		if (kind_is_section(kind) && m->kind >= MEMBER_TEXTS &&
		    m->kind != MEMBER_IDS && !is_empty(m, member_of(m, thing)))
			write_member(m, member_of(m, thing), level + 1, out);
	}
}

/* A text that could be taken for JSON begins with an escape. */
static void
add_markdown(struct str text, struct buf *out)
{
	if (document_is_json(text)) {
		if (strchr("{[\"-", *text.data)) {
			buf_add_char(out, '\\');
		} else {
			buf_add_format(out, "&#%d;", *text.data);
			text = str_skip(text, 1);
		}
	}
	buf_add(out, text);
}

void
document_write_markdown(const struct document *d, struct buf *out)
{
	struct buf text = { .max = out->max };

	if (d->title.len)
		markdown_heading(1, text_str(&d->title), &text);
	write_section(&document_kind, d, 1, &text);
	add_markdown(buf_str(&text), out);
	out->full |= text.full;
	buf_done(&text);
}
