/* dmr-review: what stands around a part, out of the whole file. */
#include "context.h"

#include "die.h"
#include "mem.h"
#include "offline.h"

enum {
	DEPTH_MAX = 8,      /* declarations around a line that are shown */
	TEXT_MAX = 1 << 20, /* bytes of a file that is read */
	MARK_MAX = 80,      /* bytes of a line that stands for others */
};

/* Stands for lines that are not shown. */
static const char left_out[] = "...\n";

/* Rows, from 0, up to before end. */
struct rows {
	size_t first, end;
};

struct declaration {
	struct rows rows;
	size_t around; /* the one that it stands in, from 1, or 0 */
};

struct context {
	struct declaration *declarations; /* in their order */
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
			c->declarations[c->n++].rows = (struct rows){
				syntax_row(each.node),
				syntax_end_row(each.node) + 1
			};
		}
	syntax_matches_free(m);
}

/* By their first rows, what is longer first. */
static int
compare(const void *a, const void *b)
{
	const struct rows *x = a, *y = b;

	if (x->first != y->first)
		return x->first < y->first ? -1 : 1;
	return (x->end < y->end) - (x->end > y->end);
}

/* Of those that begin in one row the longest is kept. */
static void
order_declarations(struct context *c)
{
	struct declaration *all = c->declarations;
	size_t n = 0, around = 0;

	if (c->n)
		qsort(all, c->n, sizeof *all, compare);
	for (size_t i = 0; i < c->n; i++) {
		if (n && all[n - 1].rows.first == all[i].rows.first)
			continue;
		while (around && all[around - 1].rows.end <= all[i].rows.first)
			around = all[around - 1].around;
		all[n].rows = all[i].rows;
		all[n++].around = around;
		around = n;
	}
	c->n = n;
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
	order_declarations(s->around);
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

/* Rows that are printed, or those of hunks, which stand elsewhere. */
struct piece {
	struct rows rows;
	bool is_hunk;
	size_t weight; /* its share of the room */
};

struct around {
	const struct context *context;
	struct rows *wanted; /* those of the hunks, too */
	size_t nwanted, wanted_capacity;
	struct piece *pieces;
	size_t n, capacity;
};

static struct rows
rows_of(const struct diff_hunk *h)
{
	size_t first = h->new_start - (h->new_count > 0);

	return (struct rows){ first, first + h->new_count };
}

/* Does the second begin in the first?  It may have no row. */
static bool
is_in(struct rows a, struct rows b)
{
	return b.first < a.end || (b.first == a.end && b.first == b.end);
}

static void
want(struct around *a, size_t first, size_t end)
{
	a->wanted = mem_grow(
	    a->wanted, &a->wanted_capacity, a->nwanted + 1, sizeof *a->wanted);
	a->wanted[a->nwanted++] = (struct rows){ first, end };
}

/* What a row stands in: the innermost declaration, the heads of the others. */
static void
want_around(struct around *a, size_t row)
{
	const struct context *c = a->context;
	size_t i = 0, end = c->n, n = 0;

	while (i < end) {
		size_t middle = i + (end - i) / 2;

		if (c->declarations[middle].rows.first <= row)
			i = middle + 1;
		else
			end = middle;
	}
	for (; i && n < DEPTH_MAX; i = c->declarations[i - 1].around) {
		struct rows rows = c->declarations[i - 1].rows;

		if (row < rows.end)
			want(a, rows.first, n++ ? rows.first + 1 : rows.end);
	}
}

/* What stands between the two ends of what it changes is in the hunk. */
static void
want_hunk(struct around *a, const struct diff_hunk *h)
{
	struct rows rows = rows_of(h);
	struct diff_lines lines = diff_lines(h);
	struct diff_line line;
	size_t next = rows.first, first = SIZE_MAX, last = next;

	while (diff_lines_next(&lines, &line)) {
		/* What is gone stood behind the line before. */
		if (line.kind != DIFF_CONTEXT)
			last = next -
			    (line.kind == DIFF_REMOVED && next > rows.first);
		if (line.kind != DIFF_CONTEXT && first == SIZE_MAX)
			first = last;
		next += line.kind != DIFF_REMOVED;
	}
	want(a, rows.first, rows.end);
	want_around(a, first == SIZE_MAX ? rows.first : first);
	want_around(a, last);
}

static void
merge_wanted(struct around *a)
{
	size_t n = 0;

	if (!a->wanted)
		return;
	qsort(a->wanted, a->nwanted, sizeof *a->wanted, compare);
	for (size_t i = 0; i < a->nwanted; i++)
		if (!n || !is_in(a->wanted[n - 1], a->wanted[i]))
			a->wanted[n++] = a->wanted[i];
		else if (a->wanted[i].end > a->wanted[n - 1].end)
			a->wanted[n - 1].end = a->wanted[i].end;
	a->nwanted = n;
}

static struct piece *
add_piece(struct around *a, size_t first, size_t end)
{
	a->pieces = mem_grow(
	    a->pieces, &a->capacity, a->n + 1, sizeof *a->pieces);
	a->pieces[a->n] = (struct piece){ .rows = { first, end } };
	return &a->pieces[a->n++];
}

/* Divide rows by those hunks from *next on that stand in them.  What is before
 * a hunk gets twice the room of what is behind the last. */
static void
add_pieces(struct around *a, struct rows rows, const struct diff_hunk **next,
    const struct diff_hunk *end)
{
	size_t from = a->n, at = rows.first;
	bool has_rows = false;

	for (; *next < end && is_in(rows, rows_of(*next)); (*next)++) {
		struct rows hunk = rows_of(*next);

		if (hunk.first > at) {
			add_piece(a, at, hunk.first)->weight = 2;
			has_rows = true;
		}
		if (a->n > from && a->pieces[a->n - 1].is_hunk)
			a->pieces[a->n - 1].rows.end = hunk.end;
		else
			add_piece(a, hunk.first, hunk.end)->is_hunk = true;
		at = hunk.end > at ? hunk.end : at;
	}
	if (at < rows.end) {
		add_piece(a, at, rows.end)->weight = 1;
		has_rows = true;
	}
	if (!has_rows)
		a->n = from;
}

/* Lines, as far as there is room. */
static void
add_rows(struct buf *out, const struct context *c, struct rows rows, size_t max)
{
	for (size_t i = rows.first; i < rows.end && i < c->nlines; i++) {
		if (out->len + c->lines[i].len + sizeof left_out > max) {
			buf_add_text(out, left_out);
			return;
		}
		buf_add(out, c->lines[i]);
		buf_add_char(out, '\n');
	}
}

static void
add_mark(struct buf *out, struct rows hunk)
{
	if (hunk.first < hunk.end)
		buf_add_format(out, "(lines %zu to %zu stand here)\n",
		    hunk.first + 1, hunk.end);
	else
		buf_add_text(out, "(what is gone stood here)\n");
}

static void
print_pieces(struct buf *out, const struct around *a, size_t max)
{
	size_t weight = 0;

	for (size_t i = 0; i < a->n; i++)
		weight += a->pieces[i].weight;
	for (size_t i = 0; i < a->n && out->len + MARK_MAX < max; i++) {
		const struct piece *each = &a->pieces[i];
		size_t room = max - out->len;

		if (i && each[-1].rows.end < each->rows.first)
			buf_add_text(out, left_out);
		if (each->is_hunk)
			add_mark(out, each->rows);
		else
			add_rows(out, a->context, each->rows,
			    max - room + room / weight * each->weight);
		weight -= each->weight;
	}
}

void
context_add(struct buf *out, const struct section *s, size_t first, size_t end,
    size_t max)
{
	const struct diff_hunk *next = &s->diff.hunks[first];
	struct around a = { .context = s->around };

	if (!s->around)
		return;
	for (size_t i = first; i < end; i++)
		want_hunk(&a, &s->diff.hunks[i]);
	merge_wanted(&a);
	for (size_t i = 0; i < a.nwanted; i++)
		add_pieces(&a, a.wanted[i], &next, &s->diff.hunks[end]);
	print_pieces(out, &a, max);
	free(a.wanted);
	free(a.pieces);
}
