/* dmr-review: the run over all that comes in. */
#include <unistd.h>

#include "answer.h"
#include "ask_request.h"
#include "die.h"
#include "input.h"
#include "plain.h"
#include "report.h"
#include "request.h"

/* --- a part --- */

/* See fanout.read. */
static int
read_part(struct fanout *f, struct fanout_job *job, struct err *e)
{
	struct run *run = ((struct ask_many *)f->owner)->owner;
	struct part *part;
	int got = input_next(run, &part, e);

	f->in.at_end = input_is_at_end(run);
	f->in.fd = run->npaths || run->is_full || f->in.at_end ? -1
							       : run->diff.fd;
	if (got == 1)
		job->owner = part;
	return got;
}

/* --dry-run: all that would be asked about it. */
static enum fanout_step
write_dry(struct fanout *f, struct fanout_job *job)
{
	struct part *part = job->owner;
	const struct section *s = part->section;
	struct err why = ERR_NONE;

	while (part->at < part->end && !ask_many_prepare(f, job, &why)) {
		struct buf name = { 0 };

		buf_add_format(&name, "%s:%zu#%zu", s->path,
		    s->diff.hunks[part->at].new_start, ++s->run->nwritten);
		ask_many_write(f, job, &name);
		part->at = part->until;
		buf_done(&name);
	}
	if (part->at < part->end)
		part_leave(part, part->at, part->end, &why);
	return part->ngaps ? FANOUT_BAD : FANOUT_GOOD;
}

static enum fanout_step
begin(struct fanout *f, struct fanout_job *job, struct err *e)
{
	const struct part *part = job->owner;
	const struct run *run = part->section->run;

	if (run->want->offline || part->first == part->end)
		return FANOUT_GOOD;
	return run->set->dry_run ? write_dry(f, job) : ask_many_ask(f, job, e);
}

/* See fanout.print. */
static int
print(struct fanout *f, struct fanout_job *job, struct err *e)
{
	struct part *part = job->owner;
	int got = report_part(part, e);

	(void)f;
	input_release(part);
	return got;
}

/* --- the run --- */

bool
run_passes(const struct run *run, enum status status)
{
	return run->passes && ask_many_passes(status);
}

/* Findings that are bad enough are a verdict, whatever else happened. */
static void
judge(const struct run *run, struct err *e)
{
	if (run->nbad)
		err_set(e, ST_NO, "%zu %s %s%s", run->nbad,
		    run->nbad == 1 ? "finding is" : "findings are",
		    finding_severity_name((enum finding_severity)run->fail_on),
		    run->fail_on < FINDING_CRITICAL ? " or worse" : "");
}

/* What was not reviewed, but for what is let through. */
static void
find_gaps(const struct run *run, struct err *e)
{
	if (run->nfailed && run->npaths)
		err_set(e, ST_PARTIAL, "%zu of %zu files failed", run->nfailed,
		    run->npaths);
	else if (run->nfailed)
		err_set(e, ST_PARTIAL, "%zu of %zu files %s not reviewed",
		    run->nfailed, run->nfiles,
		    run->nfailed == 1 ? "was" : "were");
	else if (run->ngaps > run->nunanswered)
		err_set(e, ST_PARTIAL, "%zu of %zu hunks were not reviewed",
		    run->ngaps - run->nunanswered, run->nhunks);
}

/* What it comes to, if nothing ended it, or that was let through. */
static void
sum_up(const struct run *run, struct err *e)
{
	struct err gaps = ERR_NONE;

	find_gaps(run, &gaps);
	judge(run, e);
	if (!e->status)
		*e = gaps;
	else if (gaps.status)
		die_say(&gaps);
}

static void
warn_of_unanswered(const struct run *run)
{
	if (run->nunanswered)
		warn("%zu of %zu hunks were not reviewed; %s", run->nunanswered,
		    run->nhunks, run->first.text);
}

/* Who writes to us is not to be ended by a pipe that breaks. */
static void
drain(const struct run *run)
{
	char unused[4096];

	if (run->npaths || file_is_terminal(STDIN_FILENO))
		return;
	while (file_wait(STDIN_FILENO, -1) &&
	    file_read_now(STDIN_FILENO, unused, sizeof unused) > 0)
		;
}

/* The next that is left, in order, as it comes.  See input_next(). */
static int
next_left(struct run *run, struct part **part, struct err *e)
{
	int got = input_rest(run, part);

	while (
	    !got && !(got = input_next(run, part, e)) && !input_is_at_end(run))
		file_wait(run->diff.fd, -1);
	return got;
}

/* Nobody answers: what was answered by then is told, what was not is named, and
 * all that is left has at least what is found without a model. */
static int
go_on_offline(struct run *run, const struct err *why, struct err *e)
{
	struct part *part;
	int got;

	run->want->offline = true;
	while ((got = next_left(run, &part, e)) == 1) {
		if (part->at < part->end) {
			part_leave(part, part->at, part->end, why);
			part->gaps[part->ngaps - 1].is_rest = true;
		}
		got = report_part(part, e);
		input_release(part);
		if (got)
			break;
	}
	return got;
}

/* Where it is not let through, that nobody answers stays the reason. */
static void
tell_rest(struct run *run, struct err *e)
{
	struct err late = ERR_NONE;

	if (!ask_many_passes(e->status) || !go_on_offline(run, e, &late))
		return;
	if (run->passes || late.status == ST_OUTPUT)
		*e = late;
	else
		die_say(&late);
}

/* The run has ended before its end: is that to be let through? */
static void
pass(struct run *run, struct err *e)
{
	if (!run_passes(run, e->status))
		return;
	warn("%s; %s is reviewed", e->text,
	    run->nreviewed ? "nothing more" : "nothing");
	*e = (struct err)ERR_NONE;
	sum_up(run, e);
	drain(run);
}

static int
ask_all(struct run *run, struct err *e)
{
	struct fanout f = { .out = run->ask.out,
		.jobs = (size_t)run->set->records.jobs,
		.tells = tool_shows_progress(
		    run->set, run->ask.out, run->want->json),
		.read = read_part,
		.begin = begin,
		.print = print };

	run->many = (struct ask_many){ .run = &run->ask,
		.prepare = request_prepare,
		.finish = answer_finish,
		.owner = run };
	return ask_many_run(&run->many, &f, e);
}

static void
work(struct run *run, struct err *e)
{
	struct err late = ERR_NONE;
	bool was_whole = false;

	if (!run->set->dry_run && finding_begin(&run->report, e))
		return;
	if (run->set->disabled_by)
		err_set(
		    e, ST_UNREACHABLE, "disabled by %s", run->set->disabled_by);
	else
		was_whole = !ask_all(run, e);
	plain_err(e);
	if (!run->set->dry_run && !run->set->disabled_by)
		tell_rest(run, e);
	if (!run->set->dry_run && e->status != ST_OUTPUT &&
	    report_end(run, was_whole, &late))
		*e = late;
	if (was_whole && !e->status) {
		warn_of_unanswered(run);
		sum_up(run, e);
	}
	run->passes |= run->set->disabled_by != NULL;
	pass(run, e);
	input_close(run);
	ask_close(&run->ask);
}

void
run_review(struct run *run, struct err *e)
{
	run->ask = (struct ask_run){ .set = run->set,
		.tool = "dmr-review",
		.path = API_CHAT_PATH,
		.url = "/v1" API_CHAT_PATH,
		.asks_nobody = run->want->offline,
		.no_stream = true };
	run->diff.fd = STDIN_FILENO;
	if (request_open(run, e) || report_open(run, e))
		return;
	run->ask.model = run->set->model;
	run->ask.out = tool_output(run->set, e);
	if (!run->ask.out)
		return;
	run->report.out = run->ask.out;
	work(run, e);
	tool_close_output(run->ask.out, e);
}
