/* ask - what is asked, and of which model. */
#include "ask_request.h"

#include "api_models.h"
#include "ask_parts.h"
#include "file.h"
#include "json.h"
#include "span.h"
#include "tool_model.h"
#include "tool_pull.h"

enum { BUT_MAX = 8 }; /* fields that a tool sets */

int
ask_take_settings(struct settings *set, struct err *e)
{
	if (set->model && api_model_check_name(set->model, e))
		return -1;
	for (size_t i = 0; i < set->stops.n; i++)
		set->stops.items[i] = tool_repaired(
		    set->stops.items[i], "--stop");
	set->sampling.stops = set->stops.items;
	set->sampling.nstops = set->stops.n;
	set->sampling.options = set->options.items;
	set->sampling.noptions = set->options.n;
	return 0;
}

int
ask_check_written(const char *const *names, size_t n, struct err *e)
{
	for (size_t i = 0; i < n; i++)
		for (size_t k = 0; k < i; k++)
			if (names[i] && names[k] &&
			    file_is_same(names[i], names[k]))
				return file_fail(e, ST_USAGE, "write", names[i],
				    "two options name it");
	return 0;
}

int
ask_check_kept(const char *const *names, size_t n, const char *const *read,
    size_t nread, const char *why, struct err *e)
{
	for (size_t i = 0; i < n; i++)
		for (size_t k = 0; k < nread; k++)
			if (names[i] && read[k] &&
			    file_is_same(names[i], read[k]))
				return file_fail(
				    e, ST_USAGE, "write", names[i], why);
	return 0;
}

int
ask_write(struct ask *a, struct api_chat_request *request, const char *model,
    struct err *e)
{
	const struct ask_run *run = a->run;
	const struct settings *set = run->set;

	request->model = model;
	request->completes = run->completes;
	request->sampling = &set->sampling;
	request->fields = buf_str(&a->fields);
	request->with_usage = run->usage || run->json || set->log || set->cache;
	request->stream = !run->no_stream && !set->dry_run &&
	    !tool_has_records(set);
	buf_clear(&a->body);
	return api_chat_write(&a->body, request, e);
}

/* The name of the model that the fields have. */
static int
take_model(struct ask *a, struct err *e)
{
	struct str name = span_member(buf_str(&a->fields), "model");

	if (span_kind(name) != SPAN_STRING)
		return 0;
	a->own_model = api_text(name);
	return api_model_check_name(a->own_model, e);
}

int
ask_take_fields(struct ask *a, const struct record *r, const char *const *but,
    size_t n, struct err *e)
{
	const struct ask_run *run = a->run;
	bool is_named = opts_is_given(&run->set->opts, "model");
	const char *names[BUT_MAX + 1];
	struct json j = { .out = &a->fields };

	if (r->kind == RECORD_BATCH && !record_is_for(r, run->url))
		return err_set(
		    e, ST_USAGE, "the request is not for POST %s", run->url);
	for (size_t i = 0; i < n; i++)
		names[i] = but[i];
	names[n] = "model";
	json_open(&j, '{');
	record_write_fields(r, &j, names, n + is_named);
	json_close(&j, '}');
	return take_model(a, e);
}

void
ask_write_batch(struct buf *out, const struct ask *a, struct str id)
{
	size_t from = out->len;
	struct json j = { .out = out };

	json_open(&j, '{');
	json_name(&j, "custom_id");
	json_raw(&j, id);
	json_member(&j, "method", STR("POST"));
	json_member(&j, "url", str_of(a->run->url));
	json_name(&j, "body");
	json_raw(&j, buf_str(&a->body));
	json_close(&j, '}');
	json_end_line(&j, from);
}

int
ask_dry_run(struct ask *a, struct err *e)
{
	struct ask_run *run = a->run;
	struct buf line = { 0 };
	int got = run->write(a, ask_first_model(run), e);

	if (!got) {
		ask_write_batch(&line, a, STR("\"1\""));
		got = output_text(run->out, buf_str(&line), e);
	}
	buf_done(&line);
	return got;
}

const char *
ask_first_model(const struct ask_run *run)
{
	return run->model ? run->model : ASK_DEFAULT_MODEL;
}

int
ask_find_model(struct ask_run *run, struct err *e)
{
	run->only_model = tool_only_model(
	    run->api, TOOL_SMALL_MODEL, run->out, e);
	return run->only_model ? 0 : -1;
}

int
ask_pull(struct ask_run *run, const char *model, struct err *e)
{
	ask_forget_digests(run);
	return tool_pull(run->api, model, run->out, e);
}
