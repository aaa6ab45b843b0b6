/* dmr-models: show, all that is known of a model. */
#include "api_pull.h"
#include "filter.h"
#include "mem.h"
#include "say.h"
#include "units.h"

/* One member, named by the way to it; objects and arrays piece by piece. */
static void
add_value(struct models_facts *f, const char *key, struct str value, int depth)
{
	enum { DEPTH_MAX = 8 };
	struct str name, inner;
	size_t at = 0;
	char *text;

	if (f->json.out->full)
		return;
	if (span_kind(value) == SPAN_OBJECT && depth < DEPTH_MAX) {
		while (span_next_member(value, &at, &name, &inner) == 1) {
			char *last = api_text(name);
			char *way = mem_format(
			    "%s%s%s", key, key[0] ? " " : "", last);

			add_value(f, way, inner, depth + 1);
			free(way);
			free(last);
		}
		return;
	}
	if (span_kind(value) == SPAN_ARRAY && depth < DEPTH_MAX) {
		while (span_next(value, &at, &inner) == 1)
			add_value(f, key, inner, depth + 1);
		return;
	}
	text = span_kind(value) == SPAN_STRING ? api_text(value)
					       : mem_copy(value);
	models_fact(f, key, text);
	free(text);
}

/* The members of the configuration stand beside those of the model. */
static void
add_model(struct models_facts *f, struct str model)
{
	struct str name, value;
	size_t at = 0;
	int64_t created;

	while (span_next_member(model, &at, &name, &value) == 1) {
		char *key = api_text(name), time[UNITS_TEXT_MAX];

		if (!strcmp(key, "created") && !span_integer(value, &created)) {
			units_say_time(created, time);
			models_fact(f, key, time);
		} else if (!strcmp(key, "config")) {
			add_value(f, "", value, 0);
		} else {
			add_value(
			    f, !strcmp(key, "tags") ? "tag" : key, value, 0);
		}
		free(key);
	}
}

/* In the form that was asked for. */
static int
print(struct models *m, struct str model, struct err *e)
{
	struct buf out = { 0 };
	struct models_facts f;
	int got = 0;

	if (m->filter) {
		got = filter_print(m->filter, model, &out, e);
	} else if (m->want->json) {
		struct json j = { .out = &out };

		json_raw(&j, model);
		json_end_line(&j, 0);
	} else {
		if (m->n > 1 && m->out->last)
			buf_add_char(&out, '\n');
		models_facts_open(&f, false, &out);
		add_model(&f, model);
		models_facts_close(&f);
	}
	if (!got)
		got = models_print(m, &out, e);
	buf_done(&out);
	return got;
}

static char *
make_path(struct models *m, const char *name, struct err *e)
{
	char *path = api_model_path(name, e), *whole;

	if (!path || !m->want->remote)
		return path;
	whole = mem_format("%s?remote=true", path);
	free(path);
	return whole;
}

/* What else has an id tells that it is something else. */
static bool
is_model(struct str reply)
{
	struct str object = span_member(reply, "object");

	return span_kind(span_member(reply, "id")) == SPAN_STRING &&
	    (!object.len || str_is(object, "\"model\""));
}

static int
show(struct models *m, const char *name, struct err *e)
{
	struct api_call call = {
		.method = "GET", .side = API_MANAGEMENT, .model = name
	};
	struct str reply;
	int got = models_ask(m, &call, make_path(m, name, e), SPAN_OBJECT, e);

	reply = str_trim(buf_str(&call.http.reply));
	if (!got && !is_model(reply))
		got = err_set(e, ST_SERVER,
		    "'%s' does not say which model '%s' is",
		    api_place(m->api)->name, name);
	else if (!got)
		got = print(m, reply, e);
	else if (m->want->remote &&
	    (e->status == ST_NO_MODEL || call.http.status == 500))
		api_pull_fail(e, name, str_cut(&reply, '\n'));
	api_call_done(&call);
	return got;
}

int
models_show(struct models *m, struct err *e)
{
	int got;

	if (m->want->filter) {
		m->filter = filter_open(m->want->filter, "--jq", e);
		if (!m->filter)
			return -1;
	}
	got = models_each(m, show, e);
	filter_close(m->filter);
	return got;
}
