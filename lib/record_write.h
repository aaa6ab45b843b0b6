/*
 * record_write - the line that a record becomes.
 *
 * The functions append a line with its end to out; ask out->full when all is
 * written.  A member goes before the last brace of the record's own bytes.
 */
#ifndef RECORD_WRITE_H
#define RECORD_WRITE_H

#include "record.h"

struct record_writer {
	struct json json; /* to write the one value with */

	const struct record *record;
	char end;
	size_t from; /* where the value begins */
};

/*
 * Begin a good record's line; the caller writes NAME's value with w->json,
 * then calls record_end(), which makes blanks of line ends between its
 * tokens.  Of a batch line the value is the body of the server's answer.
 */
void record_begin(struct record_writer *w, struct buf *out,
    const struct record_format *, const struct record *);
void record_end(struct record_writer *w);

/*
 * The record with NAME_error: what *e says, and the text (UTF-8) as far as it
 * had come; may be empty, and is left out where there is no room for it.  Of a
 * bad record only the error.
 */
void record_write_error(struct buf *out, const struct record_format *,
    const struct record *, const struct err *e, struct str text);

/* The record as it came. */
void record_write_same(
    struct buf *out, const struct record_format *, const struct record *);

/*
 * A text alone (--raw): as it is, a newline that it has at the end counts as
 * its end.  False if its end stands in the midst of it, too.
 */
bool record_write_raw(
    struct buf *out, const struct record_format *, struct str text);

#endif
