/* diff - the hunks of a diff. */
#include "diff_parser.h"
#include "diff_parts.h"
#include "mem.h"

#define NOT_IN_ORDER "a hunk before the one that it follows"

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

bool
diff_hunk_head(
    struct diff_parser *p, struct diff_hunk *h, struct diff_place *place)
{
	struct str s = p->line, marks = s;
	size_t start;

	while (diff_begins(s, "@", &s))
		;
	marks.len -= s.len;
	h->nparents = marks.len - 1;
	if (marks.len < 2 || h->nparents > DIFF_PARENTS_MAX)
		return false;
	for (size_t i = 0; i < h->nparents; i++) {
		if (!read_range(&s, " -", &start, &p->old_left[i]))
			return false;
		if (i == 0)
			h->old_start = start;
	}
	h->old_count = p->old_left[0];
	if (!read_range(&s, " +", &h->new_start, &h->new_count) ||
	    !diff_begins(s, " ", &s) || s.len < marks.len ||
	    memcmp(s.data, marks.data, marks.len) != 0)
		return false;
	p->new_left = h->new_count;
	h->heading = str_trim(str_skip(s, marks.len));
	place->head = p->at;
	place->heading = (size_t)(h->heading.data - p->in.data);
	place->text = place->end = p->next;
	return true;
}

/* The line behind a hunk, on the old side or the new one. */
static size_t
end_of(const struct diff_hunk *h, bool is_new)
{
	size_t start = is_new ? h->new_start : h->old_start;
	size_t count = is_new ? h->new_count : h->old_count;

	return diff_first(start, count) + count;
}

static size_t
start_of(const struct diff_hunk *h, bool is_new)
{
	return end_of(h, is_new) - (is_new ? h->new_count : h->old_count);
}

/* How many lines of a side they have in common. */
static size_t
overlap(const struct diff_hunk *before, const struct diff_hunk *h, bool is_new)
{
	size_t end = end_of(before, is_new), start = start_of(h, is_new);

	return end > start ? end - start : 0;
}

/*
 * Those of git diff -W may have the same lines of context in common, as many on
 * both sides, but begin one after another; else a hunk begins behind the one
 * before it.
 */
static bool
is_in_order(const struct diff_hunk *before, const struct diff_hunk *h)
{
	size_t n = overlap(before, h, true);

	if (overlap(before, h, false) != n)
		return false;
	return !n ||
	    (h->nparents == 1 && start_of(before, true) < start_of(h, true) &&
		start_of(before, false) < start_of(h, false));
}

static struct diff_lines
lines_of(const struct diff_parser *p, size_t hunk)
{
	struct diff_place place = p->places[hunk];
	struct diff_hunk h = p->file.hunks[hunk];

	h.text = (struct str){ p->in.data + place.text,
		place.end - place.text };
	return diff_lines(&h);
}

/* Are the lines that the last hunk has in common with the one before it the
 * same, and context? */
static bool
agrees(const struct diff_parser *p)
{
	size_t last = p->file.nhunks - 1;
	const struct diff_hunk *h = &p->file.hunks[last];
	struct diff_lines old, new;
	struct diff_line a, b;

	if (!last || !overlap(h - 1, h, true))
		return true;
	old = lines_of(p, last - 1);
	new = lines_of(p, last);
	while (diff_lines_next(&old, &a)) {
		if (a.new_line < start_of(h, true) &&
		    a.old_line < start_of(h, false))
			continue;
		if (!diff_lines_next(&new, &b) || a.kind != DIFF_CONTEXT ||
		    b.kind != DIFF_CONTEXT || !str_equal(a.text, b.text))
			return false;
	}
	return true;
}

static bool
is_complete(const struct diff_parser *p, size_t nparents)
{
	for (size_t i = 0; i < nparents; i++)
		if (p->old_left[i])
			return false;
	return !p->new_left;
}

int
diff_hunk_begin(struct diff_parser *p, const struct diff_hunk *h,
    const struct diff_place *place)
{
	struct diff_file *f = &p->file;

	if (f->nhunks && !is_in_order(&f->hunks[f->nhunks - 1], h))
		return diff_wrong(p, NOT_IN_ORDER);
	f->hunks = mem_grow(
	    f->hunks, &p->hunks_capacity, f->nhunks + 1, sizeof *f->hunks);
	p->places = mem_grow(
	    p->places, &p->places_capacity, f->nhunks + 1, sizeof *p->places);
	f->hunks[f->nhunks] = *h;
	p->places[f->nhunks++] = *place;
	p->is_open = !is_complete(p, h->nparents);
	p->ends_hunk = false;
	diff_pass_line(p);
	return 1;
}

/*
 * What the columns before a line say: one for each parent, '+' that it lacks
 * the line, '-' that the result does, but not the parent.  False: these are
 * no columns, or there are more lines than the hunk's head said.
 */
static bool
count_columns(struct diff_parser *p, struct str columns)
{
	char mark = diff_mark(columns);
	char has_it = mark == DIFF_REMOVED ? DIFF_REMOVED : DIFF_CONTEXT;

	if (!mark)
		return false;
	for (size_t i = 0; i < columns.len; i++)
		if (columns.data[i] == has_it && !p->old_left[i]--)
			return false;
	return mark == DIFF_REMOVED || p->new_left--;
}

static bool
count_line(struct diff_parser *p, struct diff_hunk *h)
{
	struct str columns = p->line;

	if (str_starts(p->line, "\\ "))
		return h->nlines > 0;
	h->nlines++;
	columns.len = h->nparents;
	if (p->line.len >= h->nparents)
		return count_columns(p, columns);
	if (p->line.len)
		return false;
	/* An empty line has lost its blanks on its way. */
	columns.data = DIFF_BLANKS;
	return count_columns(p, columns);
}

/*
 * Whole lines of a diff with one parent, as long as they are what they shall
 * be: most lines are, and this is all that is done with each.
 */
static void
count_plain_lines(struct diff_parser *p, struct diff_hunk *h)
{
	const char *at = p->in.data + p->at, *end = p->in.data + p->plain;
	size_t old = p->old_left[0], new = p->new_left, n = 0;

	while (old + new &&at < end) {
		const char *next = memchr(at, '\n', (size_t)(end - at));
		bool is_old = *at != DIFF_ADDED, is_new = *at != DIFF_REMOVED;

		if (!next || (is_old && is_new && *at != DIFF_CONTEXT) ||
		    old < is_old || new < is_new)
			break;
		old -= is_old;
		new -= is_new;
		n++;
		at = next + 1;
	}
	p->old_left[0] = old;
	p->new_left = new;
	p->at = (size_t)(at - p->in.data);
	p->number += n;
	h->nlines += n;
	p->is_open = old + new > 0;
}

/* All lines of a word diff that are indented look like context. */
static bool
changes(const struct diff_hunk *h)
{
	return h->nparents > 1 || h->nlines != h->old_count ||
	    h->nlines != h->new_count;
}

int
diff_hunk_lines(struct diff_parser *p)
{
	struct diff_hunk *h = &p->file.hunks[p->file.nhunks - 1];

	while (p->is_open) {
		if (h->nparents == 1 && p->seen <= p->at)
			count_plain_lines(p, h);
		if (!p->is_open)
			break;
		if (!diff_look(p, p->at, &p->line, &p->next))
			return 0;
		if (!count_line(p, h))
			return diff_wrong(p, "this is no line of a hunk");
		diff_pass_line(p);
		p->is_open = !is_complete(p, h->nparents);
	}
	p->places[p->file.nhunks - 1].end = p->at;
	if (!changes(h))
		return diff_wrong(p,
		    "nothing changes in the hunk before it; try: git diff "
		    "without --word-diff");
	if (!agrees(p))
		return diff_wrong(p, NOT_IN_ORDER);
	p->ends_hunk = h->nlines > 0;
	return 1;
}
