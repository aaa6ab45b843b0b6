/* dmr-reqs: what is wrong with requirements, thing by thing. */
#include <stdarg.h>

#include "lint_parts.h"
#include "mem.h"
#include "utf8.h"

/* clang-format off */
const struct lint_rule lint_rules[] = {
	{ "R01", "A requirement has no 'shall', or not the form wanted",
	    FINDING_HIGH },
	{ "R02", "A weak word cannot be checked", FINDING_MEDIUM },
	{ "R03", "Two requirements are one", FINDING_MEDIUM },
	{ "R04", "A non-functional requirement has no number and unit",
	    FINDING_HIGH },
	{ "R05", "A functional requirement has no acceptance criterion",
	    FINDING_HIGH },
	{ "R06", "The passive voice names no actor", FINDING_LOW },
	{ "R07", "Two say nearly the same", FINDING_MEDIUM },
	{ "R08", "What is referred to is not there", FINDING_HIGH },
	{ "R09", "A user story lacks a part", FINDING_MEDIUM },
	{ "R10", "A functional requirement says how it is built", FINDING_LOW },
	{ "R11", "A pronoun is the subject", FINDING_LOW },
	{ "R12", "A prohibition has no condition", FINDING_LOW },
	{ "R13", "An abbreviation is not explained", FINDING_LOW },
	{ "R14", "All have the same priority", FINDING_LOW },
	{ "R15", "An id is missing, used twice or left out", FINDING_HIGH },
};
/* clang-format on */
const size_t lint_nrules = countof(lint_rules);

/* --- to say something --- */

char *
lint_shown(struct str text)
{
	enum { SHOWN_MAX = 60 };
	size_t all = text.len;
	char *shown;

	text.len = all > SHOWN_MAX ? SHOWN_MAX : all;
	text.len = utf8_valid(text);
	shown = mem_format(
	    "%.*s%s", STR_ARGS(text), text.len < all ? "..." : "");
	for (char *c = shown; *c; c++)
		if ((unsigned char)*c < ' ' || *c == 0x7f)
			*c = ' ';
	return shown;
}

void
lint_say(struct lint *l, int rule, const struct text *text, size_t start,
    size_t end, const char *format, ...)
{
	struct lint_finding finding = l->here;
	char message[ERR_TEXT_MAX];
	va_list ap;

	va_start(ap, format);
	vsnprintf(message, sizeof message, format, ap);
	va_end(ap);
	finding.rule = &lint_rules[rule];
	finding.text = text ? text : l->place;
	finding.start = start;
	finding.end = end;
	finding.message = message;
	l->say(l->owner, &finding);
}

/* --- what is looked at --- */

/* The words of a text become keys of a table. */
static void
learn(struct lint *l, const struct text *text, struct lint_table *table)
{
	const struct tokens *t = &l->tokens;

	tokens_read(&l->tokens, text_str(text));
	for (size_t i = 0; i < t->n; i++)
		*lint_table_at(
		    table, str_hash(STR_HASH, token_lower(t, i))) = 1;
}

static void
read_words(struct lint *l)
{
	const struct document *d = l->document;

	words_read(&l->words);
	learn(l, &d->idea, &l->known);
	for (size_t i = 0; i < d->glossary.n; i++) {
		const struct term *term = list_at(&d->glossary, &term_kind, i);

		learn(l, &term->term, &l->known);
		learn(l, &term->term, &l->terms);
		if (!str_is_blank(text_str(&term->definition)))
			words_add(&l->words, &l->tokens, WORDS_FINE);
	}
}

void
lint(const struct document *d, enum lint_style style,
    void (*say)(void *owner, const struct lint_finding *), void *owner)
{
	struct lint l = {
		.document = d, .style = style, .say = say, .owner = owner
	};

	read_words(&l);
	lint_ids_read(&l);
	lint_things(&l);
	lint_components(&l);
	lint_texts(&l);
	lint_generated(&l);
	lint_table_done(&l.words);
	lint_table_done(&l.known);
	lint_table_done(&l.terms);
	lint_table_done(&l.ids);
	lint_table_done(&l.retired);
	lint_table_done(&l.stories);
	tokens_done(&l.tokens);
}
