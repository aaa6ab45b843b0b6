/*
 * log_test - every line of a log is whole, and the answer never waits.
 *
 * With --whole two processes write 10,000 lines of up to 1 MiB each, instead
 * of 2,000 of up to 64 KiB: 10 GB of disk, some minutes.
 */
#include <fcntl.h>
#include <signal.h>
#include <sys/file.h>

#include "files.h"
#include "log.h"
#include "random.h"
#include "span.h"
#include "utf8.h"

#define VIEW(text) \
	{ \
		(text), sizeof(text) - 1 \
	}

/* --- what a line says --- */

static const struct {
	struct log_entry entry;
	const char *line;
} entries[] = {
	{ { .time_ms = 1795262400123,
	      .tool = "dmr-chat",
	      .version = "0.1.0",
	      .host = "http://localhost:12434",
	      .path = "/engines/v1/chat/completions",
	      .model = "ai/qwen3-coder",
	      .total_ms = 812,
	      .first_ms = 95,
	      .tries = 1,
	      .usage = VIEW("{\"total_tokens\": 9}"),
	      .request = VIEW("{\"seed\":9007199254740993}"),
	      .text = VIEW("Hello\nworld"),
	      .reasoning = VIEW("Hm."),
	      .tool_calls = VIEW("[]"),
	      .finish_reason = "stop" },
	    "{\"time\":\"2026-11-21T12:00:00.123Z\",\"tool\":\"dmr-chat\","
	    "\"version\":\"0.1.0\",\"host\":\"http://localhost:12434\","
	    "\"path\":\"/engines/v1/chat/completions\","
	    "\"model\":\"ai/qwen3-coder\",\"exit\":0,\"code\":\"ok\","
	    "\"ms\":812,\"first_ms\":95,\"tries\":1,\"cached\":false,"
	    "\"usage\":{\"total_tokens\": 9},"
	    "\"request\":{\"seed\":9007199254740993},"
	    "\"reply\":{\"text\":\"Hello\\nworld\",\"reasoning\":\"Hm.\","
	    "\"tool_calls\":[],\"finish_reason\":\"stop\"}}\n" },
	{ { .total_ms = -1,
	      .first_ms = -1,
	      .status = ST_UNREACHABLE,
	      .error = "cannot reach 'http://localhost:12434'" },
	    "{\"time\":\"1970-01-01T00:00:00.000Z\",\"exit\":7,"
	    "\"code\":\"unreachable\",\"tries\":0,\"cached\":false,"
	    "\"error\":\"cannot reach 'http://localhost:12434'\"}\n" },
	{ { .total_ms = 0,
	      .first_ms = -1,
	      .cached = true,
	      .status = ST_CUT,
	      .text = VIEW("") },
	    "{\"time\":\"1970-01-01T00:00:00.000Z\",\"exit\":3,"
	    "\"code\":\"length\",\"ms\":0,\"tries\":0,\"cached\":true,"
	    "\"reply\":{\"text\":\"\"}}\n" },
	{ { .total_ms = -1,
	      .first_ms = -1,
	      .usage = VIEW("{\r\n \"a\": [\n1]\n}"),
	      .request = VIEW("not JSON\n"),
	      .error = "'\xff' and \xe2\x82" },
	    "{\"time\":\"1970-01-01T00:00:00.000Z\",\"exit\":0,"
	    "\"code\":\"ok\",\"tries\":0,\"cached\":false,"
	    "\"usage\":{   \"a\": [ 1] },\"request\":\"not JSON\\n\","
	    "\"error\":\"'\xef\xbf\xbd' and \xef\xbf\xbd\xef\xbf\xbd\"}\n" },
};

static void
add_entry(const struct log_entry *entry, size_t max)
{
	struct log l;
	struct err e = ERR_NONE;

	if (log_open(&l, "log", &e))
		abort();
	if (max)
		l.line.max = max;
	tap_case(!log_add(&l, entry, &e), "%s", e.text);
	log_close(&l);
}

static void
test_entries(void)
{
	struct buf want = { 0 };

	for (size_t i = 0; i < countof(entries); i++) {
		add_entry(&entries[i].entry, 0);
		buf_add_text(&want, entries[i].line);
		tap_case(files_hold("log", want.data), "%zu: not %s", i,
		    entries[i].line);
	}
	tap_all("what a line says");
	buf_done(&want);
	unlink("log");
}

static void
test_times(void)
{
	static const struct {
		int64_t ms;
		const char *want;
	} cases[] = {
		{ 0, "\"1970-01-01T00:00:00.000Z\"" },
		{ 999, "\"1970-01-01T00:00:00.999Z\"" },
		{ 1000, "\"1970-01-01T00:00:01.000Z\"" },
		{ 951782400000, "\"2000-02-29T00:00:00.000Z\"" },
		{ 4102444799001, "\"2099-12-31T23:59:59.001Z\"" },
		{ -1, "\"1969-12-31T23:59:59.999Z\"" },
		{ -1000, "\"1969-12-31T23:59:59.000Z\"" },
		{ INT64_MAX, NULL },
		{ INT64_MIN, NULL },
	};

	for (size_t i = 0; i < countof(cases); i++) {
		struct log_entry entry = { .time_ms = cases[i].ms };
		struct buf line = { 0 };
		struct err e = ERR_NONE;

		add_entry(&entry, 0);
		tap_case(!file_read("log", 1000, &line, &e) &&
			span_valid(buf_str(&line)) &&
			(!cases[i].want ||
			    str_is(span_member(buf_str(&line), "time"),
				cases[i].want)),
		    "%s: %s", cases[i].want ? cases[i].want : "",
		    line.data ? line.data : e.text);
		buf_done(&line);
		unlink("log");
	}
	tap_all("a time is UTC, to the millisecond");
}

static void
test_omitted(void)
{
	static const char with[] =
	    "{\"time\":\"1970-01-01T00:00:00.000Z\",\"exit\":0,\"code\":\"ok\","
	    "\"ms\":0,\"first_ms\":0,\"tries\":0,\"cached\":false,"
	    "\"request\":\"0123456789\",\"reply\":{\"text\":\"0123456789\"}}\n";
	static const char without[] =
	    "{\"time\":\"1970-01-01T00:00:00.000Z\",\"exit\":0,\"code\":\"ok\","
	    "\"ms\":0,\"first_ms\":0,\"tries\":0,\"cached\":false,"
	    "\"omitted\":true}\n";
	struct log_entry entry = { .request = VIEW("\"0123456789\""),
		.text = VIEW("0123456789") };
	struct log l;
	struct err e = ERR_NONE;

	add_entry(&entry, strlen(with));
	tap_ok(files_hold("log", with), "a line that fits is whole");
	unlink("log");
	add_entry(&entry, strlen(with) - 1);
	tap_ok(files_hold("log", without),
	    "a larger one is without request and reply");
	unlink("log");
	tap_all("both are written");

	log_open(&l, "log", &e);
	l.line.max = strlen(without) - 1;
	tap_ok(log_add(&l, &entry, &e) == -1 && e.status == ST_OUTPUT,
	    "what fits not even so is given up");
	tap_is(str_of(e.text),
	    "log: a line is too large; nothing more is logged", "says so");
	log_close(&l);
	tap_ok(files_hold("log", ""), "and nothing is written");
	unlink("log");
}

/* --- strangers' bytes --- */

/* Some of what JSON, lines and UTF-8 are broken by; n bytes at most. */
static struct str
fill_random(char *text, size_t n, uint64_t *state)
{
	static const char odd[] =
	    "\"\\{}[]:,\n\r\t\0\x1b\x7f\xe2\x82\xac\xff u1";
	size_t len = random_next(state) % n;

	for (size_t i = 0; i < len; i++)
		text[i] = odd[random_next(state) % (sizeof odd - 1)];
	text[len] = 0;
	return (struct str){ text, len };
}

static void
test_random(void)
{
	enum { CASES = 2000, SIZE = 40 };
	struct buf all = { 0 };
	struct err e = ERR_NONE;
	struct str rest;
	uint64_t state = 20261121;
	size_t n = 0;

	for (int i = 0; i < CASES; i++) {
		char text[6][SIZE];
		struct log_entry entry = {
			.usage = fill_random(text[0], SIZE, &state),
			.request = fill_random(text[1], SIZE, &state),
			.text = fill_random(text[2], SIZE, &state),
			.tool_calls = fill_random(text[3], SIZE, &state),
			.model = fill_random(text[4], SIZE, &state).data,
			.error = fill_random(text[5], SIZE, &state).data,
		};

		add_entry(&entry, 0);
	}
	if (file_read("log", BUF_MAX, &all, &e))
		abort();
	rest = buf_str(&all);
	while (rest.len) {
		struct str line = str_cut(&rest, '\n');

		n++;
		tap_case(rest.data && span_valid(line) &&
			span_kind(line) == SPAN_OBJECT &&
			utf8_valid(line) == line.len &&
			!memchr(line.data, '\r', line.len),
		    "line %zu", n);
	}
	tap_case(n == CASES, "%zu lines", n);
	tap_all("whatever comes, a line is one JSON text");
	buf_done(&all);
	unlink("log");
}

/* --- what cannot be written --- */

static void
test_unopened(void)
{
	static const struct {
		const char *path, *text;
	} cases[] = {
		{ ".", "log: cannot open '.': Is a directory" },
		{ "none/log",
		    "log: cannot open 'none/log': No such file or "
		    "directory" },
		{ "fifo", "log: cannot open 'fifo': nobody reads it" },
	};
	struct log_entry entry = { 0 };
	struct log l = { 0 };
	struct err e = ERR_NONE;

	tap_int(log_add(&l, &entry, &e), 0, "without a log nothing is logged");
	mkfifo("fifo", 0600);
	for (size_t i = 0; i < countof(cases); i++) {
		tap_case(log_open(&l, cases[i].path, &e) == -1 &&
			e.status == ST_OUTPUT &&
			str_is(str_of(e.text), cases[i].text),
		    "%d %s", e.status, e.text);
		e = (struct err)ERR_NONE;
		tap_case(!log_add(&l, &entry, &e) && !e.status,
		    "%s: a second error", cases[i].path);
		log_close(&l);
	}
	tap_all("a log that cannot be opened is one error");
	unlink("fifo");
}

/* One error, and never again. */
static void
check_given_up(struct log *l, const char *text)
{
	struct log_entry entry = { 0 };
	struct err e = ERR_NONE;

	tap_ok(log_add(l, &entry, &e) == -1 && e.status == ST_OUTPUT,
	    "a log that cannot be written is an error");
	tap_is(str_of(e.text), text, "says so");
	e = (struct err)ERR_NONE;
	tap_ok(!log_add(l, &entry, &e) && !e.status, "but only once");
	log_close(l);
}

static void
test_given_up(void)
{
	struct log l;
	struct err e = ERR_NONE;
	int fd;

	log_open(&l, "/dev/full", &e);
	check_given_up(&l,
	    "log: cannot write '/dev/full': No space left on device; "
	    "nothing more is logged");

	mkfifo("fifo", 0600);
	fd = open("fifo", O_RDONLY | O_NONBLOCK);
	tap_int(log_open(&l, "fifo", &e), 0, "a FIFO with a reader");
	close(fd);
	check_given_up(&l,
	    "log: cannot write 'fifo': Broken pipe; nothing more is logged");
	unlink("fifo");

	log_open(&l, "log", &e);
	tap_int(files_mode("log"), 0600, "a new log is its owner's alone");
	fd = open("log", O_RDONLY);
	flock(fd, LOCK_EX);
	check_given_up(&l,
	    "log: cannot write 'log': another process keeps it locked; "
	    "nothing more is logged");
	tap_ok(files_hold("log", ""), "and is as it was");
	close(fd);
	unlink("log");
}

static int
open_as_nobody(void *argument)
{
	struct log l;
	struct err e = ERR_NONE;

	(void)argument;
	return !files_be_nobody() || log_open(&l, "log", &e) != -1 ||
	    e.status != ST_OUTPUT;
}

static void
test_read_only(void)
{
	files_write("log", "", 0444);
	chmod(".", 0755);
	tap_int(files_end(files_start(open_as_nobody, NULL)), 0,
	    "a log that may not be written");
	unlink("log");
}

/* --- two writers --- */

enum { WRITERS = 2 };

struct load {
	int64_t nlines;
	size_t max; /* bytes of a text */
};

/* The text of line `number` of a writer: of another length each. */
static struct str
fill_text(
    const struct load *load, size_t writer, int64_t number, struct buf *text)
{
	uint64_t state = (uint64_t)(number * WRITERS + (int64_t)writer) + 1;
	size_t len;
	char *room;

	for (int i = 0; i < 8; i++)
		random_next(&state);
	len = random_next(&state) % load->max;
	buf_clear(text);
	room = buf_room(text, len);
	memset(room, 'a' + (int)(random_next(&state) % 26), len);
	buf_claim(text, len);
	return buf_str(text);
}

static int
write_lines(const struct load *load, size_t writer)
{
	struct buf text = { 0 };
	struct log l;
	struct err e = ERR_NONE;
	int got = log_open(&l, "log", &e);

	for (int64_t i = 0; !got && i < load->nlines; i++) {
		struct log_entry entry = { .total_ms = (int64_t)writer,
			.first_ms = i,
			.text = fill_text(load, writer, i, &text) };

		got = log_add(&l, &entry, &e);
	}
	log_close(&l);
	buf_done(&text);
	return got != 0;
}

static int
write_first(void *argument)
{
	return write_lines(argument, 0);
}

static int
write_second(void *argument)
{
	return write_lines(argument, 1);
}

/* Is it the next line of its writer, as it was written? */
static bool
check_line(
    const struct load *load, struct str line, int64_t *next, struct buf *text)
{
	static const char *const names[] = { "ms", "first_ms", "reply" };
	struct str values[countof(names)], got;
	int64_t writer, number;

	if (span_members(line, names, countof(names), values) ||
	    span_integer(values[0], &writer) || writer >= WRITERS ||
	    span_integer(values[1], &number) || number != next[writer])
		return false;
	next[writer]++;
	got = span_member(values[2], "text");
	fill_text(load, (size_t)writer, number, text);
	return got.len == text->len + 2 &&
	    (!text->len || !memcmp(got.data + 1, text->data, text->len));
}

static void
check_lines(const struct load *load)
{
	int64_t next[WRITERS] = { 0 };
	struct buf text = { 0 };
	FILE *f = fopen("log", "r");
	char *line = NULL;
	size_t capacity = 0;
	ssize_t n;

	while (f && (n = getline(&line, &capacity, f)) > 0)
		tap_case(line[n - 1] == '\n' &&
			check_line(
			    load, (struct str){ line, (size_t)n }, next, &text),
		    "a line of %zd bytes behind %jd and %jd lines", n,
		    (intmax_t)next[0], (intmax_t)next[1]);
	for (size_t i = 0; i < WRITERS; i++)
		tap_case(next[i] == load->nlines, "%jd lines of writer %zu",
		    (intmax_t)next[i], i);
	if (f)
		fclose(f);
	free(line);
	buf_done(&text);
}

static void
test_writers(struct load load)
{
	pid_t first = files_start(write_first, &load);
	pid_t second = files_start(write_second, &load);

	tap_case(files_end(first) == 0, "the first writer failed");
	tap_case(files_end(second) == 0, "the second writer failed");
	check_lines(&load);
	tap_all("Q11: of two who write at once every line is whole");
	unlink("log");
}

int
main(int argc, char **argv)
{
	bool whole = argc > 1 && !strcmp(argv[1], "--whole");

	signal(SIGPIPE, SIG_IGN);
	files_enter();
	test_entries();
	test_times();
	test_omitted();
	test_random();
	test_unopened();
	test_given_up();
	test_read_only();
	test_writers(whole ? (struct load){ 10000, 1 << 20 }
			   : (struct load){ 2000, 64 << 10 });
	files_leave();
	return tap_done();
}
