/*
 * http - requests in flight, on one thread.
 *
 * The only module that uses libcurl.  It knows bytes, statuses and time; what
 * a body means is api's affair.  A call is started, then driven by
 * http_wait() until its done() has run: exactly once, whatever happens.
 * done() may start calls, also the same one again.
 *
 * Sent again, at most limits.retries times: 408, 429, 502, 503 and 504, after
 * Retry-After (RFC 9110, 10.2.3) or 500 ms, doubled by each try, give or take
 * half; and at once, on a new connection, what was sent on one that the server
 * closed at that moment.  Once a byte has gone to on_bytes() a call is never
 * sent again.  Redirects are not followed, nothing is decompressed, only http
 * and https are spoken, no proxy is used for this machine.
 *
 * That a call ended well says nothing of its body being whole: libcurl takes
 * several cut answers for complete ones.  The reader of the body decides.
 */
#ifndef HTTP_H
#define HTTP_H

#include "buf.h"
#include "err.h"

enum {
	HTTP_REPLY_MAX = 64 << 20,       /* bytes of a good answer */
	HTTP_ERROR_REPLY_MAX = 64 << 10, /* bytes kept of an error's body */
	HTTP_RETRY_AFTER_MAX_S = 60,     /* waited for, by all tries */
};

struct http;

/* Who is asked.  Everything is borrowed for the life of its calls. */
struct http_server {
	const char *url;    /* "http://localhost:12434", no path */
	const char *socket; /* path of a Unix socket, or NULL */
	const char *cacert; /* file, or NULL: the system's */
	bool is_local;      /* this machine: no proxy */
	bool private_only;  /* connect to RFC 1918 and the like alone */
	bool has_key;       /* the key may go there */
};

/* Milliseconds, of those within http_wait(); 0: no limit. */
struct http_limits {
	int64_t connect_ms;
	int64_t first_ms; /* until the first byte of the body */
	int64_t idle_ms;  /* between two bytes after that */
	int64_t total_ms; /* all tries together */
	int retries;
};

struct http_settings {
	struct http_limits limits;
	const char *agent;          /* "User-Agent: NAME/VERSION" */
	const char *cacert;         /* wins over that of a server */
	const char *const *headers; /* "NAME: VALUE", for every call */
	size_t nheaders;
	const char *authorization; /* the key's header, or NULL */
	int verbose;               /* 2: headers, 3: bodies too */
};

enum http_end {
	HTTP_REPLY,       /* status and body came */
	HTTP_UNREACHABLE, /* no connection, or not in time: err.status */
	HTTP_BROKEN,      /* no HTTP, or it broke off */
	HTTP_TIMEOUT,
	HTTP_STOPPED, /* on_bytes() did not want more */
};

struct http_call {
	/* Set by the caller; borrowed until done(). */
	const struct http_server *server;
	const char *method; /* "POST" */
	const char *path;   /* "/engines/v1/chat/completions" */
	const char *header; /* more "NAME: VALUE", a line each, or NULL */
	struct str body;    /* JSON text unless header says so, or empty */
	bool once;          /* it is not sent again, whatever comes */
	/* Gets the header's lines, and an empty one as its end; may be NULL.
	 * With it, on_bytes() gets the body of any status and encoding. */
	void (*on_header)(struct http_call *, struct str line);
	/* Gets the body of a 2xx piece by piece; NULL: reply gets it.
	 * Returns 0; 1: it is over, no more is wanted; -1 with *e set. */
	int (*on_bytes)(struct http_call *, struct str piece, struct err *e);
	void (*done)(struct http_call *);
	void *owner;

	/* Set by http, to be read from done() on. */
	enum http_end end;
	int status; /* HTTP status, 0: none came */
	/* Content-Length, Retry-After, Date as seconds since 1970; -1: none. */
	int64_t length, wait_s, date_s;
	bool too_long;      /* to be waited for */
	char location[128]; /* Location, cut */
	int tries;          /* times it was sent, from 1 */
	bool begun;         /* on_bytes() has had something */
	struct buf reply;   /* body, unless on_bytes() took it */
	struct err err;     /* when end is not HTTP_REPLY */

	struct http_transfer *transfer; /* http's own */
};

struct http *http_open(const struct http_settings *settings); /* borrowed */
void http_start(struct http *, struct http_call *);

/*
 * Move all calls on, waiting at most ms for something to happen.  Wakes up,
 * too, when the reader of `out` went away, and when `in` can be read; -1: none.
 */
void http_wait(struct http *, int out, int in, int ms);

/* Drop a call, in flight or not, without its done(). */
void http_cancel(struct http_call *);

/* Cancels what is in flight, without done(). */
void http_close(struct http *);

/* Length of name and colon of a header that is a secret, "X-Api-Key:"; or 0. */
size_t http_secret_name(struct str line);

#endif
