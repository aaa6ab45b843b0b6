/*
 * diff_parser - bytes as they come, and sections as they end.
 *
 * Of the text there is what the section under way has, and what stands behind
 * it; places in it are offsets, as it moves.
 */
#ifndef DIFF_PARSER_H
#define DIFF_PARSER_H

#include "diff.h"

enum {
	DIFF_PARENTS_MAX = 32,
	DIFF_LINES_MAX = 1 << 30, /* of a file; sums of a few do not overflow */
	DIFF_SECTION_MAX = 1 << 30, /* bytes */
};

/* Where a hunk's views begin in the parser's text. */
struct diff_place {
	size_t head, heading, text, end;
};

enum diff_colours { DIFF_UNDECIDED, DIFF_PLAIN, DIFF_COLOURED };

struct diff_parser {
	/* Text: from `from` on it is of use, from `plain` on not looked at. */
	struct buf in;
	size_t from, plain;
	bool is_closed; /* there is no more to come */
	bool skips;     /* to the end of a line that is too long */
	bool has_text, has_sections;
	bool is_body; /* the head of a mail is not here */
	enum diff_colours colours;

	/* The line that is looked at, without its end. */
	struct str line;
	size_t at, next; /* where it begins, and the one behind it */
	size_t seen;     /* its end is not before */
	size_t number;   /* its, from 1 */

	/* What a section has so far. */
	struct diff_file file;
	bool has_file;
	bool is_head;              /* behind "diff --git", before a hunk */
	bool wants_hunk;           /* "+++" came */
	bool is_whole;             /* it is one line */
	bool has_lines;            /* says its head; hunks have to show them */
	struct diff_place *places; /* of its hunks */
	size_t places_capacity, hunks_capacity;

	/* What its last hunk lacks. */
	size_t old_left[DIFF_PARENTS_MAX], new_left; /* lines */
	bool is_open, ends_hunk;
	struct err *e;
};

/* Room for n bytes, and how many of them are there now; 0: the end. */
char *diff_parser_room(struct diff_parser *, size_t n);
void diff_parser_claim(struct diff_parser *, size_t n);

/* The two in one, with a copy. */
void diff_parser_add(struct diff_parser *, struct str);

/* As diff_reader_next(); 0: it wants more, or is at its end. */
int diff_parser_next(struct diff_parser *, struct diff_file *, struct err *e);
void diff_parser_done(struct diff_parser *);

/* "line 7 of the diff: what".  Returns -1. */
int diff_wrong(const struct diff_parser *, const char *what);

/*
 * Look at the line that begins at byte `at`; false: its end has not come, or
 * there is none.  *next: where the one behind it begins.
 */
bool diff_look(struct diff_parser *, size_t at, struct str *line, size_t *next);

/* The line that is looked at is done with. */
void diff_pass_line(struct diff_parser *);

/* The length of a colour at the start of text, "ESC [ 1 ; 31 m", or 0. */
size_t diff_colour(struct str text);

/* What is there has colours, from byte `from` on: they go. */
void diff_strip_colours(struct diff_parser *, size_t from);

/*
 * The line that is looked at: 1: it was read, 0: more must come first, -1;
 * DIFF_ENDS: it is not of the section under way, which has ended.
 */
enum { DIFF_ENDS = 2 };
int diff_read_line(struct diff_parser *);

/* All of the section was read.  -1: that cannot be. */
int diff_end_file(struct diff_parser *);

/*
 * The head of a hunk, "@@ -1,3 +1,4 @@ heading", with an @ more for each more
 * parent: the line that is looked at.  False: it is none.
 */
bool diff_hunk_head(
    struct diff_parser *, struct diff_hunk *h, struct diff_place *);

/* Add it to the section. */
int diff_hunk_begin(
    struct diff_parser *, const struct diff_hunk *h, const struct diff_place *);

/* Read its lines, as far as they are there.  1, 0, -1. */
int diff_hunk_lines(struct diff_parser *);

#endif
