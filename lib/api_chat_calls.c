/* api_chat - the tools that an answer calls. */
#include "api_chat_reader.h"
#include "mem.h"

/* What one element of tool_calls says. */
struct piece {
	int64_t index;   /* -1: nothing */
	char *id, *name; /* NULL: nothing */
	struct str arguments;
};

/* A string that is not empty becomes *text, yours to free(). */
static int
read_text(const struct api_chat *c, struct str value, const char *what,
    char **text, struct err *e)
{
	if (span_kind(value) <= SPAN_NULL || str_is(value, "\"\""))
		return 0;
	if (span_kind(value) != SPAN_STRING)
		return api_chat_fail(c, e, what);
	*text = api_text(value);
	return 0;
}

static int
read_function(const struct api_chat *c, struct str function, struct piece *p,
    struct err *e)
{
	static const char *const names[] = { "name", "arguments" };
	struct str v[countof(names)];

	if (span_kind(function) <= SPAN_NULL)
		return 0;
	if (span_members(function, names, countof(names), v))
		return api_chat_fail(c, e, "a function is no object");
	p->arguments = v[1];
	return read_text(c, v[0], "a function's name is no text", &p->name, e);
}

static int
read_piece(
    const struct api_chat *c, struct str call, struct piece *p, struct err *e)
{
	static const char *const names[] = { "index", "id", "function" };
	struct str v[countof(names)];

	if (span_members(call, names, countof(names), v))
		return api_chat_fail(c, e, "a tool call is no object");
	if (span_kind(v[0]) > SPAN_NULL &&
	    (span_integer(v[0], &p->index) || p->index < 0 ||
		p->index >= API_CALLS_MAX))
		return api_chat_fail(c, e, "a tool call has a bad index");
	if (read_text(c, v[1], "a tool call's id is no text", &p->id, e))
		return -1;
	return read_function(c, v[2], p, e);
}

/*
 * Which call does a piece without an index belong to?  Gateways leave it out
 * (Gemini's: openai/openai-python issue 2806; ollama/ollama issue 7881): a
 * new id begins a call, and so does a name without an id; what has neither
 * goes on with the last one.
 */
static size_t
find_call(const struct api_chat *c, const struct piece *p)
{
	for (size_t i = 0; p->id && i < c->ncalls; i++)
		if (c->calls[i].id && !strcmp(c->calls[i].id, p->id))
			return i;
	if (!p->id && !p->name && c->ncalls)
		return c->ncalls - 1;
	return c->ncalls;
}

/* The call at this index; those before it are there as well. */
static struct api_tool_call *
call_at(struct api_chat *c, size_t index)
{
	if (index >= c->ncalls) {
		c->calls = mem_grow(
		    c->calls, &c->calls_capacity, index + 1, sizeof *c->calls);
		memset(c->calls + c->ncalls, 0,
		    (index + 1 - c->ncalls) * sizeof *c->calls);
		c->ncalls = index + 1;
	}
	c->calls[index].arguments.max = API_CALLS_BYTES_MAX;
	return &c->calls[index];
}

/* The first text counts; servers that repeat it repeat the same. */
static void
keep_text(struct api_chat *c, char **mine, char **text)
{
	if (*mine || !*text)
		return;
	*mine = *text;
	*text = NULL;
	c->calls_bytes += strlen(*mine);
}

/* A string, which goes on with what came; or an object, as it stands there. */
static int
add_arguments(struct api_chat *c, struct api_tool_call *call,
    struct str arguments, struct err *e)
{
	size_t before = call->arguments.len;

	switch (span_kind(arguments)) {
	case SPAN_NONE:
	case SPAN_NULL:
		break;
	case SPAN_STRING:
		span_text(arguments, &call->half, &call->arguments);
		break;
	case SPAN_OBJECT:
		span_text_end(&call->half, &call->arguments);
		buf_add(&call->arguments, arguments);
		break;
	default:
		return api_chat_fail(
		    c, e, "a tool call's arguments are no object");
	}
	c->calls_bytes += call->arguments.len - before;
	if (call->arguments.full || c->calls_bytes > API_CALLS_BYTES_MAX)
		return err_set(e, ST_SERVER,
		    "the answer's tool calls are larger than %d MiB",
		    API_CALLS_BYTES_MAX >> 20);
	return 0;
}

static int
add_piece(struct api_chat *c, struct piece *p, size_t index, struct err *e)
{
	struct api_tool_call *call;

	if (index >= API_CALLS_MAX)
		return err_set(e, ST_SERVER,
		    "the answer has more than %d tool calls", API_CALLS_MAX);
	call = call_at(c, index);
	if (call->id && p->id && strcmp(call->id, p->id) != 0)
		return err_set(e, ST_SERVER,
		    "the answer cannot be read: two tool calls of one index");
	keep_text(c, &call->id, &p->id);
	keep_text(c, &call->name, &p->name);
	return add_arguments(c, call, p->arguments, e);
}

static int
take_call(struct api_chat *c, struct str call, size_t position, bool is_delta,
    struct err *e)
{
	struct piece p = { .index = -1 };
	int got = read_piece(c, call, &p, e);
	size_t index = position;

	if (is_delta)
		index = p.index >= 0 ? (size_t)p.index : find_call(c, &p);
	if (!got)
		got = add_piece(c, &p, index, e);
	free(p.id);
	free(p.name);
	return got;
}

int
api_chat_fail_unasked(struct err *e)
{
	return err_set(
	    e, ST_SERVER, "the model called a tool, but none was offered");
}

int
api_chat_take_calls(
    struct api_chat *c, struct str calls, bool is_delta, struct err *e)
{
	struct str call;
	size_t at = 0, position = 0;

	if (span_kind(calls) != SPAN_ARRAY)
		return c->wants_tools && span_kind(calls) > SPAN_NULL
		    ? api_chat_fail(c, e, "tool_calls is no array")
		    : 0;
	while (span_next(calls, &at, &call) == 1) {
		if (!c->wants_tools)
			return api_chat_fail_unasked(e);
		if (c->finished) {
			c->late_text = true;
			continue;
		}
		c->called = true;
		if (take_call(c, call, position++, is_delta, e))
			return -1;
	}
	return 0;
}

/* What was put together of pieces becomes UTF-8. */
static void
repair_arguments(struct api_chat *c, struct api_tool_call *call)
{
	struct buf *out = &call->arguments;

	out->max = UTF8_REPAIR_MAX((size_t)API_CALLS_BYTES_MAX + 3);
	span_text_end(&call->half, out);
	c->bad_bytes += buf_repair(out, 0, false);
}

static void
call_done(struct api_tool_call *call)
{
	free(call->id);
	free(call->name);
	buf_done(&call->arguments);
}

void
api_chat_end_calls(struct api_chat *c)
{
	size_t kept = 0;

	for (size_t i = 0; i < c->ncalls; i++) {
		if (!c->calls[i].name) {
			call_done(&c->calls[i]);
			continue;
		}
		repair_arguments(c, &c->calls[i]);
		c->calls[kept++] = c->calls[i];
	}
	c->ncalls = kept;
}

void
api_chat_calls_done(struct api_chat *c)
{
	for (size_t i = 0; i < c->ncalls; i++)
		call_done(&c->calls[i]);
	free(c->calls);
	c->calls = NULL;
	c->ncalls = c->calls_capacity = 0;
}
