/*
 * fence - the fenced code blocks of a Markdown text, by libcmark.
 *
 * A block is what CommonMark 0.30, section 4.5, says: fences of three or more
 * backticks or tildes, also in block quotes and list items.  Code that is
 * indented, in a line or in HTML does not count.  The code comes out byte for
 * byte, with its own line ends and its NULs; only marks and indentation of
 * what the block stands in are not part of it, and of a tab that such an
 * indentation ends in, blanks remain.
 *
 * The language of a block is the first word of what stands behind the opening
 * fence, up to a blank, a brace, a comma or a colon; one that is in braces
 * begins behind them and a dot:
 *
 *     python title="x.py"    js{1,3}    c++    python:x.py    objective-c
 *     {.python .numberLines}    {python}    {r, echo=FALSE}    x.py
 *
 * It is compared without case, and some languages have more than one name:
 * py is python, c++ is cpp (fence_language.c has all).  x.py is no python.
 *
 * Marks of block quotes and list items count in the first FENCE_MARKS_MAX
 * bytes of a line only: libcmark 0.30.2 is quadratic in their depth.
 */
#ifndef FENCE_H
#define FENCE_H

#include "buf.h"
#include "err.h"

enum {
	FENCE_TEXT_MAX = 8 << 20, /* bytes */
	FENCE_MARKS_MAX = 64,
};

/*
 * Append the code of one block to out, or of all: which is "first", "last",
 * "all" (one after another in their order, nothing between them) or a
 * language (the first block in it).
 *
 * Returns 0; or -1 with ST_UNUSABLE, and nothing is to be used of out then:
 * there is no block, none in the language, or one is not closed by a fence of
 * its own.  The text is that of an answer, in the messages.
 *
 * Time is linear.  Memory is some 10 bytes for each of prose, and up to 190
 * for each of a hostile text (measured with libcmark 0.30.2).
 */
int fence_extract(
    struct str markdown, const char *which, struct buf *out, struct err *e);

#endif
