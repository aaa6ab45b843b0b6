/* dmr-review: what is known of a section before anything is asked. */
#include "context.h"
#include "file.h"
#include "mem.h"
#include "offline.h"
#include "report.h"
#include "request.h"
#include "show.h"
#include "split.h"

/* See offline_found. */
static void
add_found(void *owner, const struct finding *f)
{
	struct section *s = owner;
	struct finding mine = *f;

	mine.path = s->path;
	found_add(&s->found, &mine)->is_added = true;
}

/* The user is told that there is a secret, on whatever side. */
static void
warn_of_secret(const struct section *s)
{
	size_t line;

	for (size_t at = 0; (line = masked_next(&s->masked, &at));)
		if (!ignores_has(&s->ignores, line, "security", "secret")) {
			report_secret(s->run, s->path, line);
			return;
		}
	if (s->masked.is_elsewhere)
		report_secret(s->run, s->path, 0);
}

/* What is sent, and what must not be. */
static void
prepare(struct section *s)
{
	warn_of_secret(s);
	context_open(s);
	if (s->run->want->redact)
		offline_redact(&s->diff);
	s->overhead = request_overhead(s);
	for (size_t i = 0; i < s->diff.nhunks; i++)
		s->sizes[i] = show_size(&s->diff, i);
}

/* A source file's hunks of at most `max` bytes in the place of that of a new
 * file; its lines keep their numbers. */
static void
divide(struct section *s, size_t max)
{
	struct diff_file whole = s->diff;
	size_t start = whole.hunks[0].new_start;
	struct diff_line line;
	struct buf text = { .max = SIZE_MAX / 2 };

	for (size_t i = 0; i < whole.nhunks; i++) {
		struct diff_lines lines = diff_lines(&whole.hunks[i]);

		while (diff_lines_next(&lines, &line)) {
			buf_add(&text, line.text);
			buf_add_text(&text, line.has_cr ? "\r\n" : "\n");
		}
	}
	diff_of_source(&s->diff, s->path, buf_str(&text), max);
	for (size_t i = 0; i < s->diff.nhunks; i++)
		s->diff.hunks[i].new_start += start - 1;
	s->diff.line = whole.line;
	s->path = s->diff.new_path;
	diff_file_done(&whole);
	buf_done(&text);
}

/* Divide those hunks that are longer than that when they are shown.  False:
 * there is none, but for single lines. */
static bool
divide_longer(struct section *s, size_t shown)
{
	struct diff_file *d = &s->diff;
	size_t *max = mem_new(d->nhunks, sizeof *max);
	bool has_any = false;

	for (size_t i = 0; i < d->nhunks; i++) {
		const struct diff_hunk *h = &d->hunks[i];
		bool is_longer = h->nlines > 1 && show_size(d, i) > shown;

		max[i] = is_longer ? h->text.len / 2 : SIZE_MAX;
		has_any |= is_longer;
	}
	if (has_any)
		diff_divide_source(d, max);
	free(max);
	return has_any;
}

/* A new file is one long hunk, a source file some of a size; where each fits a
 * request, also with its anchors and escapes. */
static void
divide_new(struct section *s)
{
	size_t max = split_piece(s->run), shown = 2 * max;
	const struct diff_file *d = &s->diff;
	bool is_source = d->nhunks && !d->hunks[0].nparents;

	if (!d->is_new || d->is_combined || !d->nhunks ||
	    (d->nhunks > 1 && !is_source))
		return;
	if (!is_source &&
	    (d->hunks[0].text.len > max || show_size(d, 0) > shown))
		divide(s, max);
	else if (!is_source)
		return;
	while (divide_longer(s, shown))
		;
}

/*
 * What the user can open: diff -ru has old/x and new/x, of which `patch -p1`
 * takes x.  It is that one if it is there, and the other is not.
 */
static const char *
path_of(const struct section *s)
{
	const struct diff_file *d = &s->diff;
	const char *path = d->new_path ? d->new_path : d->old_path;
	const char *root = s->run->want->root ? s->run->want->root : ".";
	const char *behind = strchr(path, '/');

	if (!d->has_roots || !behind || file_is_below(root, path) ||
	    !file_is_below(root, behind + 1))
		return path;
	return behind + 1;
}

void
section_open(struct section *s)
{
	struct run *run = s->run;
	const struct diff_file *d = &s->diff;

	s->path = path_of(s);
	s->suggestions.langs = run->langs;
	for (size_t i = 0; i < d->nhunks; i++)
		s->bytes += d->hunks[i].text.len;
	split_ask(run, s->bytes);
	if (!run->want->offline)
		divide_new(s);
	run->nfiles++;
	run->nhunks += d->nhunks;
	ignores_make(&s->ignores, d);
	offline_check(d, 0, d->nhunks, add_found, s);
	s->sizes = mem_new(d->nhunks + 1, sizeof *s->sizes);
	if (!run->want->offline || s->found.n)
		masked_make(&s->masked, d);
	if (!run->want->offline && d->nhunks)
		prepare(s);
}

void
section_close(struct section *s)
{
	context_close(s);
	ignores_done(&s->ignores);
	masked_done(&s->masked);
	found_done(&s->found);
	finding_alike_done(&s->alike);
	told_done(&s->told);
	diff_file_done(&s->diff);
	free(s->sizes);
	free(s);
}
