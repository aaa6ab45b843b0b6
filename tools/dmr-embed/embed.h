/*
 * embed - what the parts of dmr-embed share.
 *
 * texts.c reads files and finds the text of a record; batch.c asks for the
 * vectors of many, request.c writes what is sent, cache.c has those that were
 * asked for before; rows.c and write.c make what goes out.  run.c ties them.
 * --near is near.h's.  The option table and main() are in ../dmr-embed.c.
 */
#ifndef EMBED_H
#define EMBED_H

#include "api_embed.h"
#include "cache.h"
#include "fanout.h"
#include "log.h"
#include "tool.h"

/* The options of dmr-embed alone. */
struct embed_options {
	const char *field, *prefix, *too_long, *format;
	int64_t dimensions, batch_size;
	bool whole, no_normalize, json;
	const char *near; /* a text, or @FILE */
	int64_t top;
	double min;
};

#define EMBED_BATCH_URL "/v1" API_EMBED_PATH

enum embed_form { EMBED_JSON, EMBED_F32, EMBED_NPY };

/* A call, and the records whose texts it asks for, some at a time. */
struct embed_batch {
	struct embed *run;
	struct fanout_job *job; /* the first that is not done */
	size_t left;            /* it and its mates */
	size_t size;            /* those asked for now */
	size_t limit;           /* bytes of the one text that is cut; 0: all */
	size_t wanted;          /* vectors */
	size_t round;           /* of a change of the model */
	bool plain;             /* base64 is not asked for */
	struct buf input, body; /* of the request */
	struct buf reply;
	struct api_embed answer;
	int64_t began_ms, start_ms, first_ms;
};

struct embed {
	struct settings *set;
	const struct embed_options *want;
	enum embed_form form;
	bool cuts; /* texts that are too long */
	struct record_format format;
	struct output *out;
	struct api *api;

	/* Texts. */
	const char *const *files; /* instead of standard input */
	size_t nfiles;
	struct buf prefix, text, json; /* room for one */

	/* The model. */
	const char *model; /* NULL: to be found */
	char *found;
	size_t round; /* how often it was pulled */
	bool plain;   /* the server does not know base64 */
	bool has_answered, has_nul;
	char answered_by[API_MODEL_TEXT_MAX + 1];
	size_t native; /* width of its vectors, 0: not known yet */

	/* What goes out. */
	size_t width;           /* of a vector, 0: not known yet */
	size_t nrows, nwaiting; /* written; of a width not known yet */

	struct embed_batch *batches; /* one for each job */
	struct cache cache;
	char *digest;
	bool has_asked_digest;
	int got_digest;
	struct api_embed stored; /* an answer out of the cache */
	struct log log;
};

/* run.c */
int embed_run(struct embed *, struct err *e);

/* What a run needs, but for its output; and free it. */
void embed_open(struct embed *);
void embed_close(struct embed *);

/* The model, which may have to be asked for.  -1. */
int embed_find_model(struct embed *, struct err *e);

/* How wide a vector goes out. */
size_t embed_width(const struct embed *, size_t width);

/* texts.c: a FILE, or all of standard input, as a record; see fanout.read. */
int embed_read_file(struct fanout *, struct fanout_job *, struct err *e);

/* The text of a record, raw; empty if there is none. */
struct str embed_find_text(const struct embed *, const struct record *);

/*
 * Append the text of a record as JSON, with the prefix; limit: bytes of the
 * text, 0: all.  Returns the bytes there are of it; 0: it has none, see *e.
 */
size_t embed_add_text(struct embed *, const struct record *, size_t limit,
    struct buf *json, struct err *e);

#endif
