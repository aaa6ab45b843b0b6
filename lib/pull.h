/*
 * pull - models on their way to the server, two at a time.
 *
 * A model runner lets a third pull wait without a word; here it waits before it
 * is asked for.  A pull that breaks off, or meets 502, 503 or 504, is asked for
 * again after 1, 2, 4, 8 s, or as Retry-After says: the server goes on where it
 * was.
 *
 * A model runner spoils what two pulls write, and says success of it: two
 * models may have a layer in common.  So those of like names are not pulled
 * together; and of two that were, each is looked for when both have ended.  One
 * that failed or is not there is pulled once more, alone.
 *
 *     fill an array of struct pull with models
 *     while (pull_move(api, all, n))
 *             api_wait(api, -1, -1, 1000);
 *     look at each one's err; pull_done()
 */
#ifndef PULL_H
#define PULL_H

#include "api_pull.h"
#include "progress.h"

enum { PULL_AT_ONCE = 2, PULL_RETRIES = 4 };

enum pull_state {
	PULL_WAITS,
	PULL_RUNS,
	PULL_PAUSES,
	PULL_CHECKS, /* the server said success; is it there? */
	PULL_ENDED,
};

/* Zero-initialise, set what is the caller's; it must not move then. */
struct pull {
	const char *model; /* borrowed */
	const char *token; /* for the registry; borrowed, or NULL */
	int retries;       /* at most */

	/* To be read. */
	enum pull_state state;
	struct api_pull got;
	struct progress progress;
	struct err err; /* of the last try; ERR_NONE: it is there */
	int64_t started_ms;
	const struct pull *after; /* it waits for this one, or NULL */

	/* Its own. */
	struct api_call call;
	struct buf body;
	char *path;      /* that is looked for, while it is */
	bool begun;      /* the answer */
	bool in_company; /* another ran at the same time */
	bool alone;      /* none may */
	int tries;
	int64_t again_ms;
};

/* Start and end what can be; false if all have ended. */
bool pull_move(struct api *, struct pull *all, size_t n);

/* Cancels it, if it has not ended. */
void pull_done(struct pull *);

#endif
