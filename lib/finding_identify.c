/*
 * finding - the fingerprint, by which a finding is known again.
 *
 * It is made of what stays when lines are added above or the words change.
 * Of findings that are alike in one file, each has its number.
 */
#include "crypto.h"
#include "finding_parts.h"
#include "mem.h"

enum { SEEN_MIN = 64 };

/* Of the findings of one file: how often one of that hash came; 0: free. */
struct finding_seen {
	uint64_t hash;
	size_t count;
};

static struct finding_seen *
seen_slot(struct finding_report *r, uint64_t hash)
{
	size_t at = hash & (r->seen_capacity - 1);

	while (r->seen[at].count && r->seen[at].hash != hash)
		at = (at + 1) & (r->seen_capacity - 1);
	return &r->seen[at];
}

/* Keep it at most half full. */
static void
make_room(struct finding_report *r)
{
	struct finding_seen *old = r->seen;
	size_t n = r->seen_capacity;

	if (r->nseen < n / 2)
		return;
	r->seen_capacity = n ? 2 * n : SEEN_MIN;
	r->seen = mem_new(r->seen_capacity, sizeof *r->seen);
	for (size_t i = 0; i < n; i++)
		if (old[i].count)
			*seen_slot(r, old[i].hash) = old[i];
	free(old);
}

/* How many of that hash came before in this file. */
static size_t
count_before(struct finding_report *r, uint64_t path, uint64_t hash)
{
	struct finding_seen *slot;

	if (path != r->seen_path) {
		free(r->seen);
		r->seen = NULL;
		r->nseen = r->seen_capacity = 0;
		r->seen_path = path;
	}
	make_room(r);
	slot = seen_slot(r, hash);
	r->nseen += !slot->count;
	slot->hash = hash;
	return slot->count++;
}

void
finding_identify(struct finding_report *r, struct finding *f)
{
	char number[32], hex[CRYPTO_SHA256_HEX + 1];
	struct str parts[] = { finding_path(f), str_of(f->category),
		str_of(f->rule), f->symbol, str_trim(f->line_text),
		{ number, 0 } };
	uint64_t path = str_hash(STR_HASH, parts[0]), hash = path;

	if (f->fingerprint[0])
		return;
	for (size_t i = 1; i < countof(parts) - 1; i++)
		hash = str_hash(hash, parts[i]);
	parts[countof(parts) - 1].len = (size_t)snprintf(
	    number, sizeof number, "%zu", count_before(r, path, hash));
	crypto_sha256_list(parts, countof(parts), hex);
	memcpy(f->fingerprint, hex, sizeof f->fingerprint - 1);
}
