/* fanout - records out, answers home: many calls at once. */
#include "fanout.h"

#include "die.h"
#include "fanout_jobs.h"
#include "file.h"
#include "mem.h"
#include "now.h"

enum {
	WRITE_SIZE = 64 << 10,
	WAIT_MS = 1000, /* at most, for anything */
};

/* --- a call --- */

/* A job that waits for no answer. */
static void
settle(struct fanout *f, struct fanout_job *job)
{
	job->is_done = true;
	if (!f->print)
		buf_reset(&job->record.bytes);
	fanout_resize(f, job, job->line.len + job->record.bytes.len);
}

/* What becomes of a job and its mates, which have a worker. */
static int
step(struct fanout *f, struct fanout_job *job, enum fanout_step what)
{
	if (what == FANOUT_CALL) {
		api_start(f->api, job->call);
		return 0;
	}
	f->idle[f->nidle++] = job->worker;
	if (what == FANOUT_ENDS_RUN)
		return -1;
	job->failed |= what == FANOUT_BAD;
	for (; job; job = job->mate)
		settle(f, job);
	return 0;
}

static void
take_worker(struct fanout *f, struct fanout_job *job)
{
	size_t worker = f->idle[--f->nidle];

	f->calls[worker] = (struct api_call){ 0 };
	for (; job; job = job->mate) {
		job->worker = worker;
		job->call = &f->calls[worker];
	}
}

/* --- several records in a call --- */

static void
gather(struct fanout *f, struct fanout_job *job)
{
	if (!f->open)
		f->open_last = &f->open;
	job->is_mate = f->open != NULL;
	*f->open_last = job;
	f->open_last = &job->mate;
	f->nopen++;
}

static int
send(struct fanout *f, struct fanout_job *job, struct err *e)
{
	take_worker(f, job);
	return step(f, job, f->send(f, job, e));
}

static int
send_open(struct fanout *f, struct err *e)
{
	struct fanout_job *job = f->open;

	f->open = NULL;
	f->nopen = 0;
	return send(f, job, e);
}

/* begin() sees no worker: whose call a record joins is not known yet. */
static int
begin_batched(struct fanout *f, struct fanout_job *job, struct err *e)
{
	enum fanout_step what = f->begin(f, job, e);

	if (what == FANOUT_ENDS_RUN)
		return -1;
	if (what == FANOUT_CALL_ALONE)
		return send(f, job, e);
	if (what == FANOUT_CALL) {
		gather(f, job);
		return f->nopen < f->batch ? 0 : send_open(f, e);
	}
	job->failed = what == FANOUT_BAD;
	settle(f, job);
	return 0;
}

/* --- a record --- */

static int
begin(struct fanout *f, struct fanout_job *job, struct err *e)
{
	fanout_add(f, job);
	if (f->batch)
		return begin_batched(f, job, e);
	take_worker(f, job);
	return step(f, job, f->begin(f, job, e));
}

static size_t
window(const struct fanout *f)
{
	size_t batches = FANOUT_BATCHES * f->batch;

	return f->jobs * (batches > FANOUT_WINDOW ? batches : FANOUT_WINDOW);
}

static bool
has_room(const struct fanout *f)
{
	return !f->in.at_end && f->nidle && f->njobs < window(f) &&
	    f->bytes < FANOUT_BYTES_MAX;
}

static int
read_record(struct fanout *f, struct fanout_job *job)
{
	if (f->read)
		return f->read(f, job, &f->input);
	return record_read(&f->in, &job->record, &f->input);
}

/*
 * A record of which a part is there may go with those gathered; one that is
 * passed over, because it is too long, may have no end.
 */
static bool
is_coming(const struct fanout *f)
{
	return has_room(f) && !f->read && !f->in.skips &&
	    file_wait(f->in.fd, 0);
}

/* Read what there is, as far as it may be asked. */
static int
take_records(struct fanout *f, struct err *e)
{
	f->is_starved = false;
	while (has_room(f)) {
		struct fanout_job *job = fanout_take_job(f);
		int got = read_record(f, job);

		if (got != 1) {
			fanout_put_back(f, job);
			f->in.at_end |= got < 0;
			f->is_starved = true;
			break;
		}
		if (begin(f, job, e))
			return -1;
	}
	return f->open && f->nidle && !is_coming(f) ? send_open(f, e) : 0;
}

/* Take the answers that came: all of them, also when one ends the run. */
static int
take_answers(struct fanout *f, struct err *e)
{
	struct err later = ERR_NONE;

	for (struct fanout_job *job = f->first; job; job = job->next) {
		enum fanout_step what;

		if (job->is_done || job->is_mate || !job->call ||
		    !job->call->done)
			continue;
		what = f->end(f, job, f->is_ending ? &later : e);
		api_call_done(job->call);
		if (step(f, job, what))
			f->is_ending = true;
	}
	return f->is_ending ? -1 : 0;
}

/* --- lines --- */

static int
write_lines(struct fanout *f, struct err *e)
{
	int got = output_text(f->out, buf_str(&f->lines), e);

	buf_clear(&f->lines);
	return got;
}

static int
write_job(struct fanout *f, struct fanout_job *job, struct err *e)
{
	if (f->print && f->print(f, job, e))
		return -1;
	if (job->line.len > WRITE_SIZE) {
		if (write_lines(f, e) ||
		    output_text(f->out, buf_str(&job->line), e))
			return -1;
	} else {
		buf_add(&f->lines, buf_str(&job->line));
	}
	if ((job->note.status || f->lines.len > WRITE_SIZE) &&
	    write_lines(f, e))
		return -1;
	if (job->note.status)
		die_say(&job->note);
	f->nprinted++;
	f->nfailed += job->failed;
	f->nlost += job->failed && job->is_lost;
	f->is_over = f->max_errors && f->nfailed >= f->max_errors;
	return 0;
}

/* Write what is ready and has nothing before it that is not. */
static int
write_ready(struct fanout *f, struct err *e)
{
	struct fanout_job **at = &f->first, *job;
	int got = 0;

	while (!got && !f->is_over && (job = *at)) {
		if (job->is_done) {
			got = write_job(f, job, e);
			fanout_take_out(f, at);
			fanout_put_back(f, job);
		} else if (f->unordered) {
			at = &job->next;
		} else {
			break;
		}
	}
	return got ? -1 : write_lines(f, e);
}

/* --- the run --- */

/* Wait for input, answers, and whoever reads the lines to go away. */
static int
wait_for_more(struct fanout *f, struct err *e)
{
	bool reads = has_room(f);
	int in = reads ? f->in.fd : -1;
	int out = f->out->is_file ? -1 : f->out->file.fd;
	int ms = reads && !f->is_starved ? 0
	    : f->tells                   ? FANOUT_TELL_MS
					 : WAIT_MS;

	if (f->api)
		api_wait(f->api, out, in, ms);
	else if (ms)
		file_wait(in, ms);
	if (output_reader_is_gone(f->out))
		return err_set(e, ST_OUTPUT, "%s", "");
	if (f->tells)
		fanout_tell(f);
	return 0;
}

static void
start(struct fanout *f)
{
	if (f->api)
		f->jobs = api_set_pace(f->api, f->jobs);
	f->calls = mem_new(f->jobs, sizeof *f->calls);
	f->idle = mem_new(f->jobs, sizeof *f->idle);
	f->last = &f->first;
	f->start_ms = now_ms();
	while (f->nidle < f->jobs) {
		f->idle[f->nidle] = f->jobs - f->nidle - 1;
		f->nidle++;
	}
}

static int
run(struct fanout *f, struct err *e)
{
	struct err late = ERR_NONE;
	size_t before;

	for (;;) {
		if (take_answers(f, e) || take_records(f, e)) {
			write_ready(f, &late);
			return -1;
		}
		before = f->nprinted;
		if (write_ready(f, e))
			return -1;
		if (f->read && f->nprinted > before)
			f->is_starved = false; /* read() may have waited */
		if (f->is_over || (f->in.at_end && !f->first))
			return 0;
		if (wait_for_more(f, e))
			return -1;
	}
}

int
fanout_run(struct fanout *f, struct err *e)
{
	int got;

	start(f);
	got = run(f, e);
	fanout_tell_end(f);
	if (!got && f->input.status) {
		*e = f->input;
		got = -1;
	}
	return got;
}

void
fanout_done(struct fanout *f)
{
	for (struct fanout_job *job = f->first; job; job = job->next)
		if (!job->is_done && job->call)
			api_call_done(job->call);
	fanout_free_jobs(f->first);
	fanout_free_jobs(f->spare);
	record_reader_done(&f->in);
	buf_done(&f->lines);
	free(f->calls);
	free(f->idle);
	*f = (struct fanout){ 0 };
}
