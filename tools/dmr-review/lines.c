/* dmr-review: items that stand in the order of their lines. */
#include "lines.h"

#include <string.h>

size_t
lines_find(const void *items, size_t n, size_t size, size_t offset, size_t line)
{
	size_t first = 0, end = n;

	while (first < end) {
		size_t middle = first + (end - first) / 2, number;

		memcpy(&number, (const char *)items + middle * size + offset,
		    sizeof number);
		if (number < line)
			first = middle + 1;
		else
			end = middle;
	}
	return first;
}
