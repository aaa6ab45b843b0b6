/* ask - ask, and hear the answer. */
#include <unistd.h>

#include "ask_parts.h"
#include "ask_request.h"
#include "die.h"
#include "file.h"
#include "now.h"

enum {
	LOADING_MS = 2000, /* of silence, before a note on a terminal */
};

static void
forget_answer(struct ask *a)
{
	api_chat_done(&a->reader);
	buf_reset(&a->came);
	buf_reset(&a->said);
	buf_reset(&a->thought);
}

void
ask_forget(struct ask *a)
{
	forget_answer(a);
	buf_reset(&a->body);
	buf_reset(&a->fields);
}

void
ask_begin(struct ask *a, const char *server, const char *model)
{
	forget_answer(a);
	a->reader = (struct api_chat){ .model = model,
		.server = server,
		.completes = a->run->completes,
		.wants_tools = a->run->offers_tools || a->offers_tools,
		.usage = { -1, -1, -1, -1 } };
	a->came.max = CACHE_ANSWER_MAX;
	a->first_ms = 0;
}

static void
on_start(struct api_call *call)
{
	ask_begin(call->owner, api_call_server(call), call->model);
}

static int
on_bytes(struct api_call *call, struct str piece, struct err *e)
{
	struct ask *a = call->owner;
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
	struct ask *a = call->owner;
	int got = api_chat_end(&a->reader, a->run->set->cut_ok, e);

	call->foreign = a->reader.foreign;
	return got;
}

void
ask_fill_call(struct ask *a, struct api_call *call, const char *model)
{
	*call = (struct api_call){ .method = "POST",
		.path = a->run->path,
		.body = buf_str(&a->body),
		.model = model,
		.on_start = on_start,
		.on_bytes = on_bytes,
		.on_end = on_end,
		.owner = a };
}

/* Wait for the answer, printing what may be printed as it comes. */
static int
wait_for(struct ask *a, struct api_call *call, struct err *e)
{
	const struct ask_run *run = a->run;
	int64_t note_ms = now_ms() + LOADING_MS;

	while (!call->done) {
		if (tool_wait(run->api, run->out, 500, e) || ask_take(a, e))
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

static int
call_model(struct ask *a, const char *model, struct err *e)
{
	struct api_call call;
	int got;

	ask_fill_call(a, &call, model);
	api_start(a->run->api, &call);
	got = wait_for(a, &call, e);
	a->tries = call.http.tries;
	/* What is held back is looked at before it is good. */
	if (call.done && !call.err.status && a->run->streams)
		ask_store(a);
	api_call_done(&call);
	return got;
}

/* Take the answer of a model from the cache, or ask it. */
static int
ask(struct ask *a, const char *model, struct err *e)
{
	int got;

	if (a->run->write(a, model, e))
		return -1;
	a->start_ms = now_ms();
	a->began_ms = now_unix_ms();
	got = ask_recall(a, model, e);
	if (!got)
		got = call_model(a, model, e);
	a->end_ms = now_ms();
	return got < 0 ? -1 : 0;
}

int
ask_models(struct ask *a,
    int (*try)(struct ask *, const char *model, struct err *e), struct err *e)
{
	struct ask_run *run = a->run;
	const char *model = ask_first_model(run);
	int got = try(a, model, e);

	if (!got || e->status != ST_NO_MODEL || run->out->last)
		return got;
	ask_log(a, e); /* what follows is another request */
	a->start_ms = 0;
	if (!run->model)
		return ask_find_model(run, e) ? -1 : try(a, run->only_model, e);
	if (!run->set->pull_missing || ask_pull(run, model, e))
		return -1;
	return try(a, model, e);
}

int
ask_server(struct ask *a, struct err *e)
{
	struct ask_run *run = a->run;

	run->api = tool_api(run->set);
	ask_open_log(run);
	ask_open_cache(run);
	return ask_models(a, ask, e);
}

void
ask_done(struct ask *a)
{
	api_chat_done(&a->reader);
	buf_done(&a->fields);
	free(a->own_model);
	buf_done(&a->body);
	buf_done(&a->came);
	buf_done(&a->said);
	buf_done(&a->thought);
}

void
ask_close(struct ask_run *run)
{
	if (run->api)
		api_close(run->api);
	log_close(&run->log);
	ask_close_cache(run);
	free(run->only_model);
}
