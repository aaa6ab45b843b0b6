/*
 * fanout_jobs - the jobs of a run: in the window, or to be used again.
 *
 * What the files of fanout share, and nobody else.
 */
#ifndef FANOUT_JOBS_H
#define FANOUT_JOBS_H

#include "fanout.h"

/* One that is empty, or was put back. */
struct fanout_job *fanout_take_job(struct fanout *);
void fanout_put_back(struct fanout *, struct fanout_job *);

/* It is the last in the window, which is as large as its record. */
void fanout_add(struct fanout *, struct fanout_job *);

/* The window holds so many bytes for it. */
void fanout_resize(struct fanout *, struct fanout_job *, size_t size);

/* The job at *at leaves the window. */
void fanout_take_out(struct fanout *, struct fanout_job **at);

/* A list of them. */
void fanout_free_jobs(struct fanout_job *);

#endif
