/* dmr-reqs: a document from Markdown: its headings and what is below them. */
#include "document_markdown.h"
#include "document_markdown_parts.h"
#include "ids.h"

enum { TITLE_LEVEL = 1 };

/* Blocks [from, to): what is below a heading, up to the next of its level. */
struct part {
	size_t from, to;
	int level; /* of the heading; what is in it has one more */
};

static int read_section(
    const struct reader *, struct part, const struct kind *, void *thing);

/* --- parts --- */

static const struct markdown_block *
block_at(const struct reader *r, size_t i)
{
	return &r->m->blocks[i];
}

/* Is it a heading that ends a part of this level? */
static bool
ends_part(const struct reader *r, size_t i, int level)
{
	return block_at(r, i)->kind == MARKDOWN_HEADING &&
	    block_at(r, i)->level <= level;
}

/* What belongs to the heading `at`. */
static struct part
part_below(const struct reader *r, size_t at, size_t to)
{
	struct part part = { at + 1, at + 1, block_at(r, at)->level };

	while (part.to < to && !ends_part(r, part.to, part.level))
		part.to = block_at(r, part.to)->next;
	return part;
}

/* --- blocks of a thing --- */

/* A thing that is being read; its lead may be here and there. */
struct open {
	const struct kind *kind;
	void *thing;
	struct buf lead;
	size_t first, last; /* blocks of it */
};

static int
read_paragraph(const struct reader *r, size_t i, struct open *open)
{
	if (kind_is_sentence(open->kind))
		return reader_sentence(r, i, open->kind, open->thing);
	if (!kind_lead(open->kind))
		return reader_misplaced(r, i);
	if (!open->lead.len)
		open->first = i;
	open->last = i;
	buf_add_text(&open->lead, open->lead.len ? "\n\n" : "");
	reader_add_text(r, i, 0, &open->lead);
	return 0;
}

/* The document's idea. */
static int
read_quote(const struct reader *r, size_t i, struct open *open)
{
	const struct member *m = open->kind->members;

	while (m->name && !member_is_quote(m))
		m++;
	if (!m->name)
		return reader_misplaced(r, i);
	return reader_set_paragraphs(
	    r, i + 1, block_at(r, i)->next, member_of(m, open->thing));
}

/* What is no heading. */
static int
read_block(const struct reader *r, size_t i, struct open *open)
{
	switch (block_at(r, i)->kind) {
	case MARKDOWN_PARAGRAPH:
		return read_paragraph(r, i, open);
	case MARKDOWN_LIST:
		return reader_attributes(r, i, open->kind, open->thing);
	case MARKDOWN_QUOTE:
		return read_quote(r, i, open);
	case MARKDOWN_CODE:
		if (open->kind != &architecture_kind ||
		    !str_is(block_at(r, i)->info, DIAGRAM_INFO))
			return reader_misplaced(r, i);
		return 0;
	case MARKDOWN_RULE:
		return 0;
	default:
		return reader_misplaced(r, i);
	}
}

/* The thing is read, if got is 0. */
static int
close_thing(const struct reader *r, struct open *open, int got)
{
	struct text *text;

	if (!got && open->lead.len) {
		text = member_of(kind_lead(open->kind), open->thing);
		got = reader_set_text(
		    r, open->first, text, buf_str(&open->lead));
		text->end = block_at(r, open->last)->end;
	}
	buf_done(&open->lead);
	return got;
}

/* --- items --- */

/* What stands behind the id, or in its place. */
static int
add_words(
    const struct reader *r, size_t heading, struct open *open, struct str words)
{
	if (!kind_lead(open->kind))
		return reader_fail(r, heading, "no place for '%.*s'",
		    STR_ARGS(reader_shown(words)));
	buf_add(&open->lead, words);
	open->first = open->last = heading;
	return 0;
}

/* An id, and what is to be said of it; either may be missing. */
static int
read_id(const struct reader *r, size_t heading, struct open *open)
{
	struct buf text = { 0 }, id = { 0 };
	enum heading_id found;
	struct str rest;
	int got = 0;

	reader_add_text(r, heading, 0, &text);
	found = heading_read_id(buf_str(&text), open->kind->prefix, &id, &rest);
	if (found == HEADING_ID_UNCLEAR)
		got = reader_fail(r, heading,
		    "cannot tell the id in '%.*s': write it as %s-001, at the "
		    "start",
		    STR_ARGS(reader_shown(buf_str(&text))), open->kind->prefix);
	else if (found == HEADING_ID_THERE)
		got = reader_set_id(r, heading,
		    member_of(open->kind->members, open->thing), buf_str(&id));
	if (!got && rest.len && (id.len || !label_is(rest, NEW_LABEL)))
		got = add_words(r, heading, open, rest);
	buf_done(&text);
	buf_done(&id);
	return got;
}

static int
read_item(const struct reader *r, size_t heading, struct part part,
    const struct kind *kind, void *thing)
{
	struct open open = { .kind = kind, .thing = thing };
	int got = read_id(r, heading, &open);

	for (size_t i = part.from; i < part.to && !got;
	     i = block_at(r, i)->next)
		got = read_block(r, i, &open);
	return close_thing(r, &open, got);
}

static int
read_items(const struct reader *r, struct part part, const struct kind *kind,
    struct list *things)
{
	struct part below;

	for (size_t i = part.from; i < part.to; i = below.to) {
		const struct markdown_block *b = block_at(r, i);

		below = (struct part){ .to = b->next };
		if (b->kind == MARKDOWN_RULE)
			continue;
		if (b->kind != MARKDOWN_HEADING || b->level != part.level + 1)
			return reader_misplaced(r, i);
		below = part_below(r, i, part.to);
		if (read_item(r, i, below, kind, list_add(things, kind)))
			return -1;
	}
	return 0;
}

/* --- sections --- */

static int
read_lists(const struct reader *r, struct part part, const struct member *m,
    struct list *list)
{
	int got = 0;

	for (size_t i = part.from; i < part.to && !got;
	     i = block_at(r, i)->next) {
		if (block_at(r, i)->kind == MARKDOWN_RULE)
			continue;
		if (block_at(r, i)->kind != MARKDOWN_LIST)
			return reader_misplaced(r, i);
		got = m->things ? reader_entries(r, i, m->things, list)
				: reader_texts(r, i, m, list);
	}
	return got;
}

static int
read_member(const struct reader *r, size_t heading, struct part part,
    const struct member *m, void *to)
{
	struct list *list = to;

	switch (m->kind) {
	case MEMBER_TEXT:
		return reader_set_paragraphs(r, part.from, part.to, to);
	case MEMBER_THING:
		if (list->n)
			return reader_fail(
			    r, heading, "what it says is there twice");
		return read_section(
		    r, part, m->things, list_add(list, m->things));
	case MEMBER_THINGS:
		if (m->things->prefix)
			return read_items(r, part, m->things, list);
		return read_lists(r, part, m, list);
	case MEMBER_TEXTS:
	case MEMBER_IDS:
		return read_lists(r, part, m, list);
	default:
		return reader_misplaced(r, heading);
	}
}

/* *to: where what belongs to the heading ends. */
static int
read_heading(const struct reader *r, size_t heading, struct part part,
    struct open *open, size_t *to)
{
	struct part below = part_below(r, heading, part.to);
	int level = block_at(r, heading)->level;
	bool whole = open->kind == &document_kind;
	const struct member *m;
	struct buf text = { 0 };
	int got;

	*to = below.to;
	reader_add_text(r, heading, 0, &text);
	m = reader_member(open->kind, buf_str(&text));
	if (whole && level == TITLE_LEVEL) {
		*to = below.from;
		got = reader_set_text(r, heading,
		    member_of(open->kind->members, open->thing),
		    buf_str(&text));
	} else if (level != part.level + 1)
		got = reader_misplaced(r, heading);
	else if (whole && label_is(buf_str(&text), TRACES_LABEL))
		got = 0;
	else if (m)
		got = read_member(
		    r, heading, below, m, member_of(m, open->thing));
	else
		got = reader_fail(r, heading, "no section is called '%.*s'",
		    STR_ARGS(reader_shown(buf_str(&text))));
	buf_done(&text);
	return got;
}

static int
read_section(const struct reader *r, struct part part, const struct kind *kind,
    void *thing)
{
	struct open open = { .kind = kind, .thing = thing };
	size_t next;
	int got = 0;

	for (size_t i = part.from; i < part.to && !got; i = next) {
		next = block_at(r, i)->next;
		got = block_at(r, i)->kind == MARKDOWN_HEADING
		    ? read_heading(r, i, part, &open, &next)
		    : read_block(r, i, &open);
	}
	return close_thing(r, &open, got);
}

/* --- ids --- */

/* Things that have none get the next one: one that was never used. */
static void
add_ids(const struct document *d, const struct kind *kind, struct list *things)
{
	size_t last = ids_last(d, kind);

	for (size_t i = 0; i < things->n; i++) {
		struct text *id = thing_id(kind, list_at(things, kind, i));

		if (!id->end)
			ids_next(d, kind, &last, id);
	}
}

int
document_read_markdown(struct document *d, struct str text, struct err *e)
{
	struct markdown m;
	struct reader r = { &m, e };
	int got;

	document_done(d);
	if (markdown_read(&m, text, e))
		return -1;
	got = read_section(
	    &r, (struct part){ 0, m.n, TITLE_LEVEL }, &document_kind, d);
	for (const struct member *p = document_kind.members; p->name && !got;
	     p++)
		if (p->things && p->things->prefix)
			add_ids(d, p->things, member_of(p, d));
	markdown_done(&m);
	if (got)
		document_done(d);
	return got;
}
