#include <stddef.h>

long
last_negative(const int *values, size_t n)
{
	for (size_t i = n - 1; i >= 0; i--)
		if (values[i] < 0)
			return (long)i;
	return -1;
}
