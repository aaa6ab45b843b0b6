/*
 * cache_test - an answer that comes out of a cache is the one that went in.
 *
 * With --whole 64 processes store 10,000 answers each, instead of 8 of them
 * 100: some minutes.
 */
#include <errno.h>
#include <fcntl.h>
#include <ftw.h>
#include <signal.h>
#include <sys/ptrace.h>
#include <sys/resource.h>

#include "cache.h"
#include "files.h"
#include "random.h"

#define KEY "0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef"
#define SUB "cache/01"
#define ENTRY \
	SUB "/23456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef"

/* --- words --- */

static int
remove_one(const char *path, const struct stat *st, int kind, struct FTW *at)
{
	(void)st;
	(void)kind;
	(void)at;
	return remove(path);
}

/* Make the folder "cache" as if it had never been. */
static void
forget(void)
{
	nftw("cache", remove_one, 16, FTW_DEPTH | FTW_PHYS);
}

static struct cache
open_cache(void)
{
	struct cache c;
	struct err e = ERR_NONE;

	if (cache_open(&c, "cache", &e)) {
		tap_note("%s", e.text);
		abort();
	}
	return c;
}

/* Store an answer under KEY, as another run would. */
static bool
put(struct str answer)
{
	struct cache c = open_cache();
	struct err e = ERR_NONE;
	bool fine = !cache_put(&c, KEY, answer, &e);

	cache_close(&c);
	return fine;
}

/* Does another run get this answer of KEY?  NULL: none. */
static bool
gives(const char *want)
{
	struct cache c = open_cache();
	struct str answer;
	bool is_there = cache_get(&c, KEY, &answer);
	bool fine = want ? is_there && str_is(answer, want) : !is_there;

	cache_close(&c);
	return fine;
}

/* How many files were left aside in the folder. */
static int
count_aside(void)
{
	DIR *d = opendir("cache");
	const struct dirent *entry;
	int n = 0;

	while (d && (entry = readdir(d)))
		n += entry->d_name[0] == '.' && strlen(entry->d_name) > 2;
	if (d)
		closedir(d);
	return n;
}

/* Will it not be opened, for this reason? */
static bool
refuses(const char *path, const char *why)
{
	struct cache c;
	struct err e = ERR_NONE;
	struct str answer;
	bool fine = cache_open(&c, path, &e) == -1 && e.status == ST_OUTPUT &&
	    !strcmp(e.text, why) && !cache_is_open(&c);

	/* What is not open has nothing, and takes nothing. */
	fine = fine && !cache_get(&c, KEY, &answer) &&
	    !cache_put(&c, KEY, STR("text"), &e);
	cache_close(&c);
	if (!fine)
		tap_note("%s: %s", path, e.text);
	return fine;
}

/* --- what goes in comes out --- */

static void
test_answers(void)
{
	static const char odd[] = "\0\xff\n\r\n";
	struct buf large = { 0 };
	struct cache c = open_cache();
	struct err e = ERR_NONE;
	struct str answer,
	    what[] = { STR("text"), STR(""), { odd, sizeof odd - 1 },
		    { NULL, CACHE_ANSWER_MAX } };

	buf_room(&large, CACHE_ANSWER_MAX + 1);
	memset(large.data, 'x', CACHE_ANSWER_MAX + 1);
	what[3].data = large.data;
	tap_ok(!cache_get(&c, KEY, &answer), "an empty cache has no answer");
	for (size_t i = 0; i < countof(what); i++)
		tap_case(!cache_put(&c, KEY, what[i], &e) &&
			cache_get(&c, KEY, &answer) &&
			str_equal(answer, what[i]),
		    "answer %zu", i);
	tap_all("an answer comes out as it went in, the last one counts");
	what[3].len++;
	tap_ok(!cache_put(&c, KEY, what[3], &e) &&
		cache_get(&c, KEY, &answer) && answer.len == CACHE_ANSWER_MAX,
	    "one that is too large is not stored");
	cache_close(&c);
	buf_done(&large);
	forget();
}

/* --- keys --- */

static bool
is_same_key(const struct str *a, size_t na, const struct str *b, size_t nb)
{
	char one[CACHE_KEY_SIZE], two[CACHE_KEY_SIZE];

	cache_key(one, a, na);
	cache_key(two, b, nb);
	return !strcmp(one, two);
}

static void
test_bytes(void)
{
	uint64_t state = 1;
	char text[3][64], other[64];
	struct str a[3], b[3];

	for (int round = 0; round < 2000; round++) {
		size_t part = random_next(&state) % 3, at;

		for (size_t i = 0; i < 3; i++) {
			a[i].data = text[i];
			a[i].len = 1 + random_next(&state) % sizeof text[i];
			for (size_t k = 0; k < a[i].len; k++)
				text[i][k] = (char)random_next(&state);
		}
		memcpy(b, a, sizeof b);
		tap_case(is_same_key(a, 3, b, 3), "one list, two keys");
		at = random_next(&state) % a[part].len;
		memcpy(other, text[part], sizeof other);
		other[at] = (char)(other[at] ^ (1 << random_next(&state) % 8));
		b[part].data = other;
		tap_case(
		    !is_same_key(a, 3, b, 3), "byte %zu of part %zu", at, part);
		b[part] = (struct str){ a[part].data, a[part].len - 1 };
		tap_case(!is_same_key(a, 3, b, 3), "part %zu is shorter", part);
	}
	tap_all("Q4: requests that differ in one byte have no key in common");
}

static void
test_borders(void)
{
	static const struct {
		struct str parts[3];
		size_t n;
	} lists[] = {
		{ { { NULL, 0 } }, 0 },
		{ { { "", 0 } }, 1 },
		{ { { "", 0 }, { "", 0 } }, 2 },
		{ { { "abc", 3 } }, 1 },
		{ { { "abc", 3 }, { "", 0 } }, 2 },
		{ { { "", 0 }, { "abc", 3 } }, 2 },
		{ { { "a", 1 }, { "bc", 2 } }, 2 },
		{ { { "ab", 2 }, { "c", 1 } }, 2 },
		{ { { "a", 1 }, { "b", 1 }, { "c", 1 } }, 3 },
		/* What looks like a length, and what follows one. */
		{ { { "a\0\0\0\0\0\0\0\1b", 10 } }, 1 },
		{ { { "a", 1 }, { "b", 1 } }, 2 },
	};

	for (size_t i = 0; i < countof(lists); i++)
		for (size_t k = 0; k < i; k++)
			tap_case(!is_same_key(lists[i].parts, lists[i].n,
				     lists[k].parts, lists[k].n),
			    "%zu and %zu", i, k);
	tap_all("Q4: where a part ends counts");
}

static void
test_key(void)
{
	char key[CACHE_KEY_SIZE];

	/* printf '\0\0\0\0\0\0\0\3abc\0\0\0\0\0\0\0\0' | sha256sum */
	cache_key(key, (struct str[]){ STR("abc"), { NULL, 0 } }, 2);
	tap_is(str_of(key),
	    "f5a934b5ab96157b46905e4dec48ff81"
	    "75fe8926c36ec293b98c8fbd0886171b",
	    "a key stays what it is");
}

/* --- entries that are none --- */

static void
write_entry(struct str bytes)
{
	int fd = open(ENTRY, O_WRONLY | O_CREAT | O_TRUNC, 0600);

	if (fd < 0 || file_write(fd, bytes) || close(fd))
		abort();
}

static struct str
read_entry(struct buf *out)
{
	struct err e;

	buf_clear(out);
	if (file_read(ENTRY, BUF_MAX, out, &e))
		abort();
	return buf_str(out);
}

static void
test_bad_entries(void)
{
	struct buf good = { 0 }, bad = { 0 };
	struct str entry;

	put(STR("the answer"));
	entry = read_entry(&good);
	for (size_t i = 0; i < entry.len; i++) {
		write_entry((struct str){ entry.data, i });
		tap_case(gives(NULL), "cut to %zu bytes", i);
		buf_clear(&bad);
		buf_add(&bad, entry);
		bad.data[i] = (char)(bad.data[i] ^ 1);
		write_entry(buf_str(&bad));
		tap_case(gives(NULL), "byte %zu is flipped", i);
	}
	buf_clear(&bad);
	buf_add(&bad, entry);
	buf_add_char(&bad, '\n');
	write_entry(buf_str(&bad));
	tap_case(gives(NULL), "a byte more");
	write_entry(entry);
	tap_case(gives("the answer"), "it is as it was");
	tap_all("Q3: an entry that was cut, emptied or changed is none");

	bad.data[strlen("dmr-cache ")] = '0';
	write_entry((struct str){ bad.data, entry.len });
	tap_ok(gives(NULL), "Q3: one of an older form is none");
	tap_ok(put(STR("anew")) && gives("anew"), "Q3: it is replaced");
	buf_done(&good);
	buf_done(&bad);
	forget();
}

static void
test_strange_entries(void)
{
	struct cache c;
	struct str answer;
	int fifo;

	put(STR("text"));
	c = open_cache();
	tap_case(!mkdir("cache/fe", 0700) &&
		!rename(ENTRY,
		    "cache/fe/"
		    "23456789abcdef0123456789abcdef0123456789abcdef0123456789"
		    "abcdef"),
	    "cannot be moved");
	tap_case(!cache_get(&c,
		     "fe23456789abcdef0123456789abcdef0123456789abcdef01234567"
		     "89abcdef",
		     &answer),
	    "another key's");
	cache_close(&c);
	tap_case(!mkdir(ENTRY, 0700) && gives(NULL), "a folder");
	tap_case(
	    !rmdir(ENTRY) && !mkfifo(ENTRY, 0600) && gives(NULL), "a FIFO");
	fifo = open(ENTRY, O_RDWR);
	tap_case(fifo >= 0 && gives(NULL), "a FIFO that somebody writes");
	close(fifo);
	tap_case(put(STR("anew")) && gives("anew"), "it is replaced");
	tap_all("Q3: what is no entry is none, and is not waited for");
	forget();
}

/* --- whose it is --- */

static void
test_modes(void)
{
	static const mode_t masks[] = { 0, 022, 077, 0777 };

	for (size_t i = 0; i < countof(masks); i++) {
		mode_t old = umask(masks[i]);

		tap_case(put(STR("text")) && gives("text"), "umask %o: works",
		    (unsigned)masks[i]);
		tap_case(files_mode("cache") == 0700 &&
			files_mode(SUB) == 0700 && files_mode(ENTRY) == 0600,
		    "umask %o: %o, %o, %o", (unsigned)masks[i],
		    (unsigned)files_mode("cache"), (unsigned)files_mode(SUB),
		    (unsigned)files_mode(ENTRY));
		tap_case(umask(old) == masks[i], "the umask is as it was");
		forget();
	}
	tap_all("Q1: folders are 0700 and files 0600, whatever the umask");
}

static void
test_folders(void)
{
	static const char no_link[] =
	    "cache: cannot use 'cache': a symbolic link is not followed here";
	struct cache c;
	struct err e = ERR_NONE;

	mkdir("real", 0700);
	if (symlink("real", "cache"))
		abort();
	tap_ok(refuses("cache", no_link), "Q1: a link to a folder is refused");
	tap_ok(refuses("cache//", no_link), "Q1: also with slashes behind it");
	unlink("cache");
	tap_int(rmdir("real"), 0, "and nothing is written behind it");
	files_write("cache", "", 0600);
	tap_ok(refuses("cache", "cache: cannot use 'cache': Not a directory"),
	    "a file is refused");
	unlink("cache");
	tap_ok(refuses("none/cache",
		   "cache: cannot use 'none/cache': No such file or directory"),
	    "the folder it lies in must be there");
	mkdir("cache", 0700);
	for (int i = 0; i < 2; i++) {
		chmod("cache", i ? 0720 : 0702);
		tap_ok(refuses("cache",
			   "cache: cannot use 'cache': others may write it; "
			   "try: chmod go-w"),
		    "Q1: one that others may write is refused");
	}
	chmod("cache", 0755);
	tap_ok(
	    !cache_open(&c, "cache/", &e), "one that others may read is not");
	cache_close(&c);
	forget();
}

static void
test_owners(void)
{
	if (geteuid() != 0)
		return;
	mkdir("cache", 0700);
	tap_ok(!chown("cache", FILES_NOBODY, FILES_NOBODY) &&
		refuses("cache",
		    "cache: cannot use 'cache': it belongs to somebody else"),
	    "Q1: a folder of another owner is refused");
	forget();
	put(STR("text"));
	tap_ok(!chown(ENTRY, FILES_NOBODY, FILES_NOBODY) && gives(NULL),
	    "Q1: a file of another owner is no entry");
	tap_ok(put(STR("anew")) && gives("anew"), "and is replaced");
	tap_ok(!chown(SUB, FILES_NOBODY, FILES_NOBODY) && gives(NULL) &&
		!put(STR("text")),
	    "Q1: a folder in it of another owner is not used");
	forget();
}

static void
test_links(void)
{
	struct buf entry = { 0 };

	put(STR("text"));
	read_entry(&entry);
	files_write("elsewhere", entry.data, 0600);
	unlink(ENTRY);
	tap_ok(!symlink("../../elsewhere", ENTRY) && gives(NULL),
	    "Q1: a link is no entry");
	tap_ok(put(STR("anew")) && gives("anew") &&
		files_hold("elsewhere", entry.data),
	    "Q1: it is replaced, and what it points to is not written");
	tap_ok(!rename(SUB, "real") && !symlink("../real", SUB) &&
		gives(NULL) && !put(STR("text")),
	    "Q1: a folder in it that is a link is not used");
	unlink(SUB);
	rename("real", SUB);
	tap_ok(gives("anew"), "what lies there is as it was");
	unlink("elsewhere");
	buf_done(&entry);
	forget();
}

/* --- what cannot be written --- */

/* A put fails once, with this error, and then does nothing. */
static int
put_in_vain(void *error)
{
	struct cache c = open_cache();
	struct err e = ERR_NONE, none = ERR_NONE;
	struct str answer;
	char want[ERR_TEXT_MAX];
	bool fine;

	snprintf(want, sizeof want,
	    "cache: cannot write 'cache': %s; nothing more is stored",
	    strerror(*(int *)error));
	fine = cache_put(&c, KEY, STR("anew"), &e) == -1 &&
	    e.status == ST_OUTPUT && !strcmp(e.text, want) &&
	    !cache_put(&c, KEY, STR("anew"), &none) && !none.status &&
	    cache_get(&c, KEY, &answer) && str_is(answer, "text");
	if (!fine)
		tap_note("%s", e.text);
	fflush(stdout);
	cache_close(&c);
	return !fine;
}

static int
put_in_read_only(void *error)
{
	return !files_be_nobody() || put_in_vain(error);
}

static int
put_beyond_limit(void *error)
{
	struct rlimit none = { 0, RLIM_INFINITY };

	signal(SIGXFSZ, SIG_IGN);
	return setrlimit(RLIMIT_FSIZE, &none) || put_in_vain(error);
}

static void
test_read_only(void)
{
	int denied = EACCES;

	put(STR("text"));
	if (geteuid() == 0 &&
	    (chown(ENTRY, FILES_NOBODY, FILES_NOBODY) ||
		chown(SUB, FILES_NOBODY, FILES_NOBODY) ||
		chown("cache", FILES_NOBODY, FILES_NOBODY) || chmod(".", 0755)))
		abort();
	chmod(SUB, 0500);
	chmod("cache", 0500);
	tap_int(files_end(files_start(put_in_read_only, &denied)), 0,
	    "Q9: in a read-only folder hits work, storing fails once");
	chmod("cache", 0700);
	chmod(SUB, 0700);
	forget();
}

static void
test_full(void)
{
	int too_large = EFBIG;

	put(STR("text"));
	tap_int(files_end(files_start(put_beyond_limit, &too_large)), 0,
	    "Q6: where no byte can be written, storing fails once");
	tap_ok(gives("text") && count_aside() == 0,
	    "Q6: what was there is as it was, and nothing beside it");
	forget();
}

static void
test_times(void)
{
	static const struct timespec times[][2] = {
		{ { 0, 0 }, { 0, 0 } },
		{ { INT32_MAX, 0 }, { INT32_MAX, 0 } },
	};

	put(STR("text"));
	for (size_t i = 0; i < countof(times); i++)
		tap_ok(!utimensat(AT_FDCWD, ENTRY, times[i], 0) &&
			!utimensat(AT_FDCWD, SUB, times[i], 0) && gives("text"),
		    "Q10: an entry has no age");
	forget();
}

/* --- what is left aside --- */

static int
do_nothing(void *unused)
{
	(void)unused;
	return 0;
}

static void
test_left_over(void)
{
	pid_t gone = files_start(do_nothing, NULL);
	char left[64];

	put(STR("text"));
	tap_int(files_end(gone), 0, "a process is no more");
	snprintf(left, sizeof left, "cache/.dmr-%ld-0", (long)gone);
	files_write(left, "half", 0600);
	files_write("cache/.dmr-1-0", "of one that lives", 0600);
	files_write("cache/.dmr-x", "of somebody else", 0600);
	files_write("cache/.dmr-99999999999999999999-0", "no number", 0600);
	tap_ok(gives("text") && files_mode(left) == -1,
	    "Q8: what a process left that is no more is removed");
	tap_int(count_aside(), 3, "nothing else is");
	forget();
}

/* Store, and let the parent stop it at each system call. */
static int
store_traced(void *answer)
{
	struct cache c = open_cache();
	struct err e = ERR_NONE;
	int got;

	if (ptrace(PTRACE_TRACEME, 0, NULL, NULL) || raise(SIGSTOP))
		return 1;
	got = cache_put(&c, KEY, str_of(answer), &e);
	cache_close(&c);
	return got != 0;
}

/*
 * A process that stores the answer, stopped as often: before and after its
 * system calls.  0: it has come to its end before.
 */
static pid_t
stop_at(int n, char *answer)
{
	pid_t pid = files_start(store_traced, answer);
	int status;

	if (waitpid(pid, &status, 0) != pid || !WIFSTOPPED(status))
		abort();
	for (int i = 0; i < n; i++) {
		if (ptrace(PTRACE_SYSCALL, pid, NULL, NULL) ||
		    waitpid(pid, &status, 0) != pid)
			abort();
		if (!WIFSTOPPED(status))
			return 0;
	}
	return pid;
}

/* is_new: there was no entry; else there was one, of other length. */
static void
test_killed(bool is_new)
{
	char answer[] = "the new answer";
	pid_t pid;
	int n = 0, nstored = 0, naside = 0;

	for (;;) {
		if (!is_new)
			put(STR("old"));
		pid = stop_at(++n, answer);
		if (!pid)
			break;
		kill(pid, SIGKILL);
		tap_case(files_end(pid) == -1, "it lives");
		tap_case(
		    count_aside() <= 1, "stop %d: %d aside", n, count_aside());
		naside += count_aside();
		nstored += gives(answer);
		tap_case(gives(answer) || gives(is_new ? NULL : "old"),
		    "stop %d: half an entry", n);
		tap_case(count_aside() == 0, "stop %d: left aside", n);
		forget();
	}
	tap_case(gives(answer), "not killed, it stores");
	tap_case(nstored && nstored < n && naside, "killed %d times", n);
	tap_all(is_new ? "Q8: killed while storing, there is no half entry"
		       : "Q8: or while replacing one");
	forget();
}

/* As by one that runs in another container, and sees no such process. */
static void
test_robbed(void)
{
	char answer[] = "the answer", aside[64];
	pid_t pid;
	int n = 0, nrobbed = 0;

	while ((pid = stop_at(++n, answer)) != 0) {
		snprintf(aside, sizeof aside, "cache/.dmr-%ld-0", (long)pid);
		nrobbed += unlink(aside) == 0;
		tap_case(!ptrace(PTRACE_DETACH, pid, NULL, NULL) &&
			files_end(pid) == 0 && gives(answer),
		    "stop %d: not stored", n);
		forget();
	}
	tap_case(nrobbed > 0, "it was never aside");
	tap_all("a file that is removed while it is written is written again");
	forget();
}

/* --- many at once --- */

struct load {
	int nprocesses, nkeys;
};

/* The answer that process `me` stores: its number, again and again. */
static struct str
fill_answer(int me, int key, struct buf *out)
{
	buf_clear(out);
	for (int i = 0; i <= (me * 7 + key) % 300; i++)
		buf_add_format(out, "%d,", me);
	return buf_str(out);
}

/* Is it the whole answer of one of the processes? */
static bool
is_whole(const struct load *load, int key, struct str answer, struct buf *text)
{
	int me = answer.len ? (int)strtol(answer.data, NULL, 10) : -1;

	return me >= 0 && me < load->nprocesses &&
	    str_equal(answer, fill_answer(me, key, text));
}

static void
number_key(char key[CACHE_KEY_SIZE], int number)
{
	struct str part = { (const char *)&number, sizeof number };

	cache_key(key, &part, 1);
}

struct storer {
	const struct load *load;
	int me;
};

static int
store_all(void *argument)
{
	const struct storer *s = argument;
	struct buf text = { 0 };
	struct cache c = open_cache();
	struct err e = ERR_NONE;
	int bad = 0;

	for (int i = 0; i < s->load->nkeys; i++) {
		char key[CACHE_KEY_SIZE];
		struct str answer;

		number_key(key, i);
		bad += cache_put(&c, key, fill_answer(s->me, i, &text), &e) ||
		    !cache_get(&c, key, &answer) ||
		    !is_whole(s->load, i, answer, &text);
	}
	cache_close(&c);
	buf_done(&text);
	return bad != 0;
}

static void
test_many(struct load load)
{
	enum { PROCESSES_MAX = 64 };

	struct storer storers[PROCESSES_MAX];
	pid_t pids[PROCESSES_MAX];
	struct buf text = { 0 };
	struct cache c;

	for (int i = 0; i < load.nprocesses; i++) {
		storers[i] = (struct storer){ &load, i };
		pids[i] = files_start(store_all, &storers[i]);
	}
	for (int i = 0; i < load.nprocesses; i++)
		tap_case(files_end(pids[i]) == 0, "process %d failed", i);
	c = open_cache();
	for (int i = 0; i < load.nkeys; i++) {
		char key[CACHE_KEY_SIZE];
		struct str answer;

		number_key(key, i);
		tap_case(cache_get(&c, key, &answer) &&
			is_whole(&load, i, answer, &text),
		    "key %d", i);
	}
	tap_case(count_aside() == 0, "something is left aside");
	tap_all("Q2: of many that store the same at once each entry is whole");
	cache_close(&c);
	buf_done(&text);
	forget();
}

int
main(int argc, char **argv)
{
	bool whole = argc > 1 && !strcmp(argv[1], "--whole");

	files_enter();
	test_answers();
	test_bytes();
	test_borders();
	test_key();
	test_bad_entries();
	test_strange_entries();
	test_modes();
	test_folders();
	test_owners();
	test_links();
	test_read_only();
	test_full();
	test_times();
	test_left_over();
	test_killed(true);
	test_killed(false);
	test_robbed();
	test_many(whole ? (struct load){ 64, 10000 } : (struct load){ 8, 100 });
	files_leave();
	return tap_done();
}
