/*
 * http_events - wait for the sockets that libcurl watches.
 *
 * Internal to http.  libcurl tells which sockets it watches, and when it wants
 * its turn; what comes is handed to it socket by socket, so that it need not
 * ask the kernel for each request in flight.  Times are those of now_ms().
 */
#ifndef HTTP_EVENTS_H
#define HTTP_EVENTS_H

#include <curl/curl.h>

#include "base.h"

struct http_events {
	CURLM *multi;       /* borrowed */
	struct pollfd *fds; /* the caller's `out` and `in`, then its sockets */
	size_t n, size;
	bool has_timer;
	int64_t timer_ms;
};

/* From before the first request until the multi handle is cleaned up. */
void http_events_open(struct http_events *, CURLM *multi);
void http_events_close(struct http_events *);

/*
 * Let libcurl take what comes within ms, and do what is due then, such as
 * sending what was added.  Ends at once when the reader of `out` has gone
 * away, or `in` can be read; -1: none.
 */
void http_events_wait(struct http_events *, int out, int in, int ms);

#endif
