/* fanout - how far it is, for people. */
#include <unistd.h>

#include "die.h"
#include "fanout.h"
#include "file.h"
#include "machine.h"
#include "now.h"
#include "units.h"

enum { LEFT_MAX = UNITS_TEXT_MAX + 8 };

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

/* ", 3m20s left", or nothing if nobody knows. */
static void
say_left(const struct fanout *f, int64_t ms, char text[LEFT_MAX])
{
	double share = share_done(f);
	char left[UNITS_TEXT_MAX];

	text[0] = 0;
	if (share <= 0)
		return;
	units_say_duration((int64_t)((double)ms / share) - ms, left);
	snprintf(text, LEFT_MAX, ", %s left", left);
}

void
fanout_tell(struct fanout *f)
{
	int64_t now = now_ms(), ms = now - f->start_ms;
	size_t columns = machine_columns(STDERR_FILENO);
	char line[1][DIE_SHOWN_MAX], left[LEFT_MAX];

	if (now - f->told_ms < FANOUT_TELL_MS || ms <= 0)
		return;
	f->told_ms = now;
	say_left(f, ms, left);
	snprintf(line[0], columns < DIE_SHOWN_MAX ? columns : DIE_SHOWN_MAX,
	    "%zu done, %zu failed, %.1f/s%s", f->nprinted, f->nfailed,
	    (double)f->nprinted * 1000 / (double)ms, left);
	die_show(line, 1, columns);
}

void
fanout_tell_end(struct fanout *f)
{
	if (f->told_ms)
		die_show(NULL, 0, 0);
}
