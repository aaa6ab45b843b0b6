/*
 * fanout: order, window, a slow reader, and what ends a run.
 *
 * In the place of a server there is one whose calls end in the order that a
 * test wants: what follows stands before the library's api.
 */
#define _DEFAULT_SOURCE /* MAP_ANONYMOUS */
#include "fanout.h"

#include <fcntl.h>
#include <signal.h>
#include <sys/mman.h>

#include "files.h"
#include "tap.h"

enum { NONE = -1, SEEDS = 200 };

/* The calls on their way, the oldest first. */
static struct {
	struct api_call *calls[64];
	size_t n, most;
	int started, cancelled;
	int (*choose)(void); /* which ends next; NONE: no one for now */
	bool is_patient;     /* none ends while there is more to read */
	bool ends_all;       /* at once */
	void (*wait)(int out, int in);
	unsigned seed;
} server;

/* What the test's own tool did. */
static struct {
	int begun, ended;
	size_t bad, bad_begins; /* from this line on; 0: none */
	size_t stops, pads;     /* the run, and lines to this size */
	size_t stops_late;      /* the run, by its answer */
	size_t held, most_held; /* bytes of records in the window */
	const int *taken;       /* lines that the reader took */
	size_t room;            /* of the pipe to it, in lines */
	int late;               /* records begun too early for it */
} tool;

void
api_start(struct api *api, struct api_call *call)
{
	(void)api;
	server.calls[server.n++] = call;
	server.started++;
	if (server.n > server.most)
		server.most = server.n;
}

static void
take_off(size_t i)
{
	server.n--;
	memmove(server.calls + i, server.calls + i + 1,
	    (server.n - i) * sizeof server.calls[0]);
}

void
api_wait(struct api *api, int out, int in, int ms)
{
	bool can_read = in >= 0 && file_wait(in, 0);
	int i = server.n && !(server.is_patient && can_read) ? server.choose()
							     : NONE;

	(void)api;
	(void)ms;
	if (i != NONE) {
		do {
			server.calls[i]->done = true;
			take_off((size_t)i);
			i = 0;
		} while (server.ends_all && server.n);
	} else if (can_read) {
		return; /* there is more to read */
	} else if (server.wait) {
		server.wait(out, in);
	} else {
		abort(); /* it would wait forever */
	}
}

void
api_call_done(struct api_call *call)
{
	for (size_t i = 0; i < server.n; i++)
		if (server.calls[i] == call) {
			take_off(i);
			server.cancelled++;
			return;
		}
}

size_t
api_set_pace(struct api *api, size_t most)
{
	(void)api;
	return most;
}

static int
oldest(void)
{
	return 0;
}

static int
newest(void)
{
	return (int)server.n - 1;
}

static int
any(void)
{
	server.seed = server.seed * 1664525 + 1013904223;
	return (int)((server.seed >> 16) % server.n);
}

/* The first record's is the last. */
static int
all_but_first(void)
{
	return server.n > 1 ? 1 : NONE;
}

static enum fanout_step
begin(struct fanout *f, struct fanout_job *job, struct err *e)
{
	(void)f;
	tool.begun++;
	tool.held += job->record.text.len;
	if (tool.held > tool.most_held)
		tool.most_held = tool.held;
	if (tool.taken)
		tool.late += (size_t)tool.begun >
		    (size_t)__atomic_load_n(tool.taken, __ATOMIC_SEQ_CST) +
			tool.room;
	if (tool.stops && job->record.line == tool.stops)
		return err_set(e, ST_NO_MODEL, "no such model");
	if (tool.bad_begins && job->record.line >= tool.bad_begins) {
		buf_add(&job->line, STR("bad\n"));
		return FANOUT_BAD;
	}
	return FANOUT_CALL;
}

static enum fanout_step
end(struct fanout *f, struct fanout_job *job, struct err *e)
{
	(void)f;
	tool.ended++;
	tool.held -= job->record.text.len;
	if (tool.stops_late && job->record.line == tool.stops_late)
		return err_set(e, ST_NO_MODEL, "no such model");
	buf_add_format(&job->line, "%zu\n", job->record.line);
	while (job->line.len < tool.pads)
		buf_add_char(
		    &job->line, job->line.len + 1 < tool.pads ? 'x' : '\n');
	return tool.bad && job->record.line >= tool.bad ? FANOUT_BAD
							: FANOUT_GOOD;
}

static void
reset(int (*choose)(void))
{
	server.n = server.most = 0;
	server.started = server.cancelled = 0;
	server.choose = choose;
	server.wait = NULL;
	server.is_patient = server.ends_all = false;
	memset(&tool, 0, sizeof tool);
}

static struct record_format format;

/* So many lines to read, of so many bytes; the file has no name. */
static int
make_input(size_t n, size_t size)
{
	struct buf line = { 0 };
	int fd;

	while (line.len + 1 < size)
		buf_add_char(&line, 'x');
	buf_add_char(&line, '\n');
	fd = open("in", O_RDWR | O_CREAT | O_TRUNC, 0600);
	if (fd < 0 || unlink("in"))
		abort();
	while (n--)
		if (file_write(fd, buf_str(&line)))
			abort();
	buf_done(&line);
	if (lseek(fd, 0, SEEK_SET))
		abort();
	return fd;
}

static struct fanout
make(int in, struct output *out, size_t jobs)
{
	static int a_server;

	return (struct fanout){ .api = (void *)&a_server,
		.out = out,
		.in = { .fd = in, .format = &format },
		.jobs = jobs,
		.begin = begin,
		.end = end };
}

/* Lines into the file "out", which text gets. */
static int
run(struct fanout *f, struct buf *text, struct err *e)
{
	struct err late = ERR_NONE;
	int got;

	*e = (struct err)ERR_NONE;
	if (output_open(f->out, "out", e))
		abort();
	got = fanout_run(f, e);
	if (output_close(f->out, true, &late) ||
	    file_read("out", BUF_MAX, text, &late))
		abort();
	unlink("out");
	return got;
}

static void
add_numbers(struct buf *text, size_t n)
{
	for (size_t i = 1; i <= n; i++)
		buf_add_format(text, "%zu\n", i);
}

/* --- order --- */

static void
answers_in_any_order(void)
{
	enum { N = 100 };
	struct buf want = { 0 };

	add_numbers(&want, N);
	for (unsigned seed = 0; seed < SEEDS; seed++) {
		struct output out;
		struct buf got = { 0 };
		size_t jobs = seed % 16 + 1;
		struct fanout f = make(make_input(N, 8), &out, jobs);
		struct err e;

		reset(any);
		server.seed = seed;
		tap_case(!run(&f, &got, &e) && !e.status &&
			str_equal(buf_str(&got), buf_str(&want)) &&
			f.nprinted == N && !f.nfailed && server.most == jobs &&
			server.started == N,
		    "seed %u, %zu jobs", seed, jobs);
		close(f.in.fd);
		fanout_done(&f);
		buf_done(&got);
	}
	tap_all("lines leave in the order of the input, all jobs are used");
	buf_done(&want);
}

static void
as_they_end(void)
{
	struct output out;
	struct buf got = { 0 };
	struct fanout f = make(make_input(6, 8), &out, 3);
	struct err e;

	reset(newest);
	f.unordered = true;
	run(&f, &got, &e);
	tap_is(buf_str(&got), "3\n4\n5\n6\n2\n1\n",
	    "unordered: lines leave as they end");
	close(f.in.fd);
	fanout_done(&f);
	buf_done(&got);
}

/* --- the window --- */

static int most_begun;

/* Nothing more can happen until the first one ends. */
static void
let_first_end(int out, int in)
{
	(void)out;
	(void)in;
	most_begun = tool.begun;
	server.choose = oldest;
	server.wait = NULL;
}

static void
one_that_is_slow(void)
{
	struct output out;
	struct buf got = { 0 }, want = { 0 };
	struct fanout f = make(make_input(100, 8), &out, 4);
	struct err e;

	reset(all_but_first);
	server.wait = let_first_end;
	run(&f, &got, &e);
	tap_int(most_begun, FANOUT_WINDOW * 4,
	    "8 records for each job wait for one that is slow");
	add_numbers(&want, 100);
	tap_same(buf_str(&got), buf_str(&want), "and leave in order behind it");
	close(f.in.fd);
	fanout_done(&f);
	buf_done(&got);
	buf_done(&want);
}

static void
large_ones(void)
{
	enum { SIZE = 4 << 20, N = 40 };
	struct output out;
	struct buf got = { 0 };
	struct fanout f = make(make_input(N, SIZE), &out, 32);
	struct err e;

	reset(oldest);
	server.is_patient = true;
	run(&f, &got, &e);
	tap_ok(tool.most_held >= FANOUT_BYTES_MAX &&
		tool.most_held < FANOUT_BYTES_MAX + SIZE + 100,
	    "large records are %zu bytes at most at once", tool.most_held);
	tap_int((intmax_t)f.nprinted, N, "and all are answered");
	close(f.in.fd);
	fanout_done(&f);
	buf_done(&got);
}

/* --- who writes slowly, who reads slowly --- */

static int lines[2], answers[2];

/* Nobody writes: what was read must have been answered before. */
static void
look_and_write_more(int out, int in)
{
	char text[16] = "";
	ssize_t n = read(answers[0], text, sizeof text);

	(void)out;
	tap_ok(in == lines[0], "it waits for its input");
	tap_is((struct str){ text, n > 0 ? (size_t)n : 0 }, "1\n2\n",
	    "which holds back no answer that is ready");
	close(lines[1]);
}

static void
slow_writer(void)
{
	struct output out;
	struct fanout f;
	struct err e = ERR_NONE;

	if (pipe(lines) || pipe(answers) || file_write(lines[1], STR("a\nb\n")))
		abort();
	fcntl(answers[0], F_SETFL, O_NONBLOCK);
	reset(newest);
	server.wait = look_and_write_more;
	out = (struct output){ .file.fd = answers[1] };
	f = make(lines[0], &out, 4);
	tap_int(fanout_run(&f, &e), 0, "its end is the end");
	fanout_done(&f);
	close(lines[0]);
	close(answers[0]);
	close(answers[1]);
}

enum { LINE = 1000, SLOW = 2000 };

/* Another process takes a line at a time, and says so before. */
static int
read_slowly(void *shared)
{
	int *taken = shared;
	char line[LINE];
	size_t at = 0;
	ssize_t n;

	close(answers[1]);
	do {
		if (!at)
			__atomic_fetch_add(taken, 1, __ATOMIC_SEQ_CST);
		n = read(answers[0], line, sizeof line - at);
		at = n > 0 ? (at + (size_t)n) % sizeof line : at;
		sched_yield();
	} while (n > 0);
	return *taken == SLOW + 1 && !at ? 0 : 1;
}

static void
slow_reader(void)
{
	struct output out;
	struct fanout f;
	struct err e = ERR_NONE;
	int *taken = mmap(NULL, sizeof *taken, PROT_READ | PROT_WRITE,
	    MAP_SHARED | MAP_ANONYMOUS, -1, 0);
	pid_t reader;

	if (taken == MAP_FAILED || pipe(answers))
		abort();
	reader = files_start(read_slowly, taken);
	close(answers[0]);
	reset(any);
	tool.pads = LINE;
	tool.taken = taken;
	tool.room = (64 << 10) / LINE + 1 + FANOUT_WINDOW * 4;
	out = (struct output){ .file.fd = answers[1] };
	f = make(make_input(SLOW, 8), &out, 4);
	tap_int(fanout_run(&f, &e), 0, "a reader that is slow gets all");
	close(answers[1]);
	tap_int(files_end(reader), 0, "and as it was");
	tap_int(tool.late, 0,
	    "no record is begun beyond the window and what the pipe holds");
	close(f.in.fd);
	fanout_done(&f);
	munmap(taken, sizeof *taken);
}

/* --- what ends a run --- */

static void
reader_leaves(int out, int in)
{
	(void)in;
	tap_ok(out == answers[1], "the reader of the lines is watched");
	close(answers[0]);
}

static int
nobody(void)
{
	return NONE;
}

static void
reader_that_leaves(void)
{
	struct output out;
	struct fanout f;
	struct err e = ERR_NONE;

	if (pipe(answers))
		abort();
	reset(nobody);
	server.wait = reader_leaves;
	out = (struct output){ .file.fd = answers[1] };
	f = make(make_input(10, 8), &out, 4);
	tap_ok(fanout_run(&f, &e) == -1 && e.status == ST_OUTPUT && !e.text[0],
	    "a reader that leaves ends the run, and is not told");
	close(f.in.fd);
	fanout_done(&f);
	tap_int(server.cancelled, 4, "what was on its way is cancelled");
	close(answers[1]);
}

static void
fault_of_the_run(void)
{
	struct output out;
	struct buf got = { 0 };
	struct fanout f = make(make_input(100, 8), &out, 4);
	struct err e;

	reset(oldest);
	tool.stops = 10;
	tap_ok(run(&f, &got, &e) == -1 && e.status == ST_NO_MODEL,
	    "what the caller says ends the run");
	tap_is(buf_str(&got), "1\n2\n3\n4\n5\n6\n",
	    "what was answered before is written");
	close(f.in.fd);
	fanout_done(&f);
	tap_int(server.cancelled, 3, "and the others are cancelled");
	buf_done(&got);
}

static void
answers_beside_a_fault(void)
{
	struct output out;
	struct buf got = { 0 };
	struct fanout f = make(make_input(4, 8), &out, 4);
	struct err e;

	reset(oldest);
	server.is_patient = server.ends_all = true;
	tool.stops_late = 2;
	f.unordered = true;
	tap_ok(run(&f, &got, &e) == -1 && e.status == ST_NO_MODEL,
	    "so does what an answer says");
	tap_is(
	    buf_str(&got), "1\n3\n4\n", "those that came beside it are taken");
	close(f.in.fd);
	fanout_done(&f);
	buf_done(&got);
}

static void
too_many_errors(void)
{
	struct output out;
	struct buf got = { 0 };
	struct fanout f = make(make_input(100, 8), &out, 4);
	struct err e;

	reset(any);
	tool.bad = 10;
	f.max_errors = 3;
	tap_ok(!run(&f, &got, &e) && f.nfailed == 3 && f.nprinted == 12,
	    "max_errors: the run ends behind so many, and says no more");
	tap_is(buf_str(&got), "1\n2\n3\n4\n5\n6\n7\n8\n9\n10\n11\n12\n",
	    "their lines are the last");
	close(f.in.fd);
	fanout_done(&f);
	buf_done(&got);
	tap_ok(server.n == 0 && tool.ended <= tool.begun,
	    "nothing is left on its way");
}

static void
bad_at_once(void)
{
	struct output out;
	struct buf got = { 0 };
	struct fanout f = make(make_input(4, 8), &out, 2);
	struct err e;

	reset(newest);
	tool.bad_begins = 3;
	tap_int(run(&f, &got, &e), 0, "what needs no call");
	tap_is(buf_str(&got), "1\n2\nbad\nbad\n", "keeps its place");
	tap_int((intmax_t)f.nfailed, 2, "and is counted");
	close(f.in.fd);
	fanout_done(&f);
	buf_done(&got);
}

/* --- several records in a call --- */

static struct {
	size_t batch, calls, full, largest;
	size_t alone;  /* this record's call has no other in it */
	size_t passes; /* each so many-th needs no call */
	size_t bad;    /* this one fails, and none beside it */
	size_t halves; /* calls of more than one are asked for again, once */
	bool mixed;
} batches;

static enum fanout_step
begin_batch(struct fanout *f, struct fanout_job *job, struct err *e)
{
	size_t line = job->record.line;

	(void)f;
	(void)e;
	if (batches.passes && line % batches.passes == 0) {
		buf_add_format(&job->line, "%zu\n", line);
		return FANOUT_GOOD;
	}
	return line == batches.alone ? FANOUT_CALL_ALONE : FANOUT_CALL;
}

static enum fanout_step
send_batch(struct fanout *f, struct fanout_job *job, struct err *e)
{
	struct fanout_job *first = job;
	size_t n = 0;

	for (; job; job = job->mate) {
		n++;
		batches.mixed |= job->call != first->call ||
		    job->worker != first->worker;
		batches.mixed |= job->record.line == batches.alone && n > 1;
	}
	batches.mixed |= first->record.line == batches.alone && n > 1;
	batches.calls++;
	batches.full += n == f->batch;
	if (n > batches.largest)
		batches.largest = n;
	if (tool.stops && batches.calls == tool.stops)
		return err_set(e, ST_NO_MODEL, "no such model");
	return FANOUT_CALL;
}

static enum fanout_step
end_batch(struct fanout *f, struct fanout_job *job, struct err *e)
{
	(void)f;
	(void)e;
	if (job->mate && batches.halves) {
		batches.halves--;
		return FANOUT_CALL;
	}
	for (; job; job = job->mate) {
		buf_add_format(&job->line, "%zu\n", job->record.line);
		job->failed = job->record.line == batches.bad;
	}
	return FANOUT_GOOD;
}

static struct fanout
make_batched(int in, struct output *out, size_t jobs, size_t batch)
{
	struct fanout f = make(in, out, jobs);

	f.batch = batch;
	f.begin = begin_batch;
	f.send = send_batch;
	f.end = end_batch;
	memset(&batches, 0, sizeof batches);
	return f;
}

static void
batches_in_any_order(void)
{
	enum { N = 100 };
	struct buf want = { 0 };

	add_numbers(&want, N);
	for (unsigned seed = 0; seed < SEEDS; seed++) {
		struct output out;
		struct buf got = { 0 };
		size_t jobs = seed % 5 + 1, batch = seed % 7 + 1;
		struct fanout f = make_batched(
		    make_input(N, 8), &out, jobs, batch);
		struct err e;

		reset(any);
		server.seed = seed;
		batches.passes = seed % 3 ? 0 : 4;
		batches.alone = seed % 11 ? 0 : 50;
		batches.halves = seed % 4;
		batches.bad = 7;
		tap_case(!run(&f, &got, &e) && !e.status &&
			str_equal(buf_str(&got), buf_str(&want)) &&
			f.nprinted == N && f.nfailed == 1 && !batches.mixed &&
			batches.largest == batch && server.most <= jobs &&
			server.started >= (int)batches.calls,
		    "seed %u, %zu jobs of %zu", seed, jobs, batch);
		close(f.in.fd);
		fanout_done(&f);
		buf_done(&got);
	}
	tap_all("batches: each record's line is in its place");
	buf_done(&want);
}

static void
full_batches(void)
{
	struct output out;
	struct buf got = { 0 };
	struct fanout f = make_batched(make_input(100, 8), &out, 3, 32);
	struct err e;

	reset(oldest);
	run(&f, &got, &e);
	tap_ok(batches.calls == 4 && batches.full == 3,
	    "a hundred records are three full batches and a rest");
	close(f.in.fd);
	fanout_done(&f);
	buf_done(&got);
}

/* Nobody writes: what was read is asked for, full or not. */
static void
look_at_batch(int out, int in)
{
	char text[16] = "";
	ssize_t n = read(answers[0], text, sizeof text);

	(void)out;
	(void)in;
	tap_is((struct str){ text, n > 0 ? (size_t)n : 0 }, "1\n2\n",
	    "a batch that is not full goes out when reading would block");
	server.wait = NULL;
	close(lines[1]);
}

static void
batch_of_slow_writer(void)
{
	struct output out;
	struct fanout f;
	struct err e = ERR_NONE;

	if (pipe(lines) || pipe(answers) || file_write(lines[1], STR("a\nb\n")))
		abort();
	fcntl(answers[0], F_SETFL, O_NONBLOCK);
	reset(newest);
	server.wait = look_at_batch;
	out = (struct output){ .file.fd = answers[1] };
	f = make_batched(lines[0], &out, 2, 32);
	tap_int(fanout_run(&f, &e), 0, "and the end is the end");
	tap_int((intmax_t)batches.calls, 1, "in one call");
	fanout_done(&f);
	close(lines[0]);
	close(answers[0]);
	close(answers[1]);
}

static void
fault_of_a_batch(void)
{
	struct output out;
	struct buf got = { 0 };
	struct fanout f = make_batched(make_input(100, 8), &out, 2, 8);
	struct err e;

	reset(oldest);
	tool.stops = 3;
	tap_ok(run(&f, &got, &e) == -1 && e.status == ST_NO_MODEL,
	    "a batch that cannot be sent ends the run");
	tap_is(buf_str(&got), "1\n2\n3\n4\n5\n6\n7\n8\n",
	    "behind those before it");
	close(f.in.fd);
	fanout_done(&f);
	tap_int(server.cancelled, 1, "and the others are cancelled");
	buf_done(&got);
}

/* The line of one that failed is made when it is known. */
static int
number_failed(struct fanout *f, struct fanout_job *job, struct err *e)
{
	(void)e;
	if (job->failed)
		buf_add_format(&job->line, "printed behind %zu\n", f->nprinted);
	return 0;
}

static void
changed_when_printed(void)
{
	struct output out;
	struct buf got = { 0 };
	struct fanout f = make_batched(make_input(3, 8), &out, 2, 2);
	struct err e;

	reset(newest);
	batches.bad = 2;
	f.print = number_failed;
	run(&f, &got, &e);
	tap_is(buf_str(&got), "1\n2\nprinted behind 1\n3\n",
	    "a line may change until it is printed");
	close(f.in.fd);
	fanout_done(&f);
	buf_done(&got);
}

/* Records from elsewhere: each says its number. */
static int
count_to_three(struct fanout *f, struct fanout_job *job, struct err *e)
{
	(void)e;
	if (f->in.line == 3) {
		f->in.at_end = true;
		return 0;
	}
	record_parse(&job->record, &format, STR("x"), ++f->in.line);
	return 1;
}

static void
other_records(void)
{
	struct output out;
	struct buf got = { 0 };
	struct fanout f = make_batched(-1, &out, 2, 2);
	struct err e;

	reset(oldest);
	f.read = count_to_three;
	run(&f, &got, &e);
	tap_is(buf_str(&got), "1\n2\n3\n", "records may come from elsewhere");
	fanout_done(&f);
	buf_done(&got);
}

static void
no_input(void)
{
	struct output out;
	struct buf got = { 0 };
	struct fanout f = make(make_input(0, 8), &out, 2);
	struct err e;

	reset(nobody);
	tap_ok(!run(&f, &got, &e) && !got.len, "no input at all is nothing");
	close(f.in.fd);
	fanout_done(&f);
	f = make(open(".", O_RDONLY), &out, 2);
	tap_ok(run(&f, &got, &e) == -1 && e.status == ST_INPUT,
	    "one that cannot be read ends the run");
	close(f.in.fd);
	fanout_done(&f);
	buf_done(&got);
}

int
main(void)
{
	signal(SIGPIPE, SIG_IGN);
	record_format_init(&format, "reply", true, '\n');
	files_enter();
	answers_in_any_order();
	as_they_end();
	one_that_is_slow();
	large_ones();
	slow_writer();
	slow_reader();
	reader_that_leaves();
	fault_of_the_run();
	answers_beside_a_fault();
	too_many_errors();
	bad_at_once();
	batches_in_any_order();
	full_batches();
	batch_of_slow_writer();
	fault_of_a_batch();
	changed_when_printed();
	other_records();
	no_input();
	record_format_done(&format);
	files_leave();
	return tap_done();
}
