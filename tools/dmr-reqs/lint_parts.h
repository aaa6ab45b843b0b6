/*
 * lint_parts - what the rules share, and what each file has of them.
 */
#ifndef LINT_PARTS_H
#define LINT_PARTS_H

#include "lint.h"
#include "lint_tokens.h"

/* Indexes into lint_rules. */
enum {
	R01,
	R02,
	R03,
	R04,
	R05,
	R06,
	R07,
	R08,
	R09,
	R10,
	R11,
	R12,
	R13,
	R14,
	R15,
};

/* Numbers that no id has, of things or of what was retired. */
struct gap {
	size_t first, last; /* 0: none */
};

struct lint {
	const struct document *document;
	enum lint_style style;
	void (*say)(void *owner, const struct lint_finding *);
	void *owner;
	struct lint_table words; /* of words_read() */
	struct lint_table known; /* words of the idea and of the glossary */
	struct lint_table terms; /* words of the glossary, explained ones */
	struct lint_table ids;   /* how often each is there */
	struct lint_table retired;
	struct lint_table stories; /* ids of theirs */
	struct tokens tokens;      /* of the text that is looked at */
	struct lint_finding here;  /* the thing that is looked at */
	const struct text *place;  /* its own: its id, or else a text */
};

/*
 * A finding of the thing that is looked at; text NULL: of its own place.  The
 * message goes on behind the id: "says 'fast', ...".
 */
void lint_say(struct lint *, int rule, const struct text *text, size_t start,
    size_t end, const char *format, ...) PRINTF_LIKE(6, 7);

/* --- lint_things.c --- */

void lint_things(struct lint *); /* what has an id */
void lint_components(struct lint *);
void lint_texts(struct lint *); /* summary, assumptions, glossary: R08 */

/* --- lint_sentence.c: of the tokens of a text --- */

void lint_weak_words(struct lint *, const struct text *); /* R02 */
/* R01, R03, R06, R11 and R12 */
void lint_sentence(struct lint *, const struct text *);
void lint_technology(struct lint *, const struct text *);    /* R10 */
void lint_abbreviations(struct lint *, const struct text *); /* R13 */

/* lint_pattern() of tokens. */
int lint_tokens_pattern(const struct tokens *);

/* --- lint_measure.c: is there a number with a unit, or as good? --- */

bool lint_is_measured(const struct lint *);

/* --- lint_ids.c: R08, R15 --- */

void lint_ids_read(struct lint *);
/* The id of the thing that is looked at, and the gap before it. */
void lint_id(struct lint *, const struct text *id, const struct gap *);
/* An id, or name, that must be a key of a table; what: "is no component". */
void lint_reference(struct lint *, const struct text *id,
    const struct lint_table *, const char *what);
/* Ids that were generated, behind the last one of each kind that is there. */
void lint_generated(struct lint *);
/* Ids that the tokens of a text name. */
void lint_mentions(struct lint *, const struct text *);
/* The gap before each thing of a list that has ids; free() it. */
struct gap *lint_gaps(
    const struct document *, const struct list *, const struct kind *);

/* --- lint_same.c: R07 --- */

/* Texts to compare, by what they have; see lint_same.c. */
struct lint_same {
	struct lint_feature *features; /* of all texts */
	size_t n, capacity;
	size_t *ends; /* where those of a text end */
	size_t ntexts, ends_capacity;
};

/* Begin a text, and add the tokens of what was read last to it. */
void lint_same_begin(struct lint_same *);
void lint_same_add(struct lint_same *, const struct lint *);
/* For each of n texts one before it that says the same, counted from 1; 0:
 * none.  n is what there is, or more.  free() it. */
size_t *lint_same_find(struct lint_same *, size_t n);
void lint_same_done(struct lint_same *);

#endif
