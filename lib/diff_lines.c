/* diff - the lines of a hunk, one after another. */
#include "diff_parts.h"

char
diff_mark(struct str columns)
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

struct diff_lines
diff_lines(const struct diff_hunk *h)
{
	return (struct diff_lines){ h->text, h->nparents, h->old_start,
		h->new_start };
}

/* Cut the line at the start of what is left, with what is at its end. */
static void
cut(struct diff_lines *l, struct diff_line *line)
{
	const char *start = l->rest.data;
	const char *end = memchr(start, '\n', l->rest.len);
	size_t len = end ? (size_t)(end - start) : l->rest.len;
	size_t taken = len + (end != NULL);

	line->has_cr = len && start[len - 1] == '\r';
	line->no_newline = !end && !l->nparents;
	line->whole = (struct str){ start, len - line->has_cr };
	line->text = line->whole;
	l->rest = (struct str){ start + taken, l->rest.len - taken };
}

/* What the marks before a line say; it has none if its blanks got lost. */
static void
read_marks(struct diff_lines *l, struct diff_line *line)
{
	struct str columns = { line->whole.data, l->nparents };
	size_t n = l->nparents;
	char old;

	if (!line->whole.len) {
		columns.data = DIFF_BLANKS;
		n = 0;
	}
	line->text.data += n;
	line->text.len -= n;
	line->kind = (enum diff_kind)(
	    l->nparents == 1 ? columns.data[0] : diff_mark(columns));
	old = line->kind == DIFF_REMOVED ? DIFF_REMOVED : DIFF_CONTEXT;
	line->new_line = line->kind == DIFF_REMOVED ? 0 : l->new_next++;
	line->old_line = columns.data[0] == old ? l->old_next++ : 0;
}

bool
diff_lines_next(struct diff_lines *l, struct diff_line *line)
{
	if (!l->rest.len)
		return false;
	cut(l, line);
	if (!l->nparents) {
		line->kind = DIFF_ADDED;
		line->old_line = 0;
		line->new_line = l->new_next++;
		return true;
	}
	read_marks(l, line);
	while (l->rest.len && l->rest.data[0] == '\\') {
		line->no_newline = true;
		str_cut(&l->rest, '\n');
	}
	return true;
}

bool
diff_is_of(const struct diff_file *diff, struct str text)
{
	struct str line = { 0 };
	size_t at = 0;

	for (size_t i = 0; i < diff->nhunks; i++) {
		struct diff_lines lines = diff_lines(&diff->hunks[i]);
		struct diff_line each;

		while (diff_lines_next(&lines, &each)) {
			/* It is gone, or the hunk before has it, too. */
			if (!each.new_line || each.new_line < at)
				continue;
			for (; at < each.new_line && text.data; at++)
				line = str_cut(&text, '\n');
			if (at != each.new_line ||
			    !str_equal(str_trim(line), str_trim(each.text)))
				return false;
		}
	}
	return true;
}
