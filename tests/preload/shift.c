/*
 * shift - another time of day, for a program that is started with LD_PRELOAD.
 *
 * SHIFT=SECONDS  the clock is that much ahead
 * STEP=SECONDS   and jumps by that much each time it is looked at, forth and
 *                back
 *
 * The clock that only goes forward stays as it is.
 */
#define _GNU_SOURCE
#include <stdlib.h>
#include <sys/syscall.h>
#include <sys/time.h>
#include <time.h>
#include <unistd.h>

static long
seconds(const char *name)
{
	const char *text = getenv(name);

	return text ? atol(text) : 0;
}

/* How far ahead the clock is this time. */
static long
ahead(void)
{
	static unsigned looks;

	return seconds("SHIFT") + (looks++ % 2 ? seconds("STEP") : 0);
}

int
clock_gettime(clockid_t clock, struct timespec *now)
{
	int got = (int)syscall(SYS_clock_gettime, clock, now);

	if (!got && (clock == CLOCK_REALTIME || clock == CLOCK_REALTIME_COARSE))
		now->tv_sec += ahead();
	return got;
}

int
gettimeofday(struct timeval *restrict now, void *restrict zone)
{
	struct timespec ts;

	(void)zone;
	if (clock_gettime(CLOCK_REALTIME, &ts))
		return -1;
	now->tv_sec = ts.tv_sec;
	now->tv_usec = ts.tv_nsec / 1000;
	return 0;
}

time_t
time(time_t *where)
{
	struct timespec ts;

	if (clock_gettime(CLOCK_REALTIME, &ts))
		return -1;
	if (where)
		*where = ts.tv_sec;
	return ts.tv_sec;
}
