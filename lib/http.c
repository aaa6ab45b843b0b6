/* http - requests in flight, on one thread. */
#include <time.h>

#include "die.h"
#include "http_transfer.h"
#include "mem.h"
#include "now.h"

struct http *
http_open(const struct http_settings *settings)
{
	struct http *h = mem_new(1, sizeof *h);

	curl_global_init(CURL_GLOBAL_DEFAULT);
	h->settings = settings;
	h->multi = curl_multi_init();
	if (!h->multi)
		die_because(ST_MEMORY, "out of memory");
	http_events_open(&h->events, h->multi);
	h->proxy_headers = curl_slist_append(NULL, settings->agent);
	if (!h->proxy_headers)
		die_because(ST_MEMORY, "out of memory");
	return h;
}

static void
send_request(struct http_transfer *t)
{
	struct http_call *c = t->call;

	buf_clear(&c->reply);
	c->status = 0;
	c->tries++;
	t->again_ms = t->byte_ms = 0;
	t->head_ended = false;
	t->error[0] = 0;
	t->sent_ms = now_ms();
	t->round = t->http->pace.round;
	t->http->pace.in_flight++;
	http_transfer_prepare(t);
	if (curl_multi_add_handle(t->http->multi, t->easy))
		die_because(ST_MEMORY, "out of memory");
}

/* Take it off the wire; it is still to be finished, or sent again. */
static void
stop(struct http_transfer *t)
{
	curl_multi_remove_handle(t->http->multi, t->easy);
	t->http->pace.in_flight--;
}

/* A transfer for a call: one that has gone the same way before, or a new one. */
static struct http_transfer *
take_transfer(struct http *h, struct http_call *c)
{
	struct http_transfer *t = h->spare;

	if (t && http_transfer_fits(t, c))
		h->spare = t->next;
	else
		t = mem_new(1, sizeof *t);
	t->http = h;
	t->call = c;
	return t;
}

/* Those that began first are sent first. */
static void
add_last(struct http *h, struct http_transfer *t)
{
	struct http_transfer **at = &h->first;

	while (*at)
		at = &(*at)->next;
	*at = t;
	t->next = NULL;
}

void
http_start(struct http *h, struct http_call *c)
{
	struct http_transfer *t = take_transfer(h, c);

	add_last(h, t);
	t->started_ms = now_ms();
	c->transfer = t;
	c->tries = 0;
	c->begun = c->too_long = false;
	c->location[0] = 0;
	c->err.status = ST_OK;
	c->err.text[0] = 0;
	if (http_pace_allows(h, t->started_ms))
		send_request(t);
	else
		t->again_ms = t->started_ms;
}

static void
free_transfer(struct http_transfer *t)
{
	struct http_transfer **at = &t->http->first;

	while (*at != t)
		at = &(*at)->next;
	*at = t->next;
	if (!t->again_ms)
		stop(t);
	t->call->transfer = NULL;
	if (t->may_be_reused && t->http->pace.most) {
		http_transfer_rest(t);
		t->next = t->http->spare;
		t->http->spare = t;
		return;
	}
	http_transfer_done(t);
	free(t);
}

static void
finish(struct http_transfer *t, enum http_end end)
{
	struct http_call *c = t->call;

	c->end = end;
	free_transfer(t);
	c->done(c);
}

/* Of a server that has answered before, refusing is likely to pass. */
static bool
is_worth_a_retry(const struct http_transfer *t, enum http_end end)
{
	int status = t->call->status;

	if (end == HTTP_UNREACHABLE)
		return t->http->pace.insists;
	return end == HTTP_REPLY &&
	    (status == 408 || status == 429 || status == 502 || status == 503 ||
		status == 504);
}

/* Milliseconds until the next try: as asked for, or backing off. */
static int64_t
retry_wait_ms(const struct http_call *c)
{
	int64_t ms = 250LL << (c->tries < 8 ? c->tries : 8);
	struct timespec now;

	if (c->wait_s >= 0)
		return c->wait_s * 1000;
	clock_gettime(CLOCK_MONOTONIC, &now);
	return ms / 2 + (now.tv_nsec / 1000) % (ms + 1);
}

/* Did the server close connections just as they were used again? */
static bool
has_died(const struct http_transfer *t, CURLcode code)
{
	return (code == CURLE_SEND_ERROR || code == CURLE_RECV_ERROR ||
		   code == CURLE_GOT_NOTHING) &&
	    !t->call->status && !http_transfer_connections(t);
}

static bool
schedule_retry(struct http_transfer *t, enum http_end end, CURLcode code)
{
	struct http_call *c = t->call;

	t->needs_connection = has_died(t, code);
	if (c->begun || c->once ||
	    !(t->needs_connection || is_worth_a_retry(t, end)))
		return false;
	c->too_long = c->wait_s > HTTP_RETRY_AFTER_MAX_S - t->waited_s;
	if (c->wait_s > 0 && !c->too_long)
		t->waited_s += c->wait_s;
	if (c->too_long || c->tries > t->http->settings->limits.retries)
		return false;
	stop(t);
	t->again_ms = now_ms() + (t->needs_connection ? 0 : retry_wait_ms(c));
	return true;
}

static void
take_result(struct http_transfer *t, CURLcode code)
{
	enum http_end end;

	http_transfer_read_head(t);
	end = http_transfer_judge(t, code);
	http_pace_note(t, end);
	if (schedule_retry(t, end, code)) {
		http_pace_rest(t);
		return;
	}
	t->may_be_reused = end == HTTP_REPLY && code == CURLE_OK &&
	    http_transfer_is_plain(t);
	finish(t, end);
}

/* Which limit this transfer runs into next, and when (0: none). */
static int64_t
next_limit(const struct http_transfer *t, const char **name, int64_t *limit)
{
	const struct http_limits *l = &t->http->settings->limits;
	int64_t at = 0;

	*name = t->byte_ms ? "idle" : "first";
	*limit = t->again_ms ? 0 : t->byte_ms ? l->idle_ms : l->first_ms;
	if (*limit)
		at = (t->byte_ms ? t->byte_ms : t->sent_ms) + *limit;
	if (l->total_ms && (!at || t->started_ms + l->total_ms < at)) {
		*name = NULL;
		*limit = l->total_ms;
		at = t->started_ms + l->total_ms;
	}
	return at;
}

static void
time_out(struct http_transfer *t, const char *name, int64_t limit_ms)
{
	struct err *e = &t->call->err;
	double s = (double)limit_ms / 1000;

	http_transfer_read_head(t);
	if (!name)
		err_set(e, ST_TIMEOUT, "not done within --timeout %gs", s);
	else if (t->byte_ms)
		err_set(
		    e, ST_TIMEOUT, "nothing came for --idle-timeout %gs", s);
	else
		err_set(e, ST_TIMEOUT,
		    "no answer within --first-timeout %gs; a large model may "
		    "need longer to load",
		    s);
	finish(t, HTTP_TIMEOUT);
}

/* When this transfer has to be looked at next; 0: never. */
static int64_t
next_time(const struct http_transfer *t)
{
	const char *name;
	int64_t limit, at = next_limit(t, &name, &limit);
	int64_t send = http_pace_time(t);

	return send && (!at || send < at) ? send : at;
}

/* Milliseconds to wait: at most ms, and no longer than any timer. */
static int
until_next_time(const struct http *h, int ms)
{
	int64_t now = now_ms();

	for (const struct http_transfer *t = h->first; t; t = t->next) {
		int64_t at = next_time(t);

		if (at && at - now < ms)
			ms = at > now ? (int)(at - now) : 0;
	}
	return ms;
}

/*
 * Send again what is due, or end what is late: one at a time, since the list
 * changes with it.  False if there is none.
 */
static bool
tend_timers(struct http *h)
{
	int64_t now = now_ms();

	for (struct http_transfer *t = h->first; t; t = t->next) {
		const char *name;
		int64_t limit, at = next_limit(t, &name, &limit);
		int64_t send = http_pace_time(t);

		if (at && at <= now) {
			time_out(t, name, limit);
			return true;
		}
		if (send && send <= now) {
			/* A handle that met five dead connections gives up. */
			if (t->call->tries)
				http_transfer_done(t);
			send_request(t);
			return true;
		}
	}
	return false;
}

static void
skip_time(int64_t *since, int64_t left_ms, int64_t now)
{
	if (*since)
		*since += now - (*since > left_ms ? *since : left_ms);
}

/* Time that the caller was away is no silence of the server's. */
static void
come_back(struct http *h)
{
	int64_t now = now_ms();

	for (struct http_transfer *t = h->first; t; t = t->next) {
		skip_time(&t->started_ms, h->left_ms, now);
		skip_time(&t->sent_ms, h->left_ms, now);
		skip_time(&t->byte_ms, h->left_ms, now);
	}
}

static void
take_results(struct http *h)
{
	CURLMsg *m;
	int left;

	while ((m = curl_multi_info_read(h->multi, &left))) {
		struct http_transfer *t = NULL;

		curl_easy_getinfo(m->easy_handle, CURLINFO_PRIVATE, &t);
		take_result(t, m->data.result);
	}
}

/*
 * libcurl has its turn before the limits are looked at: bytes that came while
 * our own reader held us up are no silence of the server's.
 */
void
http_wait(struct http *h, int out, int in, int ms)
{
	come_back(h);
	http_events_wait(&h->events, out, in, until_next_time(h, ms));
	take_results(h);
	while (tend_timers(h))
		;
	h->left_ms = now_ms();
}

void
http_cancel(struct http_call *c)
{
	if (c->transfer)
		free_transfer(c->transfer);
}

void
http_close(struct http *h)
{
	struct http_transfer *next;

	for (struct http_transfer *t = h->first; t; t = next) {
		next = t->next;
		free_transfer(t);
	}
	for (struct http_transfer *t = h->spare; t; t = next) {
		next = t->next;
		http_transfer_done(t);
		free(t);
	}
	curl_multi_cleanup(h->multi);
	curl_global_cleanup();
	http_events_close(&h->events);
	curl_slist_free_all(h->proxy_headers);
	free(h);
}
