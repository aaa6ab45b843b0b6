/*
 * random - numbers for tests that draw their cases: the same in every run.
 *
 * xorshift64* (Marsaglia 2003, Vigna 2016); the seed is not 0.
 */
#ifndef RANDOM_H
#define RANDOM_H

#include <stdint.h>

static inline uint32_t
random_next(uint64_t *seed)
{
	*seed ^= *seed >> 12;
	*seed ^= *seed << 25;
	*seed ^= *seed >> 27;
	return (uint32_t)(*seed * UINT64_C(2685821657736338717) >> 32);
}

#endif
