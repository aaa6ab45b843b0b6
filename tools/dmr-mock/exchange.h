/*
 * exchange - requests on their way through libmicrohttpd.
 *
 * Internal to serve: exchange.c has the callbacks of a request, serve.c the
 * daemon, the connections and the loop.
 */
#ifndef EXCHANGE_H
#define EXCHANGE_H

#include <microhttpd.h>

#include "serve.h"

/* A client's connection, in the order in which its time ends. */
struct connection {
	struct mock_server *server;
	int fd;
	struct exchange *exchange; /* the present one, or NULL */
	int64_t end_ms;
	bool is_timed;
	struct connection *previous, *next;
};

struct exchange {
	struct mock_exchange x; /* first: on_ready() is given it */
	struct mock_server *server;
	struct MHD_Connection *mhd;
	struct connection *connection;
	char *target, *path;
	struct buf headers, body;
	bool has_begun, is_refused;
	int refusal;        /* status, or 0 */
	const char *reason; /* of it */
	int64_t begun_ms;
	size_t pause; /* the next one */

	/* Suspended until then, or until it is woken. */
	bool is_suspended, is_gone;
	int64_t wake_ms;
	struct exchange *previous, *next;
};

struct mock_server {
	struct MHD_Daemon *daemon;
	struct mock_listener *listener;
	struct mock_sources *sources;
	const struct mock_options *options;
	int epoll, signals;
	size_t nrequests, nexchanges, nconnections, max_connections;
	struct connection *first, *last; /* those whose time runs */
	struct exchange *suspended;
	int64_t deaf_ms; /* no descriptor is left: accept again then */
	int64_t end_ms;  /* 0: not ending */
	pid_t command;
	int status;
};

/* The callbacks of libmicrohttpd. */
void *exchange_begin(void *server, const char *target, struct MHD_Connection *);
enum MHD_Result exchange_handle(void *server, struct MHD_Connection *,
    const char *url, const char *method, const char *version, const char *data,
    size_t *size, void **exchange);
void exchange_end(void *server, struct MHD_Connection *, void **exchange,
    enum MHD_RequestTerminationCode);

/* Answer a request that has not come in time. */
void exchange_refuse_late(struct exchange *);

/* Let it go on. */
void exchange_wake(struct exchange *);

/* serve.c: the time of a connection, for a request to come, runs or not. */
void connection_set_time(struct connection *, bool runs);
void serve_watch(struct exchange *, bool is_watched);

/* Write text to a connection as far as that is possible at once. */
void exchange_write_raw(int fd, struct str text);

#endif
