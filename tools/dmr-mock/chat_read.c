/* chat - read what is asked; what is wrong is said as llama.cpp says it. */
#include "chat.h"
#include "tokens.h"

static int
refuse(struct runner_call *call, const char *text)
{
	runner_refuse(call, 400, "%s", text);
	return -1;
}

/* --- messages --- */

static const char messages_wrong[] = "Failed to parse messages";

/* A member must be there and be a string; says so otherwise. */
static int
check_text(struct runner_call *call, const char *wrong,
    const struct tree_node *in, const char *name)
{
	const struct tree_node *node = tree_find(in, str_of(name));

	if (node)
		return node->kind == SPAN_STRING
		    ? 0
		    : chat_refuse_kind(call, 500, wrong, SPAN_STRING, node);
	runner_refuse(call, 500,
	    "%s: [json.exception.out_of_range.403] key '%s' not found", wrong,
	    name);
	return -1;
}

/* Append what a part says, or count a picture. */
static int
read_part(struct runner_call *call, struct chat_request *r,
    const struct tree_node *part, struct buf *text)
{
	struct str type = chat_find_text(part, "type");

	if (str_is(type, "image_url") || str_is(type, "image")) {
		r->nimages++;
		return 0;
	}
	if (str_is(type, "input_audio")) {
		runner_refuse(call, 500, CHAT_NO_INPUT, "audio");
		return -1;
	}
	if (!str_is(type, "text"))
		return refuse(call, "unsupported content[].type");
	if (check_text(call, messages_wrong, part, "text"))
		return -1;
	if (text->len)
		buf_add_char(text, '\n');
	return buf_add(text, chat_find_text(part, "text"));
}

/* Text, or parts; null is none. */
static int
read_content(struct runner_call *call, struct chat_request *r,
    const struct tree_node *content, struct buf *text)
{
	const struct tree_node *part = NULL;

	if (!content || content->kind == SPAN_NULL)
		return 0;
	if (content->kind == SPAN_STRING)
		return buf_add(text, tree_text(content));
	if (content->kind != SPAN_ARRAY)
		return refuse(
		    call, "Expected 'content' to be a string or an array");
	while ((part = tree_next(content, part)))
		if (read_part(call, r, part, text))
			return -1;
	return 0;
}

/* Its text becomes the system's or the user's. */
static void
keep_message(struct chat_request *r, struct str role, struct str text)
{
	if (str_is(role, "system") || str_is(role, "developer")) {
		if (!r->system.len)
			buf_add(&r->system, text);
	} else if (str_is(role, "user")) {
		buf_clear(&r->user);
		buf_add(&r->user, text);
	}
}

static int
check_message(struct runner_call *call, const struct tree_node *message)
{
	bool is_answer = str_is(chat_find_text(message, "role"), "assistant");

	if (!is_answer && !tree_find(message, STR("content")))
		return refuse(
		    call, "All non-assistant messages must contain 'content'");
	if (!tree_find(message, STR("content")) &&
	    !tree_find(message, STR("tool_calls")))
		return refuse(call,
		    "Assistant message must contain either 'content' or "
		    "'tool_calls'!");
	if (tree_find(message, STR("role")))
		return check_text(call, messages_wrong, message, "role");
	runner_refuse(call, 500, "%s: Missing 'role' in message: %.*s",
	    messages_wrong, STR_ARGS(tree_raw(message)));
	return -1;
}

static int
read_message(struct runner_call *call, struct chat_request *r,
    const struct tree_node *message, bool first)
{
	struct str role = chat_find_text(message, "role");
	struct buf text = { 0 };
	int got = check_message(call, message);

	if (got == 0)
		got = read_content(
		    call, r, tree_find(message, STR("content")), &text);
	r->prompt_tokens += TOKENS_OF_MESSAGE + tokens_count(buf_str(&text));
	if (first && !str_is(role, "system") && !str_is(role, "developer"))
		r->prompt_tokens += TOKENS_OF_SYSTEM;
	keep_message(r, role, buf_str(&text));
	buf_done(&text);
	return got;
}

int
chat_read_messages(struct runner_call *call, struct chat_request *r)
{
	const struct tree_node *messages = tree_find(
	    call->body, STR("messages"));
	const struct tree_node *x = NULL;
	bool first = true;

	r->prompt_tokens = TOKENS_OF_CHAT;
	if (!messages) {
		runner_refuse(call, call->engine == chat_count ? 500 : 400,
		    "'messages' is required");
		return -1;
	}
	if (messages->kind != SPAN_ARRAY)
		return refuse(call, "Expected 'messages' to be an array");
	if (read_content(call, r, chat_find(call->body, "system"), &r->system))
		return -1;
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
	const struct tree_node *format = chat_find(
	    call->body, "response_format");
	struct str type = { 0 };

	r->schema = chat_find(call->body, "json_schema");
	if (!format)
		return 0;
	type = chat_find_text(format, "type");
	if (str_is(type, "json_object")) {
		r->schema = chat_find(format, "schema");
		r->wants_object = !r->schema;
	} else if (str_is(type, "json_schema")) {
		const struct tree_node *in = chat_find(format, "json_schema");

		r->schema = in ? chat_find(in, "schema") : NULL;
	} else if (type.len && !str_is(type, "text")) {
		runner_refuse(call, 400,
		    "response_format type must be one of \"text\" or "
		    "\"json_object\", but got: %.*s",
		    STR_ARGS(type));
		return -1;
	}
	/* What is no object is no schema. */
	if (r->schema && r->schema->kind != SPAN_OBJECT)
		r->schema = NULL;
	return 0;
}

/* --- tools --- */

static const char tools_wrong[] = "Failed to parse tools";

static int
check_tool(struct runner_call *call, const struct tree_node *tool)
{
	const struct tree_node *function = tree_find(tool, STR("function"));
	const char *wrong = NULL;

	if (!tree_find(tool, STR("type")))
		wrong = "Missing tool type";
	else if (!str_is(chat_find_text(tool, "type"), "function"))
		wrong = "Unsupported tool type";
	else if (!function || function->kind != SPAN_OBJECT)
		wrong = "Missing tool function";
	else
		return check_text(call, tools_wrong, function, "name");
	runner_refuse(call, 500, "%s: %s: %.*s", tools_wrong, wrong,
	    STR_ARGS(tree_raw(tool)));
	return -1;
}

static int
check_tools(struct runner_call *call, const struct tree_node *tools)
{
	const struct tree_node *x = NULL;

	if (!tools)
		return 0;
	if (tools->kind != SPAN_ARRAY) {
		runner_refuse(call, 500,
		    "%s: Expected 'tools' to be an array, got %.*s",
		    tools_wrong, STR_ARGS(tree_raw(tools)));
		return -1;
	}
	while ((x = tree_next(tools, x)))
		if (check_tool(call, x))
			return -1;
	return 0;
}

/* Is any tool demanded, or the one that is named?  -1: refused. */
static int
read_choice(struct runner_call *call, struct str *name)
{
	const struct tree_node *choice = chat_find(call->body, "tool_choice");
	const struct tree_node *named = choice ? chat_find(choice, "function")
					       : NULL;
	struct str word = chat_find_text(call->body, "tool_choice");

	if (named)
		*name = chat_find_text(named, "name");
	if (named || !choice || choice->kind != SPAN_STRING)
		return !!named;
	if (str_is(word, "required"))
		return 1;
	if (str_is(word, "auto") || str_is(word, "none"))
		return 0;
	runner_refuse(call, 400, "Invalid tool_choice: %.*s", STR_ARGS(word));
	return -1;
}

/* A tool is called when "tool_choice" demands one: that one, or the first. */
static int
read_tools(struct runner_call *call, struct chat_request *r)
{
	const struct tree_node *tools = chat_find(call->body, "tools");
	const struct tree_node *x = NULL;
	struct str name = { 0 };
	int demanded;

	if (check_tools(call, tools))
		return -1;
	demanded = read_choice(call, &name);
	while (tools && demanded > 0 && !r->tool && (x = tree_next(tools, x))) {
		const struct tree_node *function = chat_find(x, "function");

		if (!name.len ||
		    str_equal(name, chat_find_text(function, "name")))
			r->tool = function;
	}
	return demanded < 0 ? -1 : 0;
}

int
chat_read(struct runner_call *call, struct chat_request *r)
{
	r->is_chat = true;
	if (chat_read_messages(call, r) || read_format(call, r) ||
	    read_tools(call, r) || chat_read_limits(call, r))
		return -1;
	return 0;
}

void
chat_request_done(struct chat_request *r)
{
	buf_done(&r->system);
	buf_done(&r->user);
}
