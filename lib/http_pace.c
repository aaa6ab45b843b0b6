/* http - how many calls may be on their way, and from when on. */
#include "http_pace.h"

#include <sys/resource.h>

#include "http_transfer.h"
#include "now.h"

enum {
	OTHER_FILES = 16, /* that are open, and of no call */
	CALL_FILES = 3,   /* of one that looks a name up */
};

/* No more than there may be files for, if we are allowed as many as we can. */
static size_t
limit_to_files(size_t most)
{
	rlim_t need = CALL_FILES * most + OTHER_FILES;
	struct rlimit files;

	if (getrlimit(RLIMIT_NOFILE, &files) || files.rlim_cur >= need)
		return most;
	files.rlim_cur = files.rlim_max < need ? files.rlim_max : need;
	if (!setrlimit(RLIMIT_NOFILE, &files) && files.rlim_cur >= need)
		return most;
	most = files.rlim_cur < OTHER_FILES
	    ? 0
	    : (files.rlim_cur - OTHER_FILES) / CALL_FILES;
	return most ? most : 1;
}

size_t
http_set_pace(struct http *h, size_t most)
{
	h->pace.most = h->pace.now = limit_to_files(most);
	curl_multi_setopt(
	    h->multi, CURLMOPT_MAXCONNECTS, (long)h->pace.most + 1);
	return h->pace.most;
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
 * As TCP does (RFC 5681, 3.1 and 3.2): what was on its way together is refused
 * together, which counts once; and one more is tried when as many answers have
 * come as are on their way.
 */
void
http_pace_note(struct http_transfer *t, enum http_end end)
{
	struct http_pace *p = &t->http->pace;
	int status = t->call->status;

	if (!p->most || t->round != p->round)
		return;
	if (end == HTTP_REPLY && status >= 200 && status < 300 &&
	    ++p->good >= p->now && p->now < p->most) {
		p->now++;
		p->good = 0;
	}
	if (end == HTTP_UNREACHABLE || status == 429 || status == 503) {
		p->now = (p->now + 1) / 2;
		p->good = 0;
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
