/* markdown: blocks and runs, of the tree that libcmark makes. */
#include "markdown.h"

#include "markdown_parts.h"
#include "mem.h"

#define OUTSIDE SIZE_MAX /* no block */

/* A walk over the tree. */
struct reader {
	struct markdown *out;
	const struct markdown_source *source;
	size_t *lines; /* where each begins in source->text */
	size_t nlines, capacity;
	struct str whole; /* with what was skipped */
	size_t skipped;   /* bytes of a BOM */
	size_t in;        /* the block that we are in; OUTSIDE: the document */
	size_t from;      /* where in the text the run began */
};

/* --- places --- */

static void
find_lines(struct reader *r)
{
	struct str text = r->source->text;

	for (size_t at = 0;; at = markdown_line_at(text, at).next) {
		r->lines = mem_grow(
		    r->lines, &r->capacity, r->nlines + 1, sizeof *r->lines);
		r->lines[r->nlines++] = at;
		if (at >= text.len)
			return;
	}
}

/* The byte of a line and column, as libcmark counts, both from 1. */
static size_t
place(const struct reader *r, int line, int column)
{
	size_t len = r->source->text.len, at;

	if (line < 1 || (size_t)line > r->nlines || column < 1)
		return len + r->skipped;
	at = r->lines[line - 1] + (size_t)column - 1;
	return (at < len ? at : len) + r->skipped;
}

/* --- text --- */

static void
add(struct reader *r, const char *literal)
{
	struct buf *text = &r->out->text;
	size_t from = text->len;

	if (!literal || buf_add_text(text, literal))
		return;
	markdown_restore(text->data + from, text->len - from);
}

/* What was added since r->from is sound afterwards; returns how much it is. */
static size_t
take(struct reader *r)
{
	size_t from = r->from;

	buf_repair(&r->out->text, from, true);
	r->from = r->out->text.len;
	return r->from - from;
}

/* The views of all blocks, whose bytes follow one another. */
static void
set_views(struct markdown *m)
{
	const char *at = m->text.len ? m->text.data : "";

	for (size_t i = 0; i < m->n; i++) {
		struct markdown_block *b = &m->blocks[i];

		for (size_t j = 0; j < b->nruns; j++) {
			m->runs[b->run + j].text.data = at;
			at += m->runs[b->run + j].text.len;
		}
		b->text.data = at;
		b->info.data = at + b->text.len;
		at = b->info.data + b->info.len;
	}
}

/* --- what stands in a line --- */

/* The run that has been read is over, if there is something in it. */
static void
end_run(struct reader *r, bool strong)
{
	struct markdown *m = r->out;
	size_t len = take(r);

	if (!len && !strong)
		return;
	m->runs = mem_grow(
	    m->runs, &m->runs_capacity, m->nruns + 1, sizeof *m->runs);
	m->runs[m->nruns++] = (struct markdown_run){ .text = { NULL, len },
		.strong = strong };
	m->blocks[r->in].nruns++;
}

/* In as many backticks as it needs. */
static void
add_code(struct reader *r, const char *code)
{
	size_t longest = 0, run = 0;
	bool padded = *code == '`' || *code == ' ' || !*code;

	for (const char *p = code; *p; p++) {
		run = *p == '`' ? run + 1 : 0;
		longest = run > longest ? run : longest;
		padded |= !p[1] && (*p == '`' || *p == ' ');
	}
	for (size_t i = 0; i <= longest; i++)
		buf_add_char(&r->out->text, '`');
	add(r, padded ? " " : "");
	add(r, code);
	add(r, padded ? " " : "");
	for (size_t i = 0; i <= longest; i++)
		buf_add_char(&r->out->text, '`');
}

/* Is it an address that says itself? */
static bool
is_address(cmark_node *link)
{
	static const char mail[] = "mailto:";
	cmark_node *child = cmark_node_first_child(link);
	const char *url = cmark_node_get_url(link), *text;

	if (!child || cmark_node_next(child) ||
	    cmark_node_get_type(child) != CMARK_NODE_TEXT)
		return false;
	text = cmark_node_get_literal(child);
	return !strcmp(url, text) ||
	    (str_starts(str_of(url), mail) &&
		!strcmp(url + strlen(mail), text));
}

static void
add_link(struct reader *r, cmark_node *node, bool enter, const char *open)
{
	const char *url = cmark_node_get_url(node);
	const char *title = cmark_node_get_title(node);
	bool angles = !*url || strpbrk(url, " ()<>");

	if (is_address(node))
		return;
	if (enter) {
		add(r, open);
		return;
	}
	add(r, angles ? "](<" : "](");
	add(r, url);
	add(r, angles ? ">" : "");
	if (title && *title) {
		add(r, " \"");
		add(r, title);
		add(r, "\"");
	}
	add(r, ")");
}

static void
read_strong(struct reader *r, cmark_node *node, bool enter)
{
	cmark_node_type in = cmark_node_get_type(cmark_node_parent(node));

	if (in == CMARK_NODE_PARAGRAPH || in == CMARK_NODE_HEADING)
		end_run(r, !enter);
	else
		add(r, "**");
}

static void
read_inline(struct reader *r, cmark_node *node, bool enter)
{
	switch (cmark_node_get_type(node)) {
	case CMARK_NODE_TEXT:
	case CMARK_NODE_HTML_INLINE:
		add(r, cmark_node_get_literal(node));
		break;
	case CMARK_NODE_SOFTBREAK:
		add(r, " ");
		break;
	case CMARK_NODE_LINEBREAK:
		add(r, "\n");
		break;
	case CMARK_NODE_CODE:
		add_code(r, cmark_node_get_literal(node));
		break;
	case CMARK_NODE_EMPH:
		add(r, "*");
		break;
	case CMARK_NODE_STRONG:
		read_strong(r, node, enter);
		break;
	case CMARK_NODE_LINK:
		add_link(r, node, enter, "[");
		break;
	case CMARK_NODE_IMAGE:
		add_link(r, node, enter, "![");
		break;
	default:
		break;
	}
}

/* --- blocks --- */

/* By type of node; -1: no block of ours. */
static int
kind_of(cmark_node *node)
{
	switch (cmark_node_get_type(node)) {
	case CMARK_NODE_HEADING:
		return MARKDOWN_HEADING;
	case CMARK_NODE_PARAGRAPH:
		return MARKDOWN_PARAGRAPH;
	case CMARK_NODE_LIST:
		return MARKDOWN_LIST;
	case CMARK_NODE_ITEM:
		return MARKDOWN_ITEM;
	case CMARK_NODE_BLOCK_QUOTE:
		return MARKDOWN_QUOTE;
	case CMARK_NODE_CODE_BLOCK:
		return MARKDOWN_CODE;
	case CMARK_NODE_HTML_BLOCK:
		return MARKDOWN_HTML;
	case CMARK_NODE_THEMATIC_BREAK:
		return MARKDOWN_RULE;
	default:
		return -1;
	}
}

/* Until a block is left, `next` is the one that it is in. */
static void
enter_block(struct reader *r, cmark_node *node, int kind)
{
	struct markdown *m = r->out;
	struct markdown_block *b;
	int line = cmark_node_get_start_line(node);

	m->blocks = mem_grow(
	    m->blocks, &m->capacity, m->n + 1, sizeof *m->blocks);
	b = &m->blocks[m->n];
	*b = (struct markdown_block){ .kind = (enum markdown_kind)kind,
		.level = cmark_node_get_heading_level(node),
		.numbered = cmark_node_get_list_type(node) ==
		    CMARK_ORDERED_LIST,
		.line = line,
		.at = place(r, line, cmark_node_get_start_column(node)),
		.end = place(r, cmark_node_get_end_line(node),
		    cmark_node_get_end_column(node) + 1),
		.next = r->in,
		.run = m->nruns };
	while (b->end > b->at && strchr("\r\n", r->whole.data[b->end - 1]))
		b->end--;
	if (b->end < b->at)
		b->end = b->at;
	r->in = m->n++;
}

static void
leave_block(struct reader *r)
{
	struct markdown_block *b = &r->out->blocks[r->in];

	if (b->kind == MARKDOWN_HEADING || b->kind == MARKDOWN_PARAGRAPH)
		end_run(r, false);
	r->in = b->next;
	b->next = r->out->n;
}

static void
read_leaf(struct reader *r, cmark_node *node, int kind)
{
	struct markdown_block *b = &r->out->blocks[r->in];

	if (kind == MARKDOWN_RULE)
		return;
	add(r, cmark_node_get_literal(node));
	b->text.len = take(r);
	if (kind == MARKDOWN_CODE)
		add(r, cmark_node_get_fence_info(node));
	b->info.len = take(r);
}

static void
read_node(struct reader *r, cmark_node *node, bool enter)
{
	int kind = kind_of(node);
	bool leaf = kind == MARKDOWN_CODE || kind == MARKDOWN_HTML ||
	    kind == MARKDOWN_RULE;

	if (kind < 0) {
		read_inline(r, node, enter);
		return;
	}
	if (enter)
		enter_block(r, node, kind);
	if (leaf)
		read_leaf(r, node, kind);
	if (!enter || leaf)
		leave_block(r);
}

static void
read_tree(struct reader *r)
{
	cmark_iter *iter = cmark_iter_new(r->source->root);
	cmark_event_type event;

	while ((event = cmark_iter_next(iter)) != CMARK_EVENT_DONE)
		read_node(
		    r, cmark_iter_get_node(iter), event == CMARK_EVENT_ENTER);
	cmark_iter_free(iter);
}

int
markdown_read(struct markdown *m, struct str text, struct err *e)
{
	struct markdown_source source;
	struct reader r = {
		.out = m, .source = &source, .whole = text, .in = OUTSIDE
	};

	*m = (struct markdown){ 0 };
	if (text.len > MARKDOWN_TEXT_MAX)
		return err_set(e, ST_INPUT, "the text is larger than %d MiB",
		    MARKDOWN_TEXT_MAX >> 20);
	markdown_parse(&source, text);
	r.skipped = text.len - source.text.len;
	find_lines(&r);
	read_tree(&r);
	free(r.lines);
	markdown_free(&source);
	if (m->text.full) {
		markdown_done(m);
		return err_set(e, ST_INPUT, "the text says too much");
	}
	set_views(m);
	return 0;
}

void
markdown_done(struct markdown *m)
{
	free(m->blocks);
	free(m->runs);
	buf_done(&m->text);
	*m = (struct markdown){ 0 };
}
