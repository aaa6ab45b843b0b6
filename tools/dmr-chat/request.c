/* dmr-chat: the request, and to which model. */
#include "request.h"

#include <inttypes.h>

#include "ask_request.h"
#include "span.h"
#include "tool_image.h"

int
chat_write_request(struct ask *a, const char *model, struct err *e)
{
	struct chat *c = chat_of(a);
	struct api_chat_request request = {
		.history = buf_str(&c->conversation.messages),
		.messages = c->prompt.tmpl.messages,
		.nmessages = c->prompt.tmpl.nmessages,
		.images = c->images.items,
		.nimages = c->images.n,
		.tools = buf_str(&c->tools),
		.schema = c->schema ? schema_text(c->schema)
				    : (struct str){ 0 },
		.think = c->think,
	};

	return ask_write(a, &request, model, e);
}

const char *
chat_named_model(const struct chat *c)
{
	return tool_image_model(
	    c->run.set, c->images.n || c->conversation.has_images);
}

/* Print the answer of the tokenizer, {"input_tokens":N}. */
static int
print_count(const struct ask_run *run, struct str reply, struct err *e)
{
	char line[48];
	int64_t n;

	if (span_integer(span_member(reply, "input_tokens"), &n) || n < 0)
		return err_set(e, ST_SERVER,
		    "the server's answer cannot be read: no input_tokens");
	snprintf(line, sizeof line,
	    run->json ? "{\"tokens\":%" PRId64 "}\n" : "%" PRId64 "\n", n);
	return output_text(run->out, str_of(line), e);
}

/* Let one model's tokenizer count; Anthropic's Messages API has a call. */
static int
count(struct ask *a, const char *model, struct err *e)
{
	struct ask_run *run = a->run;
	struct api_call call = { .method = "POST",
		.side = API_MANAGEMENT,
		.path = "/anthropic/v1/messages/count_tokens",
		.model = model };
	int got;

	if (run->write(a, model, e))
		return -1;
	call.body = buf_str(&a->body);
	got = tool_call(run->api, &call, run->out, e);
	if (!got)
		got = print_count(run, buf_str(&call.http.reply), e);
	api_call_done(&call);
	return got;
}

int
chat_count(struct ask *a, struct err *e)
{
	struct ask_run *run = a->run;

	run->api = tool_api(run->set);
	return ask_models(a, count, e);
}
