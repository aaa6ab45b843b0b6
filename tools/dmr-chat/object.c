/* dmr-chat: an answer as JSON. */
#include "chat.h"
#include "json.h"

bool
chat_write_calls(struct buf *out, const struct chat *c)
{
	struct json j = { .out = out };

	json_open(&j, '[');
	for (size_t i = 0; i < c->answer.ncalls; i++) {
		const struct api_tool_call *call = &c->answer.calls[i];

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
	return c->answer.ncalls > 0;
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
chat_write_message(struct buf *out, const struct chat *c)
{
	struct json j = { .out = out };
	struct buf calls = { 0 };

	json_open(&j, '{');
	json_member(&j, "role", STR("assistant"));
	json_name(&j, "content");
	if (c->said.len || !c->answer.ncalls)
		json_string(&j, buf_str(&c->said));
	else
		json_raw(&j, STR("null"));
	add_written(&j, "tool_calls", &calls, chat_write_calls(&calls, c));
	json_close(&j, '}');
}

static void
add_number(struct json *j, const char *name, int64_t number)
{
	if (number < 0)
		return;
	json_name(j, name);
	json_integer(j, number);
}

bool
chat_write_usage(struct buf *out, const struct chat *c)
{
	const struct api_usage *u = &c->answer.usage;
	struct json j = { .out = out };

	json_open(&j, '{');
	add_number(&j, "prompt_tokens", u->prompt_tokens);
	add_number(&j, "cached_tokens", u->cached_tokens);
	add_number(&j, "completion_tokens", u->completion_tokens);
	json_close(&j, '}');
	return u->prompt_tokens >= 0;
}

void
chat_write_object(struct buf *out, const struct chat *c, struct str text)
{
	const struct api_chat *a = &c->answer;
	struct json j = { .out = out };
	struct buf calls = { 0 }, usage = { 0 };

	json_open(&j, '{');
	json_name(&j, "text");
	json_string(&j, text);
	json_member(&j, "reasoning", buf_str(&c->thought));
	add_written(&j, "tool_calls", &calls, chat_write_calls(&calls, c));
	json_member(&j, "finish_reason", str_of(a->finish));
	json_member(&j, "model", str_of(a->answered_by));
	add_written(&j, "usage", &usage, chat_write_usage(&usage, c));
	add_number(
	    &j, "first_ms", c->first_ms ? c->first_ms - c->start_ms : -1);
	add_number(&j, "total_ms", c->end_ms - c->start_ms);
	add_number(&j, "tries", c->tries);
	if (c->is_cached) {
		json_name(&j, "cached");
		json_bool(&j, true);
	}
	json_close(&j, '}');
}
