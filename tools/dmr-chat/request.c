/* dmr-chat: the request, and to which model. */
#include "request.h"

#include "answer.h"
#include "api_models.h"
#include "config.h"
#include "json.h"
#include "tool_model.h"
#include "tool_pull.h"

int
chat_write_request(struct chat_answer *a, const char *model, struct err *e)
{
	struct chat *c = a->chat;
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
		.think = c->think,
		.with_usage = c->want->usage || c->want->json || c->set->log ||
		    c->set->cache,
		.fields = buf_str(&a->fields),
		.stream = !c->want->no_stream && !c->set->dry_run &&
		    !c->want->count && !tool_has_records(c->set) };

	buf_clear(&a->body);
	return api_chat_write(&a->body, &request, e);
}

const char *
chat_named_model(const struct chat *c)
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

const char *
chat_first_model(const struct chat *c)
{
	const char *named = chat_named_model(c);

	return named ? named : CHAT_DEFAULT_MODEL;
}

int
chat_find_model(struct chat *c, struct err *e)
{
	c->only_model = tool_only_model(c->api, c->out, e);
	return c->only_model ? 0 : -1;
}

int
chat_pull(struct chat *c, const char *model, struct err *e)
{
	chat_forget_digests(c);
	return tool_pull(c->api, model, c->out, e);
}

void
chat_write_batch(struct buf *out, const struct chat_answer *a, struct str id)
{
	size_t from = out->len;
	struct json j = { .out = out };

	json_open(&j, '{');
	json_name(&j, "custom_id");
	json_raw(&j, id);
	json_member(&j, "method", STR("POST"));
	json_member(&j, "url", STR(CHAT_BATCH_URL));
	json_name(&j, "body");
	json_raw(&j, buf_str(&a->body));
	json_close(&j, '}');
	json_end_line(&j, from);
}

int
chat_dry_run(struct chat_answer *a, struct err *e)
{
	struct buf line = { 0 };
	int got = chat_write_request(a, chat_first_model(a->chat), e);

	if (!got) {
		chat_write_batch(&line, a, STR("\"1\""));
		got = output_text(a->chat->out, buf_str(&line), e);
	}
	buf_done(&line);
	return got;
}
