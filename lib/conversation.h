/*
 * conversation - a chat kept in a file, to be gone on with.
 *
 * The file is JSON Lines: each line is one message as a chat API takes it,
 * {"role":"user","content":"..."}.  Whatever members a message has, they are
 * sent as they stand; blank lines mean nothing.  What is there is never
 * rewritten: a turn that ended well adds whole lines at the end, any other
 * turn leaves the file as it was, and makes none.
 *
 * conversation_open() when the turn begins, conversation_add() when it has
 * ended well, conversation_close().  The file is locked from the first to the
 * last: of two turns at once the second waits, and sees what the first added.
 * A signal handler may call conversation_abandon().
 */
#ifndef CONVERSATION_H
#define CONVERSATION_H

#include "file_lines.h"

/* Bytes of the file.  A server takes no larger request. */
enum { CONVERSATION_MAX = 10 << 20 };

struct conversation {
	/* What stood there when it was opened. */
	struct buf messages; /* objects of JSON text with commas between */
	size_t nmessages;
	struct str last;   /* of them; empty if there are none */
	struct str system; /* the last that instructs: role system, developer */
	bool has_images;

	struct file_lines file; /* its own */
};

/*
 * Open the conversation at path (borrowed), which may not be there yet, and
 * wait for whoever has it, for wait_ms (-1: without end).  -1 with ST_INPUT,
 * ST_OUTPUT or ST_TIMEOUT, see file_lines_own(); what is wrong in a line is
 * ST_INPUT, "FILE:LINE: ...".
 */
int conversation_open(
    struct conversation *, const char *path, int wait_ms, struct err *e);

/* Read it, wait for nobody, add nothing. */
int conversation_look(struct conversation *, const char *path, struct err *e);

/*
 * Add messages, all or none: lines of JSON text, the last one ended too.  -1
 * with ST_OUTPUT: it cannot be written, was changed by others since it was
 * opened, could not be read again, or would be larger than CONVERSATION_MAX.
 */
int conversation_add(struct conversation *, struct str lines, struct err *e);

/* Async-signal-safe: remove the file if this turn made it and added nothing. */
void conversation_abandon(const struct conversation *);

/* The same, let the next turn have it, and free. */
void conversation_close(struct conversation *);

#endif
