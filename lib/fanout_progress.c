/* fanout - how far it is, for people. */
#include <inttypes.h>

#include "die.h"
#include "fanout.h"
#include "file.h"
#include "now.h"

/* How much of the input is done, from 0 to 1; -1: nobody knows. */
static double
share_done(const struct fanout *f)
{
	const struct record_reader *in = &f->in;
	double read = file_share_read(in->fd, in->in.len - in->from);

	if (read < 0 || !f->in.line)
		return -1;
	return read * (double)f->nprinted / (double)f->in.line;
}

static void
add_time_left(struct buf *text, double share, double s)
{
	int64_t left = (int64_t)(s / share - s + 0.5);

	buf_add_format(text, ", %" PRId64 ":%02" PRId64 ":%02" PRId64 " left",
	    left / 3600, left / 60 % 60, left % 60);
}

void
fanout_tell(struct fanout *f)
{
	int64_t now = now_ms();
	double s = (double)(now - f->start_ms) / 1000;
	double share;
	struct buf text = { 0 };

	if (now - f->told_ms < FANOUT_TELL_MS || s <= 0)
		return;
	f->told_ms = now;
	buf_add_format(&text, "%zu done, %zu failed, %.1f/s", f->nprinted,
	    f->nfailed, (double)f->nprinted / s);
	share = share_done(f);
	if (share > 0)
		add_time_left(&text, share, s);
	tell_status(text.data);
	buf_done(&text);
}

void
fanout_tell_end(struct fanout *f)
{
	if (f->told_ms)
		tell_status("");
}
