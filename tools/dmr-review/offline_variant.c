/* dmr-review: by what a secret is known that nobody may see. */
#include <stdlib.h>

#include "offline_parts.h"

enum { KEY_LINES = 64 }; /* of a private key, at most */

static uint64_t
add_all(uint64_t hash, const struct offline_secrets *s, struct str line)
{
	for (size_t i = 0; i < s->n; i++) {
		const struct offline_secret *each = &s->items[i];

		if (!each->is_doubtful)
			hash = str_hash(hash,
			    (struct str){ line.data + each->start,
				each->end - each->start });
	}
	return hash;
}

/* What of a private key stands on the lines below. */
static uint64_t
add_below(uint64_t hash, const struct offline_secrets *s,
    const struct offline_place *at)
{
	struct offline_secrets key = { .before = s->before };
	struct diff_lines below = *at->below;
	struct diff_line line;
	size_t hunk = at->hunk;

	for (int n = 0; n < KEY_LINES && key.before.in_key;) {
		if (!diff_lines_next(&below, &line)) {
			if (++hunk == at->file->nhunks ||
			    !offline_goes_on(at->file, hunk))
				break;
			below = diff_lines(&at->file->hunks[hunk]);
		} else if (line.kind != DIFF_REMOVED) {
			key.n = 0;
			offline_private_key(&key, line.text);
			hash = add_all(hash, &key, line.text);
			n++;
		}
	}
	free(key.items);
	return hash;
}

unsigned
offline_variant(const struct offline_secrets *s, struct str line,
    const struct offline_place *at)
{
	uint64_t hash = add_all(STR_HASH, s, line);

	if (s->before.in_key)
		hash = add_below(hash, s, at);
	/* The last byte of FNV-1a alone hangs on the last bits of each. */
	for (unsigned bits = 32; bits >= 8; bits /= 2)
		hash ^= hash >> bits;
	return 1 + (unsigned)(hash & 0xff);
}
