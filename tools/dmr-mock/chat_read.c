/* chat - read what is asked; what is wrong is said as llama.cpp says it. */
#include "chat.h"
#include "tokens.h"

static const struct {
	const char *name;
	enum span_kind kind;
} fields[] = {
	{ "temperature", SPAN_NUMBER },
	{ "top_p", SPAN_NUMBER },
	{ "top_k", SPAN_NUMBER },
	{ "min_p", SPAN_NUMBER },
	{ "seed", SPAN_NUMBER },
	{ "n", SPAN_NUMBER },
	{ "max_tokens", SPAN_NUMBER },
	{ "max_completion_tokens", SPAN_NUMBER },
	{ "n_predict", SPAN_NUMBER },
	{ "presence_penalty", SPAN_NUMBER },
	{ "frequency_penalty", SPAN_NUMBER },
	{ "repeat_penalty", SPAN_NUMBER },
	{ "top_logprobs", SPAN_NUMBER },
	{ "stream", SPAN_BOOL },
	{ "logprobs", SPAN_BOOL },
	{ "ignore_eos", SPAN_BOOL },
	{ "cache_prompt", SPAN_BOOL },
	{ "parallel_tool_calls", SPAN_BOOL },
};

static const char *const kinds[] = { "", "null", "boolean", "number", "string",
	"array", "object" };

/* A member that is not null, or NULL. */
static const struct tree_node *
find(const struct tree_node *in, const char *name)
{
	const struct tree_node *node = tree_find(in, str_of(name));

	return node && node->kind != SPAN_NULL ? node : NULL;
}

struct str
chat_find_text(const struct tree_node *in, const char *name)
{
	const struct tree_node *node = find(in, name);

	return node && node->kind == SPAN_STRING ? tree_text(node)
						 : (struct str){ 0 };
}

static bool
find_bool(const struct tree_node *in, const char *name)
{
	const struct tree_node *node = find(in, name);

	return node && str_is(tree_raw(node), "true");
}

static int64_t
find_integer(const struct tree_node *in, const char *name, int64_t missing)
{
	const struct tree_node *node = find(in, name);
	int64_t number;

	return node && span_integer(tree_raw(node), &number) == 0 ? number
								  : missing;
}

static int
refuse(struct runner_call *call, const char *text)
{
	runner_refuse(call, 400, "%s", text);
	return -1;
}

static int
check_kinds(struct runner_call *call)
{
	for (size_t i = 0; i < countof(fields); i++) {
		const struct tree_node *node = find(call->body, fields[i].name);

		if (!node || node->kind == fields[i].kind)
			continue;
		runner_refuse(call, 400,
		    "Field '%s': [json.exception.type_error.302] type must be "
		    "%s, but is %s",
		    fields[i].name, kinds[fields[i].kind], kinds[node->kind]);
		return -1;
	}
	return 0;
}

static void
add_stop(struct chat_request *r, const struct tree_node *stop)
{
	if (stop->kind == SPAN_STRING && stop->count &&
	    r->nstops < CHAT_STOPS_MAX)
		r->stops[r->nstops++] = tree_text(stop);
}

static void
read_stops(struct chat_request *r, const struct tree_node *stop)
{
	const struct tree_node *x = NULL;

	if (!stop)
		return;
	add_stop(r, stop);
	while (stop->kind == SPAN_ARRAY && (x = tree_next(stop, x)))
		add_stop(r, x);
}

int
chat_read_limits(struct runner_call *call, struct chat_request *r)
{
	const struct tree_node *body = call->body, *options;

	if (check_kinds(call))
		return -1;
	options = find(body, "stream_options");
	r->max_tokens = find_integer(body, "n_predict", -1);
	r->max_tokens = find_integer(body, "max_tokens", r->max_tokens);
	r->max_tokens = find_integer(
	    body, "max_completion_tokens", r->max_tokens);
	r->choices = find_integer(body, "n", 1);
	r->stream = find_bool(body, "stream") && !call->is_again;
	r->ignores_end = find_bool(body, "ignore_eos");
	r->logprobs = find_bool(body, "logprobs");
	r->top_logprobs = find_integer(body, "top_logprobs", 0);
	r->with_usage = options && find_bool(options, "include_usage");
	read_stops(r, find(body, "stop"));
	if (r->choices < 1)
		r->choices = 1;
	if (r->choices > CHAT_CHOICES_MAX)
		return refuse(call,
		    "n_cmpl cannot be greater than the number of slots, "
		    "please increase -np");
	if (r->top_logprobs > CHAT_LOGPROBS_MAX)
		r->top_logprobs = CHAT_LOGPROBS_MAX;
	return 0;
}

/* --- messages --- */

/* Append what a part says; 1: it is a picture, -1: neither. */
static int
read_part(const struct tree_node *part, struct buf *text)
{
	struct str type = chat_find_text(part, "type");

	if (str_is(type, "image_url") || str_is(type, "image"))
		return 1;
	if (!str_is(type, "text"))
		return -1;
	if (text->len)
		buf_add_char(text, '\n');
	buf_add(text, chat_find_text(part, "text"));
	return 0;
}

/* Text, or parts; counts pictures.  -1: neither. */
static int
read_content(
    struct chat_request *r, const struct tree_node *content, struct buf *text)
{
	const struct tree_node *part = NULL;

	if (!content)
		return 0;
	if (content->kind == SPAN_STRING)
		return buf_add(text, tree_text(content));
	if (content->kind != SPAN_ARRAY)
		return -1;
	while ((part = tree_next(content, part))) {
		int got = read_part(part, text);

		if (got < 0)
			return -1;
		r->nimages += got == 1;
	}
	return 0;
}

/* Its text becomes the system's or the user's. */
static int
read_message(struct runner_call *call, struct chat_request *r,
    const struct tree_node *message, bool first)
{
	struct str role = chat_find_text(message, "role");
	bool is_system = str_is(role, "system") || str_is(role, "developer");
	struct buf text = { 0 };

	if (message->kind != SPAN_OBJECT)
		return refuse(call, "Expected 'message' to be an object");
	if (!role.len)
		return refuse(call, "Missing 'role' in message");
	if (!str_is(role, "assistant") && !find(message, "content"))
		return refuse(
		    call, "All non-assistant messages must contain 'content'");
	if (read_content(r, find(message, "content"), &text)) {
		buf_done(&text);
		return refuse(call, "unsupported content[].type");
	}
	r->prompt_tokens += TOKENS_OF_MESSAGE + tokens_count(buf_str(&text));
	if (first && !is_system)
		r->prompt_tokens += TOKENS_OF_SYSTEM;
	if (is_system && !r->system.len) {
		buf_add(&r->system, buf_str(&text));
	} else if (str_is(role, "user")) {
		buf_clear(&r->user);
		buf_add(&r->user, buf_str(&text));
	}
	buf_done(&text);
	return 0;
}

int
chat_read_messages(struct runner_call *call, struct chat_request *r)
{
	const struct tree_node *messages = find(call->body, "messages");
	const struct tree_node *x = NULL;
	bool first = true;

	r->prompt_tokens = TOKENS_OF_CHAT;
	if (!messages)
		return refuse(call, "'messages' is required");
	if (messages->kind != SPAN_ARRAY)
		return refuse(call, "Expected 'messages' to be an array");
	if (read_content(r, find(call->body, "system"), &r->system))
		return refuse(call, "unsupported content[].type");
	if (r->system.len) {
		r->prompt_tokens += TOKENS_OF_MESSAGE +
		    tokens_count(buf_str(&r->system));
		first = false;
	}
	while ((x = tree_next(messages, x))) {
		if (read_message(call, r, x, first))
			return -1;
		first = false;
	}
	r->prompt_tokens += (int64_t)r->nimages * CHAT_IMAGE_TOKENS;
	return 0;
}

/* --- what form the answer must have --- */

static int
read_format(struct runner_call *call, struct chat_request *r)
{
	const struct tree_node *format = find(call->body, "response_format");
	struct str type = { 0 };

	r->schema = find(call->body, "json_schema");
	if (!format)
		return 0;
	type = chat_find_text(format, "type");
	if (str_is(type, "json_object")) {
		r->schema = find(format, "schema");
		r->wants_object = !r->schema;
	} else if (str_is(type, "json_schema")) {
		const struct tree_node *in = find(format, "json_schema");

		r->schema = in ? find(in, "schema") : NULL;
	} else if (type.len && !str_is(type, "text")) {
		runner_refuse(call, 400,
		    "response_format type must be one of \"text\" or "
		    "\"json_object\", but got: %.*s",
		    STR_ARGS(type));
		return -1;
	}
	return 0;
}

/* A tool is called when "tool_choice" demands one: that one, or the first. */
static void
read_tools(struct runner_call *call, struct chat_request *r)
{
	const struct tree_node *tools = find(call->body, "tools"), *x = NULL;
	const struct tree_node *choice = find(call->body, "tool_choice");
	const struct tree_node *named = choice ? find(choice, "function")
					       : NULL;
	struct str name = named ? chat_find_text(named, "name")
				: (struct str){ 0 };

	if (!tools || tools->kind != SPAN_ARRAY || !choice ||
	    (!named &&
		!str_is(chat_find_text(call->body, "tool_choice"), "required")))
		return;
	while (!r->tool && (x = tree_next(tools, x))) {
		const struct tree_node *function = find(x, "function");

		if (function && chat_find_text(function, "name").len &&
		    (!name.len ||
			str_equal(name, chat_find_text(function, "name"))))
			r->tool = function;
	}
}

int
chat_read(struct runner_call *call, struct chat_request *r)
{
	if (chat_read_limits(call, r) || chat_read_messages(call, r) ||
	    read_format(call, r))
		return -1;
	read_tools(call, r);
	return 0;
}

void
chat_request_done(struct chat_request *r)
{
	buf_done(&r->system);
	buf_done(&r->user);
}
