#include <stdio.h>

enum { NAME_MAX_BYTES = 32 };

struct user {
	char name[NAME_MAX_BYTES];
	int id;
};

void
user_rename(struct user *u, const char *first, const char *last)
{
	snprintf(u->name, sizeof u->name, "%s %s", first, last);
}
