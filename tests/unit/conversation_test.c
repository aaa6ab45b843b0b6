/* conversation_test - what is kept is read, and no turn is lost. */
#include <fcntl.h>
#include <signal.h>
#include <sys/resource.h>

#include "conversation.h"
#include "files.h"
#include "span.h"

#define SYSTEM "{\"role\":\"system\",\"content\":\"s\"}"
#define USER "{\"role\":\"user\",\"content\":\"u\"}"
#define OTHER \
	"{\"content\":[{\"x\":1e99}],\"role\":\"tool\",\"id\":9007199254740993}"

#define VIEW(text) \
	{ \
		(text), sizeof(text) - 1 \
	}

static void
write_bytes(struct str text)
{
	int fd = open("file", O_WRONLY | O_CREAT | O_TRUNC, 0600);

	if (fd < 0 || file_write(fd, text) || close(fd))
		abort();
}

/* --- read --- */

static const struct {
	const char *file, *messages;
	size_t n;
	bool has_system;
} good[] = {
	{ "", "", 0, false },
	{ "\n\n", "", 0, false },
	{ USER "\n", USER, 1, false },
	{ SYSTEM "\n", SYSTEM, 1, true },
	{ SYSTEM "\n" USER "\n", SYSTEM "," USER, 2, true },
	{ USER "\n" SYSTEM "\n", USER "," SYSTEM, 2, true },
	{ "\n \t\n" SYSTEM "\r\n\n  " USER " \r\n\r\n", SYSTEM "," USER, 2,
	    true },
	{ OTHER "\n" OTHER "\n" USER "\n", OTHER "," OTHER "," USER, 3, false },
	{ "{\"role\":\"\"}\n", "{\"role\":\"\"}", 1, false },
	{ "{\"role\":\"developer\"}\n", "{\"role\":\"developer\"}", 1, true },
	{ "{\"role\":\"s\\u0079stem\"}\n", "{\"role\":\"s\\u0079stem\"}", 1,
	    true },
	{ "{\"role\":\"systems\"}\n", "{\"role\":\"systems\"}", 1, false },
	{ "{\"role\":\"user\",\"role\":\"system\"}\n",
	    "{\"role\":\"user\",\"role\":\"system\"}", 1, true },
	{ "{\"role\":\"user\",\"content\":null,\"tool_calls\":[ {} ]}\n",
	    "{\"role\":\"user\",\"content\":null,\"tool_calls\":[ {} ]}", 1,
	    false },
	{ "{\"role\":\"\xc3\xa4\\ud800\"}\n", "{\"role\":\"\xc3\xa4\\ud800\"}",
	    1, false },
};

static void
test_good(void)
{
	for (size_t i = 0; i < countof(good); i++) {
		struct conversation c;
		struct err e = ERR_NONE;

		files_write("file", good[i].file, 0600);
		if (!tap_case(!conversation_open(&c, "file", -1, &e) &&
			    str_is(buf_str(&c.messages), good[i].messages) &&
			    c.nmessages == good[i].n &&
			    (c.system.len > 0) == good[i].has_system,
			"%zu: %s", i, e.text)) {
			tap_show("got", buf_str(&c.messages));
			tap_show("wanted", str_of(good[i].messages));
		}
		conversation_close(&c);
		tap_case(files_hold("file", good[i].file), "%zu: changed", i);
	}
	tap_all("messages are taken as they stand");
	unlink("file");
}

static const struct {
	struct str file;
	const char *why;
} bad[] = {
	{ VIEW("x\n"), "file:1: not a JSON object" },
	{ VIEW(USER "\n[]\n"), "file:2: not a JSON object" },
	{ VIEW("\n\n\"text\"\n"), "file:3: not a JSON object" },
	{ VIEW("\n" USER "," USER "\n"), "file:2: not a JSON object" },
	{ VIEW("{\"role\":\"user\"\n}\n"), "file:1: not a JSON object" },
	{ VIEW("{\"role\":\"a\tb\"}\n"), "file:1: not a JSON object" },
	{ VIEW("{\"role\":\"user\"}\0\n"), "file:1: not a JSON object" },
	{ VIEW("\xef\xbb\xbf" USER "\n"), "file:1: not a JSON object" },
	{ VIEW("{\"role\":\"\xff\"}\n"), "file:1: not UTF-8" },
	{ VIEW(USER "\n\xff\n"), "file:2: not UTF-8" },
	{ VIEW("{}\n"), "file:1: no string 'role'" },
	{ VIEW("{\"role\":null}\n"), "file:1: no string 'role'" },
	{ VIEW("{\"role\":[\"user\"]}\n"), "file:1: no string 'role'" },
	{ VIEW("{\"m\":{\"role\":\"user\"}}\n"), "file:1: no string 'role'" },
	{ VIEW("{\"role\":\"user\",\"role\":1}\n"),
	    "file:1: no string 'role'" },
	{ VIEW(USER), "file:1: the line was cut; end or remove it" },
	{ VIEW(USER "\n" USER), "file:2: the line was cut; end or remove it" },
	{ VIEW(USER "\n{\"ro"), "file:2: the line was cut; end or remove it" },
	{ VIEW(USER "\n "), "file:2: the line was cut; end or remove it" },
};

static void
test_bad(void)
{
	for (size_t i = 0; i < countof(bad); i++) {
		struct conversation c;
		struct err e = ERR_NONE;
		struct buf after = { 0 };

		write_bytes(bad[i].file);
		tap_case(conversation_open(&c, "file", -1, &e) == -1 &&
			e.status == ST_INPUT &&
			str_is(str_of(e.text), bad[i].why) && !c.messages.data,
		    "%zu: %d '%s'", i, e.status, e.text);
		conversation_close(&c);
		tap_case(!file_read("file", 1000, &after, &e) &&
			str_equal(buf_str(&after), bad[i].file),
		    "%zu: changed", i);
		buf_done(&after);
	}
	tap_all("a bad line is named, and stays");
	unlink("file");
}

/* A message whose line, with its end, has n bytes. */
static void
fill_line(struct buf *out, size_t n)
{
	static const char head[] = "{\"role\":\"user\",\"content\":\"";
	size_t x = n - strlen(head) - strlen("\"}\n");
	char *room;

	buf_add_text(out, head);
	room = buf_room(out, x);
	memset(room, 'x', x);
	buf_claim(out, x);
	buf_add_text(out, "\"}\n");
}

static void
test_size(void)
{
	for (size_t more = 0; more < 2; more++) {
		struct conversation c;
		struct err e = ERR_NONE;
		struct buf text = { 0 };
		int got;

		fill_line(&text, CONVERSATION_MAX + more);
		write_bytes(buf_str(&text));
		got = conversation_open(&c, "file", -1, &e);
		tap_ok(more ? got == -1 && e.status == ST_INPUT
			    : !got && c.messages.len == text.len - 1,
		    "10 MiB and %zu bytes: '%s'", more, e.text);
		conversation_close(&c);
		buf_done(&text);
	}
	unlink("file");
}

static void
test_depth(void)
{
	struct conversation c;
	struct err e = ERR_NONE;
	struct buf text = { 0 };

	for (int i = 0; i < 1000000; i++)
		buf_add_text(&text, "{\"a\":");
	buf_add_char(&text, '\n');
	write_bytes(buf_str(&text));
	tap_ok(conversation_open(&c, "file", -1, &e) == -1 &&
		str_is(str_of(e.text), "file:1: not a JSON object"),
	    "a million braces are no object");
	buf_done(&text);
	unlink("file");
}

static void
test_kinds(void)
{
	static const struct {
		const char *path;
		enum status status;
	} cases[] = {
		{ ".", ST_INPUT },
		{ "fifo", ST_INPUT },
		{ "/dev/null", ST_INPUT },
		{ "none/x", ST_OUTPUT },
	};

	mkfifo("fifo", 0600);
	for (size_t i = 0; i < countof(cases); i++) {
		struct conversation c;
		struct err e = ERR_NONE;

		tap_case(conversation_open(&c, cases[i].path, -1, &e) == -1 &&
			e.status == cases[i].status &&
			strstr(e.text, cases[i].path),
		    "%s: %d %s", cases[i].path, e.status, e.text);
		conversation_close(&c);
	}
	tap_all("what is no file is none, and not waited for");
	unlink("fifo");
}

/* --- add --- */

static const char *const added[] = {
	"{\"role\":\"user\",\"content\":\"a\\n\"}\n",
	"{\"role\":\"assistant\",\"content\":null,\"tool_calls\":[{}]}\n",
	("{\"role\":\"user\",\"content\":[{\"type\":\"text\"}]}\n"
	 "{\"role\":\"assistant\",\"content\":\"\xe2\x82\xac\"}\n"),
};

/* What was added is there, and the same when it is read. */
static void
test_add(void)
{
	struct buf want = { 0 };
	struct conversation c;
	struct err e = ERR_NONE;

	for (size_t i = 0; i < countof(added); i++) {
		tap_case(!conversation_open(&c, "file", -1, &e) &&
			!conversation_add(&c, str_of(added[i]), &e),
		    "%zu: %s", i, e.text);
		conversation_close(&c);
		buf_add_text(&want, added[i]);
		tap_case(files_hold("file", want.data), "%zu: not '%s'", i,
		    added[i]);
	}
	tap_all("messages are lines at the end");
	tap_ok(!conversation_open(&c, "file", -1, &e) && c.nmessages == 4 &&
		c.messages.len == want.len - 1,
	    "and they are read again");
	tap_is(c.last, "{\"role\":\"assistant\",\"content\":\"\xe2\x82\xac\"}",
	    "and the last");
	conversation_close(&c);
	unlink("file");
	buf_done(&want);
}

#define MESSAGE "{\"role\":\"user\",\"content\":\"t\"}\n"

static void
test_add_refused(void)
{
	static const char *const refused[] = { "{", "{}\n{\n", "{}",
		"{\"a\":\"\xff\"}\n", "\n" };
	struct buf deep = { 0 }, line = { 0 };
	struct conversation c;
	struct err e = ERR_NONE;

	while (deep.len <= SPAN_DEPTH_MAX)
		buf_add_text(&deep, "[");
	while (deep.len < 2 * SPAN_DEPTH_MAX + 2)
		buf_add_text(&deep, "]");
	buf_add_text(&deep, "\n");
	for (size_t i = 0; i <= countof(refused); i++) {
		struct str lines = i < countof(refused) ? str_of(refused[i])
							: buf_str(&deep);

		tap_case(!conversation_open(&c, "file", -1, &e) &&
			conversation_add(&c, lines, &e) == -1 &&
			e.status == ST_OUTPUT,
		    "%zu is added", i);
		conversation_close(&c);
	}
	tap_all("what could not be read again is not added");
	tap_is(str_of(e.text),
	    "cannot write 'file': a message is not JSON, or too deep",
	    "says so");
	tap_ok(file_is_absent("file"), "and no file is made");

	for (size_t more = 0; more < 2; more++) {
		int got;

		buf_clear(&line);
		fill_line(&line, CONVERSATION_MAX - strlen(MESSAGE) + more);
		write_bytes(buf_str(&line));
		conversation_open(&c, "file", -1, &e);
		got = conversation_add(&c, STR(MESSAGE), &e);
		conversation_close(&c);
		tap_ok(got == (more ? -1 : 0), "10 MiB and %zu bytes", more);
	}
	tap_is(str_of(e.text),
	    "cannot write 'file': it would be larger than 10 MiB", "says so");
	unlink("file");
	buf_done(&deep);
	buf_done(&line);
}

static void
test_unchanged(void)
{
	struct conversation c;
	struct err e = ERR_NONE;

	tap_ok(
	    !conversation_open(&c, "file", -1, &e) && files_mode("file") >= 0,
	    "a turn begins");
	conversation_abandon(&c);
	tap_ok(file_is_absent("file"), "killed by a signal it leaves no file");
	conversation_close(&c);

	conversation_open(&c, "file", -1, &e);
	conversation_close(&c);
	tap_ok(file_is_absent("file"), "nor does one that fails");

	conversation_open(&c, "file", -1, &e);
	files_write("other", USER "\n", 0600);
	rename("other", "file");
	tap_ok(conversation_add(&c, STR(MESSAGE), &e) == -1 &&
		e.status == ST_OUTPUT &&
		strstr(e.text, "somebody changed it meanwhile"),
	    "nothing is added to a file that was replaced");
	conversation_close(&c);
	tap_ok(files_hold("file", USER "\n"), "which stays");
	unlink("file");
}

/* Bytes over the limit: what the limit lets through is cut off again. */
static int
add_limited(void *argument)
{
	struct rlimit limit = { .rlim_cur = 100, .rlim_max = 100 };
	struct conversation c;
	struct err e = ERR_NONE;

	(void)argument;
	if (setrlimit(RLIMIT_FSIZE, &limit) ||
	    conversation_open(&c, "file", -1, &e) ||
	    conversation_add(&c, STR(MESSAGE MESSAGE MESSAGE), &e) != -1)
		return 1;
	conversation_close(&c);
	return (int)e.status;
}

static void
test_no_room(void)
{
	signal(SIGXFSZ, SIG_IGN);
	files_write("file", USER "\n", 0600);
	tap_int(files_end(files_start(add_limited, NULL)), ST_OUTPUT,
	    "a file that cannot grow");
	tap_ok(files_hold("file", USER "\n"), "stays as it was");
	unlink("file");
}

/* --- many turns at once --- */

enum { TURNS = 30, WRITERS = 4, ROUNDS = 8 };

struct writer {
	unsigned seed;
	int start[2]; /* a pipe; its end lets all begin at once */
};

/* Every turn adds how many there were; of 3 turns one fails. */
static int
take_turns(void *argument)
{
	struct writer *w = argument;
	unsigned n = w->seed, nadded = 0;
	char byte;

	close(w->start[1]);
	if (read(w->start[0], &byte, 1) != 0)
		return 255;
	for (int i = 0; i < TURNS; i++) {
		struct conversation c;
		struct err e = ERR_NONE;
		char line[64];

		if (conversation_open(&c, "file", -1, &e))
			return 255;
		snprintf(line, sizeof line,
		    "{\"role\":\"user\",\"content\":\"%zu\"}\n", c.nmessages);
		n = n * 1103515245 + 12345;
		if ((n >> 16) % 3) {
			if (conversation_add(&c, str_of(line), &e))
				return 255;
			nadded++;
		}
		conversation_close(&c);
	}
	return (int)nadded;
}

/* Message i says i. */
static size_t
count_turns(void)
{
	struct conversation c;
	struct err e = ERR_NONE;
	struct buf all = { 0 };
	size_t n = 0, at = 0;
	struct str message;

	if (file_is_absent("file"))
		return 0;
	tap_case(!conversation_open(&c, "file", -1, &e), "%s", e.text);
	buf_add_char(&all, '[');
	buf_add(&all, buf_str(&c.messages));
	buf_add_char(&all, ']');
	while (span_next(buf_str(&all), &at, &message) == 1) {
		char want[32];

		snprintf(want, sizeof want, "\"%zu\"", n++);
		tap_case(str_is(span_member(message, "content"), want),
		    "turn %zu has not seen all before it", n);
	}
	conversation_close(&c);
	buf_done(&all);
	return n;
}

static void
test_turns(void)
{
	for (int round = 0; round < ROUNDS; round++) {
		pid_t pids[WRITERS];
		size_t sum = 0;
		struct writer w = { .seed = (unsigned)round * WRITERS };

		if (pipe(w.start))
			abort();
		for (int i = 0; i < WRITERS; i++) {
			w.seed++;
			pids[i] = files_start(take_turns, &w);
		}
		close(w.start[0]);
		close(w.start[1]);
		for (int i = 0; i < WRITERS; i++) {
			int n = files_end(pids[i]);

			tap_case(n >= 0 && n < 255, "a writer failed");
			sum += (size_t)n;
		}
		tap_case(count_turns() == sum, "not %zu turns", sum);
		unlink("file");
	}
	tap_all("of many turns at once each sees all before it, none is lost");
}

int
main(void)
{
	files_enter();
	test_good();
	test_bad();
	test_size();
	test_depth();
	test_kinds();
	test_add();
	test_add_refused();
	test_unchanged();
	test_no_room();
	test_turns();
	files_leave();
	return tap_done();
}
