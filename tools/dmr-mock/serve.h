/*
 * serve - what the serving half of dmr-mock shares: requests on their way,
 * memory of requests, faults, the command.
 *
 * One process, one thread, one loop: libmicrohttpd moves its connections when
 * its epoll descriptor says so, libcurl's transfers (upstream.c) move beside
 * it.  An exchange is one request and its reply; while its reply waits for
 * time or for the upstream, libmicrohttpd has it suspended.
 */
#ifndef SERVE_H
#define SERVE_H

#include "fault.h"
#include "listen.h"
#include "mock.h"
#include "seen.h"

enum {
	MOCK_BODY_MAX = 10 << 20, /* bytes of a request, as the real one */
	MOCK_CONNECTIONS_MAX = 4096,
	MOCK_DRAIN_MS = 1000, /* for what is on its way at the end */
};

/* What the command line says. */
struct mock_options {
	const char *listen, *port_file;
	const char *models, *script, *replay, *upstream, *record;
	int64_t request_ms; /* for a request to come, 0: no limit */
	int verbose;
};

/* ---- request.c: what a request is */

/* Take path, query and fault out of target; fault: its name, or NULL; both
 * yours to free(). */
void mock_request_split(
    const char *target, char **path, const char **query, char **fault);
/* What is wrong with its headers: a status and a line, or 0. */
int mock_request_judge(const struct mock_request *,
    const struct mock_listener *, const char **text);

/* ---- answer.c: who has the reply */

struct mock_sources {
	struct mock_script *script;
	struct mock_replay *replay;
	struct mock_upstream *upstream;
	struct mock_record *record;
	struct mock_runner *runner;
	struct mock_seen *seen;
	struct mock_faults *faults;
};

/* A request and what becomes of it; the rest is serve.c's. */
struct mock_exchange {
	struct mock_request request;
	struct mock_reply reply;
	char *fault;              /* of the path, or NULL */
	const char *script_fault; /* of a line of the scenario, or NULL */
	bool is_asked;            /* the sources were */
	bool is_waiting;          /* for the upstream's first bytes */
	struct mock_sources *sources;
	void (*on_ready)(struct mock_exchange *); /* more of the reply came */
};

int mock_sources_open(
    struct mock_sources *, const struct mock_options *, struct err *e);
/* Find the reply.  While is_waiting it is not there yet. */
void mock_answer(struct mock_exchange *);
/* Nobody wants it any more. */
void mock_answer_drop(struct mock_exchange *);
int mock_sources_close(struct mock_sources *, struct err *e);

/* ---- serve.c */

struct mock_server;
struct mock_server *mock_serve_open(struct mock_listener *,
    struct mock_sources *, const struct mock_options *, struct err *e);
/* Until a signal says enough, or the command (0: none) has ended: returns the
 * command's exit status, or the signal's number, negative. */
int mock_serve(struct mock_server *, pid_t command);
void mock_serve_close(struct mock_server *);

/* ---- command.c */

/* Start argv with DMR_HOST set to url.  Returns 0 with *pid set, or an exit
 * status with *e set. */
int mock_command_start(
    const char *const *argv, const char *url, pid_t *pid, struct err *e);

#endif
