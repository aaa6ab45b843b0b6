/* http - what came of a try. */
#include <errno.h>

#include "http_transfer.h"

static void
copy_text(char *to, size_t size, const char *from)
{
	snprintf(to, size, "%s", from ? from : "");
}

static const char *
header(struct http_transfer *t, const char *name)
{
	struct curl_header *h = NULL;

	curl_easy_header(t->easy, name, 0, CURLH_HEADER, -1, &h);
	return h ? h->value : NULL;
}

void
http_transfer_read_head(struct http_transfer *t)
{
	const char *wait = NULL, *location = NULL, *date = header(t, "Date");
	curl_off_t wait_s = 0, length = -1;
	long status = 0;

	curl_easy_getinfo(t->easy, CURLINFO_RESPONSE_CODE, &status);
	curl_easy_getinfo(t->easy, CURLINFO_RETRY_AFTER, &wait_s);
	if (status < 200 || status >= 300) {
		wait = header(t, "Retry-After");
		location = header(t, "Location");
	}
	curl_easy_getinfo(t->easy, CURLINFO_CONTENT_LENGTH_DOWNLOAD_T, &length);
	t->call->length = length;
	t->call->date_s = date ? curl_getdate(date, NULL) : -1;
	t->call->status = (int)status;
	t->call->wait_s = wait_s > 0 || (wait && !strcmp(wait, "0")) ? wait_s
								     : -1;
	copy_text(t->call->location, sizeof t->call->location, location);
}

static enum http_end
fail_to_connect(struct http_transfer *t, CURLcode code)
{
	long number = 0;

	if (t->no_socket == EMFILE || t->no_socket == ENFILE) {
		err_set(&t->call->err, ST_MEMORY, "no socket can be opened: %s",
		    strerror(t->no_socket));
		return HTTP_BROKEN;
	}
	curl_easy_getinfo(t->easy, CURLINFO_OS_ERRNO, &number);
	if (code == CURLE_COULDNT_RESOLVE_HOST)
		err_set(&t->call->err, ST_UNREACHABLE, "unknown host");
	else if (t->is_public)
		err_set(&t->call->err, ST_UNREACHABLE, "its address is public");
	else if (code == CURLE_COULDNT_CONNECT && number)
		err_set(
		    &t->call->err, ST_UNREACHABLE, "%s", strerror((int)number));
	else
		err_set(&t->call->err, ST_UNREACHABLE, "%s",
		    t->error[0] ? t->error : curl_easy_strerror(code));
	return HTTP_UNREACHABLE;
}

/* Did a proxy refuse to make a tunnel? */
static bool
is_refused_by_proxy(struct http_transfer *t)
{
	long status = 0;

	curl_easy_getinfo(t->easy, CURLINFO_HTTP_CONNECTCODE, &status);
	return status >= 300;
}

/* Plain HTTP where TLS was wanted: OpenSSL's words for it. */
static bool
is_plain_text(const struct http_transfer *t)
{
	return strstr(t->error, "wrong version number") ||
	    strstr(t->error, "http request");
}

/* It may be TLS where plain HTTP was wanted; libcurl does not tell. */
static void
say_no_http(struct http_transfer *t)
{
	const struct http_server *server = t->call->server;
	struct err *e = &t->call->err;

	err_set(e, ST_SERVER, "the answer is not HTTP");
	if (!server->socket && !strncmp(server->url, "http:", 5))
		err_add(e, "; if the server speaks TLS, try: https://");
}

static enum http_end
break_off(struct http_transfer *t, CURLcode code)
{
	struct err *e = &t->call->err;
	const char *why = t->error[0] ? t->error : curl_easy_strerror(code);

	switch (code) {
	case CURLE_OUT_OF_MEMORY: /* a header line of 100 KiB and more */
		err_set(e, ST_SERVER, "the answer's header is too large");
		break;
	case CURLE_GOT_NOTHING:
	case CURLE_PARTIAL_FILE:
	case CURLE_SEND_ERROR:
	case CURLE_RECV_ERROR:
		if (!strncmp(why, "Too large response headers", 26))
			return break_off(t, CURLE_OUT_OF_MEMORY);
		if (strstr(why, " in chunked-encoding"))
			return break_off(t, CURLE_BAD_CONTENT_ENCODING);
		err_set(e, ST_INCOMPLETE, "the connection broke off: %s", why);
		break;
	case CURLE_UNSUPPORTED_PROTOCOL:
	case CURLE_WEIRD_SERVER_REPLY:
		say_no_http(t);
		break;
	case CURLE_SSL_CONNECT_ERROR:
		err_set(e, ST_SERVER,
		    "the answer is not TLS; try: http:// in place of "
		    "https://");
		break;
	default:
		err_set(e, ST_SERVER, "the answer cannot be read: %s", why);
	}
	return HTTP_BROKEN;
}

enum http_end
http_transfer_judge(struct http_transfer *t, CURLcode code)
{
	struct http_call *c = t->call;

	switch (code) {
	case CURLE_OK:
		if (t->head_ended)
			return HTTP_REPLY;
		err_set(&c->err, ST_INCOMPLETE,
		    "the connection broke off inside of the header");
		return HTTP_BROKEN;
	case CURLE_WRITE_ERROR:
		if (t->header_bytes > HTTP_HEADER_MAX)
			return break_off(t, CURLE_OUT_OF_MEMORY);
		if (t->enough)
			return HTTP_REPLY;
		if (t->refused)
			return HTTP_STOPPED;
		if (c->status >= 300)
			return HTTP_REPLY;
		err_set(&c->err, ST_SERVER, "the answer is larger than %d MiB",
		    HTTP_REPLY_MAX >> 20);
		return HTTP_BROKEN;
	case CURLE_OPERATION_TIMEDOUT:
		err_set(&c->err, ST_TIMEOUT,
		    "no connection within --connect-timeout %gs",
		    (double)t->http->settings->limits.connect_ms / 1000);
		return HTTP_UNREACHABLE;
	case CURLE_SSL_CONNECT_ERROR:
		return is_plain_text(t) ? break_off(t, code)
					: fail_to_connect(t, code);
	case CURLE_COULDNT_RESOLVE_PROXY:
	case CURLE_COULDNT_RESOLVE_HOST:
	case CURLE_COULDNT_CONNECT:
	case CURLE_PEER_FAILED_VERIFICATION:
	case CURLE_SSL_CACERT_BADFILE:
	case CURLE_PROXY:
		return fail_to_connect(t, code);
	default:
		return is_refused_by_proxy(t) ? fail_to_connect(t, code)
					      : break_off(t, code);
	}
}
