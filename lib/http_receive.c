/* http - take what libcurl brings. */
#include <strings.h>

#include "http_transfer.h"
#include "now.h"

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

size_t
http_on_body(char *data, size_t size, size_t n, void *owner)
{
	struct http_transfer *t = owner;
	struct http_call *c = t->call;
	struct str piece = { data, size * n };
	bool is_good;
	long status = 0;
	int got;

	t->refused = !c->on_header && !t->byte_ms && is_encoded(t);
	t->byte_ms = now_ms();
	curl_easy_getinfo(t->easy, CURLINFO_RESPONSE_CODE, &status);
	is_good = status >= 200 && status < 300;
	if (t->refused)
		return CURL_WRITEFUNC_ERROR;
	if (!c->on_bytes || !(is_good || c->on_header))
		return keep_body(t, piece, is_good);
	c->begun = true;
	got = c->on_bytes(c, piece, &c->err);
	t->enough = got > 0;
	t->refused = got < 0;
	return got ? CURL_WRITEFUNC_ERROR : piece.len;
}

/* Hand on a line, but not that of the status. */
static void
pass_header(struct http_transfer *t, struct str line, long status)
{
	struct http_call *c = t->call;

	if (!c->on_header || str_starts(line, "HTTP/"))
		return;
	c->status = (int)status;
	c->on_header(c, line);
}

/* Is it a field of that name?  Letters have no case. */
static bool
is_field(struct str line, const char *name)
{
	size_t n = strlen(name);

	return line.len > n && line.data[n] == ':' &&
	    !strncasecmp(line.data, name, n);
}

/*
 * libcurl keeps all of it, and has no limit for what follows the last chunk.
 * Where two fields say how long the body is, nobody knows where the next
 * answer would begin (RFC 9112, 6.3): the connection is not used again.
 */
size_t
http_on_header(char *data, size_t size, size_t n, void *owner)
{
	struct http_transfer *t = owner;
	struct str line = { data, size * n };
	long status = 0;

	if (str_starts(line, "HTTP/"))
		t->nlengths = 0; /* one that is behind an interim answer */
	t->nlengths += is_field(line, "Content-Length") ||
	    is_field(line, "Transfer-Encoding");
	if (t->nlengths > 1 && !str_trim(line).len) {
		curl_easy_setopt(t->easy, CURLOPT_FORBID_REUSE, 1L);
		t->is_odd = true;
	}
	t->header_bytes += size * n;
	if (t->header_bytes > HTTP_HEADER_MAX)
		return 0;
	curl_easy_getinfo(t->easy, CURLINFO_RESPONSE_CODE, &status);
	if (status < 200 || t->head_ended) /* an interim answer, a trailer */
		return size * n;
	line = str_trim(line);
	t->head_ended = !line.len;
	pass_header(t, line, status);
	return size * n;
}
