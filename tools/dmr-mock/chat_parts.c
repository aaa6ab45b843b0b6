/* chat - parts of answers: what they cost, what the tokens were worth. */
#include "chat_write.h"
#include "tokens.h"

/* How fast the engine says it was, for a token. */
enum { PROMPT_MS = 2, PREDICTED_MS = 10 };

void
chat_add_integer(struct json *j, const char *name, int64_t number)
{
	json_name(j, name);
	json_integer(j, number);
}

static void
add_real(struct json *j, const char *name, double number)
{
	json_name(j, name);
	json_real(j, number);
}

void
chat_add_usage(struct json *j, const struct chat_writer *w)
{
	int64_t prompt = w->request->prompt_tokens, said = w->reply->tokens;

	json_name(j, "usage");
	json_open(j, '{');
	chat_add_integer(j, "completion_tokens", said);
	chat_add_integer(j, "prompt_tokens", prompt);
	chat_add_integer(j, "total_tokens", prompt + said);
	json_name(j, "prompt_tokens_details");
	json_raw(j, STR("{\"cached_tokens\":0}"));
	json_close(j, '}');
}

void
chat_add_timings(struct json *j, const struct chat_writer *w)
{
	int64_t prompt = w->request->prompt_tokens, said = w->reply->tokens;

	json_name(j, "timings");
	json_open(j, '{');
	chat_add_integer(j, "cache_n", 0);
	chat_add_integer(j, "prompt_n", prompt);
	chat_add_integer(j, "prompt_ms", prompt * PROMPT_MS);
	chat_add_integer(j, "prompt_per_token_ms", PROMPT_MS);
	chat_add_integer(j, "prompt_per_second", 1000 / PROMPT_MS);
	chat_add_integer(j, "predicted_n", said);
	chat_add_integer(j, "predicted_ms", said * PREDICTED_MS);
	chat_add_integer(j, "predicted_per_token_ms", PREDICTED_MS);
	chat_add_integer(j, "predicted_per_second", 1000 / PREDICTED_MS);
	json_close(j, '}');
}

void
chat_add_id(struct json *j, const struct chat_writer *w)
{
	char id[48];

	snprintf(id, sizeof id, "chatcmpl-%032zu", w->call->request->number);
	json_member(j, "id", str_of(id));
}

void
chat_add_created(struct json *j, const struct chat_writer *w)
{
	chat_add_integer(j, "created", w->call->unix_ms / 1000);
}

void
chat_add_model(struct json *j, const struct chat_writer *w)
{
	char path[160];

	snprintf(path, sizeof path,
	    "/models/bundles/sha256/%s/model/model.gguf",
	    w->call->model->id + strlen("sha256:"));
	json_member(j, "model", str_of(path));
	json_member(j, "system_fingerprint", STR("dmr-mock"));
}

/* --- what a token was worth --- */

static void
add_logprob(struct json *j, struct str token, double logprob)
{
	uint32_t id = 0;

	for (size_t i = 0; i < token.len; i++)
		id = id * 31 + (unsigned char)token.data[i];
	chat_add_integer(j, "id", id % 49152);
	json_name(j, "token");
	json_string(j, token);
	json_name(j, "bytes");
	json_open(j, '[');
	for (size_t i = 0; i < token.len && !j->out->full; i++)
		json_integer(j, (unsigned char)token.data[i]);
	json_close(j, ']');
	add_real(j, "logprob", logprob);
}

/* The token itself comes first, then what might have stood there. */
static void
add_token_logprob(struct json *j, const struct chat_writer *w, struct str token)
{
	static const char others[] = "abcdefghijklmnopqrst";

	json_open(j, '{');
	add_logprob(j, token, -0.25);
	json_name(j, "top_logprobs");
	json_open(j, '[');
	for (int64_t i = 0; i < w->request->top_logprobs; i++) {
		struct str other = { others + i, 1 };

		json_open(j, '{');
		add_logprob(j, i ? other : token, -0.25 - (double)i);
		json_close(j, '}');
	}
	json_close(j, ']');
	json_close(j, '}');
}

void
chat_add_logprobs(struct json *j, const struct chat_writer *w, struct str text)
{
	struct str token;

	if (!w->request->logprobs)
		return;
	json_name(j, "logprobs");
	json_open(j, '{');
	json_name(j, "content");
	json_open(j, '[');
	while (!j->out->full && (token = tokens_next(&text)).len)
		add_token_logprob(j, w, token);
	json_close(j, ']');
	json_close(j, '}');
}

void
chat_send(struct chat_writer *w)
{
	struct mock_reply *reply = w->call->reply;

	if (!w->request->stream || w->out->full) {
		runner_send_engine(w->call, 200);
		return;
	}
	mock_reply_head(reply, 200, "text/event-stream");
	mock_reply_header(reply, "Server", "llama.cpp");
	mock_reply_header(reply, "X-Accel-Buffering", "no");
	reply->streams = true;
}
