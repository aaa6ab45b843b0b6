/* file - the names in a folder. */
#include "file_list.h"

#include <dirent.h>

#include "mem.h"

static int
compare(const void *a, const void *b)
{
	return strcmp(*(char *const *)a, *(char *const *)b);
}

void
file_list_read(struct file_list *list, const char *folder, const char *suffix)
{
	DIR *d = opendir(folder);
	const struct dirent *entry;

	while (d && (entry = readdir(d))) {
		if (!str_ends(str_of(entry->d_name), suffix))
			continue;
		list->names = mem_grow(list->names, &list->capacity,
		    list->nnames + 1, sizeof *list->names);
		list->names[list->nnames++] = mem_copy(str_of(entry->d_name));
	}
	if (d)
		closedir(d);
	if (list->nnames)
		qsort(list->names, list->nnames, sizeof *list->names, compare);
}

void
file_list_done(struct file_list *list)
{
	for (size_t i = 0; i < list->nnames; i++)
		free(list->names[i]);
	free(list->names);
	*list = (struct file_list){ 0 };
}
