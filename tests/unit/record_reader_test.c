/* record_reader_test - records come as soon as they are there, and whole. */
#define _GNU_SOURCE /* posix_openpt() */
#include <fcntl.h>
#include <sys/socket.h>

#include "file.h"
#include "files.h"
#include "record_reader.h"
#include "record_write.h"
#include "tap.h"

static struct record_format format;
static struct record record;
static struct buf seen; /* "LINE:TEXT;" or "LINE!;" of each record */

static void
use(bool lines, char end)
{
	record_format_done(&format);
	record_format_init(&format, "reply", lines, end);
}

static struct record_reader
open_reader(int fd)
{
	buf_clear(&seen);
	return (struct record_reader){ .fd = fd, .format = &format };
}

static void
close_reader(struct record_reader *in)
{
	record_reader_done(in);
	close(in->fd);
}

/* All records that are there now; returns the last answer. */
static int
read_all(struct record_reader *in)
{
	struct err e = ERR_NONE;
	int got;

	do {
		got = record_read(in, &record, &e);
		if (got == 1 && record.kind == RECORD_BAD)
			buf_add_format(&seen, "%zu!;", record.line);
		else if (got == 1)
			buf_add_format(&seen, "%zu:%.*s;", record.line,
			    STR_ARGS(record.text));
		/* A read may have brought part of a record only. */
	} while (got == 1 || (got == 0 && !in->at_end && file_wait(in->fd, 0)));
	return got;
}

static void
open_pipe(int ends[2])
{
	if (pipe(ends))
		abort();
}

static void
put(int fd, struct str text)
{
	if (file_write(fd, text))
		abort();
}

/* --- cut at every byte --- */

static size_t
count(struct str text, char c)
{
	size_t n = 0;

	for (size_t i = 0; i < text.len; i++)
		n += text.data[i] == c;
	return n;
}

/* The input in two pieces: all that is whole comes with the first one. */
static void
check_cut(struct str in, size_t at, const char *want)
{
	struct record_reader reader;
	int ends[2];
	size_t whole = count((struct str){ in.data, at }, format.end);
	bool fine;

	open_pipe(ends);
	reader = open_reader(ends[0]);
	put(ends[1], (struct str){ in.data, at });
	fine = read_all(&reader) == 0 && reader.line == whole && !reader.at_end;
	put(ends[1], str_skip(in, at));
	fine = fine && read_all(&reader) == 0 && !reader.at_end;
	close(ends[1]);
	fine = fine && read_all(&reader) == 0 && reader.at_end;
	if (!tap_case(fine && str_is(buf_str(&seen), want), "cut at %zu", at))
		tap_show("got", buf_str(&seen));
	close_reader(&reader);
}

/* Byte by byte: I16. */
static void
check_bytes(struct str in, const char *want)
{
	struct record_reader reader;
	int ends[2];
	bool fine = true;

	open_pipe(ends);
	reader = open_reader(ends[0]);
	for (size_t i = 0; i < in.len; i++) {
		put(ends[1], (struct str){ in.data + i, 1 });
		fine = fine && read_all(&reader) == 0 &&
		    reader.line ==
			count((struct str){ in.data, i + 1 }, format.end);
	}
	close(ends[1]);
	fine = fine && read_all(&reader) == 0 && reader.at_end;
	tap_case(fine && str_is(buf_str(&seen), want), "byte by byte");
	close_reader(&reader);
}

static void
test_cuts(void)
{
	static const struct {
		const char *name, *want;
		bool lines;
		char end;
	} ways[] = {
		{ "I16: objects",
		    "1:{\"a\":\"\xc3\xa4\"}\r;2!;3:{\"input\":\"x\"};4!;5!;"
		    "6:{\"b\":\"\xf0\x9f\x98\x80\"};",
		    false, '\n' },
		{ "I16: lines",
		    "1:{\"input\":\"{\\\"a\\\":\\\"\xc3\xa4\\\"}\"};"
		    "2:{\"input\":\"\"};3:{\"input\":\"\\\"x\\\"\"};"
		    "4:{\"input\":\"[1]\"};5!;"
		    "6:{\"input\":\"{\\\"b\\\":\\\"\xf0\x9f\x98\x80\\\"}\"};",
		    true, '\n' },
	};
	struct str in = STR("\xef\xbb\xbf{\"a\":\"\xc3\xa4\"}\r\n\r\n\"x\"\n"
			    "[1]\n\xff\n{\"b\":\"\xf0\x9f\x98\x80\"}");

	for (size_t i = 0; i < countof(ways); i++) {
		use(ways[i].lines, ways[i].end);
		for (size_t at = 0; at <= in.len; at++)
			check_cut(in, at, ways[i].want);
		check_bytes(in, ways[i].want);
		tap_all(ways[i].name);
	}
	use(false, 0);
	in = STR("{\n}\0\0\xef\xbb\xbf{}\0 {}\n\0");
	for (size_t at = 0; at <= in.len; at++)
		check_cut(in, at, "1:{\n};2!;3!;4: {}\n;");
	tap_all("I16: records that end in NUL");
	use(false, '\n');
}

/* --- where it ends --- */

static void
check_end(struct str in, const char *want, const char *name)
{
	struct record_reader reader;
	int ends[2];

	open_pipe(ends);
	put(ends[1], in);
	close(ends[1]);
	reader = open_reader(ends[0]);
	tap_ok(read_all(&reader) == 0 && reader.at_end, "%s: ends", name);
	tap_ok(read_all(&reader) == 0 && reader.at_end, "%s: once", name);
	tap_is(buf_str(&seen), want, name);
	close_reader(&reader);
}

static void
test_ends(void)
{
	check_end(STR(""), "", "no input");
	check_end(STR("\xef\xbb\xbf"), "", "nothing but a BOM");
	check_end(STR("\xef\xbb\xbf\n"), "1!;", "a BOM and a blank line");
	check_end(STR("\xef\xbb"), "1!;", "half a BOM");
	check_end(STR("{}\n"), "1:{};", "one record");
	check_end(STR("{}"), "1:{};", "I6: one without its end");
	check_end(STR("{}\n\n"), "1:{};2!;", "a blank line at the end");
	check_end(STR("\n"), "1!;", "a blank line alone");
	check_end(STR("{}\n{"), "1:{};2!;", "I18: the writer dies in a record");
}

/* --- what is too long --- */

static int
open_file(void)
{
	FILE *f = tmpfile();
	int fd = f ? dup(fileno(f)) : -1;

	if (fd < 0)
		abort();
	fclose(f);
	return fd;
}

/* {"a":"xxx"} of so many bytes, and a newline. */
static void
put_long(int fd, size_t len)
{
	char *text = malloc(len + 1);

	if (!text)
		abort();
	memset(text, 'x', len);
	memcpy(text, "{\"a\":\"", 6);
	memcpy(text + len - 2, "\"}\n", 3);
	put(fd, (struct str){ text, len + 1 });
	free(text);
}

static void
test_long(void)
{
	struct record_reader in;
	struct err e = ERR_NONE;
	int fd = open_file(), got;

	put_long(fd, RECORD_MAX);
	put_long(fd, RECORD_MAX + 1);
	put(fd, STR("{\"a\":1}\n"));
	put_long(fd, RECORD_MAX + (1 << 20));
	put(fd, STR("{\"a\":2}\n"));
	put_long(fd, 3 * RECORD_MAX);
	lseek(fd, 0, SEEK_SET);
	in = open_reader(fd);
	while ((got = record_read(&in, &record, &e)) == 0 && !in.at_end)
		;
	tap_ok(got == 1 && record.kind == RECORD_VALUES &&
		record.text.len == RECORD_MAX,
	    "I14: a record of 10 MiB");
	read_all(&in);
	tap_is(buf_str(&seen), "2!;3:{\"a\":1};4!;5:{\"a\":2};6!;",
	    "I14: longer ones are bad, and those between are good");
	tap_ok(in.in.capacity < 1 << 20, "I14: and the memory is given back");
	close_reader(&in);
}

/* A line that is cut off would still be a line. */
static void
test_long_lines(void)
{
	struct record_reader in;
	struct err e = ERR_NONE;
	int fd = open_file(), got;

	use(true, '\n');
	put_long(fd, RECORD_MAX + 1);
	put(fd, STR("a\n"));
	lseek(fd, 0, SEEK_SET);
	in = open_reader(fd);
	while ((got = record_read(&in, &record, &e)) == 0 && !in.at_end)
		;
	tap_ok(got == 1 && record.kind == RECORD_BAD,
	    "I14: a line that is too long is not cut off");
	read_all(&in);
	tap_is(buf_str(&seen), "2:{\"input\":\"a\"};", "I14: nor is the next");
	use(false, '\n');
	close_reader(&in);
}

/* I13, I15: what never ends is not waited for. */
static void
test_endless(void)
{
	struct record_reader in = open_reader(
	    open("/dev/zero", O_RDONLY | O_CLOEXEC));
	struct err e = ERR_NONE;
	int calls = 0, got = 0;

	while (got == 0 && calls++ < 10000)
		got = record_read(&in, &record, &e);
	tap_ok(got == 1 && record.kind == RECORD_BAD,
	    "I15: what has no end is a bad record at once");
	tap_ok(in.in.capacity <= 2 * (size_t)RECORD_MAX,
	    "I15: in the memory of a record");
	for (calls = 0; got >= 0 && calls < 4000; calls++)
		got = record_read(&in, &record, &e);
	tap_ok(got == 0 && !in.at_end && in.line == 1,
	    "I13: and only one, however long it is");
	tap_ok(in.in.capacity < 1 << 20, "I13: what follows is not kept");
	close_reader(&in);
}

/* --- what can be read --- */

static void
test_sizes(void)
{
	struct record_reader in = open_reader(
	    open("/proc/self/status", O_RDONLY | O_CLOEXEC));
	int fd = open_file();

	use(true, '\n');
	tap_ok(read_all(&in) == 0 && in.at_end && in.line > 3,
	    "I20: a file that says its size is 0");
	close_reader(&in);
	if (ftruncate(fd, 100000) || lseek(fd, 0, SEEK_END) < 0)
		abort();
	put(fd, STR("\na"));
	lseek(fd, 0, SEEK_SET);
	in = open_reader(fd);
	tap_ok(read_all(&in) == 0 && in.at_end && in.line == 2 &&
		str_ends(buf_str(&seen), "2:{\"input\":\"a\"};"),
	    "I20: a sparse file");
	close_reader(&in);
	use(false, '\n');
}

static void
test_errors(void)
{
	struct record_reader in = open_reader(open("/", O_RDONLY | O_CLOEXEC));
	struct err e = ERR_NONE;
	int ends[2];

	tap_int(record_read(&in, &record, &e), -1, "I4: a folder");
	tap_int(e.status, ST_INPUT, "I4: cannot be read");
	tap_is(str_of(e.text), "cannot read the records: Is a directory",
	    "I4: and why is said");
	close_reader(&in);
	tap_int(record_read(&in, &record, &e), -1, "I3: nor what is closed");
	record_reader_done(&in);
	open_pipe(ends);
	in = open_reader(ends[0]);
	tap_ok(!record_read(&in, &record, &e) && !in.at_end,
	    "I16: an empty pipe is not waited for");
	fcntl(ends[0], F_SETFL, O_NONBLOCK);
	tap_ok(!record_read(&in, &record, &e) && !in.at_end,
	    "I5: nor one that never blocks");
	put(ends[1], STR("{}\n"));
	tap_int(record_read(&in, &record, &e), 1, "I5: what comes is read");
	tap_ok(!file_wait(ends[0], 0), "I16: then there is nothing to wake up");
	close(ends[1]);
	close_reader(&in);
}

/* I18: nobody writes yet, then somebody does, then no more. */
static void
test_fifo(void)
{
	struct record_reader in;
	int writer;

	files_enter();
	if (mkfifo("fifo", 0600))
		abort();
	in = open_reader(open("fifo", O_RDONLY | O_NONBLOCK | O_CLOEXEC));
	writer = open("fifo", O_WRONLY | O_CLOEXEC);
	tap_ok(!read_all(&in) && !in.at_end, "I18: a FIFO is waited for");
	put(writer, STR("{}\n{\"a\""));
	tap_ok(!read_all(&in) && !in.at_end, "I18: what comes is read");
	close(writer);
	tap_ok(!read_all(&in) && in.at_end, "I18: it ends with its writer");
	tap_is(buf_str(&seen), "1:{};2!;", "I18: which died too early");
	unlink("fifo");
	close_reader(&in);
	files_leave();
}

/* I21: input and output are one descriptor. */
static void
test_socket(void)
{
	struct record_reader in;
	struct buf out = { 0 };
	char text[64] = "";
	int ends[2];

	if (socketpair(AF_UNIX, SOCK_STREAM, 0, ends))
		abort();
	in = open_reader(ends[0]);
	put(ends[1], STR("{\"a\":1}\n"));
	read_all(&in);
	record_write_same(&out, &format, &record);
	put(ends[0], buf_str(&out));
	tap_ok(read(ends[1], text, sizeof text - 1) == 8 &&
		!strcmp(text, "{\"a\":1}\n"),
	    "I21: what is read from a socket can be written to it");
	shutdown(ends[1], SHUT_WR);
	tap_ok(!read_all(&in) && in.at_end, "I21: until its end");
	close(ends[1]);
	close_reader(&in);
	buf_done(&out);
}

static void
test_terminal(void)
{
	int master = posix_openpt(O_RDWR | O_NOCTTY);
	struct record_reader in;

	if (master < 0 || grantpt(master) || unlockpt(master))
		abort();
	in = open_reader(open(ptsname(master), O_RDWR | O_NOCTTY));
	put(master, STR("one\ntw"));
	use(true, '\n');
	read_all(&in);
	tap_is(buf_str(&seen), "1:{\"input\":\"one\"};", "a line is typed");
	put(master, STR("o\004"));
	tap_ok(!read_all(&in) && !in.at_end, "the rest of one is sent by ^D");
	put(master, STR("\004"));
	tap_ok(!read_all(&in) && in.at_end, "^D ends the input");
	tap_is(buf_str(&seen), "1:{\"input\":\"one\"};2:{\"input\":\"two\"};",
	    "and the last line");
	put(master, STR("three\n"));
	tap_ok(!read_all(&in) && in.line == 2, "the end is an end");
	use(false, '\n');
	close_reader(&in);
	close(master);
}

int
main(void)
{
	use(false, '\n');
	test_cuts();
	test_ends();
	test_long();
	test_long_lines();
	test_endless();
	test_sizes();
	test_errors();
	test_fifo();
	test_socket();
	test_terminal();
	record_done(&record);
	record_format_done(&format);
	buf_done(&seen);
	return tap_done();
}
