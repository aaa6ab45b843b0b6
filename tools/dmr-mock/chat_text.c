/* chat - completions without messages: text_completion objects. */
#include "chat_write.h"
#include "now.h"
#include "tokens.h"

/* One object; the last one of a stream, and a whole one, tell the usage. */
static void
write_text(const struct chat_writer *w, struct buf *out, struct str text,
    const char *finish)
{
	struct json j = { .out = out };

	json_open(&j, '{');
	json_name(&j, "choices");
	buf_add_text(out, "[{\"text\":");
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
	buf_add_text(out, "}]");
	chat_add_integer(&j, "created", w->created);
	chat_add_model(&j, w);
	json_member(&j, "object", STR("text_completion"));
	if (finish)
		chat_add_usage(&j, w);
	chat_add_id(&j, w);
	if (finish)
		chat_add_timings(&j, w);
	json_close(&j, '}');
}

void
chat_write_text(struct runner_call *call, const struct chat_request *request,
    const struct chat_reply *reply)
{
	struct chat_writer w = {
		.call = call,
		.request = request,
		.reply = reply,
		.created = now_unix_ms() / 1000,
		.out = &call->reply->body,
	};
	struct str rest = buf_str(&reply->text), token;
	struct buf whole = { 0 };

	write_text(&w, &whole, rest, reply->finish);
	if (!chat_begin(&w, &whole))
		return;
	while ((token = tokens_next(&rest)).len) {
		buf_add_text(w.out, "data: ");
		write_text(&w, w.out, token, NULL);
		buf_add_text(w.out, "\n\n");
	}
	buf_add_text(w.out, "data: ");
	write_text(&w, w.out, (struct str){ 0 }, reply->finish);
	buf_add_text(w.out, "\n\ndata: [DONE]\n\n");
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
