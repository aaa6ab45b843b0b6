/*
 * markdown_parts - what libcmark makes of a Markdown text; for markdown and
 * fence.
 *
 * Two things make libcmark 0.30.2 slow, and are hidden from it: marks of block
 * quotes and list items from MARKDOWN_MARKS_MAX on, but for a thematic break's
 * (an empty line costs as many steps as lists are open), and what begins an
 * image (a link costs as many as there are of them before it, CVE-2023-22486).
 * Bytes that are never part of UTF-8 stand in their places; markdown_restore()
 * puts them back.
 */
#ifndef MARKDOWN_PARTS_H
#define MARKDOWN_PARTS_H

#include <cmark.h>

#include "str.h"

enum { MARKDOWN_MARKS_MAX = 64 }; /* bytes of a line */

/* It stays where it is until it is freed. */
struct markdown_source {
	struct str text;   /* as it came, but for a BOM; borrowed */
	struct str parsed; /* what libcmark got: the same lines, as long */
	cmark_node *root;
	cmark_mem memory;
};

/* Time is linear; memory is up to 190 bytes for each of a hostile text. */
void markdown_parse(struct markdown_source *, struct str text);
void markdown_free(struct markdown_source *);

/* The bytes of what libcmark gives, as they were; n of them. */
void markdown_restore(char *bytes, size_t n);

/* A line: [from, to) without its end; the next one begins at `next`. */
struct markdown_line {
	size_t from, to, next;
};

/* Lines end in LF, CR or CRLF: CommonMark 0.30, section 2.1. */
struct markdown_line markdown_line_at(struct str text, size_t from);

#endif
