/* dmr-check: who else can reach the server. */
#include <stdlib.h>

#include "check.h"
#include "file.h"
#include "listen.h"

enum { TABLE_MAX = 16 << 20 };

/* The port of "http://host:port", or the usual one. */
static unsigned
port_of(const char *url)
{
	const char *host = strstr(url, "://"), *colon;

	host = host ? host + 3 : url;
	colon = strrchr(host, ':');
	if (colon && !strchr(colon, ']'))
		return (unsigned)strtoul(colon + 1, NULL, 10);
	return strncmp(url, "https:", 6) != 0 ? 80 : 443;
}

/* As listen_find(), of both tables; -1: this system has none, too. */
static int
find_listener(unsigned port, char address[LISTEN_ADDRESS_MAX])
{
	static const char *const tables[] = { "/proc/net/tcp",
		"/proc/net/tcp6" };
	int found = -1;

	for (size_t i = 0; found < 1 && i < countof(tables); i++) {
		struct buf table = { 0 };
		struct err e = ERR_NONE;
		int is = -1;

		if (!file_read(tables[i], TABLE_MAX, &table, &e))
			is = listen_find(buf_str(&table), port, address);
		found = is > found ? is : found;
		buf_done(&table);
	}
	return found;
}

static void
check_port(const char *url, struct check_result *r)
{
	char address[LISTEN_ADDRESS_MAX];
	unsigned port = port_of(url);
	int found = find_listener(port, address);

	if (found > 0)
		check_say(r, CHECK_WARN,
		    "dmr serve --socket PATH, or a firewall",
		    "port %u is open to other machines (%s), and a model "
		    "runner asks for no password",
		    port, address);
	else if (!found)
		check_say(r, CHECK_OK, NULL,
		    "port %u is for this machine alone", port);
	else
		check_say(r, CHECK_OK, NULL,
		    "this machine does not tell who listens on port %u", port);
}

void
check_network(struct check *c, struct check_result *r)
{
	const struct endpoint *place = api_place(c->api);
	const struct http_server *server = &place->server;

	if (server->socket)
		check_say(r, CHECK_OK, NULL,
		    "a Unix socket: other machines cannot reach it");
	else if (server->is_local)
		check_port(server->url, r);
	else if (server->private_only)
		check_say(r, CHECK_OK, NULL, "the host of this container");
	else
		check_say(r, CHECK_WARN, NULL,
		    "another machine: prompts leave this one%s",
		    place->is_plain ? ", unencrypted" : "");
}
