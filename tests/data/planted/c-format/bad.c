#include <stdio.h>

void
greet(const char *name)
{
	fputs("Hello, ", stdout);
	printf(name);
	fputs("!\n", stdout);
}
