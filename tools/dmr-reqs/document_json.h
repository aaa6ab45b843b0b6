/*
 * document_json - documents as JSON, in and out.
 *
 * All members are written, also empty ones: texts as "", lists as [], a thing
 * or word or number that there is none of as null.  Read is what may lack any
 * of them, and in any order; a name that is not known is an error, rather than
 * that what somebody added is lost.  prompts/requirements.schema.json says the
 * same to others.
 */
#ifndef DOCUMENT_JSON_H
#define DOCUMENT_JSON_H

#include "buf.h"
#include "document.h"
#include "err.h"
#include "tree.h"

/*
 * Is a text JSON, be it broken or no document, rather than Markdown?  It begins
 * with a brace, or a brace in a bracket, or all of it is a value.
 */
bool document_is_json(struct str text);

/* Is the byte the end of a line: LF, CR, or the second of both? */
bool document_ends_line(struct str text, size_t at);
/* The line, from 1 on, of a byte of a text. */
size_t document_line(struct str text, size_t at);

/*
 * Read a document, or a thing of a kind that is part of a text: at and end of
 * its texts are bytes of that text.  What was there is freed.  NUL becomes
 * U+FFFD.  -1 with ST_INPUT: "line N: .path: what is wrong".
 */
int document_read_json(struct document *, struct str text, struct err *e);
int thing_read_json(const struct kind *, void *thing,
    const struct tree_node *value, struct str text, struct err *e);

/* Append it, indented by two blanks a level, or in one line; no newline. */
void document_write_json(
    const struct document *, bool one_line, struct buf *out);
void thing_write_json(
    const struct kind *, const void *thing, bool one_line, struct buf *out);

/*
 * Append a line for each requirement and story: its own members behind "kind",
 * which is "functional", "non_functional" or "story".
 */
void document_write_records(const struct document *, struct buf *out);

#endif
