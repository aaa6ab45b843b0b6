/*
 * file_folder - a folder of ours whose files are whole or not there.
 *
 * Many processes may write the same file at once, without a lock: each writes
 * aside, and the file takes its name when it is complete.  What a killed
 * process left aside is removed by the next that opens the folder.
 *
 * Folders are made with mode 0700 and files with 0600, whatever the umask.
 * What is a symbolic link (the last part of the path, for the folder itself),
 * or belongs to somebody else, is neither read nor written.
 *
 * Nothing is synchronized, so after a loss of power a file may be missing or
 * torn: it is for what can be made again, by readers who check it.
 */
#ifndef FILE_FOLDER_H
#define FILE_FOLDER_H

#include "buf.h"
#include "err.h"

/* Zero-initialised: not open. */
struct file_folder {
	int fd;
	char *path; /* for messages */
};

/*
 * The folder is made if it is not there; the one that it lies in must be.
 * -1 with ST_OUTPUT, and it is not open.
 */
int file_folder_open(struct file_folder *, const char *path, struct err *e);
bool file_folder_is_open(const struct file_folder *);

/*
 * Append what the file sub/name holds.  False: it is not there, is larger than
 * max bytes, or cannot be read; some of it may have been appended then.
 */
bool file_folder_read(const struct file_folder *, const char *sub,
    const char *name, size_t max, struct buf *out);

/* Make or replace the file sub/name, and sub.  -1 with ST_OUTPUT. */
int file_folder_write(const struct file_folder *, const char *sub,
    const char *name, struct str bytes, struct err *e);

void file_folder_close(struct file_folder *);

#endif
