/* file_test - files are read whole, written whole, replaced at once. */
#include <errno.h>
#include <fcntl.h>
#include <signal.h>

#include "file_map.h"
#include "files.h"

/* --- read --- */

static void
test_read(void)
{
	static const struct {
		const char *path;
		size_t max;
		const char *want; /* NULL: an error with this in its text: */
		const char *why;
	} cases[] = {
		{ "text", 100, "0123456789", "" },
		{ "text", 10, "0123456789", "" },
		{ "text", 9, NULL, "'text' is larger than 9 bytes" },
		{ "empty", 0, "", "" },
		{ "text", 0, NULL, "'text' is larger than 0 bytes" },
		{ "/dev/null", 0, "", "" },
		{ "/dev/zero", 100000, NULL,
		    "'/dev/zero' is larger than 100000 bytes" },
		{ "none", 10, NULL, "cannot open 'none': " },
		{ "text/x", 10, NULL, "cannot open 'text/x': " },
		{ ".", 10, NULL, "cannot read '.': " },
	};

	files_write("text", "0123456789", 0600);
	files_write("empty", "", 0600);
	for (size_t i = 0; i < countof(cases); i++) {
		struct buf out = { 0 };
		struct err e = ERR_NONE;
		int got;

		buf_add_text(&out, "old,");
		got = file_read(cases[i].path, cases[i].max, &out, &e);
		tap_case(cases[i].want
			? !got && str_starts(buf_str(&out), "old,") &&
			    str_is(str_skip(buf_str(&out), 4), cases[i].want)
			: got == -1 && e.status == ST_INPUT &&
			    str_starts(str_of(e.text), cases[i].why),
		    "%s, %zu: %d %s", cases[i].path, cases[i].max, got, e.text);
		buf_done(&out);
	}
	tap_all("a file is read whole, and not without an end");
	unlink("text");
	unlink("empty");
}

static void
test_read_full(void)
{
	struct buf out = { .max = 80000 };
	struct err e = ERR_NONE;

	tap_ok(file_read("/dev/zero", 1 << 20, &out, &e) == -1 &&
		e.status == ST_INPUT,
	    "a full buffer is an error too");
	buf_done(&out);
}

/* --- trusted --- */

static void
test_trusted(void)
{
	static const struct {
		mode_t mode;
		int demands;
		bool fine;
	} cases[] = {
		{ 0666, 0, true },
		{ 0666, FILE_NO_LINK, true },
		{ 0666, FILE_OWN, false },
		{ 0664, FILE_OWN, false },
		{ 0646, FILE_OWN, false },
		{ 0644, FILE_OWN, true },
		{ 0600, FILE_OWN, true },
		{ 0600, FILE_OWN | FILE_SECRET, true },
		{ 0700, FILE_SECRET, true },
		{ 0640, FILE_OWN | FILE_SECRET, false },
		{ 0604, FILE_SECRET, false },
		{ 0601, FILE_SECRET, false },
		{ 0622, FILE_SECRET, false },
	};

	files_write("file", "x", 0600);
	for (size_t i = 0; i < countof(cases); i++) {
		struct buf out = { 0 };
		struct err e = ERR_NONE;
		int got;

		chmod("file", cases[i].mode);
		got = file_read_trusted("file", cases[i].demands, 1, &out, &e);
		tap_case(cases[i].fine ? !got && str_is(buf_str(&out), "x")
				       : got == -1 && e.status == ST_INPUT &&
			    !out.len && strstr(e.text, "try: chmod"),
		    "mode %o, demands %d: %d %s", (unsigned)cases[i].mode,
		    cases[i].demands, got, e.text);
		buf_done(&out);
	}
	tap_all("who may read and write a trusted file");
	chmod("file", 0600);
}

static void
test_trusted_kinds(void)
{
	static const struct {
		const char *path;
		int demands;
		const char *why; /* NULL: it is read */
	} cases[] = {
		{ "file", FILE_NO_LINK, NULL },
		{ "link", 0, NULL },
		{ "link", FILE_OWN, NULL },
		{ "link", FILE_NO_LINK, "a symbolic link is not followed" },
		{ "fifo", 0, "not a regular file" },
		{ ".", 0, "not a regular file" },
		{ "/dev/null", 0, "not a regular file" },
		{ "none", 0, "cannot read 'none': " },
	};

	tap_ok(!symlink("file", "link") && !mkfifo("fifo", 0600),
	    "a link and a FIFO");
	for (size_t i = 0; i < countof(cases); i++) {
		struct buf out = { 0 };
		struct err e = ERR_NONE;
		int got = file_read_trusted(
		    cases[i].path, cases[i].demands, 9, &out, &e);

		tap_case(cases[i].why ? got == -1 && e.status == ST_INPUT &&
			    strstr(e.text, cases[i].why)
				      : !got && str_is(buf_str(&out), "x"),
		    "%s: %d %s", cases[i].path, got, e.text);
		buf_done(&out);
	}
	tap_all("what may be trusted, and no FIFO is waited for");
	unlink("file");
	unlink("link");
	unlink("fifo");
}

static void
test_absent(void)
{
	char name[400];

	memset(name, 'x', sizeof name - 1);
	name[sizeof name - 1] = 0;
	files_write("file", "x", 0600);
	tap_ok(!symlink("loop", "loop") && !symlink("none", "dangling"),
	    "a loop and a link to nothing");
	tap_ok(file_exists("file") && !file_is_absent("file"), "it is there");
	tap_ok(!file_exists("none") && file_is_absent("none"), "it is not");
	tap_ok(file_is_absent("file/x") && file_is_absent(name) &&
		file_is_absent("dangling"),
	    "nor is what cannot be there");
	tap_ok(!file_is_absent("loop"), "a loop of links is no absence");
	unlink("file");
	unlink("loop");
	unlink("dangling");
}

/* --- write --- */

/* More than a pipe takes at once, into one that blocks or does not. */
static void
test_pipe(int flags, const char *name)
{
	enum { SIZE = 300000 };
	struct buf sent = { 0 }, got = { 0 };
	struct err e = ERR_NONE;
	int ends[2], status = -1;
	pid_t pid;

	for (unsigned i = 0; sent.len < SIZE; i++)
		buf_add_char(&sent, (char)(i * 7 % 251));
	if (!tap_ok(!pipe(ends), "a pipe"))
		return;
	fcntl(ends[1], F_SETFL, flags);
	fflush(stdout);
	pid = fork();
	if (pid == 0) {
		close(ends[0]);
		_exit(file_write(ends[1], buf_str(&sent)) != 0);
	}
	close(ends[1]);
	file_read_fd(ends[0], "the pipe", SIZE, &got, &e);
	waitpid(pid, &status, 0);
	tap_ok(status == 0 && str_equal(buf_str(&got), buf_str(&sent)), "%s",
	    name);
	close(ends[0]);
	buf_done(&sent);
	buf_done(&got);
}

static void
test_pipe_ends(void)
{
	int ends[2];

	if (!tap_ok(!pipe(ends), "a pipe"))
		return;
	tap_ok(!file_wait(ends[0], 0), "there is nothing to read");
	tap_int(file_write(ends[1], STR("")), 0, "nothing can be written");
	tap_ok(!file_wait(ends[0], 0), "and changes nothing");
	tap_int(file_write(ends[1], STR("x")), 0, "a byte too");
	tap_ok(file_wait(ends[0], 0), "then there is something");
	tap_ok(!file_reader_is_gone(ends[1]), "the reader is there");
	close(ends[0]);
	tap_ok(file_reader_is_gone(ends[1]), "and then it is gone");
	tap_int(file_write(ends[1], STR("x")), EPIPE, "which is an errno");
	tap_ok(!file_is_terminal(ends[1]), "a pipe is no terminal");
	close(ends[1]);
	tap_int(file_write(ends[1], STR("x")), EBADF, "and so is this");
}

/* --- replace --- */

static const struct {
	const char *name;
	const char *path, *target; /* target: the file behind the link */
	const char *link;          /* what path is a link to, or NULL */
	int old, mode;             /* mode before (-1: no file) and after */
} replaces[] = {
	{ "a new file", "new", "new", NULL, -1, 0640 },
	{ "an old one keeps its mode", "old", "old", NULL, 0604, 0604 },
	{ "also one that can be run", "old", "old", NULL, 0755, 0755 },
	{ "set-user-ID is not kept", "old", "old", NULL, 04755, 0755 },
	{ "behind a link", "link", "file", "file", 0600, 0600 },
	{ "a link to nothing yet", "link", "file", "file", -1, 0640 },
	{ "in a folder", "sub/new", "sub/new", NULL, -1, 0640 },
	{ "a link is seen from where it lies", "sub/link", "sub/file", "file",
	    -1, 0640 },
	{ "and may lead out", "sub/link", "file", "../file", -1, 0640 },
};

static void
test_replace(size_t i, bool keep)
{
	const char *path = replaces[i].path, *target = replaces[i].target;
	bool old = replaces[i].old >= 0;
	struct file_replace f;
	struct err e = ERR_NONE;
	struct stat st;
	int got, before;

	if (old)
		files_write(target, "old", (mode_t)replaces[i].old);
	if (replaces[i].link)
		tap_case(
		    !symlink(replaces[i].link, path), "no link '%s'", path);
	before = files_count();
	got = file_replace_open(&f, path, &e);
	tap_case(!got && !file_write(f.fd, STR("new text")), "%s: %s",
	    replaces[i].name, e.text);
	tap_case(old ? files_hold(target, "old") : file_is_absent(target),
	    "%s: touched before the commit", replaces[i].name);
	if (keep) {
		tap_case(!file_replace_commit(&f, &e) &&
			files_hold(target, "new text") &&
			files_mode(target) == replaces[i].mode,
		    "%s: '%s', mode %o", replaces[i].name, e.text,
		    (unsigned)files_mode(target));
		before += !old && !strchr(target, '/');
	} else {
		file_replace_drop(&f);
		tap_case(old ? files_hold(target, "old") &&
			    files_mode(target) == replaces[i].old
			     : file_is_absent(target),
		    "%s: dropped and yet there", replaces[i].name);
	}
	tap_case(
	    !replaces[i].link || (!lstat(path, &st) && S_ISLNK(st.st_mode)),
	    "%s: no link any more", replaces[i].name);
	tap_case(f.fd == -1 && files_count() == before, "%s: %d files, not %d",
	    replaces[i].name, files_count(), before);
	unlink(path);
	unlink(target);
}

static void
test_replaces(void)
{
	mode_t mask = umask(027);

	mkdir("sub", 0700);
	for (size_t i = 0; i < countof(replaces); i++) {
		test_replace(i, true);
		tap_all(replaces[i].name);
		test_replace(i, false);
		tap_all("dropped it was never there");
	}
	umask(mask);
	tap_ok(!rmdir("sub"), "nothing is left in the folder");
}

static void
test_replace_refused(void)
{
	static const char *const paths[] = { "none/x", "file/x", ".", "loop" };

	files_write("file", "old", 0600);
	tap_case(!symlink("loop", "loop"), "no loop");
	for (size_t i = 0; i < countof(paths); i++) {
		struct file_replace f;
		struct err e = ERR_NONE;
		char want[64];

		snprintf(want, sizeof want, "cannot write '%s': ", paths[i]);
		tap_case(file_replace_open(&f, paths[i], &e) == -1 &&
			e.status == ST_OUTPUT &&
			str_starts(str_of(e.text), want),
		    "'%s': %d %s", paths[i], e.status, e.text);
		file_replace_drop(&f);
	}
	tap_all("where no file can be");
	tap_ok(files_hold("file", "old") && files_count() == 2, "none is made");
	unlink("file");
	unlink("loop");
}

/* What is no regular file is written at once. */
static void
test_replace_fifo(void)
{
	struct file_replace f;
	struct err e = ERR_NONE;
	char got[16];
	int reader;

	tap_ok(!mkfifo("fifo", 0600), "a FIFO");
	reader = open("fifo", O_RDONLY | O_NONBLOCK);
	tap_ok(!file_replace_open(&f, "fifo", &e) && !f.target &&
		!file_write(f.fd, STR("abc")),
	    "is written directly");
	tap_ok(read(reader, got, sizeof got) == 3 && !memcmp(got, "abc", 3),
	    "and its reader has it before the commit");
	tap_int(file_replace_commit(&f, &e), 0, "which does nothing more");
	close(reader);
	tap_ok(!unlink("fifo") && !files_count(), "nothing is left behind");
}

/* A process that ends by a signal. */
static void
test_abandon(void)
{
	struct file_replace f;
	struct err e = ERR_NONE;

	files_write("file", "old", 0600);
	file_replace_open(&f, "file", &e);
	file_write(f.fd, STR("new"));
	file_replace_abandon(&f);
	tap_ok(files_count() == 1 && files_hold("file", "old"),
	    "abandoned it leaves nothing");
	file_replace_drop(&f);
	unlink("file");
}

/* --- map --- */

static void
test_map_cut(void)
{
	size_t page = (size_t)sysconf(_SC_PAGESIZE);
	char *text = calloc(1, 4 * page + 1);
	struct file_map whole, cut;
	struct err e = ERR_NONE;

	memset(text, 'x', 4 * page);
	files_write("whole", text, 0600);
	files_write("cut", text, 0600);
	tap_ok(!file_map(&whole, "whole", &e) && !file_map(&cut, "cut", &e) &&
		cut.bytes.len == 4 * page && cut.bytes.data[page] == 'x' &&
		!file_map_check(&cut, &e),
	    "a file is mapped");
	tap_ok(!truncate("cut", (off_t)page + 1), "it is cut");
	tap_ok(cut.bytes.data[page] == 'x' && !cut.bytes.data[page + 1] &&
		!cut.bytes.data[2 * page] && !cut.bytes.data[4 * page - 1],
	    "what is lost is zero");
	tap_ok(file_map_check(&cut, &e) == -1 && e.status == ST_INPUT,
	    "and an error");
	tap_is(str_of(e.text), "cannot read 'cut': it is shorter than it was",
	    "which says so");
	tap_ok(whole.bytes.data[2 * page] == 'x', "another is as it was");
	truncate("cut", (off_t)(4 * page)) ? abort() : (void)0;
	tap_ok(file_map_check(&cut, &e) == -1, "it is not whole again");
	file_unmap(&cut);
	file_unmap(&whole);
	file_unmap(&whole);
	free(text);
	unlink("whole");
	unlink("cut");
}

/* What is cut before anybody has looked there raises no signal. */
static void
test_map_short(void)
{
	struct file_map maps[FILE_MAPS_MAX + 1];
	struct err e = ERR_NONE;
	size_t n = 0;

	files_write("text", "0123456789", 0600);
	while (n < countof(maps) && !file_map(&maps[n], "text", &e))
		n++;
	tap_int((int)n, FILE_MAPS_MAX, "so many at a time");
	tap_is(str_of(e.text), "cannot read 'text': too many files are mapped",
	    "and no more");
	while (n)
		file_unmap(&maps[--n]);
	tap_ok(!file_map(&maps[0], "text", &e) && !truncate("text", 9) &&
		file_map_check(&maps[0], &e) == -1,
	    "a byte is missing");
	file_unmap(&maps[0]);
	tap_ok(file_map(&maps[0], ".", &e) == -1 &&
		file_map(&maps[0], "none", &e) == -1,
	    "a folder, or nothing, is not mapped");
	unlink("text");
}

int
main(void)
{
	files_enter();
	signal(SIGPIPE, SIG_IGN);
	test_read();
	test_read_full();
	test_trusted();
	test_trusted_kinds();
	test_absent();
	test_pipe(0, "a pipe gets all of it");
	test_pipe(O_NONBLOCK, "one that does not block, too");
	test_pipe_ends();
	test_replaces();
	test_replace_refused();
	test_replace_fifo();
	test_abandon();
	test_map_short();
	test_map_cut();
	files_leave();
	return tap_done();
}
