/* http - tell libcurl what to do. */
#include <strings.h>

#include "die.h"
#include "http_transfer.h"
#include "mem.h"

/* It fails for want of memory, or of a part that this libcurl lacks. */
static void
check(CURLcode code)
{
	if (code)
		die_because(
		    code == CURLE_OUT_OF_MEMORY ? ST_MEMORY : ST_UNREACHABLE,
		    "libcurl: %s", curl_easy_strerror(code));
}

#define SET(easy, option, value) check(curl_easy_setopt(easy, option, value))

static void
add_header(struct http_transfer *t, const char *line)
{
	struct curl_slist *list = curl_slist_append(t->headers, line);

	if (!list)
		die_because(ST_MEMORY, "out of memory");
	t->headers = list;
}

/* Add one, unless the user has one of that name. */
static void
add_call_header(struct http_transfer *t, const char *line)
{
	const struct http_settings *set = t->http->settings;
	size_t name = strcspn(line, ":") + 1;

	for (size_t i = 0; i < set->nheaders; i++)
		if (!strncasecmp(set->headers[i], line, name))
			return;
	add_header(t, line);
}

/* Add one of ours, unless the user or the call has one of that name. */
static void
add_own_header(struct http_transfer *t, const char *line)
{
	size_t name = strcspn(line, ":") + 1;

	for (struct curl_slist *l = t->headers; l; l = l->next)
		if (!strncasecmp(l->data, line, name))
			return;
	add_call_header(t, line);
}

static void
add_call_headers(struct http_transfer *t)
{
	struct str rest = str_of(t->call->header);

	while (rest.len) {
		char *line = mem_copy(str_cut(&rest, '\n'));

		add_call_header(t, line);
		free(line);
	}
}

static void
add_headers(struct http_transfer *t)
{
	const struct http_settings *set = t->http->settings;

	add_call_headers(t);
	if (t->call->body.len)
		add_own_header(t, "Content-Type: application/json");
	add_own_header(t, "Expect:");
	add_own_header(t, set->agent);
	if (t->call->server->has_key && set->authorization)
		add_own_header(t, set->authorization);
	for (size_t i = 0; i < set->nheaders; i++)
		if (t->call->server->has_key ||
		    !http_secret_name(str_of(set->headers[i])))
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
		SET(easy, CURLOPT_UNIX_SOCKET_PATH, server->socket);
	if (cacert) {
		SET(easy, CURLOPT_CAINFO, cacert);
		SET(easy, CURLOPT_CAPATH, NULL);
	}
	if (server->is_local || server->private_only)
		SET(easy, CURLOPT_NOPROXY, "*");
	else
		SET(easy, CURLOPT_PROXYHEADER, t->http->proxy_headers);
}

static void
set_body(struct http_transfer *t)
{
	struct str body = t->call->body;

	if (!body.len)
		return;
	SET(t->easy, CURLOPT_POSTFIELDSIZE_LARGE, (curl_off_t)body.len);
	SET(t->easy, CURLOPT_POSTFIELDS, body.data);
}

static bool
has_zone(CURLU *url)
{
	char *zone = NULL;
	bool has = !curl_url_get(url, CURLUPART_ZONEID, &zone, 0);

	curl_free(zone);
	return has;
}

/*
 * Taken apart once, not by each request: 6 % of the processor time of many.
 * What is no URL is left to libcurl, which says so when the call is made; so is
 * one with the zone of an address, which curl_url_dup() forgets (7.88.1).
 */
static void
set_url(struct http_transfer *t)
{
	char *text = mem_format("%s%s", t->call->server->url, t->call->path);

	t->url = curl_url();
	if (!t->url)
		die_because(ST_MEMORY, "out of memory");
	if (curl_url_set(t->url, CURLUPART_URL, text, 0) || has_zone(t->url))
		SET(t->easy, CURLOPT_URL, text);
	else
		SET(t->easy, CURLOPT_CURLU, t->url);
	free(text);
}

static void
set_request(struct http_transfer *t)
{
	const struct http_call *c = t->call;

	set_url(t);
	SET(t->easy, CURLOPT_HTTPHEADER, t->headers);
	set_body(t);
	SET(t->easy, CURLOPT_NOBODY, strcmp(c->method, "HEAD") ? 0L : 1L);
	SET(t->easy, CURLOPT_CUSTOMREQUEST, c->method);
	SET(t->easy, CURLOPT_FRESH_CONNECT, t->needs_connection ? 1L : 0L);
}

static void
set_options(struct http_transfer *t)
{
	const struct http_settings *set = t->http->settings;
	int64_t connect_ms = set->limits.connect_ms;
	CURL *easy = t->easy;

	SET(easy, CURLOPT_PROTOCOLS_STR, "http,https");
	SET(easy, CURLOPT_HTTP_VERSION, CURL_HTTP_VERSION_1_1);
	SET(easy, CURLOPT_SSLVERSION, CURL_SSLVERSION_TLSv1_2);
	SET(easy, CURLOPT_NOSIGNAL, 1L);
	/* A thread that waits for a name server is not waited for. */
	SET(easy, CURLOPT_QUICK_EXIT, 1L);
	SET(easy, CURLOPT_CONNECTTIMEOUT_MS,
	    (long)(connect_ms ? connect_ms : INT32_MAX));
	SET(easy, CURLOPT_WRITEFUNCTION, http_on_body);
	SET(easy, CURLOPT_WRITEDATA, t);
	SET(easy, CURLOPT_HEADERFUNCTION, http_on_header);
	SET(easy, CURLOPT_HEADERDATA, t);
	SET(easy, CURLOPT_SUPPRESS_CONNECT_HEADERS, 1L);
	SET(easy, CURLOPT_OPENSOCKETFUNCTION, http_open_socket);
	SET(easy, CURLOPT_OPENSOCKETDATA, t);
	SET(easy, CURLOPT_ERRORBUFFER, t->error);
	SET(easy, CURLOPT_PRIVATE, t);
	if (set->verbose > 1) {
		SET(easy, CURLOPT_DEBUGFUNCTION, http_transfer_trace);
		SET(easy, CURLOPT_DEBUGDATA, t->http);
		SET(easy, CURLOPT_VERBOSE, 1L);
	}
}

/* A call that differs from others of its kind by the body alone. */
static bool
is_post(const struct http_call *c)
{
	return !strcmp(c->method, "POST") && c->body.len && !c->header &&
	    !c->on_header;
}

void
http_transfer_prepare(struct http_transfer *t)
{
	if (t->easy) {
		set_body(t);
		return;
	}
	t->server = t->call->server;
	t->is_post = is_post(t->call);
	t->path = mem_copy(str_of(t->call->path));
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
	curl_url_cleanup(t->url);
	free(t->path);
	t->easy = NULL;
	t->headers = NULL;
	t->url = NULL;
	t->path = NULL;
}

bool
http_transfer_fits(const struct http_transfer *t, const struct http_call *c)
{
	return c->server == t->server && t->is_post && is_post(c) &&
	    !strcmp(t->path, c->path);
}

long
http_transfer_connections(const struct http_transfer *t)
{
	long made = 0;

	curl_easy_getinfo(t->easy, CURLINFO_NUM_CONNECTS, &made);
	return made;
}

/*
 * A handle that has made a connection may have met a dead one before, and
 * gives up after five of these.
 */
bool
http_transfer_is_plain(const struct http_transfer *t)
{
	return !http_transfer_connections(t) && t->is_post && !t->is_odd &&
	    !t->enough && !t->refused;
}

void
http_transfer_rest(struct http_transfer *t)
{
	*t = (struct http_transfer){ .http = t->http,
		.easy = t->easy,
		.headers = t->headers,
		.url = t->url,
		.path = t->path,
		.server = t->server,
		.is_post = t->is_post };
}
