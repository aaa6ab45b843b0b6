/* dmr-embed: records gathered into calls, and what becomes of them. */
#include "batch.h"

#include "die.h"
#include "now.h"
#include "tool_pull.h"

/* --- a record --- */

/* A line of OpenAI's batch input is a request of its own. */
static enum fanout_step
begin_request(struct embed *run, struct fanout_job *job)
{
	const struct record *r = &job->record;
	struct err why = ERR_NONE;

	if (!record_is_for(r, EMBED_BATCH_URL))
		err_set(&why, ST_USAGE,
		    "the request is not for POST " EMBED_BATCH_URL);
	else if (!api_embed_count(span_member(r->body, "input")))
		err_set(&why, ST_INPUT, "the body has no input");
	else
		return FANOUT_CALL_ALONE;
	return embed_write_failed(run, job, &why);
}

static enum fanout_step
begin_text(struct embed *run, struct fanout_job *job, struct err *e)
{
	struct err why = ERR_NONE;
	int got;

	buf_reset(&run->json);
	if (!embed_add_text(run, &job->record, 0, &run->json, &why))
		return embed_write_failed(run, job, &why);
	if (run->set->dry_run)
		return FANOUT_CALL;
	if (embed_find_model(run, e))
		return FANOUT_ENDS_RUN;
	got = embed_recall(run, buf_str(&run->json), e);
	if (got == 1)
		return embed_write(
		    run, job, run->stored.vectors, 1, &run->stored);
	return got ? FANOUT_ENDS_RUN : FANOUT_CALL;
}

enum fanout_step
embed_begin(struct fanout *f, struct fanout_job *job, struct err *e)
{
	struct embed *run = f->owner;
	struct err why = job->note;

	job->note.status = ST_OK;
	if (job->record.value.data)
		return embed_pass_on(run, job);
	if (job->record.kind == RECORD_BAD)
		record_blame(&job->record, &why);
	if (why.status) {
		enum fanout_step step = embed_write_failed(run, job, &why);

		job->is_lost = true; /* there is no text in what goes out */
		return step;
	}
	if (job->record.kind == RECORD_BATCH)
		return begin_request(run, job);
	return begin_text(run, job, e);
}

/* --- a range --- */

/* Those asked for are done, the rest is to be asked for. */
static void
go_on(struct embed_batch *b)
{
	b->left -= b->size;
	while (b->size--)
		b->job = b->job->mate;
	b->size = b->left;
	b->limit = 0;
}

static void
fail_range(struct embed_batch *b, const struct err *why)
{
	struct fanout_job *job = b->job;

	for (size_t i = 0; i < b->size; i++, job = job->mate)
		job->failed = embed_write_failed(b->run, job, why) ==
		    FANOUT_BAD;
	go_on(b);
}

/* The rest is asked for as before, once the one that is too long is found. */
static void
halve(struct embed_batch *b, const struct err *why)
{
	if (b->size > 1)
		b->size /= 2;
	else
		fail_range(b, why);
}

/* A batch line may name its own. */
static bool
needs_model(const struct fanout_job *job)
{
	return job->record.kind != RECORD_BATCH ||
	    !span_member(job->record.body, "model").len;
}

/* Ask for what is left.  GOOD: nothing is. */
static enum fanout_step
ask(struct embed_batch *b, struct err *e)
{
	struct embed *run = b->run;
	struct err why = ERR_NONE;

	if (b->left && needs_model(b->job) && embed_find_model(run, e))
		return FANOUT_ENDS_RUN;
	while (b->left) {
		if (embed_write_body(b, &why)) {
			halve(b, &why);
		} else if (run->set->dry_run) {
			embed_write_dry(b, &b->job->line);
			go_on(b);
		} else {
			embed_fill_call(b, b->job->call);
			return FANOUT_CALL;
		}
	}
	return FANOUT_GOOD;
}

enum fanout_step
embed_send(struct fanout *f, struct fanout_job *job, struct err *e)
{
	struct embed *run = f->owner;
	struct embed_batch *b = &run->batches[job->worker];

	b->run = run;
	b->job = job;
	for (b->left = 0; job; job = job->mate)
		b->left++;
	b->size = b->left;
	b->limit = 0;
	return ask(b, e);
}

/* --- an answer --- */

/* As many bytes of the one text as the answer says; 0: nothing is left. */
static size_t
find_limit(struct embed_batch *b, const struct api_call *call)
{
	struct embed *run = b->run;
	const struct record *r = &b->job->record;
	struct err unused;
	size_t now;

	buf_reset(&run->json);
	now = embed_add_text(run, r, b->limit, &run->json, &unused);
	now = (size_t)((double)now * 0.95 *
	    api_embed_share(buf_str(&call->http.reply)));
	buf_reset(&run->json);
	return now && embed_add_text(run, r, now, &run->json, &unused) ? now
								       : 0;
}

/* Shorten the one text that is too long; false: it shall not be, or cannot. */
static bool
cut_text(struct embed_batch *b, const struct api_call *call)
{
	if (!b->run->cuts || b->size > 1 || b->job->record.kind == RECORD_BATCH)
		return false;
	b->limit = find_limit(b, call);
	return b->limit;
}

/* What was sent in the end of a text that is too long. */
static void
warn_of_cut(struct embed_batch *b)
{
	struct embed *run = b->run;
	const struct record *r = &b->job->record;
	struct err why = ERR_NONE, unused;
	size_t all, sent;

	buf_reset(&run->json);
	sent = embed_add_text(run, r, b->limit, &run->json, &unused);
	buf_reset(&run->json);
	all = embed_add_text(run, r, 0, &run->json, &unused);
	err_set(&why, ST_CUT,
	    "the text is too long, its first %zu of %zu bytes are sent", sent,
	    all);
	embed_add_place(run, r, &why);
	warn("%s", why.text);
}

static void
take_answer(struct embed_batch *b)
{
	struct embed *run = b->run;
	struct fanout_job *job = b->job;
	float *vector = b->answer.vectors;
	bool is_request = job->record.kind == RECORD_BATCH;
	size_t n = is_request ? b->wanted : 1;

	if (b->limit)
		warn_of_cut(b);
	for (size_t i = 0; i < b->size; i++, job = job->mate) {
		if (!is_request)
			embed_store(run, &job->record, vector, b->answer.width,
			    b->limit);
		job->failed = embed_write(run, job, vector, n, &b->answer) ==
		    FANOUT_BAD;
		vector += n * b->answer.width;
	}
	go_on(b);
}

/* Does the server make no vectors, whatever is asked for? */
static bool
refuses_all(const struct api_call *call)
{
	int status = call->http.status;
	struct str body = buf_str(&call->http.reply);

	return status == 401 || status == 403 || status == 404 ||
	    status == 405 || status == 501 ||
	    (status >= 400 &&
		str_find(body, STR("Pooling type 'none'")) < body.len);
}

bool
embed_refuses_base64(const struct embed_batch *b, const struct api_call *call)
{
	struct str body = buf_str(&call->http.reply);

	return !b->plain &&
	    (call->http.status == 400 || call->http.status == 422) &&
	    str_find(body, STR("encoding_format")) < body.len;
}

/* The server lacks the model: it may be pulled, once. */
static enum fanout_step
pull(struct fanout *f, struct embed_batch *b, const struct err *why,
    struct err *e)
{
	struct embed *run = b->run;

	if (f->is_ending)
		return FANOUT_ENDS_RUN;
	if (b->round != run->round)
		return ask(b, e);
	*e = *why;
	if (run->round || !run->set->pull_missing)
		return FANOUT_ENDS_RUN;
	e->status = ST_OK;
	if (tool_pull(run->api, run->model, run->out, e))
		return FANOUT_ENDS_RUN;
	run->round++;
	return ask(b, e);
}

enum fanout_step
embed_end(struct fanout *f, struct fanout_job *job, struct err *e)
{
	struct embed *run = f->owner;
	struct embed_batch *b = &run->batches[job->worker];
	struct api_call *call = job->call;
	struct err *why = &call->err;
	bool is_ours = job->record.kind != RECORD_BATCH;

	if (!why->status)
		embed_check_answer(
		    run, &b->answer, is_ours || run->form != EMBED_JSON, why);
	embed_log(b, call, why);
	if (!why->status) {
		run->has_answered = true;
		take_answer(b);
	} else if (why->status == ST_NO_MODEL && is_ours) {
		return pull(f, b, why, e);
	} else if (why->status == ST_UNREACHABLE || why->status == ST_MEMORY ||
	    (is_ours && !run->has_answered && refuses_all(call))) {
		*e = *why;
		return FANOUT_ENDS_RUN;
	} else if (embed_refuses_base64(b, call)) {
		run->plain = true;
	} else if (why->status == ST_CUT || call->http.status == 413) {
		if (!cut_text(b, call))
			halve(b, why);
	} else {
		fail_range(b, why);
	}
	return ask(b, e);
}

void
embed_batch_done(struct embed_batch *b)
{
	buf_done(&b->input);
	buf_done(&b->body);
	buf_done(&b->reply);
	api_embed_done(&b->answer);
}
