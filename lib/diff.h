/*
 * diff - unified diffs: read one, write one.
 *
 * Read are the forms of git, diff -u and -ru, format-patch, an mbox of them,
 * combined diffs, with or without prefixes (a/ b/, i/ w/ c/ o/, none), quoted
 * names, renames, modes, binary files, CRLF, a missing last newline, colours.
 * It knows no files: text in, text out.
 */
#ifndef DIFF_H
#define DIFF_H

#include "buf.h"
#include "err.h"

enum diff_kind { DIFF_CONTEXT = ' ', DIFF_ADDED = '+', DIFF_REMOVED = '-' };

/* Of a combined diff the old side is that of the first parent. */
struct diff_line {
	enum diff_kind kind;
	struct str text;           /* without mark and line end */
	size_t old_line, new_line; /* from 1; 0: not on that side */
	bool no_newline;           /* "\ No newline at end of file" */
};

struct diff_hunk {
	size_t old_start, old_count, new_start, new_count;
	struct str heading; /* behind the second @@ */
	struct diff_line *lines;
	size_t nlines;
};

struct diff_file {
	char *old_path, *new_path; /* without prefix, unquoted; NULL: no file */
	bool is_binary, is_rename, is_new, is_deleted, is_combined;
	struct diff_hunk *hunks;
	size_t nhunks;
};

struct diff {
	struct diff_file *files;
	size_t nfiles;
	struct buf plain; /* the text without colours; lines look into it */
};

/*
 * In a coloured diff the text's own colours cannot be told apart, and go, too.
 * Whatever stands between diffs (a mail, a commit's message) is passed over.
 * A blank text is a diff of nothing.  -1 with ST_INPUT: the line, and what is
 * wrong with it; no diff at all.
 */
int diff_read(struct diff *, struct str text, struct err *e);
void diff_done(struct diff *);

/*
 * Does the diff add one of the lines from first to last of the new side, or
 * remove some between two of them?
 */
bool diff_touches(const struct diff_file *, size_t first, size_t last);

/* The line of the new side that an old one became, or 0; and back. */
size_t diff_new_line(const struct diff_file *, size_t old_line);
size_t diff_old_line(const struct diff_file *, size_t new_line);

struct diff_insertion {
	size_t at; /* byte of the old text, at the start of a line, or in it */
	struct str text;
};

/*
 * Write the diff that inserts these, in the order of `at`, with three lines of
 * context, as `git apply` and `patch -p1` take it, in whatever folder: a/PATH
 * and b/PATH, quoted as git does, but no "diff --git", behind which a path
 * counts from the top of the repository.  Nothing, if there is nothing to
 * insert.
 */
void diff_write_insertions(struct buf *out, const char *path, struct str old,
    const struct diff_insertion *, size_t n);

#endif
