/* ask - standard input is records, each with an answer of its own. */
#include <unistd.h>

#include "ask_object.h"
#include "ask_parts.h"
#include "ask_request.h"
#include "die.h"
#include "fanout.h"
#include "mem.h"
#include "now.h"
#include "record_write.h"

/* All records, and how far the run is. */
struct many {
	struct ask_run *run;
	struct record_format format;
	struct ask *answers; /* one for each job */
	bool has_answered, has_pulled, has_warned, has_noted, has_nul;
	size_t nmodels; /* how often the model was another, or new */
	size_t nno;     /* answers that --assert says no of */
};

static struct ask *
answer_of(struct fanout *f, const struct fanout_job *job)
{
	struct many *all = f->owner;

	return &all->answers[job->worker];
}

/* --- the line that goes out --- */

/* The text alone, of a failed record none. */
static void
write_raw(struct many *all, struct fanout_job *job, struct str text)
{
	if (record_write_raw(&job->line, &all->format, text) || all->has_warned)
		return;
	all->has_warned = true;
	warn("an answer has several lines; try: --null");
}

static enum fanout_step
fail(struct fanout *f, struct fanout_job *job, const struct err *why)
{
	struct many *all = f->owner;
	struct ask *a = answer_of(f, job);

	buf_clear(&job->line);
	job->is_lost = all->run->set->records.raw ||
	    job->record.kind == RECORD_BAD || job->record.kind == RECORD_BATCH;
	if (all->run->set->records.raw) {
		write_raw(all, job, STR(""));
		job->note = *why;
		if (job->record.kind != RECORD_BAD)
			err_prefix(&job->note, "line %zu", job->record.line);
	} else {
		record_write_error(&job->line, &all->format, &job->record, why,
		    buf_str(&a->said));
	}
	return FANOUT_BAD;
}

static void
write_value(struct many *all, struct fanout_job *job, struct ask *a,
    const struct ask_value *value)
{
	const struct tool_records *set = &all->run->set->records;
	struct buf object = { 0 };
	struct record_writer w;

	record_begin(&w, &job->line, &all->format, &job->record);
	if (job->record.kind == RECORD_BATCH) {
		ask_write_reply(&w.json, a);
	} else if (set->full) {
		ask_write_object(&object, a, value, false);
		json_raw(&w.json, buf_str(&object));
	} else if (value->is_json) {
		json_raw(&w.json, str_trim(buf_str(&value->text)));
	} else {
		json_string(&w.json, buf_str(&value->text));
	}
	record_end(&w);
	job->line.full |= object.full;
	buf_done(&object);
}

/* --- an answer --- */

/* A complete answer: is it what was wanted?  Then its line is written. */
static int
take_answer(
    struct many *all, struct fanout_job *job, struct ask *a, struct err *e)
{
	bool raw = all->run->set->records.raw;
	struct ask_value value = { 0 };
	int got = all->run->choose(a, &value, !raw, e);

	if (!got)
		ask_store(a);
	if (!got && raw)
		write_raw(all, job, buf_str(&value.text));
	else if (!got)
		write_value(all, job, a, &value);
	if (!got && (value.text.full || a->said.full || job->line.full))
		got = err_set(e, ST_SERVER, "the answer is too large");
	buf_done(&value.text);
	return got;
}

/* The answer, or the end of all tries to get one. */
static enum fanout_step
finish(struct fanout *f, struct fanout_job *job, struct err *why)
{
	struct many *all = f->owner;
	struct ask *a = answer_of(f, job);
	enum fanout_step step = FANOUT_GOOD;

	ask_keep_text(a);
	all->has_noted = all->has_noted || ask_warn(a);
	if (why->status || take_answer(all, job, a, why))
		step = fail(f, job, why);
	else if (a->says_no)
		err_set(why, ST_NO, "%s", "");
	all->nno += why->status == ST_NO;
	all->has_answered |= step == FANOUT_GOOD && !a->own_model;
	ask_log(a, why);
	ask_forget(a);
	return step;
}

/* --- the two ways of a record --- */

static enum fanout_step
write_dry(const struct many *all, struct fanout_job *job, struct ask *a)
{
	char line[32];

	snprintf(line, sizeof line, "\"%zu\"", job->record.line);
	ask_write_batch(&job->line, a,
	    job->record.kind == RECORD_BATCH ? job->record.custom_id
					     : str_of(line));
	job->line.data[job->line.len - 1] = all->format.end;
	return FANOUT_GOOD;
}

/* Write the request; -1: the record cannot be asked. */
static int
write_request(const struct many *all, struct ask *a, const struct record *r,
    struct err *e)
{
	const struct ask_run *run = all->run;

	a->round = all->nmodels;
	a->start_ms = 0;
	buf_clear(&a->fields);
	free(a->own_model);
	a->own_model = NULL;
	a->offers_tools = false;
	a->keeps_body = r->kind == RECORD_BATCH;
	if (run->take_record(a, r, e))
		return -1;
	a->model = a->own_model ? a->own_model : run->records_model;
	return run->write(a, a->own_model ? NULL : a->model, e);
}

/* Make the request, and take its answer from the cache if it is there. */
static enum fanout_step
ask(struct fanout *f, struct fanout_job *job, struct err *e)
{
	struct many *all = f->owner;
	struct ask *a = answer_of(f, job);
	struct err why = ERR_NONE;
	int got;

	if (write_request(all, a, &job->record, &why))
		return fail(f, job, &why);
	tool_warn_of_nul(job->record.text, job->record.line, &all->has_nul);
	if (all->run->set->dry_run)
		return write_dry(all, job, a);
	a->start_ms = now_ms();
	a->began_ms = now_unix_ms();
	a->tries = 0;
	got = ask_recall(a, a->model, e);
	if (got < 0)
		return FANOUT_ENDS_RUN;
	if (got) {
		a->end_ms = now_ms();
		return finish(f, job, &why);
	}
	api_call_done(job->call);
	ask_fill_call(a, job->call, a->model);
	return FANOUT_CALL;
}

/* It has its answer from an earlier run. */
static enum fanout_step
pass_on(struct fanout *f, struct fanout_job *job)
{
	struct many *all = f->owner;
	struct buf text = { 0 };

	if (all->run->set->dry_run)
		return FANOUT_GOOD; /* there is nothing to ask */
	if (all->run->set->records.raw) {
		record_text(job->record.value, &text);
		write_raw(all, job, buf_str(&text));
	} else {
		record_write_same(&job->line, &all->format, &job->record);
	}
	buf_done(&text);
	return FANOUT_GOOD;
}

static enum fanout_step
begin(struct fanout *f, struct fanout_job *job, struct err *e)
{
	struct ask *a = answer_of(f, job);
	struct err why = ERR_NONE;

	buf_clear(&a->said);
	if (job->record.value.data)
		return pass_on(f, job);
	if (job->record.kind != RECORD_BAD)
		return ask(f, job, e);
	record_blame(&job->record, &why);
	return fail(f, job, &why);
}

/*
 * The server lacks the model of all records.  As long as none has been
 * answered there may be another one, or it may be pulled; else the run ends.
 */
static enum fanout_step
change_model(struct fanout *f, struct fanout_job *job, const struct err *why,
    struct err *e)
{
	struct many *all = f->owner;
	struct ask_run *run = all->run;
	struct ask *a = answer_of(f, job);

	ask_log(a, why);
	if (f->is_ending)
		return FANOUT_ENDS_RUN;
	if (a->round != all->nmodels)
		return ask(f, job, e);
	*e = *why;
	if (!run->model && !run->only_model) {
		if (ask_find_model(run, e))
			return FANOUT_ENDS_RUN;
		run->records_model = run->only_model;
	} else if (!run->set->pull_missing || all->has_pulled ||
	    ask_pull(run, run->records_model, e)) {
		return FANOUT_ENDS_RUN;
	} else {
		all->has_pulled = true;
	}
	all->nmodels++;
	e->status = ST_OK;
	return ask(f, job, e);
}

static enum fanout_step
end(struct fanout *f, struct fanout_job *job, struct err *e)
{
	struct many *all = f->owner;
	struct ask *a = answer_of(f, job);
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
	return finish(f, job, why);
}

/* --- the run --- */

/* What the run comes to, if nothing ended it. */
static int
sum_up(const struct many *all, const struct fanout *f, struct err *e)
{
	if (all->nno)
		return err_set(e, ST_NO,
		    "of %zu answers --assert says no of %zu%s",
		    f->nprinted - f->nfailed, all->nno,
		    f->nfailed ? ", and records failed" : "");
	return tool_sum_up(f, "records", "the output fed back", e);
}

static void
work(struct many *all, struct err *e)
{
	struct ask_run *run = all->run;
	const struct tool_records *set = &run->set->records;
	struct fanout f = { .api = run->api,
		.out = run->out,
		.in = { .fd = STDIN_FILENO, .format = &all->format },
		.jobs = (size_t)set->jobs,
		.unordered = set->unordered,
		.max_errors = (size_t)set->max_errors,
		.tells = tool_shows_progress(run->set, run->out, run->json),
		.begin = begin,
		.end = end,
		.owner = all };

	if (!fanout_run(&f, e))
		sum_up(all, &f, e);
	fanout_done(&f);
}

static void
open_run(struct many *all, struct ask_run *run)
{
	const struct tool_records *set = &run->set->records;

	all->run = run;
	run->records_model = ask_first_model(run);
	record_format_init(
	    &all->format, set->member, set->lines, set->null_ends ? 0 : '\n');
	if (run->completes) {
		all->format.question = "prompt";
		all->format.question_kind = SPAN_STRING;
	}
	all->answers = mem_new((size_t)set->jobs, sizeof *all->answers);
	for (int64_t i = 0; i < set->jobs; i++)
		all->answers[i].run = run;
	if (run->set->dry_run)
		return;
	run->api = tool_api(run->set);
	ask_open_log(run);
	ask_open_cache(run);
}

static void
close_run(struct many *all)
{
	for (int64_t i = 0; i < all->run->set->records.jobs; i++)
		ask_done(&all->answers[i]);
	free(all->answers);
	record_format_done(&all->format);
}

/* The output is kept unless something ended the run. */
static void
close_output(struct ask_run *run, struct err *e)
{
	bool keep = !e->status || e->status == ST_NO || e->status == ST_PARTIAL;
	struct err late = ERR_NONE;

	if (output_close(run->out, keep, &late) && keep)
		*e = late;
}

int
ask_records(struct ask_run *run, struct err *e)
{
	struct many all = { 0 };

	run->out = tool_output(run->set, e);
	if (!run->out)
		return -1;
	open_run(&all, run);
	work(&all, e);
	close_output(run, e);
	close_run(&all);
	return e->status ? -1 : 0;
}
