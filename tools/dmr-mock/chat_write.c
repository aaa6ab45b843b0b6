/* chat - write an answer, whole or as a stream, in llama.cpp's order. */
#include "chat_write.h"
#include "tokens.h"

/* --- whole --- */

static void
add_call(
    struct json *j, const struct chat_writer *w, bool is_delta, size_t choice)
{
	char id[48];

	snprintf(
	    id, sizeof id, "call_%zu_%zu", w->call->request->number, choice);
	json_name(j, "tool_calls");
	json_open(j, '[');
	json_open(j, '{');
	if (is_delta)
		chat_add_integer(j, "index", 0);
	json_member(j, "id", str_of(id));
	json_member(j, "type", STR("function"));
	json_name(j, "function");
	json_open(j, '{');
	json_member(j, "name", w->reply->tool);
	json_name(j, "arguments");
	json_string(j, is_delta ? (struct str){ 0 } : buf_str(&w->reply->text));
	json_close(j, '}');
	json_close(j, '}');
	json_close(j, ']');
}

static void
add_choice(struct json *j, const struct chat_writer *w, size_t index)
{
	bool calls = w->reply->tool.len;
	struct str text = calls ? (struct str){ 0 } : buf_str(&w->reply->text);

	json_open(j, '{');
	json_member(j, "finish_reason", str_of(w->reply->finish));
	chat_add_integer(j, "index", (int64_t)index);
	json_name(j, "message");
	json_open(j, '{');
	json_member(j, "role", STR("assistant"));
	json_name(j, "content");
	json_string(j, text);
	if (calls)
		add_call(j, w, false, index);
	json_close(j, '}');
	chat_add_logprobs(j, w, text);
	json_close(j, '}');
}

static void
write_whole(const struct chat_writer *w)
{
	struct json j = { .out = w->out };

	json_open(&j, '{');
	json_name(&j, "choices");
	json_open(&j, '[');
	for (size_t i = 0; i < (size_t)w->request->choices; i++)
		add_choice(&j, w, i);
	json_close(&j, ']');
	chat_add_created(&j, w);
	chat_add_model(&j, w);
	json_member(&j, "object", STR("chat.completion"));
	chat_add_usage(&j, w);
	chat_add_id(&j, w);
	chat_add_timings(&j, w);
	json_close(&j, '}');
}

/* --- a stream --- */

/* Begin an event and its first choice; what follows is the delta. */
static struct json
open_event(struct chat_writer *w, size_t index, const char *finish)
{
	struct json j = { .out = w->out };

	buf_add_text(w->out, "data: ");
	json_open(&j, '{');
	json_name(&j, "choices");
	json_open(&j, '[');
	json_open(&j, '{');
	json_name(&j, "finish_reason");
	if (finish)
		json_string(&j, str_of(finish));
	else
		json_raw(&j, STR("null"));
	chat_add_integer(&j, "index", (int64_t)index);
	json_name(&j, "delta");
	json_open(&j, '{');
	return j;
}

static void
close_event(struct json *j)
{
	json_close(j, '}');
	buf_add_text(j->out, "\n\n");
}

/* An event whose delta is written. */
static void
end_event(struct chat_writer *w, struct json *j)
{
	json_close(j, '}');
	json_close(j, ']');
	buf_add(w->out, buf_str(&w->tail));
}

static void
write_delta(struct chat_writer *w, size_t index, struct str token)
{
	struct json j = open_event(w, index, NULL);

	if (w->reply->tool.len) {
		json_name(&j, "tool_calls");
		buf_add_text(
		    w->out, "[{\"index\":0,\"function\":{\"arguments\":");
		json_string(&j, token);
		buf_add_text(w->out, "}}]");
	} else {
		json_name(&j, "content");
		json_string(&j, token);
	}
	json_close(&j, '}');
	if (!w->reply->tool.len)
		chat_add_logprobs(&j, w, token);
	end_event(w, &j);
	close_event(&j);
}

static void
write_start(struct chat_writer *w, size_t index)
{
	struct json j = open_event(w, index, NULL);

	json_member(&j, "role", STR("assistant"));
	json_name(&j, "content");
	json_raw(&j, STR("null"));
	if (w->reply->tool.len)
		add_call(&j, w, true, index);
	json_close(&j, '}');
	end_event(w, &j);
	close_event(&j);
}

static void
write_finish(struct chat_writer *w, size_t index)
{
	bool is_last = index + 1 == (size_t)w->request->choices;
	struct json j = open_event(w, index, w->reply->finish);

	json_close(&j, '}');
	end_event(w, &j);
	if (is_last && !w->request->with_usage)
		chat_add_timings(&j, w);
	close_event(&j);
}

/* What stands in every event behind the choices. */
static void
write_tail(struct chat_writer *w)
{
	struct json j = { .out = &w->tail, .comma = true };

	chat_add_created(&j, w);
	chat_add_id(&j, w);
	chat_add_model(&j, w);
	json_member(&j, "object", STR("chat.completion.chunk"));
}

static void
write_stream(struct chat_writer *w)
{
	write_tail(w);
	for (size_t i = 0; i < (size_t)w->request->choices; i++) {
		struct str rest = buf_str(&w->reply->text), token;

		write_start(w, i);
		while (!w->out->full && (token = tokens_next(&rest)).len)
			write_delta(w, i, token);
		write_finish(w, i);
	}
	if (w->request->with_usage) {
		struct json j = { .out = w->out };

		buf_add_text(w->out, "data: ");
		json_open(&j, '{');
		json_name(&j, "choices");
		json_raw(&j, STR("[]"));
		buf_add(w->out, buf_str(&w->tail));
		chat_add_usage(&j, w);
		chat_add_timings(&j, w);
		close_event(&j);
	}
	buf_add_text(w->out, "data: [DONE]\n\n");
}

void
chat_write(struct runner_call *call, const struct chat_request *request,
    const struct chat_reply *reply)
{
	struct chat_writer w = {
		.call = call,
		.request = request,
		.reply = reply,
		.out = &call->reply->body,
	};

	if (request->stream)
		write_stream(&w);
	else
		write_whole(&w);
	chat_send(&w);
	buf_done(&w.tail);
}
