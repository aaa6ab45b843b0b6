/*
 * replay - what the files of recordings that are replayed share.
 *
 * replay.c finds the exchange that a request is one of, replay_near.c says
 * which comes nearest if there is none.
 */
#ifndef REPLAY_H
#define REPLAY_H

#include "recording.h"
#include "tree.h"

/* A request, as its bytes and as the JSON it may be. */
struct replay_asked {
	struct recording_key key;
	struct tree json; /* of the body; empty if it is none */
};

struct replay_entry {
	size_t number; /* line */
	struct replay_asked asked;
	struct mock_reply reply;
	bool is_used;
};

struct mock_replay {
	char *path;
	struct replay_entry **entries;
	size_t n, capacity;
	size_t nused; /* the first so many were all used */
	bool is_verbose;
};

/* Are the methods and paths, the bodies the same? */
bool replay_is_for(const struct replay_asked *, const struct replay_asked *);
bool replay_is_same(const struct replay_asked *, const struct replay_asked *);

/* Say which entry comes nearest, and where it differs. */
void replay_explain(const struct mock_replay *, const struct replay_asked *);

#endif
