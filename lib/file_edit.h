/*
 * file_edit - a file that is read now and replaced later, if nobody else has
 * changed it meanwhile.
 *
 * What cannot be replaced is refused when it is opened, before anybody works
 * on its text.  The new file has the mode, owner, group, access control list
 * and other extended attributes of the old one, or there is none.  At every
 * moment the name stands for the whole old text or the whole new one.
 *
 * A link is followed to a file below the working folder, and stays.  All work
 * is done in the folder that was opened, whatever its name becomes.
 *
 *     struct file_edit edit = { .temp = &temp };
 *     if (!file_edit_open(&edit, path, max, &e)) {
 *             ... edit.text ...
 *             file_edit_commit(&edit, text, &e);
 *     }
 *     file_edit_close(&edit);
 */
#ifndef FILE_EDIT_H
#define FILE_EDIT_H

#include "file.h"

/* Many may be open; temp is used by one at a time, within a call. */
struct file_edit {
	struct file_replace *temp; /* to be set before; borrowed: a signal
	                              handler calls file_replace_abandon() */
	const char *suffix; /* of the backup; borrowed; NULL: there is none */
	/* ---- */
	const char *name; /* as it was asked for; borrowed */
	struct buf text;  /* what the file holds */
	int fd, folder;
	char *base, *backup; /* names in the folder */
};

/*
 * -1 with ST_INPUT: not to be read, larger than max bytes, or none that is
 * replaced (no regular file, a link that leads elsewhere, more than one name,
 * a program that runs as its owner).  With ST_OUTPUT: nobody may write it, or
 * the folder; its owner or another attribute cannot be kept; the backup's
 * name is that of something else.  With ST_PARTIAL: another process edits it.
 * With ST_USAGE: a suffix that is none.
 */
int file_edit_open(
    struct file_edit *, const char *path, size_t max, struct err *e);

/*
 * The file holds text from now on; nothing is written if it did already.  -1
 * with ST_PARTIAL: the file was changed or replaced meanwhile; with ST_OUTPUT:
 * it cannot be written.  The file is as it was, then.
 */
int file_edit_commit(struct file_edit *, struct str text, struct err *e);

/* Also one that was not opened. */
void file_edit_close(struct file_edit *);

#endif
