/* exchange - one request, from its first line to the last byte of its reply. */
#include "exchange.h"

#include "die.h"
#include "mem.h"
#include "now.h"
#include "redact.h"

enum { BLOCK_BYTES = 4 << 10 };

static void on_ready(struct mock_exchange *);

void *
exchange_begin(void *owner, const char *target, struct MHD_Connection *mhd)
{
	struct mock_server *server = owner;
	struct exchange *x = exchange_take(server);
	const union MHD_ConnectionInfo *info = MHD_get_connection_info(
	    mhd, MHD_CONNECTION_INFO_SOCKET_CONTEXT);

	x->server = server;
	x->mhd = mhd;
	x->connection = info->socket_context;
	x->connection->exchange = x;
	x->target = mem_copy(str_of(target));
	x->body.max = MOCK_BODY_MAX;
	x->begun_ms = server->options->verbose ? now_ms() : 0;
	x->x.sources = server->sources;
	x->x.on_ready = on_ready;
	server->nexchanges++;
	return x;
}

static void
break_off(struct exchange *x)
{
	const struct mock_reply *reply = &x->x.reply;

	if (reply->cut == MOCK_CUT_HEAD)
		exchange_write_raw(x->connection->fd, str_of(reply->raw));
	if (reply->is_reset)
		exchange_reset(x->connection->fd);
}

/* ---- waiting */

static void
suspend(struct exchange *x, int64_t ms)
{
	struct mock_server *server = x->server;

	x->is_suspended = true;
	x->wake_ms = ms == MOCK_NEVER ? ms : now_ms() + ms;
	x->previous = NULL;
	x->next = server->suspended;
	if (x->next)
		x->next->previous = x;
	server->suspended = x;
	serve_watch(x, true);
	MHD_suspend_connection(x->mhd);
}

void
exchange_wake(struct exchange *x)
{
	if (!x->is_suspended)
		return;
	x->is_suspended = false;
	if (x->previous)
		x->previous->next = x->next;
	else
		x->server->suspended = x->next;
	if (x->next)
		x->next->previous = x->previous;
	serve_watch(x, false);
	MHD_resume_connection(x->mhd);
}

static void
on_ready(struct mock_exchange *x)
{
	exchange_wake((struct exchange *)(void *)x);
}

/* ---- the reply */

/* How many bytes from pos on may go out now. */
static size_t
sendable(const struct exchange *x, size_t pos, size_t room)
{
	const struct mock_reply *reply = &x->x.reply;
	size_t end = reply->body.len;

	if (x->pause < reply->npauses && reply->pauses[x->pause].at < end)
		end = reply->pauses[x->pause].at;
	if (reply->cut == MOCK_CUT_BODY && reply->cut_at < end)
		end = reply->cut_at;
	if (reply->chunk_max && room > reply->chunk_max)
		room = reply->chunk_max;
	return end - pos < room ? end - pos : room;
}

static ssize_t
read_reply(void *owner, uint64_t at, char *to, size_t room)
{
	struct exchange *x = owner;
	struct mock_reply *reply = &x->x.reply;
	size_t pos = (size_t)at, n;

	if (x->is_gone)
		return MHD_CONTENT_READER_END_WITH_ERROR;
	if (x->pause < reply->npauses && reply->pauses[x->pause].at <= pos) {
		suspend(x, reply->pauses[x->pause++].ms);
		return 0;
	}
	n = sendable(x, pos, room);
	if (n) {
		memcpy(to, reply->body.data + pos, n);
		return (ssize_t)n;
	}
	if (reply->is_open) {
		suspend(x, MOCK_NEVER);
		return 0;
	}
	if (reply->cut != MOCK_CUT_END &&
	    (reply->cut != MOCK_CUT_BODY || reply->cut_at > pos))
		return MHD_CONTENT_READER_END_OF_STREAM;
	break_off(x);
	return MHD_CONTENT_READER_END_WITH_ERROR;
}

/* Can all of it go out at once? */
static bool
is_whole(const struct mock_reply *reply)
{
	return !reply->is_open && !reply->npauses && !reply->cut &&
	    !reply->chunk_max && !reply->head_length;
}

/* What breaks off behind all there is promises a byte more. */
static uint64_t
promised_size(const struct mock_reply *reply)
{
	if (reply->head_length)
		return (uint64_t)reply->head_length;
	if (reply->streams || reply->is_open)
		return MHD_SIZE_UNKNOWN;
	return reply->body.len + (reply->cut == MOCK_CUT_END);
}

static struct MHD_Response *
make_response(struct exchange *x)
{
	struct mock_reply *reply = &x->x.reply;
	struct str rest = buf_str(&reply->headers);
	struct MHD_Response *response = is_whole(reply)
	    ? MHD_create_response_from_buffer(
		  reply->body.len, reply->body.data, MHD_RESPMEM_PERSISTENT)
	    : MHD_create_response_from_callback(
		  promised_size(reply), BLOCK_BYTES, read_reply, x, NULL);

	if (response && is_whole(reply) && reply->streams)
		(void)MHD_add_response_header(
		    response, "Transfer-Encoding", "chunked");
	while (response && rest.len) {
		struct str value = str_cut(&rest, '\n');
		char *name = mem_copy(str_cut(&value, ':'));
		char *text = mem_copy(str_trim(value));

		/* One that cannot be a header is left out. */
		(void)MHD_add_response_header(response, name, text);
		free(name);
		free(text);
	}
	return response;
}

static enum MHD_Result
send_reply(struct exchange *x)
{
	struct mock_reply *reply = &x->x.reply;
	struct MHD_Response *response;
	enum MHD_Result got;

	if (x->is_gone)
		return MHD_NO;
	if (x->x.is_waiting) {
		suspend(x, MOCK_NEVER);
		return MHD_YES;
	}
	if (reply->delay_ms > 0) {
		suspend(x, reply->delay_ms);
		reply->delay_ms = 0;
		return MHD_YES;
	}
	if (reply->cut != MOCK_CUT_HEAD)
		exchange_fit_head(x);
	mock_seen_answered(x->x.sources->seen, x->x.request.number,
	    reply->cut == MOCK_CUT_HEAD ? 0 : reply->status,
	    buf_str(&reply->faults));
	if (reply->cut == MOCK_CUT_HEAD) {
		break_off(x);
		return MHD_NO;
	}
	response = make_response(x);
	if (!response)
		return MHD_NO;
	/* Head, chunks and end are three writes, which may go as one. */
	x->is_corked = reply->streams && is_whole(reply);
	if (x->is_corked)
		exchange_cork(x->connection->fd, true);
	got = MHD_queue_response(x->mhd, (unsigned)reply->status, response);
	MHD_destroy_response(response);
	return got;
}

/* ---- the request */

static enum MHD_Result
add_header(
    void *owner, enum MHD_ValueKind kind, const char *name, const char *value)
{
	struct buf *headers = owner;

	(void)kind;
	buf_add_text(headers, name);
	buf_add(headers, STR(": "));
	buf_add_text(headers, value ? value : "");
	buf_add_char(headers, '\n');
	return MHD_YES;
}

static void
read_head(struct exchange *x, const char *method)
{
	struct mock_request *r = &x->x.request;

	x->has_begun = true;
	MHD_get_connection_values(
	    x->mhd, MHD_HEADER_KIND, add_header, &x->headers);
	mock_request_split(x->target, &x->path, &r->query, &x->x.fault);
	r->method = method;
	r->target = x->target;
	r->path = x->path;
	r->headers = buf_str(&x->headers);
	x->refusal = mock_request_judge(r, x->server->listener, &x->reason);
}

/* More of the body; false: there is no use in reading on. */
static bool
take_body(struct exchange *x, struct str piece)
{
	if (x->is_refused)
		return true;
	buf_add(&x->body, piece);
	if (x->body.full) {
		exchange_refuse_large(x);
	} else if (exchange_is_short(x)) {
		exchange_refuse_short(x);
		return false;
	}
	return true;
}

static void
ask(struct exchange *x)
{
	struct mock_request *r = &x->x.request;

	connection_set_time(x->connection, false);
	x->x.is_asked = true;
	r->number = ++x->server->nrequests;
	r->body = buf_str(&x->body);
	if (x->server->options->verbose > 1) {
		struct buf line = { 0 };

		mock_seen_line(r, &line);
		trace("> ", str_chomp(buf_str(&line)));
		buf_done(&line);
	}
	if (!x->refusal) {
		mock_answer(&x->x);
		return;
	}
	mock_seen_add(x->x.sources->seen, r);
	mock_reply_error(&x->x.reply, x->refusal, "%s", x->reason);
}

/* NOLINTBEGIN(readability-function-size): the parameters are not ours */
enum MHD_Result
exchange_handle(void *server, struct MHD_Connection *mhd, const char *url,
    const char *method, const char *version, const char *data, size_t *size,
    void **exchange)
{
	struct exchange *x = *exchange;

	(void)server;
	(void)mhd;
	(void)url;
	(void)version;
	if (!x->has_begun) {
		read_head(x, method);
		/* Where its body ends is not known then. */
		if (x->refusal != 400)
			return MHD_YES;
	} else if (*size) {
		struct str piece = { data, *size };

		*size = 0;
		return take_body(x, piece) ? MHD_YES : MHD_NO;
	}
	if (x->is_refused)
		return MHD_NO;
	if (!x->x.is_asked)
		ask(x);
	return send_reply(x);
}
/* NOLINTEND(readability-function-size) */

static void
log_line(const struct exchange *x)
{
	const struct mock_request *r = &x->x.request;
	struct mock_secrets secrets = { 0 };
	struct buf line = { 0 };

	mock_secrets_add(&secrets, r->headers);
	buf_add_format(&line, "%zu %s ", r->number, r->method);
	mock_redact_target(&secrets, str_of(x->target), &line);
	buf_add_format(&line, " %d %zu %lld ms", x->x.reply.status,
	    x->x.reply.body.len, (long long)(now_ms() - x->begun_ms));
	trace("", buf_str(&line));
	buf_done(&line);
	mock_secrets_done(&secrets);
}

void
exchange_end(void *owner, struct MHD_Connection *mhd, void **exchange,
    enum MHD_RequestTerminationCode why)
{
	struct mock_server *server = owner;
	struct exchange *x = *exchange;

	(void)mhd;
	if (!x)
		return;
	if (why == MHD_REQUEST_TERMINATED_CLIENT_ABORT && x->has_begun &&
	    !x->x.is_asked && !x->is_refused)
		exchange_refuse_short(x);
	if (why == MHD_REQUEST_TERMINATED_WITH_ERROR && !x->x.is_asked &&
	    !x->is_refused)
		exchange_note_refused(x);
	if (x->is_corked)
		exchange_cork(x->connection->fd, false);
	x->connection->exchange = NULL;
	if (server->options->verbose && x->has_begun)
		log_line(x);
	mock_answer_drop(&x->x);
	connection_set_time(x->connection, true);
	free(x->target);
	free(x->path);
	free(x->x.fault);
	exchange_give_back(x);
	server->nexchanges--;
	*exchange = NULL;
}
