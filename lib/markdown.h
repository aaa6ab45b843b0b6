/*
 * markdown - what a Markdown text says, block by block; and texts that are to
 * stand in Markdown as they are.
 *
 * Markdown is CommonMark 0.30, as libcmark reads it.  Text is what is meant:
 * escapes and entities are resolved, a line end in a paragraph is a blank and
 * a hard one a line feed.  What else there is in a line stays as Markdown, in
 * one form, so that nothing is lost: `code`, *emphasis*, **strong**,
 * [a link](url), HTML.  An address in <> is the address.
 *
 *     struct markdown m;
 *     if (markdown_read(&m, text, e))
 *             ...
 *     for (i = 0; i < m.n; i = m.blocks[i].next)
 *             ...
 *     markdown_done(&m);
 */
#ifndef MARKDOWN_H
#define MARKDOWN_H

#include "buf.h"
#include "err.h"

enum { MARKDOWN_TEXT_MAX = 8 << 20 }; /* bytes */

enum markdown_kind {
	MARKDOWN_HEADING,
	MARKDOWN_PARAGRAPH,
	MARKDOWN_LIST,  /* holds items */
	MARKDOWN_ITEM,  /* holds blocks */
	MARKDOWN_QUOTE, /* holds blocks */
	MARKDOWN_CODE,
	MARKDOWN_HTML,
	MARKDOWN_RULE,
};

/* A part of a line: in strong is what two asterisks stand around. */
struct markdown_run {
	struct str text; /* UTF-8 without NUL */
	bool strong;
};

struct markdown_block {
	enum markdown_kind kind;
	int level;         /* of a heading: 1 to 6 */
	bool numbered;     /* the list */
	int line;          /* in which it begins, from 1 */
	size_t at, end;    /* its bytes in the source */
	size_t next;       /* the block behind it and all that is in it */
	size_t run, nruns; /* of headings and paragraphs */
	struct str text;   /* of code and HTML */
	struct str info;   /* of code: "mermaid" */
};

/* Blocks in their order, each before what is in it. */
struct markdown {
	struct markdown_block *blocks;
	struct markdown_run *runs;
	size_t n, capacity, nruns, runs_capacity;
	struct buf text; /* what the views look at */
};

/*
 * Read text.  -1 with ST_INPUT: it is larger than MARKDOWN_TEXT_MAX, or says
 * more than BUF_MAX bytes; there is nothing to free then.  Bytes that are no
 * UTF-8, and NULs, become U+FFFD.  Time and memory are linear.
 */
int markdown_read(struct markdown *, struct str text, struct err *e);
void markdown_done(struct markdown *);

/* What of the Markdown in a text may stay that.  An image never does. */
enum markdown_keep {
	MARKDOWN_KEEP_NONE,
	MARKDOWN_KEEP_SOME, /* `code`, *emphasis*, [links](https://host) */
	MARKDOWN_KEEP_ALL,  /* and what is strong */
};

/*
 * Append a text so that it reads back as it is, from a place where a block or
 * something in a line may begin: what would be a mark is escaped.  It stays in
 * its line: line ends and what nobody sees become entities.  Backslashes stand
 * also before what is a mark on GitHub alone.
 */
void markdown_add(struct buf *out, struct str text, enum markdown_keep);

/*
 * The same, as paragraphs: a line feed is a hard line end, two of them begin
 * the next paragraph.  Lines but the first one begin with indent, borrowed.
 * The end of the last line is not written.
 */
void markdown_add_paragraphs(
    struct buf *out, struct str text, const char *indent, enum markdown_keep);

#endif
