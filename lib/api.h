/*
 * api - requests to a model runner, or to any OpenAI-compatible server.
 *
 * It finds the server: a request goes to the first place that accepts a
 * connection, and on to the next if what answers is no model runner and
 * nobody named the place; all later ones go to the place that was found, so
 * start a second call when the first has ended.  It names errors: of seven
 * shapes of error bodies it makes one line and one status.  What a good answer
 * means is read by api_chat and api_models.
 *
 *     api_start(api, &call);
 *     while (!call.done)
 *             api_wait(api, -1, -1, 1000);
 *     if (call.err.status) ...
 */
#ifndef API_H
#define API_H

#include "endpoint.h"
#include "http.h"

enum { API_BODY_MAX = 10 << 20 }; /* Docker Model Runner refuses more */

enum api_side { API_INFERENCE, API_MANAGEMENT };

struct api;

struct api_call {
	/* Set by the caller; borrowed until done. */
	const char *method; /* "GET" */
	enum api_side side;
	const char *path;   /* below the side's base: "/chat/completions" */
	const char *header; /* more "NAME: VALUE", a line each, or NULL */
	struct str body;
	bool once;         /* it is not sent again, whatever comes */
	const char *model; /* for messages, or NULL */
	/*
	 * Read a good answer piece by piece; all NULL: http.reply gets it.
	 * on_start: (again) from the beginning.  on_bytes, on_end: 0, or -1
	 * with *e set; 1 of on_bytes: no more is wanted.  They set foreign when
	 * it is no model runner's answer.  on_end has the last word on whether
	 * it is complete.
	 */
	void (*on_start)(struct api_call *);
	int (*on_bytes)(struct api_call *, struct str piece, struct err *e);
	int (*on_end)(struct api_call *, struct err *e);
	void *owner;

	/* To be read once done is set. */
	bool done;
	bool foreign;   /* what answered is no model runner */
	struct err err; /* ERR_NONE: an answer 2xx came to its end */
	struct http_call http;

	/* api's own. */
	struct api *api;
	size_t place;
	char *full_path;
};

/*
 * named: the address the user named, or NULL: it is found.  home: for
 * endpoint_find().  settings: borrowed.  -1 with ST_USAGE.
 */
struct api *api_open(const struct endpoint *named, const char *home,
    const struct http_settings *settings);

void api_start(struct api *, struct api_call *);

/* Move all calls on for up to ms; out, in: see http_wait(). */
void api_wait(struct api *, int out, int in, int ms);

/* At most `most` calls at once; see http_set_pace(). */
size_t api_set_pace(struct api *, size_t most);

/* The name of the server that a call goes to. */
const char *api_call_server(const struct api_call *);

/* The place that answered last, or would be asked first. */
const struct endpoint *api_place(const struct api *);

/* Cancels a call that is not done, and frees what it holds. */
void api_call_done(struct api_call *);
void api_close(struct api *);

/*
 * What a JSON string says, as UTF-8 without NUL; "" if value is none.  Yours
 * to free().
 */
char *api_text(struct str value);

/*
 * Of a prompt that is too long (ST_CUT): its tokens, and how many the model
 * takes, both above 0.  False: the body of the error does not say.
 */
bool api_context(struct str body, int64_t *tokens, int64_t *context);

/*
 * One line and a status out of the body of an error.  model, server: for the
 * message; model may be NULL.  Returns -1.
 */
int api_error(struct err *e, int status, struct str body, const char *model,
    const char *server);

#endif
