/*
 * http_url - http and https URLs, taken apart by libcurl.
 *
 * What libcurl would make of an address when it sends there is what is seen
 * here: no other parser has a say.
 */
#ifndef HTTP_URL_H
#define HTTP_URL_H

#include "err.h"
#include "str.h"

/* The parts of an http or https URL; all yours to free(). */
struct http_url {
	char *origin; /* "https://host:8080": scheme, host, port if not usual */
	char *path;   /* "/v1", never NULL, no slash at the end */
	bool is_local; /* localhost, 127.0.0.0/8, ::1 */
	bool is_plain; /* http */
};

/*
 * -1 if it is none, or has user, password, query or fragment: ST_USAGE, and
 * the reason alone, since the address may hold a secret.
 */
int http_url_parse(struct http_url *, const char *text, struct err *e);

#endif
