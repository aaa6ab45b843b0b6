/* dmr-docstring: a file's insertions are proved, and put where they belong. */
#include "mem.h"
#include "run.h"

/* The insertions there are, in the order of the text. */
static size_t
gather(const struct run_file *file, struct edit *edits)
{
	size_t n = 0;

	for (size_t i = 0; i < file->nitems; i++) {
		const struct run_item *item = &file->items[i];

		if (!item->text.len)
			continue;
		edits[n++] = (struct edit){ .declaration = item->declaration,
			.at = item->declaration->at,
			.text = buf_str(&item->text) };
	}
	return n;
}

static int
compare(const void *a, const void *b)
{
	const struct edit *x = a, *y = b;

	return x->at < y->at ? -1 : x->at > y->at;
}

static int
prove(
    struct run_file *file, const struct edit *edits, size_t n, struct buf *text)
{
	struct err *why = &file->why;
	size_t culprit = n;

	text->max = SYNTAX_TEXT_MAX;
	edits_apply(buf_str(&file->source.bytes), edits, n, text);
	if (text->full)
		err_set(why, ST_UNUSABLE, "it would be too large");
	else if (!edits_prove(
		     &file->source, edits, n, buf_str(text), &culprit, why))
		return 0;
	if (culprit < n)
		err_prefix(why, "%s", edits[culprit].declaration->symbol);
	return err_prefix(
	    why, "%s: unsafe, nothing is written", file->source.path);
}

/* --only-doc: its lines as they are, at the left margin. */
static void
write_doc(struct buf *line, const struct edit *edit)
{
	struct str rest = edit->text, indent = edit->declaration->indent;

	if (edit->declaration->shares_line) {
		rest = str_trim(rest);
		rest.len -= str_ends(rest, ";");
	}

	while (rest.len) {
		struct str each = str_cut(&rest, '\n');

		if (each.len >= indent.len &&
		    !memcmp(each.data, indent.data, indent.len))
			each = str_skip(each, indent.len);
		buf_add(line, each);
		buf_add_char(line, '\n');
	}
}

static bool
leads_up(struct str path)
{
	while (path.len)
		if (str_is(str_cut(&path, '/'), ".."))
			return true;
	return false;
}

/*
 * What a diff calls the file; yours to free().  No program that applies one
 * follows "..", or looks for a file at the root, so that is resolved: below this
 * folder, or from the root on.
 */
static char *
diff_name_of(const char *path)
{
	bool is_near = path[0] != '/' && !leads_up(str_of(path));
	char *real = is_near ? NULL : realpath(path, NULL);
	char *here = real ? realpath(".", NULL) : NULL;
	struct str rest = str_of(real);

	if (!real)
		return mem_copy(str_of(path));
	if (here && str_starts(rest, here) && rest.data[strlen(here)] == '/')
		rest = str_skip(rest, strlen(here) + 1);
	memmove(real, rest.data, rest.len + 1);
	free(here);
	return real;
}

static void
write_diff(struct buf *line, const struct run_file *file,
    const struct edit *edits, size_t n)
{
	struct diff_insertion *all = mem_new(n + 1, sizeof *all);
	char *name = diff_name_of(file->source.path);

	for (size_t i = 0; i < n; i++)
		all[i] = (struct diff_insertion){ .at = edits[i].at,
			.text = edits[i].text };
	diff_write_insertions(line, name, buf_str(&file->source.bytes), all, n);
	free(name);
	free(all);
}

/* What comes out of a file; text: with its insertions. */
static void
put(struct run_file *file, struct str text, const struct edit *edits, size_t n,
    struct buf *line)
{
	const struct run_options *want = file->run->want;

	line->max = SYNTAX_TEXT_MAX;
	if (want->in_place) {
		if (n)
			file_edit_commit(&file->edit, text, &file->why);
	} else if (want->diff) {
		write_diff(line, file, edits, n);
		if (line->full)
			err_set(&file->why, ST_OUTPUT,
			    "%s: the diff would be larger than %d MB",
			    file->source.path, SYNTAX_TEXT_MAX >> 20);
		if (line->full)
			buf_clear(line);
	} else if (want->only_doc) {
		if (n)
			write_doc(line, &edits[0]);
	} else {
		buf_add(line, text);
	}
}

static void
finish(struct run_file *file, struct buf *line)
{
	struct edit *edits = mem_new(file->nitems + 1, sizeof *edits);
	size_t n = gather(file, edits);
	struct buf text = { 0 };

	qsort(edits, n, sizeof *edits, compare);
	if (n && prove(file, edits, n, &text))
		n = 0;
	put(file, n ? buf_str(&text) : buf_str(&file->source.bytes), edits, n,
	    line);
	buf_done(&text);
	free(edits);
}

int
write_file(struct run_file *file, struct buf *line, struct err *e)
{
	if (file->is_read)
		finish(file, line);
	return file->run->want->report ? report_file(file, e) : 0;
}
