/*
 * units - sizes, times and durations, as servers and people write them.
 *
 * It knows no clock: the caller says what time it is.
 */
#ifndef UNITS_H
#define UNITS_H

#include "str.h"

enum { UNITS_TEXT_MAX = 32 };

/*
 * Bytes: "92.10MiB", "2 GB", "16G", "864".  kB, MB, ... are powers of 1000;
 * KiB, MiB, ... and K, M, ... of 1024.  Letters have no case.  -1: it is none.
 */
int units_read_size(struct str text, int64_t *bytes);

/* "98.37MB", powers of 1000, as the docker command says it. */
void units_say_size(int64_t bytes, char text[UNITS_TEXT_MAX]);

/* RFC 3339: "2026-11-21T22:04:52.48Z", seconds since 1970.  -1: it is none. */
int units_read_time(struct str text, int64_t *unix_s);

/* The same in UTC; "" if the year has not four digits. */
void units_say_time(int64_t unix_s, char text[UNITS_TEXT_MAX]);

/*
 * As Go's time.Duration writes it: "7m0s", "1h30m", "1.5s", "-1s", "0".
 * Milliseconds.  -1: it is none.
 */
int units_read_duration(struct str text, int64_t *ms);

/* "0.4s", "12s", "3m20s", "1h5m", "2d3h"; below 0 is 0. */
void units_say_duration(int64_t ms, char text[UNITS_TEXT_MAX]);

#endif
