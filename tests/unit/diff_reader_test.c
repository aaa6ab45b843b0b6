/*
 * diff_reader_test - sections out of a descriptor, one after another.
 *
 *     diff_reader_test             the unit tests
 *     diff_reader_test print       a diff on standard input, written anew;
 *                                  fails if that is another text
 *     diff_reader_test numstat     as git apply --numstat -z says it
 *     diff_reader_test sections    reads, and counts them, and nothing else
 *     diff_reader_test lines       the same, and their lines
 */
#include <fcntl.h>
#include <unistd.h>

#include "diff_print.h"
#include "diff_reader.h"
#include "file.h"
#include "files.h"

/* --- on a pipe --- */

#define BODY "@@ -1 +1,2 @@\n a\n+b\n"

static const char *const texts[] = {
	"",
	"\n",
	"prose\n",
	"--- a/x\n+++ b/x\n" BODY "--- a/y\n+++ b/y\n" BODY,
	"diff --git a/x b/x\nindex 1..2\n--- a/x\n+++ b/x\n" BODY
	"@@ -9 +10 @@ f\n-c\n\\ No newline\n+d\n\\ No newline\n"
	"diff --git a/y b/y\nold mode 1\nnew mode 2\nSubject: z\n\n"
	"diff --git a/z b/z\nBinary files a/z and b/z differ\nx\n",
	"Binary files a and b differ\nBinary files c and d differ\n--- c\n"
	"+++ d\n" BODY
	"-- \n2.39\n\n--- prose\n+++ prose\n\n--- e\n+++ e\n" BODY,
	"Submodule s 1234567..89abcde:\ndiff --git a/s/x b/s/x\n--- a/s/x\n"
	"+++ b/s/x\n" BODY "Submodule s 1234567..89abcde:\n  > log\n"
	"Submodule t 1234567..89abcde:\n",
	"diff --git a/x b/x\nBinary files a/x and b/x differ\n--- a/y\n+++ b/y\n" BODY
	"diff -c a/z b/z\n*** a/z\n--- b/z\n***************\n*** 1 ****\n! a\n"
	"Index: q\n=====\nCannot display: binary\nIndex: r\n=====\n--- r\n+++ r\n",
	"From 12\nSubject: x\n\n--- x\n+++ x\n" BODY
	"-- \n2\n\nFrom 13\nContent-Transfer-Encoding: base64\n\nx\n",
	"\x1b[m--- x\n+++ x\n@@ -1 +1 @@\n\x1b["
	"00000000000000000000000000000000000000000000000000000000000001"
	"m-a\n+b\n",
	"Only in a: b\nFiles a and b differ\n--- a/x\n+++ b/x\n" BODY
	"Only in c: d\nOnly in e: f",
	"--- a/x\r\n+++ b/x\r\n@@ -1 +1 @@\r\n-a\r\n+b\r\n\r\n--- prose\r\n",
	"\x1b[1mdiff --git a/x b/x\x1b[m\n\x1b[1m--- a/x\x1b[m\n"
	"\x1b[1m+++ b/x\x1b[m\n\x1b[36m@@ -1 +1,2 @@\x1b[m\n a\x1b[m\n"
	"\x1b[32m+\x1b[m\x1b[32mb\x1b[m\n\x1b[1mdiff --git a/y b/y\x1b[m\n"
	"\x1b[1mnew file mode 100644\x1b[m\n",
	"diff --cc x\n--- a/x\n+++ b/x\n@@@ -1,2 -1 +1,2 @@@\n  a\n- b\n++c\n",
	"--- a/x\n+++ b/x\n@@ -1,3 +1,2 @@\n a\n",
	"--- a/x\n+++ b/x\n" BODY "--- a/y\n+++ b/y\n@@ -0 +1 @@\n+a\n",
	"diff --git a/x b/x\n--- a/x\nindex\n",
	"--- a/x\n+++ b/x\n@@ -1,3 +1,2 @@\n\n a\n-b\n",
	"--- a/x\n+++ b/x\n@@ -1 +1 @@\n-a\n+b",
};

/* What is read, or why not. */
static void
describe(struct buf *out, const struct diff_file *f)
{
	buf_add_format(out, "%zu %s>%s %zu:\n", f->line,
	    f->old_path ? f->old_path : "", f->new_path ? f->new_path : "",
	    f->nhunks);
	print_section(out, f);
}

static void
read_whole(struct buf *out, struct str text)
{
	struct err e = ERR_NONE;
	struct diff d;

	buf_add_text(out, "");
	if (diff_read(&d, text, &e))
		buf_add_text(out, e.text);
	for (size_t i = 0; i < d.nfiles; i++)
		describe(out, &d.files[i]);
	diff_done(&d);
}

/* The same in pieces of n bytes, through a pipe, which is never waited for. */
static void
read_pieces(struct buf *out, struct str text, size_t n)
{
	struct diff_reader in = { 0 };
	struct diff_file file;
	struct err e = ERR_NONE;
	int ends[2], got = 0;

	buf_add_text(out, "");
	if (pipe(ends))
		abort();
	in.fd = ends[0];
	while (got >= 0 && !in.at_end) {
		got = diff_reader_next(&in, &file, &e);
		if (got == 1) {
			describe(out, &file);
			diff_file_done(&file);
		} else if (text.len) {
			n = text.len < n ? text.len : n;
			if (write(ends[1], text.data, n) != (ssize_t)n)
				abort();
			text = str_skip(text, n);
		} else if (ends[1] >= 0) {
			close(ends[1]);
			ends[1] = -1;
		}
	}
	if (got < 0) {
		buf_clear(out);
		buf_add_text(out, e.text);
	}
	if (ends[1] >= 0)
		close(ends[1]);
	close(ends[0]);
	diff_reader_done(&in);
}

static void
test_pieces(void)
{
	for (size_t i = 0; i < countof(texts); i++)
		for (size_t n = 1; n < 100; n += 1 + n / 4) {
			struct buf want = { 0 }, got = { 0 };

			read_whole(&want, str_of(texts[i]));
			read_pieces(&got, str_of(texts[i]), n);
			tap_case(str_equal(buf_str(&want), buf_str(&got)),
			    "text %zu by %zu bytes: '%s', not '%s'", i, n,
			    got.data, want.data);
			buf_done(&want);
			buf_done(&got);
		}
	tap_all("whatever the pieces, the same is read");
}

static void
add_section(struct buf *out, size_t nlines)
{
	buf_add_format(out, "diff --git a/%zu b/%zu\n--- a/%zu\n+++ b/%zu\n",
	    nlines, nlines, nlines, nlines);
	buf_add_format(out, "@@ -0,0 +1,%zu @@\n", nlines);
	for (size_t i = 0; i < nlines; i++)
		buf_add_format(out, "+line %zu\n", i * nlines);
}

/* Large ones and small ones, and lines that are long. */
static void
test_large(void)
{
	static const size_t sizes[] = { 5, 40000, 2, 3, 30000, 30001, 4 };
	struct buf text = { 0 }, want = { 0 };

	for (size_t i = 0; i < countof(sizes); i++)
		add_section(&text, sizes[i]);
	for (size_t i = 0; i < 200000; i++)
		buf_add_text(&text, "prose");
	buf_add_text(&text, "\n--- x\n+++ x\n@@ -0,0 +1,2 @@\n+");
	for (size_t i = 0; i < 200000; i++)
		buf_add_text(&text, "text");
	buf_add_text(&text, "\n+\n");
	read_whole(&want, buf_str(&text));
	for (size_t n = 1000; n < 60000; n += 9700) {
		struct buf got = { 0 };

		read_pieces(&got, buf_str(&text), n);
		tap_case(str_equal(buf_str(&want), buf_str(&got)),
		    "by %zu bytes: %zu, not %zu", n, got.len, want.len);
		buf_done(&got);
	}
	tap_all("large sections between small ones, and long lines");
	buf_done(&text);
	buf_done(&want);
}

/* A section is there before the next one ends. */
static void
test_early(void)
{
	struct diff_reader in = { 0 };
	struct diff_file file;
	struct err e = ERR_NONE;
	static const char first[] = "--- a/x\n+++ b/x\n" BODY "--- a/y\n";
	int ends[2];

	if (pipe(ends) ||
	    write(ends[1], first, sizeof first - 1) != sizeof first - 1)
		abort();
	in.fd = ends[0];
	tap_ok(diff_reader_next(&in, &file, &e) == 0 && !in.at_end,
	    "a section that may go on is waited for");
	if (write(ends[1], "+++ b/y\n@@ -", 12) != 12)
		abort();
	tap_ok(diff_reader_next(&in, &file, &e) == 1 && file.nhunks == 1,
	    "it is handed out when another one begins");
	diff_reader_done(&in);
	tap_ok(!strcmp(file.new_path, "x") &&
		str_is(file.hunks[0].text, " a\n+b\n"),
	    "and outlives the reader");
	diff_file_done(&file);
	close(ends[0]);
	close(ends[1]);
}

static void
test_unreadable(void)
{
	struct diff_reader in = { .fd = open("/", O_RDONLY) };
	struct diff_file file;
	struct err e = ERR_NONE;

	tap_ok(diff_reader_next(&in, &file, &e) == -1 && e.status == ST_INPUT,
	    "a folder is no diff: %s", e.text);
	close(in.fd);
	diff_reader_done(&in);
}

/* --- a source --- */

static const struct {
	const char *name, *text;
	size_t max;
	const char *want; /* hunks: first line, count, first text */
} sources[] = {
	{ "an empty source", "", 10, "" },
	{ "a source of one hunk", "a\n\nb\n", 10, "1,3:a 3" },
	{ "before a declaration", "a\nb\n\nc\n d\n", 8, "1,3:a 4,2:c 5" },
	{ "rather than at the last line", "aa\n b\n\nc\n d\ne\n", 13,
	    "1,3:aa 4,3:c 6" },
	{ "before a blank line", "aa\n b\n\n  c\n d\ne\n", 10,
	    "1,2:aa 3,4: 6" },
	{ "at a line, where there is no better place", "a\nb\nc\n", 4,
	    "1,2:a 3,1:c 3" },
	{ "a line too long", "aaaaaaaa\nb\n", 4, "1,1:aaaaaaaa 2,1:b 2" },
	{ "no newline", "a\nb", 10, "1,2:a 2$" },
	{ "CRLF", "a\r\n\\ b\r\n", 10, "1,2:a 2" },
	{ "a blank at the end", "a\n\n\n", 10, "1,3:a 3" },
};

static void
test_sources(void)
{
	for (size_t i = 0; i < countof(sources); i++) {
		struct buf got = { 0 }, same = { 0 };
		struct diff_file f;
		struct diff_line line = { 0 }, last = { 0 };

		buf_add_text(&got, "");
		buf_add_text(&same, "");
		diff_of_source(
		    &f, "p/x.c", str_of(sources[i].text), sources[i].max);
		for (size_t k = 0; k < f.nhunks; k++) {
			struct diff_lines lines = diff_lines(&f.hunks[k]);

			diff_lines_next(&lines, &last);
			buf_add_format(&got, "%zu,%zu:%.*s ",
			    f.hunks[k].new_start, f.hunks[k].nlines,
			    STR_ARGS(last.text));
			while (diff_lines_next(&lines, &line))
				last = line;
		}
		if (f.nhunks)
			buf_add_format(&got, "%zu%s", last.new_line,
			    last.no_newline ? "$" : "");
		print_section(&same, &f);
		tap_is(buf_str(&got), sources[i].want, sources[i].name);
		tap_ok(str_is(buf_str(&same), sources[i].text) &&
			!strcmp(f.new_path, "p/x.c") && !f.old_path && f.is_new,
		    "and all of it");
		diff_file_done(&f);
		buf_done(&got);
		buf_done(&same);
	}
	tap_all("as many lines as are said");
}

/* --- a diff on standard input --- */

/* Calls back for each section, and says how many there were. */
static int
read_input(void (*use)(void *owner, const struct diff_file *), void *owner)
{
	struct diff_reader in = { .fd = STDIN_FILENO };
	struct diff_file file;
	struct err e = ERR_NONE;
	int got, n = 0;

	while ((got = diff_reader_next(&in, &file, &e)) >= 0 && !in.at_end)
		if (got) {
			n++;
			if (use)
				use(owner, &file);
			diff_file_done(&file);
		} else {
			file_wait(in.fd, -1);
		}
	diff_reader_done(&in);
	if (got < 0)
		printf("%s\n", e.text);
	return got < 0 ? -1 : n;
}

static void
count_lines(void *owner, const struct diff_file *f)
{
	size_t *n = owner;

	for (size_t i = 0; i < f->nhunks; i++) {
		struct diff_lines lines = diff_lines(&f->hunks[i]);
		struct diff_line line;

		while (diff_lines_next(&lines, &line))
			(*n)++;
	}
}

static void
print_numstat(void *owner, const struct diff_file *f)
{
	size_t n[128] = { 0 };

	(void)owner;
	if (f->unshown && !f->is_binary && !str_starts(f->head, "diff --git "))
		return;
	for (size_t i = 0; i < f->nhunks; i++) {
		struct diff_lines lines = diff_lines(&f->hunks[i]);
		struct diff_line line;

		while (diff_lines_next(&lines, &line))
			n[line.kind]++;
	}
	if (f->is_binary)
		printf("-\t-\t");
	else
		printf("%zu\t%zu\t", n[DIFF_ADDED], n[DIFF_REMOVED]);
	printf("%s%c", f->new_path ? f->new_path : f->old_path, 0);
}

struct printed {
	struct str text;        /* of standard input */
	size_t line, at;        /* where the next section may begin */
	size_t between, nlines; /* bytes, lines that are of no section */
	struct buf section;
};

static void
pass_line(struct printed *p)
{
	struct str rest = str_skip(p->text, p->at);
	size_t len = str_find(rest, STR("\n"));

	p->at += len + (len < rest.len);
	p->line++;
}

/* Does the section stand where it says? */
static void
compare(void *owner, const struct diff_file *f)
{
	struct printed *p = owner;
	size_t from = p->at, first = p->line;
	struct str there;

	while (p->line < f->line && p->at < p->text.len)
		pass_line(p);
	p->between += p->at - from;
	p->nlines += p->line - first;
	buf_clear(&p->section);
	p->section.max = SIZE_MAX / 2;
	print_section(&p->section, f);
	there = str_skip(p->text, p->at);
	there.len = p->section.len < there.len ? p->section.len : there.len;
	tap_case(p->line == f->line && str_equal(buf_str(&p->section), there),
	    "line %zu: %s", f->line, f->new_path);
	for (size_t end = p->at + p->section.len;
	     p->at < end && p->at < p->text.len;)
		pass_line(p);
}

static int
print_input(void)
{
	struct printed p = { .line = 1 };
	struct buf text = { 0 };
	struct err e = ERR_NONE;
	int n;

	if (file_read_fd(STDIN_FILENO, "the diff", BUF_MAX, &text, &e) ||
	    lseek(STDIN_FILENO, 0, SEEK_SET))
		return 1;
	p.text = buf_str(&text);
	n = read_input(compare, &p);
	p.between += p.text.len - p.at;
	while (p.at < p.text.len) {
		pass_line(&p);
		p.nlines++;
	}
	printf("%d sections, %zu bytes of other text in %zu lines\n", n,
	    p.between, p.nlines);
	buf_done(&text);
	buf_done(&p.section);
	return n < 0 || tap.misses;
}

int
main(int argc, char **argv)
{
	const char *what = argc > 1 ? argv[1] : "";
	size_t n = 0;

	if (!strcmp(what, "print"))
		return print_input();
	if (!strcmp(what, "numstat"))
		return read_input(print_numstat, NULL) < 0;
	if (!strcmp(what, "sections"))
		return printf("%d sections\n", read_input(NULL, NULL)) < 0;
	if (!strcmp(what, "lines")) {
		int sections = read_input(count_lines, &n);

		printf("%d sections, %zu lines\n", sections, n);
		return sections < 0;
	}
	test_pieces();
	test_large();
	test_early();
	test_unreadable();
	test_sources();
	return tap_done();
}
