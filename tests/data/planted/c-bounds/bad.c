#include <stddef.h>

/* marks has room for a mark before each value and one behind the last. */
void
clear(int *marks, size_t n)
{
	for (size_t i = 0; i <= n; i++)
		marks[i] = 0;
}

int
sum(const int *values, size_t n)
{
	int total = 0;

	for (size_t i = 0; i <= n; i++)
		total += values[i];
	return total;
}
