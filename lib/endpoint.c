/* endpoint - where a model runner is, and what its paths are. */
#include "endpoint.h"

#include <arpa/inet.h>
#include <sys/un.h>

#include "die.h"
#include "file.h"
#include "http_url.h"
#include "mem.h"
#include "span.h"

/*
 * Docker Model Runner's standard port, Docker Desktop's prefix on its socket
 * and its name inside containers: docker/model-runner, cmd/cli/desktop.
 */
#define PORT "12434"
#define DESKTOP_PREFIX "/exp/vDD4.40"
#define CONTAINER_URL "http://model-runner.docker.internal"
#define BRIDGE_GATEWAY "172.17.0.1"

enum { SOCKET_PATH_MAX = sizeof(((struct sockaddr_un *)0)->sun_path) - 1 };

/*
 * Length of what stands before an ending that makes a path the base of the
 * inference API: "/engines/v1", "/engines/NAME/v1", "/v1"; -1 without one.
 */
static long
base_prefix(struct str path)
{
	struct str before;
	size_t name;

	if (!str_ends(path, "/v1"))
		return -1;
	before = (struct str){ path.data, path.len - 3 };
	if (str_ends(before, "/engines"))
		return (long)before.len - 8;
	for (name = before.len; name && before.data[name - 1] != '/'; name--)
		;
	before.len = name ? name - 1 : 0;
	if (str_ends(before, "/engines"))
		return (long)before.len - 8;
	return (long)path.len - 3;
}

static void
set_paths(struct endpoint *p, struct str path, bool is_prefix)
{
	long prefix = base_prefix(path);

	if (prefix >= 0) {
		p->inference = mem_copy(path);
		p->management = mem_copy(
		    (struct str){ path.data, (size_t)prefix });
	} else if (is_prefix || !path.len) {
		p->inference = mem_format("%.*s/engines/v1", STR_ARGS(path));
		p->management = mem_copy(path);
	} else {
		p->inference = mem_copy(path);
	}
}

/* unix:///path/to.sock[:/prefix] */
static int
parse_socket(struct endpoint *p, const char *text, struct err *e)
{
	struct str path = str_skip(str_of(text), strlen("unix://"));
	const char *colon = strstr(path.data, ":/");
	struct str prefix = str_of(colon ? colon + 1 : "");

	if (colon)
		path.len = (size_t)(colon - path.data);
	while (str_ends(prefix, "/"))
		prefix.len--;
	if (!str_starts(path, "/"))
		return err_set(e, ST_USAGE, "the path of a socket is absolute");
	if (path.len > SOCKET_PATH_MAX)
		return err_set(e, ST_USAGE,
		    "the path of a socket has at most %d bytes",
		    SOCKET_PATH_MAX);
	p->server.socket = p->socket = mem_copy(path);
	p->server.url = "http://localhost";
	p->server.is_local = true;
	set_paths(p, prefix, true);
	return 0;
}

static int
parse_url(struct endpoint *p, const char *text, bool is_runner, struct err *e)
{
	const char *scheme_end = strstr(text, "://");
	const char *host = scheme_end ? scheme_end + strlen("://") : text;
	size_t host_len = strcspn(host, "/");
	struct http_url url;
	char *full;
	int got;

	/* libcurl skips slashes there, and takes a folder for the host. */
	if (!host_len || host[host_len - 1] == ':')
		return err_set(e, ST_USAGE, "there is no host");
	full = mem_format("%s%s", scheme_end ? "" : "http://", text);
	got = http_url_parse(&url, full, e);
	free(full);
	if (got)
		return -1;
	if (str_ends(str_of(url.path), "/chat/completions")) {
		free(url.origin);
		free(url.path);
		return err_set(e, ST_USAGE,
		    "it ends before /chat/completions, which is one call");
	}
	p->server.url = p->url = url.origin;
	p->server.is_local = url.is_local;
	p->is_plain = url.is_plain;
	set_paths(p, str_of(url.path), is_runner);
	free(url.path);
	return 0;
}

int
endpoint_parse(
    struct endpoint *p, const char *text, bool is_runner, struct err *e)
{
	bool has_secret = strchr(text, '@');

	*p = (struct endpoint){ .name = mem_format("%.200s", text),
		.is_named = true,
		.server.has_key = true };
	if (!strncmp(text, "unix://", 7) ? !parse_socket(p, text, e)
					 : !parse_url(p, text, is_runner, e))
		return 0;
	endpoint_done(p);
	return err_prefix(e,
	    "no address of a server (http://host:port[/path] "
	    "or unix:///path.sock)%s%.200s%s",
	    has_secret ? "" : ": '", has_secret ? "" : text,
	    has_secret ? "" : "'");
}

/* Add a place that nobody named; one that cannot be read is left out. */
static void
add_place(struct endpoint *places, size_t *n, const char *text)
{
	struct endpoint place;
	struct err e = ERR_NONE;

	if (*n == ENDPOINTS_MAX || endpoint_parse(&place, text, true, &e))
		return;
	place.is_named = place.server.has_key = false;
	places[(*n)++] = place;
}

/* A member that is a string, yours to free(), or NULL. */
static char *
text_member(struct str object, const char *name)
{
	struct buf text = { .max = 4096 };

	if (span_text(span_member(object, name), NULL, &text) || !text.len) {
		buf_done(&text);
		return NULL;
	}
	return buf_take(&text);
}

/*
 * The docker CLI's current model context, which the user chose with `docker
 * model context use`: ~/.docker/model/contexts.json.
 */
static void
add_context(struct endpoint *places, size_t *n, const char *home)
{
	char *path = mem_format("%s/.docker/model/contexts.json", home);
	struct buf text = { 0 };
	struct err e = ERR_NONE;
	size_t before = *n;
	char *current = NULL, *host = NULL;
	struct str context = { 0 };

	if (file_is_absent(path))
		goto out;
	if (file_read_trusted(path, FILE_OWN, 1 << 20, &text, &e))
		warn("the docker contexts are left out: %s", e.text);
	else if (!span_valid(buf_str(&text)))
		warn(
		    "the docker contexts are left out: '%s' is not JSON", path);
	current = text_member(buf_str(&text), "current");
	if (current)
		context = span_member(
		    span_member(buf_str(&text), "contexts"), current);
	host = text_member(context, "host");
	if (host)
		add_place(places, n, host);
	if (host && *n == before)
		warn("the docker context '%s' is left out: '%s' is no address "
		     "of a server",
		    current, host);
	if (*n > before)
		places[before].server.cacert = places[before].cacert =
		    text_member(span_member(context, "tls"), "caCert");
out:
	free(host);
	free(current);
	free(path);
	buf_done(&text);
}

static void
add_desktop_socket(struct endpoint *places, size_t *n, const char *home)
{
	char *text = mem_format(
	    "unix://%s/.docker/run/docker.sock:" DESKTOP_PREFIX, home);

	add_place(places, n, text);
	free(text);
}

/* An address of /proc/net/route: 8 digits, in this machine's byte order. */
static bool
read_address(struct str digits, uint32_t *address)
{
	char text[9] = { 0 }, *end;

	digits = str_trim(digits);
	if (digits.len != 8)
		return false;
	memcpy(text, digits.data, 8);
	*address = (uint32_t)strtoul(text, &end, 16);
	return !*end;
}

/*
 * Is the interface a piece of hardware, or a virtual machine's?  A container
 * that shares its host's network sees it; behind it is a router, not the host.
 */
static bool
is_device(struct str interface)
{
	char *path = mem_format(
	    "/sys/class/net/%.*s/device", STR_ARGS(interface));
	bool is_there = file_exists(path);

	free(path);
	return is_there;
}

/*
 * The gateway of a line of /proc/net/route, proc(5), if it is the default
 * route to this container's host.
 */
static bool
read_gateway(struct str line, uint32_t *gateway)
{
	enum { INTERFACE, TO, GATEWAY, MASK = 7, COLUMNS };
	struct str column[COLUMNS];
	uint32_t to, mask;

	for (size_t i = 0; i < COLUMNS; i++)
		column[i] = str_cut(&line, '\t');
	return read_address(column[TO], &to) && !to &&
	    read_address(column[MASK], &mask) && !mask &&
	    read_address(column[GATEWAY], gateway) && *gateway &&
	    !is_device(str_trim(column[INTERFACE]));
}

/* The default gateway's address, or that of Docker's own bridge. */
static void
gateway_address(char *out, size_t size)
{
	struct buf text = { 0 };
	struct err e = ERR_NONE;
	struct str rest = { 0 };

	snprintf(out, size, BRIDGE_GATEWAY);
	if (!file_read_trusted("/proc/net/route", 0, 1 << 20, &text, &e))
		rest = buf_str(&text);
	while (rest.len) {
		uint32_t gateway;

		if (!read_gateway(str_cut(&rest, '\n'), &gateway))
			continue;
		inet_ntop(AF_INET, &gateway, out, (socklen_t)size);
		break;
	}
	buf_done(&text);
}

/* Addresses that mean this machine from inside one of its containers. */
static void
add_container_places(struct endpoint *places, size_t *n)
{
	size_t from = *n;
	char ip[sizeof "255.255.255.255"], *gateway;

	gateway_address(ip, sizeof ip);
	gateway = mem_format("http://%s:" PORT, ip);
	add_place(places, n, CONTAINER_URL);
	add_place(places, n, gateway);
	free(gateway);
	while (from < *n)
		places[from++].server.private_only = true;
}

size_t
endpoint_find(struct endpoint *places, const char *home)
{
	size_t n = 0;

	if (home)
		add_context(places, &n, home);
	add_place(places, &n, "http://localhost:" PORT);
	if (home)
		add_desktop_socket(places, &n, home);
	if (file_exists("/.dockerenv") || file_exists("/run/.containerenv"))
		add_container_places(places, &n);
	return n;
}

void
endpoint_done(struct endpoint *p)
{
	free(p->name);
	free(p->inference);
	free(p->management);
	free(p->url);
	free(p->socket);
	free(p->cacert);
	*p = (struct endpoint){ 0 };
}
