/* dmr-reqs: what the words of a requirement say, and how. */
#include "lint_parts.h"

/* The words from token i to j are what is wrong: "says 'fast', ..." */
static void
say_words(struct lint *l, int rule, const struct text *text, size_t i, size_t j,
    const char *advice)
{
	size_t start = l->tokens.items[i].start, end = l->tokens.items[j].end;
	char *words = lint_shown(
	    (struct str){ text->data + start, end - start });

	lint_say(l, rule, text, start, end, "says '%s'%s", words, advice);
	free(words);
}

/* --- R02: words --- */

static const char *
weakness(unsigned list)
{
	if (list & WORDS_OPEN)
		return ": name all that there is";
	if (list & WORDS_ESCAPE)
		return ": say when";
	if (list & WORDS_HOLE)
		return ", so it is not finished";
	return ", which cannot be checked: say how much, or what";
}

/* "XX seconds": the number is not written yet. */
static bool
is_hole(const struct lint *l, size_t i)
{
	const struct tokens *t = &l->tokens;

	return (token_is(t, i, "x") || token_is(t, i, "xx")) &&
	    words_have(&l->words, t, i + 1, WORDS_UNIT);
}

void
lint_weak_words(struct lint *l, const struct text *text)
{
	const struct tokens *t = &l->tokens;
	size_t n;

	for (size_t i = 0; i < t->n; i += n) {
		unsigned list;

		n = 1;
		list = words_find(&l->words, t, i, WORDS_WEAK, &n);
		if (is_hole(l, i))
			say_words(l, R02, text, i, i, weakness(WORDS_HOLE));
		else if (list && !(list & WORDS_FINE) && !token_is_name(t, i))
			say_words(l, R02, text, i, i + n - 1, weakness(list));
	}
}

/* --- R01: shall --- */

static void
check_form(struct lint *l, const struct text *text, size_t modal)
{
	const struct tokens *t = &l->tokens;

	if (!t->n)
		lint_say(l, R01, text, 0, 0, "has no text");
	else if (l->style == STYLE_FREE)
		return;
	else if (modal == t->n)
		lint_say(l, R01, text, 0, 0, "has no 'shall' or 'must'");
	else if (l->style == STYLE_EARS && lint_tokens_pattern(t) < 0)
		lint_say(l, R01, text, 0, 0,
		    "has no pattern of EARS: Where ..., while ..., when ... or "
		    "if ..., the ... shall ...");
}

/* --- R03: two in one --- */

/* The reader of a text behind its first modal verb. */
struct clause {
	bool is_inner; /* in a clause or infinitive that has verbs of its own */
	bool is_ended; /* the sentence of the first modal verb */
	bool is_allows; /* its verb is one that lets others do things */
};

/* Does a verb stand at token i, as the second of two? */
static bool
is_verb(const struct lint *l, size_t i)
{
	const struct tokens *t = &l->tokens;

	if (words_have(&l->words, t, i, WORDS_VERB))
		return true;
	return words_have(&l->words, t, i, WORDS_VERB_OR_NOUN) &&
	    words_have(&l->words, t, i + 1, WORDS_OBJECT);
}

static void
follow(struct clause *c, const struct lint *l, size_t i)
{
	const struct tokens *t = &l->tokens;

	if (token_is_end(t, i)) {
		c->is_ended = true;
		c->is_inner = false;
	} else if (token_is_mark(t, i, ',')) {
		c->is_inner = false;
	} else if (words_have(&l->words, t, i, WORDS_ALLOWS)) {
		c->is_allows = true;
	} else if (words_have(&l->words, t, i, WORDS_SUBORDINATE)) {
		c->is_inner = true;
	} else if (token_is(t, i, "to")) {
		c->is_inner |= !c->is_allows &&
		    words_have(
			&l->words, t, i + 1, WORDS_VERB | WORDS_VERB_OR_NOUN);
	}
}

/* A second demand in the sentence of the first, or in one behind it. */
static bool
is_second_modal(
    const struct tokens *t, const struct clause *c, size_t modal, size_t i)
{
	return token_is_modal(t, i) && !c->is_inner &&
	    (c->is_ended ||
		str_equal(token_lower(t, i), token_lower(t, modal)));
}

static bool
is_as_well_as(const struct tokens *t, size_t i)
{
	return token_is(t, i, "as") && token_is(t, i + 1, "well") &&
	    token_is(t, i + 2, "as");
}

/* The token behind "and", "but also", ", then", ";" or "as well as"; n: none of
 * them is there. */
static size_t
behind_joint(const struct tokens *t, size_t i)
{
	bool is_semicolon = token_is_mark(t, i, '.') &&
	    token_text(t, i).data[0] == ';';

	if (is_as_well_as(t, i))
		return i + 3;
	if (token_is_mark(t, i, ','))
		return token_is(t, i + 1, "then") ? i + 2 : t->n;
	if (token_is(t, i, "but"))
		return token_is(t, i + 1, "also") ? i + 2 : t->n;
	if (!token_is(t, i, "and") && !is_semicolon)
		return t->n;
	i++;
	return i +
	    (token_is(t, i, "then") || token_is(t, i, "also") ||
		token_is(t, i, "additionally") ||
		token_is(t, i, "subsequently"));
}

/* "create, read, update and": three verbs or more that have one object */
static bool
is_enumerated(const struct lint *l, size_t i)
{
	const struct tokens *t = &l->tokens;
	const unsigned verbs = WORDS_VERB | WORDS_VERB_OR_NOUN;

	i -= i && token_is_mark(t, i - 1, ',');
	return i > 2 && words_have(&l->words, t, i - 1, verbs) &&
	    token_is_mark(t, i - 2, ',') &&
	    words_have(&l->words, t, i - 3, verbs);
}

static void
check_single(struct lint *l, const struct text *text, size_t modal)
{
	static const char advice[] =
	    ", which demands a second thing: make two of it";
	const struct tokens *t = &l->tokens;
	struct clause c = { 0 };

	for (size_t i = modal + 1; i < t->n; i++) {
		size_t second = behind_joint(t, i);
		bool was_ended = c.is_ended;

		if (!is_as_well_as(t, i))
			follow(&c, l, i);
		if (is_second_modal(t, &c, modal, i)) {
			say_words(l, R03, text, i, i, advice);
			return;
		}
		if (!was_ended && !c.is_inner && is_verb(l, second) &&
		    !is_enumerated(l, i)) {
			say_words(l, R03, text, i, second, advice);
			return;
		}
		i += is_as_well_as(t, i) ? 2 : 0;
	}
}

/* --- R06: passive --- */

static bool
is_adverb(const struct tokens *t, size_t i)
{
	struct str word;

	if (i >= t->n || t->items[i].is_quoted)
		return false;
	word = token_lower(t, i);
	return str_ends(word, "ly") || str_is(word, "not") ||
	    str_is(word, "never") || str_is(word, "also") ||
	    str_is(word, "always") || str_is(word, "only") ||
	    str_is(word, "then");
}

static bool
is_participle(const struct lint *l, size_t i)
{
	const struct tokens *t = &l->tokens;

	if (i >= t->n || t->items[i].is_quoted)
		return false;
	if (words_have(&l->words, t, i, WORDS_PARTICIPLE))
		return true;
	return t->items[i].kind == TOKEN_WORD &&
	    str_ends(token_lower(t, i), "ed") &&
	    !words_have(&l->words, t, i, WORDS_ADJECTIVE);
}

/* "by the shop", but not "by default", "by 10 %", "by clicking" */
static bool
names_actor(const struct tokens *t, size_t i)
{
	for (; !token_is_end(t, i); i++)
		if (token_is(t, i, "by") && i + 1 < t->n &&
		    t->items[i + 1].kind == TOKEN_WORD &&
		    !token_is(t, i + 1, "default") &&
		    !str_ends(token_lower(t, i + 1), "ing"))
			return true;
	return false;
}

static void
check_active(struct lint *l, const struct text *text, size_t modal)
{
	const struct tokens *t = &l->tokens;
	size_t be = modal + 1, i;

	while (is_adverb(t, be))
		be++;
	if (!token_is(t, be, "be"))
		return;
	for (i = be + 1; is_adverb(t, i); i++)
		;
	if (is_participle(l, i) && !names_actor(t, i + 1))
		say_words(l, R06, text, be, i, ", but not who or what does it");
}

/* --- R11, R12 --- */

static void
check_subject(struct lint *l, const struct text *text, size_t modal)
{
	if (modal &&
	    words_have(&l->words, &l->tokens, modal - 1, WORDS_PRONOUN))
		say_words(
		    l, R11, text, modal - 1, modal - 1, ": name what that is");
}

static void
check_prohibition(struct lint *l, const struct text *text, size_t modal)
{
	const struct tokens *t = &l->tokens;
	size_t last = modal + !token_is_negative(t, modal);

	if (!token_is_negative(t, last) || lint_is_measured(l))
		return;
	for (size_t i = 0; i < t->n; i++)
		if (words_have(&l->words, t, i, WORDS_CONDITION))
			return;
	say_words(l, R12, text, modal, last,
	    " always: say when, or what is done instead");
}

void
lint_sentence(struct lint *l, const struct text *text)
{
	size_t modal = tokens_find_modal(&l->tokens);

	check_form(l, text, modal);
	if (modal == l->tokens.n)
		return;
	check_single(l, text, modal);
	check_active(l, text, modal);
	check_subject(l, text, modal);
	check_prohibition(l, text, modal);
}

/* --- R10, R13: words that are not the reader's --- */

static bool
is_known(const struct lint_table *table, struct str word)
{
	return lint_table_get(table, str_hash(STR_HASH, word));
}

/* A brand is one if it is written so. */
static bool
is_technology(const struct tokens *t, size_t i, unsigned list)
{
	char c = token_text(t, i).data[0];

	return list & WORDS_TECHNOLOGY ||
	    (list & WORDS_BRAND && c >= 'A' && c <= 'Z');
}

void
lint_technology(struct lint *l, const struct text *text)
{
	const struct tokens *t = &l->tokens;
	size_t n;

	for (size_t i = 0; i < t->n; i += n) {
		unsigned list;

		n = 1;
		list = words_find(
		    &l->words, t, i, WORDS_TECHNOLOGY | WORDS_BRAND, &n);
		if (list && is_technology(t, i, list) &&
		    !is_known(&l->known, token_lower(t, i)))
			say_words(l, R10, text, i, i + n - 1,
			    ", which is how it is built: say what it does");
	}
}

static bool
is_shouted(const struct tokens *t)
{
	for (size_t i = 0; i < t->n; i++) {
		char c = token_text(t, i).data[0];

		if (c >= 'a' && c <= 'z')
			return false;
	}
	return true;
}

/* "Key Risk Indicator (KRI)", or "KRI (key risk indicator)" */
static bool
is_explained(const struct tokens *t, size_t i)
{
	return token_is_mark(t, i + 1, '(') ||
	    (i && token_is_mark(t, i - 1, '(') && token_is_mark(t, i + 1, ')'));
}

void
lint_abbreviations(struct lint *l, const struct text *text)
{
	const struct tokens *t = &l->tokens;

	if (is_shouted(t))
		return;
	for (size_t i = 0; i < t->n; i++) {
		struct str word = token_lower(t, i);
		uint64_t key;

		if (!token_is_acronym(t, i) ||
		    words_have(&l->words, t, i, WORDS_ANY))
			continue;
		word.len -= token_text(t, i).data[word.len - 1] == 's';
		key = str_hash(STR_HASH, word);
		if (is_known(&l->terms, word) ||
		    (i + 1 < t->n && t->items[i + 1].kind == TOKEN_NUMBER))
			continue;
		*lint_table_at(&l->terms, key) = 1;
		if (!is_explained(t, i))
			say_words(
			    l, R13, text, i, i, ", which nothing explains");
	}
}
