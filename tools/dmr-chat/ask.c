/* dmr-chat: ask, and hear the answer. */
#include <inttypes.h>
#include <unistd.h>

#include "answer.h"
#include "api_models.h"
#include "config.h"
#include "die.h"
#include "file.h"
#include "json.h"
#include "now.h"
#include "request.h"
#include "span.h"
#include "turn.h"

enum {
	LOADING_MS = 2000, /* of silence, before a note on a terminal */
};

static void
forget_answer(struct chat_answer *a)
{
	api_chat_done(&a->reader);
	buf_reset(&a->came);
	buf_reset(&a->said);
	buf_reset(&a->thought);
}

void
chat_forget(struct chat_answer *a)
{
	forget_answer(a);
	buf_reset(&a->body);
	buf_reset(&a->fields);
}

void
chat_begin(struct chat_answer *a, const char *server, const char *model)
{
	struct chat *c = a->chat;

	forget_answer(a);
	a->reader = (struct api_chat){ .model = model,
		.server = server,
		.wants_tools = c->offers_tools || a->offers_tools,
		.usage = { -1, -1, -1, -1 } };
	a->came.max = CACHE_ANSWER_MAX;
	a->first_ms = 0;
}

static void
on_start(struct api_call *call)
{
	chat_begin(call->owner, api_call_server(call), call->model);
}

static int
on_bytes(struct api_call *call, struct str piece, struct err *e)
{
	struct chat_answer *a = call->owner;
	int got = api_chat_feed(&a->reader, piece, e);

	if (a->key[0] || a->keeps_body)
		buf_add(&a->came, piece);
	if (!a->first_ms)
		a->first_ms = now_ms();
	call->foreign = a->reader.foreign;
	return got;
}

static int
on_end(struct api_call *call, struct err *e)
{
	struct chat_answer *a = call->owner;
	int got = api_chat_end(&a->reader, a->chat->set->cut_ok, e);

	call->foreign = a->reader.foreign;
	return got;
}

void
chat_fill_call(struct chat_answer *a, struct api_call *call, const char *model)
{
	*call = (struct api_call){ .method = "POST",
		.path = API_CHAT_PATH,
		.body = buf_str(&a->body),
		.model = model,
		.on_start = on_start,
		.on_bytes = on_bytes,
		.on_end = on_end,
		.owner = a };
}

/* Wait for the answer, printing what may be printed as it comes. */
static int
wait_for(struct chat_answer *a, struct api_call *call, struct err *e)
{
	struct chat *c = a->chat;
	int64_t note_ms = now_ms() + LOADING_MS;

	while (!call->done) {
		if (tool_wait(c->api, c->out, 500, e) || chat_take(a, e))
			return -1;
		if (!call->http.begun && now_ms() >= note_ms &&
		    file_is_terminal(STDERR_FILENO)) {
			note_ms = INT64_MAX;
			warn("loading %s ...", call->model);
		}
	}
	*e = call->err;
	return e->status ? -1 : 0;
}

/* Ask one model. */
static int
ask_server(struct chat_answer *a, const char *model, struct err *e)
{
	struct chat *c = a->chat;
	struct api_call call;
	int got;

	chat_fill_call(a, &call, model);
	api_start(c->api, &call);
	got = wait_for(a, &call, e);
	a->tries = call.http.tries;
	/* What is held back is looked at before it is good. */
	if (call.done && !call.err.status && chat_streams(c))
		chat_store(a);
	api_call_done(&call);
	return got;
}

/* Take the answer of a model from the cache, or ask it. */
static int
ask(struct chat_answer *a, const char *model, struct err *e)
{
	int got;

	if (chat_write_request(a, model, e))
		return -1;
	a->start_ms = now_ms();
	a->began_ms = now_unix_ms();
	got = chat_recall(a, model, e);
	if (!got)
		got = ask_server(a, model, e);
	a->end_ms = now_ms();
	return got < 0 ? -1 : 0;
}

/* Try the model that is named, else ours, else the only one there is. */
static int
try_models(struct chat_answer *a,
    int (*try)(struct chat_answer *, const char *model, struct err *e),
    struct err *e)
{
	struct chat *c = a->chat;
	const char *named = chat_named_model(c);
	const char *model = named ? named : CHAT_DEFAULT_MODEL;
	int got = try(a, model, e);

	if (!got || e->status != ST_NO_MODEL || c->out->last)
		return got;
	chat_log(a, e); /* what follows is another request */
	a->start_ms = 0;
	if (!named)
		return chat_find_model(c, e) ? -1 : try(a, c->only_model, e);
	if (!c->set->pull_missing || chat_pull(c, model, e))
		return -1;
	return try(a, model, e);
}

int
chat_ask(struct chat_answer *a, struct err *e)
{
	struct chat *c = a->chat;

	c->api = tool_api(c->set);
	chat_open_log(c);
	chat_open_cache(c);
	return try_models(a, ask, e);
}

/* Print the answer of the tokenizer, {"input_tokens":N}. */
static int
print_count(struct chat *c, struct str reply, struct err *e)
{
	char line[48];
	int64_t n;

	if (span_integer(span_member(reply, "input_tokens"), &n) || n < 0)
		return err_set(e, ST_SERVER,
		    "the server's answer cannot be read: no input_tokens");
	snprintf(line, sizeof line,
	    c->want->json ? "{\"tokens\":%" PRId64 "}\n" : "%" PRId64 "\n", n);
	return output_text(c->out, str_of(line), e);
}

/* Let one model's tokenizer count; Anthropic's Messages API has a call. */
static int
count(struct chat_answer *a, const char *model, struct err *e)
{
	struct chat *c = a->chat;
	struct api_call call = { .method = "POST",
		.side = API_MANAGEMENT,
		.path = "/anthropic/v1/messages/count_tokens",
		.model = model };
	int got;

	if (chat_write_request(a, model, e))
		return -1;
	call.body = buf_str(&a->body);
	got = tool_call(c->api, &call, c->out, e);
	if (!got)
		got = print_count(c, buf_str(&call.http.reply), e);
	api_call_done(&call);
	return got;
}

int
chat_count(struct chat_answer *a, struct err *e)
{
	struct chat *c = a->chat;

	c->api = tool_api(c->set);
	return try_models(a, count, e);
}

void
chat_answer_done(struct chat_answer *a)
{
	api_chat_done(&a->reader);
	buf_done(&a->fields);
	free(a->own_model);
	buf_done(&a->body);
	buf_done(&a->came);
	buf_done(&a->said);
	buf_done(&a->thought);
}
