/*
 * pace - when the pieces of an answer came, and whether somebody held them.
 *
 * It knows no clock: the caller says what time it is.
 */
#ifndef CHECK_PACE_H
#define CHECK_PACE_H

#include "base.h"

enum {
	PACE_LUMP_MS = 5,     /* what comes within came together */
	PACE_TOKENS_MIN = 16, /* fewer tell nothing */
	PACE_HELD = 8,        /* tokens that no model makes at once ... */
	PACE_HELD_MS = 150,   /* ... if they take that long */
};

/* Zero-initialise, with start_ms: when it was asked. */
struct pace {
	int64_t start_ms, first_ms, last_ms, lump_ms;
	size_t npieces;  /* of text or reasoning */
	size_t nlumps;   /* of pieces that came together */
	int64_t ntokens; /* as the server counts, else npieces */
};

/* n pieces came now. */
void pace_add(struct pace *, size_t n, int64_t now_ms);

/* Tokens a second after the first; 0: too few, or too fast to be measured. */
double pace_rate(const struct pace *);

enum pace_verdict { PACE_FLOWS, PACE_HELD_BACK, PACE_SHORT };

/*
 * Did it come as it was made?  A model makes a token at a time.  Many that come
 * at once, after a wait in which they were made, were held back on the way;
 * that wait may be the loading of the model, too, so ask again before it is
 * said.
 */
enum pace_verdict pace_judge(const struct pace *);

#endif
