/*
 * mock - what the parts of dmr-mock share.
 *
 * serve.c reads requests by libmicrohttpd and sends replies; answer.c asks
 * who has a reply, in this order: script.c (a scenario), replay.c (a
 * recording), upstream.c (a real runner), runner.c (the built-in answers).
 * fault.c spoils a reply on the way out.  seen.c remembers requests.
 * command.c runs a program against the mock.  These share serve.h.  The option table and main()
 * are in ../dmr-mock.c.
 */
#ifndef MOCK_H
#define MOCK_H

#include "buf.h"
#include "err.h"

/* A request that has come whole.  Everything is borrowed for its time. */
struct mock_request {
	const char *method;
	const char *target; /* as it came: "/fault/slow/models?x=1" */
	const char *path;   /* without fault and query: "/models", still
	                       percent-encoded */
	const char *query;  /* "x=1", or "" */
	struct str headers; /* "Name: value\n" lines, in their order */
	struct str body;
	size_t number; /* from 1, over the life of the mock */
};

/* From which byte of the body on it takes how long. */
struct mock_pause {
	size_t at; /* bytes sent before it */
	int64_t ms;
};

enum mock_cut {
	MOCK_WHOLE,
	MOCK_CUT_HEAD, /* no reply, but what `raw` holds */
	MOCK_CUT_BODY, /* after cut_at bytes of the body */
};

/*
 * A reply: all that is known of it at once.  Zero-initialise, then fill by
 * the functions below; mock_reply_done() frees.
 */
struct mock_reply {
	int status;
	struct buf headers; /* "Name: value\n" lines, without the framing */
	struct buf body;
	bool streams;              /* chunked: a length is not told */
	int64_t delay_ms;          /* before the status line */
	struct mock_pause *pauses; /* by at, ascending */
	size_t npauses, capacity;
	bool is_open; /* more of the body is to come (upstream.c) */

	/* How it breaks, if it does. */
	enum mock_cut cut;
	const char *raw; /* static */
	size_t cut_at;
	bool is_reset;    /* by a reset; else the connection just ends */
	size_t chunk_max; /* bytes in a chunk, 0: as it comes */
};

/* Is there a fault of this name ("cut-17")? */
bool mock_fault_is_known(struct str name);

/* The value of the first header with this name (any case), or empty. */
struct str mock_header(const struct mock_request *, const char *name);

void mock_reply_header(
    struct mock_reply *, const char *name, const char *value);
/* Everything at once; text: copied.  DMR's errors are text/plain and end in
 * a newline, as Go's http.Error() writes them. */
void mock_reply_text(
    struct mock_reply *, int status, const char *type, struct str text);
void mock_reply_json(struct mock_reply *, int status, struct str json);
void mock_reply_error(struct mock_reply *, int status, const char *format, ...)
    PRINTF_LIKE(3, 4);
/* Wait before what is added to the body next. */
void mock_reply_pause(struct mock_reply *, int64_t ms);
void mock_reply_done(struct mock_reply *);

/*
 * runner.c: what a Docker Model Runner without an engine answers.  Always has
 * a reply: an unknown path is a 404.  The state (models, configurations, what
 * is loaded) changes as the real one's does.
 *
 * models: names of those it has from the start, divided by commas; they do
 * all: chat, embed, see pictures.  "none": it has none.  Others can be pulled.
 * NULL with ST_USAGE: what is no name.
 */
struct mock_runner;
struct mock_runner *mock_runner_open(const char *models, struct err *e);
void mock_runner_answer(
    struct mock_runner *, const struct mock_request *, struct mock_reply *);
void mock_runner_close(struct mock_runner *);

/*
 * script.c: a scenario, --script FILE.  JSON Lines; what is wrong is ST_USAGE,
 * "FILE:LINE: ...".  True: a line matched and made the reply.  *fault: the
 * name of one to spoil it with, borrowed, or NULL.
 */
struct mock_script;
struct mock_script *mock_script_open(const char *path, struct err *e);
bool mock_script_answer(struct mock_script *, const struct mock_request *,
    struct mock_reply *, const char **fault);
void mock_script_close(struct mock_script *);

/* replay.c: a recording, --replay FILE.  True: it has the reply. */
struct mock_replay;
struct mock_replay *mock_replay_open(const char *path, struct err *e);
bool mock_replay_answer(
    struct mock_replay *, const struct mock_request *, struct mock_reply *);
void mock_replay_close(struct mock_replay *);

/*
 * record.c: what an upstream answered, --record FILE, which must not be there
 * yet.  Secrets are taken out.  -1 with ST_OUTPUT.
 */
struct mock_record;
struct mock_record *mock_record_open(const char *path, struct err *e);
int mock_record_add(struct mock_record *, const struct mock_request *,
    const struct mock_reply *, struct err *e);
int mock_record_close(struct mock_record *, struct err *e);

/*
 * upstream.c: a real runner, --upstream URL or "auto" (it is found as all
 * tools find it).  mock_upstream_ask() copies what it needs of the request;
 * reply->is_open until its end.  on_more() runs each time the reply has grown,
 * and at its end.  A reply that has ended with status 0: nobody answers there.
 */
struct mock_upstream;
struct mock_upstream *mock_upstream_open(const char *where, struct err *e);
void mock_upstream_ask(struct mock_upstream *, const struct mock_request *,
    struct mock_reply *, void (*on_more)(void *owner), void *owner);
/* The client went away: on_more() runs no more for it. */
void mock_upstream_cancel(struct mock_upstream *, struct mock_reply *);
/* Move all on, waiting at most ms, or until fd can be read. */
void mock_upstream_wait(struct mock_upstream *, int fd, int ms);
void mock_upstream_close(struct mock_upstream *);

#endif
