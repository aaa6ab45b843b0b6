/* refuse - what libmicrohttpd cannot say, or not well. */
#include "exchange.h"

#include <netinet/in.h>
#include <netinet/tcp.h>
#include <sys/socket.h>

#include "mem.h"
#include "span.h"

enum {
	FIELD_BYTES = 80,  /* of a request, in memory, besides its text */
	FRAME_BYTES = 512, /* of an answer's head, besides our fields */
};

void
exchange_write_raw(int fd, struct str text)
{
	/* What does not fit is lost, which no client can tell from a cut. */
	ssize_t unused = send(
	    fd, text.data, text.len, MSG_NOSIGNAL | MSG_DONTWAIT);

	(void)unused;
}

void
exchange_cork(int fd, bool is_corked)
{
	int on = is_corked;

	(void)setsockopt(fd, IPPROTO_TCP, TCP_CORK, &on, sizeof on);
}

void
exchange_reset(int fd)
{
	const struct sockaddr nobody = { .sa_family = AF_UNSPEC };
	int on = 1;

	(void)setsockopt(fd, IPPROTO_TCP, TCP_NODELAY, &on, sizeof on);
	if (connect(fd, &nobody, sizeof nobody))
		shutdown(fd, SHUT_RDWR);
}

/* It was not asked for, and has no number yet. */
static void
note_refusal(struct exchange *x, int status)
{
	struct mock_seen *seen = x->x.sources->seen;

	x->is_refused = true;
	x->x.reply.status = status;
	x->x.request.number = ++x->server->nrequests;
	mock_seen_add(seen, &x->x.request);
	mock_seen_answered(seen, x->x.request.number, status, STR(""));
}

/* Answer a request that libmicrohttpd still reads; what follows of it is
 * dropped, and the connection ends. */
static void
refuse(struct exchange *x, int status, const char *name, const char *text)
{
	char *reply = mem_format(
	    "HTTP/1.1 %d %s\r\nConnection: close\r\n"
	    "Content-Type: text/plain; charset=utf-8\r\n"
	    "X-Content-Type-Options: nosniff\r\nContent-Length: %zu\r\n\r\n"
	    "%s\n",
	    status, name, strlen(text) + 1, text);

	note_refusal(x, status);
	exchange_write_raw(x->connection->fd, str_of(reply));
	free(reply);
}

void
exchange_note_refused(struct exchange *x)
{
	const union MHD_ConnectionInfo *info = MHD_get_connection_info(
	    x->mhd, MHD_CONNECTION_INFO_HTTP_STATUS);

	if (!x->has_begun)
		x->x.request = (struct mock_request){ .method = "",
			.target = x->target,
			.path = "",
			.query = "" };
	note_refusal(x, info ? (int)info->http_status : 0);
}

void
exchange_refuse_short(struct exchange *x)
{
	refuse(x, 400, "Bad Request", "the request ended before its end");
}

/*
 * The real one reads so much and no more, answers, and closes.  The client
 * may still be sending: what it sends is read and dropped, or a reset would
 * take the answer away from it.
 */
void
exchange_refuse_large(struct exchange *x)
{
	refuse(x, 400, "Bad Request", "request too large");
	buf_done(&x->body);
	shutdown(x->connection->fd, SHUT_WR);
}

void
exchange_refuse_late(struct exchange *x)
{
	if (x->has_begun && !x->is_refused)
		refuse(x, 408, "Request Timeout", "the request took too long");
}

bool
exchange_is_short(const struct exchange *x)
{
	int64_t length;
	char byte;

	return !span_integer(
		   mock_header(&x->x.request, "Content-Length"), &length) &&
	    x->body.len < (uint64_t)length &&
	    !recv(x->connection->fd, &byte, 1, MSG_PEEK | MSG_DONTWAIT);
}

static size_t
head_bytes(struct str fields, size_t each)
{
	size_t n = fields.len;

	for (size_t i = 0; i < fields.len; i++)
		n += fields.data[i] == '\n' ? each : 0;
	return n;
}

void
exchange_fit_head(struct exchange *x)
{
	struct mock_reply *reply = &x->x.reply;

	if (head_bytes(x->x.request.headers, FIELD_BYTES) +
		head_bytes(buf_str(&reply->headers), 1) + strlen(x->target) +
		FRAME_BYTES <=
	    EXCHANGE_HEADS_MAX)
		return;
	mock_answer_drop(&x->x);
	mock_reply_done(reply);
	mock_reply_error(reply, 500, "the answer's header is too large");
}
