/*
 * dmr-reqs: which texts say nearly the same.
 *
 * A text is the set of its words and of its pairs of words, those aside that
 * say nothing.  Two are the same when two thirds of all that they have is in
 * both, and no number and no "not" is in one alone; nine tenths, when each has
 * a word that the other lacks.
 *
 * Who has two thirds in common has one of the rarest third in common, too, so
 * only these are in an index, and only the last CANDIDATES_MAX texts that it
 * names are compared.  A text that is the same as another is not in it.
 */
#include "lint_parts.h"
#include "mem.h"

enum { CANDIDATES_MAX = 64 };

/* The last bits of a feature say what it is. */
enum { PAIR, WORD, SIGN, KINDS };

struct lint_feature {
	uint64_t key;
	size_t count; /* in how many texts it is */
};

/* --- the features of a text --- */

static void
add(struct lint_same *s, uint64_t hash, unsigned kind)
{
	size_t *end = &s->ends[s->ntexts - 1];

	s->features = mem_grow(
	    s->features, &s->capacity, *end + 1, sizeof *s->features);
	s->features[(*end)++].key = (hash & ~(uint64_t)KINDS) | kind;
}

void
lint_same_begin(struct lint_same *s)
{
	size_t end = s->ntexts ? s->ends[s->ntexts - 1] : 0;

	s->ends = mem_grow(
	    s->ends, &s->ends_capacity, s->ntexts + 1, sizeof *s->ends);
	s->ends[s->ntexts++] = end;
}

/* Without the end of a plural. */
static struct str
stem(struct str word)
{
	if (str_ends(word, "'s"))
		word.len -= 2;
	else if (word.len > 3 && str_ends(word, "s") && !str_ends(word, "ss"))
		word.len--;
	return word;
}

void
lint_same_add(struct lint_same *s, const struct lint *l)
{
	const struct tokens *t = &l->tokens;
	uint64_t before = 0;

	for (size_t i = 0; i < t->n; i++) {
		struct str word = stem(token_lower(t, i));
		bool is_sign = t->items[i].kind == TOKEN_NUMBER ||
		    token_is_negative(t, i) || token_is(t, i, "no");

		if (t->items[i].kind == TOKEN_MARK ||
		    (!is_sign && words_have(&l->words, t, i, WORDS_STOP)))
			continue;
		add(s, str_hash(STR_HASH, word), is_sign ? SIGN : WORD);
		if (before)
			add(s, str_hash(before, word), PAIR);
		before = str_hash(STR_HASH, word);
	}
}

/* --- in the order of their rarity --- */

static int
by_key(const void *a, const void *b)
{
	const struct lint_feature *x = a, *y = b;

	return (x->key > y->key) - (x->key < y->key);
}

static int
by_count(const void *a, const void *b)
{
	const struct lint_feature *x = a, *y = b;

	if (x->count != y->count)
		return x->count < y->count ? -1 : 1;
	return by_key(a, b);
}

struct set {
	const struct lint_feature *items;
	size_t n;
};

static struct set
set_of(const struct lint_same *s, size_t i)
{
	size_t from = i ? s->ends[i - 1] : 0;

	return (struct set){ s->features + from, s->ends[i] - from };
}

/* Each of them once in a text. */
static void
make_sets(struct lint_same *s)
{
	size_t from = 0, n = 0;

	for (size_t i = 0; i < s->ntexts; i++) {
		size_t end = s->ends[i], first = n;

		if (end > from)
			qsort(s->features + from, end - from,
			    sizeof *s->features, by_key);
		for (; from < end; from++)
			if (n == first ||
			    s->features[n - 1].key != s->features[from].key)
				s->features[n++] = s->features[from];
		s->ends[i] = n;
	}
}

static void
sort_sets(struct lint_same *s)
{
	struct lint_table counts = { 0 };
	size_t n = s->ntexts ? s->ends[s->ntexts - 1] : 0;

	for (size_t i = 0; i < n; i++)
		++*lint_table_at(&counts, s->features[i].key);
	for (size_t i = 0; i < n; i++)
		s->features[i].count = lint_table_get(
		    &counts, s->features[i].key);
	lint_table_done(&counts);
	for (size_t i = 0; i < s->ntexts; i++) {
		struct set set = set_of(s, i);

		if (set.n)
			qsort((void *)set.items, set.n, sizeof *set.items,
			    by_count);
	}
}

/* --- are two the same? --- */

/* What is in one alone is counted by its kind. */
struct rest {
	size_t n, of_kind[KINDS + 1];
};

static void
count_rest(struct rest *rest, const struct lint_feature *feature)
{
	rest->n++;
	rest->of_kind[feature->key & KINDS]++;
}

static size_t
compare(struct set a, struct set b, struct rest *in_a, struct rest *in_b)
{
	size_t i = 0, k = 0, both = 0;

	while (i < a.n && k < b.n) {
		int order = by_count(&a.items[i], &b.items[k]);

		if (order < 0)
			count_rest(in_a, &a.items[i]);
		if (order > 0)
			count_rest(in_b, &b.items[k]);
		both += !order;
		i += order <= 0;
		k += order >= 0;
	}
	while (i < a.n)
		count_rest(in_a, &a.items[i++]);
	while (k < b.n)
		count_rest(in_b, &b.items[k++]);
	return both;
}

static bool
is_same(struct set a, struct set b)
{
	struct rest in_a = { 0 }, in_b = { 0 };
	size_t both = compare(a, b, &in_a, &in_b);
	size_t all = both + in_a.n + in_b.n;

	if (in_a.of_kind[SIGN] || in_b.of_kind[SIGN])
		return false;
	if (in_a.of_kind[WORD] && in_b.of_kind[WORD])
		return 10 * both >= 9 * all;
	return 3 * both >= 2 * all;
}

/* --- the index --- */

struct entry {
	size_t text, next; /* next: an entry, from 1 on; 0: none */
};

struct index {
	struct lint_table heads; /* feature: its newest entry, from 1 on */
	struct entry *entries;
	size_t n, capacity;
	size_t *seen; /* text: the last one it was compared with, from 1 on */
};

/* How many of the rarest are enough to find it by. */
static size_t
prefix(struct set set)
{
	return set.n - (2 * set.n + 2) / 3 + (set.n > 0);
}

static void
add_to_index(struct index *x, struct set set, size_t text)
{
	for (size_t i = 0; i < prefix(set); i++) {
		size_t *head = lint_table_at(&x->heads, set.items[i].key);

		x->entries = mem_grow(
		    x->entries, &x->capacity, x->n + 1, sizeof *x->entries);
		x->entries[x->n++] = (struct entry){ text, *head };
		*head = x->n;
	}
}

static size_t
find_same(
    struct index *x, const struct lint_same *s, struct set set, size_t text)
{
	size_t left = CANDIDATES_MAX;

	for (size_t i = 0; i < prefix(set); i++) {
		size_t at = lint_table_get(&x->heads, set.items[i].key);

		for (; x->entries && at && left;
		     at = x->entries[at - 1].next, left--) {
			size_t other = x->entries[at - 1].text;

			if (x->seen[other] == text + 1)
				continue;
			x->seen[other] = text + 1;
			if (is_same(set_of(s, other), set))
				return other + 1;
		}
	}
	return 0;
}

size_t *
lint_same_find(struct lint_same *s, size_t n)
{
	struct index x = { 0 };
	size_t *same = mem_new(n + 1, sizeof *same);

	if (!s->features)
		return same;
	make_sets(s);
	sort_sets(s);
	x.seen = mem_new(s->ntexts + 1, sizeof *x.seen);
	for (size_t i = 0; i < s->ntexts; i++) {
		struct set set = set_of(s, i);

		same[i] = find_same(&x, s, set, i);
		if (!same[i])
			add_to_index(&x, set, i);
	}
	lint_table_done(&x.heads);
	free(x.entries);
	free(x.seen);
	return same;
}

void
lint_same_done(struct lint_same *s)
{
	free(s->features);
	free(s->ends);
	*s = (struct lint_same){ 0 };
}
