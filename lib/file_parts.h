/*
 * file_parts - what replacing and editing files have in common, and what
 * differs from system to system (file_linux.c).
 */
#ifndef FILE_PARTS_H
#define FILE_PARTS_H

#include "file.h"

/*
 * Begin to replace the file `target` in an open folder, which is taken over:
 * f->name is set, f->fd becomes a new file of mode 0600.  -1 with ST_OUTPUT.
 */
int file_replace_begin(
    struct file_replace *f, int folder, const char *target, struct err *e);

/*
 * The two halves of file_replace_commit().  After the first the bytes are on
 * the disk, and nothing else has happened; the second drops it in any case.
 */
int file_replace_sync(struct file_replace *, struct err *e);
int file_replace_rename(struct file_replace *, struct err *e);

/* What the link at path points to, as a path from here; NULL: it is none.
 * Yours to free(). */
char *file_follow(const char *path);

enum { FILE_LINKS_MAX = 40 }; /* as Linux has it */

/* A folder to look names up in, also one that may not be listed; or -1. */
int file_open_folder(int at, const char *name, int flags);

/*
 * An unnamed file in folder that file_link_temp() can give a name there, or
 * -1.
 */
int file_open_unnamed(int folder);
int file_link_temp(int fd, int folder, const char *name);

/*
 * Give a new file the extended attributes of an old one, and no others:
 * access control lists, labels.  -1 with errno: one of them cannot be kept.
 */
int file_copy_attributes(int from, int to);

/* The path of the running program; NULL: it cannot be known. */
char *file_program_link(void);

#endif
