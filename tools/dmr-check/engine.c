/* dmr-check: what a model runner tells of itself. */
#include "check.h"
#include "span.h"
#include "units.h"

static const char not_told[] = "not told";

void
check_version(struct check *c, struct check_result *r)
{
	struct api_call call = { 0 };
	struct err e = ERR_NONE;
	int got = check_ask(c, &call, "/version", SPAN_OBJECT, &e);
	char *text = NULL;

	if (got > 0)
		text = api_text(
		    span_member(buf_str(&call.http.reply), "version"));
	if (got < 0)
		check_say(r, CHECK_WARN, NULL, "%s", e.text);
	else
		check_say(
		    r, CHECK_OK, NULL, "%s", text && text[0] ? text : not_told);
	free(text);
	api_call_done(&call);
}

/* "Running: llama.cpp b9879", "Installing"; older servers: "running ...". */
static bool
is_there(const char *state)
{
	return strncmp(state + (state[0] != 0), "ot ", 3) != 0;
}

static void
add_engine(
    struct buf *there, struct buf *bad, const char *name, const char *state)
{
	bool is_bad = !strncmp(state, "Error", 5) ||
	    !strncmp(state, "error", 5);
	struct buf *b = is_bad ? bad : there;

	if (is_bad || is_there(state))
		buf_add_format(
		    b, "%s%.80s: %.300s", b->len ? "; " : "", name, state);
}

void
check_engines(struct check *c, struct check_result *r)
{
	struct api_call call = { 0 };
	struct err e = ERR_NONE;
	struct buf there = { 0 }, bad = { 0 };
	struct str name, value;
	size_t at = 0;
	int got = check_ask(c, &call, "/engines/status", SPAN_OBJECT, &e);

	while (got > 0 &&
	    span_next_member(buf_str(&call.http.reply), &at, &name, &value) ==
		1) {
		char *engine = api_text(name), *state = api_text(value);

		add_engine(&there, &bad, engine, state);
		free(engine);
		free(state);
	}
	if (got > 0)
		buf_add(&c->engines, buf_str(&there));
	if (got < 0)
		check_say(r, CHECK_WARN, NULL, "%s", e.text);
	else if (!got)
		check_say(r, CHECK_OK, NULL, "%s", not_told);
	else if (bad.len)
		check_say(r, CHECK_WARN, "dmr-models logs", "%s%s%s", bad.data,
		    there.len ? "; " : "", there.len ? there.data : "");
	else if (!there.len)
		check_say(r, CHECK_WARN, "docker model install-runner",
		    "none is installed; some are with the first request");
	else
		check_say(r, CHECK_OK, NULL, "%s", there.data);
	buf_done(&there);
	buf_done(&bad);
	api_call_done(&call);
}

void
check_disk(struct check *c, struct check_result *r)
{
	struct api_call call = { 0 };
	struct err e = ERR_NONE;
	int64_t models = -1, engine = -1;
	char text[2][UNITS_TEXT_MAX];
	int got = check_ask(c, &call, "/engines/df", SPAN_OBJECT, &e);
	struct str reply = buf_str(&call.http.reply);

	if (got > 0 &&
	    (span_integer(span_member(reply, "models_disk_usage"), &models) ||
		span_integer(
		    span_member(reply, "default_backend_disk_usage"), &engine)))
		got = 0;
	if (got < 0) {
		check_say(r, CHECK_WARN, NULL, "%s", e.text);
	} else if (!got) {
		check_say(r, CHECK_OK, NULL, "%s", not_told);
	} else {
		units_say_size(models, text[0]);
		units_say_size(engine, text[1]);
		check_say(r, CHECK_OK, NULL, "models %s, engine %s", text[0],
		    text[1]);
	}
	api_call_done(&call);
}
