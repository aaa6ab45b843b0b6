/* dmr-docstring: the source that is sent, cut to size. */
#include "request.h"

enum {
	HEADER_MAX = 400, /* bytes of what encloses a declaration */
	AROUND_MAX = 8,
};

/* The end of the last whole line within n bytes; else of a character. */
static size_t
cut_before(struct str text, size_t n)
{
	size_t at = n < text.len ? n : text.len;

	for (size_t i = at; i > at / 2; i--)
		if (text.data[i - 1] == '\n')
			return i;
	while (at > 0 && at < text.len && (text.data[at] & 0xc0) == 0x80)
		at--;
	return at;
}

/* Where a line begins, within the last n bytes. */
static size_t
cut_behind(struct str text, size_t n)
{
	size_t at = n < text.len ? text.len - n : 0;

	for (size_t i = at; i < at + n / 2 && i < text.len; i++)
		if (text.data[i] == '\n')
			return i + 1;
	while (at < text.len && (text.data[at] & 0xc0) == 0x80)
		at++;
	return at;
}

static size_t
count_lines(struct str text)
{
	size_t n = str_count(text, '\n');

	return n ? n : 1;
}

void
request_add_cut(struct buf *out, struct str text, size_t max)
{
	size_t head, tail;
	struct str left;

	if (text.len <= max) {
		buf_add(out, text);
		return;
	}
	head = cut_before(text, max / 3 * 2);
	tail = cut_behind(text, max / 3);
	if (tail < head)
		tail = head;
	left = (struct str){ text.data + head, tail - head };
	buf_add(out, (struct str){ text.data, head });
	if (head && text.data[head - 1] != '\n')
		buf_add_char(out, '\n');
	buf_add_format(
	    out, "[... %zu lines are left out ...]\n", count_lines(left));
	buf_add(out, str_skip(text, tail));
}

static void
add_line(struct buf *out, struct str text, size_t max)
{
	size_t room = max > out->len ? max - out->len : 0;

	if (text.len > room)
		text.len = cut_before(text, room);
	buf_add(out, text);
	if (text.len && !str_ends(text, "\n"))
		buf_add_char(out, '\n');
}

static void
add_imports(struct buf *out, const struct source *source, size_t max)
{
	struct syntax_walk w;

	if (!lang_setting(source->lang, "imports").len)
		return;
	syntax_walk_open(&w, syntax_root(source->tree));
	while (out->len < max && syntax_walk_next(&w)) {
		if (w.depth == 0)
			continue;
		if (lang_has_word(
			source->lang, "imports", str_of(syntax_kind(w.node))))
			add_line(out, syntax_text(source->tree, w.node), max);
		syntax_walk_skip(&w);
	}
	syntax_walk_close(&w);
}

/* The outermost first. */
static void
add_headers(struct buf *out, const struct run_file *file,
    const struct declaration *d, size_t max)
{
	const struct source *source = &file->source;
	const struct declaration *around[AROUND_MAX];
	size_t n = 0;

	for (d = d->parent; d && n < AROUND_MAX; d = d->parent)
		if (syntax_start(d->node) >= file->wrapped)
			around[n++] = d;
	while (n--) {
		struct str text = syntax_text(source->tree, around[n]->node);
		size_t start = syntax_start(around[n]->node);

		if (syntax_is_node(around[n]->body))
			text.len = syntax_start(around[n]->body) - start;
		add_line(out, str_trim(text), out->len + HEADER_MAX);
	}
	if (out->len > max)
		out->len = max;
}

struct str
request_code(const struct run_item *item)
{
	const struct source *source = &item->file->source;
	const char *bytes = source->bytes.data;
	struct syntax_node node = item->declaration->node;
	size_t at = syntax_start(node), end = syntax_end(node);

	while (at > item->file->wrapped &&
	    (bytes[at - 1] == ' ' || bytes[at - 1] == '\t'))
		at--;
	return (struct str){ bytes + at, end - at };
}

void
request_add_context(struct buf *out, const struct run_item *item, size_t max)
{
	const struct source *source = &item->file->source;

	add_imports(out, source, max / 2);
	add_headers(out, item->file, item->declaration, max);
}
