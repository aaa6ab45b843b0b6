/*
 * ask - ask a model, hear its answer: once, or for each record.
 *
 * It is what tools have in common that print what a model says.  A tool says
 * how a request is written and what is printed of an answer; the way there and
 * back is here: the server's model, the cache, the stream, the log, and many
 * records on their way at once.
 *
 *     run.out = tool_output(set, &e);
 *     ask_server(&a, &e);
 *     ask_end(&a, &e);
 *     ask_log(&a, &e);
 */
#ifndef ASK_H
#define ASK_H

#include "cache.h"
#include "log.h"
#include "record.h"
#include "tool.h"

#define ASK_DEFAULT_MODEL "ai/qwen3-coder"

struct ask;
struct ask_digest;
struct ask_value;

/* A run: what is asked of the server, however often. */
struct ask_run {
	/* The tool's. */
	struct settings *set;
	const char *tool;  /* its name */
	const char *path;  /* API_CHAT_PATH */
	const char *url;   /* of an OpenAI batch line */
	const char *model; /* that somebody named, or NULL */
	struct output *out;
	bool json, usage, no_stream; /* as the options say */
	bool streams;                /* text is printed as it comes */
	bool keeps;                  /* and kept, though it was printed */
	bool offers_tools;           /* for the model to call */
	bool completes;              /* texts, rather than chats */
	bool asks_nobody;            /* no server, log or cache is opened */
	/* Write a->body, with ask_write(), to a model; NULL: fields name it. */
	int (*write)(struct ask *, const char *model, struct err *e);
	/* Print what came; both may be empty. */
	int (*print)(
	    struct ask *, struct str text, struct str reasoning, struct err *e);
	/* Choose what is wanted; as_json: as a JSON text, if it may be one. */
	int (*choose)(
	    struct ask *, struct ask_value *, bool as_json, struct err *e);
	/* Prepare to write what a record asks.  -1: it cannot be asked. */
	int (*take_record)(struct ask *, const struct record *, struct err *e);
	void *owner;

	/* The module's own. */
	struct api *api;
	const char *many_model; /* that many are asked of */
	char *only_model;       /* the one the server has */
	struct cache cache;
	struct ask_digest *digests;
	size_t ndigests, digests_capacity;
	struct log log;
};

/* One request and its answer.  Zero-initialise, then set run. */
struct ask {
	struct ask_run *run;

	/* The request. */
	struct buf fields; /* a record's own, as an object */
	struct buf body;
	const char *model;
	size_t round;                  /* of a change of the model of all */
	char *own_model;               /* that the record names, or NULL */
	bool offers_tools, keeps_body; /* the record does, is to */
	char key[CACHE_KEY_SIZE];      /* of the answer; "": it is not stored */
	char first_key[CACHE_KEY_SIZE];     /* of what was asked first, or "" */
	bool is_cached;                     /* it is one that was stored */
	int64_t start_ms, first_ms, end_ms; /* now_ms(), 0: not yet */
	int64_t began_ms;                   /* now_unix_ms() */
	int tries;

	/* The answer. */
	struct api_chat reader;
	struct buf came;          /* as the server sent it, to be stored */
	struct buf said, thought; /* its text and reasoning, to be kept */
	bool says_no;             /* what --assert says of it */
};

/* The answer comes into a->reader, and is printed if it may be. */
int ask_server(struct ask *, struct err *e);

/*
 * Try the model that is named, else the default, else the only one there is;
 * one that is named may be pulled.  Needs run->api.
 */
int ask_models(struct ask *,
    int (*try)(struct ask *, const char *model, struct err *e), struct err *e);

/* Print the rest of an answer that was streamed, or a good one whole. */
void ask_end(struct ask *, struct err *e);

/* Warn of what is odd about an answer, if anything is. */
bool ask_warn(const struct ask *);

/* --usage: tokens and times, on standard error. */
void ask_tell_usage(const struct ask *, const struct err *e);

/* A line of the log; what goes wrong there is a warning. */
void ask_log(struct ask *, const struct err *e);

void ask_done(struct ask *);
void ask_close(struct ask_run *);

/* Standard input is records.  set->records.member and run->model are set; the
 * output is opened and closed here. */
int ask_records(struct ask_run *, struct err *e);

#endif
