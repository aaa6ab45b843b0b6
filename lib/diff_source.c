/* diff - a source file as a section. */
#include "diff_parts.h"
#include "mem.h"

/* Does a declaration begin with the line, as far as can be seen? */
static bool
is_start(struct str line)
{
	return line.len && !strchr(" \t\r\n})]", line.data[0]);
}

static struct str
first_line(struct str text)
{
	text.len = text.data ? str_find(text, STR("\n")) : 0;
	return text;
}

/* Places where a hunk may end: at any line, before a blank one, before a
 * declaration; each the last one there is, or 0. */
struct ends {
	size_t line, blank, start;
};

static void
note_end(struct ends *ends, size_t at, struct str line, bool is_behind_blank)
{
	ends->line = at;
	if (str_is_blank(line))
		ends->blank = at;
	if (is_behind_blank && is_start(line))
		ends->start = at;
}

/* How much of the text is a hunk of at most `max` bytes: up to the best place
 * in its second half, or to the last line. */
static size_t
hunk_length(struct str text, size_t max)
{
	struct ends ends = { 0 };
	bool is_behind_blank = false;
	size_t at = 0;

	while (at < text.len && at <= max) {
		struct str line = first_line(str_skip(text, at));

		note_end(&ends, at, line, is_behind_blank);
		is_behind_blank = str_is_blank(line);
		at += line.len + (at + line.len < text.len);
	}
	if (at <= max || !ends.line)
		return at;
	if (ends.start > max / 2)
		return ends.start;
	return ends.blank > max / 2 ? ends.blank : ends.line;
}

static size_t
count_lines(struct str text)
{
	size_t n = 0;

	for (; text.data; n++)
		str_cut(&text, '\n');
	return n;
}

struct hunks {
	struct diff_hunk *items;
	size_t n, capacity;
};

/* Add the text's lines, of which the first has this number. */
static void
add_hunks(struct hunks *all, struct str text, size_t next, size_t max)
{
	while (text.len) {
		struct str piece = { text.data, hunk_length(text, max) };
		size_t n = count_lines(str_chomp(piece));

		all->items = mem_grow(
		    all->items, &all->capacity, all->n + 1, sizeof *all->items);
		all->items[all->n++] = (struct diff_hunk){
			.new_start = next,
			.new_count = n,
			.nlines = n,
			.text = piece,
		};
		next += n;
		text = str_skip(text, piece.len);
	}
}

void
diff_of_source(
    struct diff_file *f, const char *path, struct str text, size_t max)
{
	struct hunks all = { 0 };

	*f = (struct diff_file){ .new_path = mem_copy(str_of(path)),
		.is_new = true,
		.bytes = mem_copy(text),
		.line = 1 };
	add_hunks(&all, (struct str){ f->bytes, text.len }, 1, max);
	f->hunks = all.items;
	f->nhunks = all.n;
}

void
diff_divide_source(struct diff_file *f, const size_t *max)
{
	struct hunks all = { 0 };

	for (size_t i = 0; i < f->nhunks; i++)
		add_hunks(
		    &all, f->hunks[i].text, f->hunks[i].new_start, max[i]);
	free(f->hunks);
	f->hunks = all.items;
	f->nhunks = all.n;
}
