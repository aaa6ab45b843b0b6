/*
 * diff_reader - the sections of a diff, one after another, out of a descriptor
 * that may be slow, or endless.
 *
 * It never waits: a section is handed out as soon as it is known to be whole,
 * and when there is none the caller waits for the descriptor along with
 * whatever else it waits for.  Memory is that of the section under way.
 *
 *     struct diff_reader in = { .fd = STDIN_FILENO };
 *     while (!in.at_end)
 *             if ((got = diff_reader_next(&in, &file, &e)) == 1) ...
 *             else if (!in.at_end) wait until in.fd can be read
 *
 * The descriptor may be a file, a pipe, a terminal, a socket, and need not be
 * non-blocking; nobody else may read it meanwhile.
 */
#ifndef DIFF_READER_H
#define DIFF_READER_H

#include "diff.h"

/* Zero-initialise, then set fd. */
struct diff_reader {
	int fd;

	/* To be read. */
	bool at_end; /* there is no more to come; do not wait for fd */

	/* The reader's own. */
	struct diff_parser *parser;
};

/*
 * Read the next section.  Returns 1, and it is yours to diff_file_done(), in
 * any order; 0: none is there (and at_end: none will be; a blank text, too, is
 * a diff); -1 with ST_INPUT: fd cannot be read, or what diff_read() says.
 */
int diff_reader_next(struct diff_reader *, struct diff_file *, struct err *e);

void diff_reader_done(struct diff_reader *);

#endif
