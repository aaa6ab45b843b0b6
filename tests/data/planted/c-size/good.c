#include <stdlib.h>

struct table {
	double *values;
	size_t n;
};

int
table_open(struct table *t, size_t n)
{
	t->values = malloc(n * sizeof *t->values);
	if (!t->values)
		return -1;
	for (t->n = 0; t->n < n; t->n++)
		t->values[t->n] = 0;
	return 0;
}
