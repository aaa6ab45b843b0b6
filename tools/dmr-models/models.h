/*
 * models - what the files of dmr-models share, and nobody else.
 *
 * A verb is a function that gets its operands and the options, asks the server,
 * prints, and returns 0, or -1 with *e set.  main() has the table of them.
 */
#ifndef MODELS_H
#define MODELS_H

#include "api_models.h"
#include "json.h"
#include "span.h"
#include "table.h"
#include "tool.h"

struct models_options {
	const char *format, *sort, *filter, *token_file, *mode, *keep_alive;
	const char *task, *memory;
	bool json, names, loaded, remote, ignores_memory, force, all, think;
	bool show, reset, follow;
	int64_t context;
};

/* What a verb works with. */
struct models {
	const struct models_options *want;
	struct settings *set;
	struct api *api;
	struct output *out;
	struct filter *filter;    /* of --jq, or NULL */
	const char *const *names; /* the operands behind the verb */
	size_t n;
	const char *const *flags; /* those behind "--" */
	size_t nflags;
};

/* The verbs. */
int models_list(struct models *, struct err *e);
int models_show(struct models *, struct err *e);
int models_pull(struct models *, struct err *e);
int models_tag(struct models *, struct err *e);
int models_rm(struct models *, struct err *e);
int models_ps(struct models *, struct err *e);
int models_df(struct models *, struct err *e);
int models_status(struct models *, struct err *e);
int models_warm(struct models *, struct err *e);
int models_unload(struct models *, struct err *e);
int models_configure(struct models *, struct err *e);
int models_recommend(struct models *, struct err *e);
int models_logs(struct models *, struct err *e);
int models_env(struct models *, struct err *e);

/* --- asking: ask.c --- */

/*
 * Make a call and wait for its end; its method, side and so on are set.  path:
 * becomes the call's to free, NULL: *e is set.  Then api_call_done() it.
 */
int models_call(struct models *, struct api_call *, char *path, struct err *e);

/* The same, for an answer that must be JSON of this kind. */
int models_ask(struct models *, struct api_call *, char *path,
    enum span_kind kind, struct err *e);

/* What came of several operands. */
struct models_tally {
	size_t n, nfailed;
	enum status status; /* of the first that failed */
	bool differs;       /* another one has another status */
};

/* Does it hold for all operands, whichever it met first? */
bool models_ends_run(enum status);

/* One has failed, which is said, with its name, if it is one of several. */
void models_tally(struct models_tally *, const char *name, struct err *e);

/* -1 with *e set if some have failed. */
int models_tally_end(const struct models_tally *, struct err *e);

/* one() for each operand; what ends the run ends it at once. */
int models_each(struct models *,
    int (*one)(struct models *, const char *name, struct err *e),
    struct err *e);

/* The name of a model as the server lists it; yours to free(), NULL: *e. */
char *models_listed_name(struct models *, const char *name, struct err *e);

#endif
