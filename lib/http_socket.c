/* http - the socket of a connection, and whom it may reach. */
#include <arpa/inet.h>
#include <errno.h>
#include <sys/socket.h>

#include "http_transfer.h"

/* RFC 1918, loopback and link-local. */
static bool
is_private_ip4(uint32_t ip)
{
	return ip >> 24 == 10 || ip >> 24 == 127 || ip >> 20 == 0xac1 ||
	    ip >> 16 == 0xc0a8 || ip >> 16 == 0xa9fe;
}

/* RFC 4193, loopback, link-local, and IPv4-mapped ones of the above. */
static bool
is_private_ip6(const struct in6_addr *ip)
{
	const unsigned char *b = ip->s6_addr;

	if (IN6_IS_ADDR_V4MAPPED(ip))
		return is_private_ip4((uint32_t)b[12] << 24 |
		    (uint32_t)b[13] << 16 | (uint32_t)b[14] << 8 | b[15]);
	return (b[0] & 0xfe) == 0xfc || IN6_IS_ADDR_LINKLOCAL(ip) ||
	    IN6_IS_ADDR_LOOPBACK(ip);
}

static bool
is_private(const struct sockaddr *a)
{
	const void *address = a;
	const struct sockaddr_in *four = address;
	const struct sockaddr_in6 *six = address;

	if (a->sa_family == AF_INET)
		return is_private_ip4(ntohl(four->sin_addr.s_addr));
	return a->sa_family == AF_INET6 && is_private_ip6(&six->sin6_addr);
}

curl_socket_t
http_open_socket(
    void *owner, curlsocktype purpose, struct curl_sockaddr *address)
{
	struct http_transfer *t = owner;
	int fd;

	(void)purpose;
	t->is_public = t->call->server->private_only &&
	    !is_private(&address->addr);
	if (t->is_public)
		return CURL_SOCKET_BAD;
	fd = socket(address->family, address->socktype | SOCK_CLOEXEC,
	    address->protocol);
	t->no_socket = fd < 0 ? errno : 0;
	return fd;
}
