/*
 * file_edit_test - files are edited in place, whole, and by nobody else.
 *
 *     file_edit_test                           the unit tests
 *     file_edit_test edit FILE TEXT [SUFFIX]   FILE holds TEXT, or as it was;
 *                                              ends with the status
 */
#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <sys/ioctl.h>
#include <sys/resource.h>
#include <sys/socket.h>
#include <sys/un.h>
#ifdef __linux__
#include <linux/fs.h>
#include <sys/xattr.h>
#endif

#include "file_edit.h"
#include "files.h"

enum { MAX = 1 << 20 };

static struct file_replace temp;

/* Open, and say what happened: the status, 0 for success. */
static int
open_edit(struct file_edit *f, const char *path, struct err *e)
{
	*f = (struct file_edit){ .temp = &temp };
	*e = (struct err)ERR_NONE;
	return file_edit_open(f, path, MAX, e) ? (int)e->status : 0;
}

/* The same, a new text, and close. */
static int
edit(const char *path, const char *text, struct err *e)
{
	struct file_edit f;
	int got = open_edit(&f, path, e);

	if (!got && file_edit_commit(&f, str_of(text), e))
		got = (int)e->status;
	file_edit_close(&f);
	return got;
}

/* The status, and what stands in the message. */
static void
expect(const char *path, int want, const char *why, const char *name)
{
	struct err e = ERR_NONE;
	int got = edit(path, "new", &e);

	if (!tap_ok(got == want && strstr(e.text, why), "%s", name))
		tap_note("%d: %s", got, e.text);
}

/* --- what is edited --- */

static void
test_edit(void)
{
	static const mode_t masks[] = { 0, 022, 077, 0777 };
	struct err e;

	for (size_t i = 0; i < countof(masks); i++) {
		mode_t mask = umask(masks[i]);

		files_write("a", "old", 0640);
		tap_case(!edit("a", "new text", &e) &&
			files_hold("a", "new text") &&
			files_mode("a") == 0640 && files_count() == 1,
		    "mask %o: %s", (unsigned)masks[i], e.text);
		umask(mask);
	}
	tap_all("F19: the mode stays, whatever the mask");
	files_write("a", "", 01755);
	tap_ok(!edit("a", "new", &e) && files_hold("a", "new") &&
		files_mode("a") == 01755,
	    "F27: an empty file; every bit of the mode");
	tap_ok(!edit("a", "", &e) && files_hold("a", ""), "and back");
	unlink("a");
}

static void
test_text(void)
{
	struct file_edit f;
	struct err e = ERR_NONE;

	files_write("a", "12345", 0600);
	tap_ok(!open_edit(&f, "a", &e) && str_is(buf_str(&f.text), "12345"),
	    "its text is there");
	file_edit_close(&f);
	f = (struct file_edit){ .temp = &temp };
	tap_ok(!file_edit_open(&f, "a", 5, &e), "as many bytes as may be");
	file_edit_close(&f);
	f = (struct file_edit){ .temp = &temp };
	tap_ok(file_edit_open(&f, "a", 4, &e) == -1 && e.status == ST_INPUT &&
		!strcmp(e.text, "'a' is larger than 4 bytes"),
	    "F28: a file that is too large: %s", e.text);
	file_edit_close(&f);
	unlink("a");
}

static void
test_unchanged(void)
{
	struct stat before, after;
	struct timespec old[2] = { { 1, 0 }, { 1, 0 } };
	struct err e;

	files_write("a", "old", 0600);
	utimensat(AT_FDCWD, "a", old, 0);
	stat("a", &before);
	tap_ok(!edit("a", "old", &e) && !stat("a", &after) &&
		before.st_ino == after.st_ino && after.st_mtime == 1,
	    "F30: nothing to change, and nothing is written");
	tap_ok(
	    !edit("a", "new", &e) && !stat("a", &after) && after.st_mtime > 1,
	    "F29: a time long ago does not matter, and the new one is now");
	unlink("a");
}

static void
test_names(void)
{
	char longest[256];
	const char *const names[] = { "-a", "a b", "a\nb", "\xff\xfe", "'\"\\",
		".a", "*", longest };
	struct err e;

	memset(longest, 'x', 255);
	longest[255] = 0;
	for (size_t i = 0; i < countof(names); i++) {
		files_write(names[i], "old", 0600);
		tap_case(!edit(names[i], "new", &e) &&
			files_hold(names[i], "new") && files_count() == 1,
		    "%s: %s", names[i], e.text);
		unlink(names[i]);
	}
	tap_all("F26: names of every kind");
	mkdir("sub", 0700);
	files_write("sub/a", "old", 0600);
	tap_ok(!edit("./sub//a", "new", &e) && files_hold("sub/a", "new"),
	    "in a folder");
	tap_ok(!edit("sub/../sub/a", "2", &e) && files_hold("sub/a", "2"),
	    "in another way");
	unlink("sub/a");
	rmdir("sub");
}

/* --- what is none --- */

static void
test_kinds(void)
{
	struct sockaddr_un at = { .sun_family = AF_UNIX, .sun_path = "socket" };
	int fd = socket(AF_UNIX, SOCK_STREAM, 0);

	if (bind(fd, (struct sockaddr *)&at, sizeof at) || mkfifo("fifo", 0600))
		abort();
	expect("none", ST_INPUT, "cannot edit 'none': No such file",
	    "F1: no file");
	expect("", ST_INPUT, "cannot edit '': No such file", "an empty name");
	expect(".", ST_INPUT, "not a regular file", "F1: a folder");
	expect("fifo", ST_INPUT, "not a regular file",
	    "F1: a FIFO, which is not waited for");
	expect("socket", ST_INPUT, "not a regular file", "F1: a socket");
	expect("/dev/null", ST_INPUT, "not a regular file", "F1: a device");
	close(fd);
	unlink("socket");
	unlink("fifo");
	files_write("a", "old", 0600);
	expect("a/b", ST_INPUT, "Not a directory", "a file is no folder");
	if (link("a", "b"))
		abort();
	expect("a", ST_INPUT, "another name", "F13: two names");
	unlink("b");
	chmod("a", 04700);
	expect("a", ST_INPUT, "runs as its owner", "F18: set-user-ID");
	chmod("a", 0444);
	expect("a", ST_OUTPUT, "cannot write 'a': ", "F3: a read-only file");
	tap_ok(files_hold("a", "old") && files_count() == 1,
	    "and all is as it was");
	unlink("a");
}

/* Nobody's folder and what stands in it. */
static int
be_nobody(void *unused)
{
	struct err e;

	(void)unused;
	if (!files_be_nobody())
		return 70;
	if (edit("secret", "new", &e) != ST_INPUT ||
	    strcmp(e.text, "cannot edit 'secret': Permission denied") != 0)
		return 1;
	if (edit("readable", "new", &e) != ST_OUTPUT ||
	    strcmp(e.text, "cannot write 'readable': Permission denied") != 0)
		return 2;
	if (edit("writable", "new", &e) != ST_OUTPUT ||
	    !strstr(e.text, "cannot keep the owner"))
		return 3;
	if (edit("locked/own", "new", &e) != ST_OUTPUT ||
	    strcmp(e.text, "cannot write 'locked/own': Permission denied") != 0)
		return 4;
	return edit("own", "new", &e) ? 5 : 0;
}

static void
test_permissions(void)
{
	files_write("secret", "old", 0600);
	files_write("readable", "old", 0644);
	files_write("writable", "old", 0666);
	files_write("own", "old", 0600);
	mkdir("locked", 0755);
	files_write("locked/own", "old", 0600);
	if (geteuid() == 0 &&
	    (chown("own", FILES_NOBODY, FILES_NOBODY) ||
		chown("locked/own", FILES_NOBODY, FILES_NOBODY)))
		abort();
	chmod(".", 0777);
	if (geteuid() == 0) /* all of them are one's own, else */
		tap_int(files_end(files_start(be_nobody, NULL)), 0,
		    "F2 F3 F4 F18: what may not be read, written, kept, or "
		    "made in its folder");
	tap_ok(files_hold("secret", "old") && files_hold("readable", "old") &&
		files_hold("writable", "old") &&
		files_hold("locked/own", "old") && files_count() == 5,
	    "and all is as it was");
	unlink("secret");
	unlink("readable");
	unlink("writable");
	unlink("own");
	unlink("locked/own");
	rmdir("locked");
}

#ifdef FS_IOC_SETFLAGS
static bool
set_flag(const char *path, int flag)
{
	int fd = open(path, O_RDONLY), flags = 0;
	bool fine = fd >= 0 && !ioctl(fd, FS_IOC_GETFLAGS, &flags);

	flags = flag ? flags | flag : flags & ~(FS_IMMUTABLE_FL | FS_APPEND_FL);
	fine = fine && !ioctl(fd, FS_IOC_SETFLAGS, &flags);
	if (fd >= 0)
		close(fd);
	return fine;
}

static void
test_flags(void)
{
	static const struct {
		const char *path, *name;
		int flag;
	} cases[] = {
		{ "sub/a", "F5: an immutable file", FS_IMMUTABLE_FL },
		{ "sub/a", "F5: one that is appended to", FS_APPEND_FL },
		{ "sub", "F5: an immutable folder", FS_IMMUTABLE_FL },
	};
	struct file_edit f;
	struct err e;

	mkdir("sub", 0700);
	files_write("sub/a", "old", 0600);
	for (size_t i = 0; i < countof(cases); i++) {
		if (!set_flag(cases[i].path, cases[i].flag)) {
			tap_ok(true, "%s # SKIP no chattr here", cases[i].name);
			continue;
		}
		tap_int(open_edit(&f, "sub/a", &e), ST_OUTPUT, cases[i].name);
		file_edit_close(&f);
		set_flag(cases[i].path, 0);
	}
	unlink("sub/a");
	rmdir("sub");
}
#else
static void
test_flags(void)
{
}
#endif

/* --- links --- */

static bool
is_link(const char *path)
{
	struct stat st;

	return !lstat(path, &st) && S_ISLNK(st.st_mode);
}

static void
make_link(const char *to, const char *path)
{
	if (symlink(to, path))
		abort();
}

static void
test_links(void)
{
	static const char *const followed[] = { "link", "sub/up", "chain",
		"abs", "dirlink/a" };
	char here[PATH_MAX + 2];
	struct err e;

	mkdir("sub", 0700);
	files_write("a", "old", 0604);
	files_write("sub/a", "old", 0604);
	snprintf(here, sizeof here, "%s/a", files_home);
	make_link("a", "link");
	make_link("../a", "sub/up");
	make_link("sub/up", "chain");
	make_link(here, "abs");
	make_link("sub", "dirlink");
	for (size_t i = 0; i < countof(followed); i++) {
		const char *path = followed[i];

		tap_case(!edit(path, path, &e) && files_hold(path, path) &&
			(is_link(path) || is_link("dirlink")) &&
			!is_link("a") && files_mode(path) == 0604,
		    "%s: %s", path, e.text);
	}
	tap_all("F9: a link to a file here is followed, and stays");
	for (size_t i = 0; i < countof(followed); i++)
		unlink(followed[i]);
	unlink("dirlink");
	rmdir("sub");
	unlink("a");
}

static void
test_links_out(void)
{
	char outside[] = "/tmp/dmr-outside-XXXXXX", path[64];
	static const char *const links[] = { "link", "chain", "dir", "dangling",
		"loop", "magic", "deep" };

	if (!mkdtemp(outside))
		abort();
	snprintf(path, sizeof path, "%s/a", outside);
	files_write(path, "old", 0600);
	files_write("a", "old", 0600);
	make_link(path, "link");
	make_link("link", "chain");
	make_link(outside, "dir");
	make_link("nothing", "dangling");
	make_link("loop", "loop");
	make_link("/proc/self/cwd/a", "magic");
	make_link("dir/a", "deep");
	expect("link", ST_INPUT, "out of the current folder",
	    "F10: a link that leads out");
	expect("chain", ST_INPUT, "out of the current folder", "F10: by two");
	expect("deep", ST_INPUT, "out of the current folder",
	    "F10: by a folder behind it");
	expect("dir/a", ST_INPUT, "out of the current folder",
	    "F10: a folder that leads out");
	expect("dangling", ST_INPUT, "No such file", "F10: to nothing");
	expect("loop", ST_INPUT, "symbolic links", "F10: in a circle");
	expect(
	    "magic", ST_INPUT, "a link of the system's", "F10: through /proc");
	expect("/dev/stdin", ST_INPUT,
	    "cannot edit '/dev/stdin': ", "F10: standard input");
	tap_ok(files_hold(path, "old") && files_hold("a", "old"),
	    "and all is as it was");
	expect(path, 0, "", "a file elsewhere that was named, is edited");
	for (size_t i = 0; i < countof(links); i++)
		unlink(links[i]);
	unlink(path);
	unlink("a");
	rmdir(outside);
}

/* --- meanwhile --- */

static void
change_append(void)
{
	files_write("sub/a", "old, and more", 0600);
}

static void
change_same_size(void)
{
	struct stat st;
	struct timespec times[2];

	stat("sub/a", &st);
	files_write("sub/a", "odl", 0600);
	times[0] = st.st_atim;
	times[1] = st.st_mtim;
	utimensat(AT_FDCWD, "sub/a", times, 0);
}

static void
change_remove(void)
{
	unlink("sub/a");
}

static void
change_replace(void)
{
	files_write("sub/b", "old", 0600);
	rename("sub/b", "sub/a");
}

static void
change_link(void)
{
	rename("sub/a", "sub/b");
	make_link("b", "sub/a");
}

static void
change_hard_link(void)
{
	if (link("sub/a", "sub/b"))
		abort();
}

static void
test_meanwhile(void)
{
	static const struct {
		const char *name;
		void (*change)(void);
		const char *left; /* in sub/a; NULL: nothing */
	} cases[] = {
		{ "F14: bytes were added", change_append, "old, and more" },
		{ "F14: others, at the same time", change_same_size, "odl" },
		{ "F15: it was removed", change_remove, NULL },
		{ "F15: it was replaced by an equal one", change_replace,
		    "old" },
		{ "F15: a link has its name", change_link, "old" },
		{ "F13: it got another name", change_hard_link, "old" },
	};

	mkdir("sub", 0700);
	for (size_t i = 0; i < countof(cases); i++) {
		struct file_edit f;
		struct err e;

		files_write("sub/a", "old", 0600);
		tap_case(!open_edit(&f, "sub/a", &e), "%s", e.text);
		f.suffix = "~";
		cases[i].change();
		tap_case(file_edit_commit(&f, STR("new"), &e) == -1 &&
			e.status == ST_PARTIAL &&
			strstr(e.text, "changed meanwhile"),
		    "%d %s", e.status, e.text);
		tap_case(cases[i].left ? files_hold("sub/a", cases[i].left)
				       : !file_exists("sub/a"),
		    "what is left");
		file_edit_close(&f);
		unlink("sub/a");
		unlink("sub/b");
		tap_case(!rmdir("sub") && !mkdir("sub", 0700),
		    "something else is left");
		tap_all(cases[i].name);
	}
	rmdir("sub");
}

static void
test_folder_moved(void)
{
	struct file_edit f;
	struct err e;

	mkdir("sub", 0700);
	mkdir("other", 0700);
	files_write("sub/a", "old", 0600);
	files_write("other/a", "other", 0600);
	open_edit(&f, "sub/a", &e);
	rename("sub", "moved");
	make_link("other", "sub");
	tap_ok(!file_edit_commit(&f, STR("new"), &e) &&
		files_hold("moved/a", "new") && files_hold("other/a", "other"),
	    "F12: the folder was moved, and the file is where it was: %s",
	    e.text);
	file_edit_close(&f);
	unlink("sub");
	unlink("moved/a");
	unlink("other/a");
	rmdir("moved");
	rmdir("other");
}

static void
test_touched(void)
{
	struct file_edit f;
	struct err e;

	files_write("a", "old", 0600);
	open_edit(&f, "a", &e);
	utimensat(AT_FDCWD, "a", NULL, 0);
	chmod("a", 0640);
	tap_ok(!file_edit_commit(&f, STR("new"), &e) &&
		files_hold("a", "new") && files_mode("a") == 0640,
	    "a new time is no change, and a new mode is kept");
	file_edit_close(&f);
	unlink("a");
}

static void
test_two(void)
{
	struct file_edit f, g;
	struct err e;

	files_write("a", "old", 0600);
	open_edit(&f, "a", &e);
	tap_ok(open_edit(&g, "a", &e) == ST_PARTIAL &&
		strstr(e.text, "another process is editing it"),
	    "F16: two at once: %s", e.text);
	file_edit_close(&g);
	tap_ok(!file_edit_commit(&f, STR("new"), &e) && files_hold("a", "new"),
	    "the first one writes");
	tap_ok(!open_edit(&g, "a", &e) && str_is(buf_str(&g.text), "new"),
	    "and who comes now has the new text");
	file_edit_close(&f);
	tap_ok(
	    !file_edit_commit(&g, STR("newer"), &e) && files_hold("a", "newer"),
	    "and changes it");
	file_edit_close(&g);
	unlink("a");
}

/* --- races --- */

/* Long enough for an edit, whose fsync() takes milliseconds, now and then. */
static void
let_work(void)
{
	for (volatile int i = 0; i < 5000000; i++)
		;
}

/* A folder and a file become links to outside and back, all the time. */
static int
swap(void *outside)
{
	bool fine = true;

	while (fine) {
		fine = !rename("sub", "kept") && !symlink(outside, "sub");
		sched_yield();
		fine = fine && !unlink("sub") && !rename("kept", "sub");
		let_work();
		fine = fine && !rename("sub/a", "sub/kept") &&
		    !symlink("../../out/a", "sub/link") &&
		    !rename("sub/link", "sub/a");
		sched_yield();
		fine = fine && !rename("sub/kept", "sub/a");
		let_work();
	}
	return 1;
}

static void
test_race(void)
{
	enum { TRIES = 5000, EACH = 20 };
	const time_t end = time(NULL) + FILES_WAIT_S;
	char out[PATH_MAX];
	long fine = 0, refused = 0;
	struct err e;
	pid_t pid;

	mkdir("out", 0700);
	mkdir("in", 0700);
	snprintf(out, sizeof out, "%s/out", files_home);
	files_write("out/a", "outside", 0600);
	if (chdir("in") || mkdir("sub", 0700))
		abort();
	files_write("sub/a", "old", 0600);
	pid = files_start(swap, out);
	for (int i = 0;
	     time(NULL) < end && (i < TRIES || fine < EACH || refused < EACH);
	     i++)
		if (edit("sub/a", i % 2 ? "old" : "new", &e))
			refused++;
		else
			fine++;
	kill(pid, SIGKILL);
	tap_int(files_end(pid), -1, "somebody was at it until the end");
	if (chdir(".."))
		abort();
	tap_ok(files_hold("out/a", "outside") && refused >= EACH,
	    "F11: nothing is written outside, %ld times", refused);
	tap_ok(fine >= EACH, "and inside it is, %ld times", fine);
	unlink("out/a");
	rmdir("out");
	unlink("in/sub");
	unlink("in/sub/a");
	unlink("in/sub/kept");
	unlink("in/sub/link");
	unlink("in/kept/a");
	unlink("in/kept/kept");
	rmdir("in/sub");
	rmdir("in/kept");
	tap_ok(!rmdir("in"), "nothing else is left");
}

/* --- attributes --- */

#if defined(__linux__) && !defined(POSIX_ONLY)
/* acl(5): version 2; u::rw-, u:1:r--, g::---, m::rw-, o::--- */
static const unsigned char acl[] = "\2\0\0\0"
				   "\1\0\6\0\377\377\377\377"
				   "\2\0\4\0\1\0\0\0"
				   "\4\0\0\0\377\377\377\377"
				   "\20\0\6\0\377\377\377\377"
				   "\40\0\0\0\377\377\377\377";

static bool
has_attribute(const char *path, const char *name, const void *want, size_t n)
{
	char got[128];
	ssize_t len = getxattr(path, name, got, sizeof got);

	return want ? len == (ssize_t)n && !memcmp(got, want, n) : len < 0;
}

static void
test_attributes(void)
{
	const size_t n = sizeof acl - 1;
	struct err e;

	files_write("a", "old", 0600);
	if (setxattr("a", "user.x", "1\0002", 3, 0) ||
	    setxattr("a", "system.posix_acl_access", acl, n, 0)) {
		tap_ok(true, "F18: # SKIP no attributes here");
		unlink("a");
		return;
	}
	tap_ok(!edit("a", "new", &e) && files_hold("a", "new") &&
		has_attribute("a", "user.x", "1\0002", 3) &&
		has_attribute("a", "system.posix_acl_access", acl, n) &&
		files_mode("a") == 0660,
	    "F18: attributes and the list of access stay: %s", e.text);
	unlink("a");
	mkdir("sub", 0700);
	files_write("sub/a", "old", 0640);
	setxattr("sub", "system.posix_acl_default", acl, n, 0);
	tap_ok(!edit("sub/a", "new", &e) &&
		has_attribute("sub/a", "system.posix_acl_access", NULL, 0) &&
		files_mode("sub/a") == 0640,
	    "F18: and the folder's does not come to it: %s", e.text);
	unlink("sub/a");
	rmdir("sub");
}
#else
static void
test_attributes(void)
{
}
#endif

static void
test_owner(void)
{
	struct stat st;
	struct err e;

	if (geteuid() != 0)
		return;
	mkdir("sub", 02777);
	files_write("sub/a", "old", 0640);
	if (chown("sub/a", 1, 2) || chown("sub", 0, 3))
		abort();
	tap_ok(!edit("sub/a", "new", &e) && !stat("sub/a", &st) &&
		st.st_uid == 1 && st.st_gid == 2 && files_mode("sub/a") == 0640,
	    "F18: owner and group stay, in a set-group-ID folder too: %s",
	    e.text);
	unlink("sub/a");
	rmdir("sub");
}

/* --- backups --- */

static int
edit_saving(const char *path, const char *suffix, struct err *e)
{
	struct file_edit f = { .temp = &temp, .suffix = suffix };
	int got;

	*e = (struct err)ERR_NONE;
	got = file_edit_open(&f, path, MAX, e) ? (int)e->status : 0;
	if (!got && file_edit_commit(&f, STR("new"), e))
		got = (int)e->status;
	file_edit_close(&f);
	return got;
}

static void
test_backup(void)
{
	struct timespec old[2] = { { 7, 8 }, { 9, 10 } };
	struct stat st;
	struct err e;

	files_write("a", "old", 0604);
	utimensat(AT_FDCWD, "a", old, 0);
	tap_ok(!edit_saving("a", ".bak", &e) && files_hold("a", "new") &&
		files_hold("a.bak", "old") && files_mode("a.bak") == 0604 &&
		!stat("a.bak", &st) && st.st_mtim.tv_sec == 9 &&
		st.st_mtim.tv_nsec == 10 && st.st_nlink == 1 &&
		files_count() == 2,
	    "F38: the old text stays beside, as old as it is: %s", e.text);
	files_write("a", "older", 0600);
	tap_ok(!edit_saving("a", ".bak", &e) && files_hold("a.bak", "older") &&
		files_mode("a.bak") == 0600 && files_count() == 2,
	    "F38: over an older one");
	tap_ok(!edit_saving("a", ".bak", &e) && files_hold("a.bak", "older"),
	    "nothing to change is nothing to save");
	unlink("a.bak");
	files_write("b", "other", 0600);
	files_write("a", "old", 0600);
	make_link("b", "a.bak");
	tap_ok(edit_saving("a", ".bak", &e) == ST_OUTPUT &&
		strstr(e.text, "no regular file") && files_hold("b", "other") &&
		is_link("a.bak") && files_hold("a", "old"),
	    "F38: no link is followed: %s", e.text);
	unlink("a.bak");
	mkdir("a.bak", 0700);
	tap_ok(
	    edit_saving("a", ".bak", &e) == ST_OUTPUT && files_hold("a", "old"),
	    "F38: no folder is replaced");
	rmdir("a.bak");
	tap_ok(edit_saving("a", "/x", &e) == ST_USAGE &&
		edit_saving("a", "", &e) == ST_USAGE && files_hold("a", "old"),
	    "what is no suffix");
	unlink("a");
	unlink("b");
}

/* --- full --- */

static int
be_limited(void *suffix)
{
	struct rlimit few = { 2, 2 };
	struct err e;

	signal(SIGXFSZ, SIG_IGN);
	if (setrlimit(RLIMIT_FSIZE, &few))
		return 70;
	return edit_saving("a", suffix, &e) == ST_OUTPUT &&
		!strcmp(e.text, "cannot write 'a': File too large")
	    ? 0
	    : 1;
}

static void
test_limits(void)
{
	files_write("a", "old", 0600);
	tap_int(files_end(files_start(be_limited, NULL)), 0,
	    "F7: a file that would be too large");
	tap_int(files_end(files_start(be_limited, "~")), 0, "and a backup");
	tap_ok(files_hold("a", "old") && files_count() == 1,
	    "leaves all as it was");
	unlink("a");
}

/* --- for others to kill --- */

static void
on_signal(int number)
{
	file_replace_abandon(&temp);
	signal(number, SIG_DFL);
	raise(number);
}

static int
edit_file(const char *path, const char *text, const char *suffix)
{
	struct file_edit f = { .temp = &temp, .suffix = suffix };
	struct err e = ERR_NONE;
	int got = 0;

	signal(SIGINT, on_signal);
	signal(SIGTERM, on_signal);
	signal(SIGHUP, on_signal);
	if (file_edit_open(&f, path, MAX, &e) ||
	    file_edit_commit(&f, str_of(text), &e))
		got = (int)e.status;
	file_edit_close(&f);
	if (got)
		fprintf(stderr, "%s\n", e.text);
	return got;
}

int
main(int argc, char **argv)
{
	if (argc > 3 && !strcmp(argv[1], "edit"))
		return edit_file(argv[2], argv[3], argv[4]);
	files_enter();
	test_edit();
	test_text();
	test_unchanged();
	test_names();
	test_kinds();
	test_permissions();
	test_flags();
	test_links();
	test_links_out();
	test_meanwhile();
	test_folder_moved();
	test_touched();
	test_two();
	test_race();
	test_attributes();
	test_owner();
	test_backup();
	test_limits();
	files_leave();
	return tap_done();
}
