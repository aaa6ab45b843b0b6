/* http_url - http and https URLs, taken apart by libcurl. */
#include <arpa/inet.h>
#include <curl/curl.h>
#include <netinet/in.h>
#include <strings.h>

#include "die.h"
#include "http_url.h"
#include "mem.h"

/* For want of memory a URL is none that is wrong. */
static CURLUcode
check(CURLUcode code)
{
	if (code == CURLUE_OUT_OF_MEMORY)
		die_because(ST_MEMORY, "out of memory");
	return code;
}

/* A part as a string of our own; NULL if the URL has none. */
static char *
part(CURLU *u, CURLUPart which)
{
	char *theirs = NULL, *ours;

	if (check(curl_url_get(u, which, &theirs, 0)) || !theirs)
		return NULL;
	ours = mem_copy(str_of(theirs));
	curl_free(theirs);
	return ours;
}

static bool
has_part(CURLU *u, CURLUPart which)
{
	char *text = part(u, which);

	free(text);
	return text != NULL;
}

/* localhost and what lies below it (RFC 6761, 6.3), with or without a dot. */
static bool
is_localhost(const char *host)
{
	static const char name[] = "localhost";
	size_t n = strlen(host), m = strlen(name);

	if (n && host[n - 1] == '.')
		n--;
	return n >= m && !strncasecmp(host + n - m, name, m) &&
	    (n == m || host[n - m - 1] == '.');
}

/* 127.0.0.0/8, also IPv4-mapped; ::1; 0.0.0.0 and ::, which mean this host. */
static bool
is_loopback_address(const char *host)
{
	char text[INET6_ADDRSTRLEN];
	struct in6_addr six;
	struct in_addr four;
	const unsigned char *b = six.s6_addr;

	if (inet_pton(AF_INET, host, &four) == 1) {
		uint32_t ip = ntohl(four.s_addr);

		return ip >> 24 == 127 || ip == 0;
	}
	snprintf(text, sizeof text, "%.*s",
	    (int)strcspn(host[0] ? host + 1 : host, "]%"),
	    host[0] ? host + 1 : host);
	if (host[0] != '[' || inet_pton(AF_INET6, text, &six) != 1)
		return false;
	if (IN6_IS_ADDR_V4MAPPED(&six))
		return b[12] == 127;
	return IN6_IS_ADDR_LOOPBACK(&six) || IN6_IS_ADDR_UNSPECIFIED(&six);
}

static bool
is_loopback(const char *host)
{
	return is_localhost(host) || is_loopback_address(host);
}

/* One that libcurl would have to translate, which depends on the locale. */
static bool
is_foreign_host(CURLU *u)
{
	char *host = part(u, CURLUPART_HOST);
	bool is_foreign = false;

	for (const char *c = host; c && *c; c++)
		is_foreign = is_foreign || (unsigned char)*c >= 0x80;
	free(host);
	return is_foreign;
}

/* NULL, or why this URL cannot be used. */
static const char *
objection(CURLU *u, const char *scheme, const char *port)
{
	if (strcmp(scheme, "http") != 0 && strcmp(scheme, "https") != 0)
		return "only http, https and unix are spoken";
	if (has_part(u, CURLUPART_USER) || has_part(u, CURLUPART_PASSWORD))
		return "a name or password does not belong there, "
		       "use --key-file";
	if (has_part(u, CURLUPART_QUERY) || has_part(u, CURLUPART_FRAGMENT))
		return "it has a query or fragment";
	if (is_foreign_host(u))
		return "a host is ASCII, with xn-- before what is not";
	if (port && !strcmp(port, "0"))
		return "port 0";
	return NULL;
}

static char *
without_slash(char *path)
{
	size_t n = strlen(path);

	while (n && path[n - 1] == '/')
		path[--n] = 0;
	return path;
}

/* "[fe80::1]", "eth0": "[fe80::1%25eth0]" (RFC 6874); frees both. */
static char *
add_zone(char *host, char *zone)
{
	char *both = mem_format(
	    "%.*s%%25%s]", (int)strcspn(host, "]"), host, zone);

	free(host);
	free(zone);
	return both;
}

/* Set the parts; the URL is one that can be used. */
static void
fill(struct http_url *url, CURLU *u, const char *scheme, const char *port)
{
	char *host = part(u, CURLUPART_HOST);
	char *path = part(u, CURLUPART_PATH);
	char *zone = part(u, CURLUPART_ZONEID);

	if (zone)
		host = add_zone(host, zone);
	url->origin = mem_format("%s://%s%s%s", scheme, host ? host : "",
	    port ? ":" : "", port ? port : "");
	url->path = without_slash(path ? path : mem_copy(STR("")));
	url->is_local = host && is_loopback(host);
	url->is_plain = !strcmp(scheme, "http");
	free(host);
}

int
http_url_parse(struct http_url *url, const char *text, struct err *e)
{
	CURLU *u = curl_url();
	CURLUcode code = u ? curl_url_set(u, CURLUPART_URL, text, 0)
			   : CURLUE_OUT_OF_MEMORY;
	char *scheme = code ? NULL : part(u, CURLUPART_SCHEME);
	char *port = code ? NULL : part(u, CURLUPART_PORT);
	const char *why = scheme ? objection(u, scheme, port)
				 : curl_url_strerror(check(code));

	*url = (struct http_url){ 0 };
	if (scheme && !why)
		fill(url, u, scheme, port);
	free(scheme);
	free(port);
	curl_url_cleanup(u);
	return why ? err_set(e, ST_USAGE, "%s", why) : 0;
}
