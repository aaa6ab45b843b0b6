/*
 * vector - numbers of single precision that stand for a text.
 *
 * They come as JSON: an array of numbers, or a string, the base64 of four
 * bytes for each, the lowest first.  It knows no models and no files.
 */
#ifndef VECTOR_H
#define VECTOR_H

#include "str.h"

enum { VECTOR_MAX = 65536 }; /* numbers in a vector */

/*
 * How many numbers a JSON value holds, which span has walked over; 0: none, or
 * it is no vector.
 */
size_t vector_count(struct str value);

/*
 * Read them, as many as vector_count() said.  -1: they are not so many, no
 * numbers or no base64, or one of them is infinite or NaN.
 */
int vector_read(struct str value, float *vector, size_t n);

/*
 * Scale it to length 1.  One that is as long, but for the 1e-6 that rounding
 * makes, stays as it is, bit for bit.  False: all are zero.
 */
bool vector_unit(float *vector, size_t n);

/* The scalar product: the cosine of two that are one long. */
float vector_dot(const float *a, const float *b, size_t n);

#endif
