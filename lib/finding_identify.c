/*
 * finding - the fingerprint, by which a finding is known again.
 *
 * It is made of what stays when lines are added above or the words change.
 * Of findings that are alike in one file, each has its number, and a file may
 * come again: a series of diffs changes it more than once.
 */
#include "crypto.h"
#include "finding_parts.h"
#include "mem.h"

enum { SEEN_MIN = 64 };

/* On how many lines of a file a finding of that hash was; 0: free.  place: of the
 * last one. */
struct finding_seen {
	uint64_t hash;
	size_t count;
	size_t line, start;
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

/* A line says the same once, but of each symbol there; without a line, a
 * quote. */
static bool
is_same_place(const struct finding_seen *slot, const struct finding *f)
{
	if (!slot->count || slot->line != f->line)
		return false;
	if (!f->line)
		return f->quote.len > 0;
	return !f->symbol.len || slot->start == f->start;
}

/* One blank for each run of white space, none at the ends. */
static void
add_plain(struct buf *out, struct str text)
{
	text = str_trim(text);
	for (size_t i = 0; i < text.len; i++) {
		char c = text.data[i];

		if (c != ' ' && c != '\t' && c != '\r' && c != '\n')
			buf_add_char(out, c);
		else if (out->len && out->data[out->len - 1] != ' ')
			buf_add_char(out, ' ');
	}
	buf_add_char(out, '\n');
}

/* A place that can be: no line before the first, no end before the start. */
static void
settle(struct finding *f)
{
	if (f->is_unplaced)
		f->line = 0;
	if (f->end_line < f->line || !f->line)
		f->end_line = f->line;
	if (!f->line || (f->end_line == f->line && f->end < f->start))
		f->start = f->end = 0;
}

bool
finding_identify(struct finding_report *r, struct finding *f)
{
	char number[32], hex[CRYPTO_SHA256_HEX + 1];
	struct buf plain = { 0 };
	struct str parts[] = { finding_path(f->path), str_of(f->category),
		str_of(f->rule), f->symbol, { 0 }, { number, 0 } };
	uint64_t hash = STR_HASH;
	struct finding_seen *slot;
	bool is_new;

	settle(f);
	if (f->fingerprint[0])
		return true;
	add_plain(&plain, f->line ? f->above : (struct str){ 0 });
	add_plain(&plain, f->line ? f->line_text : f->quote);
	add_plain(&plain, f->line ? f->below : (struct str){ 0 });
	parts[4] = buf_str(&plain);
	for (size_t i = 0; i < countof(parts) - 1; i++)
		hash = str_hash(hash, parts[i]);
	make_room(r);
	slot = seen_slot(r, hash);
	is_new = !is_same_place(slot, f);
	r->nseen += !slot->count;
	slot->hash = hash;
	slot->count += is_new;
	slot->line = f->line;
	slot->start = f->start;
	parts[5].len = (size_t)snprintf(
	    number, sizeof number, "%zu", slot->count - 1);
	crypto_sha256_list(parts, countof(parts), hex);
	memcpy(f->fingerprint, hex, sizeof f->fingerprint - 1);
	buf_done(&plain);
	return is_new;
}
