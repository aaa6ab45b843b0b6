/*
 * api_chat - chat completions: build a request, read an answer.
 *
 * The reader is a push parser: bytes in, text out, cut anywhere, whether the
 * server streams or answers with one JSON text (some do so although a stream
 * was asked for).  The verdict comes from api_chat_end() alone: a
 * finish_reason of choice 0 makes an answer complete, and nothing else does,
 * neither a clean end of the connection nor "[DONE]".
 *
 * Shapes: OpenAI's chat.completion and chat.completion.chunk objects, as
 * llama.cpp, old llama.cpp, vLLM and gateways send them.
 */
#ifndef API_CHAT_H
#define API_CHAT_H

#include <math.h>

#include "api.h"
#include "sse.h"
#include "tmpl.h"
#include "utf8.h"

#define API_CHAT_PATH "/chat/completions"

/* Sent only when given. */
struct api_sampling {
	double temperature, top_p; /* NAN: not given */
	int64_t seed;              /* INT64_MIN: not given */
	int64_t max_tokens;        /* -1: not given */
	const char *const *stops;  /* texts that end the answer */
	size_t nstops;
	const char *const *options; /* "KEY=VALUE", checked by
				     * api_chat_check_option() */
	size_t noptions;
};

#define API_SAMPLING_NONE \
	{ \
		.temperature = NAN, .top_p = NAN, .seed = INT64_MIN, \
		.max_tokens = -1 \
	}

/* Divide "KEY=VALUE"; false if there is no key. */
bool api_chat_split_option(
    const char *option, struct str *key, struct str *value);

/* Is "KEY=VALUE" a field that may be added?  -1 with ST_USAGE. */
int api_chat_check_option(const char *option, struct err *e);

/* What is asked; everything is borrowed.  Texts are UTF-8. */
struct api_chat_request {
	const char *model;
	const struct tmpl_message
	    *messages; /* those without text are left out */
	size_t nmessages;
	const struct api_sampling *sampling;
	bool stream;
};

/* Write a request's body.  -1 with ST_INPUT: larger than API_BODY_MAX. */
int api_chat_write(
    struct buf *body, const struct api_chat_request *request, struct err *e);

enum api_chat_form { API_CHAT_UNKNOWN, API_CHAT_STREAM, API_CHAT_WHOLE };

/* Zero-initialise, set server and model, feed, end, done. */
struct api_chat {
	const char *server, *model; /* for messages */

	/* The text that came since the caller last cleared it; UTF-8. */
	struct buf text;
	bool foreign; /* what answered is no model server */

	/* Worth a warning, once each. */
	size_t bad_bytes;    /* that were no UTF-8 */
	bool late_text;      /* text after the finish_reason, dropped */
	char odd_finish[32]; /* a finish_reason we do not know, or "" */

	/* The reader's own. */
	enum api_chat_form form;
	struct sse sse;
	struct buf
	    whole; /* one JSON text; or what came before the form is known */
	struct utf8_repair repair;
	uint32_t half;  /* of a surrogate pair */
	struct buf raw; /* text before the repair */
	struct buf refusal;
	char finish[32]; /* finish_reason of choice 0, or "" */
	bool finished, told, tool_calls, past_bom;
	bool taken; /* an object of a model server's came */
	bool has_text;
};

/*
 * Read the next piece.  1: the answer is over, what may follow is not wanted;
 * -1 with *e set: it is no answer, or an error.
 */
int api_chat_feed(struct api_chat *, struct str piece, struct err *e);

/*
 * The answer is over.  0: it is complete; else -1 and why not.  cut_ok: one
 * that ends at the token limit is good.  May add to text.
 */
int api_chat_end(struct api_chat *, bool cut_ok, struct err *e);

void api_chat_done(struct api_chat *);

#endif
