/* dmr-review: how much a quote that stands nowhere is like a line. */
#include "anchor_parts.h"

#include "mem.h"

/* The words of a text, sorted, each once. */
struct word {
	uint64_t hash;
	size_t count, left; /* how often; not found yet in round `round` */
	size_t round;
};

struct words {
	struct word *words;
	size_t n, total, capacity, round;
};

bool
anchor_is_word(char c)
{
	unsigned char byte = (unsigned char)c;

	return byte >= 0x80 || c == '_' || (c >= '0' && c <= '9') ||
	    (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
}

/* Cut the next word off; false: there is none. */
static bool
next_word(struct str *rest, uint64_t *hash)
{
	size_t n = 0;

	while (rest->len && *rest->data == ' ')
		*rest = str_skip(*rest, 1);
	if (!rest->len)
		return false;
	while (n < rest->len && anchor_is_word(rest->data[n]))
		n++;
	n += n == 0;
	*hash = str_hash(STR_HASH, (struct str){ rest->data, n });
	*rest = str_skip(*rest, n);
	return true;
}

static int
compare(const void *a, const void *b)
{
	const struct word *x = a, *y = b;

	return (x->hash > y->hash) - (x->hash < y->hash);
}

static void
words_read(struct words *w, struct str text)
{
	uint64_t hash;
	size_t n = 0;

	while (next_word(&text, &hash)) {
		w->words = mem_grow(
		    w->words, &w->capacity, w->total + 1, sizeof *w->words);
		w->words[w->total++] = (struct word){ hash, 1, 0, 0 };
	}
	if (w->total)
		qsort(w->words, w->total, sizeof *w->words, compare);
	for (size_t i = 0; i < w->total; i++)
		if (n > 0 && w->words[n - 1].hash == w->words[i].hash)
			w->words[n - 1].count++;
		else
			w->words[n++] = w->words[i];
	w->n = n;
}

/* How many of the words the text has, one that is there twice counted twice
 * if the text has it twice. */
static size_t
words_in(struct words *w, struct str text)
{
	uint64_t hash;
	size_t found = 0;

	w->round++;
	while (next_word(&text, &hash)) {
		struct word key = { .hash = hash }, *word = NULL;

		if (w->n)
			word = bsearch(
			    &key, w->words, w->n, sizeof key, compare);
		if (!word)
			continue;
		if (word->round != w->round) {
			word->round = w->round;
			word->left = word->count;
		}
		if (word->left > 0) {
			word->left--;
			found++;
		}
	}
	return found;
}

size_t
anchor_lacks_words(struct str text, struct str words, size_t *of)
{
	struct words w = { 0 };
	size_t lacks;

	words_read(&w, words);
	lacks = w.total - words_in(&w, text);
	*of = w.total;
	free(w.words);
	return lacks;
}

/* To the words of each run of lines add those that line k of the quote has in
 * common with its line k. */
static void
add_scores(
    struct words *w, size_t k, const struct str *lines, size_t n, size_t *score)
{
	for (size_t i = 0; i < n; i++)
		score[i + ANCHOR_QUOTE_MAX - k] += words_in(w, lines[i]);
}

/* With one of the ways to read the quote. */
static bool
is_most_alike(const struct anchors *a, const struct anchor_quote *q,
    size_t line, size_t way)
{
	size_t n = a->nlines + ANCHOR_QUOTE_MAX, best_here = 0, best = 0;
	size_t nremoved = a->nremoved + ANCHOR_QUOTE_MAX;
	size_t *score = mem_new(n + nremoved, sizeof *score);

	for (size_t k = 0; k < q->nlines; k++) {
		struct words w = { 0 };

		words_read(&w, q->lines[k].words[way]);
		add_scores(&w, k, a->index->lines, a->nlines, score);
		add_scores(&w, k, a->index->removed, a->nremoved, score + n);
		free(w.words);
	}
	/* The run that begins at line i has score i + ANCHOR_QUOTE_MAX. */
	for (size_t i = 0; i < n + nremoved; i++) {
		bool is_here = i <= line + ANCHOR_QUOTE_MAX &&
		    i + q->nlines > line + ANCHOR_QUOTE_MAX;
		size_t *most = is_here ? &best_here : &best;

		*most = score[i] > *most ? score[i] : *most;
	}
	free(score);
	return best_here >= best;
}

bool
anchor_is_most_alike(
    const struct anchors *a, const struct anchor_quote *q, size_t line)
{
	for (size_t way = 0; way < ANCHOR_WAYS; way++)
		if (!is_most_alike(a, q, line, way))
			return false;
	return true;
}
