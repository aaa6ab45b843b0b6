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
	struct opt_list images;  /* data URLs */
	struct buf image_names;  /* a line each */
	bool has_dash;           /* an operand "-" */
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
	struct chat_digest digests[8]; /* in turn */
	size_t ndigests;
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

/*
 * prompt.c: all that is sent, but for what standard input brings; then that,
 * and the messages.
 */
int chat_prepare(struct chat *, struct err *e);
int chat_prompt(struct chat *, struct err *e);

/* Is there something to be asked?  A system message alone asks nothing. */
bool chat_has_question(const struct chat *);

/* A variable that the template does not have is likely a typing error. */
void chat_warn_about_params(const struct prompt *);

/* files.c: --file and --attach. */
int chat_take_files(struct chat *, struct err *e);

/* request.c: the body that asks a model. */
int chat_write_request(struct chat_answer *, const char *model, struct err *e);

/* It as a line of OpenAI's batch input; id: raw. */
void chat_write_batch(
    struct buf *out, const struct chat_answer *, struct str id);

/* The model that somebody named, or NULL. */
const char *chat_named_model(const struct chat *);

/* Learn the name of the only model there is. */
int chat_find_model(struct chat *, struct err *e);

/* ask.c: the call that asks; its answer comes into the reader. */
void chat_fill_call(struct chat_answer *, struct api_call *, const char *model);

/* The answer comes into c->answer, and is streamed if it may be. */
int chat_ask(struct chat_answer *, struct err *e);

void chat_answer_done(struct chat_answer *);

/* Forget what came; an answer begins. */
void chat_begin(struct chat_answer *, const char *server, const char *model);

/* Print how many tokens the prompt has. */
int chat_count(struct chat_answer *, struct err *e);

/* Print what would be asked. */
int chat_dry_run(struct chat_answer *, struct err *e);

/* cache.c: what goes wrong there is a warning. */
void chat_open_cache(struct chat *);
void chat_close_cache(struct chat *);

/*
 * Look for the answer to the request.  1: it is read, and good; 0: there is
 * none; -1: no server can be reached.
 */
int chat_recall(struct chat_answer *, const char *model, struct err *e);

/* The answer that came is good: store it. */
void chat_store(struct chat_answer *);

/* answer.c: does text appear as it comes? */
bool chat_streams(const struct chat *);

/* Check where reasoning goes, and open it. */
int chat_open_reasoning(struct chat *, struct err *e);

/* Move what came to what was said. */
void chat_keep_text(struct chat_answer *);

/*
 * What is wanted of a good answer: a block, a value, what a filter makes of
 * it.  *is_json: it is a JSON text, which is wanted if there may be one.
 */
int chat_choose(
    struct chat_answer *, struct buf *text, bool *is_json, struct err *e);

/* Warn of what is odd about an answer, if anything is. */
bool chat_warn(const struct chat_answer *);

/* Take what came since the last time; print it, if text is to stream. */
int chat_take(struct chat_answer *, struct err *e);

/* Print the rest of an answer that was streamed, or a good one whole. */
void chat_finish(struct chat_answer *, struct err *e);

/* object.c: as JSON.  Calls and usage: false if there are none to tell. */
bool chat_write_calls(struct buf *out, const struct chat_answer *);
bool chat_write_usage(struct buf *out, const struct chat_answer *);

/* The message of the assistant, as it can stand in a conversation. */
void chat_write_message(struct buf *out, const struct chat_answer *);

/*
 * All that is known of the answer; text: what of it is wanted.  costs: times
 * and tries, too, which differ from run to run.
 */
void chat_write_object(
    struct buf *out, const struct chat_answer *, struct str text, bool costs);

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
int chat_keep(struct chat_answer *, struct err *e);

/* The log, which holds up no answer: what goes wrong is a warning. */
void chat_open_log(struct chat *);
void chat_log(struct chat_answer *, const struct err *e);

/* The answer as the server's own words, or ours for what it streamed. */
void chat_write_reply(struct json *, struct chat_answer *);

/* question.c: what a record asks. */
int chat_open_questions(struct chat *, struct err *e);
void chat_close_questions(struct chat *);

/* Write the request, to a->model.  -1: the record cannot be asked. */
int chat_take_record(
    struct chat_answer *, const struct record *, struct err *e);

/* records.c: standard input is records. */
int chat_records(struct chat *, struct err *e);

#endif
