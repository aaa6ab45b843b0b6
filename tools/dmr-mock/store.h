/*
 * store - the models a mock has, those that could be pulled, and their names.
 *
 * It knows no requests.  A name means what it means to Docker Model Runner:
 * "smollm2", "AI/SmolLM2" and "docker.io/ai/smollm2:latest" are one model, a
 * tag keeps its case, and an id may be cut to 12 digits.
 */
#ifndef STORE_H
#define STORE_H

#include "buf.h"

enum {
	STORE_NAME_MAX = 512,   /* bytes of a name */
	STORE_TAGS_MAX = 64,    /* of a model */
	STORE_MODELS_MAX = 256, /* all together */
	STORE_ID_LEN = 7 + 64,  /* "sha256:" and 64 digits */
};

/* What is the same for every copy of a model. */
struct store_kind {
	const char *parameters, *quantization, *architecture, *size;
	const char *gguf;  /* its keys, a JSON object */
	int64_t bytes;     /* of the file */
	int64_t context;   /* tokens it was packaged for, 0: it does not say */
	int dimensions;    /* of its vectors */
	bool embeds, sees; /* without being told by a configuration; pictures */
};

struct store_model {
	char id[STORE_ID_LEN + 1]; /* "sha256:..." */
	char **tags;               /* whole names, in the order they came */
	size_t ntags, capacity;
	struct store_kind kind;
	int64_t created; /* seconds since 1970 */
};

struct store {
	struct store_model **models; /* in the order they came */
	size_t n, capacity;
};

/*
 * The whole name that a name means: "docker.io/ai/smollm2:latest".  -1 if it
 * is none: empty, too long, with letters that no name has.
 */
int store_name(struct str name, struct buf *whole);

/* Divide a whole name: "docker.io/ai/smollm2", and *tag "latest". */
struct str store_split(struct str whole, struct str *tag);

/* The model that a name or an id means, or NULL. */
struct store_model *store_find(const struct store *, struct str name);

/* The same, or else one whose last part, without tag, is this. */
struct store_model *store_find_part(const struct store *, struct str name);

/* The id of a model from nowhere: the same for the same name. */
void store_make_id(struct str name, char id[STORE_ID_LEN + 1]);

/* What came of asking a registry. */
enum store_answer {
	STORE_HAS,          /* *kind and id are set */
	STORE_UNKNOWN,      /* it has no such model */
	STORE_UNAUTHORIZED, /* it does not say */
	STORE_REFUSED,      /* nobody listens there */
	STORE_NO_HOST,
};

/* Ask the registry that a whole name names.  Nothing is contacted. */
enum store_answer store_ask_registry(
    struct str whole, struct store_kind *kind, char id[STORE_ID_LEN + 1]);

/*
 * Add a model from nowhere, which answers whatever it is asked; whole: its
 * name, which is what makes its id.  -1: there are too many.
 */
int store_give(struct store *, struct str whole, int64_t created);

/* Add one with this id, or a name to it.  -1: there are too many. */
int store_add(struct store *, struct str whole, const char *id,
    const struct store_kind *, int64_t created);

/* Give a model one more name, which others lose.  -1: it has too many. */
int store_tag(struct store *, struct store_model *, struct str whole);

/* Take a name away; a model without one is gone: true. */
bool store_untag(struct store *, struct store_model *, size_t tag);

/* Take a model away, whatever its names. */
void store_remove(struct store *, struct store_model *);

void store_done(struct store *);

#endif
