/*
 * scene - a scenario for rawd, read, checked and made into bytes.
 *
 * It knows the language of scenarios and how HTTP, server-sent events and
 * llama.cpp's chat chunks are written.  It knows no socket and no clock: the
 * only descriptors it holds are those of the FIFOs a scenario waits at.
 *
 * scene_load() reads the whole file, ends the program with status 2 and
 * "FILE:LINE: why" at the first mistake, and leaves steps that are played in
 * order.  One command a line; # begins a comment; arguments are bare words,
 * "with C escapes" (\n \r \t \0 \\ \" \xHH), or 'as they are'.
 */
#ifndef SCENE_H
#define SCENE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdio.h>

#include "base.h"

/*
 * Up to MARK a step is played whether there is a client or not, SLEEP and
 * AWAIT unless the client went away, from AGAIN on only with a client.  SEND
 * and what follows it become SEND.
 */
enum verb {
	/* clang-format off */
	ACCEPT, REPEAT, REFUSE, STOP, MARK,
	SLEEP, AWAIT,
	AGAIN, READ, READ_HEADERS, READ_BODY, SLOW, EXPECT_CLOSE,
	SHUTDOWN, CLOSE, RESET, FRAMING, TIMES, BURST,
	SEND, SENDFILE, CHUNK, EVENT, ROLE, DELTA, FINISH, DONE,
	SSE, JSON, TEXT
	/* clang-format on */
};

struct step {
	enum verb verb;
	long line;        /* in the scenario, from 1 */
	long num;         /* milliseconds, bytes or times; LONG_MAX: forever */
	long piece;       /* SLOW: bytes at a time */
	bool each;        /* SEND: every time in a write of its own */
	char *path;       /* MARK, AWAIT */
	int fd;           /* of the FIFO there, open at both ends, or -1 */
	struct bytes out; /* SEND */
};

struct scene {
	const char *path, *folder; /* the file; where FIFOs and marks are */
	long line;                 /* being read */
	bool open, plain;          /* is there a connection; the framing */
	struct step *steps;
	size_t nsteps, repeat; /* repeat: index of its step, or SIZE_MAX */
};

/* Set path and folder before.  Everything lives until the program ends. */
void scene_load(struct scene *);
void scene_print_words(FILE *);

#endif
