/*
 * first - the time from a program's start to its first byte on standard output.
 *
 *     first ROUNDS COMMAND [ARG ...]
 *
 * It is killed then.  Prints the least and the median time in microseconds.
 */
#define _GNU_SOURCE
#include <signal.h>
#include <spawn.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

enum { ROUNDS_MAX = 10000 };

extern char **environ;

static double
now_us(void)
{
	struct timespec t;

	clock_gettime(CLOCK_MONOTONIC, &t);
	return (double)t.tv_sec * 1e6 + (double)t.tv_nsec / 1e3;
}

static double
run(char **argv)
{
	posix_spawn_file_actions_t files;
	double start = now_us();
	int ends[2];
	pid_t pid;
	char byte;

	if (pipe(ends))
		exit(1);
	posix_spawn_file_actions_init(&files);
	posix_spawn_file_actions_adddup2(&files, ends[1], 1);
	posix_spawn_file_actions_addclose(&files, ends[0]);
	posix_spawn_file_actions_addclose(&files, ends[1]);
	if (posix_spawnp(&pid, argv[0], &files, NULL, argv, environ))
		exit(1);
	close(ends[1]);
	if (read(ends[0], &byte, 1) != 1)
		exit(1);
	start = now_us() - start;
	kill(pid, SIGKILL);
	waitpid(pid, NULL, 0);
	close(ends[0]);
	posix_spawn_file_actions_destroy(&files);
	return start;
}

static int
compare(const void *a, const void *b)
{
	double x = *(const double *)a, y = *(const double *)b;

	return (x > y) - (x < y);
}

int
main(int argc, char **argv)
{
	static double us[ROUNDS_MAX];
	int n = argc > 2 ? (int)strtol(argv[1], NULL, 10) : 0;

	if (n < 1 || n > ROUNDS_MAX) {
		fprintf(stderr, "usage: first ROUNDS COMMAND [ARG ...]\n");
		return 2;
	}
	for (int i = 0; i < n; i++)
		us[i] = run(argv + 2);
	qsort(us, (size_t)n, sizeof *us, compare);
	printf(
	    "%s\tleast %.0f us\tmedian %.0f us\n", argv[2], us[0], us[n / 2]);
	return 0;
}
