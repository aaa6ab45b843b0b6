/* dmr-review: the lines of a section, with the names that a model gets. */
#include "anchor_parts.h"

#include "mem.h"
#include "show.h"

/* No letter that looks like a digit, or like another one. */
static const char digits[] = "0123456789abcdefghjkmnpqrstvwxyz";

static const char *const methods[] = {
	[ANCHOR_NONE] = "none",
	[ANCHOR_AGREED] = "agreed",
	[ANCHOR_EXACT] = "exact",
	[ANCHOR_NORMALIZED] = "normalized",
	[ANCHOR_PART] = "part",
	[ANCHOR_HASHED] = "hashed",
};

const char *
anchor_method_name(enum anchor_method method)
{
	return methods[method];
}

void
anchor_write(struct buf *out, const struct anchor_line *line)
{
	buf_add_format(out, "%zu#%s", line->number, line->hash);
}

static void
set_hash(struct anchors *a, size_t i)
{
	const struct anchor_line *line = &a->lines[i];
	uint64_t hash = STR_HASH;
	struct str none = { 0 };
	bool has_above = i > 0 && line[-1].hunk == line->hunk;
	bool has_below = i + 1 < a->nlines && line[1].hunk == line->hunk;

	hash = str_hash(hash, has_above ? a->index->lines[i - 1] : none);
	hash = str_hash(hash, a->index->lines[i]);
	hash = str_hash(hash, has_below ? a->index->lines[i + 1] : none);
	hash ^= hash >> 32;
	hash ^= hash >> 16;
	for (size_t k = 0; k < ANCHOR_HASH; k++)
		a->lines[i].hash[k] =
		    digits[hash >> 5 * k & (sizeof digits - 2)];
}

static void
add_line(struct anchors *a, size_t hunk, const struct diff_line *line)
{
	if (line->kind == DIFF_REMOVED)
		a->removed[a->nremoved++] = line->text;
	else
		a->lines[a->nlines++] = (struct anchor_line){
			.text = line->text,
			.number = line->new_line,
			.hunk = hunk,
			.is_added = line->kind == DIFF_ADDED,
		};
}

/* Append the text as the prompt shows it; escapes make it longer. */
static void
add_shown(struct buf *out, struct str text, struct str *shown, bool *is_escaped)
{
	size_t at = out->len;

	show_text(out, text);
	shown->len = out->len - at;
	*is_escaped = shown->len != text.len;
}

/* texts have their lengths; they stand in `from` one after another. */
static void
normalize(struct str *texts, size_t n, const char **from, char **to)
{
	for (size_t i = 0; i < n; i++) {
		struct str text = { *from, texts[i].len };

		*from += text.len;
		texts[i] = anchor_normalize(text, *to);
		*to += texts[i].len;
	}
}

static void
make_index(struct anchors *a)
{
	struct anchor_index *index = mem_new(1, sizeof *index);
	struct buf shown = { .max = SIZE_MAX / 2 };
	const char *from;
	char *to;

	index->lines = mem_new(a->nlines + 1, sizeof *index->lines);
	index->removed = mem_new(a->nremoved + 1, sizeof *index->removed);
	index->is_escaped = mem_new(a->nlines + a->nremoved + 1, 1);
	for (size_t i = 0; i < a->nlines; i++)
		add_shown(&shown, a->lines[i].text, &index->lines[i],
		    &index->is_escaped[i]);
	for (size_t i = 0; i < a->nremoved; i++)
		add_shown(&shown, a->removed[i], &index->removed[i],
		    &index->is_escaped[a->nlines + i]);
	buf_add_text(&shown, ""); /* there is a NUL at least */
	from = shown.data;
	to = index->memory = mem_new(shown.len + 1, 1);
	normalize(index->lines, a->nlines, &from, &to);
	normalize(index->removed, a->nremoved, &from, &to);
	a->index = index;
	buf_done(&shown);
}

void
anchors_make(
    struct anchors *a, const struct diff_file *file, size_t first, size_t end)
{
	size_t n = 0;

	for (size_t i = first; i < end; i++)
		n += file->hunks[i].nlines;
	*a = (struct anchors){
		.lines = mem_new(n + 1, sizeof *a->lines),
		.removed = mem_new(n + 1, sizeof *a->removed),
	};
	for (size_t i = first; i < end; i++) {
		struct diff_lines lines = diff_lines(&file->hunks[i]);
		struct diff_line line;

		while (diff_lines_next(&lines, &line))
			add_line(a, i, &line);
	}
	make_index(a);
	for (size_t i = 0; i < a->nlines; i++)
		set_hash(a, i);
}

void
anchors_done(struct anchors *a)
{
	if (a->index) {
		free(a->index->lines);
		free(a->index->removed);
		free(a->index->is_escaped);
		free(a->index->memory);
	}
	free(a->index);
	free(a->lines);
	free(a->removed);
	*a = (struct anchors){ 0 };
}
