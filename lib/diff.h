/*
 * diff - unified diffs: read one, write one.
 *
 * Read are the forms of git, diff -ru, format-patch, an mbox of them, combined
 * diffs, with any prefixes, quoted names, renames, modes, binary files, CRLF,
 * colours.  It knows no files: diff_reader reads a descriptor.
 *
 * What a diff says of one file is a section.  Its bytes are kept as they came,
 * and a hunk's lines are looked at one after another:
 *
 *     struct diff_lines lines = diff_lines(&file->hunks[i]);
 *     struct diff_line line;
 *
 *     while (diff_lines_next(&lines, &line)) ...
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
	struct str whole;          /* with its marks, without line end */
	size_t old_line, new_line; /* from 1; 0: not on that side */
	bool no_newline;           /* "\ No newline at end of file" */
	bool has_cr;               /* CR stands before the line feed */
};

struct diff_hunk {
	size_t old_start, old_count, new_start, new_count;
	size_t nparents;    /* marks before a line; 0: a source file's lines */
	size_t nlines;      /* how many diff_lines_next() gives */
	struct str head;    /* "@@ -1,3 +1,4 @@ heading", without line end */
	struct str heading; /* behind the second @@ */
	struct str text; /* the lines as they came, with all that is theirs */
};

/* A section; views look into its own text. */
struct diff_file {
	char *old_path, *new_path; /* without prefix, unquoted; NULL: no file */
	bool is_rename, is_copy, is_new, is_deleted, is_mode_change;
	bool is_binary, is_submodule, is_property; /* they have no text */
	bool is_combined, has_roots; /* that: paths are old/x, new/x */
	const char *unshown;         /* it is only named, and why; or NULL */
	size_t line;                 /* where it begins in the diff, from 1 */
	struct str head; /* the lines before its first hunk, as they came */
	struct diff_hunk *hunks;
	size_t nhunks;
	char *bytes; /* its own */
};

void diff_file_done(struct diff_file *);

/* Lines not looked at yet; borrowed from the hunk's section. */
struct diff_lines {
	struct str rest;
	size_t nparents;
	size_t old_next, new_next; /* their numbers */
};

struct diff_lines diff_lines(const struct diff_hunk *);
bool diff_lines_next(struct diff_lines *, struct diff_line *);

/*
 * A source file as a section: it is new, all of its lines are added.  A hunk
 * has at most `max` bytes, if no line has more; it ends before a line without
 * indentation behind a blank one, where it can, or before a blank one.
 */
void diff_of_source(
    struct diff_file *, const char *path, struct str text, size_t max);
/* Divide its hunks again; max: for each of them.  A line keeps its number. */
void diff_divide_source(struct diff_file *, const size_t *max);

struct diff {
	struct diff_file *files;
	size_t nfiles;
};

/*
 * In a coloured diff the text's own colours cannot be told apart, and go, too.
 * Whatever stands between diffs (a mail, a commit's message) is passed over.
 * A blank text is a diff of nothing.  -1 with ST_INPUT: the line, and what is
 * wrong with it; no diff at all.
 */
int diff_read(struct diff *, struct str text, struct err *e);
void diff_done(struct diff *);

/* The first hunk that does not end before a line of the new side, or nhunks. */
size_t diff_find_hunk(const struct diff_file *, size_t new_line);

/* Does it add one of the lines from first to last of the new side, or remove
 * some between two of them? */
bool diff_touches(const struct diff_file *, size_t first, size_t last);
/* Are the lines of its new side those of the text, white space around aside? */
bool diff_is_of(const struct diff_file *, struct str text);

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
 * counts from the top of the repository.  Nothing, if nothing is inserted.
 */
void diff_write_insertions(struct buf *out, const char *path, struct str old,
    const struct diff_insertion *, size_t n);

#endif
