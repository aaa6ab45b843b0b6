/* runner - the way to an engine: what is checked before it is asked. */
#include <stdarg.h>

#include "runner_routes.h"

#include "embed.h"
#include "utf8.h"

enum { TEXT_MAX = 4096 }; /* bytes of an error's message */

/* What may be wrong, as Docker Model Runner says it, and as Anthropic does. */
static const struct refusal {
	int status;
	const char *text;
	int anthropic_status;
	const char *anthropic_type, *anthropic_text;
} no_json = { 400, "invalid request", 400, "invalid_request_error",
	"Invalid JSON in request body" },
  no_name = { 400, "model is required", 400, "invalid_request_error",
	  "Missing required field: model" },
  no_model = { 404, NULL, 404, "not_found_error", NULL };

static void
refuse_anthropic(struct runner_call *call, const struct refusal *r)
{
	struct buf message = { 0 };
	struct json j = { .out = &call->reply->body };

	if (r->anthropic_text)
		buf_add_text(&message, r->anthropic_text);
	else
		buf_add_format(&message, "Model not found: %.*s",
		    STR_ARGS(call->model_name));
	buf_add_text(j.out, "{\"type\":\"error\",\"error\":");
	json_open(&j, '{');
	json_member(&j, "type", str_of(r->anthropic_type));
	json_member(&j, "message", buf_str(&message));
	buf_add_text(j.out, "}}");
	buf_done(&message);
	runner_send(call, r->anthropic_status);
}

static void
refuse(struct runner_call *call, const struct refusal *r)
{
	if (call->is_anthropic)
		refuse_anthropic(call, r);
	else if (r->text)
		mock_reply_error(call->reply, r->status, "%s", r->text);
	else
		mock_reply_error(call->reply, r->status,
		    "error while getting model: get model '\"%.*s\"': model "
		    "not found",
		    STR_ARGS(call->model_name));
}

/* Is there an engine of this name?  False: the reply is made. */
static bool
check_backend(struct runner_call *call)
{
	static const struct {
		const char *name;
		int status;
		const char *text;
	} missing[] = {
		{ "vllm", 412, "vLLM binary not found" },
		{ "mlx", 503,
		    "backend installation failed: MLX is only available on "
		    "macOS ARM64" },
		{ "sglang", 503,
		    "backend installation failed: sglang package not "
		    "installed" },
		{ "diffusers", 503,
		    "backend installation failed: failed to install "
		    "diffusers" },
	};

	if (!call->backend.len || str_is(call->backend, "llama.cpp"))
		return true;
	for (size_t i = 0; i < countof(missing); i++)
		if (str_is(call->backend, missing[i].name)) {
			mock_reply_error(call->reply, missing[i].status, "%s",
			    missing[i].text);
			return false;
		}
	mock_reply_error(call->reply, 404, "backend not found");
	return false;
}

/* The body, and the model it names; what is wrong, or NULL. */
static const struct refusal *
find_model(struct runner_call *call, const struct tree *body)
{
	const struct tree_node *name;
	bool good = true;

	if (!body->n)
		return &no_json;
	call->body = body->nodes;
	name = runner_member(body->nodes, "model", SPAN_STRING, &good);
	if (!good)
		return &no_json;
	if (name)
		call->model_name = tree_text(name);
	if (!call->model_name.len)
		return &no_name;
	call->model = store_find(&call->runner->store, call->model_name);
	return call->model ? NULL : &no_model;
}

static void
ask(struct runner_call *call)
{
	call->mode = call->engine == embed_answer ? "embedding" : "completion";
	call->config = runner_config(call->runner, call->model->id, call->mode);
	runner_load(
	    call->runner, call->model->id, call->model_name, call->mode);
	if (str_is(mock_header(call->request, "X-Preload-Only"), "true"))
		call->reply->status = 200;
	else
		call->engine(call);
	if (call->reply->body.len && call->reply->status == 200)
		runner_record(call);
}

void
runner_ask_engine(struct runner_call *call)
{
	const struct refusal *wrong;
	struct tree body = { 0 };

	if (!check_backend(call))
		return;
	tree_read(&body, call->request->body);
	wrong = find_model(call, &body);
	if (!wrong)
		ask(call);
	else
		refuse(call, wrong);
	tree_done(&body);
}

void
runner_ask_anthropic(struct runner_call *call)
{
	call->is_anthropic = true;
	runner_ask_engine(call);
}

void
runner_send_engine(struct runner_call *call, int status)
{
	if (call->reply->body.full) {
		buf_clear(&call->reply->body);
		runner_refuse(call, 500, "the answer is too large");
		return;
	}
	mock_reply_head(call->reply, status, "application/json; charset=utf-8");
	mock_reply_header(call->reply, "Server", "llama.cpp");
}

void
runner_refuse(struct runner_call *call, int status, const char *format, ...)
{
	struct json j = { .out = &call->reply->body };
	char text[TEXT_MAX];
	va_list args;

	va_start(args, format);
	vsnprintf(text, sizeof text, format, args);
	va_end(args);
	text[utf8_valid(str_of(text))] = '\0';
	buf_add_format(j.out, "{\"error\":{\"code\":%d,\"message\":", status);
	json_string(&j, str_of(text));
	json_member(&j, "type",
	    str_of(status == 400 ? "invalid_request_error" : "server_error"));
	buf_add_text(j.out, "}}");
	runner_send_engine(call, status);
}
