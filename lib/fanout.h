/*
 * fanout - records out, answers home: many calls at once.
 *
 * It reads records, lets a number of calls be on their way at once, and writes
 * a line for each record, in the order of the input or as they end.  A record
 * is read when a call may be made for it, and only while fewer than
 * FANOUT_WINDOW records for each job, and bytes, wait for those before them:
 * who reads the lines slowly slows the requests, and memory does not grow.
 * Nothing that is ready waits for more input.
 * It does not know what is asked: begin() makes a call of a record, end() a
 * line of its answer.  How many calls the server gets is http's affair.
 *
 * With `batch`, a call asks for several records: begin() only says that one is
 * to be asked for, send() makes a call of those that were gathered, if they
 * are enough or no more can be read; end() makes their lines, or calls again.
 *
 *     struct fanout f = { .api = api, .out = out, .jobs = 8,
 *             .in = { .fd = 0, .format = &format },
 *             .begin = begin, .end = end };
 *     fanout_run(&f, &e);
 *     fanout_done(&f);
 */
#ifndef FANOUT_H
#define FANOUT_H

#include "api.h"
#include "output.h"
#include "record_reader.h"

enum {
	FANOUT_JOBS_MAX = 1000,
	FANOUT_WINDOW = 8,           /* records for each job */
	FANOUT_BATCHES = 2,          /* or batches */
	FANOUT_BYTES_MAX = 64 << 20, /* of records and lines */
	FANOUT_TELL_MS = 200,
};

/* What becomes of a record now. */
enum fanout_step {
	FANOUT_ENDS_RUN = -1, /* *e says why */
	FANOUT_CALL,          /* job->call is to be made */
	FANOUT_CALL_ALONE,    /* the same, with no other record in it */
	FANOUT_GOOD,          /* job->line is written */
	FANOUT_BAD,           /* so it is, with an error */
};

/* A record on its way; its memory is used again. */
struct fanout_job {
	struct record record;
	struct api_call *call;   /* begin(), send() and end() fill it in */
	size_t worker;           /* whose call it is, below fanout.jobs */
	struct fanout_job *mate; /* the next one of the same call, or NULL */
	struct buf line;         /* goes out */
	struct err note;         /* and is followed by this on standard error */
	bool is_lost; /* it failed, and no output asks for it again */
	bool failed;  /* end() may say so of some of a call's, print() of any */
	size_t mark;  /* the caller's, until print() */
	void *owner;  /* what read() made it of */
	/* The module's own. */
	bool is_done, is_mate;
	size_t size;
	struct fanout_job *next;
};

struct fanout {
	/* The caller's. */
	struct api *api; /* NULL: no call is ever made */
	struct output *out;
	struct record_reader in;
	size_t jobs;  /* fewer, where there are no files for so many */
	size_t batch; /* records that a call asks for; 0: one */
	bool unordered;
	size_t max_errors; /* the run ends behind so many; 0: never */
	bool tells;        /* progress, on standard error */
	/* Instead of record_read() from `in`, with the same promise. */
	int (*read)(struct fanout *, struct fanout_job *, struct err *e);
	/* Once for each record, in order; and when its call is done. */
	enum fanout_step (*begin)(
	    struct fanout *, struct fanout_job *, struct err *e);
	enum fanout_step (*end)(
	    struct fanout *, struct fanout_job *, struct err *e);
	/* Make a call for a job and its mates.  Only with batch. */
	enum fanout_step (*send)(
	    struct fanout *, struct fanout_job *, struct err *e);
	/* It is the next to be written; its line may change.  -1. */
	int (*print)(struct fanout *, struct fanout_job *, struct err *e);
	void *owner;

	/* To be read. */
	size_t nprinted, nfailed, nlost;
	bool is_ending; /* an answer has ended the run: no call is made */

	/* The module's own. */
	struct fanout_job *first, **last; /* the window */
	struct fanout_job *spare;
	struct fanout_job *open, **open_last; /* gathered, not yet sent */
	size_t nopen;
	struct api_call *calls;
	size_t *idle, nidle; /* workers */
	size_t njobs, bytes; /* in the window */
	struct buf lines;    /* to be written */
	bool is_starved;     /* there was no record when last looked */
	bool is_over;        /* max_errors */
	struct err input;    /* why no more can be read */
	int64_t start_ms, told_ms;
};

/*
 * Until the input ends.  -1: something ended the run, calls are cancelled; what
 * was written are whole lines, and in order (unless unordered) all up to there.
 * Input that cannot be read is told behind it.
 */
int fanout_run(struct fanout *, struct err *e);
void fanout_done(struct fanout *);

/* fanout_progress: a line for people, each FANOUT_TELL_MS at most. */
void fanout_tell(struct fanout *);
void fanout_tell_end(struct fanout *);

#endif
