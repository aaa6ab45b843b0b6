/*
 * exchange - requests on their way through libmicrohttpd.
 *
 * Internal to serve: exchange.c has the callbacks of a request, connection.c
 * those of a connection, spare.c their buffers, refuse.c what libmicrohttpd
 * cannot say, serve.c the daemon and the loop.
 */
#ifndef EXCHANGE_H
#define EXCHANGE_H

#include <microhttpd.h>

#include "serve.h"

enum {
	EXCHANGE_HEADS_MAX = 32 << 10, /* bytes of both heads, in its memory */
};

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
	bool has_begun, is_refused, is_corked;
	int refusal;        /* status, or 0 */
	const char *reason; /* of it */
	int64_t begun_ms;
	size_t pause; /* the next one */

	/* Suspended until then, or until it is woken. */
	bool is_suspended, is_gone;
	int64_t wake_ms;                  /* or MOCK_NEVER: not by itself */
	struct exchange *previous, *next; /* next: of the spare ones, too */
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
	struct exchange *spare; /* ended: their buffers are used again */
	size_t nspare;
	int64_t deaf_ms; /* no descriptor is left: accept again then */
	int64_t end_ms;  /* 0: not ending */
	pid_t command;
	int status; /* as mock_serve() returns it */
};

/* The callbacks of libmicrohttpd; owner: the server. */
void *exchange_begin(void *owner, const char *target, struct MHD_Connection *);
enum MHD_Result exchange_handle(void *server, struct MHD_Connection *,
    const char *url, const char *method, const char *version, const char *data,
    size_t *size, void **exchange);
void exchange_end(void *owner, struct MHD_Connection *, void **exchange,
    enum MHD_RequestTerminationCode);

/* Let it go on. */
void exchange_wake(struct exchange *);

/* serve.c: see when the client of a suspended exchange goes away, or not. */
void serve_watch(struct exchange *, bool is_watched);

/* ---- connection.c */

void connection_notify(void *owner, struct MHD_Connection *, void **context,
    enum MHD_ConnectionNotificationCode);
/* Its time, for a request to come, begins, or does not run. */
void connection_set_time(struct connection *, bool runs);
/* End those whose request has not come in time. */
void connection_end_late(struct mock_server *);

/* ---- spare.c */

/* A new one, empty but for the room its buffers have. */
struct exchange *exchange_take(struct mock_server *);
/* It has ended: all that is kept of it are its buffers. */
void exchange_give_back(struct exchange *);
void exchange_free_spare(struct mock_server *);

/* ---- refuse.c: what libmicrohttpd cannot say, or not well */

/* Write text as far as that is possible at once. */
void exchange_write_raw(int fd, struct str text);
/* What is on its way goes out first.  A Unix socket knows no reset: it ends. */
void exchange_reset(int fd);
/* Hold back what does not fill a segment, or let it go (Linux, TCP). */
void exchange_cork(int fd, bool is_corked);
/*
 * Has the client ended a body of known length too early?  When the end comes
 * in one with the last bytes, libmicrohttpd 0.9.75 does not see it.
 */
bool exchange_is_short(const struct exchange *);
/* Answer a request that is still being read: it is short, too large, or has
 * not come in time.  What follows of it is dropped, the connection ends. */
void exchange_refuse_short(struct exchange *);
void exchange_refuse_large(struct exchange *);
void exchange_refuse_late(struct exchange *);
/* Remember one that libmicrohttpd has refused. */
void exchange_note_refused(struct exchange *);
/* A reply whose head has no room beside the request's becomes a 500: else the
 * connection would end without a byte. */
void exchange_fit_head(struct exchange *);

#endif
