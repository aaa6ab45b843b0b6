/*
 * chat - what the parts of dmr-chat share.
 *
 * prompt.c makes the prompt out of options, operands and standard input,
 * files.c what goes along with it; ask.c sends it, unless cache.c has the
 * answer; answer.c prints what comes, object.c as JSON; turn.c keeps it.  The
 * option table and main() are in ../dmr-chat.c.
 */
#ifndef CHAT_H
#define CHAT_H

#include "api_chat.h"
#include "cache.h"
#include "conversation.h"
#include "filter.h"
#include "log.h"
#include "prompt.h"
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

enum chat_part { CHAT_NOTHING, CHAT_REASONING, CHAT_ANSWER };

/* One question and its answer. */
struct chat {
	struct settings *set;
	struct chat_options *want;

	/* The question. */
	struct prompt prompt;
	struct buf operands, input, system, params[PROMPT_VALUES_MAX];
	struct buf files, tools; /* blocks of text; a JSON array */
	bool offers_tools;       /* by --tools or --option */
	struct opt_list images;  /* data URLs */
	struct buf image_names;  /* a line each */
	bool has_dash;           /* an operand "-" */
	struct conversation conversation;
	struct schema *schema;
	struct filter *filter, *assertion;

	/* The way to the answer. */
	struct api *api;
	struct buf body;
	char *only_model;                   /* the one the server has */
	int64_t start_ms, first_ms, end_ms; /* now_ms(), 0: not yet */
	int64_t began_ms;                   /* now_unix_ms() */
	int tries;
	struct cache cache;
	char key[CACHE_KEY_SIZE]; /* of the answer; "": it is not stored */
	bool is_cached;           /* it is one that was stored */

	/* The answer. */
	struct buf came; /* as the server sent it, to be stored */
	struct api_chat answer;
	struct buf said, thought; /* its text and reasoning, to be kept */
	struct output *out;
	struct output thoughts; /* of -R @FILE */
	struct log log;
	enum chat_part printed; /* last */
	bool holds;             /* what --assert says */
};

/* prompt.c: make the messages, and all else that is sent. */
int chat_prompt(struct chat *, struct err *e);

/* files.c: --file and --attach. */
int chat_take_files(struct chat *, struct err *e);

/* ask.c: the answer comes into c->answer, and is streamed if it may be. */
int chat_ask(struct chat *, struct err *e);

/* Forget what came; an answer begins. */
void chat_begin(struct chat *, const char *server, const char *model);

/* Print how many tokens the prompt has. */
int chat_count(struct chat *, struct err *e);

/* Print what would be asked. */
int chat_dry_run(struct chat *, struct err *e);

/* cache.c: what goes wrong there is a warning. */
void chat_open_cache(struct chat *);

/*
 * Look for the answer to the request.  1: it is read, and good; 0: there is
 * none; -1: no server can be reached.
 */
int chat_recall(struct chat *, const char *model, struct err *e);

/* The answer that came is good: store it. */
void chat_store(struct chat *);

/* answer.c: does text appear as it comes? */
bool chat_streams(const struct chat *);

/* Check where reasoning goes, and open it. */
int chat_open_reasoning(struct chat *, struct err *e);

/* Take what came since the last time; print it, if text is to stream. */
int chat_take(struct chat *, struct err *e);

/* Print the rest of an answer that was streamed, or a good one whole. */
void chat_finish(struct chat *, struct err *e);

/* object.c: as JSON.  Calls and usage: false if there are none to tell. */
bool chat_write_calls(struct buf *out, const struct chat *);
bool chat_write_usage(struct buf *out, const struct chat *);

/* The message of the assistant, as it can stand in a conversation. */
void chat_write_message(struct buf *out, const struct chat *);

/* All that is known of the answer; text: what of it is wanted. */
void chat_write_object(struct buf *out, const struct chat *, struct str text);

/*
 * turn.c: take the conversation, and wait for whoever has it: after standard
 * input is read, which may come from another turn.
 */
int chat_open_conversation(struct chat *, struct err *e);

/* Does it end with something to be answered? */
bool chat_owes_answer(const struct chat *);

/* It has a system message: the same once more is none, another -1. */
int chat_check_system(struct chat *, struct err *e);

/* Add the turn to it. */
int chat_keep(struct chat *, struct err *e);

/* The log, which holds up no answer: what goes wrong is a warning. */
void chat_open_log(struct chat *);
void chat_log(struct chat *, const struct err *e);

#endif
