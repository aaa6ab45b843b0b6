#include <stdio.h>

void
greet(const char *name)
{
	fputs("Hello, ", stdout);
	printf("%s", name);
	fputs("!\n", stdout);
}
