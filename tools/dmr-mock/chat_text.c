/* chat - completions without messages: prompts, text_completion objects. */
#include "chat_write.h"
#include "mem.h"
#include "tokens.h"

enum { VOCABULARY = 49152 };

/* --- what is asked --- */

struct prompt {
	struct buf text;
	int64_t tokens;
};

static int
refuse(struct runner_call *call)
{
	runner_refuse(call, 400,
	    "\"prompt\" elements must be a string, a list of tokens, a JSON "
	    "object containing a prompt string, or a list of mixed strings & "
	    "tokens.");
	return -1;
}

/* A text, or a token, whose text nobody knows. */
static int
read_piece(
    struct runner_call *call, const struct tree_node *x, struct prompt *p)
{
	if (x->kind == SPAN_STRING) {
		p->tokens += tokens_count(tree_text(x));
		return buf_add(&p->text, tree_text(x));
	}
	if (x->kind != SPAN_NUMBER || !tree_is_integer(x))
		return refuse(call);
	if (tree_raw(x).data[0] != '-' && tree_count(x) < VOCABULARY) {
		p->tokens++;
		return 0;
	}
	runner_refuse(call, 400, "Prompt contains invalid tokens");
	return -1;
}

static int
read_prompt(
    struct runner_call *call, const struct tree_node *node, struct prompt *p)
{
	const struct tree_node *x = NULL;

	if (node->kind == SPAN_OBJECT)
		node = tree_find(node, STR("prompt_string"));
	if (node && node->kind == SPAN_STRING)
		return read_piece(call, node, p);
	if (!node || node->kind != SPAN_ARRAY)
		return refuse(call);
	while ((x = tree_next(node, x)))
		if (read_piece(call, x, p))
			return -1;
	return 0;
}

/* Tokens make an array one prompt; without them, each element is one. */
static bool
is_one(const struct tree_node *prompt)
{
	const struct tree_node *x = NULL;

	while ((x = tree_next(prompt, x)))
		if (x->kind == SPAN_NUMBER)
			return true;
	return prompt->kind != SPAN_ARRAY;
}

/* --- what is answered --- */

static void
write_choice(
    const struct chat_writer *w, size_t index, struct str text, const char *end)
{
	struct json j = { .out = w->out };

	json_open(&j, '{');
	json_name(&j, "text");
	json_string(&j, text);
	chat_add_integer(&j, "index", (int64_t)index);
	if (w->request->logprobs && text.len) {
		chat_add_logprobs(&j, w, text);
	} else {
		json_name(&j, "logprobs");
		json_raw(&j, STR("null"));
	}
	json_name(&j, "finish_reason");
	if (end)
		json_string(&j, str_of(end));
	else
		json_raw(&j, STR("null"));
	json_close(&j, '}');
}

/* What follows the choices; the last one of a stream, and a whole one, tell
 * the usage. */
static void
write_rest(const struct chat_writer *w, bool is_end)
{
	struct json j = { .out = w->out, .comma = true };

	buf_add_char(w->out, ']');
	chat_add_created(&j, w);
	chat_add_model(&j, w);
	json_member(&j, "object", STR("text_completion"));
	if (is_end)
		chat_add_usage(&j, w);
	chat_add_id(&j, w);
	if (is_end)
		chat_add_timings(&j, w);
	json_close(&j, '}');
}

static void
write_event(
    const struct chat_writer *w, size_t index, struct str text, const char *end)
{
	buf_add_text(w->out, "data: {\"choices\":[");
	write_choice(w, index, text, end);
	write_rest(w, end);
	buf_add_text(w->out, "\n\n");
}

static void
write_events(const struct chat_writer *w, size_t index)
{
	struct str rest = buf_str(&w->reply->text), token;

	while (!w->out->full && (token = tokens_next(&rest)).len)
		write_event(w, index, token, NULL);
	write_event(w, index, (struct str){ 0 }, w->reply->finish);
}

void
chat_write_text(struct runner_call *call, const struct chat_request *request,
    const struct chat_reply *replies, size_t n)
{
	struct chat_writer w = {
		.call = call,
		.request = request,
		.reply = replies,
		.out = &call->reply->body,
	};
	size_t each = (size_t)request->choices;

	if (!request->stream)
		buf_add_text(w.out, "{\"choices\":[");
	for (size_t i = 0; i < n * each && !w.out->full; i++) {
		w.reply = &replies[i / each];
		if (request->stream) {
			write_events(&w, i);
			continue;
		}
		if (i)
			buf_add_char(w.out, ',');
		write_choice(&w, i, buf_str(&w.reply->text), w.reply->finish);
	}
	w.reply = replies;
	if (request->stream)
		buf_add_text(w.out, "data: [DONE]\n\n");
	else
		write_rest(&w, true);
	chat_send(&w);
}

/* The prompt again, or what is said to one without a text. */
static int
reply_to(struct runner_call *call, struct chat_request *r,
    const struct tree_node *node, struct chat_reply *reply)
{
	struct prompt p = { 0 };
	int got = read_prompt(call, node, &p);

	r->prompt_tokens = p.tokens;
	if (got == 0)
		got = chat_check_context(call, r);
	if (got == 0) {
		if (p.tokens && !p.text.len)
			chat_say(
			    (struct str){ 0 }, (struct str){ 0 }, &reply->text);
		else
			buf_add(&reply->text, buf_str(&p.text));
		chat_finish(call, r, reply);
	}
	buf_done(&p.text);
	return got;
}

static int
refuse_large(struct runner_call *call)
{
	runner_refuse(call, 500, "the answer is too large");
	return -1;
}

/* Of more prompts, the first one's tokens are told. */
static void
reply_to_all(struct runner_call *call, struct chat_request *r,
    const struct tree_node *prompt)
{
	bool one = is_one(prompt);
	size_t n = 0, most = one ? 1 : prompt->count;
	struct chat_reply *replies = mem_new(most, sizeof *replies);
	const struct tree_node *x = NULL;
	int64_t first = 0;
	size_t size = 0;
	int got = 0;

	while (got == 0 && n < most) {
		x = one ? prompt : tree_next(prompt, x);
		got = reply_to(call, r, x, &replies[n]);
		size += replies[n++].text.len;
		if (got == 0 && size > BUF_MAX)
			got = refuse_large(call);
		if (n == 1)
			first = r->prompt_tokens;
	}
	r->prompt_tokens = first;
	if (got == 0)
		chat_write_text(call, r, replies, n);
	while (n)
		buf_done(&replies[--n].text);
	free(replies);
}

void
chat_complete(struct runner_call *call)
{
	const struct tree_node *prompt = tree_find(call->body, STR("prompt"));
	struct chat_request r = { 0 };

	if (!prompt)
		runner_refuse(call, 400,
		    "[json.exception.out_of_range.403] key 'prompt' not found");
	else if (prompt->kind == SPAN_ARRAY && !prompt->count)
		runner_refuse(call, 400, "\"prompt\" must not be empty");
	else if (prompt->count > CHAT_PROMPTS_MAX && !is_one(prompt))
		runner_refuse(call, 500, "too many prompts");
	else if (chat_read_limits(call, &r) == 0)
		reply_to_all(call, &r, prompt);
}
