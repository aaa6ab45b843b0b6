/*
 * diff - any bytes are read as a diff, or refused, for libFuzzer.
 *
 * In pieces, of sizes that the first byte says, the same is read; each section
 * lies where it says; its lines are as many as are said, and mapped both ways.
 */
#include "diff_parser.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static void
must(bool fine)
{
	if (!fine)
		__builtin_trap();
}

static void
check_hunk(const struct diff_file *f, const struct diff_hunk *h)
{
	struct diff_lines lines = diff_lines(h);
	struct diff_line line;
	size_t n = 0, old = 0, new = 0;

	must(h->head.data > f->head.data || !f->head.len);
	must(h->heading.data >= h->head.data);
	must(h->text.data > h->head.data);
	while (diff_lines_next(&lines, &line)) {
		n++;
		old += line.old_line > 0;
		new += line.new_line > 0;
		must(line.kind == DIFF_CONTEXT || line.kind == DIFF_ADDED ||
		    line.kind == DIFF_REMOVED);
		must(!line.text.len ||
		    !memchr(line.text.data, '\n', line.text.len));
		must(line.kind != DIFF_ADDED || h->nparents > 1 ||
		    (line.new_line && !line.old_line));
		if (line.kind == DIFF_CONTEXT && h->nparents == 1 && n < 50)
			must(diff_new_line(f, line.old_line) == line.new_line &&
			    diff_old_line(f, line.new_line) == line.old_line);
	}
	must(n == h->nlines && old == h->old_count && new == h->new_count);
}

static void
check(const struct diff_file *f)
{
	must(f->old_path || f->new_path);
	must(!f->old_path || f->old_path[0]);
	must(!f->new_path || f->new_path[0]);
	must(!(f->unshown || f->is_binary) || !f->nhunks);
	for (size_t i = 0; i < f->nhunks && i < 100; i++)
		check_hunk(f, &f->hunks[i]);
	(void)diff_touches(f, 1, 10);
}

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct str text = { (const char *)data, size };
	struct diff_parser p = { 0 };
	struct diff_file file;
	struct err e = ERR_NONE, pieces = ERR_NONE;
	struct diff d;
	size_t n = size ? 1 + data[0] : 1, nfiles = 0;
	int whole = diff_read(&d, text, &e), got;

	for (size_t i = 0; i < d.nfiles; i++)
		check(&d.files[i]);
	while ((got = diff_parser_next(&p, &file, &pieces)) >= 0) {
		struct str piece = { text.data, text.len < n ? text.len : n };

		if (got) {
			must(whole || nfiles < d.nfiles);
			must(whole || d.files[nfiles].nhunks == file.nhunks);
			must(whole || d.files[nfiles].line == file.line);
			nfiles++;
			diff_file_done(&file);
			continue;
		}
		if (p.is_closed)
			break;
		diff_parser_add(&p, piece);
		text = str_skip(text, piece.len);
	}
	must(got == whole && (whole || nfiles == d.nfiles));
	must(!whole || !strcmp(e.text, pieces.text));
	diff_parser_done(&p);
	diff_done(&d);
	return 0;
}
