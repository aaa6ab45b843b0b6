/* dmr-chat: standard input is records, each with an answer of its own. */
#include <unistd.h>

#include "answer.h"
#include "die.h"
#include "fanout.h"
#include "file.h"
#include "mem.h"
#include "now.h"
#include "object.h"
#include "record_write.h"
#include "request.h"
#include "turn.h"

struct run {
	struct chat *chat;
	struct record_format format;
	struct chat_answer *answers; /* one for each job */
	bool has_answered, has_pulled, has_warned, has_noted;
	size_t nmodels; /* how often the model was another, or new */
	size_t nno;     /* answers that --assert says no of */
};

static struct chat_answer *
answer_of(struct fanout *f, const struct fanout_job *job)
{
	struct run *run = f->owner;

	return &run->answers[job->worker];
}

/* --- the line that goes out --- */

/* The text alone, of a failed record none. */
static void
write_raw(struct run *run, struct fanout_job *job, struct str text)
{
	if (record_write_raw(&job->line, &run->format, text) || run->has_warned)
		return;
	run->has_warned = true;
	warn("an answer has several lines; try: --null");
}

static enum fanout_step
fail(struct fanout *f, struct fanout_job *job, const struct err *why)
{
	struct run *run = f->owner;
	struct chat_answer *a = answer_of(f, job);

	buf_clear(&job->line);
	job->is_lost = run->chat->set->records.raw ||
	    job->record.kind == RECORD_BAD || job->record.kind == RECORD_BATCH;
	if (run->chat->set->records.raw) {
		write_raw(run, job, STR(""));
		job->note = *why;
		if (job->record.kind != RECORD_BAD)
			err_prefix(&job->note, "line %zu", job->record.line);
	} else {
		record_write_error(&job->line, &run->format, &job->record, why,
		    buf_str(&a->said));
	}
	return FANOUT_BAD;
}

static void
write_value(struct run *run, struct fanout_job *job, struct chat_answer *a,
    struct str text, bool is_json)
{
	const struct tool_records *set = &run->chat->set->records;
	struct buf object = { 0 };
	struct record_writer w;

	record_begin(&w, &job->line, &run->format, &job->record);
	if (job->record.kind == RECORD_BATCH) {
		chat_write_reply(&w.json, a);
	} else if (set->full) {
		chat_write_object(&object, a,
		    a->reader.ncalls && !run->chat->filter ? buf_str(&a->said)
							   : text,
		    false);
		json_raw(&w.json, buf_str(&object));
	} else if (is_json) {
		json_raw(&w.json, str_trim(text));
	} else {
		json_string(&w.json, text);
	}
	record_end(&w);
	job->line.full |= object.full;
	buf_done(&object);
}

/* --- an answer --- */

/* A complete answer: is it what was wanted?  Then its line is written. */
static int
take_answer(struct run *run, struct fanout_job *job, struct chat_answer *a,
    struct err *e)
{
	bool raw = run->chat->set->records.raw, is_json = !raw;
	struct buf text = { 0 };
	int got = chat_choose(a, &text, &is_json, e);

	if (!got)
		chat_store(a);
	if (!got && raw)
		write_raw(run, job, buf_str(&text));
	else if (!got)
		write_value(run, job, a, buf_str(&text), is_json);
	if (!got && (text.full || a->said.full || job->line.full))
		got = err_set(e, ST_SERVER, "the answer is too large");
	buf_done(&text);
	return got;
}

/* The answer, or the end of all tries to get one. */
static enum fanout_step
finish(struct fanout *f, struct fanout_job *job, struct err *why)
{
	struct run *run = f->owner;
	struct chat_answer *a = answer_of(f, job);
	enum fanout_step step = FANOUT_GOOD;

	chat_keep_text(a);
	run->has_noted = run->has_noted || chat_warn(a);
	if (why->status || take_answer(run, job, a, why))
		step = fail(f, job, why);
	else if (run->chat->assertion && !a->holds)
		err_set(why, ST_NO, "%s", "");
	run->nno += why->status == ST_NO;
	run->has_answered |= step == FANOUT_GOOD && !a->own_model;
	chat_log(a, why);
	chat_forget(a);
	return step;
}

/* --- the two ways of a record --- */

static enum fanout_step
write_dry(const struct run *run, struct fanout_job *job, struct chat_answer *a)
{
	char line[32];

	snprintf(line, sizeof line, "\"%zu\"", job->record.line);
	chat_write_batch(&job->line, a,
	    job->record.kind == RECORD_BATCH ? job->record.custom_id
					     : str_of(line));
	job->line.data[job->line.len - 1] = run->format.end;
	return FANOUT_GOOD;
}

/* Make the request, and take its answer from the cache if it is there. */
static enum fanout_step
ask(struct fanout *f, struct fanout_job *job, struct err *e)
{
	const struct run *run = f->owner;
	struct chat_answer *a = answer_of(f, job);
	struct err why = ERR_NONE;
	int got;

	a->round = run->nmodels;
	a->start_ms = 0;
	if (chat_take_record(a, &job->record, &why))
		return fail(f, job, &why);
	if (a->chat->set->dry_run)
		return write_dry(run, job, a);
	a->start_ms = now_ms();
	a->began_ms = now_unix_ms();
	a->tries = 0;
	got = chat_recall(a, a->model, e);
	if (got < 0)
		return FANOUT_ENDS_RUN;
	if (got) {
		a->end_ms = now_ms();
		return finish(f, job, &why);
	}
	api_call_done(job->call);
	chat_fill_call(a, job->call, a->model);
	return FANOUT_CALL;
}

/* It has its answer from an earlier run. */
static enum fanout_step
pass_on(struct fanout *f, struct fanout_job *job)
{
	struct run *run = f->owner;
	struct buf text = { 0 };

	if (run->chat->set->dry_run)
		return FANOUT_GOOD; /* there is nothing to ask */
	if (run->chat->set->records.raw) {
		record_text(job->record.value, &text);
		write_raw(run, job, buf_str(&text));
	} else {
		record_write_same(&job->line, &run->format, &job->record);
	}
	buf_done(&text);
	return FANOUT_GOOD;
}

static enum fanout_step
begin(struct fanout *f, struct fanout_job *job, struct err *e)
{
	struct chat_answer *a = answer_of(f, job);
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
	struct run *run = f->owner;
	struct chat *c = run->chat;
	struct chat_answer *a = answer_of(f, job);

	chat_log(a, why);
	if (f->is_ending)
		return FANOUT_ENDS_RUN;
	if (a->round != run->nmodels)
		return ask(f, job, e);
	*e = *why;
	if (!chat_named_model(c) && !c->only_model) {
		if (chat_find_model(c, e))
			return FANOUT_ENDS_RUN;
		c->model = c->only_model;
	} else if (!c->set->pull_missing || run->has_pulled ||
	    chat_pull(c, c->model, e)) {
		return FANOUT_ENDS_RUN;
	} else {
		run->has_pulled = true;
	}
	run->nmodels++;
	e->status = ST_OK;
	return ask(f, job, e);
}

static enum fanout_step
end(struct fanout *f, struct fanout_job *job, struct err *e)
{
	struct run *run = f->owner;
	struct chat_answer *a = answer_of(f, job);
	struct err *why = &job->call->err;

	a->end_ms = now_ms();
	a->tries = job->call->http.tries;
	if (job->call->http.end == HTTP_UNREACHABLE ||
	    why->status == ST_UNREACHABLE || why->status == ST_MEMORY) {
		chat_log(a, why);
		*e = *why;
		return FANOUT_ENDS_RUN;
	}
	if (why->status == ST_NO_MODEL && !a->own_model &&
	    (!run->has_answered || a->round != run->nmodels))
		return change_model(f, job, why, e);
	return finish(f, job, why);
}

/* --- the run --- */

/* What the run comes to, if nothing ended it. */
static int
sum_up(const struct run *run, const struct fanout *f, struct err *e)
{
	if (run->nno)
		return err_set(e, ST_NO,
		    "of %zu answers --assert says no of %zu%s",
		    f->nprinted - f->nfailed, run->nno,
		    f->nfailed ? ", and records failed" : "");
	if (!f->nfailed)
		return 0;
	err_set(e, ST_PARTIAL, "%zu of %zu records failed", f->nfailed,
	    f->nprinted);
	if (f->nlost < f->nfailed)
		err_add(e, "; the output fed back asks for %s again",
		    f->nlost ? "some of them" : "them");
	return -1;
}

static bool
shows_progress(const struct chat *c)
{
	return !c->set->quiet && !c->want->json &&
	    file_is_terminal(STDERR_FILENO) &&
	    (c->out->is_file || !c->out->is_terminal);
}

static void
work(struct run *run, struct err *e)
{
	struct chat *c = run->chat;
	const struct tool_records *set = &c->set->records;
	struct fanout f = { .api = c->api,
		.out = c->out,
		.in = { .fd = STDIN_FILENO, .format = &run->format },
		.jobs = (size_t)set->jobs,
		.unordered = set->unordered,
		.max_errors = (size_t)set->max_errors,
		.tells = shows_progress(c),
		.begin = begin,
		.end = end,
		.owner = run };

	if (!fanout_run(&f, e))
		sum_up(run, &f, e);
	fanout_done(&f);
}

static void
open_run(struct run *run, struct chat *c)
{
	const struct tool_records *set = &c->set->records;

	run->chat = c;
	c->model = chat_first_model(c);
	record_format_init(
	    &run->format, set->member, set->lines, set->null_ends ? 0 : '\n');
	run->answers = mem_new((size_t)set->jobs, sizeof *run->answers);
	for (int64_t i = 0; i < set->jobs; i++)
		run->answers[i].chat = c;
	if (c->set->dry_run)
		return;
	c->api = tool_api(c->set);
	chat_open_log(c);
	chat_open_cache(c);
}

static void
close_run(struct run *run)
{
	struct chat *c = run->chat;

	if (c->api)
		api_close(c->api);
	for (int64_t i = 0; i < c->set->records.jobs; i++)
		chat_answer_done(&run->answers[i]);
	free(run->answers);
	record_format_done(&run->format);
}

/* The output is kept unless something ended the run. */
static void
close_output(struct chat *c, struct err *e)
{
	bool keep = !e->status || e->status == ST_NO || e->status == ST_PARTIAL;
	struct err late = ERR_NONE;

	if (output_close(c->out, keep, &late) && keep)
		*e = late;
}

int
chat_records(struct chat *c, struct err *e)
{
	struct run run = { 0 };

	if (chat_open_questions(c, e))
		return -1;
	c->out = tool_output(c->set, e);
	if (!c->out)
		return -1;
	open_run(&run, c);
	work(&run, e);
	close_output(c, e);
	close_run(&run);
	return e->status ? -1 : 0;
}
