/* client.c - the one connection being served. */
#include "client.h"

#include <arpa/inet.h>
#include <errno.h>
#include <limits.h>
#include <netinet/tcp.h>
#include <poll.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>
#include <sys/socket.h>
#include <sys/un.h>
#include <unistd.h>

enum { READ_BYTES = 65536 };

static int
listen_at(int family, const struct sockaddr *address, socklen_t size)
{
	int fd = socket(family, SOCK_STREAM, 0), on = 1;

	if (fd < 0 ||
	    setsockopt(fd, SOL_SOCKET, SO_REUSEADDR, &on, sizeof on) != 0 ||
	    bind(fd, address, size) != 0 || listen(fd, 128) != 0)
		die("listen");
	return fd;
}

int
client_listen_unix(const char *path)
{
	struct sockaddr_un a = { .sun_family = AF_UNIX };

	if (strlen(path) >= sizeof a.sun_path) {
		errno = ENAMETOOLONG;
		die(path);
	}
	memcpy(a.sun_path, path, strlen(path));
	return listen_at(AF_UNIX, (const struct sockaddr *)&a, sizeof a);
}

int
client_listen_tcp(in_port_t *port)
{
	struct sockaddr_in a = { .sin_family = AF_INET };
	socklen_t size = sizeof a;
	int fd;

	a.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
	a.sin_port = htons(*port);
	fd = listen_at(AF_INET, (const struct sockaddr *)&a, size);
	if (getsockname(fd, (struct sockaddr *)&a, &size) != 0)
		die("getsockname");
	*port = ntohs(a.sin_port);
	return fd;
}

void
client_accept(struct client *c, int listener)
{
	int on = 1;

	c->fd = accept(listener, NULL, NULL);
	if (c->fd < 0)
		die("accept");
	/* Fails on a Unix socket, which never waits to fill a packet. */
	setsockopt(c->fd, IPPROTO_TCP, TCP_NODELAY, &on, sizeof on);
	c->nconns++;
	c->gone = false;
	c->slow_ms = -1;
	c->in.len = c->head = c->used = 0;
}

static void
lose(struct client *c)
{
	char path[PATH_MAX], line[32];

	close(c->fd);
	c->fd = -1;
	c->gone = true;
	if (!c->folder)
		return;
	snprintf(path, sizeof path, "%s/closed", c->folder);
	snprintf(line, sizeof line, "%ld\n", c->nconns);
	file_append(path, line);
}

/* Read more of the request.  Returns 0 if no more will come. */
static int
read_more(struct client *c)
{
	ssize_t got;

	alarm(c->idle_s);
	bytes_reserve(&c->in, READ_BYTES);
	got = recv(c->fd, c->in.data + c->in.len, READ_BYTES, 0);
	if (got <= 0)
		return 0;
	c->in.len += (size_t)got;
	c->in.data[c->in.len] = '\0';
	return 1;
}

static void
save_request(const struct client *c)
{
	char path[PATH_MAX];

	if (!c->folder)
		return;
	snprintf(path, sizeof path, "%s/request.%ld", c->folder, c->nrequests);
	file_write(path, c->in.data, c->used);
}

void
client_read_headers(struct client *c)
{
	const char *end;
	size_t seen = 0;

	bytes_add(&c->in, "", 0);
	c->in.len -= c->used;
	memmove(c->in.data, c->in.data + c->used, c->in.len + 1);
	c->head = c->used = 0;
	while (!(end = strstr(c->in.data + seen, "\r\n\r\n"))) {
		seen = c->in.len > 3 ? c->in.len - 3 : 0;
		if (!read_more(c))
			break;
	}
	c->head = end ? (size_t)(end - c->in.data) + 4 : c->in.len;
	c->used = c->head;
	if (c->used) {
		c->nrequests++;
		save_request(c);
	}
	if (!end)
		lose(c);
}

/* What Content-Length says, or 0. */
static size_t
body_length(const struct client *c)
{
	static const char name[] = "\r\nContent-Length:";
	const char *p = c->in.data, *end = c->in.data + c->head;

	for (; p && p < end; p = strstr(p + 1, "\r\n"))
		if (strncasecmp(p, name, sizeof name - 1) == 0)
			return (size_t)strtoull(p + sizeof name - 1, NULL, 10);
	return 0;
}

void
client_read_body(struct client *c, long max)
{
	size_t end = c->head + body_length(c);

	if (end - c->used > (size_t)max)
		end = c->used + (size_t)max;
	while (c->in.len < end && read_more(c))
		;
	c->used = c->in.len < end ? c->in.len : end;
	save_request(c);
	if (c->used < end)
		lose(c);
}

int
client_send(struct client *c, const char *data, size_t len)
{
	while (len > 0) {
		size_t most = len;
		ssize_t n;

		if (c->slow_ms >= 0 && most > (size_t)c->piece)
			most = (size_t)c->piece;
		alarm(c->idle_s);
		n = write(c->fd, data, most);
		if (n < 0) {
			lose(c);
			return 0;
		}
		data += n;
		len -= (size_t)n;
		if (c->slow_ms > 0)
			pause_ms(c->slow_ms);
	}
	return 1;
}

int
client_await_close(struct client *c, int ms)
{
	struct pollfd p = { .fd = c->fd, .events = POLLIN };
	char part[READ_BYTES];

	do {
		if (poll(&p, 1, ms) == 0)
			return 0;
	} while (recv(c->fd, part, sizeof part, 0) > 0);
	lose(c);
	return 1;
}

/*
 * What the client has sent by now is taken, as close() with bytes unread
 * would reset the connection.
 */
void
client_close(struct client *c)
{
	char part[READ_BYTES];

	if (c->fd < 0)
		return;
	shutdown(c->fd, SHUT_WR);
	while (recv(c->fd, part, sizeof part, MSG_DONTWAIT) > 0)
		;
	close(c->fd);
	c->fd = -1;
}

void
client_reset(struct client *c)
{
	struct linger at_once = { .l_onoff = 1, .l_linger = 0 };

	setsockopt(c->fd, SOL_SOCKET, SO_LINGER, &at_once, sizeof at_once);
	close(c->fd);
	c->fd = -1;
}
