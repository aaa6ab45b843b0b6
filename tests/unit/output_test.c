/* output_test - the answer goes out exactly, and a file whole or not at all. */
#include <fcntl.h>
#include <signal.h>

#include "files.h"
#include "output.h"

static bool
holds(const char *path, struct str want)
{
	struct buf out = { 0 };
	struct err e = ERR_NONE;
	bool same = !file_read(path, 1 << 20, &out, &e) &&
	    str_equal(buf_str(&out), want);

	buf_done(&out);
	return same;
}

/* --- a file --- */

static void
test_exact(void)
{
	struct output o;
	struct err e = ERR_NONE;
	struct buf all = { 0 };
	struct str half = STR("\xe4\xb8");

	for (int c = 0; c < 256; c++)
		buf_add_char(&all, (char)c);
	buf_add_text(&all, "\x1b[31m\r\n\xe4\xb8");
	tap_ok(!output_open(&o, "out", &e) && o.is_file && !o.is_terminal,
	    "a file is opened");
	tap_int(o.last, 0, "at first there is no last byte");
	for (size_t i = 0; i + 2 < all.len; i++)
		tap_case(
		    !output_text(&o, (struct str){ all.data + i, 1 }, &e) &&
			o.last == all.data[i],
		    "byte %zu: last is %d, %s", i, o.last, e.text);
	tap_all("each byte is the last one");
	tap_int(output_text(&o, half, &e), 0, "half a character");
	tap_ok(!output_text(&o, STR(""), &e) && o.last == half.data[1],
	    "nothing leaves the last byte");
	tap_ok(!output_reader_is_gone(&o), "a file has no reader to go");
	tap_ok(file_is_absent("out"), "before the end there is none");
	tap_int(output_close(&o, true, &e), 0, "it is kept");
	tap_ok(holds("out", buf_str(&all)), "and holds the bytes as they were");
	buf_done(&all);
	unlink("out");
}

static const struct {
	const char *name, *old, *text; /* NULL: none */
	bool keep;
	const char *want;
} cases[] = {
	{ "kept", NULL, "new", true, "new" },
	{ "kept over an old one", "old", "new", true, "new" },
	{ "kept without text", "old", NULL, true, "" },
	{ "not kept", NULL, "new", false, NULL },
	{ "not kept, the old one stays", "old", "new", false, "old" },
};

static void
test_keep(void)
{
	for (size_t i = 0; i < countof(cases); i++) {
		struct output o;
		struct err e = ERR_NONE;
		FILE *f = cases[i].old ? fopen("out", "w") : NULL;
		bool fine;

		if (f) {
			fputs(cases[i].old, f);
			fclose(f);
		}
		fine = !output_open(&o, "out", &e) &&
		    !output_text(&o, str_of(cases[i].text), &e) &&
		    !output_close(&o, cases[i].keep, &e);
		fine &= cases[i].want ? holds("out", str_of(cases[i].want))
				      : file_is_absent("out");
		tap_ok(fine, "%s", cases[i].name);
		unlink("out");
	}
}

static void
test_refused(void)
{
	struct output o;
	struct err e = ERR_NONE;

	tap_ok(output_open(&o, "none/out", &e) == -1 && e.status == ST_OUTPUT &&
		str_starts(str_of(e.text), "cannot write 'none/out': "),
	    "a folder that is not there");
	e = (struct err)ERR_NONE;
	tap_ok(!output_open(&o, "/dev/full", &e) && o.is_file &&
		output_text(&o, STR("x"), &e) == -1 && e.status == ST_OUTPUT &&
		str_starts(str_of(e.text), "cannot write '/dev/full': "),
	    "a device that is full");
	output_close(&o, false, &e);
}

/* --- standard output --- */

/* Standard output becomes fd; returns what it was. */
static int
put_stdout(int fd)
{
	int saved = dup(STDOUT_FILENO);

	dup2(fd, STDOUT_FILENO);
	return saved;
}

/* Nothing may be said until it is back. */
static void
take_stdout_back(int saved)
{
	dup2(saved, STDOUT_FILENO);
	close(saved);
}

static void
test_stdout(const char *path, const char *name)
{
	struct output o;
	struct err e = ERR_NONE;
	char got[16] = "";
	int ends[2], saved, fine;
	ssize_t n;

	fflush(stdout);
	if (!tap_ok(!pipe(ends), "a pipe"))
		return;
	fflush(stdout);
	saved = put_stdout(ends[1]);
	close(ends[1]);
	fine = !output_open(&o, path, &e) && !o.is_file &&
	    !output_text(&o, STR("a\x1b\n"), &e);
	n = read(ends[0], got, sizeof got);
	fine = fine && !output_reader_is_gone(&o) &&
	    !output_close(&o, true, &e);
	take_stdout_back(saved);
	tap_ok(fine && n == 3 && !memcmp(got, "a\x1b\n", 3), "%s", name);
	tap_int(read(ends[0], got, sizeof got), 0, "and is closed in the end");
	close(ends[0]);
}

static void
test_reader_gone(void)
{
	struct output o;
	struct err e = ERR_NONE;
	int ends[2], saved, got;
	bool gone;

	if (!tap_ok(!pipe(ends), "a pipe"))
		return;
	fflush(stdout);
	saved = put_stdout(ends[1]);
	close(ends[1]);
	close(ends[0]);
	output_open(&o, NULL, &e);
	gone = output_reader_is_gone(&o);
	got = output_text(&o, STR("x"), &e);
	output_close(&o, false, &(struct err)ERR_NONE);
	take_stdout_back(saved);
	tap_ok(gone, "a reader that went away is seen");
	tap_ok(got == -1 && e.status == ST_OUTPUT && !e.text[0],
	    "and not told of it");
}

static void
test_stdout_full(void)
{
	struct output o;
	struct err e = ERR_NONE;
	int fd = open("/dev/full", O_WRONLY), saved, got;

	fflush(stdout);
	saved = put_stdout(fd);
	close(fd);
	output_open(&o, NULL, &e);
	got = output_text(&o, STR("x"), &e);
	output_close(&o, false, &(struct err)ERR_NONE);
	take_stdout_back(saved);
	tap_ok(got == -1 && e.status == ST_OUTPUT &&
		str_starts(str_of(e.text), "cannot write standard output: "),
	    "a full device is an error");
}

static void
test_stdout_untouched(void)
{
	struct output o;
	struct err e = ERR_NONE;

	tap_ok(!output_open(&o, NULL, &e) && !output_close(&o, true, &e) &&
		fcntl(STDOUT_FILENO, F_GETFD) >= 0,
	    "what got nothing is not closed");
}

int
main(void)
{
	files_enter();
	signal(SIGPIPE, SIG_IGN);
	test_exact();
	test_keep();
	test_refused();
	test_stdout(NULL, "standard output");
	test_stdout("-", "which is called -, too");
	test_reader_gone();
	test_stdout_full();
	test_stdout_untouched();
	files_leave();
	return tap_done();
}
