/*
 * client - the one connection being served, and the sockets it comes from.
 *
 * It knows sockets, and of HTTP where a request ends.  It knows no scenario.
 *
 * A struct client is reused for one connection after the other; start with
 * fd -1.  Once gone is set, because the client closed or tore the connection,
 * fd is -1 and nothing may be called but client_accept() and client_close();
 * FOLDER/closed has gained a line with the connection's number, from 1.
 * Every sign of life puts off SIGALRM by idle_s seconds.  Whatever else fails
 * ends the program with status 1.
 */
#ifndef CLIENT_H
#define CLIENT_H

#include <netinet/in.h>
#include <stdbool.h>

#include "base.h"

struct client {
	/* Set by the caller. */
	const char *folder; /* for requests and the file closed, or NULL */
	unsigned idle_s;
	long slow_ms, piece; /* pause after every piece bytes; < 0: none */

	int fd; /* or -1 */
	bool gone;
	long nconns, nrequests;
	struct bytes in;   /* from the first byte of a request on */
	size_t head, used; /* its headers; what of it has been read */
};

int client_listen_unix(const char *path);
/* On 127.0.0.1.  *port 0: any; becomes the one it is. */
int client_listen_tcp(in_port_t *port);

void client_accept(struct client *, int listener);
/* Both save what was read so far of the Nth request in FOLDER/request.N. */
void client_read_headers(struct client *);
void client_read_body(struct client *, long max); /* at most max bytes more */
/* Returns 1, or 0 if the client has gone. */
int client_send(struct client *, const char *data, size_t len);
/* Returns 1, or 0 if for ms it neither closed nor sent, which is ignored. */
int client_await_close(struct client *, int ms);
void client_close(struct client *);
void client_reset(struct client *);

#endif
