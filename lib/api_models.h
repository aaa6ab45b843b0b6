/*
 * api_models - the models a server has, and its engines.
 *
 * Shapes: GET /models of the inference API (OpenAI's list, with Docker Model
 * Runner's "dmr" member), GET /engines/ps, /engines/status, /version of
 * Docker Model Runner.
 */
#ifndef API_MODELS_H
#define API_MODELS_H

#include "api.h"

enum {
	API_STRANGERS_MAX = 32,
	API_LOADED_MAX = 1024, /* entries of a list of what is loaded */
};

/* All texts are the heap's; "" where the server does not say. */
struct api_model {
	char *id;   /* as the server lists it */
	char *name; /* as short as can be typed: "ai/smollm2" */
	char *parameters, *quantization, *size; /* for people: "134.52M" */
	char *architecture;
	int64_t context; /* tokens, 0: not said */
	int64_t created; /* seconds since 1970, 0: not said */
	bool loaded;
};

struct api_models {
	struct api_model *models;
	size_t n, capacity;
	size_t nodd; /* left out: their names hold what no name may */

	/* What is loaded by a name that is none of these; not all of many. */
	char *strangers[API_STRANGERS_MAX];
	size_t nstrangers;
};

/* Read the answer of GET /models.  -1 with ST_SERVER. */
int api_models_read(struct api_models *, struct str reply, struct err *e);

/* Mark those that GET /engines/ps names, and keep the names of others. */
int api_models_read_loaded(
    struct api_models *, struct str reply, struct err *e);

/*
 * The only model of the answer of GET /models: yours to free().  NULL with
 * ST_NO_MODEL and the names if there are none or several; how: what to type
 * one of them behind, "-m"; likely: what to pull if there are none.
 */
char *api_models_only(
    struct str reply, const char *how, const char *likely, struct err *e);

void api_models_done(struct api_models *);

/*
 * The name of a model as short as the server understands it: without
 * "docker.io/" and ":latest".  Yours to free().
 */
char *api_model_short_name(struct str id);

/*
 * What the answer that shows a model says it is made of: "sha256:...", or NULL.
 * Yours to free().
 */
char *api_model_digest(struct str reply);

/* Can this be a model's name?  -1 with ST_USAGE: empty, not UTF-8, too long. */
int api_model_check_name(const char *name, struct err *e);

/* Is it a name of Hugging Face's? */
bool api_model_is_hf(const char *name);

/*
 * "/models/" and a name, as the path of a request; yours to free().  NULL with
 * ST_USAGE: it is no name, or a part of it is "." or ".." or empty.
 */
char *api_model_path(const char *name, struct err *e);

/* Append text so that it may stand in a query (RFC 3986, 3.4). */
void api_add_escaped(struct buf *out, struct str text);

/*
 * Two spellings of one name?  As the server normalises them: registry
 * "docker.io", organisation "ai" and tag "latest" may be left out, letters
 * of the name (not the tag) have no case.
 */
bool api_model_is_same(struct str a, struct str b);

#endif
