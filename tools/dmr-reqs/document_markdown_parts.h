/*
 * document_markdown_parts - what both directions of document_markdown share.
 *
 * A thing is written in one of four shapes, by its kind:
 *
 *     section   a heading, its lead, attributes, headings of its members
 *     item      a heading that is its id, then its lead and attributes
 *     entry     in a list: **title:** body, attributes below it
 *     sentence  **Given** ... **When** ... **Then** ...
 */
#ifndef DOCUMENT_MARKDOWN_PARTS_H
#define DOCUMENT_MARKDOWN_PARTS_H

#include "document.h"
#include "markdown.h"

#define TRACES_LABEL "Traceability"
#define DIAGRAM_INFO "mermaid"
#define NEW_LABEL "New" /* the heading of an item without an id */

bool kind_is_section(const struct kind *);
/* Its first texts are one sentence; an item's stands in its lead's place. */
bool kind_is_sentence(const struct kind *);
/* The text that stands as paragraphs below the heading; NULL: none. */
const struct member *kind_lead(const struct kind *);
/* The member of a sentence that begins one, or the next one; NULL: none. */
const struct member *sentence_next(
    const struct kind *, const struct member *last);

/* Does the document's own heading or quote hold it? */
bool member_is_title(const struct member *);
bool member_is_quote(const struct member *);

/* Bytes at the start that look like an id: "FR-001"; 0: none. */
size_t id_length(struct str);
/*
 * The id that a heading of a thing of ours begins with, and what stands behind
 * it; without one, all of it.  "**fr-001**" is appended as "FR-001".  Unclear
 * is what looks like an id and is in no form that tells which: "FR001", "FR-1a",
 * or one further behind.
 */
enum heading_id { HEADING_ID_NONE, HEADING_ID_THERE, HEADING_ID_UNCLEAR };
enum heading_id heading_read_id(
    struct str heading, const char *prefix, struct buf *id, struct str *rest);
/* An id without marks around it, "[US-001](#us-001)"; else what it is. */
struct str markdown_bare(struct str);
/* Bytes at the start that are a JSON number; 0: none. */
size_t number_length(struct str);

/*
 * A metric in one line: "p95 latency < 200 ms".  The first is false if that
 * could not be read back, the second if it is not of that form.
 */
bool metric_write(const struct metric *, struct buf *out);
bool metric_read(struct metric *, struct str text);

/* An empty line, but at the start. */
void markdown_gap(struct buf *out);
void markdown_heading(size_t level, struct str text, struct buf *out);
/* The section TRACES_LABEL, if there are functional requirements. */
void markdown_traces(const struct document *, struct buf *out);

/* Where functions that read return an int, that is 0, or -1 and *e is set. */
struct reader {
	const struct markdown *m;
	struct err *e;
};

/* -1, with "line N: ..." */
int reader_fail(const struct reader *, size_t block, const char *format, ...)
    PRINTF_LIKE(3, 4);
int reader_misplaced(const struct reader *, size_t block);

/* A run of a block; NULL behind the last one. */
const struct markdown_run *reader_run(
    const struct reader *, size_t block, size_t run);
/* The same but for case, and blanks where dashes are? */
bool label_is(struct str, const char *label);
/* The member with that label; the part of a sentence that a run begins. */
const struct member *reader_member(const struct kind *, struct str label);
const struct member *reader_part(
    const struct kind *, const struct markdown_run *);

/* As much of a text as a message quotes. */
struct str reader_shown(struct str);

/* Append what the runs of a block from one on say. */
void reader_add_text(
    const struct reader *, size_t block, size_t run, struct buf *out);
/* Set text, which must be empty until then, and its place, the block's. */
int reader_set_text(
    const struct reader *, size_t block, struct text *, struct str value);
/* The same for an id; and -1, as it is none. */
int reader_set_id(
    const struct reader *, size_t block, struct text *, struct str id);
int reader_no_id(const struct reader *, size_t block, struct str id);
/* Paragraphs [from, to), and those in quotes, with empty lines between. */
int reader_set_paragraphs(
    const struct reader *, size_t from, size_t to, struct text *);

/* The parts of a sentence in a paragraph. */
int reader_sentence(
    const struct reader *, size_t block, const struct kind *, void *thing);
/* All that a list says: attributes, texts, things. */
int reader_attributes(
    const struct reader *, size_t list, const struct kind *, void *thing);
int reader_texts(
    const struct reader *, size_t list, const struct member *, struct list *);
int reader_entries(
    const struct reader *, size_t list, const struct kind *, struct list *);

#endif
