/* replay - which entry comes nearest to a request that has none. */
#include "replay.h"

#include "die.h"

/* The first value of b that a does not have so; NULL if they are the same. */
static const struct tree_node *
find_difference(const struct tree_node *a, const struct tree_node *b)
{
	const struct tree_node *x = NULL, *y = NULL, *found = NULL;

	if (!a || a->kind != b->kind)
		return b;
	if (tree_compare(a, b) == 0)
		return NULL;
	while (!found && (y = tree_next(b, y))) {
		if (b->kind == SPAN_OBJECT) {
			x = tree_find(a, tree_text(y));
			found = find_difference(x, y + 1);
		} else {
			x = tree_next(a, x);
			found = find_difference(x, y);
		}
	}
	return found ? found : b;
}

static size_t
common_len(struct str a, struct str b)
{
	size_t n = 0;

	while (n < a.len && n < b.len && a.data[n] == b.data[n])
		n++;
	return n;
}

static bool
has_target(const struct replay_entry *entry, const struct replay_asked *asked)
{
	return str_equal(
	    buf_str(&entry->asked.key.target), buf_str(&asked->key.target));
}

/* Of the same method and path the one whose body begins most alike; else one
 * of the same path; else NULL. */
static const struct replay_entry *
find_nearest(const struct mock_replay *r, const struct replay_asked *asked)
{
	const struct replay_entry *nearest = NULL;
	size_t best = 0;

	for (size_t i = 0; i < r->n; i++) {
		const struct replay_entry *entry = r->entries[i];
		size_t score = has_target(entry, asked);

		if (replay_is_for(&entry->asked, asked))
			score += 1 +
			    common_len(buf_str(&entry->asked.key.body),
				buf_str(&asked->key.body));
		if (score <= best)
			continue;
		best = score;
		nearest = entry;
	}
	return nearest;
}

/* " at .messages[0].content", or less. */
static void
say_place(
    const struct replay_asked *a, const struct replay_asked *b, struct buf *out)
{
	const struct tree_node *difference = NULL;

	if (a->json.n && b->json.n)
		difference = find_difference(a->json.nodes, b->json.nodes);
	if (!difference || difference == b->json.nodes) {
		buf_add_text(out, "in its body");
		return;
	}
	buf_add_text(out, "at ");
	tree_path(b->json.nodes, difference, out);
}

void
replay_explain(const struct mock_replay *r, const struct replay_asked *asked)
{
	const struct replay_entry *entry = find_nearest(r, asked);
	struct buf place = { .max = 512 };

	if (!entry) {
		buf_add_text(&place, "none has this path");
	} else if (!replay_is_for(&entry->asked, asked)) {
		buf_add_format(&place, "%s:%zu has another method", r->path,
		    entry->number);
	} else {
		buf_add_format(&place, "%s:%zu is nearest, and differs ",
		    r->path, entry->number);
		say_place(&entry->asked, asked, &place);
	}
	warn("no recording of %s %.200s: %s", asked->key.method.data,
	    asked->key.target.data, place.data);
	buf_done(&place);
}
