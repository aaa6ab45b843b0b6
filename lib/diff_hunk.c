/* diff - the hunks of a diff. */
#include "diff_parts.h"
#include "mem.h"

static bool
read_number(struct str *s, size_t *n)
{
	size_t digits = 0;

	for (*n = 0; s->len && s->data[0] >= '0' && s->data[0] <= '9';
	     digits++) {
		*n = *n * 10 + (size_t)(s->data[0] - '0');
		if (*n > DIFF_LINES_MAX)
			return false;
		*s = str_skip(*s, 1);
	}
	return digits > 0;
}

/* " -12,3", or " -12" for one line. */
static bool
read_range(struct str *s, const char *mark, size_t *start, size_t *count)
{
	if (!diff_begins(*s, mark, s) || !read_number(s, start))
		return false;
	*count = 1;
	if (diff_begins(*s, ",", s) && !read_number(s, count))
		return false;
	return *start > 0 || *count == 0;
}

/* "@@ -1,3 +1,4 @@ heading", with an @ more for each more parent. */
bool
diff_hunk_head(struct diff_reader *r, struct diff_hunk *h)
{
	struct str s = r->line, marks = s;
	size_t start;

	while (diff_begins(s, "@", &s))
		;
	marks.len -= s.len;
	r->nparents = marks.len - 1;
	if (marks.len < 2 || r->nparents > DIFF_PARENTS_MAX)
		return false;
	for (size_t i = 0; i < r->nparents; i++) {
		if (!read_range(&s, " -", &start, &r->old_left[i]))
			return false;
		if (i == 0)
			h->old_start = start;
	}
	h->old_count = r->old_left[0];
	if (!read_range(&s, " +", &h->new_start, &h->new_count) ||
	    !diff_begins(s, " ", &s) || s.len < marks.len ||
	    memcmp(s.data, marks.data, marks.len) != 0)
		return false;
	r->new_left = h->new_count;
	h->heading = str_trim(str_skip(s, marks.len));
	return true;
}

/* The one mark other than a blank in the columns; 0: these are no columns. */
static char
find_mark(struct str columns)
{
	char mark = DIFF_CONTEXT;

	for (size_t i = 0; i < columns.len; i++) {
		char c = columns.data[i];

		if (c == mark || c == DIFF_CONTEXT)
			continue;
		if (mark != DIFF_CONTEXT ||
		    (c != DIFF_ADDED && c != DIFF_REMOVED))
			return 0;
		mark = c;
	}
	return mark;
}

/*
 * What the columns before a line say: one for each parent, '+' that it lacks
 * the line, '-' that the result does, but not the parent.  False: these are
 * no columns, or there are more lines than the hunk's head said.
 */
static bool
read_columns(struct diff_reader *r, struct str columns, struct diff_line *line)
{
	char mark = find_mark(columns);
	char has_it = mark == DIFF_REMOVED ? DIFF_REMOVED : DIFF_CONTEXT;

	line->kind = (enum diff_kind)mark;
	for (size_t i = 0; i < columns.len; i++)
		if (columns.data[i] == has_it && !r->old_left[i]--)
			return false;
	if (columns.data[0] == has_it)
		line->old_line = r->old_next++;
	if (mark == DIFF_REMOVED)
		return true;
	line->new_line = r->new_next++;
	return mark && r->new_left--;
}

static int
read_hunk_line(struct diff_reader *r)
{
	struct diff_hunk *h = r->hunk;
	struct diff_line line = { 0 };
	struct str columns = { "                                ",
		r->nparents };

	if (str_starts(r->line, "\\ ") && h->nlines) {
		h->lines[h->nlines - 1].no_newline = true;
		return 0;
	}
	if (r->line.len >= r->nparents) {
		columns.data = r->line.data;
		line.text = str_skip(r->line, r->nparents);
	} else if (r->line.len) {
		return diff_wrong(r, "this is no line of a hunk");
	} /* an empty line has lost its blanks on its way */
	if (!read_columns(r, columns, &line))
		return diff_wrong(r, "this is no line of a hunk");
	h->lines = mem_grow(
	    h->lines, &r->lines_capacity, h->nlines + 1, sizeof *h->lines);
	h->lines[h->nlines++] = line;
	return 0;
}

static bool
is_complete(const struct diff_reader *r)
{
	for (size_t i = 0; i < r->nparents; i++)
		if (r->old_left[i])
			return false;
	return !r->new_left;
}

/* Does the hunk begin behind the one before it, on both sides?  Those of git
 * diff -W may overlap. */
static bool
is_in_order(const struct diff_hunk *before, const struct diff_hunk *h)
{
	return h->old_start >= before->old_start &&
	    h->new_start >= before->new_start;
}

static int
read_lines(struct diff_reader *r)
{
	while (!is_complete(r)) {
		if (!diff_next_line(r))
			return diff_wrong(r, "the diff ends inside of a hunk");
		if (read_hunk_line(r))
			return -1;
	}
	if (r->hunk->nlines && str_starts(r->rest, "\\ ")) {
		diff_next_line(r);
		return read_hunk_line(r);
	}
	return 0;
}

int
diff_hunk_read(struct diff_reader *r, const struct diff_hunk *h)
{
	struct diff_file *f = r->file;

	if (f->nhunks && !is_in_order(&f->hunks[f->nhunks - 1], h))
		return diff_wrong(r, "a hunk before the one that it follows");
	f->hunks = mem_grow(
	    f->hunks, &r->hunks_capacity, f->nhunks + 1, sizeof *f->hunks);
	r->hunk = &f->hunks[f->nhunks++];
	*r->hunk = *h;
	r->old_next = h->old_start;
	r->new_next = h->new_start;
	r->lines_capacity = 0;
	return read_lines(r);
}
