/*
 * api_chat_parts - what an answer holds beside its text.
 *
 * All of it comes from the server: numbers and names are checked to be some,
 * and to be not too many, and mean nothing else.
 */
#ifndef API_CHAT_PARTS_H
#define API_CHAT_PARTS_H

#include "buf.h"

enum {
	API_CALLS_MAX = 128,            /* calls of tools in an answer */
	API_CALLS_BYTES_MAX = 10 << 20, /* all they say together */
	API_MODEL_TEXT_MAX = 512,       /* bytes kept of a model's name */
};

/* A call of a tool that the model wishes. */
struct api_tool_call {
	char *id;             /* or NULL */
	char *name;           /* once the answer is complete never NULL */
	struct buf arguments; /* JSON text, as the model wrote it: unchecked */
	uint32_t half;        /* the reader's own: of a surrogate pair */
};

/* What the answer cost; -1: it was not said, or is no whole number. */
struct api_usage {
	int64_t prompt_tokens, completion_tokens, total_tokens;
	int64_t cached_tokens; /* of the prompt's */
};

#endif
