/*
 * api_pull - a model is brought to the server: POST /models/create.
 *
 * The answer is JSON Lines of progress, written as the layers come in, several
 * at a time.  The status says nothing: errors come late, inside a 200, as JSON
 * or as plain text.  Only a line that says success is success.
 *
 *     api_pull_write(&body, model, token), with the header API_PULL_HEADER
 *     api_pull_feed() for each piece, api_pull_end(), api_pull_done()
 */
#ifndef API_PULL_H
#define API_PULL_H

#include "api.h"

#define API_PULL_PATH "/models/create"
#define API_PULL_HEADER "Accept: application/json"

enum { API_PULL_LAYERS_MAX = 128 }; /* those beyond are not counted */

/* Zero-initialise, set model. */
struct api_pull {
	const char *model;   /* for messages */
	int64_t done, total; /* bytes of all layers; total 0: not known */
	bool cached;         /* it was there already */

	/* The reader's own. */
	struct buf line;
	struct {
		uint64_t id; /* a hash of the layer's */
		int64_t done;
	} layers[API_PULL_LAYERS_MAX];
	size_t nlayers;
	bool succeeded;
};

/* token: for the registry, or NULL. */
void api_pull_write(struct buf *body, const char *model, const char *token);

/*
 * What a registry's words, in an error of the server's, mean: ST_NO_MODEL if it
 * has no such model or does not say, else ST_SERVER.  Returns -1.
 */
int api_pull_fail(struct err *e, const char *model, struct str why);

/* Read the next piece.  -1 with *e set: the server says that it failed. */
int api_pull_feed(struct api_pull *, struct str piece, struct err *e);

/* The answer is over.  -1 with *e set unless it said success. */
int api_pull_end(struct api_pull *, struct err *e);

void api_pull_done(struct api_pull *);

#endif
