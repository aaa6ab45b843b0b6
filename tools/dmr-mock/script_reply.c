/* script - the reply that a line of a scenario says. */
#include "script.h"

#include "chat.h"
#include "mem.h"
#include "message.h"
#include "now.h"
#include "tokens.h"

/* Is the text what a model says, rather than the body? */
static bool
is_said_by_model(const struct script_line *l,
    const struct mock_request *request, const struct tree_node *body)
{
	return l->has_text && l->status < 300 && body &&
	    str_ends(str_of(request->path), "/completions");
}

/* As the engine says it, streamed or whole, with usage and all. */
static void
complete(const struct script_line *l, const struct mock_request *request,
    const struct tree_node *body, struct mock_reply *reply)
{
	struct store_model model = { 0 };
	struct runner_call call = { .request = request,
		.reply = reply,
		.body = body,
		.model = &model,
		.unix_ms = now_unix_ms() };
	struct chat_request asked = { 0 };
	struct chat_reply said = { .text = l->body,
		.tokens = tokens_count(buf_str(&l->body)) + 1,
		.finish = "stop" };

	store_make_id(chat_find_text(body, "model"), model.id);
	if (!str_ends(str_of(request->path), "/chat/completions")) {
		asked.prompt_tokens = tokens_count(
		    chat_find_text(body, "prompt"));
		if (!chat_read_limits(&call, &asked))
			chat_write_text(&call, &asked, &said, 1);
	} else if (!chat_read(&call, &asked)) {
		chat_write(&call, &asked, &said);
	}
	chat_request_done(&asked);
}

/* The line's headers, and those of the reply that it does not have. */
static void
set_headers(struct mock_reply *reply, const struct script_line *l)
{
	struct buf old = reply->headers;
	struct str rest = buf_str(&old), name, value;
	const struct mock_request own = { .headers = buf_str(&l->headers) };

	reply->headers = (struct buf){ 0 };
	buf_add(&reply->headers, own.headers);
	while (mock_header_next(&rest, &name, &value)) {
		char *text = mem_copy(name);

		if (!mock_header(&own, text).data)
			buf_add_format(&reply->headers, "%s: %.*s\n", text,
			    STR_ARGS(value));
		free(text);
	}
	buf_done(&old);
}

/* The next event of a stream, or token of a text. */
static struct str
next_piece(struct str *rest, bool is_stream)
{
	struct str piece = *rest;

	if (!is_stream)
		return tokens_next(rest);
	piece.len = str_find(piece, STR("\n\n"));
	piece.len += piece.len < rest->len ? 2 : 0;
	*rest = str_skip(*rest, piece.len);
	return piece;
}

/* Each piece but the first comes a token's time after the one before. */
static void
pace(struct mock_reply *reply, double rate)
{
	struct buf whole = reply->body;
	struct str rest = buf_str(&whole), piece;
	bool is_stream = reply->streams;
	int64_t last_ms = 0;
	size_t n = 0;

	reply->streams = true;
	reply->body = (struct buf){ .max = whole.max };
	while ((piece = next_piece(&rest, is_stream)).len) {
		int64_t due_ms = (int64_t)((double)n++ * 1000 / rate);

		if (due_ms > last_ms)
			mock_reply_pause(reply, due_ms - last_ms);
		last_ms = due_ms;
		buf_add(&reply->body, piece);
	}
	buf_done(&whole);
}

void
script_reply(const struct script_line *l, const struct mock_request *request,
    const struct tree_node *body, struct mock_reply *reply)
{
	bool is_said = is_said_by_model(l, request, body);

	if (is_said)
		complete(l, request, body, reply);
	else if (l->body.len)
		mock_reply_text(reply, 200,
		    l->has_text ? "text/plain; charset=utf-8"
				: "application/json",
		    buf_str(&l->body));
	if (!is_said || reply->status == 200)
		reply->status = (int)l->status;
	set_headers(reply, l);
	if (l->rate > 0 && is_said && !reply->streams)
		reply->delay_ms += (int64_t)((double)tokens_count(
						 buf_str(&l->body)) *
		    1000 / l->rate);
	else if (l->rate > 0)
		pace(reply, l->rate);
}
