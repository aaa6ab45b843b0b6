/* dmr-docstring: what stands too near to a wrong place of the source. */
#include "declaration_parts.h"
#include "mem.h"

struct error_place {
	size_t start, end;
	bool
	    is_error; /* an ERROR node, in which nothing counts; else: beside one */
};

/* The node before, of each depth. */
struct row {
	struct syntax_node *before; /* by depth */
	size_t capacity;
};

static void
add(struct errors *errors, struct syntax_node node, bool is_error)
{
	errors->places = mem_grow(errors->places, &errors->capacity,
	    errors->nplaces + 1, sizeof *errors->places);
	errors->places[errors->nplaces++] = (struct error_place){
		syntax_start(node), syntax_end(node), is_error
	};
}

/* Look at a node and the one before it, which have one parent. */
static void
look_at(struct errors *errors, struct row *row, const struct syntax_walk *w)
{
	struct syntax_node *before;

	row->before = mem_grow(
	    row->before, &row->capacity, w->depth + 2, sizeof *row->before);
	row->before[w->depth + 1] = (struct syntax_node){ 0 };
	if (!syntax_has_error(w->node) &&
	    (!syntax_is_named(w->node) || syntax_is_extra(w->node)))
		return;
	before = &row->before[w->depth];
	if (w->depth > 0 && syntax_is_node(*before)) {
		if (syntax_has_error(w->node))
			add(errors, *before, false);
		if (syntax_has_error(*before))
			add(errors, w->node, false);
	}
	if (syntax_is_error(w->node))
		add(errors, w->node, true);
	*before = w->node;
}

static int
compare(const void *a, const void *b)
{
	const struct error_place *x = a, *y = b;

	if (x->is_error != y->is_error)
		return x->is_error ? -1 : 1;
	if (x->start != y->start)
		return x->start < y->start ? -1 : 1;
	return (x->end > y->end) - (x->end < y->end);
}

void
errors_find(struct errors *errors, const struct source *source)
{
	struct syntax_node root = syntax_root(source->tree);
	struct syntax_walk w;
	struct row row = { 0 };

	if (!syntax_has_error(root))
		return;
	syntax_walk_open(&w, root);
	while (syntax_walk_next(&w)) {
		look_at(errors, &row, &w);
		if (!syntax_has_error(w.node) || syntax_is_error(w.node))
			syntax_walk_skip(&w);
	}
	syntax_walk_close(&w);
	free(row.before);
	if (errors->nplaces)
		qsort(errors->places, errors->nplaces, sizeof *errors->places,
		    compare);
}

/* The last place of its sort that begins at `start` or before it, or NULL. */
static const struct error_place *
last_before(const struct errors *errors, bool is_error, size_t start)
{
	size_t low = 0, high = errors->nplaces;

	while (low < high) {
		size_t middle = low + (high - low) / 2;
		const struct error_place *p = &errors->places[middle];

		if (p->is_error == is_error ? p->start <= start : p->is_error)
			low = middle + 1;
		else
			high = middle;
	}
	return low && errors->places[low - 1].is_error == is_error
	    ? &errors->places[low - 1]
	    : NULL;
}

bool
errors_touch(const struct errors *errors, const struct declaration *d)
{
	size_t start = syntax_start(d->node), end = syntax_end(d->node);
	const struct error_place *p;

	if (!errors->nplaces)
		return false;
	if (syntax_has_error(d->node))
		return true;
	p = last_before(errors, true, start);
	if (p && p->end >= end)
		return true;
	p = last_before(errors, false, start);
	for (; p && p >= errors->places && !p->is_error && p->start == start;
	     p--)
		if (p->end == end)
			return true;
	return false;
}

void
errors_done(struct errors *errors)
{
	free(errors->places);
	*errors = (struct errors){ 0 };
}
