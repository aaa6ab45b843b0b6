/*
 * file_map - a file as memory.
 *
 * What is mapped is read when it is looked at.  Another process may cut the
 * file meanwhile, which would end us by SIGBUS: instead the bytes that are lost
 * become zeros, and file_map_check() tells.
 */
#ifndef FILE_MAP_H
#define FILE_MAP_H

#include "err.h"
#include "str.h"

enum { FILE_MAPS_MAX = 4 }; /* at a time */

struct file_map {
	const char *path; /* borrowed */
	int fd;
	struct str bytes; /* data is NULL if the file is empty */
};

/* Map a regular file.  -1 with ST_INPUT, and there is nothing to unmap. */
int file_map(struct file_map *, const char *path, struct err *e);

/* Are all of its bytes those of the file?  -1 with ST_INPUT: it was cut. */
int file_map_check(const struct file_map *, struct err *e);

/* Also for what is all zero. */
void file_unmap(struct file_map *);

#endif
