/* chat - what llama.cpp answers: what is said, and where it ends. */
#include "chat.h"

#include "sample.h"
#include "tokens.h"

enum { SCHEMA_SHOWN_MAX = 1024 }; /* bytes, in a message */

static int64_t
context_of(const struct runner_call *call)
{
	if (call->config && call->config->context)
		return call->config->context;
	return call->model->kind.context ? call->model->kind.context
					 : RUNNER_CONTEXT;
}

int
chat_check_context(struct runner_call *call, const struct chat_request *r)
{
	struct buf *out = &call->reply->body;
	long long context = context_of(call), prompt = r->prompt_tokens;

	if (prompt < context)
		return 0;
	buf_add_format(out,
	    "{\"error\":{\"code\":400,\"message\":\"request (%lld tokens) "
	    "exceeds the available context size (%lld tokens), try increasing "
	    "it\",\"type\":\"exceed_context_size_error\",\"n_prompt_tokens\":"
	    "%lld,\"n_ctx\":%lld}}",
	    prompt, context, prompt, context);
	runner_send_engine(call, 400);
	return -1;
}

static int
check_images(struct runner_call *call, const struct chat_request *r)
{
	if (!r->nimages || call->model->kind.sees)
		return 0;
	runner_refuse(call, 500, CHAT_NO_INPUT, "image");
	return -1;
}

/* JSON without white space between its tokens. */
static void
add_dense(struct buf *out, struct str json)
{
	bool in_string = false;

	for (size_t i = 0; i < json.len; i++) {
		char c = json.data[i];

		if (in_string && c == '\\')
			buf_add_char(out, json.data[i++]);
		else if (c == '"')
			in_string = !in_string;
		else if (!in_string && strchr(" \t\r\n", c))
			continue;
		buf_add_char(out, json.data[i]);
	}
}

static int
say_value(
    struct runner_call *call, const struct tree_node *schema, struct buf *text)
{
	struct buf shown = { .max = SCHEMA_SHOWN_MAX };
	const char *wrong;

	if (sample_value(schema, text, &wrong) == 0)
		return 0;
	if (!wrong)
		add_dense(&shown, tree_raw(schema));
	runner_refuse(call, 400,
	    "Unable to generate parser for this template. Automatic parser "
	    "generation failed: JSON schema conversion failed:\n%s%s",
	    wrong ? wrong : "Unrecognized schema: ",
	    shown.data ? shown.data : "");
	buf_done(&shown);
	return -1;
}

static int
say_call(struct runner_call *call, const struct tree_node *function,
    struct chat_reply *reply)
{
	const struct tree_node *schema = tree_find(function, STR("parameters"));

	reply->tool = tree_text(tree_find(function, STR("name")));
	if (schema && schema->kind == SPAN_OBJECT)
		return say_value(call, schema, &reply->text);
	return buf_add_text(&reply->text, "{}");
}

static int
say(struct runner_call *call, const struct chat_request *r,
    struct chat_reply *reply)
{
	struct json j = { .out = &reply->text };
	struct buf text = { 0 };

	if (r->tool)
		return say_call(call, r->tool, reply);
	if (r->schema)
		return say_value(call, r->schema, &reply->text);
	chat_say(buf_str(&r->system), buf_str(&r->user), &text);
	if (r->wants_object) {
		json_open(&j, '{');
		json_member(&j, "answer", buf_str(&text));
		json_close(&j, '}');
	} else {
		buf_add(&reply->text, buf_str(&text));
	}
	buf_done(&text);
	return 0;
}

/* The text again and again, with blanks between, until it is long enough. */
static void
repeat(struct buf *text, int64_t tokens)
{
	size_t len = text->len;
	int64_t each = tokens_count(buf_str(text));

	for (int64_t n = each; len && n < tokens; n += each) {
		buf_room(text, len + 1);
		if (buf_add_char(text, ' ') ||
		    buf_add(text, (struct str){ text->data, len }))
			break;
	}
}

/* End it before a stop word, and at so many tokens. */
static void
cut(const struct chat_request *r, struct chat_reply *reply, int64_t max)
{
	struct str text = buf_str(&reply->text), rest;
	int64_t n = 0;

	for (size_t i = 0; i < r->nstops && !reply->tool.len; i++)
		text.len = str_find(text, r->stops[i]);
	rest = text;
	while (n < max && tokens_next(&rest).len)
		n++;
	reply->finish = reply->tool.len ? "tool_calls" : "stop";
	/* The end is a token, too. */
	if (n == max)
		reply->finish = "length";
	reply->tokens = n == max ? n : n + 1;
	reply->text.len = text.len - rest.len;
	if (reply->text.data)
		reply->text.data[reply->text.len] = '\0';
}

void
chat_finish(struct runner_call *call, const struct chat_request *r,
    struct chat_reply *reply)
{
	int64_t max = context_of(call) - r->prompt_tokens;

	if (r->max_tokens >= 0 && r->max_tokens < max)
		max = r->max_tokens;
	if (max > CHAT_TOKENS_MAX)
		max = CHAT_TOKENS_MAX;
	if (r->ignores_end)
		repeat(&reply->text, max);
	cut(r, reply, max);
}

void
chat_answer(struct runner_call *call)
{
	struct chat_request r = { 0 };
	struct chat_reply reply = { 0 };

	if (chat_read(call, &r) == 0 && check_images(call, &r) == 0 &&
	    chat_check_context(call, &r) == 0 && say(call, &r, &reply) == 0) {
		chat_finish(call, &r, &reply);
		chat_write(call, &r, &reply);
	}
	buf_done(&reply.text);
	chat_request_done(&r);
}

void
chat_count(struct runner_call *call)
{
	struct chat_request r = { 0 };
	struct buf *out = &call->reply->body;

	if (chat_read_messages(call, &r) == 0) {
		buf_add_format(
		    out, "{\"input_tokens\":%lld}", (long long)r.prompt_tokens);
		runner_send_engine(call, 200);
	}
	chat_request_done(&r);
}
