/* sample - arrays: of a length, of different elements. */
#include "sample_set.h"

static struct sample_set
items_of(const struct sample_set *set, size_t index)
{
	struct sample_set items = { 0 };

	for (size_t i = 0; i < set->n; i++) {
		const struct tree_node *first = sample_keyword(
		    set->all[i], "prefixItems");
		const struct tree_node *item = NULL;

		if (first && first->kind == SPAN_ARRAY && index < first->count)
			for (size_t k = 0; k <= index; k++)
				item = tree_next(first, item);
		else
			item = sample_keyword(set->all[i], "items");
		sample_set_add(&items, item);
	}
	return items;
}

static size_t
count_first(const struct sample_set *set)
{
	size_t n = 0;

	for (size_t i = 0; i < set->n; i++) {
		const struct tree_node *first = sample_keyword(
		    set->all[i], "prefixItems");

		if (first && first->kind == SPAN_ARRAY && first->count > n)
			n = first->count;
	}
	return n;
}

/* How many elements "contains" asks for. */
static size_t
count_contained(const struct sampler *s, const struct sample_set *set)
{
	size_t n = 0;

	for (size_t i = 0; i < set->n && !s->is_loose; i++) {
		struct sample_set one = { .n = 1, .all = { set->all[i] } };
		size_t least = sample_least(&one, "minContains");

		if (!sample_keyword(set->all[i], "contains"))
			continue;
		if (!sample_keyword(set->all[i], "minContains"))
			least = 1;
		n = least > n ? least : n;
	}
	return n;
}

/* Elements, each of another variant from the first on if step is 1. */
static bool
write_items(struct sampler *s, const struct sample_set *set, size_t n,
    size_t step, struct str hint)
{
	size_t variant = s->variant, contained = count_contained(s, set);
	bool found = true;

	json_open(&s->json, '[');
	for (size_t i = 0; i < n && found; i++) {
		struct sample_set item = items_of(set, i);

		for (size_t k = 0; k < set->n && n - i <= contained; k++)
			sample_set_add(
			    &item, sample_keyword(set->all[k], "contains"));
		found = sample_any(s, item, hint);
		s->variant += step;
	}
	json_close(&s->json, ']');
	s->variant = variant;
	return found;
}

/* The variants of a number are not all different: others are tried, then. */
static bool
sample_items(
    struct sampler *s, const struct sample_set *set, size_t n, struct str hint)
{
	enum { TRIES = 4 };
	struct sample_mark mark = sample_mark(s);
	size_t variant = s->variant;
	bool found = false;

	if (s->is_loose || !sample_is_true(set, "uniqueItems"))
		return write_items(s, set, n, 0, hint);
	for (size_t i = 0; i < TRIES && !found; i++) {
		sample_back(s, mark);
		s->variant = variant + i;
		found = write_items(s, set, n, 1, hint) &&
		    sample_is_distinct(s, mark.len);
	}
	s->variant = variant;
	return found;
}

/* One element, or as many as there must be; none if that is not possible. */
bool
sample_array(struct sampler *s, const struct sample_set *set, struct str hint)
{
	size_t least = sample_least(set, "minItems");
	size_t most = sample_most(set, "maxItems");
	size_t n = count_first(set), contained = count_contained(s, set);
	struct sample_mark mark = sample_mark(s);

	least = contained > least ? contained : least;
	n = n > least ? n : least;
	n = n ? n : s->depth < SAMPLE_DEPTH_WISHED;
	n = n < most ? n : most;
	if (least > most || n > SAMPLE_ITEMS_MAX)
		return false;
	if (sample_items(s, set, n, hint))
		return true;
	sample_back(s, mark);
	return n && !least && sample_items(s, set, 0, hint);
}
