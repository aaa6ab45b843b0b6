/*
 * record_reader - records out of a descriptor that may be slow, or endless.
 *
 * It never waits: a record that is there is handed out at once, and when
 * there is none the caller waits for the descriptor along with whatever else
 * it waits for.  Memory is that of the largest record so far, RECORD_MAX at
 * most; of a longer one nothing is kept, and the bad record in its place comes
 * as soon as it is known to be one.
 *
 *     struct record_reader in = { .fd = STDIN_FILENO, .format = &format };
 *     while (!in.at_end)
 *             if (record_read(&in, &record, &e) == 1) ...
 *             else wait until in.fd can be read
 *
 * The descriptor may be a file, a pipe, a terminal, a socket, and need not be
 * non-blocking; nobody else may read it meanwhile.
 */
#ifndef RECORD_READER_H
#define RECORD_READER_H

#include "record.h"

/* Zero-initialise, then set fd and format (borrowed). */
struct record_reader {
	int fd;
	const struct record_format *format;

	/* To be read. */
	bool at_end; /* there is no more to come; do not wait for fd */
	size_t line; /* records handed out so far */

	/* The reader's own. */
	struct buf in;
	size_t from, seen; /* bytes handed out, and looked through */
	bool is_closed;    /* read() has said so */
	bool skips;        /* the rest of a record that is too long */
};

/*
 * Read the next record.  Returns 1; 0: none is there (and at_end: none will
 * be); -1 with ST_INPUT: the descriptor cannot be read.  The last one needs no
 * end.  A byte order mark at the very start is no part of the first.
 */
int record_read(struct record_reader *, struct record *, struct err *e);

void record_reader_done(struct record_reader *);

#endif
