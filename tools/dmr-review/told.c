/* dmr-review: what was told of a section, so that nothing is told twice. */
#include "told.h"

#include "mem.h"

enum { SLOTS_MIN = 16 };

struct told_slot {
	uint64_t hash;
	enum finding_severity worst;
	bool is_taken;
};

static struct told_slot *
find(const struct told *s, uint64_t hash)
{
	size_t at = hash & (s->capacity - 1);

	while (s->slots[at].is_taken && s->slots[at].hash != hash)
		at = (at + 1) & (s->capacity - 1);
	return &s->slots[at];
}

/* Keep it at most half full. */
static void
make_room(struct told *s)
{
	struct told_slot *old = s->slots;
	size_t n = s->capacity;

	if (s->n < n / 2)
		return;
	s->capacity = n ? 2 * n : SLOTS_MIN;
	s->slots = mem_new(s->capacity, sizeof *s->slots);
	for (size_t i = 0; i < n; i++)
		if (old[i].is_taken)
			*find(s, old[i].hash) = old[i];
	free(old);
}

bool
told_of_what(const struct finding *f)
{
	return !f->is_unplaced || !str_is_blank(f->quote);
}

bool
told_add(struct told *s, const struct finding *f)
{
	uint64_t hash = str_hash(STR_HASH, str_of(f->fingerprint));
	struct told_slot *slot;

	if (!told_of_what(f))
		return true;
	make_room(s);
	slot = find(s, hash);
	if (slot->is_taken && f->severity <= slot->worst)
		return false;
	s->n += !slot->is_taken;
	*slot = (struct told_slot){ hash, f->severity, true };
	return true;
}

void
told_done(struct told *s)
{
	free(s->slots);
	*s = (struct told){ 0 };
}
