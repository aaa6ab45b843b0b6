/*
 * chat - what the parts of dmr-chat share.
 *
 * prompt.c makes the prompt out of options, operands and standard input,
 * files.c what goes along with it; request.c writes it, ask.c sends it, unless
 * cache.c has the answer; answer.c prints what comes, object.c as JSON; turn.c
 * keeps it.  One that is made of a record is question.c's; records.c has many
 * of them on their way.  The option table and main() are in ../dmr-chat.c.
 */
#ifndef CHAT_H
#define CHAT_H

#include "api_chat.h"
#include "cache.h"
#include "conversation.h"
#include "filter.h"
#include "log.h"
#include "prompt.h"
#include "record.h"
#include "schema.h"
#include "tool.h"

#define CHAT_READ_ONCE \
	"'-' is standard input, which is read once, and not with -n"

/* The options of dmr-chat alone. */
struct chat_options {
	const char *system, *tools, *schema;
	struct opt_list files, images;
	const char *conversation;
	const char *extract; /* first, last, all or a language; or NULL */
	bool extract_first;
	const char *filter, *assertion;
	const char *reasoning; /* where it goes, or NULL */
	const char *format;
	bool think, no_stream, json, usage, count;
};

#define CHAT_DEFAULT_MODEL "ai/qwen3-coder"
#define CHAT_BATCH_URL "/v1" API_CHAT_PATH

enum chat_part { CHAT_NOTHING, CHAT_REASONING, CHAT_ANSWER };

/* What is the same for the questions of all records. */
struct chat_questions {
	struct tmpl_value values[PROMPT_VALUES_MAX]; /* without a record */
	/* Members that are looked for, which value each is, what it says. */
	char *names[PROMPT_VALUES_MAX];
	size_t at[PROMPT_VALUES_MAX], n;
	struct buf texts[PROMPT_VALUES_MAX];
};

/* What a model is made of, as far as the server tells. */
struct chat_digest {
	char *model, *digest;
	int got;
};

/* A run: what is asked of the server, however often. */
struct chat {
	struct settings *set;
	struct chat_options *want;

	/* The question. */
	struct prompt prompt;
	struct chat_questions questions;
	struct buf operands, input, system, params[PROMPT_VALUES_MAX];
	struct buf files, tools; /* blocks of text; a JSON array */
	bool offers_tools;       /* by --tools or --option */
	enum api_think think;
	struct opt_list images; /* data URLs */
	struct buf image_names; /* a line each */
	bool has_dash;          /* an operand "-" */
	struct conversation conversation;
	struct schema *schema;
	struct filter *filter, *assertion;

	/* The way to the answer, and from it. */
	struct api *api;
	const char *model; /* that records are asked of */
	char *only_model;  /* the one the server has */
	struct output *out;
	struct output thoughts; /* of -R @FILE */
	struct cache cache;
	struct chat_digest *digests;
	size_t ndigests, digests_capacity;
	struct log log;
};

/* One request and its answer. */
struct chat_answer {
	struct chat *chat;

	/* The request. */
	struct buf fields; /* a record's own, as an object */
	struct buf body;
	const char *model;
	size_t round;                  /* of a change of the model of all */
	char *own_model;               /* that the record names, or NULL */
	bool offers_tools, keeps_body; /* the record does, is to */
	char key[CACHE_KEY_SIZE];      /* of the answer; "": it is not stored */
	bool is_cached;                /* it is one that was stored */
	int64_t start_ms, first_ms, end_ms; /* now_ms(), 0: not yet */
	int64_t began_ms;                   /* now_unix_ms() */
	int tries;

	/* The answer. */
	struct api_chat reader;
	struct buf came;          /* as the server sent it, to be stored */
	struct buf said, thought; /* its text and reasoning, to be kept */
	enum chat_part printed;   /* last */
	bool holds;               /* what --assert says */
};

/* records.c: standard input is records. */
int chat_records(struct chat *, struct err *e);

#endif
