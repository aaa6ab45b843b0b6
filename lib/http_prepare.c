/* http - tell libcurl what to do, and take what it brings. */
#include <arpa/inet.h>
#include <strings.h>
#include <sys/socket.h>

#include "die.h"
#include "http_transfer.h"
#include "mem.h"

/* Nothing was asked for but the bytes themselves: RFC 9110, section 8.4. */
static bool
is_encoded(struct http_transfer *t)
{
	struct curl_header *h = NULL;

	for (size_t i = 0; !curl_easy_header(
		 t->easy, "Content-Encoding", i, CURLH_HEADER, -1, &h);
	     i++) {
		if (!strcasecmp(h->value, "identity"))
			continue;
		err_set(&t->call->err, ST_SERVER,
		    "the answer has an unexpected Content-Encoding '%.40s'",
		    h->value);
		return true;
	}
	return false;
}

/* The body of an answer that is no success, or that nobody reads bit by bit. */
static size_t
keep_body(struct http_transfer *t, struct str piece, bool is_good)
{
	struct buf *reply = &t->call->reply;
	size_t len = piece.len;

	reply->max = is_good ? HTTP_REPLY_MAX : HTTP_ERROR_REPLY_MAX;
	if (reply->len + piece.len > reply->max)
		piece.len = reply->max - reply->len;
	buf_add(reply, piece);
	return piece.len == len ? len : CURL_WRITEFUNC_ERROR;
}

static size_t
on_body(char *data, size_t size, size_t n, void *owner)
{
	struct http_transfer *t = owner;
	struct http_call *c = t->call;
	struct str piece = { data, size * n };
	bool is_good;
	long status = 0;
	int got;

	t->refused = !t->byte_ms && is_encoded(t);
	t->byte_ms = http_now();
	curl_easy_getinfo(t->easy, CURLINFO_RESPONSE_CODE, &status);
	is_good = status >= 200 && status < 300;
	if (t->refused)
		return CURL_WRITEFUNC_ERROR;
	if (!c->on_bytes || !is_good)
		return keep_body(t, piece, is_good);
	c->begun = true;
	got = c->on_bytes(c, piece, &c->err);
	t->enough = got > 0;
	t->refused = got < 0;
	return got ? CURL_WRITEFUNC_ERROR : piece.len;
}

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

static curl_socket_t
open_private(void *owner, curlsocktype purpose, struct curl_sockaddr *address)
{
	struct http_transfer *t = owner;

	(void)purpose;
	t->is_public = !is_private(&address->addr);
	if (t->is_public)
		return CURL_SOCKET_BAD;
	return socket(address->family, address->socktype | SOCK_CLOEXEC,
	    address->protocol);
}

/* A header line for the trace, its secret hidden. */
static void
trace_header(const char *mark, struct str line)
{
	static const char *const secret[] = { "authorization:", "cookie:",
		"set-cookie:", "api-key:", "x-api-key:",
		"proxy-authorization:" };

	line = str_trim(line);
	for (size_t i = 0; i < countof(secret); i++) {
		size_t n = strlen(secret[i]);

		if (line.len > n && !strncasecmp(line.data, secret[i], n)) {
			trace(mark, (struct str){ line.data, n });
			return;
		}
	}
	trace(mark, line);
}

static int
on_debug(CURL *easy, curl_infotype type, char *data, size_t n, void *owner)
{
	const struct http *h = owner;
	struct str text = { data, n };

	(void)easy;
	/* Ending a stream after [DONE] looks like a failure to libcurl. */
	if (type == CURLINFO_TEXT && str_starts(text, "Failure writing"))
		return 0;
	if (type == CURLINFO_TEXT)
		trace("* ", str_trim(text));
	else if (type == CURLINFO_HEADER_IN)
		trace_header("< ", text);
	else if (type == CURLINFO_HEADER_OUT)
		while (text.len)
			trace_header("> ", str_cut(&text, '\n'));
	else if (h->settings->verbose > 2 && type == CURLINFO_DATA_IN)
		trace("<< ", text);
	else if (h->settings->verbose > 2 && type == CURLINFO_DATA_OUT)
		trace(">> ", text);
	return 0;
}

static void
add_header(struct http_transfer *t, const char *line)
{
	struct curl_slist *list = curl_slist_append(t->headers, line);

	if (!list)
		die_because(ST_MEMORY, "out of memory");
	t->headers = list;
}

/* Add a header of ours, unless the user has one of that name. */
static void
add_own_header(struct http_transfer *t, const char *line)
{
	const struct http_settings *set = t->http->settings;
	size_t name = strcspn(line, ":") + 1;

	for (size_t i = 0; i < set->nheaders; i++)
		if (!strncasecmp(set->headers[i], line, name))
			return;
	add_header(t, line);
}

static void
add_headers(struct http_transfer *t)
{
	const struct http_settings *set = t->http->settings;

	if (t->call->body.len)
		add_own_header(t, "Content-Type: application/json");
	add_own_header(t, "Expect:");
	if (t->call->header)
		add_own_header(t, t->call->header);
	if (t->call->server->has_key && set->authorization)
		add_own_header(t, set->authorization);
	for (size_t i = 0; i < set->nheaders; i++)
		add_header(t, set->headers[i]);
}

static void
set_server(struct http_transfer *t, const struct http_server *server)
{
	const char *cacert = t->http->settings->cacert;
	CURL *easy = t->easy;

	if (!cacert)
		cacert = server->cacert;
	if (server->socket)
		curl_easy_setopt(
		    easy, CURLOPT_UNIX_SOCKET_PATH, server->socket);
	if (cacert) {
		curl_easy_setopt(easy, CURLOPT_CAINFO, cacert);
		curl_easy_setopt(easy, CURLOPT_CAPATH, NULL);
	}
	if (server->is_local || server->private_only)
		curl_easy_setopt(easy, CURLOPT_NOPROXY, "*");
	if (server->private_only) {
		curl_easy_setopt(
		    easy, CURLOPT_OPENSOCKETFUNCTION, open_private);
		curl_easy_setopt(easy, CURLOPT_OPENSOCKETDATA, t);
	}
}

static void
set_request(struct http_transfer *t)
{
	const struct http_call *c = t->call;

	curl_easy_setopt(t->easy, CURLOPT_URL, t->url);
	curl_easy_setopt(t->easy, CURLOPT_HTTPHEADER, t->headers);
	if (c->body.len) {
		curl_easy_setopt(t->easy, CURLOPT_POSTFIELDSIZE_LARGE,
		    (curl_off_t)c->body.len);
		curl_easy_setopt(t->easy, CURLOPT_POSTFIELDS, c->body.data);
	}
	curl_easy_setopt(t->easy, CURLOPT_CUSTOMREQUEST, c->method);
}

static void
set_options(struct http_transfer *t)
{
	const struct http_settings *set = t->http->settings;
	int64_t connect_ms = set->limits.connect_ms;
	CURL *easy = t->easy;

	curl_easy_setopt(easy, CURLOPT_PROTOCOLS_STR, "http,https");
	curl_easy_setopt(easy, CURLOPT_HTTP_VERSION, CURL_HTTP_VERSION_1_1);
	curl_easy_setopt(easy, CURLOPT_NOSIGNAL, 1L);
	curl_easy_setopt(easy, CURLOPT_USERAGENT, set->agent);
	curl_easy_setopt(easy, CURLOPT_CONNECTTIMEOUT_MS,
	    (long)(connect_ms ? connect_ms : INT32_MAX));
	curl_easy_setopt(easy, CURLOPT_WRITEFUNCTION, on_body);
	curl_easy_setopt(easy, CURLOPT_WRITEDATA, t);
	curl_easy_setopt(easy, CURLOPT_ERRORBUFFER, t->error);
	curl_easy_setopt(easy, CURLOPT_PRIVATE, t);
	if (set->verbose > 1) {
		curl_easy_setopt(easy, CURLOPT_DEBUGFUNCTION, on_debug);
		curl_easy_setopt(easy, CURLOPT_DEBUGDATA, t->http);
		curl_easy_setopt(easy, CURLOPT_VERBOSE, 1L);
	}
}

void
http_transfer_prepare(struct http_transfer *t)
{
	t->url = mem_format("%s%s", t->call->server->url, t->call->path);
	t->easy = curl_easy_init();
	if (!t->easy)
		die_because(ST_MEMORY, "out of memory");
	add_headers(t);
	set_options(t);
	set_server(t, t->call->server);
	set_request(t);
}

void
http_transfer_done(struct http_transfer *t)
{
	curl_easy_cleanup(t->easy);
	curl_slist_free_all(t->headers);
	free(t->url);
	t->easy = NULL;
	t->headers = NULL;
	t->url = NULL;
}
