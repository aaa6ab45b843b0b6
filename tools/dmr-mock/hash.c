/* hash - a number for a text. */
#include "hash.h"

uint64_t
mock_hash(uint64_t h, struct str text)
{
	const uint64_t prime = UINT64_C(0x100000001b3);

	for (size_t i = 0; i < text.len; i++)
		h = (h ^ (unsigned char)text.data[i]) * prime;
	return h * prime;
}
