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

/* All texts are the heap's; "" where the server does not say. */
struct api_model {
	char *id;   /* as the server lists it */
	char *name; /* as short as can be typed: "ai/smollm2" */
	char *parameters, *quantization, *size; /* for people: "134.52M" */
	int64_t context;                        /* tokens, 0: not said */
	bool loaded;
	struct str json; /* the server's own object, in the reply */
};

struct api_models {
	struct api_model *models;
	size_t n, capacity;
	size_t nodd; /* left out: their names hold what no name may */
};

/* Read the answer of GET /models.  -1 with ST_SERVER. */
int api_models_read(struct api_models *, struct str reply, struct err *e);

/* Mark those that GET /engines/ps names. */
int api_models_read_loaded(
    struct api_models *, struct str reply, struct err *e);

/*
 * The only model of the answer of GET /models: yours to free().  NULL with
 * ST_NO_MODEL and the names if there are none or several.
 */
char *api_models_only(struct str reply, struct err *e);

void api_models_done(struct api_models *);

/*
 * The name of a model as short as the server understands it: without
 * "docker.io/" and ":latest".  Yours to free().
 */
char *api_model_short_name(struct str id);

/*
 * The path of management that shows one model, and what its answer says that
 * the model is made of: "sha256:...", or NULL.  Both yours to free().
 */
char *api_model_path(const char *name);
char *api_model_digest(struct str reply);

/* Can this be a model's name?  -1 with ST_USAGE: empty, not UTF-8, too long. */
int api_model_check_name(const char *name, struct err *e);

/*
 * Two spellings of one name?  As the server normalises them: registry
 * "docker.io", organisation "ai" and tag "latest" may be left out, letters
 * of the name (not the tag) have no case.
 */
bool api_model_is_same(struct str a, struct str b);

#endif
