/* dmr-reqs: the run over the idea, or over all that come in. */
#include <unistd.h>

#include "answer.h"
#include "die.h"
#include "document_json.h"
#include "file.h"
#include "input.h"
#include "mem.h"
#include "questions.h"
#include "record_write.h"
#include "report.h"
#include "wizard.h"

/* --- an idea --- */

static struct run *
run_of(const struct fanout *f)
{
	const struct ask_many *many = f->owner;

	return many->owner;
}

/* --- a record --- */

static enum fanout_step
fail_record(struct fanout *f, struct fanout_job *job, const struct err *why)
{
	struct run *run = run_of(f);

	buf_clear(&job->line);
	job->is_lost = job->record.kind == RECORD_BAD;
	record_write_error(
	    &job->line, &run->records, &job->record, why, (struct str){ 0 });
	return FANOUT_BAD;
}

static enum fanout_step
end_record(struct fanout *f, struct fanout_job *job)
{
	struct idea *idea = job->owner;
	struct run *run = idea->run;
	struct record_writer w;
	struct err why = ERR_NONE;
	struct buf json = { 0 };

	answer_end(idea);
	if (idea->fatal.status || idea_is_empty(idea)) {
		idea_blame(idea, &why);
		return fail_record(f, job, &why);
	}
	run->nincomplete += idea_count_failed(idea) > 0;
	document_write_json(&idea->doc, true, &json);
	record_begin(&w, &job->line, &run->records, &job->record);
	json_raw(&w.json, buf_str(&json));
	record_end(&w);
	buf_done(&json);
	return FANOUT_GOOD;
}

/* --- a job --- */

/* --dry-run: what would be asked if nothing came back. */
static enum fanout_step
write_dry(struct fanout *f, struct fanout_job *job)
{
	struct idea *idea = job->owner;

	for (; idea->stage < idea->end;
	     idea->stage = idea_find_stage(idea, idea->stage + 1)) {
		struct buf name = { 0 };

		if (ask_many_prepare(f, job, &idea->fatal))
			return idea->line ? fail_record(f, job, &idea->fatal)
					  : FANOUT_BAD;
		if (idea->line)
			buf_add_format(&name, "%zu:", idea->line);
		buf_add_text(&name, stage_name(idea->stage));
		ask_many_write(f, job, &name);
		buf_done(&name);
	}
	return FANOUT_GOOD;
}

static enum fanout_step
begin_record(struct fanout *f, struct fanout_job *job, struct err *e)
{
	struct run *run = run_of(f);
	const struct record *r = &job->record;
	struct idea *idea;
	struct err why = ERR_NONE;

	job->owner = NULL;
	if (r->value.data) {
		if (!run->set->dry_run)
			record_write_same(&job->line, &run->records, r);
		return FANOUT_GOOD;
	}
	job->owner = idea = idea_new(run);
	idea->line = r->line;
	if (r->kind == RECORD_BAD)
		record_blame(r, &why);
	else
		input_record(r, &idea->text, &why);
	if (why.status)
		return fail_record(f, job, &why);
	tool_warn_of_nul(r->text, r->line, &run->has_nul);
	answer_begin(idea);
	return run->set->dry_run ? write_dry(f, job) : ask_many_ask(f, job, e);
}

static enum fanout_step
begin(struct fanout *f, struct fanout_job *job, struct err *e)
{
	if (!job->owner)
		return begin_record(f, job, e);
	return run_of(f)->set->dry_run ? write_dry(f, job)
				       : ask_many_ask(f, job, e);
}

static enum fanout_step
finish(struct fanout *f, struct fanout_job *job, struct ask *a, struct err *why)
{
	struct idea *idea = job->owner;
	enum fanout_step step = answer_finish(f, job, a, why);

	if (step == FANOUT_CALL || !idea->line)
		return step;
	return end_record(f, job);
}

/* See fanout.print. */
static int
print(struct fanout *f, struct fanout_job *job, struct err *e)
{
	struct idea *idea = job->owner;

	(void)f;
	(void)e;
	if (idea && idea->line) {
		report_say(idea);
		idea_free(idea);
	}
	job->owner = NULL;
	return 0;
}

/* --- one idea --- */

/* See fanout.read. */
static int
read_idea(struct fanout *f, struct fanout_job *job, struct err *e)
{
	(void)e;
	job->owner = run_of(f)->ideas;
	f->in.at_end = true;
	return 1;
}

/* Ask about it up to a stage. */
static int
carry(struct idea *idea, enum stage_id end, struct err *e)
{
	struct run *run = idea->run;
	struct fanout f = { .api = run->ask.api,
		.out = run->ask.out,
		.jobs = 1,
		.in = { .fd = -1 },
		.read = read_idea,
		.begin = begin,
		.end = ask_many_end,
		.print = print,
		.owner = &run->many };
	int got;

	idea->end = end;
	if (idea->stage >= end)
		return 0;
	got = fanout_run(&f, e);
	fanout_done(&f);
	if (!got && idea->fatal.status) {
		*e = idea->fatal;
		got = -1;
	}
	return got;
}

/* Its questions first, if somebody is there to answer them. */
static int
ask(struct idea *idea, struct err *e)
{
	const struct run *run = idea->run;
	bool is_asked = run->is_wizard && !run->set->dry_run;

	if (is_asked && idea->stage == STAGE_QUESTIONS)
		wizard_wait("questions");
	if (run->want->ask)
		return carry(idea, STAGE_FUNCTIONAL, e);
	if (!is_asked)
		return carry(idea, STAGES, e);
	if (carry(idea, STAGE_FUNCTIONAL, e))
		return -1;
	questions_answer(idea);
	if (wizard_ask_questions(&idea->doc.questions, run->want->answers, e))
		return -1;
	wizard_wait("requirements");
	return carry(idea, STAGES, e);
}

static void
work_one(struct run *run, struct err *e)
{
	struct idea *idea = idea_new(run);

	buf_add(&idea->text, buf_str(&run->input));
	answer_begin(idea);
	if (run->set->disabled_by)
		err_set(
		    e, ST_UNREACHABLE, "disabled by %s", run->set->disabled_by);
	else
		ask(idea, e);
	if (e->status && ask_many_passes(e->status)) {
		idea_fail_rest(idea, e);
		e->status = ST_OK;
	}
	if (e->status || run->set->dry_run)
		return;
	if (run->want->ask)
		report_questions(idea, e);
	else
		report_idea(idea, e);
}

/* --- records --- */

static void
work_records(struct run *run, struct err *e)
{
	const struct tool_records *set = &run->set->records;
	struct fanout f = { .api = run->ask.api,
		.out = run->ask.out,
		.in = { .fd = STDIN_FILENO, .format = &run->records },
		.jobs = (size_t)set->jobs,
		.unordered = set->unordered,
		.max_errors = (size_t)set->max_errors,
		.tells = tool_shows_progress(
		    run->set, run->ask.out, run->want->json),
		.begin = begin,
		.end = ask_many_end,
		.print = print,
		.owner = &run->many };

	if (!fanout_run(&f, e) &&
	    !tool_sum_up(&f, "records", "the output fed back", e) &&
	    run->nincomplete)
		err_set(e, ST_PARTIAL, "%zu of %zu documents are incomplete",
		    run->nincomplete, f.nprinted);
	fanout_done(&f);
}

/* --- all --- */

/* -c: documents that there are. */
static void
check(struct run *run, struct err *e)
{
	static const char *const only[] = { "-" };
	const struct opts *o = &run->set->opts;
	const char *const *paths = o->noperands ? o->operands : only;
	size_t n = o->noperands ? o->noperands : 1;

	if (run->set->disabled_by) {
		warn("disabled by %s, nothing is checked",
		    run->set->disabled_by);
		n = 0;
	} else if (!o->noperands && file_is_terminal(STDIN_FILENO)) {
		warn("reading standard input; end it with ^D");
	}
	run->check.out = run->ask.out;
	check_documents(&run->check, paths, n, e);
}

static void
work(struct run *run, struct err *e)
{
	const struct tool_records *set = &run->set->records;
	bool is_many = tool_has_records(run->set);

	run->many = (struct ask_many){ .run = &run->ask,
		.prepare = stage_prepare,
		.finish = finish,
		.owner = run };
	record_format_init(&run->records,
	    set->member ? set->member : "requirements", set->lines,
	    set->null_ends ? 0 : '\n');
	if (is_many && run->set->disabled_by) {
		err_set(
		    e, ST_UNREACHABLE, "disabled by %s", run->set->disabled_by);
	} else {
		ask_many_open(&run->many, is_many ? (size_t)set->jobs : 1);
		(is_many ? work_records : work_one)(run, e);
	}
	while (run->ideas)
		idea_free(run->ideas);
	ask_many_close(&run->many);
	ask_close(&run->ask);
	record_format_done(&run->records);
}

void
run_all(struct run *run, struct err *e)
{
	run->ask.out = tool_output(run->set, e);
	if (!run->ask.out)
		return;
	(run->want->check ? check : work)(run, e);
	tool_close_output(run->ask.out, e);
}
