/* connection - the clients there are, and the time they have. */
#include "exchange.h"

#include <sys/socket.h>

#include "mem.h"
#include "now.h"

void
connection_set_time(struct connection *c, bool runs)
{
	struct mock_server *server = c->server;

	if (c->is_timed) {
		*(c->previous ? &c->previous->next : &server->first) = c->next;
		*(c->next ? &c->next->previous : &server->last) = c->previous;
	}
	c->is_timed = runs && server->options->request_ms;
	if (!c->is_timed)
		return;
	c->end_ms = now_ms() + server->options->request_ms;
	c->next = NULL;
	c->previous = server->last;
	*(c->previous ? &c->previous->next : &server->first) = c;
	server->last = c;
}

void
connection_notify(void *owner, struct MHD_Connection *mhd, void **context,
    enum MHD_ConnectionNotificationCode what)
{
	struct mock_server *server = owner;
	struct connection *c = *context;

	if (what == MHD_CONNECTION_NOTIFY_STARTED) {
		c = mem_new(1, sizeof *c);
		c->server = server;
		c->fd = MHD_get_connection_info(
		    mhd, MHD_CONNECTION_INFO_CONNECTION_FD)
			    ->connect_fd;
		*context = c;
		server->nconnections++;
		connection_set_time(c, true);
	} else if (c) {
		connection_set_time(c, false);
		free(c);
		*context = NULL;
		server->nconnections--;
	}
}

void
connection_end_late(struct mock_server *server)
{
	int64_t now = server->first ? now_ms() : 0;

	while (server->first && server->first->end_ms <= now) {
		struct connection *c = server->first;

		if (c->exchange)
			exchange_refuse_late(c->exchange);
		shutdown(c->fd, SHUT_RDWR);
		connection_set_time(c, false);
	}
}
