/* dmr-embed: the best records so far. */
#include <math.h>

#include "mem.h"
#include "near.h"

void
near_top_init(struct near_top *top, size_t max, double min)
{
	*top = (struct near_top){ .max = max,
		.least = nextafterf((float)min, -INFINITY) };
	top->hits = mem_new(max, sizeof *top->hits);
}

static bool
is_worse(const struct near_hit *a, const struct near_hit *b)
{
	return a->score < b->score || (a->score == b->score && a->at > b->at);
}

static void
swap(struct near_hit *a, struct near_hit *b)
{
	struct near_hit kept = *a;

	*a = *b;
	*b = kept;
}

static void
sift_up(struct near_hit *hits, size_t i)
{
	while (i && is_worse(&hits[i], &hits[(i - 1) / 2])) {
		swap(&hits[i], &hits[(i - 1) / 2]);
		i = (i - 1) / 2;
	}
}

static void
sift_down(struct near_hit *hits, size_t n)
{
	for (size_t i = 0, child; (child = 2 * i + 1) < n; i = child) {
		if (child + 1 < n && is_worse(&hits[child + 1], &hits[child]))
			child++;
		if (!is_worse(&hits[child], &hits[i]))
			return;
		swap(&hits[child], &hits[i]);
	}
}

/* Records come in their order: one as near as the worst is worse. */
void
near_top_add(struct near_top *top, const struct near_hit *hit)
{
	if (!(hit->score > top->least))
		return;
	if (top->n < top->max) {
		top->hits[top->n] = *hit;
		sift_up(top->hits, top->n++);
	} else {
		top->hits[0] = *hit;
		sift_down(top->hits, top->n);
	}
	if (top->n == top->max)
		top->least = top->hits[0].score;
}

static int
by_score(const void *a, const void *b)
{
	return is_worse(a, b) ? 1 : -1; /* no two are at one place */
}

static int
by_place(const void *a, const void *b)
{
	const struct near_hit *left = a, *right = b;

	return left->at < right->at ? -1 : 1;
}

void
near_top_sort(struct near_top *top)
{
	qsort(top->hits, top->n, sizeof *top->hits, by_score);
}

void
near_top_sort_by_place(struct near_top *top)
{
	qsort(top->hits, top->n, sizeof *top->hits, by_place);
}

void
near_top_done(struct near_top *top)
{
	free(top->hits);
	*top = (struct near_top){ 0 };
}
