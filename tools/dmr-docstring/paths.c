/* dmr-docstring: a file that is named twice is one file. */
#include "mem.h"
#include "run.h"

struct path {
	const char *given;
	char *real; /* without links; of what is not there: as given */
	size_t turn;
};

static int
compare(const void *a, const void *b)
{
	const struct path *x = a, *y = b;
	int got = strcmp(x->real, y->real);

	return got ? got : (x->turn > y->turn) - (x->turn < y->turn);
}

/* Turn back into NULL what stood before in another guise. */
static void
find_again(const char **paths, struct path *all, size_t n)
{
	for (size_t i = 0; i < n; i++) {
		char *real = realpath(paths[i], NULL);

		all[i] = (struct path){ .given = paths[i],
			.real = real ? real : mem_copy(str_of(paths[i])),
			.turn = i };
	}
	qsort(all, n, sizeof *all, compare);
	for (size_t i = 1; i < n; i++)
		if (!strcmp(all[i - 1].real, all[i].real))
			paths[all[i].turn] = NULL;
}

void
run_unite_paths(struct run *run)
{
	size_t given = run->npaths;
	const char **paths = mem_new(given + 1, sizeof *paths);
	struct path *all = mem_new(given + 1, sizeof *all);

	for (size_t i = 0; i < given; i++)
		paths[i] = run->paths[i];
	find_again(paths, all, given);
	run->npaths = 0;
	for (size_t i = 0; i < given; i++) {
		if (paths[i])
			paths[run->npaths++] = paths[i];
		free(all[i].real);
	}
	free(all);
	run->paths = run->united = paths;
}
