/*
 * dmr-reqs: which EARS pattern a requirement is worded in.
 *
 * Where F, while ST, when T or if C then, the S shall R: clauses in this
 * order, each ended by a comma, then the subject.
 */
#include "lint_parts.h"

enum { WHERE, WHILE, WHEN, IF, NKEYWORDS };

static const char *const keywords[NKEYWORDS] = { "where", "while", "when",
	"if" };
static const int patterns[NKEYWORDS] = { PATTERN_OPTIONAL, PATTERN_STATE,
	PATTERN_EVENT, PATTERN_UNWANTED };

/* What begins a clause, too, but none of EARS. */
static const char *const others[] = { "after", "as", "before", "during", "for",
	"in", "once", "unless", "until", "upon", "whenever" };

static int
keyword_at(const struct tokens *t, size_t i)
{
	for (int k = 0; k < NKEYWORDS; k++)
		if (token_is(t, i, keywords[k]))
			return k;
	return -1;
}

static bool
begins_otherwise(const struct tokens *t, size_t i)
{
	for (size_t k = 0; k < countof(others); k++)
		if (token_is(t, i, others[k]))
			return true;
	return false;
}

/* Do tokens [from, end) say anything?  An article alone does not. */
static bool
has_words(const struct tokens *t, size_t from, size_t end)
{
	for (size_t i = from; i < end; i++)
		if (t->items[i].kind != TOKEN_MARK && !token_is(t, i, "a") &&
		    !token_is(t, i, "an") && !token_is(t, i, "the") &&
		    !token_is(t, i, "and"))
			return true;
	return false;
}

/* The clauses of a sentence as far as they were read. */
struct clauses {
	size_t n;
	int last;      /* keyword of the last one */
	size_t from;   /* what is behind it */
	size_t behind; /* its end; 0: not yet */
};

/* WHEN and IF stand in the same place. */
static bool
is_in_order(int before, int now)
{
	return now >= before || (before == IF && now == WHEN);
}

/* Token i of the sentence that begins at `from`.  -1: out of order, or the
 * clause before it is empty. */
static int
read_token(struct clauses *c, const struct tokens *t, size_t from, size_t i)
{
	bool begins = i == from || token_is_mark(t, i - 1, ',') ||
	    token_is(t, i - 1, "and");
	int k = begins ? keyword_at(t, i) : -1;
	bool ends = token_is_mark(t, i, ',') || token_is(t, i, "then");

	if (c->n && (k >= 0 || ends) && !has_words(t, c->from, i))
		return -1;
	if (k >= 0) {
		if (c->n ? !is_in_order(c->last, k) : i != from)
			return -1;
		*c = (struct clauses){
			.n = c->n + 1, .last = k, .from = i + 1
		};
	} else if (ends) {
		c->behind = i + 1;
	}
	return 0;
}

/* Where the last sentence before a token begins. */
static size_t
sentence(const struct tokens *t, size_t i)
{
	while (i && !token_is_mark(t, i - 1, '.'))
		i--;
	return i;
}

int
lint_tokens_pattern(const struct tokens *t)
{
	struct clauses c = { 0 };
	size_t modal = tokens_find_modal(t), from = sentence(t, modal);

	if (from == modal || token_is_end(t, modal + 1))
		return -1;
	for (size_t i = from; i < modal; i++)
		if (read_token(&c, t, from, i))
			return -1;
	if (!has_words(t, c.behind ? c.behind : from, modal) ||
	    (c.n && !c.behind) ||
	    (!c.n && c.behind && begins_otherwise(t, from)))
		return -1;
	if (!c.n)
		return PATTERN_UBIQUITOUS;
	return c.n > 1 ? PATTERN_COMPLEX : patterns[c.last];
}

int
lint_pattern(struct str text)
{
	struct tokens t = { 0 };
	int got;

	tokens_read(&t, text);
	got = lint_tokens_pattern(&t);
	tokens_done(&t);
	return got;
}
