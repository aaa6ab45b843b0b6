/* http - how many calls may be on their way, and from when on. */
#include "http_pace.h"

#include "http_transfer.h"
#include "now.h"

void
http_set_pace(struct http *h, int most)
{
	h->pace.most = h->pace.now = (size_t)most;
	curl_multi_setopt(h->multi, CURLMOPT_MAXCONNECTS, (long)most + 1);
}

void
http_insist(struct http *h)
{
	h->pace.insists = true;
}

bool
http_pace_allows(const struct http *h, int64_t now)
{
	return !h->pace.most ||
	    (h->pace.in_flight < h->pace.now && h->pace.rest_ms <= now);
}

int64_t
http_pace_time(const struct http_transfer *t)
{
	const struct http_pace *p = &t->http->pace;

	if (!t->again_ms || (p->most && p->in_flight >= p->now))
		return 0;
	return t->again_ms > p->rest_ms ? t->again_ms : p->rest_ms;
}

/*
 * What was on its way together is refused together: that counts once, as a
 * loss of several packets does in TCP (RFC 5681, 3.2).  What of it succeeds says
 * nothing of the new pace.
 */
void
http_pace_note(struct http_transfer *t, enum http_end end)
{
	struct http_pace *p = &t->http->pace;
	int status = t->call->status;

	if (!p->most || t->round != p->round)
		return;
	if (end == HTTP_REPLY && status >= 200 && status < 300 &&
	    p->now < p->most)
		p->now++;
	if (end == HTTP_UNREACHABLE || status == 429 || status == 503) {
		p->now = (p->now + 1) / 2;
		p->round++;
	}
}

void
http_pace_rest(struct http_transfer *t)
{
	struct http_pace *p = &t->http->pace;

	if (p->most && t->call->wait_s > 0 && t->again_ms > p->rest_ms)
		p->rest_ms = t->again_ms;
}
