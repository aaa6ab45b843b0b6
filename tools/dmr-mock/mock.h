/*
 * mock - what the parts of dmr-mock share.
 *
 * serve.c reads requests by libmicrohttpd and sends replies; answer.c asks
 * who has a reply, in this order: script.c (a scenario), replay.c (a
 * recording), upstream.c (a real runner), runner.c (the built-in answers).
 * fault.c spoils a reply on the way out.  seen.c remembers requests.
 * command.c runs a program against the mock.  These share serve.h.  The
 * option table and main() are in ../dmr-mock.c.
 */
#ifndef MOCK_H
#define MOCK_H

#include "err.h"
#include "reply.h"

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
 * "FILE:LINE: ...".  True: a line matched and made the reply; false: the next
 * source has it, after reply->delay_ms.  *fault: the name of one to spoil it
 * with, borrowed, or NULL; either way.
 */
struct mock_script;
struct mock_script *mock_script_open(const char *path, struct err *e);
bool mock_script_answer(struct mock_script *, const struct mock_request *,
    struct mock_reply *, const char **fault);
void mock_script_close(struct mock_script *);

/*
 * replay.c: a recording, --replay FILE: a regular file, no link, not empty.
 * What is wrong is ST_INPUT, "FILE:LINE: ...".  True: it has the reply.
 */
struct mock_replay;
struct mock_replay *mock_replay_open(const char *path, struct err *e);
/* Say on standard error which entry comes nearest to what has none. */
void mock_replay_be_verbose(struct mock_replay *);
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
 * and at its end; reply->times is there only then.  A reply that has ended with
 * status 0: nobody answers there.
 */
struct mock_upstream;
struct mock_upstream *mock_upstream_open(const char *where, struct err *e);
void mock_upstream_ask(struct mock_upstream *, const struct mock_request *,
    struct mock_reply *, void (*on_more)(void *owner), void *owner);
/*
 * The client went away: on_more() runs no more for it, or once if it left at
 * the last event of a stream.
 */
void mock_upstream_cancel(struct mock_upstream *, struct mock_reply *);
/* Move all on, waiting at most ms, or until fd can be read. */
void mock_upstream_wait(struct mock_upstream *, int fd, int ms);
void mock_upstream_close(struct mock_upstream *);

#endif
