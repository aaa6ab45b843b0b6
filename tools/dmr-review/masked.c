/* dmr-review: the lines of a section that hold a secret. */
#include "masked.h"

#include "lines.h"
#include "mem.h"
#include "offline.h"

struct masked_line {
	size_t line;
	char *text;
	size_t len;
	bool is_doubtful;
};

/* The first that is not before a line. */
static size_t
find(const struct masked *m, size_t line)
{
	return lines_find(m->items, m->n, sizeof *m->items,
	    offsetof(struct masked_line, line), line);
}

/* See offline_hidden.  Hunks may repeat each other's context. */
static void
add(void *owner, const struct diff_line *line, struct str text,
    bool is_doubtful)
{
	struct masked *m = owner;

	if (!line->new_line) {
		m->is_elsewhere |= !is_doubtful;
		return;
	}
	if (m->n && m->items[m->n - 1].line >= line->new_line)
		return;
	m->items = mem_grow(m->items, &m->capacity, m->n + 1, sizeof *m->items);
	m->items[m->n++] = (struct masked_line){ line->new_line, mem_copy(text),
		text.len, is_doubtful };
}

void
masked_make(struct masked *m, const struct diff_file *file)
{
	offline_secret_lines(file, add, m);
}

void
masked_done(struct masked *m)
{
	for (size_t i = 0; i < m->n; i++)
		free(m->items[i].text);
	free(m->items);
	*m = (struct masked){ 0 };
}

size_t
masked_next(const struct masked *m, size_t *at)
{
	while (*at < m->n) {
		const struct masked_line *line = &m->items[(*at)++];

		if (!line->is_doubtful)
			return line->line;
	}
	return 0;
}

bool
masked_has(const struct masked *m, size_t first, size_t last)
{
	size_t at = find(m, first);

	return at < m->n && m->items[at].line <= last;
}

struct str
masked_line(const struct masked *m, size_t line, struct str text)
{
	size_t at = find(m, line);

	if (at == m->n || m->items[at].line != line)
		return text;
	return (struct str){ m->items[at].text, m->items[at].len };
}
