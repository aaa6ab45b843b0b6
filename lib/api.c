/* api - requests to a model runner: to whom, and what came of it. */
#include "api.h"

#include <ctype.h>
#include <inttypes.h>

#include "die.h"
#include "http_pace.h"
#include "mem.h"
#include "span.h"

struct api {
	struct http *http;
	const struct http_settings *settings;
	struct endpoint places[ENDPOINTS_MAX];
	size_t nplaces;
	size_t found;  /* the place that answered, or 0 */
	bool is_found; /* it is a model runner: no other is asked */
	bool is_paced;
	struct buf tried; /* "NAME: why; NAME: why", of this run */
};

struct api *
api_open(const struct endpoint *named, const char *home,
    const struct http_settings *settings)
{
	struct api *api = mem_new(1, sizeof *api);

	api->settings = settings;
	api->tried.max = ERR_TEXT_MAX;
	if (named) {
		api->places[0] = *named;
		api->nplaces = 1;
	} else {
		api->nplaces = endpoint_find(api->places, home);
	}
	api->http = http_open(settings);
	return api;
}

const struct endpoint *
api_place(const struct api *api)
{
	return &api->places[api->found];
}

const char *
api_call_server(const struct api_call *c)
{
	return c->api->places[c->place].name;
}

/* Is there no other place that this call could go to? */
static bool
is_settled(const struct api_call *c)
{
	return c->api->is_found || c->api->places[c->place].is_named;
}

static void on_done(struct http_call *);

static int
pass_bytes(struct http_call *http, struct str piece, struct err *e)
{
	struct api_call *c = http->owner;

	return c->on_bytes(c, piece, e);
}

static void
end_call(struct api_call *c)
{
	c->done = true;
}

/* Send it to place c->place. */
static void
ask(struct api_call *c)
{
	struct endpoint *p = &c->api->places[c->place];
	const char *base = c->side == API_INFERENCE ? p->inference
						    : p->management;

	if (!base) {
		err_set(&c->err, ST_SERVER,
		    "'%s' has no model management: it is the base of an "
		    "inference API",
		    p->name);
		end_call(c);
		return;
	}
	free(c->full_path);
	buf_done(&c->http.reply);
	c->full_path = mem_format("%s%s", base, c->path);
	c->foreign = false;
	c->http = (struct http_call){ .server = &p->server,
		.method = c->method,
		.path = c->full_path,
		.header = c->header,
		.body = c->body,
		.once = c->once,
		.on_bytes = c->on_bytes ? pass_bytes : NULL,
		.done = on_done,
		.owner = c };
	if (c->on_start)
		c->on_start(c);
	if (c->api->settings->verbose)
		warn("%s %s to '%s'", c->method, c->full_path, p->name);
	http_start(c->api->http, &c->http);
}

void
api_start(struct api *api, struct api_call *c)
{
	c->api = api;
	c->place = api->found;
	c->done = false;
	c->err = (struct err)ERR_NONE;
	ask(c);
}

/*
 * Is an error's body one of a model runner's?  A stranger on its port answers
 * unknown paths with a page, or with the words of Go's own router.
 */
static bool
is_runners_error(const struct http_call *http)
{
	struct str body = str_trim(buf_str(&http->reply));

	if (http->status < 400 || str_starts(body, "<"))
		return false;
	if (http->status != 404 && http->status != 405 && http->status != 501)
		return true;
	return str_starts(body, "error while ") ||
	    str_starts(body, "model not found") ||
	    str_is(body, "Model not found") ||
	    str_is(body, "service log not found") ||
	    str_starts(body, "get model ") ||
	    str_is(body, "backend not found") || str_is(body, "not found") ||
	    (span_valid(body) && span_member(body, "error").len);
}

/* Did something answer that is no model runner? */
static bool
is_foreign(const struct api_call *c)
{
	const struct http_call *http = &c->http;

	if (http->end == HTTP_BROKEN)
		return http->err.status == ST_SERVER && !http->begun;
	if (http->end == HTTP_STOPPED)
		return c->foreign;
	if (http->end != HTTP_REPLY)
		return false;
	if (http->status >= 300)
		return !is_runners_error(http);
	return c->foreign ||
	    (!c->on_bytes && http->reply.len &&
		!span_valid(buf_str(&http->reply)));
}

/* Remember why a place was of no use, once for all calls. */
static void
note_try(struct api_call *c, const char *why)
{
	struct buf *b = &c->api->tried;
	char *name = mem_format("'%s': ", c->api->places[c->place].name);
	unsigned char first = (unsigned char)why[0];
	bool is_word = first && !isupper((unsigned char)why[1]);

	if (!b->len || !strstr(b->data, name)) {
		buf_add_text(b, b->len ? "; " : "");
		buf_add_text(b, name);
		buf_add_char(b, is_word ? (char)tolower(first) : (char)first);
		buf_add_text(b, why[0] ? why + 1 : "");
	}
	free(name);
}

static void
fail_to_find(struct api_call *c)
{
	if (is_settled(c))
		err_set(&c->err, c->http.err.status,
		    "cannot connect to %s; try: %s", c->api->tried.data,
		    strstr(c->api->tried.data, "certificate")
			? "--cacert FILE"
			: "docker model status");
	else
		err_set(&c->err, ST_UNREACHABLE,
		    "no model runner answers (%.800s); start one, or name it "
		    "with -H URL",
		    c->api->nplaces ? c->api->tried.data : "nowhere to look");
}

/*
 * Go on to the next place, or the one that another call has found meanwhile;
 * false if there is none.
 */
static bool
ask_next(struct api_call *c)
{
	if (c->api->is_found && c->place != c->api->found) {
		c->place = c->api->found;
		ask(c);
		return true;
	}
	if (is_settled(c) || c->place + 1 >= c->api->nplaces)
		return false;
	c->place++;
	ask(c);
	return true;
}

/* A status that is no success, or an answer that cannot be read. */
static void
name_error(struct api_call *c)
{
	const struct http_call *http = &c->http;
	const char *name = c->api->places[c->place].name;

	if (http->end != HTTP_REPLY)
		c->err = http->err;
	else if (http->location[0] && http->status < 400)
		err_set(&c->err, ST_SERVER,
		    "'%s' answered %d: redirects are not followed, this one "
		    "goes to '%s'",
		    name, http->status, http->location);
	else if (http->status >= 300)
		api_error(&c->err, http->status, buf_str(&http->reply),
		    c->model, name);
	else if (http->status < 200 || is_foreign(c))
		err_set(&c->err, ST_SERVER,
		    "'%s' is no model runner: its answer %d is not JSON", name,
		    http->status);
	if (http->end == HTTP_REPLY && http->status == 404 &&
	    c->side == API_MANAGEMENT && c->err.status != ST_NO_MODEL)
		err_set(&c->err, ST_SERVER,
		    "'%s' has no model management: it answered 404 to %s", name,
		    c->full_path);
	if (http->status == 401 && !http->server->has_key)
		err_add(&c->err,
		    ", with -H: only a server that is named "
		    "gets the key");
	if (http->too_long)
		err_add(
		    &c->err, "; it asks to wait %" PRId64 " s", http->wait_s);
}

/*
 * The reader's verdict, also when the connection broke or fell silent after
 * the answer had begun: what was complete by then is a good answer.
 */
static void
ask_reader(struct api_call *c)
{
	struct http_call *http = &c->http;
	struct err e = ERR_NONE;
	bool is_good = http->end == HTTP_REPLY && http->status >= 200 &&
	    http->status < 300;
	bool broke = http->begun &&
	    (http->end == HTTP_BROKEN || http->end == HTTP_TIMEOUT);

	if (!c->on_end || !(is_good || broke))
		return;
	c->on_end(c, &e);
	if (broke && e.status == ST_INCOMPLETE)
		return;
	if (broke && !e.status && c->api->settings->verbose)
		warn("the answer is whole; then %s", http->err.text);
	http->end = e.status ? HTTP_STOPPED : HTTP_REPLY;
	http->err = e;
}

static void
on_done(struct http_call *http)
{
	struct api_call *c = http->owner;

	ask_reader(c);
	if (http->end == HTTP_UNREACHABLE) {
		note_try(c, http->err.text);
		if (ask_next(c))
			return;
		fail_to_find(c);
	} else if (!is_settled(c) && is_foreign(c)) {
		note_try(c, "what answers is no model runner");
		if (ask_next(c))
			return;
		fail_to_find(c);
	} else {
		c->api->found = c->place;
		c->api->is_found = true;
		name_error(c);
		if (c->api->is_paced && !c->err.status)
			http_insist(c->api->http);
		if (c->api->settings->verbose > 1 && http->status >= 300)
			trace("* ", buf_str(&http->reply));
	}
	end_call(c);
}

void
api_wait(struct api *api, int out, int in, int ms)
{
	http_wait(api->http, out, in, ms);
}

size_t
api_set_pace(struct api *api, size_t most)
{
	api->is_paced = true;
	return http_set_pace(api->http, most);
}

void
api_call_done(struct api_call *c)
{
	http_cancel(&c->http);
	free(c->full_path);
	c->full_path = NULL;
	buf_done(&c->http.reply);
}

void
api_close(struct api *api)
{
	http_close(api->http);
	for (size_t i = 0; i < api->nplaces; i++)
		if (!api->places[i].is_named)
			endpoint_done(&api->places[i]);
	buf_done(&api->tried);
	free(api);
}
