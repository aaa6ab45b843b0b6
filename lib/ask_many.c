/* ask - many requests on their way at once. */
#include "ask_many.h"

#include "ask_parts.h"
#include "ask_request.h"
#include "json.h"
#include "mem.h"
#include "now.h"

struct ask *
ask_many_answer(const struct ask_many *all, const struct fanout_job *job)
{
	return &all->answers[job->worker];
}

/*
 * A good answer is stored, also for the request that was asked first, if its
 * own answer was none.
 */
static void
store(struct ask *a, enum fanout_step step)
{
	if (step == FANOUT_CALL && !a->first_key[0])
		memcpy(a->first_key, a->key, sizeof a->key);
	if (step == FANOUT_GOOD)
		ask_store(a);
	if (step == FANOUT_GOOD && a->first_key[0]) {
		memcpy(a->key, a->first_key, sizeof a->key);
		ask_store(a);
	}
	if (step != FANOUT_CALL)
		a->first_key[0] = 0;
}

/* The answer, or the end of all tries to get one. */
static enum fanout_step
finish(struct fanout *f, struct fanout_job *job, struct err *why, struct err *e)
{
	struct ask_many *all = f->owner;
	struct ask *a = ask_many_answer(all, job);
	enum fanout_step step;

	ask_keep_text(a);
	all->has_noted = all->has_noted || ask_warn(a);
	step = all->finish(f, job, a, why);
	store(a, step);
	all->has_answered |= step == FANOUT_GOOD && !a->own_model;
	ask_log(a, why);
	ask_forget(a);
	return step == FANOUT_CALL ? ask_many_ask(f, job, e) : step;
}

void
ask_many_turn(struct ask *a, bool good)
{
	if (good)
		store(a, FANOUT_GOOD);
	a->key[0] = a->first_key[0] = 0;
}

void
ask_many_write(struct fanout *f, struct fanout_job *job, struct buf *name)
{
	struct buf id = { 0 };
	struct json j = { .out = &id };

	buf_repair(name, 0, true);
	json_string(&j, buf_str(name));
	ask_write_batch(
	    &job->line, ask_many_answer(f->owner, job), buf_str(&id));
	buf_done(&id);
}

bool
ask_many_passes(enum status status)
{
	return status == ST_NO_MODEL || status == ST_UNREACHABLE ||
	    status == ST_INCOMPLETE || status == ST_SERVER ||
	    status == ST_TIMEOUT;
}

int
ask_many_prepare(struct fanout *f, struct fanout_job *job, struct err *e)
{
	struct ask_many *all = f->owner;
	struct ask *a = ask_many_answer(all, job);

	a->round = all->nmodels;
	a->start_ms = 0;
	buf_clear(&a->fields);
	free(a->own_model);
	a->own_model = NULL;
	a->offers_tools = false;
	a->model = all->run->many_model;
	return all->prepare(f, job, a, e);
}

enum fanout_step
ask_many_ask(struct fanout *f, struct fanout_job *job, struct err *e)
{
	struct ask_many *all = f->owner;
	struct ask *a = ask_many_answer(all, job);
	struct err why = ERR_NONE;
	int got;

	if (ask_many_prepare(f, job, &why)) {
		api_call_done(job->call); /* an answer of before is none */
		*job->call = (struct api_call){ 0 };
		return all->finish(f, job, a, &why);
	}
	a->start_ms = now_ms();
	a->began_ms = now_unix_ms();
	a->tries = 0;
	got = ask_recall(a, a->model, e);
	if (got < 0)
		return FANOUT_ENDS_RUN;
	if (got) {
		a->end_ms = now_ms();
		return finish(f, job, &why, e);
	}
	api_call_done(job->call);
	ask_fill_call(a, job->call, a->model);
	return FANOUT_CALL;
}

/*
 * The server lacks the model of all.  As long as none has been answered there
 * may be another one, or it may be pulled; else the run ends.
 */
static enum fanout_step
change_model(struct fanout *f, struct fanout_job *job, const struct err *why,
    struct err *e)
{
	struct ask_many *all = f->owner;
	struct ask_run *run = all->run;
	struct ask *a = ask_many_answer(all, job);

	ask_log(a, why);
	if (f->is_ending)
		return FANOUT_ENDS_RUN;
	if (a->round != all->nmodels)
		return ask_many_ask(f, job, e);
	*e = *why;
	if (!run->model && !run->only_model) {
		if (ask_find_model(run, e))
			return FANOUT_ENDS_RUN;
		run->many_model = run->only_model;
	} else if (!run->set->pull_missing || all->has_pulled ||
	    ask_pull(run, run->many_model, e)) {
		return FANOUT_ENDS_RUN;
	} else {
		all->has_pulled = true;
	}
	all->nmodels++;
	e->status = ST_OK;
	return ask_many_ask(f, job, e);
}

enum fanout_step
ask_many_end(struct fanout *f, struct fanout_job *job, struct err *e)
{
	struct ask_many *all = f->owner;
	struct ask *a = ask_many_answer(all, job);
	struct err *why = &job->call->err;

	a->end_ms = now_ms();
	a->tries = job->call->http.tries;
	if (job->call->http.end == HTTP_UNREACHABLE ||
	    why->status == ST_UNREACHABLE || why->status == ST_MEMORY) {
		ask_log(a, why);
		*e = *why;
		return FANOUT_ENDS_RUN;
	}
	if (why->status == ST_NO_MODEL && !a->own_model &&
	    (!all->has_answered || a->round != all->nmodels))
		return change_model(f, job, why, e);
	return finish(f, job, why, e);
}

void
ask_many_open(struct ask_many *all, size_t jobs)
{
	struct ask_run *run = all->run;

	run->many_model = ask_first_model(run);
	all->n = jobs;
	all->answers = mem_new(jobs, sizeof *all->answers);
	for (size_t i = 0; i < jobs; i++)
		all->answers[i].run = run;
	if (run->set->dry_run || run->asks_nobody)
		return;
	run->api = tool_api(run->set);
	ask_open_log(run);
	ask_open_cache(run);
}

void
ask_many_close(struct ask_many *all)
{
	for (size_t i = 0; i < all->n; i++)
		ask_done(&all->answers[i]);
	free(all->answers);
	all->answers = NULL;
	all->n = 0;
}

int
ask_many_run(struct ask_many *all, struct fanout *f, struct err *e)
{
	int got;

	f->in.fd = -1;
	f->end = ask_many_end;
	f->owner = all;
	ask_many_open(all, f->jobs);
	f->api = all->run->api;
	got = fanout_run(f, e);
	fanout_done(f);
	ask_many_close(all);
	return got;
}
