/* diff - lines by number. */
#include "diff_seek.h"

#include "diff_parts.h"

static size_t
first_of(const struct diff_hunk *h)
{
	return diff_first(h->new_start, h->new_count);
}

const struct diff_line *
diff_seek(const struct diff_file *f, size_t new_line, struct diff_seek *at)
{
	size_t hunk = diff_find_hunk(f, new_line);

	if (hunk == f->nhunks || new_line < first_of(&f->hunks[hunk]))
		return NULL;
	if (at->hunk == hunk + 1 && at->line.new_line == new_line)
		return &at->line;
	if (at->hunk != hunk + 1 || at->lines.new_next > new_line)
		*at = (struct diff_seek){ .lines = diff_lines(&f->hunks[hunk]),
			.hunk = hunk + 1 };
	while (diff_lines_next(&at->lines, &at->line))
		if (at->line.new_line == new_line)
			return &at->line;
	return NULL;
}
