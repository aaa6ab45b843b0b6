/* record_reader - records out of a descriptor that may be slow, or endless. */
#include "record_reader.h"

#include <errno.h>

#include "file.h"

enum {
	READ_SIZE = 64 << 10,
	KEPT_MAX = 1 << 20, /* of memory that is not needed */
};

/* Drop what was handed out, and memory that one long record has needed. */
static void
compact(struct record_reader *r)
{
	struct buf *in = &r->in;
	struct str left = str_skip(buf_str(in), r->from);

	if (in->capacity > KEPT_MAX && left.len < READ_SIZE) {
		struct buf small = { .max = in->max };

		buf_add(&small, left);
		buf_done(in);
		*in = small;
	} else if (r->from && left.len) {
		memmove(in->data, left.data, left.len);
	}
	in->len = left.len;
	r->seen -= r->from;
	r->from = 0;
}

/* Read what is there, once.  Returns 1 if there is more to look at, 0, -1. */
static int
fill(struct record_reader *r, struct err *e)
{
	ssize_t got;

	compact(r);
	r->in.max = RECORD_MAX + READ_SIZE;
	got = file_read_now(r->fd, buf_room(&r->in, READ_SIZE), READ_SIZE);
	if (got > 0)
		buf_claim(&r->in, (size_t)got);
	if (got == 0)
		r->is_closed = true;
	if (got >= 0)
		return 1;
	if (errno == EAGAIN)
		return 0;
	return err_set(
	    e, ST_INPUT, "cannot read the records: %s", strerror(errno));
}

static void
hand_out(struct record_reader *r, struct record *record, size_t len)
{
	struct str text = { r->in.data + r->from, len };

	record_parse(record, r->format, r->line ? text : str_skip_bom(text),
	    r->line + 1);
	r->line++;
}

/* The record whose end was found. */
static bool
take(struct record_reader *r, struct record *record, const char *end)
{
	bool skipped = r->skips;

	if (!skipped)
		hand_out(r, record, (size_t)(end - r->in.data) - r->from);
	r->from = r->seen = (size_t)(end - r->in.data) + 1;
	r->skips = false;
	return !skipped;
}

/* What is there has no end: is it a record all the same? */
static bool
take_rest(struct record_reader *r, struct record *record)
{
	size_t len = r->in.len - r->from;
	bool is_long = !r->skips && len > RECORD_MAX;
	bool is_last = !r->skips && r->is_closed && len &&
	    (r->line || !str_is(buf_str(&r->in), "\xef\xbb\xbf"));

	if (is_long || is_last)
		hand_out(r, record, len);
	r->skips = r->skips || is_long;
	if (r->skips || r->is_closed)
		r->from = r->in.len;
	r->seen = r->in.len;
	return is_long || is_last;
}

/* A record among what was read. */
static bool
find(struct record_reader *r, struct record *record)
{
	while (r->seen < r->in.len) {
		const char *end = memchr(
		    r->in.data + r->seen, r->format->end, r->in.len - r->seen);

		if (!end)
			break;
		if (take(r, record, end))
			return true;
	}
	return take_rest(r, record);
}

int
record_read(struct record_reader *r, struct record *record, struct err *e)
{
	int got;

	if (find(r, record))
		return 1;
	got = r->is_closed ? 0 : fill(r, e);
	if (got == 1 && find(r, record))
		return 1;
	r->at_end = r->is_closed;
	return got < 0 ? -1 : 0;
}

void
record_reader_done(struct record_reader *r)
{
	buf_done(&r->in);
	r->from = r->seen = 0;
}
