/* diff - all of one, and which line is which, on both sides. */
#include "diff_parser.h"
#include "diff_parts.h"
#include "mem.h"

void
diff_file_done(struct diff_file *f)
{
	free(f->hunks);
	free(f->old_path);
	free(f->new_path);
	free(f->bytes);
	*f = (struct diff_file){ 0 };
}

void
diff_done(struct diff *d)
{
	for (size_t i = 0; i < d->nfiles; i++)
		diff_file_done(&d->files[i]);
	free(d->files);
	*d = (struct diff){ 0 };
}

enum { PIECE = 1 << 16 };

int
diff_read(struct diff *d, struct str text, struct err *e)
{
	struct diff_parser p = { 0 };
	struct diff_file file;
	size_t capacity = 0;
	int got;

	*d = (struct diff){ 0 };
	while ((got = diff_parser_next(&p, &file, e)) >= 0) {
		struct str piece = { text.data,
			text.len < PIECE ? text.len : PIECE };

		if (got) {
			d->files = mem_grow(d->files, &capacity, d->nfiles + 1,
			    sizeof *d->files);
			d->files[d->nfiles++] = file;
			continue;
		}
		if (p.is_closed)
			break;
		diff_parser_add(&p, piece);
		text = str_skip(text, piece.len);
	}
	diff_parser_done(&p);
	if (got)
		diff_done(d);
	return got;
}

/* --- lines --- */

/* A hunk seen from one of its sides. */
struct side {
	size_t first, end; /* lines */
};

static struct side
side_of(const struct diff_hunk *h, bool is_new)
{
	size_t start = is_new ? h->new_start : h->old_start;
	size_t count = is_new ? h->new_count : h->old_count;
	size_t first = diff_first(start, count);

	return (struct side){ first, first + count };
}

size_t
diff_find_hunk(const struct diff_file *f, size_t new_line)
{
	size_t first = 0, end = f->nhunks;

	while (first < end) {
		size_t middle = first + (end - first) / 2;

		if (side_of(&f->hunks[middle], true).end <= new_line)
			first = middle + 1;
		else
			end = middle;
	}
	return first;
}

static bool
hunk_touches(const struct diff_hunk *h, size_t first, size_t last)
{
	size_t next = diff_first(h->new_start, h->new_count);
	struct diff_lines lines = diff_lines(h);
	struct diff_line line;

	while (diff_lines_next(&lines, &line)) {
		if (line.kind == DIFF_REMOVED && first < next && next <= last)
			return true;
		if (line.kind == DIFF_ADDED && first <= next && next <= last)
			return true;
		next += line.kind != DIFF_REMOVED;
	}
	return false;
}

bool
diff_touches(const struct diff_file *f, size_t first, size_t last)
{
	for (size_t i = diff_find_hunk(f, first); i < f->nhunks; i++)
		if (side_of(&f->hunks[i], true).first > last)
			break;
		else if (hunk_touches(&f->hunks[i], first, last))
			return true;
	return false;
}

/* What a line of one side, that stands in the hunk, is on the other one. */
static size_t
find_in_hunk(const struct diff_hunk *h, size_t line, bool is_new)
{
	struct diff_lines lines = diff_lines(h);
	struct diff_line l;

	while (diff_lines_next(&lines, &l))
		if ((is_new ? l.new_line : l.old_line) == line)
			return is_new ? l.old_line : l.new_line;
	return 0;
}

/* Lines between hunks are as far from each other as the ends of the hunk
 * before them. */
static size_t
other_line(const struct diff_file *f, size_t line, bool is_new)
{
	size_t here = 0, there = 0;

	if (!line || !(is_new ? f->old_path : f->new_path))
		return 0;
	for (size_t i = 0; i < f->nhunks; i++) {
		struct side side = side_of(&f->hunks[i], is_new);

		if (line < side.first)
			break;
		if (line < side.end)
			return find_in_hunk(&f->hunks[i], line, is_new);
		here = side.end;
		there = side_of(&f->hunks[i], !is_new).end;
	}
	return line - here + there;
}

size_t
diff_new_line(const struct diff_file *f, size_t old_line)
{
	return other_line(f, old_line, false);
}

size_t
diff_old_line(const struct diff_file *f, size_t new_line)
{
	return other_line(f, new_line, true);
}
