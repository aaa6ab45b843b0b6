/*
 * base - the words every file needs: the C library's basic headers, a few
 * attributes, and the functions that nobody may use.
 *
 * It knows nothing else.  Every other header begins by including this one.
 */
#ifndef BASE_H
#define BASE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* Number of elements of an array (not of a pointer). */
#define countof(array) (sizeof(array) / sizeof *(array))

#define PRINTF_LIKE(text, first) __attribute__((format(printf, text, first)))

/* Unbounded, silent about errors, or not reentrant: a use does not compile. */
#undef sprintf
#undef vsprintf
#pragma GCC poison strcpy strcat sprintf vsprintf gets strtok
#pragma GCC poison atoi atol atoll atof tmpnam mktemp

#endif
