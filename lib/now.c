/* now - what time it is, by three clocks. */
#include "now.h"

#include <time.h>

static int64_t
read_ms(clockid_t clock)
{
	struct timespec now;

	clock_gettime(clock, &now);
	return (int64_t)now.tv_sec * 1000 + now.tv_nsec / 1000000;
}

int64_t
now_unix_ms(void)
{
	return read_ms(CLOCK_REALTIME);
}

int64_t
now_ms(void)
{
	return read_ms(CLOCK_MONOTONIC);
}

int64_t
now_processor_ms(void)
{
	return read_ms(CLOCK_PROCESS_CPUTIME_ID);
}
