/* http_test - requests, against a server that says what a table tells it. */
#include <arpa/inet.h>
#include <poll.h>
#include <signal.h>
#include <sys/socket.h>
#include <sys/wait.h>
#include <unistd.h>

#include "http.h"
#include "now.h"
#include "tap.h"

#define OK_HEAD "HTTP/1.1 200 OK\r\nContent-Type: text/plain\r\n"
#define BUSY "HTTP/1.1 503 Busy\r\nContent-Length: 4\r\n"

enum { LIMIT_MS = 100, LARGE = 70000 };

/* What the server says to a path. */
static const struct {
	const char *path, *says;
	const char *then; /* what it says from the second time on, or NULL */
	bool hangs;       /* the connection stays open */
	size_t more;      /* bytes "x" behind it */
} answers[] = {
	{ "/text", OK_HEAD "Content-Length: 5\r\n\r\nhello", NULL, false, 0 },
	{ "/none", "HTTP/1.1 404 No\r\nContent-Length: 4\r\n\r\nnone", NULL,
	    false, 0 },
	{ "/moved",
	    "HTTP/1.1 302 Found\r\nLocation: /text\r\n"
	    "Content-Length: 0\r\n\r\n",
	    NULL, false, 0 },
	{ "/busy", BUSY "Retry-After: 0\r\n\r\nbusy",
	    OK_HEAD "Content-Length: 2\r\n\r\nok", false, 0 },
	{ "/backoff", BUSY "\r\nbusy", OK_HEAD "Content-Length: 2\r\n\r\nok",
	    false, 0 },
	{ "/always", BUSY "Retry-After: 0\r\n\r\nbusy", NULL, false, 0 },
	{ "/later", BUSY "Retry-After: 61\r\n\r\nbusy", NULL, false, 0 },
	{ "/cut", OK_HEAD "Content-Length: 9\r\n\r\nhello", NULL, false, 0 },
	{ "/nothing", "", NULL, false, 0 },
	{ "/garbage", "SSH-2.0-x\r\n", NULL, false, 0 },
	{ "/head", OK_HEAD "Content-Len", NULL, false, 0 },
	{ "/chunks", OK_HEAD "Transfer-Encoding: chunked\r\n\r\n0\r\n\r\n",
	    NULL, false, 0 },
	{ "/silent", "", NULL, true, 0 },
	{ "/stalled", OK_HEAD "Content-Length: 9\r\n\r\nhello", NULL, true, 0 },
	{ "/gzip",
	    OK_HEAD "Content-Encoding: gzip\r\nContent-Length: 5\r\n\r\nhello",
	    NULL, false, 0 },
	{ "/early",
	    "HTTP/1.1 103 Early Hints\r\nLink: </x>\r\n\r\n"
	    "HTTP/1.1 404 No\r\nServer:  a b \r\nX-Twice: 1\r\nX-Twice: 2\r\n"
	    "Content-Encoding: gzip\r\nTransfer-Encoding: chunked\r\n\r\n"
	    "3\r\nabc\r\n2\r\nde\r\n0\r\nX-Trailer: 1\r\n\r\n",
	    NULL, false, 0 },
	{ "/length", OK_HEAD "Content-Length: 7\r\n\r\n", NULL, true, 0 },
	{ "/large", "HTTP/1.1 400 Bad\r\nContent-Length: 70000\r\n\r\n", NULL,
	    false, LARGE },
};

/* --- the server --- */

static void
send_all(int fd, struct str text)
{
	while (text.len) {
		ssize_t n = write(fd, text.data, text.len);

		if (n <= 0)
			return;
		text = str_skip(text, (size_t)n);
	}
}

static void
answer(int fd, struct str request)
{
	static int times[countof(answers)];
	static char more[LARGE];

	str_cut(&request, ' ');
	request = str_cut(&request, ' ');
	memset(more, 'x', sizeof more);
	for (size_t i = 0; i < countof(answers); i++) {
		bool again = answers[i].then && times[i];

		if (!str_is(request, answers[i].path))
			continue;
		times[i]++;
		send_all(fd, str_of(again ? answers[i].then : answers[i].says));
		send_all(fd, (struct str){ more, answers[i].more });
		if (answers[i].hangs)
			return;
	}
	shutdown(fd, SHUT_WR);
	close(fd);
}

static void
serve(int listener)
{
	alarm(120); /* should nobody end it */
	for (;;) {
		int fd = accept(listener, NULL, NULL);
		struct buf request = { 0 };
		char c;

		if (fd < 0)
			_exit(1);
		while (!str_ends(buf_str(&request), "\r\n\r\n") &&
		    read(fd, &c, 1) == 1)
			buf_add_char(&request, c);
		answer(fd, buf_str(&request));
		buf_done(&request);
	}
}

/* A socket at a port of its own; the port to *port. */
static int
open_port(int *port)
{
	struct sockaddr_in a = { .sin_family = AF_INET };
	socklen_t n = sizeof a;
	int fd = socket(AF_INET, SOCK_STREAM, 0);
	void *address = &a;

	a.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
	if (fd < 0 || bind(fd, address, n) || getsockname(fd, address, &n))
		return -1;
	*port = ntohs(a.sin_port);
	return fd;
}

/* --- the calls --- */

struct seen {
	int done;
	int stop; /* what on_bytes() returns */
	struct buf bytes;
};

static void
on_done(struct http_call *c)
{
	struct seen *s = c->owner;

	s->done++;
}

static int
on_bytes(struct http_call *c, struct str piece, struct err *e)
{
	struct seen *s = c->owner;

	buf_add(&s->bytes, piece);
	return s->stop < 0 ? err_set(e, ST_OUTPUT, "no room") : s->stop;
}

static const struct {
	const char *name, *path;
	int64_t first_ms, idle_ms, total_ms;
	int retries;
	bool streams;
	int stop;

	enum http_end end;
	int status, tries;
	const char *reply; /* or what on_bytes() had */
	enum status error;
} cases[] = {
	/* clang-format off */
	{ "a reply", "/text", 0, 0, 0, 0, false, 0,
	    HTTP_REPLY, 200, 1, "hello", ST_OK },
	{ "a reply in pieces", "/text", 0, 0, 0, 0, true, 0,
	    HTTP_REPLY, 200, 1, "hello", ST_OK },
	{ "on_bytes() has enough", "/stalled", 0, 0, 0, 0, true, 1,
	    HTTP_REPLY, 200, 1, "hello", ST_OK },
	{ "on_bytes() fails", "/stalled", 0, 0, 0, 0, true, -1,
	    HTTP_STOPPED, 200, 1, "hello", ST_OUTPUT },
	{ "an error's body", "/none", 0, 0, 0, 3, false, 0,
	    HTTP_REPLY, 404, 1, "none", ST_OK },
	{ "which on_bytes() does not get", "/none", 0, 0, 0, 0, true, 1,
	    HTTP_REPLY, 404, 1, "none", ST_OK },
	{ "a redirect is not followed", "/moved", 0, 0, 0, 0, false, 0,
	    HTTP_REPLY, 302, 1, "", ST_OK },
	{ "503, then 200 at once", "/busy", 0, 0, 0, 1, false, 0,
	    HTTP_REPLY, 200, 2, "ok", ST_OK },
	{ "503, then 200 after a while", "/backoff", 0, 0, 0, 1, true, 0,
	    HTTP_REPLY, 200, 2, "ok", ST_OK },
	{ "503 again and again", "/always", 0, 0, 0, 3, false, 0,
	    HTTP_REPLY, 503, 4, "busy", ST_OK },
	{ "no retry is wanted", "/always", 0, 0, 0, 0, false, 0,
	    HTTP_REPLY, 503, 1, "busy", ST_OK },
	{ "not to be waited for", "/later", 0, 0, 0, 3, false, 0,
	    HTTP_REPLY, 503, 1, "busy", ST_OK },
	{ "a body that is cut", "/cut", 0, 0, 0, 3, false, 0,
	    HTTP_BROKEN, 200, 1, "hello", ST_INCOMPLETE },
	{ "a header that is cut", "/head", 0, 0, 0, 3, true, 0,
	    HTTP_BROKEN, 200, 1, "", ST_INCOMPLETE },
	{ "nothing, in chunks", "/chunks", 0, 0, 0, 0, false, 0,
	    HTTP_REPLY, 200, 1, "", ST_OK },
	{ "no answer at all", "/nothing", 0, 0, 0, 0, false, 0,
	    HTTP_BROKEN, 0, 1, "", ST_INCOMPLETE },
	{ "what is not HTTP", "/garbage", 0, 0, 0, 0, false, 0,
	    HTTP_BROKEN, 0, 1, "", ST_SERVER },
	{ "what is no URL", "/\x01", 0, 0, 0, 3, false, 0,
	    HTTP_BROKEN, 0, 1, "", ST_SERVER },
	{ "no first byte in time", "/silent", LIMIT_MS, 0, 0, 3, false, 0,
	    HTTP_TIMEOUT, 0, 1, "", ST_TIMEOUT },
	{ "no next byte in time", "/stalled", 0, LIMIT_MS, 0, 3, true, 0,
	    HTTP_TIMEOUT, 200, 1, "hello", ST_TIMEOUT },
	{ "not done in time", "/stalled", 0, 0, LIMIT_MS, 3, true, 0,
	    HTTP_TIMEOUT, 200, 1, "hello", ST_TIMEOUT },
	{ "a body that is encoded", "/gzip", 0, 0, 0, 0, true, 0,
	    HTTP_STOPPED, 200, 1, "", ST_SERVER },
	/* clang-format on */
};

static void
run(struct http *h, struct http_call *c)
{
	const struct seen *s = c->owner;
	int64_t end = now_ms() + 20000;

	http_start(h, c);
	while (!s->done && now_ms() < end)
		http_wait(h, -1, -1, 1000);
}

static void
test_case(size_t i, const struct http_server *server)
{
	struct http_settings set = { .agent = "User-Agent: test",
		.limits = { .first_ms = cases[i].first_ms,
		    .idle_ms = cases[i].idle_ms,
		    .total_ms = cases[i].total_ms,
		    .retries = cases[i].retries } };
	struct seen s = { .stop = cases[i].stop };
	struct http_call c = { .server = server,
		.method = "GET",
		.path = cases[i].path,
		.on_bytes = cases[i].streams ? on_bytes : NULL,
		.done = on_done,
		.owner = &s };
	struct http *h = http_open(&set);
	int64_t took = now_ms();
	bool late = cases[i].end == HTTP_TIMEOUT;

	run(h, &c);
	took = now_ms() - took;
	buf_add(&s.bytes, buf_str(&c.reply));
	if (!tap_ok(s.done == 1 && c.end == cases[i].end &&
		    c.status == cases[i].status && c.tries == cases[i].tries &&
		    c.err.status == cases[i].error &&
		    str_is(buf_str(&s.bytes), cases[i].reply) &&
		    (!late || took >= LIMIT_MS - 1),
		"%s", cases[i].name)) {
		tap_note("done %d, end %d, status %d, tries %d, %d ms, %d %s",
		    s.done, (int)c.end, c.status, c.tries, (int)took,
		    (int)c.err.status, c.err.text);
		tap_show("bytes", buf_str(&s.bytes));
	}
	http_close(h);
	buf_done(&s.bytes);
	buf_done(&c.reply);
}

static void
test_head(const struct http_server *server)
{
	struct http_settings set = { .agent = "User-Agent: test" };
	struct seen s = { 0 };
	struct http_call c = { .server = server,
		.method = "GET",
		.path = "/text",
		.done = on_done,
		.owner = &s };
	struct http *h = http_open(&set);

	run(h, &c);
	tap_ok(c.length == 5 && c.wait_s == -1 && !c.location[0] && !c.begun,
	    "the length of an answer");
	buf_clear(&c.reply);
	c.path = "/moved";
	s.done = 0;
	run(h, &c);
	tap_is(str_of(c.location), "/text", "a call can be started again");
	buf_clear(&c.reply);
	c.path = "/large";
	s.done = 0;
	run(h, &c);
	tap_ok(c.end == HTTP_REPLY && c.status == 400 &&
		c.reply.len == HTTP_ERROR_REPLY_MAX,
	    "of an error's body 64 KiB are kept: %zu", c.reply.len);
	http_close(h);
	buf_done(&c.reply);
}

/* Time that passes elsewhere, for as long as a limit and more. */
static void
stay_away(void)
{
	int64_t end = now_ms() + LIMIT_MS + LIMIT_MS / 2;

	while (now_ms() < end)
		poll(NULL, 0, (int)(end - now_ms()));
}

/* Who does not wait, since a reader of the answers stalls, is not late. */
static void
test_away(const struct http_server *server)
{
	struct http_settings set = { .agent = "User-Agent: test",
		.limits = { .first_ms = LIMIT_MS,
		    .idle_ms = LIMIT_MS,
		    .total_ms = 2 * LIMIT_MS } };
	struct seen s = { 0 };
	struct http_call c = { .server = server,
		.method = "GET",
		.path = "/stalled",
		.on_bytes = on_bytes,
		.done = on_done,
		.owner = &s };
	struct http *h = http_open(&set);
	int64_t start = now_ms();

	http_start(h, &c);
	stay_away();
	while (!s.bytes.len && !s.done)
		http_wait(h, -1, -1, 1000);
	tap_ok(!s.done, "what passed before the wait counts for no limit");
	stay_away();
	http_wait(h, -1, -1, 0);
	tap_ok(!s.done, "and what passed after it neither");
	while (!s.done)
		http_wait(h, -1, -1, 1000);
	tap_ok(c.end == HTTP_TIMEOUT && now_ms() - start >= 4 * LIMIT_MS - 4,
	    "then the limits hold: %s", c.err.text);
	http_close(h);
	buf_done(&s.bytes);
	buf_done(&c.reply);
}

static void
on_header(struct http_call *c, struct str line)
{
	struct seen *s = c->owner;

	buf_add(&s->bytes, line.len ? line : STR("--"));
	buf_add_char(&s->bytes, '|');
}

/* An answer is handed on as it is. */
static void
test_pass(const struct http_server *server)
{
	struct http_settings set = { .agent = "User-Agent: test" };
	struct seen s = { 0 };
	struct http_call c = { .server = server,
		.method = "GET",
		.path = "/early",
		.on_header = on_header,
		.on_bytes = on_bytes,
		.done = on_done,
		.owner = &s };
	struct http *h = http_open(&set);

	run(h, &c);
	tap_is(buf_str(&s.bytes),
	    "Server:  a b|X-Twice: 1|X-Twice: 2|Content-Encoding: gzip|"
	    "Transfer-Encoding: chunked|--|abcde",
	    "an error's header and body are handed on");
	tap_ok(c.end == HTTP_REPLY && c.status == 404 && !c.reply.len,
	    "and are no error here");
	c.method = "HEAD";
	c.path = "/length";
	s.done = 0;
	buf_clear(&s.bytes);
	run(h, &c);
	tap_is(buf_str(&s.bytes),
	    "Content-Type: text/plain|Content-Length: 7|--|",
	    "a body is not waited for where there is none");
	http_close(h);
	buf_done(&s.bytes);
	buf_done(&c.reply);
}

/* Bytes in a pipe end the waiting, as no answer comes. */
static void
test_input(const struct http_server *server)
{
	struct http_settings set = { .agent = "User-Agent: test" };
	struct seen s = { 0 };
	struct http_call c = { .server = server,
		.method = "GET",
		.path = "/silent",
		.done = on_done,
		.owner = &s };
	struct http *h = http_open(&set);
	int64_t start = now_ms();
	int fds[2] = { -1, -1 };

	http_start(h, &c);
	tap_ok(!pipe(fds) && write(fds[1], "x", 1) == 1, "a pipe with a byte");
	for (int i = 0; i < 100; i++)
		http_wait(h, -1, fds[0], 1000);
	tap_ok(!s.done && now_ms() - start < 20000,
	    "a descriptor that can be read ends the waiting");
	http_close(h);
	close(fds[0]);
	close(fds[1]);
}

static void
test_cancel(const struct http_server *server)
{
	struct http_settings set = { .agent = "User-Agent: test" };
	struct seen s = { 0 }, t = { 0 };
	struct http_call c = { .server = server,
		.method = "GET",
		.path = "/silent",
		.done = on_done,
		.owner = &s };
	struct http_call d = c;
	struct http *h = http_open(&set);

	d.path = "/text";
	d.owner = &t;
	http_start(h, &c);
	run(h, &d);
	tap_ok(t.done == 1 && !s.done && c.transfer && !d.transfer,
	    "one is done, the other in flight");
	http_cancel(&c);
	tap_ok(!s.done && !c.transfer, "which is cancelled without done()");
	http_cancel(&c);
	http_start(h, &c);
	http_close(h);
	tap_ok(!s.done && !c.transfer, "as by http_close()");
	buf_done(&c.reply);
	buf_done(&d.reply);
}

static void
test_refused(void)
{
	struct http_settings set = { .agent = "User-Agent: test",
		.limits.retries = 3 };
	struct seen s = { 0 };
	char url[64];
	struct http_server server = { .url = url, .is_local = true };
	struct http_call c = { .server = &server,
		.method = "GET",
		.path = "/",
		.done = on_done,
		.owner = &s };
	struct http *h = http_open(&set);
	int port = 0, fd = open_port(&port);

	/* Bound, but nobody listens. */
	snprintf(url, sizeof url, "http://127.0.0.1:%d", port);
	run(h, &c);
	tap_ok(s.done == 1 && c.end == HTTP_UNREACHABLE && !c.status &&
		c.err.status == ST_UNREACHABLE && c.tries == 1,
	    "nobody is there: %s", c.err.text);
	http_close(h);
	close(fd);
	buf_done(&c.reply);
}

int
main(void)
{
	char url[64];
	struct http_server server = { .url = url, .is_local = true };
	int port = 0, listener = open_port(&port);
	pid_t pid;

	signal(SIGPIPE, SIG_IGN);
	if (!tap_ok(listener >= 0 && !listen(listener, 16), "a server"))
		return tap_done();
	fflush(stdout);
	pid = fork();
	if (pid == 0)
		serve(listener);
	close(listener);
	snprintf(url, sizeof url, "http://127.0.0.1:%d", port);
	if (tap_ok(pid > 0, "that serves")) {
		for (size_t i = 0; i < countof(cases); i++)
			test_case(i, &server);
		test_head(&server);
		test_away(&server);
		test_pass(&server);
		test_input(&server);
		test_cancel(&server);
		test_refused();
		kill(pid, SIGKILL);
		waitpid(pid, NULL, 0);
	}
	return tap_done();
}
