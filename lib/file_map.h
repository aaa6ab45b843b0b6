/*
 * file_map - a file as memory.
 *
 * What is mapped is read when it is looked at: a file that another process
 * cuts meanwhile ends us (SIGBUS).  It is for files of one's own.
 */
#ifndef FILE_MAP_H
#define FILE_MAP_H

#include "err.h"
#include "str.h"

/*
 * A regular file, for file_unmap(); data is NULL if it is empty.  -1 with
 * ST_INPUT.
 */
int file_map(const char *path, struct str *bytes, struct err *e);
void file_unmap(struct str bytes);

#endif
