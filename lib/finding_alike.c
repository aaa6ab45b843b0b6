/* finding - of what is alike in a file, which one is it? */
#include "finding_alike.h"

#include "mem.h"

void
finding_alike_add(struct finding_alike *a, uint64_t hash, size_t at)
{
	a->items = mem_grow(a->items, &a->capacity, a->n + 1, sizeof *a->items);
	a->items[a->n++] = (struct finding_alike_item){ at, hash };
}

static int
by_place(const void *a, const void *b)
{
	const struct finding_alike_item *x = a, *y = b;

	return (x->at > y->at) - (x->at < y->at);
}

static int
by_hash(const void *a, const void *b)
{
	const struct finding_alike_item *x = a, *y = b;

	if (x->hash != y->hash)
		return x->hash < y->hash ? -1 : 1;
	return by_place(a, b);
}

void
finding_alike_count(struct finding_alike *a)
{
	size_t n = 0, kept = 0;
	uint64_t hash = 0;

	if (a->n)
		qsort(a->items, a->n, sizeof *a->items, by_hash);
	for (size_t i = 0; i < a->n; i++) {
		struct finding_alike_item each = a->items[i];

		n = i && each.hash == hash ? n + 1 : 0;
		hash = each.hash;
		if (n)
			a->items[kept++] = (struct finding_alike_item){ each.at,
				n };
	}
	a->n = kept;
	if (kept)
		qsort(a->items, kept, sizeof *a->items, by_place);
	a->is_counted = true;
}

size_t
finding_alike_before(const struct finding_alike *a, size_t at)
{
	const struct finding_alike_item key = { at, 0 }, *found;

	found = a->n ? bsearch(&key, a->items, a->n, sizeof key, by_place)
		     : NULL;
	return found ? (size_t)found->hash : 0;
}

void
finding_alike_done(struct finding_alike *a)
{
	free(a->items);
	*a = (struct finding_alike){ 0 };
}
