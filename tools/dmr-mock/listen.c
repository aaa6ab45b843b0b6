/* listen - the socket dmr-mock listens on: TCP of this machine, or Unix. */
#include <arpa/inet.h>
#include <errno.h>
#include <netdb.h>
#include <netinet/in.h>
#include <strings.h>
#include <sys/socket.h>
#include <sys/un.h>
#include <unistd.h>

#include "listen.h"
#include "mem.h"
#include "span.h"

enum { BACKLOG = 1024 };

/* The path comes last: a signal may come in between. */
void
mock_made_note(
    struct mock_made *made, const char *path, const struct stat *found)
{
	made->device = found->st_dev;
	made->inode = found->st_ino;
	snprintf(made->path, sizeof made->path, "%s", path);
}

void
mock_made_remove(const struct mock_made *made)
{
	struct stat found;

	if (made->path[0] && !lstat(made->path, &found) &&
	    found.st_dev == made->device && found.st_ino == made->inode)
		unlink(made->path);
}

static int
fail(struct err *e, const char *where, const char *why)
{
	return err_set(
	    e, ST_UNREACHABLE, "cannot listen on '%s': %s", where, why);
}

static int
make_socket(int family)
{
	return socket(family, SOCK_STREAM | SOCK_CLOEXEC | SOCK_NONBLOCK, 0);
}

/* Bind and listen, or close it again and say why. */
static int
bind_socket(int fd, const struct sockaddr *address, socklen_t size,
    const char *where, struct err *e)
{
	int why;

	if (fd >= 0 && !bind(fd, address, size) && !listen(fd, BACKLOG))
		return fd;
	why = errno;
	if (fd >= 0)
		close(fd);
	return fail(e, where, strerror(why));
}

/* "ADDRESS:PORT" or "[ADDRESS]:PORT", taken apart by the resolver, which is
 * asked nothing. */
static struct addrinfo *
read_address(const char *where)
{
	const struct addrinfo hints = { .ai_socktype = SOCK_STREAM,
		.ai_flags = AI_NUMERICHOST | AI_NUMERICSERV | AI_PASSIVE };
	const char *colon = strrchr(where, ':');
	size_t length = colon ? (size_t)(colon - where) : 0;
	bool is_bracketed = length > 2 && where[0] == '[' &&
	    where[length - 1] == ']';
	struct addrinfo *found = NULL;
	int64_t port;
	char *name;

	if (!length || span_integer(str_of(colon + 1), &port) || port < 0 ||
	    port > UINT16_MAX)
		return NULL;
	name = mem_copy(is_bracketed ? (struct str){ where + 1, length - 2 }
				     : (struct str){ where, length });
	if (!strcmp(name, "localhost") ||
	    (strchr(name, ':') != NULL) == is_bracketed)
		(void)getaddrinfo(
		    strcmp(name, "localhost") != 0 ? name : "127.0.0.1",
		    colon + 1, &hints, &found);
	free(name);
	return found;
}

static bool
is_loopback(const struct sockaddr *address)
{
	if (address->sa_family == AF_INET) {
		const struct sockaddr_in *in = (const void *)address;

		return ntohl(in->sin_addr.s_addr) >> 24 == IN_LOOPBACKNET;
	}
	return address->sa_family == AF_INET6 &&
	    IN6_IS_ADDR_LOOPBACK(
		&((const struct sockaddr_in6 *)(const void *)address)
		     ->sin6_addr);
}

/* The address as it became: port 0 is now a real one. */
static void
read_name(struct mock_listener *l)
{
	struct sockaddr_storage address;
	socklen_t size = sizeof address;
	char name[INET6_ADDRSTRLEN] = "";

	(void)getsockname(l->fd, (void *)&address, &size);
	(void)getnameinfo((void *)&address, size, name, sizeof name, l->port,
	    sizeof l->port, NI_NUMERICHOST | NI_NUMERICSERV);
	snprintf(l->name, sizeof l->name,
	    address.ss_family == AF_INET6 ? "[%s]" : "%s", name);
	snprintf(l->url, sizeof l->url, "http://%s:%s", l->name, l->port);
}

static int
listen_tcp(struct mock_listener *l, const char *where, struct err *e)
{
	struct addrinfo *found = read_address(where);
	int on = 1;

	if (!found)
		return err_set(e, ST_USAGE,
		    "--listen: '%s' is no ADDRESS:PORT and no unix:PATH",
		    where);
	l->is_any = !is_loopback(found->ai_addr);
	l->fd = make_socket(found->ai_family);
	if (l->fd >= 0)
		(void)setsockopt(
		    l->fd, SOL_SOCKET, SO_REUSEADDR, &on, sizeof on);
	l->fd = bind_socket(l->fd, found->ai_addr, found->ai_addrlen, where, e);
	freeaddrinfo(found);
	if (l->fd < 0)
		return -1;
	read_name(l);
	return 0;
}

/* A socket that a process of ours left behind goes; anything else stays. */
static int
remove_stale(
    const struct sockaddr_un *address, const char *where, struct err *e)
{
	struct stat found;
	int fd, why;

	if (lstat(address->sun_path, &found))
		return errno == ENOENT ? 0 : fail(e, where, strerror(errno));
	if (!S_ISSOCK(found.st_mode) || found.st_uid != geteuid())
		return fail(e, where, "the file is no socket of yours");
	fd = make_socket(AF_UNIX);
	why = fd < 0 || connect(fd, (const void *)address, sizeof *address)
	    ? errno
	    : EADDRINUSE;
	if (fd >= 0)
		close(fd);
	if (why != ECONNREFUSED)
		return fail(e, where, strerror(why));
	return unlink(address->sun_path) ? fail(e, where, strerror(errno)) : 0;
}

static int
listen_unix(struct mock_listener *l, const char *where, struct err *e)
{
	const char *path = where + strlen("unix:");
	struct sockaddr_un address = { .sun_family = AF_UNIX };
	char folder[PATH_MAX] = "", *whole;
	struct stat made;
	mode_t mask;
	size_t length;

	if (str_starts(str_of(path), "//"))
		path += 2;
	if (path[0] != '/' && !getcwd(folder, sizeof folder))
		return fail(e, where, strerror(errno));
	whole = mem_format("%s%s%s", folder, *folder ? "/" : "", path);
	length = strlen(whole);
	if (*path && length < sizeof address.sun_path)
		memcpy(address.sun_path, whole, length);
	free(whole);
	if (!address.sun_path[0])
		return err_set(e, ST_USAGE,
		    "--listen: '%s': the path of a socket has 1 to %zu bytes",
		    where, sizeof address.sun_path - 1);
	if (remove_stale(&address, where, e))
		return -1;
	mask = umask(0177);
	l->fd = bind_socket(make_socket(AF_UNIX), (const void *)&address,
	    sizeof address, where, e);
	umask(mask);
	if (l->fd < 0)
		return -1;
	if (!lstat(address.sun_path, &made))
		mock_made_note(&l->socket, address.sun_path, &made);
	snprintf(l->url, sizeof l->url, "unix://%s", address.sun_path);
	return 0;
}

int
mock_listen(struct mock_listener *l, const char *where, struct err *e)
{
	*l = (struct mock_listener){ .fd = -1 };
	return str_starts(str_of(where), "unix:") ? listen_unix(l, where, e)
						  : listen_tcp(l, where, e);
}

/* Is it NAME:PORT, or NAME where the port is the usual one? */
static bool
is_named(struct str host, const char *name, const char *port)
{
	struct str rest = str_skip(host, strlen(name));

	if (host.len < strlen(name) ||
	    strncasecmp(host.data, name, strlen(name)) != 0)
		return false;
	if (!rest.len)
		return !strcmp(port, "80");
	return rest.data[0] == ':' && str_is(str_skip(rest, 1), port);
}

bool
mock_listen_is_host(const struct mock_listener *l, struct str host)
{
	/* No page reaches a Unix socket, and clients send any name there. */
	return l->is_any || !l->port[0] ||
	    is_named(host, "localhost", l->port) ||
	    is_named(host, l->name, l->port);
}

void
mock_listen_close(struct mock_listener *l)
{
	mock_made_remove(&l->socket);
	l->socket.path[0] = 0;
	if (l->fd >= 0)
		close(l->fd);
	l->fd = -1;
}
