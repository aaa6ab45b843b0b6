/* dmr-chat: the request, and to which model. */
#include <inttypes.h>
#include <unistd.h>

#include "api_models.h"
#include "chat.h"
#include "config.h"
#include "die.h"
#include "file.h"
#include "json.h"
#include "now.h"
#include "span.h"
#include "tool_pull.h"

enum {
	LOADING_MS = 2000, /* of silence, before a note on a terminal */
};

#define DEFAULT_MODEL "ai/qwen3-coder"

/* What --think and --no-think ask for. */
static enum api_think
think(const struct chat *c)
{
	if (opts_source(&c->set->opts, "think") == OPT_UNSET)
		return API_THINK_UNSET;
	return c->want->think ? API_THINK_ON : API_THINK_OFF;
}

/* The body that asks a model. */
static int
write_request(struct chat *c, const char *model, struct err *e)
{
	struct api_chat_request request = { .model = model,
		.history = buf_str(&c->conversation.messages),
		.messages = c->prompt.tmpl.messages,
		.nmessages = c->prompt.tmpl.nmessages,
		.images = c->images.items,
		.nimages = c->images.n,
		.tools = buf_str(&c->tools),
		.schema = c->schema ? schema_text(c->schema)
				    : (struct str){ 0 },
		.sampling = &c->set->sampling,
		.think = think(c),
		.with_usage = c->want->usage || c->want->json || c->set->log,
		.stream = !c->want->no_stream && !c->set->dry_run &&
		    !c->want->count };

	buf_clear(&c->body);
	return api_chat_write(&c->body, &request, e);
}

static void
on_start(struct api_call *call)
{
	struct chat *c = call->owner;

	api_chat_done(&c->answer);
	c->answer = (struct api_chat){ .model = call->model,
		.server = api_call_server(call),
		.wants_tools = c->offers_tools,
		.usage = { -1, -1, -1, -1 } };
	buf_clear(&c->said);
	buf_clear(&c->thought);
	c->first_ms = 0;
}

static int
on_bytes(struct api_call *call, struct str piece, struct err *e)
{
	struct chat *c = call->owner;
	int got = api_chat_feed(&c->answer, piece, e);

	if (!c->first_ms)
		c->first_ms = now_ms();
	call->foreign = c->answer.foreign;
	return got;
}

static int
on_end(struct api_call *call, struct err *e)
{
	struct chat *c = call->owner;
	int got = api_chat_end(&c->answer, c->set->cut_ok, e);

	call->foreign = c->answer.foreign;
	return got;
}

/* Wait for the answer, printing what may be printed as it comes. */
static int
wait_for(struct chat *c, struct api_call *call, struct err *e)
{
	int64_t note_ms = now_ms() + LOADING_MS;

	while (!call->done) {
		if (tool_wait(c->api, c->out, 500, e) || chat_take(c, e))
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
ask(struct chat *c, const char *model, struct err *e)
{
	struct api_call call = { .method = "POST",
		.path = API_CHAT_PATH,
		.model = model,
		.on_start = on_start,
		.on_bytes = on_bytes,
		.on_end = on_end,
		.owner = c };
	int got;

	if (write_request(c, model, e))
		return -1;
	call.body = buf_str(&c->body);
	c->start_ms = now_ms();
	c->began_ms = now_unix_ms();
	api_start(c->api, &call);
	got = wait_for(c, &call, e);
	c->end_ms = now_ms();
	c->tries = call.http.tries;
	api_call_done(&call);
	return got;
}

/* Learn the name of the only model there is. */
static int
find_only_model(struct chat *c, struct err *e)
{
	struct api_call call = { .method = "GET", .path = "/models" };

	if (!tool_call(c->api, &call, c->out, e))
		c->only_model = api_models_only(buf_str(&call.http.reply), e);
	api_call_done(&call);
	return c->only_model ? 0 : -1;
}

/* The model that somebody named, or NULL. */
static const char *
named_model(const struct chat *c)
{
	bool by_option = opts_source(&c->set->opts, "model") == OPT_FROM_ARGV;
	bool has_images = c->images.n || c->conversation.has_images;
	const char *model = NULL;

	if (has_images && !by_option)
		model = config_env("DMR_VISION_MODEL");
	if (has_images && !by_option && !model)
		model = config_env("VISION_MODEL");
	return model ? tool_repaired(model, "the model") : c->set->model;
}

/* Try the model that is named, else ours, else the only one there is. */
static int
try_models(struct chat *c,
    int (*try)(struct chat *, const char *model, struct err *e), struct err *e)
{
	const char *named = named_model(c);
	const char *model = named ? named : DEFAULT_MODEL;
	int got = try(c, model, e);

	if (!got || e->status != ST_NO_MODEL || c->out->last)
		return got;
	chat_log(c, e); /* what follows is another request */
	c->start_ms = 0;
	if (!named)
		return find_only_model(c, e) ? -1 : try(c, c->only_model, e);
	if (!c->set->pull_missing || tool_pull(c->api, model, c->out, e))
		return -1;
	return try(c, model, e);
}

int
chat_ask(struct chat *c, struct err *e)
{
	c->api = tool_api(c->set);
	chat_open_log(c);
	return try_models(c, ask, e);
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
count(struct chat *c, const char *model, struct err *e)
{
	struct api_call call = { .method = "POST",
		.side = API_MANAGEMENT,
		.path = "/anthropic/v1/messages/count_tokens",
		.model = model };
	int got;

	if (write_request(c, model, e))
		return -1;
	call.body = buf_str(&c->body);
	got = tool_call(c->api, &call, c->out, e);
	if (!got)
		got = print_count(c, buf_str(&call.http.reply), e);
	api_call_done(&call);
	return got;
}

int
chat_count(struct chat *c, struct err *e)
{
	c->api = tool_api(c->set);
	return try_models(c, count, e);
}

int
chat_dry_run(struct chat *c, struct err *e)
{
	const char *named = named_model(c);
	struct buf line = { 0 };
	struct json j = { .out = &line };
	int got = write_request(c, named ? named : DEFAULT_MODEL, e);

	if (!got) {
		json_open(&j, '{');
		json_member(&j, "custom_id", STR("1"));
		json_member(&j, "method", STR("POST"));
		json_member(&j, "url", STR("/v1" API_CHAT_PATH));
		json_name(&j, "body");
		json_raw(&j, buf_str(&c->body));
		json_close(&j, '}');
		json_end_line(&j, 0);
		got = output_text(c->out, buf_str(&line), e);
	}
	buf_done(&line);
	return got;
}
