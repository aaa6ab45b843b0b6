/*
 * chat - chat completions and completions, as llama.cpp answers them.
 *
 * What is said is found like this: a call of a tool that is demanded; a value
 * of the schema that is demanded; for a prompt of this project a text that
 * fits it; else what the user said.  chat_read.c and chat_limits.c read the
 * request, say.c and sample.c find the text, chat_write.c and chat_text.c write
 * the answer.
 */
#ifndef CHAT_H
#define CHAT_H

#include "runner.h"

enum {
	CHAT_CHOICES_MAX = 4,    /* one for each slot of the server */
	CHAT_TOKENS_MAX = 65536, /* of an answer, whatever is asked for */
	CHAT_IMAGE_TOKENS = 256,
	CHAT_STOPS_MAX = 16,
	CHAT_STOP_MAX = 1024, /* bytes; a longer one ends nothing */
	CHAT_PROMPTS_MAX = 4096,
	CHAT_LOGPROBS_MAX = 20,
};

/* What a model says that only reads text. */
#define CHAT_NO_INPUT \
	"%s input is not supported - hint: if this is unexpected, you may need " \
	"to provide the mmproj"

/* What is asked; views look into the request's body. */
struct chat_request {
	struct buf system, user; /* the first text, the last text */
	int64_t prompt_tokens;
	size_t nimages;
	int64_t max_tokens; /* -1: not given */
	int64_t choices, top_logprobs;
	bool is_chat, stream, with_usage, logprobs, ignores_end;
	const struct tree_node *schema; /* that the answer must obey, or NULL */
	bool wants_object;              /* any JSON object */
	const struct tree_node *tool;   /* "function" to be called, or NULL */
	struct str stops[CHAT_STOPS_MAX];
	size_t nstops;
};

/* What is answered. */
struct chat_reply {
	struct buf text; /* or the arguments of the tool */
	struct str tool; /* its name, or empty */
	int64_t tokens;  /* of the text, and the one that ends it */
	const char *finish;
};

/* A member that is not null, or NULL; what one says that is a string, or "". */
const struct tree_node *chat_find(const struct tree_node *in, const char *name);
struct str chat_find_text(const struct tree_node *in, const char *name);

/* Refuse a value that is not of a kind; returns -1. */
int chat_refuse_kind(struct runner_call *, int status, const char *what,
    enum span_kind, const struct tree_node *);

/* Read what is asked of chat completions; -1: the reply says what is wrong. */
int chat_read(struct runner_call *, struct chat_request *);
/* The messages alone, with Anthropic's "system". */
int chat_read_messages(struct runner_call *, struct chat_request *);
/* What both kinds of completions have. */
int chat_read_limits(struct runner_call *, struct chat_request *);
void chat_request_done(struct chat_request *);

/* A text for a prompt. */
void chat_say(struct str system, struct str user, struct buf *text);

/* Does the prompt fit into the context?  -1: the reply says that not. */
int chat_check_context(struct runner_call *, const struct chat_request *);
/* End the text where the limits are, and count it. */
void chat_finish(
    struct runner_call *, const struct chat_request *, struct chat_reply *);

/* The whole answer; _text: of completions without messages, to n prompts. */
void chat_write(struct runner_call *, const struct chat_request *,
    const struct chat_reply *);
void chat_write_text(struct runner_call *, const struct chat_request *,
    const struct chat_reply *, size_t n);

/* POST /chat/completions, /completions, /messages/count_tokens */
void chat_answer(struct runner_call *);
void chat_complete(struct runner_call *);
void chat_count(struct runner_call *);

#endif
