/*
 * http_transfer - a call on its way.
 *
 * Internal to http: its files share these.  http.c keeps the calls and the
 * time, http_events.c waits, http_pace.c says how many may be on their way,
 * http_prepare.c tells libcurl what to do, http_socket.c to whom,
 * http_receive.c takes what it brings, http_judge.c reads what came of it.
 */
#ifndef HTTP_TRANSFER_H
#define HTTP_TRANSFER_H

#include "http.h"
#include "http_events.h"

enum { HTTP_HEADER_MAX = 1 << 20 }; /* bytes, with trailers */

/* How many calls may be on their way. */
struct http_pace {
	size_t most, now; /* 0: as many as there are */
	size_t in_flight;
	size_t good;     /* answers since it changed */
	size_t round;    /* counts how often it became slower */
	int64_t rest_ms; /* nothing is sent until then */
	bool insists;    /* see http_insist() */
};

struct http {
	const struct http_settings *settings;
	CURLM *multi;
	struct http_transfer *first; /* those not done, the oldest first */
	struct http_transfer *spare; /* done ones, ready to go the same way */
	struct http_pace pace;
	struct http_events events;
	struct curl_slist *proxy_headers;
	int64_t left_ms; /* when http_wait() was left */
};

/* A call that is not done: in flight, or waiting to be sent again. */
struct http_transfer {
	struct http *http;
	struct http_call *call;
	struct http_transfer *next;
	CURL *easy;
	struct curl_slist *headers;
	CURLU *url; /* server and path */
	char *path;
	int64_t started_ms;    /* first try */
	int64_t sent_ms;       /* this try */
	int64_t byte_ms;       /* last byte of the body, 0: none yet */
	int64_t again_ms;      /* when to send (again), 0: in flight */
	size_t round;          /* of the pace, when it was sent */
	int64_t waited_s;      /* as Retry-After said */
	size_t header_bytes;   /* of all tries, with trailers */
	size_t nlengths;       /* fields that say how long the body is */
	bool head_ended;       /* all of the header has come */
	int no_socket;         /* errno of the last socket(), or 0 */
	bool is_public;        /* the server's address, and it must not be */
	bool needs_connection; /* those it was sent on had died */
	bool enough;           /* on_bytes() has had all it wants */
	bool refused;          /* on_bytes() failed; call->err says why */
	/* Whether the handle is good for another call. */
	const struct http_server *server; /* that it was made for */
	bool is_post;                     /* nothing but the body differs */
	bool is_odd;                      /* an option was set by the answer */
	bool may_be_reused;
	char error[CURL_ERROR_SIZE];
};

/* Set all of libcurl's options for t->call, as far as they are not yet. */
void http_transfer_prepare(struct http_transfer *);

/* Would a call be sent in the same way, but for its body? */
bool http_transfer_fits(const struct http_transfer *, const struct http_call *);

/* How many connections were made for its last try. */
long http_transfer_connections(const struct http_transfer *);

/* Did it use a connection that was there?  Others may have spoilt the handle. */
bool http_transfer_is_plain(const struct http_transfer *);

/* Forget the call. */
void http_transfer_rest(struct http_transfer *);

/* CURLOPT_WRITEFUNCTION and CURLOPT_HEADERFUNCTION; the owner is a transfer. */
size_t http_on_body(char *data, size_t size, size_t n, void *owner);
size_t http_on_header(char *data, size_t size, size_t n, void *owner);

/* CURLOPT_OPENSOCKETFUNCTION; its owner is a transfer. */
curl_socket_t http_open_socket(
    void *owner, curlsocktype purpose, struct curl_sockaddr *address);

/* May another call be sent now? */
bool http_pace_allows(const struct http *, int64_t now_ms);

/* When this call may be sent; 0: it was, or others must end first. */
int64_t http_pace_time(const struct http_transfer *);

/* A try came to this end. */
void http_pace_note(struct http_transfer *, enum http_end end);

/* It is sent again, after a Retry-After maybe, which holds for all. */
void http_pace_rest(struct http_transfer *);

/* Free what http_transfer_prepare() made; it is out of the multi handle. */
void http_transfer_done(struct http_transfer *);

/* For CURLOPT_DEBUGFUNCTION; owner: a struct http. */
int http_transfer_trace(
    CURL *, curl_infotype, char *data, size_t n, void *owner);

/* Status, content type and location of the answer, as far as they came. */
void http_transfer_read_head(struct http_transfer *);

/* Which end a try came to; sets call->err unless it is a reply. */
enum http_end http_transfer_judge(struct http_transfer *, CURLcode code);

#endif
