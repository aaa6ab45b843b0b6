/*
 * lint_tokens - the words of a text, and the lists of words that rules know.
 *
 * A text becomes tokens: words, numbers and marks.  What stands in quotes or
 * in a code span is a token, too, but none that these functions find by what
 * it says: it is somebody else's word.
 */
#ifndef LINT_TOKENS_H
#define LINT_TOKENS_H

#include "buf.h"
#include "lint_table.h"

enum token_kind {
	TOKEN_WORD,
	TOKEN_NUMBER, /* it begins with a digit: "5", "200ms", "2-hour" */
	TOKEN_MARK,
};

struct token {
	uint32_t start, end; /* bytes of the text */
	enum token_kind kind;
	char mark; /* '.' ends a sentence; '$' is money of any kind */
	bool is_quoted;
	bool is_first; /* of a sentence */
};

/* {0} is an empty text. */
struct tokens {
	struct str text;
	struct buf lower; /* the same bytes, ASCII in lower case */
	struct token *items;
	size_t n, capacity;
};

/* The tokens of a text, below 4 GiB, take the place of those before. */
void tokens_read(struct tokens *, struct str text);
void tokens_done(struct tokens *);

/* As it stands, and in lower case; i is below n. */
struct str token_text(const struct tokens *, size_t i);
struct str token_lower(const struct tokens *, size_t i);

/* For any i: is it such a token, and not in quotes? */
bool token_is(const struct tokens *, size_t i, const char *word);
bool token_is_mark(const struct tokens *, size_t i, char mark);
bool token_is_end(const struct tokens *, size_t i);      /* of a sentence */
bool token_is_modal(const struct tokens *, size_t i);    /* "shall", "must" */
bool token_is_negative(const struct tokens *, size_t i); /* "not", "never" */
bool token_is_name(const struct tokens *, size_t i);     /* "Simple Mail" */
bool token_is_acronym(const struct tokens *, size_t i);  /* "TLS", "VMs" */

/* The first modal verb; n: there is none. */
size_t tokens_find_modal(const struct tokens *);

/* --- lists of words; lint_words.c has them --- */

enum {
	WORDS_VAGUE = 1 << 0,
	WORDS_OPEN = 1 << 1,
	WORDS_ESCAPE = 1 << 2,
	WORDS_HOLE = 1 << 3,
	WORDS_FINE = 1 << 4,
	WORDS_VERB = 1 << 5,
	WORDS_VERB_OR_NOUN = 1 << 6,
	WORDS_OBJECT = 1 << 7,
	WORDS_ALLOWS = 1 << 8,
	WORDS_SUBORDINATE = 1 << 9,
	WORDS_PRONOUN = 1 << 10,
	WORDS_PARTICIPLE = 1 << 11,
	WORDS_ADJECTIVE = 1 << 12,
	WORDS_CONDITION = 1 << 13,
	WORDS_NUMBER = 1 << 14,
	WORDS_UNIT = 1 << 15,
	WORDS_OFTEN = 1 << 16,
	WORDS_REFERENCE = 1 << 17,
	WORDS_STANDARD = 1 << 18,
	WORDS_TECHNOLOGY = 1 << 19,
	WORDS_ACRONYM = 1 << 20,
	WORDS_STOP = 1 << 21,
	WORDS_BRAND = 1 << 22,
	WORDS_ANY = (1 << 23) - 1,
	WORDS_WEAK = WORDS_VAGUE | WORDS_OPEN | WORDS_ESCAPE | WORDS_HOLE |
	    WORDS_FINE,
};

struct words {
	unsigned list;
	const char *words; /* divided by ", "; in lower case */
};

extern const struct words words_lists[];
extern const size_t words_nlists;

/* All lists, to be looked up in; lint_table_done() frees it. */
void words_read(struct lint_table *);
/* One entry more: the tokens of a text. */
void words_add(struct lint_table *, const struct tokens *, unsigned list);

/*
 * The longest entry of one of these lists that begins at token i, which may be
 * any: the lists that it is in, and how many tokens it has; 0: none.
 */
unsigned words_find(const struct lint_table *, const struct tokens *, size_t i,
    unsigned lists, size_t *n);
/* Is the token an entry of one of these lists? */
bool words_have(
    const struct lint_table *, const struct tokens *, size_t i, unsigned lists);

#endif
