/* chat - completions without messages: text_completion objects. */
#include "chat_write.h"
#include "tokens.h"

/* One object; the last one of a stream, and a whole one, tell the usage. */
static void
write_text(const struct chat_writer *w, struct str text, const char *finish)
{
	struct json j = { .out = w->out };

	json_open(&j, '{');
	json_name(&j, "choices");
	buf_add_text(w->out, "[{\"text\":");
	json_string(&j, text);
	json_name(&j, "index");
	json_raw(&j, STR("0"));
	json_name(&j, "logprobs");
	json_raw(&j, STR("null"));
	json_name(&j, "finish_reason");
	if (finish)
		json_string(&j, str_of(finish));
	else
		json_raw(&j, STR("null"));
	buf_add_text(w->out, "}]");
	chat_add_created(&j, w);
	chat_add_model(&j, w);
	json_member(&j, "object", STR("text_completion"));
	if (finish)
		chat_add_usage(&j, w);
	chat_add_id(&j, w);
	if (finish)
		chat_add_timings(&j, w);
	json_close(&j, '}');
}

static void
write_event(const struct chat_writer *w, struct str text, const char *finish)
{
	buf_add_text(w->out, "data: ");
	write_text(w, text, finish);
	buf_add_text(w->out, "\n\n");
}

static void
write_stream(const struct chat_writer *w)
{
	struct str rest = buf_str(&w->reply->text), token;

	while (!w->out->full && (token = tokens_next(&rest)).len)
		write_event(w, token, NULL);
	write_event(w, (struct str){ 0 }, w->reply->finish);
	buf_add_text(w->out, "data: [DONE]\n\n");
}

void
chat_write_text(struct runner_call *call, const struct chat_request *request,
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
		write_text(&w, buf_str(&reply->text), reply->finish);
	chat_send(&w);
}

void
chat_complete(struct runner_call *call)
{
	const struct tree_node *prompt = tree_find(call->body, STR("prompt"));
	struct chat_request r = { 0 };
	struct chat_reply reply = { 0 };

	if (chat_read_limits(call, &r))
		return;
	if (prompt && prompt->kind == SPAN_ARRAY)
		prompt = tree_next(prompt, NULL);
	if (!prompt || prompt->kind != SPAN_STRING) {
		runner_refuse(call, 500, "\"prompt\" must not be empty");
		return;
	}
	r.prompt_tokens = tokens_count(tree_text(prompt));
	if (chat_check_context(call, &r) == 0) {
		buf_add(&reply.text, tree_text(prompt));
		chat_finish(call, &r, &reply);
		chat_write_text(call, &r, &reply);
	}
	buf_done(&reply.text);
}
