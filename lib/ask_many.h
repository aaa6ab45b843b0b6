/*
 * ask_many - many requests on their way at once, each with an ask of its own.
 *
 * It ties ask to fanout: which model is asked, the cache, the log.  A tool
 * says what the request of a job is, and what an answer comes to.  Its begin()
 * calls ask_many_ask() for a job that is to be asked; ask_many_end() is its
 * end().
 *
 *     struct ask_many many = { .run = run, .prepare = ..., .finish = ... };
 *     struct fanout f = { .jobs = ..., .read = ..., .begin = ..., .print = ... };
 *     ask_many_run(&many, &f, &e);
 */
#ifndef ASK_MANY_H
#define ASK_MANY_H

#include "ask.h"
#include "fanout.h"

struct ask_many {
	/* The caller's. */
	struct ask_run *run;
	/* Write the request of a job.  -1: it cannot be asked. */
	int (*prepare)(
	    struct fanout *, struct fanout_job *, struct ask *, struct err *e);
	/*
	 * The answer has come, or *why it has not: what becomes of the job?
	 * A good answer that is none sets *why.  FANOUT_CALL: ask again.
	 */
	enum fanout_step (*finish)(struct fanout *, struct fanout_job *,
	    struct ask *, struct err *why);
	void *owner;

	/* The module's own. */
	struct ask *answers; /* one for each worker */
	size_t n;
	bool has_answered, has_pulled, has_noted;
	size_t nmodels; /* how often the model was another, or new */
};

/*
 * A run of its own: f's read, begin and print are the caller's, the rest is
 * filled in, opened and closed.  Returns what fanout_run() does.
 */
int ask_many_run(struct ask_many *, struct fanout *f, struct err *e);

/* Opens the server, the log and the cache, too, unless it is a --dry-run, or
 * nobody is asked. */
void ask_many_open(struct ask_many *, size_t jobs);

struct ask *ask_many_answer(const struct ask_many *, const struct fanout_job *);

/* Write the request.  -1: it cannot be asked. */
int ask_many_prepare(struct fanout *, struct fanout_job *, struct err *e);

/* --dry-run: write the request as a batch line; name: its id, any bytes. */
void ask_many_write(struct fanout *, struct fanout_job *, struct buf *name);

/* Make the request, and take its answer from the cache if it is there. */
enum fanout_step ask_many_ask(
    struct fanout *, struct fanout_job *, struct err *e);

/* See fanout.end. */
enum fanout_step ask_many_end(
    struct fanout *, struct fanout_job *, struct err *e);

/*
 * finish() is going to ask for something else now, not for the same once more.
 * good: the answer that came is stored before.
 */
void ask_many_turn(struct ask *, bool good);

/* Is a run that ends so what --on-error pass lets through? */
bool ask_many_passes(enum status);

/* The run is still to be closed, by ask_close(). */
void ask_many_close(struct ask_many *);

#endif
