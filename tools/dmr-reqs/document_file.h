/*
 * document_file - a document out of a file, be it JSON or Markdown.
 */
#ifndef DOCUMENT_FILE_H
#define DOCUMENT_FILE_H

#include "buf.h"
#include "document.h"
#include "err.h"

enum { DOCUMENT_FILE_MAX = 10 << 20 }; /* bytes */

/*
 * Read a document; "-" is standard input.  What is no JSON, by
 * document_is_json(), is Markdown.  at and end of its texts are bytes of
 * `bytes`, which becomes what the file has, without a byte order mark.  -1 with
 * ST_INPUT: "path: line N: ...".
 */
int document_file_read(
    struct document *, const char *path, struct buf *bytes, struct err *e);

#endif
