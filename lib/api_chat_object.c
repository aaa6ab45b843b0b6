/* api_chat - chat completions: a chunk of a stream, or a whole answer. */
#include "api_chat_reader.h"

/* A member that holds reasoning: servers have three names for it. */
static int
take_reasoning(struct api_chat *c, const struct str *v, size_t n, struct err *e)
{
	for (size_t i = 0; i < n; i++)
		if (span_kind(v[i]) == SPAN_STRING && v[i].len > 2)
			return api_chat_take_reasoning(c, v[i], e);
	return 0;
}

/* A delta or a message. */
static int
take_message(
    struct api_chat *c, struct str message, bool is_delta, struct err *e)
{
	static const char *const names[] = { "content", "refusal", "tool_calls",
		"reasoning_content", "reasoning", "thinking" };
	struct str v[countof(names)];

	if (span_kind(message) <= SPAN_NULL)
		return 0;
	if (span_members(message, names, countof(names), v))
		return api_chat_fail(c, e, "a message is no object");
	if (take_reasoning(c, v + 3, countof(names) - 3, e) ||
	    api_chat_take_content(c, v[0], e))
		return -1;
	if (span_kind(v[1]) == SPAN_STRING &&
	    span_text(v[1], NULL, &c->refusal))
		return api_chat_too_large(e);
	return api_chat_take_calls(c, v[2], is_delta, e);
}

/* The text of a completion; an empty one is an answer, too. */
static int
take_text(struct api_chat *c, struct str text, struct err *e)
{
	c->has_text |= span_kind(text) == SPAN_STRING;
	return api_chat_take_content(c, text, e);
}

/* What a string says, cut between two characters. */
static void
take_word(struct api_chat *c, struct str string, char *out, size_t size)
{
	struct str word;

	span_text(string, NULL, &c->raw);
	buf_repair(&c->raw, 0, true);
	word = buf_str(&c->raw);
	if (word.len >= size)
		word.len = utf8_valid((struct str){ word.data, size - 1 });
	if (word.len)
		memcpy(out, word.data, word.len);
	out[word.len] = 0;
	buf_clear(&c->raw);
}

static int
take_finish(struct api_chat *c, struct str reason, struct err *e)
{
	if (span_kind(reason) <= SPAN_NULL || c->finished)
		return 0;
	if (span_kind(reason) != SPAN_STRING)
		return api_chat_fail(c, e, "finish_reason is no text");
	take_word(c, reason, c->finish, sizeof c->finish);
	c->finished = c->finish[0] != 0;
	return 0;
}

/* One of the choices; only choice 0 is ours. */
static int
take_choice(struct api_chat *c, struct str choice, struct err *e)
{
	static const char *const names[] = { "index", "delta", "message",
		"finish_reason", "text" };
	struct str v[countof(names)];
	int64_t index = 0;
	bool is_delta;

	if (span_members(choice, names, countof(names), v))
		return api_chat_fail(c, e, "a choice is no object");
	if (span_kind(v[0]) > SPAN_NULL && span_integer(v[0], &index))
		return api_chat_fail(c, e, "a choice's index is no number");
	if (index != 0)
		return 0;
	is_delta = span_kind(v[1]) > SPAN_NULL;
	if (c->completes ? take_text(c, v[4], e)
			 : take_message(c, is_delta ? v[1] : v[2], is_delta, e))
		return -1;
	return take_finish(c, v[3], e);
}

bool
api_chat_is_error(struct str error)
{
	enum span_kind kind = span_kind(error);

	return kind != SPAN_NONE && kind != SPAN_NULL &&
	    !(kind == SPAN_OBJECT && str_is(error, "{}"));
}

/* A number of tokens, or -1: a double holds no other whole numbers. */
static int64_t
read_count(struct str value)
{
	int64_t n;

	if (span_integer(value, &n) || n < 0 || n > INT64_C(1) << 53)
		return -1;
	return n;
}

/* The last object counts; what is none says nothing. */
static void
take_usage(struct api_chat *c, struct str usage)
{
	static const char *const names[] = { "prompt_tokens",
		"completion_tokens", "total_tokens", "prompt_tokens_details" };
	struct str v[countof(names)];

	if (span_members(usage, names, countof(names), v))
		return;
	c->usage.prompt_tokens = read_count(v[0]);
	c->usage.completion_tokens = read_count(v[1]);
	c->usage.total_tokens = read_count(v[2]);
	c->usage.cached_tokens = read_count(span_member(v[3], "cached_tokens"));
}

/* The first name counts. */
static void
take_model(struct api_chat *c, struct str model)
{
	if (!c->answered_by[0] && span_kind(model) == SPAN_STRING)
		take_word(c, model, c->answered_by, sizeof c->answered_by);
}

int
api_chat_take_object(struct api_chat *c, struct str json, struct err *e)
{
	static const char *const names[] = { "choices", "error", "type",
		"detail", "object", "message", "usage", "model" };
	struct str v[countof(names)], choice;
	size_t at = 0;
	int got = 1;

	if (span_members(json, names, countof(names), v))
		return api_chat_fail(c, e, "not a JSON object");
	if (api_chat_is_error(v[1]) ||
	    (!v[0].len &&
		(str_is(v[2], "\"error\"") || v[3].len ||
		    str_is(v[4], "\"error\"") || v[5].len)))
		return api_error(e, 0, json, c->model, c->server);
	c->taken = true;
	take_usage(c, v[6]);
	take_model(c, v[7]);
	if (span_kind(v[0]) <= SPAN_NULL)
		return 0;
	if (span_kind(v[0]) != SPAN_ARRAY)
		return api_chat_fail(c, e, "choices is no array");
	while (got == 1) {
		got = span_next(v[0], &at, &choice);
		if (got == 1 && take_choice(c, choice, e))
			return -1;
	}
	return got;
}
