/* dmr-docstring: the run over all files. */
#include <unistd.h>

#include "answer.h"
#include "ask_request.h"
#include "die.h"
#include "mem.h"
#include "request.h"
#include "run.h"
#include "select.h"

enum { FILES_MAX = 64 }; /* in work; each may hold two descriptors */

/* --- files become items --- */

/* Is it to be asked for?  What is wanted and cannot be is named. */
static bool
is_item(struct run_file *file, const struct declaration *d)
{
	const char *reason;

	if (d->doc.data && !file->run->want->only_doc)
		return false;
	if (syntax_start(d->node) < file->wrapped || !select_names(file, d))
		return false;
	reason = select_reason(file->run, d);
	return !reason || select_is_failure(reason);
}

/* Without the names of what a fragment was put into. */
static const char *
symbol_of(const struct run_file *file, const struct declaration *d)
{
	size_t n = 0;

	for (const struct declaration *in = d->parent; in; in = in->parent)
		if (!n && syntax_start(in->node) < file->wrapped)
			n = strlen(in->symbol) + 1;
	return d->symbol + n;
}

/* An item for each declaration that is wanted, and one for the end. */
static void
make_items(struct run_file *file)
{
	const struct source *s = &file->source;
	size_t n = 0;

	file->items = mem_new(s->ndeclarations + 1, sizeof *file->items);
	for (size_t i = 0; i < s->ndeclarations && !file->why.status; i++) {
		const struct declaration *d = &s->declarations[i];

		if (!is_item(file, d) || (file->run->want->only_doc && n))
			continue;
		file->items[n].declaration = d;
		file->items[n++].symbol = symbol_of(file, d);
	}
	file->nitems = n + 1;
	for (size_t i = 0; i < file->nitems; i++)
		file->items[i].file = file;
	if (file->run->want->only_doc && !n && !file->why.status)
		err_set(
		    &file->why, ST_INPUT, "%s: it declares nothing", s->path);
}

static struct run_file *
open_next(struct run *run)
{
	struct run_file *file = mem_new(1, sizeof *file);

	file->run = run;
	file->path = run->npaths ? run->paths[run->next] : NULL;
	run->next++;
	if (run->last)
		run->last->following = file;
	else
		run->files = file;
	run->last = file;
	run->nfiles++;
	if (!file_open(file, &file->why) && file->source.ndeclarations &&
	    answer_choose_style(file, &file->why))
		err_prefix(&file->why, "%s", file->source.path);
	make_items(file);
	return file;
}

/* See fanout.read. */
static int
read_item(struct fanout *f, struct fanout_job *job, struct err *e)
{
	struct run *run = ((struct ask_many *)f->owner)->owner;
	struct run_file *file = run->last;

	(void)e;
	if (!file || file->next == file->nitems) {
		if (run->next == (run->npaths ? run->npaths : 1)) {
			f->in.at_end = true;
			return 0;
		}
		if (run->nfiles == FILES_MAX)
			return 0;
		file = open_next(run);
	}
	job->owner = &file->items[file->next++];
	return 1;
}

/* --- an item --- */

static enum fanout_step
write_dry(struct fanout *f, struct fanout_job *job)
{
	struct run_item *item = job->owner;
	const struct run_file *file = item->file;
	struct buf name = { 0 };

	if (ask_many_prepare(f, job, &item->why))
		return FANOUT_BAD;
	buf_add_format(&name, "%s:%zu:%s", file->source.path,
	    item->declaration->line, item->symbol);
	ask_many_write(f, job, &name);
	buf_done(&name);
	return FANOUT_GOOD;
}

static enum fanout_step
begin(struct fanout *f, struct fanout_job *job, struct err *e)
{
	struct run_item *item = job->owner;
	struct run *run = item->file->run;
	const char *reason;

	if (!item->declaration)
		return FANOUT_GOOD;
	run->nasked++;
	reason = select_reason(run, item->declaration);
	if (reason) {
		err_set(&item->why, ST_UNUSABLE, "%s", reason);
		return FANOUT_BAD;
	}
	return run->set->dry_run ? write_dry(f, job) : ask_many_ask(f, job, e);
}

/* What --on-error is for. */
static bool
is_passed(const struct run *run, enum status status)
{
	return run->passes && ask_many_passes(status);
}

/* A declaration of which nothing came is named. */
static void
blame(struct run_item *item, struct fanout_job *job)
{
	struct run *run = item->file->run;
	struct err why = item->why;

	err_prefix(&why, "%s:%zu: %s", item->file->source.path,
	    item->declaration->line, item->symbol);
	if (!run->first.status)
		run->first = why;
	if (run->want->only_doc) {
		item->file->why = why;
		return;
	}
	if (is_passed(run, why.status)) {
		run->nunanswered++;
		return;
	}
	run->nunusable++;
	job->note = why;
}

static void
take_out(struct run *run, struct run_file *file)
{
	run->nfiles--;
	run->files = file->following;
	if (!run->files)
		run->last = NULL;
	file_close(file);
}

/* See fanout.print. */
static int
print(struct fanout *f, struct fanout_job *job, struct err *e)
{
	struct run_item *item = job->owner;
	struct run_file *file = item->file;
	struct run *run = file->run;
	int got = 0;

	(void)f;
	if (item->declaration && item->why.status)
		blame(item, job);
	else if (item->declaration)
		run->ndone++;
	if (item->declaration)
		return 0;
	if (!run->set->dry_run)
		got = write_file(file, &job->line, e);
	if (file->why.status) {
		if (!run->nfailed++)
			run->first = file->why;
		if (run->npaths > 1)
			job->note = file->why;
	}
	take_out(run, file);
	return got;
}

/* --- the run --- */

/* What it comes to, if nothing ended it. */
static void
sum_up(const struct run *run, struct err *e)
{
	if (run->nfailed && run->npaths <= 1)
		*e = run->first;
	else if (run->nfailed)
		err_set(e, ST_PARTIAL, "%zu of %zu files failed", run->nfailed,
		    run->npaths);
	else if (run->nunusable)
		err_set(e, ST_PARTIAL,
		    "%zu of %zu declarations were not documented",
		    run->nunusable + run->nunanswered, run->nasked);
	else if (run->nunanswered)
		warn("%zu of %zu declarations were not documented; %s",
		    run->nunanswered, run->nasked, run->first.text);
}

/* Is it the source that goes out, rather than something made of it? */
static bool
prints_source(const struct run *run)
{
	const struct run_options *want = run->want;

	return !want->in_place && !want->diff && !want->check &&
	    !want->only_doc && !run->set->dry_run;
}

/*
 * The run has ended before its end.  Of files that were not written, what would
 * go to standard output is the source as it was.
 */
static void
pass_on(struct run *run, struct err *e)
{
	struct err late = ERR_NONE;

	while (run->files) {
		struct run_file *file = run->files;

		if (file->is_read && prints_source(run) &&
		    e->status != ST_OUTPUT &&
		    output_text(
			run->ask.out, buf_str(&file->source.bytes), &late))
			*e = late;
		take_out(run, file);
	}
	if (!is_passed(run, e->status))
		return;
	warn("%s; the source is passed on as it is", e->text);
	e->status = ST_OK;
}

static void
work(struct run *run, struct err *e)
{
	struct fanout f = { .out = run->ask.out,
		.jobs = (size_t)run->set->records.jobs,
		.tells = tool_shows_progress(
		    run->set, run->ask.out, run->want->json),
		.read = read_item,
		.begin = begin,
		.print = print };

	run->many = (struct ask_many){ .run = &run->ask,
		.prepare = request_prepare,
		.finish = answer_finish,
		.owner = run };
	if (!ask_many_run(&run->many, &f, e))
		sum_up(run, e);
	pass_on(run, e);
	ask_close(&run->ask);
}

/* The source goes out as it came in.  -1 */
static int
copy(struct run *run, struct err *e)
{
	struct buf text = { 0 };
	int got = file_read_source(
	    run->npaths ? run->paths[0] : NULL, &text, e);

	if (!got && prints_source(run))
		got = output_text(run->ask.out, buf_str(&text), e);
	buf_done(&text);
	return got;
}

/* DMR_DISABLE: nothing is looked at. */
static void
pass_all(struct run *run, struct err *e)
{
	run->passes = true;
	if (!run->want->in_place && !run->want->diff && copy(run, e))
		return;
	err_set(e, ST_UNREACHABLE, "disabled by %s", run->set->disabled_by);
	pass_on(run, e);
}

static void
close_output(struct run *run, struct err *e)
{
	struct err late = ERR_NONE;

	tool_close_output(run->ask.out, e);
	if (report_close(run, &late) && !e->status)
		*e = late;
}

void
run_files(struct run *run, struct err *e)
{
	run->ask = (struct ask_run){ .set = run->set,
		.tool = "dmr-docstring",
		.path = API_CHAT_PATH,
		.url = "/v1" API_CHAT_PATH,
		.no_stream = true };
	if (request_open(run, e) || report_open(run, e))
		return;
	run->ask.model = run->set->model;
	run->ask.out = tool_output(run->set, e);
	if (!run->ask.out)
		return;
	(run->set->disabled_by ? pass_all : work)(run, e);
	close_output(run, e);
}

void
run_copy(struct run *run)
{
	struct err unused = ERR_NONE;

	if (!prints_source(run) || run->set->output || run->npaths > 1 ||
	    tool_stdin_is_taken() ||
	    (!run->npaths && file_is_terminal(STDIN_FILENO)))
		return;
	run->ask.out = tool_output(run->set, &unused);
	if (run->ask.out && !copy(run, &unused))
		output_close(run->ask.out, true, &unused);
}
