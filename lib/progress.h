/*
 * progress - how far a transfer is, as a line of text.
 *
 * It knows no terminal and no clock: the caller says how wide the line may be,
 * and what time it is.  Names may hold anything; a line is printable ASCII.
 */
#ifndef PROGRESS_H
#define PROGRESS_H

#include "buf.h"

enum { PROGRESS_SAMPLES = 10, PROGRESS_LINE_MAX = 512 };

/* Zero-initialised: nothing has come. */
struct progress {
	int64_t done, total; /* bytes; total 0: not known */

	/* Its own: what was done at a time, a second apart, for the rate. */
	struct {
		int64_t at_ms, done;
	} samples[PROGRESS_SAMPLES];
	size_t nsamples; /* so many there were */
};

/* Take note of what is done.  What was there at the first time is no rate. */
void progress_add(
    struct progress *, int64_t done, int64_t total, int64_t now_ms);

/* Bytes a second, of the last ten; -1: not known. */
int64_t progress_rate(const struct progress *, int64_t now_ms);

/* Milliseconds until it is over; -1: not known. */
int64_t progress_left(const struct progress *, int64_t now_ms);

/*
 * "ai/x  12 %  1.20GB of 9.80GB  10.1MB/s  14m left", in at most `columns`
 * characters: what has no room is left out, the last first, and then the name
 * is cut.
 */
void progress_line(const struct progress *, const char *name, int64_t now_ms,
    size_t columns, char line[PROGRESS_LINE_MAX]);

#endif
