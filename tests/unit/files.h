/*
 * files - what tests of files share: a folder of their own, and processes.
 *
 *     files_enter();
 *     files_write("name", "text", 0644);
 *     pid = files_start(child, argument);
 *     tap_int(files_end(pid), 0, "the child is content");
 *     files_leave();
 */
#ifndef FILES_H
#define FILES_H

#include <dirent.h>
#include <sched.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

#include "file.h"
#include "tap.h"

enum { FILES_WAIT_S = 60, FILES_NOBODY = 65534 };

static char files_home[64];

/* A new folder, below $TMPDIR if that is short, as the working one. */
static inline void
files_enter(void)
{
	const char *tmp = getenv("TMPDIR");

	snprintf(files_home, sizeof files_home, "%s/dmr-test-XXXXXX",
	    tmp && strlen(tmp) < 40 ? tmp : "/tmp");
	if (!tap_ok(mkdtemp(files_home) && !chdir(files_home),
		"a folder to write in"))
		abort();
}

/* All that was made is gone again. */
static inline void
files_leave(void)
{
	tap_ok(!chdir("/") && !rmdir(files_home), "nothing is left behind");
}

/* Names in the folder. */
static inline int
files_count(void)
{
	DIR *d = opendir(".");
	int n = 0;

	while (d && readdir(d))
		n++;
	if (d)
		closedir(d);
	return n - 2;
}

static inline void
files_write(const char *path, const char *text, mode_t mode)
{
	FILE *f = fopen(path, "w");

	if (!f || fputs(text, f) == EOF || fclose(f) || chmod(path, mode))
		abort();
}

/* What stands in a file is exactly this. */
static inline bool
files_hold(const char *path, const char *want)
{
	struct buf out = { 0 };
	struct err e = ERR_NONE;
	bool same = !file_read(path, BUF_MAX, &out, &e) &&
	    str_is(buf_str(&out), want);

	buf_done(&out);
	return same;
}

/* Permissions; -1: there is no such file. */
static inline int
files_mode(const char *path)
{
	struct stat st;

	return stat(path, &st) ? -1 : (int)(st.st_mode & 07777);
}

/* Another process; it ends with what work() returns. */
static inline pid_t
files_start(int (*work)(void *), void *argument)
{
	pid_t pid;

	fflush(stdout);
	pid = fork();
	if (pid < 0)
		abort();
	if (pid == 0)
		_exit(work(argument));
	return pid;
}

/* Wait for its end; -1: a signal killed it. */
static inline int
files_end(pid_t pid)
{
	int status;

	if (waitpid(pid, &status, 0) != pid || !WIFEXITED(status))
		return -1;
	return WEXITSTATUS(status);
}

/* Be somebody whom permissions stop. */
static inline bool
files_be_nobody(void)
{
	return geteuid() != 0 ||
	    (!setgid(FILES_NOBODY) && !setuid(FILES_NOBODY));
}

/*
 * Let others work until the process sleeps: in the call that is said to
 * block.  Without /proc that is only hoped.
 */
static inline bool
files_wait_for_sleep(pid_t pid)
{
	time_t end = time(NULL) + FILES_WAIT_S;
	char path[64], text[512], state = 0;

	snprintf(path, sizeof path, "/proc/%ld/stat", (long)pid);
	while (state != 'S' && time(NULL) < end) {
		FILE *f = fopen(path, "r");
		const char *behind;

		sched_yield();
		if (!f)
			return true;
		behind = fgets(text, sizeof text, f) ? strrchr(text, ')') : "";
		fclose(f);
		if (behind && behind[0])
			state = behind[2];
	}
	return state == 'S';
}

#endif
