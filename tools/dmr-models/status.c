/* dmr-models: the server itself: status, df, logs. */
#include "mem.h"
#include "say.h"

/* The engines and what is said of them: a member for each. */
static void
add_engines(struct models_facts *f, struct str engines)
{
	struct str name, value;
	size_t at = 0;

	if (f->is_json) {
		json_name(&f->json, "engines");
		json_open(&f->json, '{');
	}
	while (span_next_member(engines, &at, &name, &value) == 1) {
		char *engine = api_text(name), *state = api_text(value);
		char *key = mem_format(
		    "%s%s", f->is_json ? "" : "engine ", engine);

		models_fact(f, key, state);
		free(key);
		free(engine);
		free(state);
	}
	if (f->is_json)
		json_close(&f->json, '}');
}

static int
print_status(
    struct models *m, struct str version, struct str engines, struct err *e)
{
	char *text = api_text(version);
	struct buf out = { 0 };
	struct models_facts f;
	int got;

	models_facts_open(&f, m->want->json, &out);
	models_fact(&f, "host", api_place(m->api)->name);
	models_fact(&f, "version", text);
	add_engines(&f, engines);
	models_facts_close(&f);
	got = models_print(m, &out, e);
	buf_done(&out);
	free(text);
	return got;
}

/* An object, and all that is said of an engine is a text? */
static bool
are_engines(struct str object)
{
	struct str name, value;
	size_t at = 0;
	bool are = span_kind(object) == SPAN_OBJECT && span_valid(object);

	while (are && span_next_member(object, &at, &name, &value) == 1)
		are = span_kind(value) == SPAN_STRING;
	return are;
}

int
models_status(struct models *m, struct err *e)
{
	struct api_call ask_version = { .method = "GET",
		.side = API_MANAGEMENT };
	struct api_call ask_engines = { .method = "GET",
		.side = API_MANAGEMENT };
	struct str engines, version;
	int got = models_call(m, &ask_version, mem_copy(STR("/version")), e);

	if (!got)
		got = models_call(
		    m, &ask_engines, mem_copy(STR("/engines/status")), e);
	engines = str_trim(buf_str(&ask_engines.http.reply));
	version = span_member(buf_str(&ask_version.http.reply), "version");
	if (!got &&
	    (!are_engines(engines) || span_kind(version) != SPAN_STRING))
		got = err_set(e, ST_SERVER,
		    "'%s' has no model management: its engines cannot be read",
		    api_place(m->api)->name);
	if (!got)
		got = print_status(m, version, engines, e);
	api_call_done(&ask_version);
	api_call_done(&ask_engines);
	return got;
}

int
models_df(struct models *m, struct err *e)
{
	static const char *const names[] = { "models_disk_usage",
		"default_backend_disk_usage" };
	struct api_call call = { .method = "GET", .side = API_MANAGEMENT };
	struct str v[countof(names)];
	int64_t models = 0, engine = 0;
	struct buf out = { 0 };
	struct models_facts f;
	int got = models_ask(
	    m, &call, mem_copy(STR("/engines/df")), SPAN_OBJECT, e);

	if (!got) {
		span_members(
		    buf_str(&call.http.reply), names, countof(names), v);
		if (span_integer(v[0], &models) || span_integer(v[1], &engine))
			got = err_set(e, ST_SERVER,
			    "'%s' does not say what the disk holds",
			    api_place(m->api)->name);
	}
	if (!got) {
		models_facts_open(&f, m->want->json, &out);
		models_fact_bytes(&f, "models", models);
		models_fact_bytes(&f, "engine", engine);
		models_facts_close(&f);
		got = models_print(m, &out, e);
	}
	buf_done(&out);
	api_call_done(&call);
	return got;
}

/* --- logs --- */

static int
print_piece(struct api_call *call, struct str piece, struct err *e)
{
	struct models *m = call->owner;

	call->foreign = !m->out->last && str_starts(piece, "<");
	if (call->foreign)
		return err_set(e, ST_SERVER, "'%s' answered a page, and no log",
		    api_call_server(call));
	return output_text(m->out, piece, e);
}

int
models_logs(struct models *m, struct err *e)
{
	struct api_call call = { .method = "GET",
		.side = API_MANAGEMENT,
		.on_bytes = print_piece,
		.owner = m };
	const char *path = m->want->follow ? "/logs?follow=true" : "/logs";
	bool is_set = opts_source(&m->set->opts, "idle-timeout") != OPT_UNSET;
	int got;

	if (m->want->follow && !is_set) /* nothing to say is no fault */
		m->set->http.limits.idle_ms = m->set->http.limits.first_ms = 0;
	got = models_call(m, &call, mem_copy(str_of(path)), e);
	if (got && call.http.status == 404 &&
	    str_starts(buf_str(&call.http.reply), "service log"))
		err_set(
		    e, ST_SERVER, "'%s' keeps no log", api_place(m->api)->name);
	api_call_done(&call);
	return got;
}
