/* table - rows of cells, for people or for programs. */
#include "table.h"

#include "mem.h"

void
table_write_cell(const char *text, struct buf *out)
{
	size_t from = out->len;

	if (buf_add_text(out, text[0] ? text : "-"))
		return;
	for (char *c = out->data + from; *c; c++)
		if ((unsigned char)*c < ' ' || *c == 0x7f)
			*c = ' ';
}

void
table_add(struct table *t, const char *text)
{
	struct buf cell = { 0 };

	table_write_cell(text, &cell);
	t->cells = mem_grow(t->cells, &t->capacity, t->n + 1, sizeof *t->cells);
	t->cells[t->n++] = buf_take(&cell);
}

/* Characters of UTF-8 text: bytes that do not continue one. */
static size_t
count_chars(const char *text)
{
	size_t n = 0;

	for (; *text; text++)
		n += ((unsigned char)*text & 0xc0) != 0x80;
	return n;
}

static size_t
column_width(const struct table *t, size_t column, const char *head)
{
	size_t width = count_chars(head);

	for (size_t i = column; i < t->n; i += t->ncolumns) {
		size_t n = count_chars(t->cells[i]);

		if (n > width && n <= TABLE_WIDTH_MAX)
			width = n;
	}
	return width;
}

/* One row; widths: NULL for programs. */
static void
write_row(const struct table *t, const char *const *cells, const size_t *widths,
    struct buf *out)
{
	for (size_t i = 0; i < t->ncolumns; i++) {
		bool last = i + 1 == t->ncolumns;

		buf_add_text(out, cells[i]);
		if (last || !widths) {
			buf_add_char(out, last ? '\n' : '\t');
			continue;
		}
		for (size_t n = count_chars(cells[i]); n < widths[i]; n++)
			buf_add_char(out, ' ');
		buf_add_text(out, "  ");
	}
}

void
table_write(const struct table *t, const char *const *head, struct buf *out)
{
	size_t *widths = NULL;

	if (head) {
		widths = mem_new(t->ncolumns, sizeof *widths);
		for (size_t i = 0; i < t->ncolumns; i++)
			widths[i] = column_width(t, i, head[i]);
		write_row(t, head, widths, out);
	}
	for (size_t i = 0; i + t->ncolumns <= t->n; i += t->ncolumns)
		write_row(t, (const char *const *)t->cells + i, widths, out);
	free(widths);
}

void
table_done(struct table *t)
{
	for (size_t i = 0; i < t->n; i++)
		free(t->cells[i]);
	free(t->cells);
	*t = (struct table){ .ncolumns = t->ncolumns };
}
