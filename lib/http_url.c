/* http_url - http and https URLs, taken apart by libcurl. */
#include <curl/curl.h>

#include "http_url.h"
#include "mem.h"

/* A part as a string of our own; NULL if the URL has none. */
static char *
part(CURLU *u, CURLUPart which)
{
	char *theirs = NULL, *ours;

	if (curl_url_get(u, which, &theirs, 0) || !theirs)
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

static bool
is_loopback(const char *host)
{
	return !strcmp(host, "localhost") || !strcmp(host, "[::1]") ||
	    (!strncmp(host, "127.", 4) &&
		strspn(host, "0123456789.") == strlen(host));
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

/* Set the parts; the URL is one that can be used. */
static void
fill(struct http_url *url, CURLU *u, const char *scheme, const char *port)
{
	char *host = part(u, CURLUPART_HOST);
	char *path = part(u, CURLUPART_PATH);

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
	CURLUcode code = curl_url_set(u, CURLUPART_URL, text, 0);
	char *scheme = code ? NULL : part(u, CURLUPART_SCHEME);
	char *port = code ? NULL : part(u, CURLUPART_PORT);
	const char *why = scheme ? objection(u, scheme, port)
				 : curl_url_strerror(code);

	*url = (struct http_url){ 0 };
	if (scheme && !why)
		fill(url, u, scheme, port);
	free(scheme);
	free(port);
	curl_url_cleanup(u);
	return why ? err_set(e, ST_USAGE, "%s", why) : 0;
}
