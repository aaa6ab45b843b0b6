/*
 * check - what the files of dmr-check share, and nobody else.
 *
 * A check is a row of the table in checks.c: a name, a function, and what must
 * have gone well before.  The function calls check_say() or check_fail() once,
 * and leaves for later ones what it has learnt.
 */
#ifndef CHECK_H
#define CHECK_H

#include "api_models.h"
#include "ask.h"
#include "log_line.h"
#include "pace.h"
#include "span.h"
#include "tool.h"

struct check_options {
	const char *format, *model, *embed_model, *template_path;
	bool json;
	int64_t slow_ms; /* a first token that comes later is late */
};

enum check_state { CHECK_OK, CHECK_WARN, CHECK_FAIL, CHECK_STATES };

/* Both texts are the heap's; try may be NULL. */
struct check_result {
	enum check_state state;
	char *detail; /* what was found, one line */
	char *try;    /* what to type */
};

/* What must have gone well, each with all before it. */
enum check_need { CHECK_NOTHING, CHECK_SERVER, CHECK_MODEL, CHECK_ANSWER };

struct check {
	const struct check_options *want;
	struct settings *set;
	struct output *out;
	enum check_need met;
	size_t n[CHECK_STATES]; /* results so far */

	/* What checks leave for later ones. */
	struct endpoint places[ENDPOINTS_MAX]; /* that were found */
	size_t nplaces;
	struct api *api;          /* once the server is found */
	int64_t behind_s, date_s; /* the server's clock; date_s -1: not told */
	struct api_models models;
	struct buf engines;             /* GET /engines/status, or empty */
	char *model;                    /* the chosen one */
	const struct api_model *listed; /* in the list, or NULL */
	struct pace pace;               /* how its answer came */
	bool is_stream;                 /* and not all at once */
	struct check_log log;

	bool has_limits; /* check_limit()'s own */
	struct http_limits limits;
};

/* All of them; -1: nobody reads what is printed, or it cannot be. */
int check_all(struct check *, struct err *e);

/* --- say.c --- */

void check_say(struct check_result *, enum check_state, const char *try,
    const char *format, ...) PRINTF_LIKE(4, 5);

/* What *e says, and check_try(). */
void check_fail(struct check_result *, const struct err *e, const char *try);

/* What *e says to type, unless a server may have said it. */
const char *check_try(const struct err *e, const char *otherwise);
/* A command, and a name as one word of a shell; yours to free(). */
char *check_command(const char *command, const char *name);

int check_print(
    struct check *, const char *name, struct check_result *, struct err *e);
int check_print_summary(struct check *, struct err *e);

/* --- ask.c --- */

/*
 * Ask with GET what a model runner tells of itself.  1: call.http.reply is
 * JSON of this kind; 0: this server does not tell; -1: *e is set.  Then
 * api_call_done() it.
 */
int check_ask(struct check *, struct api_call *, const char *path,
    enum span_kind kind, struct err *e);

/*
 * No request takes longer, unless the user says so; once: nor then, and it is
 * not sent again.
 */
void check_limit(struct check *, int64_t ms, bool once);

bool check_is_local(const struct check *);

/* Does it hold these small letters, small or large? */
bool check_has(struct str text, const char *word);

void check_config(struct check *, struct check_result *);
void check_templates(struct check *, struct check_result *);
void check_server(struct check *, struct check_result *);
void check_network(struct check *, struct check_result *);
void check_clock(struct check *, struct check_result *);
void check_version(struct check *, struct check_result *);
void check_engines(struct check *, struct check_result *);
void check_disk(struct check *, struct check_result *);
void check_models(struct check *, struct check_result *);
void check_model(struct check *, struct check_result *);
void check_memory(struct check *, struct check_result *);
void check_context(struct check *, struct check_result *);
void check_answer(struct check *, struct check_result *);
void check_streaming(struct check *, struct check_result *);
void check_embedding(struct check *, struct check_result *);
void check_gpu(struct check *, struct check_result *);
void check_log(struct check *, struct check_result *);

#endif
