/* dmr-reqs: the lines of a text. */
#include "check_lines.h"

#include "document_json.h"
#include "mem.h"

static void
add(struct check_lines *l, size_t start)
{
	l->starts = mem_grow(
	    l->starts, &l->capacity, l->n + 1, sizeof *l->starts);
	l->starts[l->n++] = start;
}

void
check_lines_read(struct check_lines *l, struct str text)
{
	l->text = text;
	add(l, 0);
	for (size_t i = 0; i < text.len; i++)
		if (document_ends_line(text, i))
			add(l, i + 1);
}

void
check_lines_done(struct check_lines *l)
{
	free(l->starts);
	*l = (struct check_lines){ 0 };
}

size_t
check_lines_find(const struct check_lines *l, size_t at)
{
	size_t low = 0, high = l->n;

	while (high - low > 1) {
		size_t middle = low + (high - low) / 2;

		if (l->starts[middle] <= at)
			low = middle;
		else
			high = middle;
	}
	return low + 1;
}

struct str
check_lines_at(const struct check_lines *l, size_t line)
{
	size_t start = l->starts[line - 1];
	size_t end = line < l->n ? l->starts[line] : l->text.len;

	struct str text = str_chomp(
	    (struct str){ l->text.data + start, end - start });

	text.len -= str_ends(text, "\r");
	return text;
}
