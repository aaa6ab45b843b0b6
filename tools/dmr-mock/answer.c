/* answer - who has the reply: scenario, recording, upstream, runner. */
#include "die.h"
#include "serve.h"

static const char own[] = "/__mock/";

/*
 * Open what the options name; with what failed the rest is closed by
 * mock_sources_close(), too.
 */
int
mock_sources_open(
    struct mock_sources *s, const struct mock_options *o, struct err *e)
{
	*s = (struct mock_sources){ .runner = mock_runner_open(o->models, e),
		.seen = mock_seen_open(),
		.faults = mock_faults_open() };
	if (!s->runner)
		return -1;
	if (o->record && !o->upstream)
		return err_set(e, ST_USAGE, "--record needs --upstream");
	if (o->script && !(s->script = mock_script_open(o->script, e)))
		return -1;
	if (o->replay && !(s->replay = mock_replay_open(o->replay, e)))
		return -1;
	if (s->replay && o->verbose)
		mock_replay_be_verbose(s->replay);
	if (o->upstream && !(s->upstream = mock_upstream_open(o->upstream, e)))
		return -1;
	if (o->record && !(s->record = mock_record_open(o->record, e)))
		return -1;
	return 0;
}

int
mock_sources_close(struct mock_sources *s, struct err *e)
{
	int got = s->record ? mock_record_close(s->record, e) : 0;

	if (s->upstream)
		mock_upstream_close(s->upstream);
	if (s->replay)
		mock_replay_close(s->replay);
	if (s->script)
		mock_script_close(s->script);
	mock_runner_close(s->runner);
	mock_seen_close(s->seen);
	mock_faults_close(s->faults);
	return got;
}

/* GET and DELETE /__mock/requests. */
static void
answer_own(struct mock_exchange *x)
{
	const struct mock_request *r = &x->request;

	if (strcmp(r->path, "/__mock/requests") != 0) {
		mock_reply_error(&x->reply, 404, "not found");
	} else if (!strcmp(r->method, "GET")) {
		x->reply.status = 200;
		x->reply.body.max = 2 * (size_t)BUF_MAX;
		mock_reply_header(
		    &x->reply, "Content-Type", "application/jsonl");
		mock_seen_write(x->sources->seen, &x->reply.body);
	} else if (!strcmp(r->method, "DELETE")) {
		mock_seen_clear(x->sources->seen);
		x->reply.status = 204;
	} else {
		mock_reply_error(&x->reply, 405, "method not allowed");
		mock_reply_header(&x->reply, "Allow", "GET, DELETE");
	}
}

/* The reply is whole: spoil it as a line of the scenario says, and the path. */
static void
finish(struct mock_exchange *x)
{
	if (x->script_fault)
		mock_fault_spoil(x->script_fault, &x->reply);
	if (x->fault)
		mock_fault_spoil(x->fault, &x->reply);
}

/*
 * The upstream has said more, or all.  A reply that a fault is to spoil, is
 * waited for to its end.
 */
static void
on_more(void *owner)
{
	struct mock_exchange *x = owner;
	struct mock_reply *reply = &x->reply;
	struct mock_record *record = x->sources->record;
	struct err e = ERR_NONE;

	if (!reply->is_open && !reply->status)
		mock_runner_answer(x->sources->runner, &x->request, reply);
	else if (!reply->is_open && record &&
	    mock_record_add(record, &x->request, reply, &e))
		warn("%s", e.text);
	if (!reply->is_open)
		finish(x);
	else if (x->fault || x->script_fault || !reply->status)
		return;
	x->is_waiting = false;
	x->on_ready(x);
}

void
mock_answer(struct mock_exchange *x)
{
	struct mock_sources *s = x->sources;
	const struct mock_request *r = &x->request;
	bool has_reply;

	if (str_starts(str_of(r->path), own)) {
		answer_own(x);
		return;
	}
	mock_seen_add(s->seen, r);
	if (x->fault && !mock_fault_is_known(str_of(x->fault))) {
		mock_reply_error(&x->reply, 404, "no fault '%s'", x->fault);
		return;
	}
	if (x->fault && mock_fault_answer(s->faults, x->fault, r, &x->reply))
		return;
	has_reply = s->script &&
	    mock_script_answer(s->script, r, &x->reply, &x->script_fault);
	has_reply |= x->script_fault &&
	    mock_fault_answer(s->faults, x->script_fault, r, &x->reply);
	if (!has_reply &&
	    !(s->replay && mock_replay_answer(s->replay, r, &x->reply))) {
		if (s->upstream) {
			x->is_waiting = true;
			mock_upstream_ask(
			    s->upstream, r, &x->reply, on_more, x);
			return;
		}
		mock_runner_answer(s->runner, r, &x->reply);
	}
	finish(x);
}

void
mock_answer_drop(struct mock_exchange *x)
{
	if (x->reply.is_open || x->is_waiting)
		mock_upstream_cancel(x->sources->upstream, &x->reply);
	x->is_waiting = false;
}
