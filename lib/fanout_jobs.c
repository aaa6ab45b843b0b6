/* fanout - jobs: those in the window, and those to be used again. */
#include "fanout_jobs.h"

#include "mem.h"

struct fanout_job *
fanout_take_job(struct fanout *f)
{
	struct fanout_job *job = f->spare;

	if (job)
		f->spare = job->next;
	else
		job = mem_new(1, sizeof *job);
	return job;
}

void
fanout_put_back(struct fanout *f, struct fanout_job *job)
{
	buf_reset(&job->line);
	job->note.status = ST_OK;
	job->is_done = job->is_mate = job->failed = job->is_lost = false;
	job->call = NULL;
	job->mate = NULL;
	job->next = f->spare;
	f->spare = job;
}

void
fanout_free_jobs(struct fanout_job *job)
{
	while (job) {
		struct fanout_job *next = job->next;

		record_done(&job->record);
		buf_done(&job->line);
		free(job);
		job = next;
	}
}

void
fanout_resize(struct fanout *f, struct fanout_job *job, size_t size)
{
	f->bytes += size - job->size;
	job->size = size;
}

void
fanout_add(struct fanout *f, struct fanout_job *job)
{
	job->next = NULL;
	*f->last = job;
	f->last = &job->next;
	f->njobs++;
	fanout_resize(f, job, job->record.bytes.len);
}

void
fanout_take_out(struct fanout *f, struct fanout_job **at)
{
	struct fanout_job *job = *at;

	*at = job->next;
	if (f->last == &job->next)
		f->last = at;
	f->njobs--;
	fanout_resize(f, job, 0);
}
