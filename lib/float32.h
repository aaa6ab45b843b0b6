/*
 * float32 - a number of IEEE 754's single precision as decimal text, and back.
 *
 * The text is the shortest that reads back as the same number; of those as
 * short, the nearest to it.  It knows no locale: a point is a point.
 */
#ifndef FLOAT32_H
#define FLOAT32_H

#include "str.h"

enum { FLOAT32_TEXT_MAX = 16 }; /* bytes */

/* Write a finite number, as JSON has it; returns its length.  No NUL. */
size_t float32_write(char *text, float number);

/*
 * Read a number of JSON that stands in a longer text, as a span of it does:
 * the byte behind it is looked at.  It is rounded to the nearest; what is too
 * large becomes an infinity.
 */
float float32_read(struct str number);

/* Of n numbers, are all neither infinite nor NaN? */
bool float32_are_finite(const float *numbers, size_t n);

/*
 * n numbers as four bytes each, the lowest first, become floats, in place;
 * on most machines they are that already.
 */
void float32_from_bytes(float *numbers, size_t n);
bool float32_is_native(void);

#endif
