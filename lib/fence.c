/* fence - the fenced code blocks of a Markdown text, by libcmark. */
#include "fence.h"

#include "fence_language.h"
#include "markdown_parts.h"

enum {
	NAMES_MAX = 8,   /* languages that a message lists */
	NAME_BYTES = 40, /* that it shows of each */
};

/* A fenced block; its opening fence is in the line that begins at `from`. */
struct block {
	cmark_node *node;
	size_t from;
};

static bool
is_blank(char c)
{
	return c == ' ' || c == '\t';
}

/* --- what is a block --- */

static bool
is_fence(struct str text)
{
	return str_starts(text, "```") || str_starts(text, "~~~");
}

/*
 * Is it fenced?  libcmark does not say.  Code that is only indented begins in
 * the block's own first line; code in a fence cannot begin with a line that
 * is the same as the fence without an info string, for that would close it.
 */
static bool
is_fenced(const struct markdown_source *s, const struct block *b)
{
	struct markdown_line line = markdown_line_at(s->parsed, b->from);
	size_t column = (size_t)cmark_node_get_start_column(b->node) - 1;
	struct str fence = { s->parsed.data + line.from + column,
		line.to - line.from - column };
	struct str code = str_of(cmark_node_get_literal(b->node));

	if (*cmark_node_get_fence_info(b->node))
		return true;
	return is_fence(fence) && !str_equal(str_cut(&code, '\n'), fence);
}

/* --- the code in it --- */

/* The block that begins next; NULL if there is none. */
static cmark_node *
node_behind(cmark_node *node)
{
	while (node && !cmark_node_next(node))
		node = cmark_node_parent(node);
	return node ? cmark_node_next(node) : NULL;
}

/*
 * Was the block closed by a fence, in this line behind its code?  If it was
 * not, something else begins in the line, or it is no fence: it is blank, or
 * the definition of a link.
 */
static bool
is_closed(const struct markdown_source *s, const struct block *b, int number,
    struct markdown_line line)
{
	cmark_node *behind = node_behind(b->node);
	struct str rest = { s->parsed.data + line.from, line.to - line.from };

	while (rest.len && (is_blank(rest.data[0]) || rest.data[0] == '>'))
		rest = str_skip(rest, 1);
	return is_fence(rest) &&
	    !(behind && cmark_node_get_start_line(behind) == number);
}

/*
 * Append the code of a block.  libcmark has cut something off at the start of
 * each line, may have put blanks there for a tab, and has changed the end: so
 * the blanks are taken from it, and the rest from the text.
 */
static int
add_code(const struct markdown_source *s, const struct block *b,
    struct buf *out, struct err *e)
{
	struct str code = str_of(cmark_node_get_literal(b->node));
	int number = cmark_node_get_start_line(b->node) + 1;
	struct markdown_line line = markdown_line_at(s->text, b->from);

	line = markdown_line_at(s->text, line.next);
	for (; code.len; number++) {
		struct str got = str_cut(&code, '\n');
		size_t blanks = strspn(got.data, " ");
		size_t from = line.to - (got.len - blanks);

		if (got.len - blanks > line.to - line.from)
			return err_set(e, ST_BUG,
			    "libcmark: a block not as in line %d", number);
		got.len = blanks;
		buf_add(out, got);
		buf_add(
		    out, (struct str){ s->text.data + from, line.next - from });
		line = markdown_line_at(s->text, line.next);
	}
	if (!is_closed(s, b, number, line))
		return err_set(e, ST_UNUSABLE,
		    "the answer is cut or broken: nothing closes the code "
		    "block of line %d",
		    cmark_node_get_start_line(b->node));
	if (out->full)
		return err_set(e, ST_UNUSABLE, "the code is too large");
	return 0;
}

/* --- which blocks --- */

static struct str
language_of(const struct block *b)
{
	return fence_language_of(cmark_node_get_fence_info(b->node));
}

/* A walk over the fenced blocks of a source. */
struct walk {
	const struct markdown_source *source;
	cmark_iter *iter;
	struct block block; /* the last one that was found */
	int line;           /* the number of the line at block.from */
};

static struct walk
walk_open(const struct markdown_source *s)
{
	return (struct walk){ s, cmark_iter_new(s->root), { 0 }, 1 };
}

static bool
walk_next(struct walk *w)
{
	struct str text = w->source->text;
	cmark_event_type event;

	while ((event = cmark_iter_next(w->iter)) != CMARK_EVENT_DONE) {
		cmark_node *node = cmark_iter_get_node(w->iter);

		if (event != CMARK_EVENT_ENTER ||
		    cmark_node_get_type(node) != CMARK_NODE_CODE_BLOCK)
			continue;
		for (; w->line < cmark_node_get_start_line(node); w->line++)
			w->block.from =
			    markdown_line_at(text, w->block.from).next;
		w->block.node = node;
		if (is_fenced(w->source, &w->block))
			return true;
	}
	return false;
}

/* No block is in the language: say which ones there are. */
static int
fail_language(const struct markdown_source *s, const char *which, struct err *e)
{
	struct str names[NAMES_MAX];
	struct walk w = walk_open(s);
	size_t n = 0, i;

	err_set(e, ST_UNUSABLE,
	    "the answer has no code block in '%.*s', only in", NAME_BYTES,
	    which);
	while (n < NAMES_MAX && walk_next(&w)) {
		struct str name = language_of(&w.block);

		for (i = 0; i < n && !fence_language_same(names[i], name); i++)
			;
		if (i < n)
			continue;
		names[n++] = name;
		err_add(e, "%s", i ? ", " : " ");
		if (name.len)
			err_add(e, "'%.*s'",
			    (int)(name.len < NAME_BYTES ? name.len
							: NAME_BYTES),
			    name.data);
		else
			err_add(e, "none");
	}
	cmark_iter_free(w.iter);
	return -1;
}

static int
extract(const struct markdown_source *s, const char *which, struct buf *out,
    struct err *e)
{
	bool all = !strcmp(which, "all"), last = !strcmp(which, "last");
	bool any = all || last || !strcmp(which, "first");
	struct walk w = walk_open(s);
	struct block found = { 0 };
	bool none = true;
	int got = 0;

	while (!got && (last || all || !found.node) && walk_next(&w)) {
		none = false;
		if (!any &&
		    !fence_language_same(language_of(&w.block), str_of(which)))
			continue;
		found = w.block;
		if (all)
			got = add_code(s, &found, out, e);
	}
	cmark_iter_free(w.iter);
	if (none)
		return err_set(e, ST_UNUSABLE, "the answer has no code block");
	if (!found.node)
		return fail_language(s, which, e);
	return all ? got : add_code(s, &found, out, e);
}

int
fence_extract(
    struct str markdown, const char *which, struct buf *out, struct err *e)
{
	struct markdown_source s;
	int got;

	if (markdown.len > FENCE_TEXT_MAX)
		return err_set(e, ST_UNUSABLE,
		    "the answer is larger than %d MiB", FENCE_TEXT_MAX >> 20);
	markdown_parse(&s, markdown);
	got = extract(&s, which, out, e);
	markdown_free(&s);
	return got;
}
