/*
 * file_list - the names in a folder.
 */
#ifndef FILE_LIST_H
#define FILE_LIST_H

#include "str.h"

/* Zero-initialised: empty. */
struct file_list {
	char **names; /* sorted by their bytes */
	size_t nnames, capacity;
};

/* Names that end with suffix; none where there is no such folder. */
void file_list_read(struct file_list *, const char *folder, const char *suffix);
void file_list_done(struct file_list *);

#endif
