/*
 * diff_print - a section written anew, of what was read of it.
 *
 * Heads are kept as they came; lines come from their marks and texts, and the
 * numbers of a hunk from its counts.
 */
#ifndef DIFF_PRINT_H
#define DIFF_PRINT_H

#include "diff.h"
#include "tap.h"

static inline void
print_range(struct buf *out, const char *mark, size_t start, size_t count)
{
	buf_add_format(out, "%s%zu", mark, start);
	if (count != 1)
		buf_add_format(out, ",%zu", count);
}

/* "@@ -1,3 +1,4 @@", and what else stands in that line. */
static inline void
print_head(struct buf *out, const struct diff_hunk *h)
{
	const char *end = h->head.data + h->head.len;
	struct buf own = { 0 };
	struct str rest = h->head;

	if (h->nparents == 1) {
		print_range(&own, "@@ -", h->old_start, h->old_count);
		print_range(&own, " +", h->new_start, h->new_count);
		buf_add_text(&own, " @@");
		buf_add(out, buf_str(&own));
		rest = str_skip(rest, own.len);
		tap_case(str_equal(str_trim(rest), h->heading), "%.*s",
		    STR_ARGS(h->head));
	}
	buf_add(out, rest);
	/* Its line end. */
	buf_add(out, (struct str){ end, (size_t)(h->text.data - end) });
	buf_done(&own);
}

static inline void
print_line(struct buf *out, const struct diff_hunk *h,
    const struct diff_line *line, bool is_last)
{
	const char *whole_end = line->whole.data + line->whole.len +
	    line->has_cr;

	/* A blank that got lost, the marks of a combined diff. */
	if (h->nparents != 1 || !line->whole.len) {
		buf_add(out, line->whole);
	} else {
		buf_add_char(out, (char)line->kind);
		buf_add(out, line->text);
	}
	if (line->has_cr)
		buf_add_char(out, '\r');
	if (!is_last || whole_end < h->text.data + h->text.len)
		buf_add_char(out, '\n');
	if (line->no_newline && h->nparents)
		buf_add_text(out, "\\ No newline at end of file\n");
}

static inline void
print_section(struct buf *out, const struct diff_file *f)
{
	buf_add(out, f->head);
	for (size_t i = 0; i < f->nhunks; i++) {
		const struct diff_hunk *h = &f->hunks[i];
		struct diff_lines lines = diff_lines(h);
		struct diff_line line;
		size_t n = 0;

		if (h->nparents)
			print_head(out, h);
		while (diff_lines_next(&lines, &line))
			print_line(out, h, &line, ++n == h->nlines);
		tap_case(n == h->nlines, "%s: hunk %zu", f->new_path, i);
	}
}

#endif
