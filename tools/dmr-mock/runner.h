/*
 * runner - what the files of the built-in answers share, and nobody else.
 *
 * runner.c finds the route of a request.  runner_models.c, runner_pull.c,
 * runner_engines.c and runner_configure.c are Docker Model Runner's own half,
 * runner_infer.c is the way to the other half, the engine: chat.c and embed.c
 * answer as llama.cpp does.
 */
#ifndef RUNNER_H
#define RUNNER_H

#include "json.h"
#include "mock.h"
#include "store.h"
#include "tree.h"

enum {
	RUNNER_CONTEXT = 4096, /* tokens, if nothing else says */
	RUNNER_BATCH = 512,    /* tokens of a text to embed */
	RUNNER_CONFIGS_MAX = 256,
	RUNNER_LOADED_MAX = 256,
	RUNNER_RECORDS_MAX = 10, /* of a model's requests */
	RUNNER_ALL_RECORDS_MAX = 100,
	RUNNER_RECORD_MAX = 1 << 19, /* bytes of one */
};

/* An engine at work: POST to it makes it, unload ends it. */
struct runner_loaded {
	char id[STORE_ID_LEN + 1];
	char *name;       /* as it was asked for */
	const char *mode; /* "completion" or "embedding" */
	int64_t used_ms;  /* since 1970 */
};

/* What POST /engines/_configure said of a model and mode. */
struct runner_config {
	char id[STORE_ID_LEN + 1];
	const char *mode;
	char *json;       /* as it is shown */
	char *keep_alive; /* as it is shown, or NULL */
	int64_t context;  /* tokens, 0: not said */
	int64_t batch;    /* tokens, 0: not said */
	bool pools;       /* it makes any model embed */
};

struct mock_runner {
	struct store store;
	struct runner_loaded *loaded;
	size_t nloaded, loaded_capacity;
	struct runner_config *configs;
	size_t nconfigs, configs_capacity;
	struct runner_record *records[RUNNER_ALL_RECORDS_MAX];
	size_t nrecords; /* the oldest first */
};

/* What an engine says to a call whose body and model are known. */
struct runner_call;
typedef void runner_engine(struct runner_call *);

/* A request on its way through. */
struct runner_call {
	struct mock_runner *runner; /* NULL: of a scenario; nothing is kept */
	const struct mock_request *request;
	struct mock_reply *reply;
	struct str backend; /* of the path; empty: none was named */
	struct str name;    /* decoded; what stood for "*" in the route */
	bool is_anthropic;
	runner_engine *engine; /* of the route, or NULL */
	int64_t unix_ms;       /* when it came */
	bool is_again;         /* to be shown: the answer is no stream */

	/* Of what an engine is asked. */
	const char *mode;
	const struct tree_node *body;
	struct str model_name; /* as it was asked for */
	const struct store_model *model;
	const struct runner_config *config; /* or NULL */
};

/* The decoded value of a query parameter; false if it is not there. */
bool runner_query(
    const struct runner_call *, const char *name, struct buf *value);
/* 1 or 0 as Go's strconv.ParseBool() has it; -1: neither. */
int runner_bool(struct str text);
/* Is it there, and true, or empty? */
bool runner_is_asked(const struct runner_call *, const char *name);

/* Send the JSON in the reply's body, as a Go program does: with a line feed. */
void runner_send(struct runner_call *, int status);

/* The same, as llama.cpp does; what did not fit is refused instead. */
void runner_send_engine(struct runner_call *, int status);
/* Its errors: 400 is the request's fault, 500 the server's. */
void runner_refuse(struct runner_call *, int status, const char *format, ...)
    PRINTF_LIKE(3, 4);

/* Keep what an engine was asked, for GET /engines/requests. */
void runner_record(const struct runner_call *);

/* The configuration for a model's mode, or NULL. */
struct runner_config *runner_config(
    const struct mock_runner *, const char *id, const char *mode);
/* Note that an engine has a model loaded, and is used now. */
void runner_load(
    struct mock_runner *, const char *id, struct str name, const char *mode);
/* End engines: of an id, of a mode (NULL: of all); returns how many. */
int64_t runner_unload(struct mock_runner *, const char *id, const char *mode);
/* Those of an id (NULL: all). */
void runner_forget_configs(struct mock_runner *, const char *id);
void runner_forget_records(struct mock_runner *);

#endif
