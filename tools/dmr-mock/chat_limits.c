/* chat - parameters that all completions have: their kinds and ranges. */
#include <math.h>

#include "chat.h"

/* A number with a range is cut to a whole one, and to 32 bits. */
static const struct field {
	const char *name;
	enum span_kind kind, other;
	int32_t least, most; /* no range: least == most */
} fields[] = {
	{ "temperature", SPAN_NUMBER, SPAN_NONE, 0, 0 },
	{ "top_p", SPAN_NUMBER, SPAN_NONE, 0, 0 },
	{ "top_k", SPAN_NUMBER, SPAN_NONE, 0, 0 },
	{ "min_p", SPAN_NUMBER, SPAN_NONE, 0, 0 },
	{ "seed", SPAN_NUMBER, SPAN_NONE, 0, 0 },
	{ "n", SPAN_NUMBER, SPAN_NONE, 1, CHAT_CHOICES_MAX },
	{ "max_tokens", SPAN_NUMBER, SPAN_NONE, -1, INT32_MAX },
	{ "max_completion_tokens", SPAN_NUMBER, SPAN_NONE, -1, INT32_MAX },
	{ "n_predict", SPAN_NUMBER, SPAN_NONE, -1, INT32_MAX },
	{ "presence_penalty", SPAN_NUMBER, SPAN_NONE, 0, 0 },
	{ "frequency_penalty", SPAN_NUMBER, SPAN_NONE, 0, 0 },
	{ "repeat_penalty", SPAN_NUMBER, SPAN_NONE, 0, 0 },
	{ "top_logprobs", SPAN_NUMBER, SPAN_NONE, 0, 0 },
	{ "stream", SPAN_BOOL, SPAN_NONE, 0, 0 },
	{ "logprobs", SPAN_NUMBER, SPAN_BOOL, 0, 0 },
	{ "ignore_eos", SPAN_BOOL, SPAN_NONE, 0, 0 },
	{ "cache_prompt", SPAN_BOOL, SPAN_NONE, 0, 0 },
};

const struct tree_node *
chat_find(const struct tree_node *in, const char *name)
{
	const struct tree_node *node = tree_find(in, str_of(name));

	return node && node->kind != SPAN_NULL ? node : NULL;
}

struct str
chat_find_text(const struct tree_node *in, const char *name)
{
	const struct tree_node *node = chat_find(in, name);

	return node && node->kind == SPAN_STRING ? tree_text(node)
						 : (struct str){ 0 };
}

static bool
find_bool(const struct tree_node *in, const char *name)
{
	const struct tree_node *node = chat_find(in, name);

	return node && str_is(tree_raw(node), "true");
}

/* As a conversion to C's int has it. */
static int32_t
find_integer(const struct tree_node *in, const char *name, int32_t missing)
{
	const struct tree_node *node = chat_find(in, name);
	int64_t whole;
	double number;
	char text[64];

	if (!node || node->kind != SPAN_NUMBER)
		return missing;
	if (span_integer(tree_raw(node), &whole) == 0)
		return (int32_t)(uint32_t)(uint64_t)whole;
	snprintf(text, sizeof text, "%.*s", STR_ARGS(tree_raw(node)));
	number = strtod(text, NULL);
	return fabs(number) < INT32_MAX ? (int32_t)number : INT32_MIN;
}

int
chat_refuse_kind(struct runner_call *call, int status, const char *what,
    enum span_kind kind, const struct tree_node *node)
{
	static const char *const kinds[] = { "", "null", "boolean", "number",
		"string", "array", "object" };

	runner_refuse(call, status,
	    "%s: [json.exception.type_error.302] type must be %s, but is %s",
	    what, kinds[kind], kinds[node->kind]);
	return -1;
}

static int
check_field(struct runner_call *call, const struct tree_node *in,
    const struct field *field)
{
	const struct tree_node *node = chat_find(in, field->name);
	char what[48];
	int32_t number;

	if (!node)
		return 0;
	snprintf(what, sizeof what, "Field '%s'", field->name);
	if (node->kind != field->kind && node->kind != field->other)
		return chat_refuse_kind(call, 400, what, field->kind, node);
	number = find_integer(in, field->name, 0);
	if (field->least == field->most ||
	    (number >= field->least && number <= field->most))
		return 0;
	runner_refuse(call, 400,
	    "%s: Value must be between %d <= value <= %d, but got %d", what,
	    field->least, field->most, number);
	return -1;
}

static int
check_fields(struct runner_call *call)
{
	static const struct field usage = { "include_usage", SPAN_BOOL,
		SPAN_NONE, 0, 0 };
	const struct tree_node *options = chat_find(
	    call->body, "stream_options");

	for (size_t i = 0; i < countof(fields); i++)
		if (check_field(call, call->body, &fields[i]))
			return -1;
	return options ? check_field(call, options, &usage) : 0;
}

static void
add_stop(struct chat_request *r, const struct tree_node *stop)
{
	if (stop->kind == SPAN_STRING && stop->count &&
	    stop->count <= CHAT_STOP_MAX && r->nstops < CHAT_STOPS_MAX)
		r->stops[r->nstops++] = tree_text(stop);
}

/* A word, or words; null and arrays among them count for nothing. */
static int
read_stops(struct runner_call *call, struct chat_request *r)
{
	const struct tree_node *stop = chat_find(call->body, "stop");
	const struct tree_node *x = NULL;

	if (!stop)
		return 0;
	add_stop(r, stop);
	while (stop->kind == SPAN_ARRAY && (x = tree_next(stop, x))) {
		if (x->kind != SPAN_STRING && x->kind != SPAN_NULL &&
		    x->kind != SPAN_ARRAY)
			return chat_refuse_kind(
			    call, 400, "Field 'stop'", SPAN_STRING, x);
		add_stop(r, x);
	}
	return 0;
}

/* "logprobs" is true, or how many there shall be for each token. */
static int
read_logprobs(struct runner_call *call, struct chat_request *r)
{
	const struct tree_node *body = call->body;

	r->top_logprobs = find_integer(body, "logprobs", 0);
	if (find_bool(body, "logprobs"))
		r->top_logprobs = r->is_chat
		    ? find_integer(body, "top_logprobs", CHAT_LOGPROBS_MAX)
		    : 1;
	else if (r->is_chat && chat_find(body, "top_logprobs")) {
		runner_refuse(call, 400,
		    "top_logprobs requires logprobs to be set to true");
		return -1;
	}
	r->logprobs = r->top_logprobs > 0;
	if (r->top_logprobs > CHAT_LOGPROBS_MAX)
		r->top_logprobs = CHAT_LOGPROBS_MAX;
	return 0;
}

int
chat_read_limits(struct runner_call *call, struct chat_request *r)
{
	static const char *const maxima[] = { "max_completion_tokens",
		"max_tokens", "n_predict" };
	const struct tree_node *body = call->body, *options;

	if (check_fields(call) || read_logprobs(call, r) || read_stops(call, r))
		return -1;
	options = chat_find(body, "stream_options");
	r->max_tokens = -1;
	for (size_t i = countof(maxima); i-- > 0;)
		r->max_tokens = find_integer(
		    body, maxima[i], (int32_t)r->max_tokens);
	/* The first token is there before they are counted. */
	if (r->max_tokens == 0)
		r->max_tokens = 1;
	r->choices = find_integer(body, "n", 1);
	r->stream = find_bool(body, "stream") && !call->is_again;
	r->ignores_end = find_bool(body, "ignore_eos");
	r->with_usage = options && find_bool(options, "include_usage");
	return 0;
}
