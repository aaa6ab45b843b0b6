/* file_lines_test - files of lines that more than one process adds to. */
#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <sys/file.h>
#include <sys/resource.h>
#include <sys/socket.h>
#include <sys/uio.h>
#include <sys/un.h>

#include "file_lines.h"
#include "files.h"

/*
 * What the system does on the next calls of access(), write() and
 * fdatasync(), which stand here in place of the C library's.
 */
static struct {
	int ngone; /* times that a file which was there is gone again */
	int nwrites, nsyncs;
	size_t most;       /* of the first write, fewer than it has; 0: all */
	const char *other; /* that somebody else appends then */
	int write_error;   /* of the second write */
	int sync_error;
} fault;

int
access(const char *path, int mode)
{
	if (fault.ngone) {
		fault.ngone--;
		return 0;
	}
	return faccessat(AT_FDCWD, path, mode, 0);
}

/* What write() does when nothing goes wrong. */
static ssize_t
put(int fd, const void *data, size_t n)
{
	union {
		const void *in;
		void *out;
	} bytes = { .in = data };
	struct iovec v = { .iov_base = bytes.out, .iov_len = n };

	return writev(fd, &v, 1);
}

ssize_t
write(int fd, const void *data, size_t n)
{
	bool first = ++fault.nwrites == 1;
	ssize_t got;

	if (fault.nwrites == 2 && fault.write_error) {
		errno = fault.write_error;
		return -1;
	}
	got = put(fd, data, first && fault.most ? fault.most : n);
	if (first && fault.other &&
	    put(fd, fault.other, strlen(fault.other)) < 0)
		abort();
	return got;
}

int
fdatasync(int fd)
{
	(void)fd;
	fault.nsyncs++;
	errno = fault.sync_error;
	return fault.sync_error ? -1 : 0;
}

/* Open, add a text, close; "" or the error. */
static const char *
own_and_add(const char *path, const char *text)
{
	static struct err e;
	struct file_lines f;

	e = (struct err)ERR_NONE;
	if (!file_lines_own(&f, path, -1, &e))
		file_lines_add(&f, str_of(text), &e);
	file_lines_close(&f);
	return e.text;
}

static const char *
share_and_add(const char *path, int wait_ms, const char *text)
{
	static struct err e;
	struct file_lines f;

	e = (struct err)ERR_NONE;
	if (!file_lines_share(&f, path, 0600, wait_ms, &e))
		file_lines_add(&f, str_of(text), &e);
	file_lines_close(&f);
	return e.text;
}

static bool
starts(const char *text, const char *with)
{
	return str_starts(str_of(text), with);
}

/* --- an owned file --- */

static const struct {
	const char *path;
	enum status status;
	const char *text;
} not_owned[] = {
	{ ".", ST_INPUT, "cannot open '.': " },
	{ "fifo", ST_INPUT, "cannot open 'fifo': not a regular file" },
	{ "/dev/null", ST_INPUT, "cannot open '/dev/null': not a regular" },
	{ "none/x", ST_OUTPUT, "cannot create 'none/x': " },
	{ "file/x", ST_OUTPUT, "cannot create 'file/x': " },
	{ "loop", ST_OUTPUT, "cannot create 'loop': " },
	{ "", ST_OUTPUT, "cannot create '': " },
};

static void
test_own_refused(void)
{
	files_write("file", "", 0600);
	tap_ok(!mkfifo("fifo", 0600) && !symlink("loop", "loop"),
	    "a FIFO and a loop");
	for (size_t i = 0; i < countof(not_owned); i++) {
		struct file_lines f;
		struct err e = ERR_NONE;

		tap_case(file_lines_own(&f, not_owned[i].path, -1, &e) == -1 &&
			e.status == not_owned[i].status &&
			starts(e.text, not_owned[i].text) &&
			!file_lines_is_open(&f),
		    "'%s': %d %s", not_owned[i].path, e.status, e.text);
		file_lines_close(&f);
	}
	tap_all("what cannot be owned");
	unlink("file");
	unlink("fifo");
	unlink("loop");
}

static const struct {
	int mode; /* -1: there is none, and the folder is not ours */
	enum status status;
	const char *text;
} modes[] = {
	{ 0666, ST_OK, "" },
	{ 0444, ST_OUTPUT, "cannot write 'file': " },
	{ 0222, ST_INPUT, "cannot open 'file': " },
	{ 0000, ST_INPUT, "cannot open 'file': " },
	{ -1, ST_OUTPUT, "cannot create 'file': " },
};

static int
own_as_nobody(void *argument)
{
	size_t i = *(size_t *)argument;
	struct file_lines f;
	struct err e = ERR_NONE;

	if (!files_be_nobody())
		return 2;
	file_lines_own(&f, "file", -1, &e);
	return e.status != modes[i].status || !starts(e.text, modes[i].text);
}

static void
test_own_modes(void)
{
	for (size_t i = 0; i < countof(modes); i++) {
		if (modes[i].mode >= 0)
			files_write("file", "", (mode_t)modes[i].mode);
		chmod(".", modes[i].mode >= 0 ? 0755 : 0555);
		tap_case(files_end(files_start(own_as_nobody, &i)) == 0,
		    "mode %o", (unsigned)modes[i].mode);
		chmod(".", 0755);
		unlink("file");
	}
	tap_all("what permissions do not allow");
}

/* Where path is, and its file. */
static const struct {
	const char *name, *path, *file, *link;
} places[] = {
	{ "a new file", "new", "new", NULL },
	{ "in a folder", "sub/new", "sub/new", NULL },
	{ "behind a link to nothing", "link", "file", "file" },
	{ "behind one that leads out", "sub/link", "file", "../file" },
};

static void
test_new(size_t i)
{
	const char *path = places[i].path, *file = places[i].file;
	struct file_lines f;
	struct err e = ERR_NONE;
	struct stat st;

	if (places[i].link)
		tap_case(!symlink(places[i].link, path), "no link");
	tap_case(!file_lines_own(&f, path, -1, &e) && files_mode(file) == 0640,
	    "%s: %s, mode %o", path, e.text, (unsigned)files_mode(file));
	file_lines_close(&f);
	tap_case(files_mode(file) == -1, "%s: it stays", path);
	file_lines_own(&f, path, -1, &e);
	file_lines_abandon(&f);
	tap_case(files_mode(file) == -1, "%s: it stays, abandoned", path);
	file_lines_close(&f);
	tap_case(!own_and_add(path, "a\n")[0] && files_hold(file, "a\n") &&
		files_mode(file) == 0640,
	    "%s: it does not stay", path);
	tap_case(!places[i].link || (!lstat(path, &st) && S_ISLNK(st.st_mode)),
	    "%s: no link any more", path);
	tap_all(places[i].name);
	unlink(file);
	unlink(path);
}

static void
test_own_new(void)
{
	mode_t mask = umask(027);

	mkdir("sub", 0700);
	for (size_t i = 0; i < countof(places); i++)
		test_new(i);
	umask(mask);
	tap_ok(!rmdir("sub") && !files_count(), "and no other file is made");
}

static void
test_own_empty(void)
{
	struct file_lines f;
	struct err e = ERR_NONE;

	files_write("file", "", 0604);
	file_lines_own(&f, "file", -1, &e);
	file_lines_abandon(&f);
	file_lines_close(&f);
	tap_int(files_mode("file"), 0604, "an empty file of others stays");
	unlink("file");

	tap_ok(!file_lines_own(&f, "file", -1, &e) &&
		!file_lines_add(&f, STR("a\n"), &e),
	    "a line in a new file");
	file_lines_abandon(&f);
	tap_ok(files_hold("file", "a\n"), "is not abandoned");
	tap_ok(!file_lines_add(&f, STR("b\nc\n"), &e) &&
		files_hold("file", "a\nb\nc\n"),
	    "more is added behind it");
	file_lines_close(&f);
	unlink("file");

	tap_int(file_lines_own(&f, "file", -1, &e), 0, "a new file");
	files_write("other", "", 0600);
	rename("other", "file");
	file_lines_close(&f);
	tap_int(files_mode("file"), 0600, "one that took its place stays");
	unlink("file");
}

static void
test_own_read(void)
{
	struct file_lines f;
	struct buf out = { 0 };
	struct err e = ERR_NONE;

	files_write("file", "one\ntwo\n", 0600);
	tap_ok(!file_lines_own(&f, "file", -1, &e) &&
		!file_lines_read(&f, 8, &out, &e),
	    "it is read");
	tap_is(buf_str(&out), "one\ntwo\n", "whole");
	file_lines_close(&f);
	tap_ok(!file_lines_own(&f, "file", -1, &e) &&
		file_lines_read(&f, 7, &out, &e) == -1 && e.status == ST_INPUT,
	    "and not without an end");
	tap_is(str_of(e.text), "'file' is larger than 7 bytes", "says so");
	file_lines_close(&f);
	buf_done(&out);
	unlink("file");
}

static void
rename_over(void)
{
	files_write("other", "old\n", 0600);
	rename("other", "file");
}

static void
grow(void)
{
	FILE *f = fopen("file", "a");

	if (!f || fputs("cut", f) == EOF || fclose(f))
		abort();
}

static void
shrink(void)
{
	if (truncate("file", 1))
		abort();
}

static void
drop(void)
{
	unlink("file");
}

static void
test_own_changed(void)
{
	static const struct {
		const char *name;
		void (*change)(void);
		const char *left; /* NULL: no file */
	} cases[] = {
		{ "replaced", rename_over, "old\n" },
		{ "grown", grow, "old\ncut" },
		{ "shrunk", shrink, "o" },
		{ "removed", drop, NULL },
	};

	for (size_t i = 0; i < countof(cases); i++) {
		struct file_lines f;
		struct err e = ERR_NONE;

		files_write("file", "old\n", 0600);
		file_lines_own(&f, "file", -1, &e);
		cases[i].change();
		tap_case(file_lines_add(&f, STR("new\n"), &e) == -1 &&
			e.status == ST_OUTPUT &&
			str_is(str_of(e.text),
			    "cannot write 'file': somebody changed it "
			    "meanwhile"),
		    "%s: %s", cases[i].name, e.text);
		file_lines_close(&f);
		tap_case(cases[i].left ? files_hold("file", cases[i].left)
				       : file_is_absent("file"),
		    "%s: not as it was left", cases[i].name);
		unlink("file");
	}
	tap_all("nothing is added to what others changed");
}

/* --- one after the other --- */

/* Wait for the file, and add a line behind what it holds then. */
static int
add_second(void *argument)
{
	struct file_lines *first = argument;
	struct file_lines f;
	struct buf text = { 0 };
	struct err e = ERR_NONE;

	close(first->fd); /* a lock is held until all its copies are closed */
	if (file_lines_own(&f, "file", -1, &e) ||
	    file_lines_read(&f, 100, &text, &e))
		return 1;
	buf_add_text(&text, "second\n");
	e.status = ST_OK;
	file_lines_add(&f, buf_str(&text), &e);
	file_lines_close(&f);
	return (int)e.status;
}

static void
add_first(struct file_lines *f)
{
	struct err e = ERR_NONE;

	if (file_lines_add(f, STR("first\n"), &e))
		abort();
}

static void
replace(struct file_lines *f)
{
	(void)f;
	files_write("other", "edited\n", 0600);
	rename("other", "file");
}

static void
add_and_replace(struct file_lines *f)
{
	add_first(f);
	replace(f);
}

static void
fail(struct file_lines *f)
{
	(void)f;
}

static void
test_order(void)
{
	static const struct {
		const char *name;
		const char *old; /* NULL: no file */
		void (*work)(struct file_lines *f);
		const char *want;
	} cases[] = {
		{ "the second sees what the first added", "old\n", add_first,
		    "old\nfirst\nold\nfirst\nsecond\n" },
		{ "also in a new file", NULL, add_first,
		    "first\nfirst\nsecond\n" },
		{ "and what an editor put in its place", "old\n",
		    add_and_replace, "edited\nedited\nsecond\n" },
		{ "in place of a new file too", NULL, replace,
		    "edited\nedited\nsecond\n" },
		{ "one that failed leaves it as it was", "old\n", fail,
		    "old\nold\nsecond\n" },
		{ "and a new file to the second", NULL, fail, "second\n" },
	};

	for (size_t i = 0; i < countof(cases); i++) {
		struct file_lines f;
		struct err e = ERR_NONE;
		bool slept;
		pid_t pid;

		if (cases[i].old)
			files_write("file", cases[i].old, 0600);
		if (file_lines_own(&f, "file", -1, &e))
			abort();
		pid = files_start(add_second, &f);
		slept = files_wait_for_sleep(pid);
		cases[i].work(&f);
		file_lines_close(&f);
		tap_ok(files_end(pid) == 0 && slept &&
			files_hold("file", cases[i].want),
		    "%s", cases[i].name);
		unlink("file");
	}
}

enum { CHURNERS = 4, CHURNS = 500 };

/* Make the file, or have it from who did, and add nothing. */
static int
churn(void *argument)
{
	(void)argument;
	for (int i = 0; i < CHURNS; i++) {
		struct file_lines f;
		struct err e = ERR_NONE;
		int got = file_lines_own(&f, "file", -1, &e);

		file_lines_close(&f);
		if (got)
			return 1;
	}
	return 0;
}

static void
test_churn(void)
{
	pid_t pids[CHURNERS];

	for (int i = 0; i < CHURNERS; i++)
		pids[i] = files_start(churn, NULL);
	for (int i = 0; i < CHURNERS; i++)
		tap_case(files_end(pids[i]) == 0, "one of them could not");
	tap_all("a file that comes and goes is in nobody's way");
	tap_ok(file_is_absent("file"), "and is gone in the end");
}

/* --- a shared file --- */

static void
test_share_kinds(void)
{
	static const struct {
		const char *path, *text;
	} cases[] = {
		{ "new", "" },
		{ "link", "" },
		{ "/dev/null", "" },
		{ ".", "cannot open '.': Is a directory" },
		{ "none/x", "cannot open 'none/x': No such file" },
		{ "fifo", "cannot open 'fifo': nobody reads it" },
		{ "socket", "cannot open 'socket': No such device" },
		{ "/dev/full", "cannot write '/dev/full': No space left" },
	};
	struct sockaddr_un name = { .sun_family = AF_UNIX,
		.sun_path = "socket" };
	int fd = socket(AF_UNIX, SOCK_STREAM, 0);

	tap_ok(!mkfifo("fifo", 0600) && !symlink("new", "link") && fd >= 0 &&
		!bind(fd, (struct sockaddr *)&name, sizeof name),
	    "a FIFO, a link, a socket");
	for (size_t i = 0; i < countof(cases); i++) {
		const char *got = share_and_add(cases[i].path, 0, "a\n");

		tap_case(
		    cases[i].text[0] ? starts(got, cases[i].text) : !got[0],
		    "%s: %s", cases[i].path, got);
	}
	tap_all("what lines can be added to, without waiting");
	tap_ok(files_hold("new", "a\na\n"), "each behind the others");
	close(fd);
	unlink("fifo");
	unlink("socket");
	unlink("link");
	unlink("new");
}

static int
share_as_nobody(void *argument)
{
	const char *want = argument;

	return !files_be_nobody() ||
	    !starts(share_and_add("file", 0, "a\n"), want);
}

static void
test_share_modes(void)
{
	static char denied[] = "cannot open 'file': Permission denied";
	mode_t mask = umask(0);

	tap_is(str_of(share_and_add("file", 0, "a\n")), "", "a new file");
	umask(mask);
	tap_int(files_mode("file"), 0600, "is for its owner alone");
	chmod("file", 0222);
	tap_int(files_end(files_start(share_as_nobody, "")), 0,
	    "what can only be written is");
	tap_ok(files_mode("file") == 0222, "and keeps its mode");
	chmod("file", 0444);
	tap_int(files_end(files_start(share_as_nobody, denied)), 0,
	    "what can only be read is not");
	tap_ok(files_hold("file", "a\na\n"), "and stays as it was");
	unlink("file");
	chmod(".", 0555);
	tap_int(files_end(files_start(share_as_nobody, denied)), 0,
	    "nor is a new one where none can be");
	chmod(".", 0755);
}

static void
test_torn(void)
{
	static const struct {
		const char *old, *want;
	} cases[] = {
		{ "", "a\n" },
		{ "\n", "\na\n" },
		{ "old\n", "old\na\n" },
		{ "old\ntorn", "old\ntorn\na\n" },
		{ "t", "t\na\n" },
	};

	for (size_t i = 0; i < countof(cases); i++) {
		files_write("file", cases[i].old, 0600);
		tap_case(!share_and_add("file", 0, "a\n")[0] &&
			files_hold("file", cases[i].want),
		    "'%s'", cases[i].old);
	}
	tap_all("a line never stands behind one that was cut");
	unlink("file");
}

static void
test_fifo(void)
{
	enum { SIZE = 1 << 20 };
	struct file_lines f;
	struct err e = ERR_NONE;
	char *large = calloc(SIZE, 1);
	char got[16];
	int reader;

	mkfifo("fifo", 0600);
	reader = open("fifo", O_RDONLY | O_NONBLOCK);
	tap_ok(!file_lines_share(&f, "fifo", 0600, 10, &e) &&
		!file_lines_add(&f, STR("a\n"), &e) &&
		read(reader, got, sizeof got) == 2 && !memcmp(got, "a\n", 2),
	    "the reader of a FIFO has a line at once");
	tap_ok(
	    large && file_lines_add(&f, (struct str){ large, SIZE }, &e) == -1,
	    "more than it takes is given up");
	tap_is(str_of(e.text), "cannot write 'fifo': its reader does not read",
	    "says so");
	close(reader);
	tap_ok(file_lines_add(&f, STR("a\n"), &e) == -1 &&
		starts(e.text, "cannot write 'fifo': Broken pipe"),
	    "also when the reader went away");
	file_lines_close(&f);
	unlink("fifo");
	free(large);
}

/* Have the lock until the parent waits for it. */
static int
hold_lock(void *argument)
{
	int *ready = argument;
	int fd = open("file", O_RDWR);

	return fd < 0 || flock(fd, LOCK_EX) || write(ready[1], "", 1) != 1 ||
	    !files_wait_for_sleep(getppid());
}

static void
test_share_lock(void)
{
	struct file_lines f;
	struct err e = ERR_NONE;
	int fd, ready[2];
	char byte;
	pid_t pid;

	files_write("file", "old\n", 0600);
	fd = open("file", O_RDONLY);
	tap_ok(!flock(fd, LOCK_EX), "somebody has the lock");
	for (int wait_ms = 0; wait_ms <= 10; wait_ms += 10)
		tap_is(str_of(share_and_add("file", wait_ms, "a\n")),
		    "cannot write 'file': another process keeps it locked",
		    "it is not waited for without end");
	tap_ok(files_hold("file", "old\n"), "nothing is added");
	close(fd);
	tap_is(str_of(share_and_add("file", 0, "a\n")), "", "it is free");
	tap_ok(!file_lines_share(&f, "file", 0600, 0, &e) &&
		!file_lines_add(&f, STR("b\n"), &e) &&
		!share_and_add("file", 0, "c\n")[0],
	    "who has added a line keeps no lock");
	file_lines_close(&f);

	if (!tap_ok(!pipe(ready), "a pipe"))
		return;
	pid = files_start(hold_lock, ready);
	tap_ok(read(ready[0], &byte, 1) == 1, "another process has the lock");
	tap_is(str_of(share_and_add("file", FILES_WAIT_S * 1000, "d\n")), "",
	    "it is waited for");
	tap_int(files_end(pid), 0, "as it has seen");
	tap_ok(
	    files_hold("file", "old\na\nb\nc\nd\n"), "each line stands there");
	close(ready[0]);
	close(ready[1]);
	unlink("file");
}

/* --- no room --- */

/* The file may have 100 bytes. */
static const struct {
	size_t old, new;
	bool fits;
} sizes[] = {
	{ 90, 10, true },
	{ 90, 11, false },
	{ 90, 1000, false },
	{ 100, 1, false },
	{ 0, 100, true },
	{ 0, 101, false },
	{ 0, 50000, false },
};

static void
fill_lines(struct buf *out, size_t n)
{
	while (out->len + 1 < n)
		buf_add_char(out, 'x');
	if (n)
		buf_add_char(out, '\n');
}

static int
add_limited(void *argument)
{
	size_t i = *(size_t *)argument;
	struct rlimit limit = { .rlim_cur = 100, .rlim_max = 100 };
	struct buf lines = { 0 };
	int bad = 0;

	fill_lines(&lines, sizes[i].new);
	if (setrlimit(RLIMIT_FSIZE, &limit))
		return 8;
	for (int owned = 0; owned < 2; owned++) {
		const char *path = owned ? "owned" : "shared";
		const char *got = owned ? own_and_add(path, lines.data)
					: share_and_add(path, 0, lines.data);

		bad |= (sizes[i].fits ? got[0] != 0
				      : !strstr(got, "': File too large"))
		    << owned;
	}
	buf_done(&lines);
	return bad;
}

static void
test_no_room(void)
{
	for (size_t i = 0; i < countof(sizes); i++) {
		struct buf want = { 0 };
		int got;

		fill_lines(&want, sizes[i].old);
		files_write("shared", want.data ? want.data : "", 0600);
		if (sizes[i].old)
			files_write("owned", want.data, 0600);
		got = files_end(files_start(add_limited, &i));
		if (sizes[i].fits)
			fill_lines(&want, sizes[i].old + sizes[i].new);
		tap_case(got == 0, "%zu and %zu: %d", sizes[i].old,
		    sizes[i].new, got);
		tap_case(files_hold("shared", want.data ? want.data : ""),
		    "%zu and %zu: shared", sizes[i].old, sizes[i].new);
		tap_case(want.len ? files_hold("owned", want.data)
				  : file_is_absent("owned"),
		    "%zu and %zu: owned", sizes[i].old, sizes[i].new);
		unlink("shared");
		unlink("owned");
		buf_done(&want);
	}
	tap_all("what does not fit is cut off again");
}

/* "old" is there, "0123456789" is added. */
static const struct {
	const char *name;
	size_t most;
	const char *other;
	int write_error;
	const char *error, *want;
	int nwrites;
} faults[] = {
	{ "all goes out in one write", 0, NULL, 0, "", "old\n0123456789\n", 1 },
	{ "a short write is completed", 4, NULL, 0, "", "old\n0123456789\n",
	    2 },
	{ "an interrupted one too", 4, NULL, EINTR, "", "old\n0123456789\n",
	    3 },
	{ "or cut off", 4, NULL, ENOSPC,
	    "cannot write 'file': No space left on device", "old\n", 2 },
	{ "but not what others wrote without a lock", 4, "other\n", EIO,
	    "cannot write 'file': Input/output error", "old\n0123other\n", 2 },
};

static void
test_faults(void)
{
	for (size_t i = 0; i < countof(faults); i++) {
		for (int owned = 0; owned < 2; owned++) {
			const char *got, *text = "0123456789\n";

			files_write("file", "old\n", 0600);
			fault.nwrites = fault.nsyncs = 0;
			fault.most = faults[i].most;
			fault.other = faults[i].other;
			fault.write_error = faults[i].write_error;
			got = owned ? own_and_add("file", text)
				    : share_and_add("file", 0, text);
			tap_case(str_is(str_of(got), faults[i].error) &&
				fault.nwrites == faults[i].nwrites &&
				fault.nsyncs == (owned && !got[0]),
			    "%d writes, %d syncs, '%s'", fault.nwrites,
			    fault.nsyncs, got);
			tap_case(files_hold("file", faults[i].want),
			    "owned %d: not '%s'", owned, faults[i].want);
		}
		tap_all(faults[i].name);
	}
	unlink("file");
}

static void
test_gone(void)
{
	const char *got;

	fault.ngone = 3;
	got = own_and_add("file", "a\n");
	tap_ok(!got[0] && files_hold("file", "a\n"),
	    "a file that goes before it is opened is made");
	unlink("file");
	fault.ngone = 100000;
	got = own_and_add("file", "a\n");
	tap_is(str_of(got),
	    "cannot open 'file': it is replaced again and again",
	    "this has an end");
	fault.ngone = 0;
}

static void
test_sync(void)
{
	const char *got;

	fault.most = 0;
	fault.write_error = 0;
	files_write("file", "old\n", 0600);
	fault.sync_error = EIO;
	got = own_and_add("file", "a\n");
	tap_is(str_of(got), "cannot write 'file': Input/output error",
	    "what does not get to the disk is not there");
	tap_ok(files_hold("file", "old\n"), "so it is cut off");
	fault.sync_error = EINVAL;
	got = own_and_add("file", "a\n");
	tap_ok(!got[0] && files_hold("file", "old\na\n"),
	    "unless there is no disk to get to");
	fault.sync_error = 0;
	unlink("file");
}

static void
test_create(void)
{
	struct file_lines f;
	struct err e = ERR_NONE;

	tap_ok(!file_lines_create(&f, "new", 0, &e) &&
		!file_lines_add(&f, STR("a\n"), &e) &&
		files_mode("new") == 0600,
	    "a new file, for its owner alone");
	file_lines_close(&f);
	tap_int(file_lines_create(&f, "new", 0, &e), -1, "is made once");
	tap_is(str_of(e.text), "cannot create 'new': File exists", "not twice");
	tap_int(e.status, ST_OUTPUT, "which is an error of the output");
	tap_ok(files_hold("new", "a\n"), "and keeps what it holds");
	unlink("new");
	tap_ok(!symlink("there", "new") && file_lines_create(&f, "new", 0, &e),
	    "a link to nowhere is not followed");
	unlink("new");
	tap_ok(!file_lines_create(&f, "new", 0, &e), "a new file");
	file_lines_close(&f);
	tap_ok(!file_exists("new"), "goes again if nothing was added");
}

int
main(void)
{
	signal(SIGPIPE, SIG_IGN);
	signal(SIGXFSZ, SIG_IGN);
	files_enter();
	test_own_refused();
	test_own_modes();
	test_own_new();
	test_own_empty();
	test_own_read();
	test_own_changed();
	test_order();
	test_churn();
	test_share_kinds();
	test_share_modes();
	test_create();
	test_torn();
	test_fifo();
	test_share_lock();
	test_no_room();
	test_gone();
	test_faults();
	test_sync();
	files_leave();
	return tap_done();
}
