/* upstream - a real runner is asked, and what it says is passed on. */
#include "config.h"
#include "mem.h"
#include "message.h"
#include "mock.h"
#include "now.h"
#include "upstream.h"

enum {
	NAMED_CONNECT_MS = 5000,
	FOUND_CONNECT_MS = 1000,
	SLOW_MS = 200, /* a place that nobody named is not asked twice then */
};

struct mock_upstream {
	struct http_settings settings;
	struct http *http;
	struct endpoint places[ENDPOINTS_MAX];
	bool is_dead[ENDPOINTS_MAX];
	size_t nplaces;
	struct question *first;
};

/* A request on its way. */
struct question {
	struct mock_upstream *upstream;
	struct question *next;
	struct mock_reply *reply;
	void (*on_more)(void *owner);
	void *owner;

	struct mock_request *request;

	/* The answer. */
	struct http_call call;
	char *target, *lines; /* what call borrows */
	size_t place;
	int64_t asked_ms, last_ms, length;
	struct buf head;
	bool has_length, is_foreign, is_over;
	struct mock_times times;
};

/* ---- the end */

static void
free_question(struct question *q)
{
	struct question **at = &q->upstream->first;

	while (*at != q)
		at = &(*at)->next;
	*at = q->next;
	http_cancel(&q->call);
	buf_done(&q->call.reply);
	free(q->request);
	free(q->target);
	free(q->lines);
	free(q->times.pauses);
	buf_done(&q->head);
	free(q);
}

static void
finish(struct question *q)
{
	struct mock_reply *reply = q->reply;

	reply->is_open = false;
	reply->times = &q->times;
	q->on_more(q->owner);
	free_question(q);
}

/* ---- the answer */

/* Is it, from an address that nobody named, no model runner's? */
static bool
is_foreign(const struct question *q)
{
	const struct endpoint *p = &q->upstream->places[q->place];
	const struct mock_request head = { .headers = buf_str(&q->head) };

	return !p->is_named &&
	    (q->call.status / 100 == 3 ||
		str_starts(mock_header(&head, "Content-Type"), "text/html"));
}

static void
end_head(struct question *q)
{
	struct mock_reply *reply = q->reply;

	q->is_foreign = is_foreign(q);
	if (q->is_foreign)
		return;
	reply->status = q->call.status;
	reply->streams = !q->has_length && reply->status != 204 &&
	    reply->status != 304;
	if (!strcmp(q->request->method, "HEAD") && q->length > 0)
		reply->head_length = q->length;
	buf_add(&reply->headers, buf_str(&q->head));
	q->last_ms = now_ms();
	q->times.delay_ms = q->last_ms - q->asked_ms;
	q->on_more(q->owner);
}

static void
on_header(struct http_call *call, struct str line)
{
	struct question *q = call->owner;
	struct str rest = line, name, value;

	if (!line.len) {
		end_head(q);
	} else if (mock_header_next(&rest, &name, &value)) {
		if (mock_header_is(name, "Content-Length"))
			q->has_length = !span_integer(value, &q->length);
		if (mock_header_is_framing(name) ||
		    !mock_header_is_good(name, value))
			return;
		buf_add(&q->head, line);
		buf_add_char(&q->head, '\n');
	}
}

/* Note where a piece begins, and how long after the one before it came. */
static void
note_piece(struct question *q)
{
	struct mock_times *t = &q->times;
	int64_t now = now_ms(), ms = now - q->last_ms;
	size_t at = q->reply->body.len;

	q->last_ms = now;
	if (!ms && (!q->reply->streams || !at))
		return;
	t->pauses = mem_grow(
	    t->pauses, &t->capacity, t->npauses + 1, sizeof *t->pauses);
	t->pauses[t->npauses++] = (struct mock_pause){ .at = at, .ms = ms };
}

static int
on_bytes(struct http_call *call, struct str piece, struct err *e)
{
	struct question *q = call->owner;

	if (q->is_foreign)
		return 1;
	note_piece(q);
	if (buf_add(&q->reply->body, piece))
		return err_set(e, ST_SERVER, "the answer is too large");
	q->on_more(q->owner);
	return 0;
}

static void on_done(struct http_call *);

/* False if the place has no such path. */
static bool
ask_place(struct question *q)
{
	struct mock_upstream *u = q->upstream;
	struct endpoint *p = &u->places[q->place];

	free(q->target);
	free(q->lines);
	buf_clear(&q->head);
	q->lines = NULL;
	q->length = 0;
	q->has_length = q->is_foreign = false;
	q->target = upstream_target(p, q->request->path, q->request->query);
	if (!q->target)
		return false;
	q->lines = upstream_headers(p, q->request->headers);
	q->asked_ms = now_ms();
	q->call = (struct http_call){ .server = &p->server,
		.method = q->request->method,
		.path = q->target,
		.header = q->lines,
		.body = q->request->body,
		.on_header = on_header,
		.on_bytes = on_bytes,
		.done = on_done,
		.owner = q };
	http_start(u->http, &q->call);
	return true;
}

/* Ask the first place that has such a path, from one on; false: none. */
static bool
ask_from(struct question *q, size_t place)
{
	struct mock_upstream *u = q->upstream;

	for (q->place = place; q->place < u->nplaces; q->place++)
		if (!u->is_dead[q->place] && ask_place(q))
			return true;
	return false;
}

static bool
ask_next(struct question *q)
{
	struct mock_upstream *u = q->upstream;

	u->is_dead[q->place] = !u->places[q->place].is_named &&
	    now_ms() - q->asked_ms > SLOW_MS;
	return ask_from(q, q->place + 1);
}

static void
on_done(struct http_call *call)
{
	struct question *q = call->owner;
	struct mock_reply *reply = q->reply;
	const struct endpoint *p = &q->upstream->places[q->place];
	bool is_nobody = call->end == HTTP_UNREACHABLE || q->is_foreign ||
	    (!p->is_named && !reply->status);

	if (is_nobody && ask_next(q))
		return;
	if (!is_nobody && !reply->status)
		mock_reply_error(
		    reply, 502, "upstream '%s': %s", p->name, call->err.text);
	else if (call->end != HTTP_REPLY && reply->status)
		reply->cut = MOCK_CUT_END;
	finish(q);
}

/* ---- asking */

void
mock_upstream_ask(struct mock_upstream *u, const struct mock_request *request,
    struct mock_reply *reply, void (*on_more)(void *owner), void *owner)
{
	struct str seen = mock_header(request, "Via");
	struct question *q = mem_new(1, sizeof *q);

	*q = (struct question){ .upstream = u,
		.next = u->first,
		.reply = reply,
		.on_more = on_more,
		.owner = owner,
		.request = mock_request_copy(request) };
	u->first = q;
	reply->is_open = true;
	q->is_over = str_find(seen, STR(UPSTREAM_VIA)) < seen.len ||
	    !ask_from(q, 0);
}

/* Clients of a stream leave at its last event, before the body's end. */
static bool
is_told_whole(const struct question *q)
{
	return str_ends(buf_str(&q->reply->body), "data: [DONE]\n\n");
}

void
mock_upstream_cancel(struct mock_upstream *u, struct mock_reply *reply)
{
	struct question *q = u->first;

	while (q && q->reply != reply)
		q = q->next;
	if (q && is_told_whole(q))
		finish(q);
	else if (q)
		free_question(q);
}

/* End what nobody could be asked; the list may change with it. */
static bool
finish_one(struct mock_upstream *u)
{
	for (struct question *q = u->first; q; q = q->next) {
		if (q->is_over) {
			finish(q);
			return true;
		}
	}
	return false;
}

void
mock_upstream_wait(struct mock_upstream *u, int fd, int ms)
{
	while (finish_one(u))
		ms = 0;
	http_wait(u->http, -1, fd, ms);
}

/* ---- open and close */

/* As all tools do: what the environment names, or what is found. */
static int
find_places(struct mock_upstream *u, struct err *e)
{
	const char *host = config_env("DMR_HOST");
	const char *runner = config_env("MODEL_RUNNER_HOST");

	u->nplaces = 1;
	if (host)
		return endpoint_parse(&u->places[0], host, false, e);
	if (runner)
		return endpoint_parse(&u->places[0], runner, true, e);
	u->nplaces = endpoint_find(u->places, config_home());
	return 0;
}

struct mock_upstream *
mock_upstream_open(const char *where, struct err *e)
{
	struct mock_upstream *u = mem_new(1, sizeof *u);
	bool is_auto = !strcmp(where, "auto");
	int got;

	u->nplaces = 1;
	got = is_auto ? find_places(u, e)
		      : endpoint_parse(&u->places[0], where, false, e);
	if (got) {
		err_prefix(e, "--upstream");
		free(u);
		return NULL;
	}
	u->settings.agent = "User-Agent: dmr-mock/" VERSION;
	u->settings.limits.connect_ms = u->places[0].is_named
	    ? NAMED_CONNECT_MS
	    : FOUND_CONNECT_MS;
	u->http = http_open(&u->settings);
	return u;
}

void
mock_upstream_close(struct mock_upstream *u)
{
	for (struct question *q = u->first, *next; q; q = next) {
		next = q->next;
		free_question(q);
	}
	http_close(u->http);
	for (size_t i = 0; i < u->nplaces; i++)
		endpoint_done(&u->places[i]);
	free(u);
}
