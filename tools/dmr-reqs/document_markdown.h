/*
 * document_markdown - documents as Markdown, in and out.
 *
 * Markdown as CommonMark 0.30 has it is a form of the same document: what was
 * written is read back as it was, whatever the texts hold, and what people
 * write by hand in the same form is read, too.  Derived parts (the table of
 * traces, the diagram) are written, and passed over when read.
 */
#ifndef DOCUMENT_MARKDOWN_H
#define DOCUMENT_MARKDOWN_H

#include "buf.h"
#include "document.h"
#include "err.h"

void document_write_markdown(const struct document *, struct buf *out);

/*
 * What was there is freed; at and end of texts are bytes of the text.  Items
 * without an id get the next one.  -1 with ST_INPUT, and an empty document:
 * "line N: what is wrong".
 */
int document_read_markdown(struct document *, struct str text, struct err *e);

/* The architecture as a Mermaid flowchart; ids, ends and labels escaped. */
void architecture_write_mermaid(const struct architecture *, struct buf *out);

#endif
