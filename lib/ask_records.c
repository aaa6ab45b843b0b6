/* ask - standard input is records, each with an answer of its own. */
#include <unistd.h>

#include "ask_many.h"
#include "ask_object.h"
#include "ask_parts.h"
#include "ask_request.h"
#include "die.h"
#include "record_write.h"

/* All records, and how far the run is. */
struct records {
	struct ask_many many;
	struct record_format format;
	bool has_warned, has_nul;
	size_t nno; /* answers that --assert says no of */
};

static struct records *
records_of(struct fanout *f)
{
	struct ask_many *many = f->owner;

	return many->owner;
}

static struct ask *
answer_of(struct fanout *f, const struct fanout_job *job)
{
	return ask_many_answer(f->owner, job);
}

/* --- the line that goes out --- */

/* The text alone, of a failed record none. */
static void
write_raw(struct records *all, struct fanout_job *job, struct str text)
{
	if (record_write_raw(&job->line, &all->format, text) || all->has_warned)
		return;
	all->has_warned = true;
	warn("an answer has several lines; try: --null");
}

static enum fanout_step
fail(struct fanout *f, struct fanout_job *job, const struct err *why)
{
	struct records *all = records_of(f);
	struct ask *a = answer_of(f, job);

	buf_clear(&job->line);
	job->is_lost = all->many.run->set->records.raw ||
	    job->record.kind == RECORD_BAD || job->record.kind == RECORD_BATCH;
	if (all->many.run->set->records.raw) {
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
write_value(struct records *all, struct fanout_job *job, struct ask *a,
    const struct ask_value *value)
{
	const struct tool_records *set = &all->many.run->set->records;
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
    struct records *all, struct fanout_job *job, struct ask *a, struct err *e)
{
	bool raw = all->many.run->set->records.raw;
	struct ask_value value = { 0 };
	int got = all->many.run->choose(a, &value, !raw, e);

	if (!got && raw)
		write_raw(all, job, buf_str(&value.text));
	else if (!got)
		write_value(all, job, a, &value);
	if (!got && (value.text.full || a->said.full || job->line.full))
		got = err_set(e, ST_SERVER, "the answer is too large");
	buf_done(&value.text);
	return got;
}

static enum fanout_step
finish(struct fanout *f, struct fanout_job *job, struct ask *a, struct err *why)
{
	struct records *all = records_of(f);
	enum fanout_step step = FANOUT_GOOD;

	if (why->status || take_answer(all, job, a, why))
		step = fail(f, job, why);
	else if (a->says_no)
		err_set(why, ST_NO, "%s", "");
	all->nno += why->status == ST_NO;
	return step;
}

/* --- the two ways of a record --- */

static enum fanout_step
write_dry(const struct records *all, struct fanout_job *job, struct ask *a)
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
prepare(struct fanout *f, struct fanout_job *job, struct ask *a, struct err *e)
{
	struct records *all = records_of(f);
	const struct ask_run *run = all->many.run;
	const struct record *r = &job->record;

	a->keeps_body = r->kind == RECORD_BATCH;
	if (run->take_record(a, r, e))
		return -1;
	if (a->own_model)
		a->model = a->own_model;
	if (run->write(a, a->own_model ? NULL : a->model, e))
		return -1;
	tool_warn_of_nul(r->text, r->line, &all->has_nul);
	return 0;
}

static enum fanout_step
ask(struct fanout *f, struct fanout_job *job, struct err *e)
{
	struct records *all = records_of(f);
	struct err why = ERR_NONE;

	if (!all->many.run->set->dry_run)
		return ask_many_ask(f, job, e);
	if (ask_many_prepare(f, job, &why))
		return fail(f, job, &why);
	return write_dry(all, job, answer_of(f, job));
}

/* It has its answer from an earlier run. */
static enum fanout_step
pass_on(struct fanout *f, struct fanout_job *job)
{
	struct records *all = records_of(f);
	struct buf text = { 0 };

	if (all->many.run->set->dry_run)
		return FANOUT_GOOD; /* there is nothing to ask */
	if (all->many.run->set->records.raw) {
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

/* --- the run --- */

/* What the run comes to, if nothing ended it. */
static int
sum_up(const struct records *all, const struct fanout *f, struct err *e)
{
	if (all->nno)
		return err_set(e, ST_NO,
		    "of %zu answers --assert says no of %zu%s",
		    f->nprinted - f->nfailed, all->nno,
		    f->nfailed ? ", and records failed" : "");
	return tool_sum_up(f, "records", "the output fed back", e);
}

static void
work(struct records *all, struct err *e)
{
	struct ask_run *run = all->many.run;
	const struct tool_records *set = &run->set->records;
	struct fanout f = { .api = run->api,
		.out = run->out,
		.in = { .fd = STDIN_FILENO, .format = &all->format },
		.jobs = (size_t)set->jobs,
		.unordered = set->unordered,
		.max_errors = (size_t)set->max_errors,
		.tells = tool_shows_progress(run->set, run->out, run->json),
		.begin = begin,
		.end = ask_many_end,
		.owner = &all->many };

	if (!fanout_run(&f, e))
		sum_up(all, &f, e);
	fanout_done(&f);
}

static void
open_run(struct records *all, struct ask_run *run)
{
	const struct tool_records *set = &run->set->records;

	all->many = (struct ask_many){
		.run = run, .prepare = prepare, .finish = finish, .owner = all
	};
	record_format_init(
	    &all->format, set->member, set->lines, set->null_ends ? 0 : '\n');
	if (run->completes) {
		all->format.question = "prompt";
		all->format.question_kind = SPAN_STRING;
	}
	ask_many_open(&all->many, (size_t)set->jobs);
}

int
ask_records(struct ask_run *run, struct err *e)
{
	struct records all = { 0 };

	run->out = tool_output(run->set, e);
	if (!run->out)
		return -1;
	open_run(&all, run);
	work(&all, e);
	tool_close_output(run->out, e);
	ask_many_close(&all.many);
	record_format_done(&all.format);
	return e->status ? -1 : 0;
}
