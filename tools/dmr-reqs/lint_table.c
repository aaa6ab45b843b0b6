/* dmr-reqs: numbers by the hash of something, in one array. */
#include "lint_table.h"

#include "mem.h"

enum { TABLE_MIN = 64 };

struct lint_slot {
	uint64_t key;
	size_t value;
	bool is_used;
};

static struct lint_slot *
find(const struct lint_table *t, uint64_t key)
{
	uint64_t at = (key ^ key >> 32) & (t->capacity - 1);

	while (t->slots[at].is_used && t->slots[at].key != key)
		at = (at + 1) & (t->capacity - 1);
	return &t->slots[at];
}

/* Keep it at most half full. */
static void
make_room(struct lint_table *t)
{
	struct lint_table old = *t;

	if (t->n < t->capacity / 2)
		return;
	t->capacity = old.capacity ? 2 * old.capacity : TABLE_MIN;
	t->slots = mem_new(t->capacity, sizeof *t->slots);
	for (size_t i = 0; i < old.capacity; i++)
		if (old.slots[i].is_used)
			*find(t, old.slots[i].key) = old.slots[i];
	free(old.slots);
}

size_t *
lint_table_at(struct lint_table *t, uint64_t key)
{
	struct lint_slot *slot;

	make_room(t);
	slot = find(t, key);
	t->n += !slot->is_used;
	slot->is_used = true;
	slot->key = key;
	return &slot->value;
}

size_t
lint_table_get(const struct lint_table *t, uint64_t key)
{
	return t->capacity ? find(t, key)->value : 0;
}

void
lint_table_done(struct lint_table *t)
{
	free(t->slots);
	*t = (struct lint_table){ 0 };
}
