/* dmr-check: where the server is, and its clock. */
#include <stdlib.h>

#include "check.h"
#include "config.h"
#include "now.h"
#include "units.h"

enum { SKEW_MAX_S = 5 };

/* Who named the server; as the settings are read: dmr(7), ENVIRONMENT. */
static const char *
source(const struct settings *set)
{
	enum opt_source from = opts_source(&set->opts, "host");

	if (from == OPT_FROM_ARGV)
		return "--host";
	if (from < OPT_FROM_ENV)
		return config_env("MODEL_RUNNER_HOST") ? "MODEL_RUNNER_HOST"
						       : "the config file";
	return "DMR_HOST";
}

/* Keep what it has told of itself. */
static int
read_list(struct check *c, struct api_call *call, struct err *e)
{
	int64_t now_s = now_unix_ms() / 1000;

	if (api_models_read(&c->models, buf_str(&call->http.reply), e)) {
		api_models_done(&c->models);
		return -1;
	}
	c->date_s = call->http.date_s;
	c->behind_s = now_s - c->date_s;
	return 0;
}

/* Why a place is not the one: "'http://localhost:12434': refused". */
static void
add_reason(struct buf *tried, const struct err *e)
{
	static const char verb[] = "cannot connect to ";
	struct str why = str_of(e->text);

	why.len = str_find(why, STR("; try: "));
	if (str_starts(why, verb))
		why = str_skip(why, strlen(verb));
	buf_add_text(tried, tried->len ? "; " : "");
	buf_add(tried, why);
}

/* Does a server with a list of models answer there?  tried: if not, why. */
static bool
is_there(struct check *c, const struct endpoint *place, struct buf *tried,
    struct err *e)
{
	struct endpoint named = *place;
	struct api_call call = { .method = "GET", .path = "/models" };
	bool is_good;

	named.is_named = true; /* to this one, and on to no other */
	c->api = api_open(&named, NULL, &c->set->http);
	is_good = !tool_call(c->api, &call, c->out, e) &&
	    !read_list(c, &call, e);
	if (!is_good)
		add_reason(tried, e);
	api_call_done(&call);
	if (!is_good) {
		api_close(c->api);
		c->api = NULL;
	}
	return is_good;
}

static void
check_named(struct check *c, struct check_result *r)
{
	const struct endpoint *place = &c->set->named;
	struct buf tried = { 0 };
	struct err e = ERR_NONE;

	if (is_there(c, place, &tried, &e)) {
		check_say(
		    r, CHECK_OK, NULL, "%s (%s)", place->name, source(c->set));
	} else {
		check_say(r, CHECK_FAIL, check_try(&e, "docker model status"),
		    "%.*s (%s)", STR_ARGS(buf_str(&tried)), source(c->set));
	}
	buf_done(&tried);
}

static void
check_found(struct check *c, struct check_result *r)
{
	struct buf tried = { 0 };
	const struct endpoint *place = NULL;

	c->nplaces = endpoint_find(c->places, config_home());
	for (size_t i = 0; !place && i < c->nplaces; i++) {
		struct err e = ERR_NONE;

		if (is_there(c, &c->places[i], &tried, &e))
			place = &c->places[i];
	}
	if (place)
		check_say(r, CHECK_OK, NULL, "%s (found)%s%s", place->name,
		    tried.len ? "; not " : "", tried.len ? tried.data : "");
	else
		check_say(r, CHECK_FAIL,
		    "docker model status; a server elsewhere: dmr-check -H URL",
		    "no model runner answers: %s",
		    tried.len ? tried.data : "nowhere to look");
	buf_done(&tried);
}

void
check_server(struct check *c, struct check_result *r)
{
	if (c->set->named.name)
		check_named(c, r);
	else
		check_found(c, r);
}

void
check_clock(struct check *c, struct check_result *r)
{
	char text[UNITS_TEXT_MAX];
	int64_t apart_s = llabs(c->behind_s);

	if (c->date_s < 0) {
		check_say(r, CHECK_OK, NULL, "not told");
		return;
	}
	units_say_duration(apart_s * 1000, text);
	if (apart_s <= SKEW_MAX_S)
		check_say(r, CHECK_OK, NULL, "the same as here");
	else
		check_say(r, CHECK_WARN, NULL, "the server's is %s %s", text,
		    c->behind_s > 0 ? "behind" : "ahead");
}
