/* ask - an answer as JSON. */
#include "ask_object.h"

#include "json.h"
#include "span.h"

bool
ask_write_calls(struct buf *out, const struct ask *a)
{
	struct json j = { .out = out };

	json_open(&j, '[');
	for (size_t i = 0; i < a->reader.ncalls; i++) {
		const struct api_tool_call *call = &a->reader.calls[i];

		json_open(&j, '{');
		if (call->id)
			json_member(&j, "id", str_of(call->id));
		json_member(&j, "type", STR("function"));
		json_name(&j, "function");
		json_open(&j, '{');
		json_member(&j, "name", str_of(call->name));
		json_name(&j, "arguments");
		json_string(&j, buf_str(&call->arguments));
		json_close(&j, '}');
		json_close(&j, '}');
	}
	json_close(&j, ']');
	return a->reader.ncalls > 0;
}

/* A member whose value has been written, if there is one. */
static void
add_written(struct json *j, const char *name, struct buf *value, bool is_there)
{
	if (is_there) {
		json_name(j, name);
		json_raw(j, buf_str(value));
	}
	buf_done(value);
}

void
ask_write_message(struct buf *out, const struct ask *a)
{
	struct json j = { .out = out };
	struct buf calls = { 0 };

	json_open(&j, '{');
	json_member(&j, "role", STR("assistant"));
	json_name(&j, "content");
	if (a->said.len || !a->reader.ncalls)
		json_string(&j, buf_str(&a->said));
	else
		json_raw(&j, STR("null"));
	add_written(&j, "tool_calls", &calls, ask_write_calls(&calls, a));
	json_close(&j, '}');
}

bool
ask_write_usage(struct buf *out, const struct ask *a)
{
	const struct api_usage *u = &a->reader.usage;
	struct json j = { .out = out };

	json_open(&j, '{');
	json_count(&j, "prompt_tokens", u->prompt_tokens);
	json_count(&j, "cached_tokens", u->cached_tokens);
	json_count(&j, "completion_tokens", u->completion_tokens);
	json_close(&j, '}');
	return u->prompt_tokens >= 0;
}

/* What a choice says. */
static void
add_choice(struct json *j, const struct ask *a)
{
	struct buf message = { 0 };

	if (a->run->completes) {
		json_name(j, "text");
		json_string(j, buf_str(&a->said));
		return;
	}
	ask_write_message(&message, a);
	add_written(j, "message", &message, true);
}

/* What an answer without a stream would have said. */
static void
write_completion(struct buf *out, const struct ask *a)
{
	struct json j = { .out = out };
	struct buf usage = { 0 };

	json_open(&j, '{');
	json_member(&j, "object",
	    a->run->completes ? STR("text_completion")
			      : STR("chat.completion"));
	json_member(&j, "model", str_of(a->reader.answered_by));
	json_name(&j, "choices");
	json_open(&j, '[');
	json_open(&j, '{');
	json_name(&j, "index");
	json_integer(&j, 0);
	add_choice(&j, a);
	json_member(&j, "finish_reason", str_of(a->reader.finish));
	json_close(&j, '}');
	json_close(&j, ']');
	add_written(&j, "usage", &usage, ask_write_usage(&usage, a));
	json_close(&j, '}');
}

void
ask_write_reply(struct json *j, struct ask *a)
{
	struct buf object = { 0 };

	buf_repair(&a->came, 0, true);
	if (!a->came.full && span_valid(buf_str(&a->came))) {
		json_raw(j, str_trim(buf_str(&a->came)));
		return;
	}
	write_completion(&object, a);
	json_raw(j, buf_str(&object));
	buf_done(&object);
}

/* What it cost to come to the answer. */
static void
add_costs(struct json *j, const struct ask *a)
{
	json_count(j, "first_ms", a->first_ms ? a->first_ms - a->start_ms : -1);
	json_count(j, "total_ms", a->end_ms - a->start_ms);
	json_count(j, "tries", a->tries);
	if (a->is_cached) {
		json_name(j, "cached");
		json_bool(j, true);
	}
}

void
ask_write_object(struct buf *out, const struct ask *a,
    const struct ask_value *value, bool costs)
{
	const struct api_chat *r = &a->reader;
	struct json j = { .out = out };
	struct buf calls = { 0 }, usage = { 0 };

	json_open(&j, '{');
	json_name(&j, "text");
	json_string(&j, buf_str(value->is_calls ? &a->said : &value->text));
	json_member(&j, "reasoning", buf_str(&a->thought));
	add_written(&j, "tool_calls", &calls, ask_write_calls(&calls, a));
	json_member(&j, "finish_reason", str_of(r->finish));
	json_member(&j, "model", str_of(r->answered_by));
	add_written(&j, "usage", &usage, ask_write_usage(&usage, a));
	if (costs)
		add_costs(&j, a);
	json_close(&j, '}');
}
