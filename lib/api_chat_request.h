/*
 * api_chat_request - completions: what is asked, and the body that asks.
 *
 * Every field is sent only when it is wanted, so that a server that does not
 * know one is not troubled by it.  A field that an --option sets is sent as
 * the option says, and not a second time.
 *
 * It checks no raw JSON that it is given: the caller has walked over it with
 * span_valid().
 */
#ifndef API_CHAT_REQUEST_H
#define API_CHAT_REQUEST_H

#include <math.h>

#include "api.h"
#include "tmpl.h"

#define API_CHAT_PATH "/chat/completions"
#define API_COMPLETION_PATH "/completions"

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

/*
 * Shall the model reason?  A variable of the chat template, "enable_thinking"
 * in chat_template_kwargs: llama.cpp (which wants a bool), vLLM and SGLang
 * hand it to the templates of models that can do both.
 */
enum api_think { API_THINK_UNSET, API_THINK_ON, API_THINK_OFF };

/* What is asked; everything is borrowed.  Texts are UTF-8. */
struct api_chat_request {
	const char *model;
	struct str history; /* JSON objects joined by commas: the messages
			     * before these */
	const struct tmpl_message
	    *messages; /* those without text are left out */
	size_t nmessages;
	bool completes;            /* a text, instead of messages: */
	struct str prompt, suffix; /* it, and what follows; or data NULL */
	const char *const *images; /* data URLs (RFC 2397), put behind the
				    * text of the last message of the user;
				    * if there is none, one is made */
	size_t nimages;
	const struct api_sampling *sampling;
	struct str schema; /* a JSON Schema the answer must obey, or empty */
	struct str tools;  /* a JSON array of tools to offer, or empty */
	struct str fields; /* a JSON object, or empty: what stands there is
			    * sent so, and not a second time */
	enum api_think think;
	bool stream;
	bool with_usage; /* of a stream; other answers tell it anyway */
};

/* Write a request's body.  -1 with ST_INPUT: larger than API_BODY_MAX. */
int api_chat_write(
    struct buf *body, const struct api_chat_request *request, struct err *e);

#endif
