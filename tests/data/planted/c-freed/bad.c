#include <stdlib.h>

struct node {
	struct node *next;
	char *name;
};

void
list_free(struct node *list)
{
	while (list) {
		struct node *next = list->next;

		free(list->name);
		free(list);
		list = list->next;
	}
}
