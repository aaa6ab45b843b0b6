/* dmr-review: the lines of a section that are alike, with those around. */
#include "alike.h"

/* A line and the one before it, which waits for the one behind it. */
struct window {
	struct finding_alike *alike;
	uint64_t above, line, below; /* 0: none is shown */
	size_t number;               /* 0: none waits */
};

static void
add_waiting(struct window *w)
{
	const uint64_t three[] = { w->above, w->line, w->below };

	if (w->number)
		finding_alike_add(w->alike,
		    str_hash(STR_HASH,
			(struct str){ (const char *)three, sizeof three }),
		    w->number);
}

static void
add_line(struct window *w, size_t number, struct str text)
{
	uint64_t hash = finding_hash(STR_HASH, text);
	bool is_next = number == w->number + 1;

	w->below = is_next ? hash : 0;
	add_waiting(w);
	w->above = is_next ? w->line : 0;
	w->line = hash;
	w->number = number;
}

/* Hunks may repeat each other's context. */
void
alike_make(struct finding_alike *alike, const struct diff_file *file,
    const struct masked *masked)
{
	struct window w = { .alike = alike };

	for (size_t i = 0; i < file->nhunks; i++) {
		struct diff_lines lines = diff_lines(&file->hunks[i]);
		struct diff_line line;

		while (diff_lines_next(&lines, &line))
			if (line.new_line > w.number)
				add_line(&w, line.new_line,
				    masked_line(
					masked, line.new_line, line.text));
	}
	w.below = 0;
	add_waiting(&w);
	finding_alike_count(alike);
}
