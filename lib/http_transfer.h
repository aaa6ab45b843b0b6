/*
 * http_transfer - a call on its way.
 *
 * Internal to http: its three files share these.  http.c keeps the calls and
 * the time, http_prepare.c tells libcurl what to do, http_judge.c reads what
 * came of it.
 */
#ifndef HTTP_TRANSFER_H
#define HTTP_TRANSFER_H

#include <curl/curl.h>

#include "http.h"

enum { HTTP_HEADER_MAX = 1 << 20 }; /* bytes, with trailers */

struct http {
	const struct http_settings *settings;
	CURLM *multi;
	struct http_transfer *first; /* those not done */
};

/* A call that is not done: in flight, or waiting to be sent again. */
struct http_transfer {
	struct http *http;
	struct http_call *call;
	struct http_transfer *next;
	CURL *easy;
	struct curl_slist *headers;
	char *url;
	int64_t started_ms;  /* first try */
	int64_t sent_ms;     /* this try */
	int64_t byte_ms;     /* last byte of the body, 0: none yet */
	int64_t again_ms;    /* when to send again, 0: in flight */
	int64_t waited_s;    /* as Retry-After said */
	size_t header_bytes; /* of all tries, with trailers */
	bool head_ended;     /* on_header() has had all of it */
	int no_socket;       /* errno of the last socket(), or 0 */
	bool is_public;      /* the server's address, and it must not be */
	bool enough;         /* on_bytes() has had all it wants */
	bool refused;        /* on_bytes() failed; call->err says why */
	char error[CURL_ERROR_SIZE];
};

/* Set all of libcurl's options for t->call. */
void http_transfer_prepare(struct http_transfer *);

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
