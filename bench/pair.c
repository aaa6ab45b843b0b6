/*
 * pair - time two commands against each other.
 *
 *     pair ROUNDS A [ARG ...] -- B [ARG ...]
 *
 * Each round runs both, in an order drawn anew each time: a fixed order makes
 * two copies of one program differ by 15 %.  Standard input and output are
 * /dev/null.  Prints, tab-separated, the median of each command's wall clock
 * and processor time (its children's too) in microseconds, its largest
 * resident memory in KiB, and last the ratios A/B of the medians.
 */
#define _GNU_SOURCE
#include <fcntl.h>
#include <spawn.h>
#include <stdbool.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

enum { ROUNDS_MAX = 10000 };

struct side {
	char **argv;
	double wall_us[ROUNDS_MAX], cpu_us[ROUNDS_MAX];
	long rss_kib;
};

extern char **environ;

static double
now_us(void)
{
	struct timespec t;

	clock_gettime(CLOCK_MONOTONIC, &t);
	return (double)t.tv_sec * 1e6 + (double)t.tv_nsec / 1e3;
}

static double
time_us(struct timeval t)
{
	return (double)t.tv_sec * 1e6 + (double)t.tv_usec;
}

static void
run(struct side *s, int round, posix_spawn_file_actions_t *files)
{
	struct rusage use;
	double start = now_us();
	int status;
	pid_t pid;

	if (posix_spawnp(&pid, s->argv[0], files, NULL, s->argv, environ) ||
	    wait4(pid, &status, 0, &use) != pid || status != 0) {
		fprintf(stderr, "pair: '%s' failed\n", s->argv[0]);
		exit(1);
	}
	s->wall_us[round] = now_us() - start;
	s->cpu_us[round] = time_us(use.ru_utime) + time_us(use.ru_stime);
	if (use.ru_maxrss > s->rss_kib)
		s->rss_kib = use.ru_maxrss;
}

static int
compare(const void *a, const void *b)
{
	double x = *(const double *)a, y = *(const double *)b;

	return (x > y) - (x < y);
}

static double
median(double *values, int n)
{
	qsort(values, (size_t)n, sizeof *values, compare);
	return (values[(n - 1) / 2] + values[n / 2]) / 2;
}

static void
print_side(struct side *s, int n, double *wall, double *cpu)
{
	*wall = median(s->wall_us, n);
	*cpu = median(s->cpu_us, n);
	printf("%s\twall %.0f us\tcpu %.0f us\trss %ld KiB\n", s->argv[0],
	    *wall, *cpu, s->rss_kib);
}

int
main(int argc, char **argv)
{
	static struct side a, b;
	posix_spawn_file_actions_t files;
	int rounds = argc > 1 ? (int)strtol(argv[1], NULL, 10) : 0;
	double wall[2], cpu[2];
	int split = 2;

	while (split < argc && strcmp(argv[split], "--") != 0)
		split++;
	if (rounds < 1 || rounds > ROUNDS_MAX || split + 1 >= argc) {
		fprintf(stderr,
		    "usage: pair ROUNDS A [ARG ...] -- "
		    "B [ARG ...]\n");
		return 2;
	}
	argv[split] = NULL;
	a.argv = argv + 2;
	b.argv = argv + split + 1;
	posix_spawn_file_actions_init(&files);
	posix_spawn_file_actions_addopen(&files, 0, "/dev/null", O_RDONLY, 0);
	posix_spawn_file_actions_addopen(&files, 1, "/dev/null", O_WRONLY, 0);
	srandom((unsigned)time(NULL));
	for (int i = 0; i < rounds; i++) {
		bool a_first = random() & 1;

		run(a_first ? &a : &b, i, &files);
		run(a_first ? &b : &a, i, &files);
	}
	print_side(&a, rounds, &wall[0], &cpu[0]);
	print_side(&b, rounds, &wall[1], &cpu[1]);
	printf(
	    "ratio\twall %.3f\tcpu %.3f\n", wall[0] / wall[1], cpu[0] / cpu[1]);
	return 0;
}
