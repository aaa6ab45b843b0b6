/* pull - models on their way to the server, two at a time. */
#include "pull.h"

#include <inttypes.h>
#include <strings.h>

#include "api_models.h"
#include "now.h"

static void
on_start(struct api_call *call)
{
	struct pull *p = call->owner;

	api_pull_done(&p->got);
	p->got = (struct api_pull){ .model = p->model };
	p->begun = false;
}

static int
on_bytes(struct api_call *call, struct str piece, struct err *e)
{
	struct pull *p = call->owner;
	int got;

	if (!p->begun && !str_starts(piece, "{"))
		call->foreign = true;
	p->begun = true;
	got = api_pull_feed(&p->got, piece, e);
	progress_add(&p->progress, p->got.done, p->got.total, now_ms());
	return got;
}

static int
on_end(struct api_call *call, struct err *e)
{
	struct pull *p = call->owner;

	return api_pull_end(&p->got, e);
}

static void
start(struct api *api, struct pull *p)
{
	if (!p->body.len)
		api_pull_write(&p->body, p->model, p->token);
	if (!p->tries++)
		p->started_ms = now_ms();
	p->progress = (struct progress){ 0 };
	p->state = PULL_RUNS;
	p->call = (struct api_call){ .method = "POST",
		.side = API_MANAGEMENT,
		.path = API_PULL_PATH,
		.header = API_PULL_HEADER,
		.body = buf_str(&p->body),
		.once = true,
		.model = p->model,
		.on_start = on_start,
		.on_bytes = on_bytes,
		.on_end = on_end,
		.owner = p };
	api_start(api, &p->call);
}

/* What the network did, and not the server's own word. */
static bool
may_go_on(const struct pull *p)
{
	int status = p->call.http.status;

	if (p->call.http.end == HTTP_UNREACHABLE)
		return p->tries > 1;
	return p->err.status == ST_INCOMPLETE ||
	    (p->err.status == ST_SERVER && status >= 502 && status <= 504);
}

/* A refusal that came before the first line: what its status means. */
static void
name_refusal(struct pull *p)
{
	const struct http_call *http = &p->call.http;
	struct str body = str_trim(buf_str(&http->reply));

	if (http->end != HTTP_REPLY || http->status < 400)
		return;
	if (str_is(body, "Unauthorized") || p->err.status == ST_NO_MODEL ||
	    (http->status == 500 && body.len))
		api_pull_fail(&p->err, p->model, str_cut(&body, '\n'));
}

/* One that another may have spoiled has one more try. */
static void
close_pull(struct pull *p)
{
	bool again = p->err.status == ST_SERVER && p->in_company && !p->alone;

	p->alone |= again;
	p->in_company = false;
	p->state = again ? PULL_WAITS : PULL_ENDED;
}

static void
end(struct pull *p)
{
	int64_t wait_s = INT64_C(1) << (p->tries < 4 ? p->tries - 1 : 3);
	int64_t asked_s = p->call.http.wait_s;
	bool too_long = asked_s > HTTP_RETRY_AFTER_MAX_S;

	p->err = p->call.err;
	name_refusal(p);
	if (may_go_on(p) && p->tries <= p->retries && !too_long) {
		p->state = PULL_PAUSES;
		p->again_ms = now_ms() +
		    1000 * (asked_s > wait_s ? asked_s : wait_s);
	} else if (!p->err.status && p->in_company) {
		p->state = PULL_CHECKS;
	} else {
		if (p->err.status && too_long)
			err_add(&p->err, "; it asks to wait %" PRId64 " s",
			    asked_s);
		close_pull(p);
	}
	api_call_done(&p->call);
}

/* Look for it. */
static void
check(struct api *api, struct pull *p)
{
	p->path = api_model_path(p->model, &p->err);
	if (!p->path) {
		p->state = PULL_ENDED;
		return;
	}
	p->call = (struct api_call){ .method = "GET",
		.side = API_MANAGEMENT,
		.path = p->path,
		.model = p->model };
	api_start(api, &p->call);
}

static void
end_check(struct pull *p)
{
	if (p->call.err.status == ST_NO_MODEL)
		err_set(&p->err, ST_SERVER,
		    "the server says that it has pulled '%s', and does not "
		    "have it",
		    p->model);
	api_call_done(&p->call);
	free(p->path);
	p->path = NULL;
	close_pull(p);
}

/* The last part of a name, without the tag. */
static struct str
base_name(const char *model)
{
	struct str rest = str_of(model), name;

	do
		name = str_cut(&rest, '/');
	while (rest.data);
	name = str_cut(&name, '@');
	return str_cut(&name, ':');
}

static bool
is_running(const struct pull *p)
{
	return p->state == PULL_RUNS || p->state == PULL_PAUSES;
}

static bool
is_busy(const struct pull *p)
{
	return is_running(p) || p->state == PULL_CHECKS;
}

/* One that is busy, and with which this one cannot be. */
static const struct pull *
find_other(const struct pull *all, size_t n, const struct pull *p)
{
	struct str name = base_name(p->model);

	for (size_t i = 0; i < n; i++) {
		struct str other = base_name(all[i].model);

		if (is_busy(&all[i]) &&
		    (p->alone || all[i].alone ||
			(name.len == other.len &&
			    !strncasecmp(name.data, other.data, name.len))))
			return &all[i];
	}
	return NULL;
}

static void
move_on(struct api *api, struct pull *p)
{
	if (p->state == PULL_RUNS && p->call.done)
		end(p);
	if (p->state == PULL_PAUSES && p->again_ms <= now_ms())
		start(api, p);
	if (p->state == PULL_CHECKS && p->path && p->call.done)
		end_check(p);
}

/* Start what waits, while there is room. */
static void
start_more(struct api *api, struct pull *all, size_t n, size_t nbusy)
{
	for (size_t i = 0; i < n; i++) {
		struct pull *p = &all[i];

		if (p->state != PULL_WAITS)
			continue;
		p->after = find_other(all, n, p);
		if (nbusy == PULL_AT_ONCE || p->after)
			continue;
		p->in_company = nbusy++ > 0;
		for (size_t k = 0; k < n; k++)
			all[k].in_company |= p->in_company && is_busy(&all[k]);
		start(api, p);
	}
}

bool
pull_move(struct api *api, struct pull *all, size_t n)
{
	size_t nrunning = 0, nbusy = 0, nleft = 0;

	for (size_t i = 0; i < n; i++) {
		move_on(api, &all[i]);
		nrunning += is_running(&all[i]);
	}
	for (size_t i = 0; i < n; i++) {
		if (all[i].state == PULL_CHECKS && !all[i].path && !nrunning)
			check(api, &all[i]);
		nbusy += is_busy(&all[i]);
	}
	start_more(api, all, n, nbusy);
	for (size_t i = 0; i < n; i++)
		nleft += all[i].state != PULL_ENDED;
	return nleft > 0;
}

void
pull_done(struct pull *p)
{
	if (p->state == PULL_RUNS || p->path)
		api_call_done(&p->call);
	free(p->path);
	api_pull_done(&p->got);
	buf_done(&p->body);
}
