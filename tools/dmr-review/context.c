/* dmr-review: what stands around a part, out of the whole file. */
#include "context.h"

#include "die.h"
#include "mem.h"
#include "offline.h"

enum {
	DEPTH_MAX = 8,      /* declarations around a line that are shown */
	TEXT_MAX = 1 << 20, /* bytes of a file that is read */
};

/* Rows of a declaration, from 0, both in it. */
struct rows {
	size_t first, last;
};

struct context {
	struct rows *declarations;
	size_t n, capacity;
	struct str *lines; /* of the file */
	size_t nlines, lines_capacity;
};

/* --- the file --- */

static int
read_whole(struct section *s, struct err *e)
{
	const char *root = s->run->want->root;

	s->whole.max = SIZE_MAX / 2;
	if (file_read_below(root, s->path, TEXT_MAX, &s->whole, e))
		return -1;
	if (!diff_is_of(&s->diff, buf_str(&s->whole)))
		return err_set(e, ST_INPUT,
		    "%s: the file is not what the diff makes of it", s->path);
	return 0;
}

static bool
is_definition(const struct syntax_query *query, size_t id)
{
	struct str name = str_of(syntax_capture_name(query, id));

	return str_starts(name, "definition.") &&
	    !str_is(name, "definition.module");
}

static void
find_declarations(struct context *c, struct syntax_query *query,
    const struct syntax_tree *tree)
{
	struct syntax_matches *m = syntax_match(query, tree, syntax_root(tree));

	while (syntax_next(m))
		for (size_t i = 0; i < syntax_captures(m); i++) {
			struct syntax_capture each = syntax_captured(m, i);

			if (!is_definition(query, each.id))
				continue;
			c->declarations = mem_grow(c->declarations,
			    &c->capacity, c->n + 1, sizeof *c->declarations);
			c->declarations[c->n++] = (struct rows){
				syntax_row(each.node), syntax_end_row(each.node)
			};
		}
	syntax_matches_free(m);
}

static void
divide(struct context *c, struct str rest)
{
	while (rest.len) {
		c->lines = mem_grow(c->lines, &c->lines_capacity, c->nlines + 1,
		    sizeof *c->lines);
		c->lines[c->nlines++] = str_cut(&rest, '\n');
	}
}

static int
parse(struct section *s, struct err *e)
{
	struct str text = buf_str(&s->whole);
	struct lang *lang = lang_find(s->run->langs, NULL, s->path, text, e);
	struct syntax_grammar *grammar = lang ? lang_grammar(lang, e) : NULL;
	struct syntax_query *query = grammar ? lang_declarations(lang, e)
					     : NULL;
	struct syntax_tree *tree = query ? syntax_parse(grammar, text, e)
					 : NULL;

	if (!tree)
		return -1;
	s->around = mem_new(1, sizeof *s->around);
	find_declarations(s->around, query, tree);
	divide(s->around, text);
	syntax_tree_free(tree);
	return 0;
}

/* What is kept of the file. */
static size_t
bytes_of(const struct section *s)
{
	const struct context *c = s->around;

	return s->whole.capacity +
	    (c ? c->capacity * sizeof *c->declarations +
			c->lines_capacity * sizeof *c->lines
	       : 0);
}

void
context_open(struct section *s)
{
	struct err why = ERR_NONE;

	if (!s->run->want->root || !s->diff.new_path)
		return;
	if (read_whole(s, &why))
		buf_clear(&s->whole);
	else
		parse(s, &why);
	if (s->run->want->redact) /* a key may begin above what is shown */
		offline_redact_buf(&s->whole);
	s->bytes += bytes_of(s);
	if (why.status && s->run->set->verbose)
		warn("no context: %s", why.text);
}

void
context_close(struct section *s)
{
	if (s->around) {
		free(s->around->declarations);
		free(s->around->lines);
		free(s->around);
	}
	buf_done(&s->whole);
}

/* --- around some hunks --- */

/* The row of the first line that a hunk changes. */
static size_t
first_change(const struct diff_hunk *h)
{
	struct diff_lines lines = diff_lines(h);
	struct diff_line line;
	size_t row = h->new_start - (h->new_count > 0);

	while (diff_lines_next(&lines, &line) && line.kind == DIFF_CONTEXT)
		row = line.new_line;
	return row;
}

/* Those that a row stands in, the outermost first. */
static size_t
find_around(const struct context *c, size_t row, struct rows *around)
{
	size_t n = 0;

	for (size_t i = 0; i < c->n && n < DEPTH_MAX; i++) {
		struct rows each = c->declarations[i];
		size_t at = n;

		if (row < each.first || row > each.last)
			continue;
		while (at && around[at - 1].first > each.first)
			at--;
		if (at && around[at - 1].first == each.first)
			continue;
		memmove(
		    &around[at + 1], &around[at], (n - at) * sizeof *around);
		around[at] = each;
		n++;
	}
	return n;
}

/* Lines from row to before end, as far as there is room. */
static void
add_rows(struct buf *out, const struct context *c, size_t row, size_t end,
    size_t max)
{
	static const char more[] = "...\n";

	for (; row < end && row < c->nlines; row++) {
		if (out->len + c->lines[row].len + sizeof more > max) {
			buf_add_text(out, more);
			return;
		}
		buf_add(out, c->lines[row]);
		buf_add_char(out, '\n');
	}
}

void
context_add(struct buf *out, const struct section *s, size_t first, size_t end,
    size_t max)
{
	const struct diff_hunk *head = &s->diff.hunks[first],
			       *tail = &s->diff.hunks[end - 1];
	size_t from = head->new_start - (head->new_count > 0);
	size_t to = tail->new_start - (tail->new_count > 0) + tail->new_count;
	struct rows around[DEPTH_MAX + 1];
	size_t n;

	if (!s->around)
		return;
	n = find_around(s->around, first_change(head), around);
	for (size_t i = 0; i + 1 < n; i++)
		if (around[i].first < from)
			add_rows(out, s->around, around[i].first,
			    around[i].first + 1, max);
	if (!n)
		return;
	add_rows(out, s->around, around[n - 1].first, from, max - max / 3);
	if (around[n - 1].last >= to && out->len)
		buf_add_text(out, "(the lines below stand here)\n");
	add_rows(out, s->around, to, around[n - 1].last + 1, max);
}
