/*
 * endpoint - where a model runner is, and what its paths are.
 *
 * An address somebody named is taken as it is.  Without one, the places are
 * found where a runner may be on this machine: dmr(7), FINDING THE SERVER.
 * Nothing is contacted here.
 */
#ifndef ENDPOINT_H
#define ENDPOINT_H

#include "err.h"
#include "http.h"

enum { ENDPOINTS_MAX = 8 };

struct endpoint {
	struct http_server server;
	char *name;       /* for messages: what the user would pass to -H */
	char *inference;  /* "/engines/v1" */
	char *management; /* "" or "/exp/vDD4.40"; NULL: there is none */
	bool is_named;    /* by the user: no other one is tried */
	bool is_plain;    /* unencrypted */
	char *url, *socket, *cacert; /* what server looks at */
};

/*
 * Read an address.  is_runner: its path, unless it ends like an API's base,
 * is a prefix before "/engines/v1" and "/models", as in MODEL_RUNNER_HOST.
 * -1 with ST_USAGE.
 */
int endpoint_parse(
    struct endpoint *, const char *text, bool is_runner, struct err *e);

/*
 * The places where a runner may be, in the order in which to try them.
 * home: the user's home folder, or NULL.  Returns how many, at most
 * ENDPOINTS_MAX.
 */
size_t endpoint_find(struct endpoint *places, const char *home);

void endpoint_done(struct endpoint *);

#endif
