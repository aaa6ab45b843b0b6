/*
 * api_embed - embeddings: ask for the vectors of texts, read them.
 *
 * An answer is good if it holds one vector for each text, each with its index,
 * all of one width and of finite numbers.  Nothing else in it is believed:
 * neither the order of the vectors nor that they are as many as were asked for.
 *
 * Shapes: OpenAI's list of embeddings, as llama.cpp, vLLM and gateways send
 * it, with base64 or arrays of numbers, whichever was asked for.
 */
#ifndef API_EMBED_H
#define API_EMBED_H

#include "api.h"
#include "api_chat_parts.h"

#define API_EMBED_PATH "/embeddings"

/* What is asked; everything is borrowed. */
struct api_embed_request {
	const char *model;
	struct str input;  /* JSON: a text, or an array of texts or tokens */
	struct str fields; /* a JSON object, or empty: sent, too */
	bool plain;        /* numbers, not base64 */
};

/* Write the body.  -1 with ST_INPUT: larger than API_BODY_MAX. */
int api_embed_write(
    struct buf *body, const struct api_embed_request *request, struct err *e);

/* How many vectors an input asks for; 0: it is no input. */
size_t api_embed_count(struct str input);

/* Zero-initialise. */
struct api_embed {
	const char *server; /* for messages; the caller's */

	/* To be read. */
	float *vectors; /* the texts' order; width each, without a gap */
	size_t width;
	char model[API_MODEL_TEXT_MAX + 1]; /* as the server calls it, or "" */
	struct str usage;                   /* raw, in the reply; or empty */
	bool foreign; /* what answered is no model server */

	size_t capacity; /* the module's own */
};

/* Read the answer to n texts.  -1 with ST_SERVER, and none of it is good. */
int api_embed_read(
    struct api_embed *, struct str reply, size_t n, struct err *e);

void api_embed_done(struct api_embed *);

/*
 * Of a text that is too long (ST_CUT): how much of it is not, from 0 to 1, as
 * far as the body of the error says; else 0.5.
 */
double api_embed_share(struct str body);

#endif
