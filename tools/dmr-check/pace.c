/* dmr-check: when the pieces of an answer came. */
#include "pace.h"

enum { RATE_MS_MIN = 20 };

void
pace_add(struct pace *p, size_t n, int64_t now_ms)
{
	if (!n)
		return;
	if (!p->npieces)
		p->first_ms = now_ms;
	if (!p->npieces || now_ms - p->lump_ms >= PACE_LUMP_MS) {
		p->nlumps++;
		p->lump_ms = now_ms;
	}
	p->npieces += n;
	p->last_ms = now_ms;
	if (p->ntokens < (int64_t)p->npieces)
		p->ntokens = (int64_t)p->npieces;
}

double
pace_rate(const struct pace *p)
{
	int64_t ms = p->last_ms - p->first_ms;

	if (ms < RATE_MS_MIN || p->ntokens < 2)
		return 0;
	return (double)(p->ntokens - 1) * 1000 / (double)ms;
}

enum pace_verdict
pace_judge(const struct pace *p)
{
	int64_t nlumps = (int64_t)p->nlumps;

	if (p->ntokens < PACE_TOKENS_MIN || !nlumps)
		return PACE_SHORT;
	return p->ntokens >= PACE_HELD * nlumps &&
		p->last_ms - p->start_ms >= PACE_HELD_MS * nlumps
	    ? PACE_HELD_BACK
	    : PACE_FLOWS;
}
