/*
 * now - what time it is, by three clocks.
 *
 * The machine's, which its owner may set at any time, for what people read;
 * one that is never set, for how long something takes; and one that stands
 * still while others work, for how much work it is.
 */
#ifndef NOW_H
#define NOW_H

#include "base.h"

/* Milliseconds since 1970-01-01T00:00:00Z, without leap seconds. */
int64_t now_unix_ms(void);

/* Milliseconds since some time in the past: CLOCK_MONOTONIC. */
int64_t now_ms(void);

/* Milliseconds of processor time of this process. */
int64_t now_processor_ms(void);

#endif
