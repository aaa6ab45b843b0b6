/*
 * reqs_lint_test - what dmr-reqs finds wrong with requirements.
 *
 *     reqs_lint_test           the tests; the corpus is a file of tests/data
 *     reqs_lint_test TEXT...   what is found in each text
 */
#include "../../tools/dmr-reqs/lint.h"
#include "file.h"
#include "mem.h"
#include "tap.h"
#include "utf8.h"

static const char corpus[] = "tests/data/requirements-lint.txt";

/* --- documents of one thing --- */

static void
set(struct text *text, const char *words)
{
	text_set(text, str_of(words));
}

static struct requirement *
add_requirement(struct document *d, const char *id, struct str text)
{
	struct requirement *r = list_add(&d->functional, &requirement_kind);
	struct criterion *c = list_add(&r->acceptance, &criterion_kind);

	set(&r->id, id);
	set(&c->given, "a bike");
	set(&c->when, "it is sold");
	set(&c->then, "it is not listed");
	text_set(&r->text, text);
	return r;
}

static struct quality *
add_quality(struct document *d, const char *id, struct str text)
{
	struct quality *q = list_add(&d->nonfunctional, &quality_kind);

	set(&q->id, id);
	text_set(&q->text, text);
	return q;
}

static struct story *
add_story(struct document *d, const char *id, const char *want)
{
	struct story *s = list_add(&d->stories, &story_kind);

	set(&s->id, id);
	set(&s->as_a, "buyer");
	set(&s->i_want, want);
	set(&s->so_that, "I find a bike");
	return s;
}

/* --- what is said --- */

/* "R02@12-16 R06", "R15@" for the id: where a text is given its words count. */
struct said {
	struct buf all;
	const struct text *text; /* of which places are told */
	bool with_ids, with_messages;
};

static void
hear(void *owner, const struct lint_finding *f)
{
	struct said *said = owner;
	struct buf *out = &said->all;

	buf_add_text(out, out->len ? " " : "");
	if (said->with_ids)
		buf_add_format(out, "%.*s:", STR_ARGS(f->id));
	buf_add_text(out, f->rule->id);
	if (said->text && f->text == said->text && f->end)
		buf_add_format(out, "@%zu-%zu", f->start, f->end);
	if (said->with_messages)
		buf_add_format(out, " %s\n", f->message);
	if (f->end > (f->text ? f->text->len : 0) || f->start > f->end ||
	    strchr(f->message, '\n') ||
	    utf8_valid(str_of(f->message)) != strlen(f->message))
		buf_add_text(out, "(bad)");
}

/* --- the corpus --- */

/*
 * A line is "RULES | KIND | TEXT", with "-" for no rule; "[" and "]" are put
 * around the words that the rules are about, and are not part of the text.
 */
struct line {
	struct str rules, kind;
	struct buf text;
	struct buf places; /* "@4-9 " for each */
};

static void
read_text(struct line *line, struct str text)
{
	size_t start = 0;

	for (size_t i = 0; i < text.len; i++)
		if (text.data[i] == '[')
			start = line->text.len;
		else if (text.data[i] == ']')
			buf_add_format(
			    &line->places, "@%zu-%zu ", start, line->text.len);
		else
			buf_add_char(&line->text, text.data[i]);
}

static void
read_line(struct line *line, struct str from)
{
	line->rules = str_trim(str_cut(&from, '|'));
	line->kind = str_trim(str_cut(&from, '|'));
	read_text(line, str_trim(from));
}

/* Each rule once, and in order. */
static void
list_rules(struct str said, struct buf *rules)
{
	for (size_t i = 0; i < lint_nrules; i++)
		if (str_find(said, str_of(lint_rules[i].id)) < said.len)
			buf_add_format(rules, "%s%s", rules->len ? " " : "",
			    lint_rules[i].id);
	if (!rules->len)
		buf_add_text(rules, "-");
}

/* Are the places that are said those that are wanted, in any order? */
static bool
has_places(struct str said, struct str wanted)
{
	size_t n = 0;

	for (struct str rest = wanted; rest.len; n++) {
		struct str place = { rest.data, str_find(rest, STR(" ")) + 1 };

		rest = str_skip(rest, place.len);
		if (str_find(said, place) == said.len)
			return false;
	}
	for (size_t i = 0; i < said.len; i++)
		n -= said.data[i] == '@';
	return n == 0;
}

static const struct text *
make_document(struct document *d, const struct line *line)
{
	struct str text = buf_str(&line->text);

	if (str_starts(line->kind, "NFR"))
		return &add_quality(d, "NFR-001", text)->text;
	return &add_requirement(d, "FR-001", text)->text;
}

static void
check_line(struct str from, size_t number)
{
	struct line line = { 0 };
	struct document d = { 0 };
	struct said said = { 0 };
	struct buf rules = { 0 };
	enum lint_style style = STYLE_SHALL;

	read_line(&line, from);
	if (str_ends(line.kind, "ears"))
		style = STYLE_EARS;
	else if (str_ends(line.kind, "free"))
		style = STYLE_FREE;
	said.text = make_document(&d, &line);
	lint(&d, style, hear, &said);
	buf_add_char(&said.all, ' ');
	list_rules(buf_str(&said.all), &rules);
	if (!tap_case(str_equal(buf_str(&rules), line.rules) &&
		    (!line.places.len ||
			has_places(buf_str(&said.all), buf_str(&line.places))),
		"%s:%zu: %.*s", corpus, number, STR_ARGS(from))) {
		tap_show("got", buf_str(&said.all));
		tap_show("places", buf_str(&line.places));
	}
	buf_done(&line.text);
	buf_done(&line.places);
	buf_done(&said.all);
	buf_done(&rules);
	document_done(&d);
}

static void
test_corpus(void)
{
	struct buf bytes = { 0 };
	struct err e = ERR_NONE;
	struct str rest;
	size_t number = 0, n = 0;

	if (file_read(corpus, 1 << 20, &bytes, &e)) {
		tap_ok(false, "%s", e.text);
		return;
	}
	rest = buf_str(&bytes);
	while (rest.len) {
		struct str line = str_cut(&rest, '\n');

		number++;
		if (str_is_blank(line) || str_starts(line, "#"))
			continue;
		n++;
		check_line(line, number);
	}
	tap_all(
	    "each requirement of the corpus breaks its rules, and no other");
	tap_ok(n >= 200, "the corpus has 200 requirements");
	buf_done(&bytes);
}

static void
test_patterns(void)
{
	static const struct {
		const char *text;
		int want;
	} rows[] = {
		{ "The shop shall list bikes.", PATTERN_UBIQUITOUS },
		{ "When a buyer pays, the shop shall ship.", PATTERN_EVENT },
		{ "While it rains, the roof shall be shut.", PATTERN_STATE },
		{ "If the tank leaks, then the pump shall stop.",
		    PATTERN_UNWANTED },
		{ "WHERE a lock is built in, the door SHALL lock.",
		    PATTERN_OPTIONAL },
		{ "While it rains, when the door opens, the roof shall shut.",
		    PATTERN_COMPLEX },
		{ "When the door opens, while it rains, the roof shall shut.",
		    -1 },
		{ "It rains.  When the door opens, the roof shall shut.",
		    PATTERN_EVENT },
		{ "The \"shall\" is quoted.", -1 },
		{ "When, shall", -1 },
		{ "shall", -1 },
		{ "", -1 },
	};

	for (size_t i = 0; i < countof(rows); i++)
		if (!tap_case(
			lint_pattern(str_of(rows[i].text)) == rows[i].want,
			"%s", rows[i].text))
			tap_note("got: %d", lint_pattern(str_of(rows[i].text)));
	tap_all("patterns of EARS");
}

/* --- rules about more than one text --- */

static struct meta *
retire(struct document *d, const char *id)
{
	struct meta *meta = document_meta(d);

	set(list_add_text(&meta->retired), id);
	return meta;
}

/* "FR-001:R05 FR-002:R07" is what is said of a document, which is freed. */
static void
check_said(struct document *d, const char *want, const char *name)
{
	struct said said = { .with_ids = true };

	lint(d, STYLE_SHALL, hear, &said);
	tap_is(buf_str(&said.all), want, name);
	buf_done(&said.all);
	document_done(d);
}

/* Pairs of requirements: is the second one the first again? */
static const struct {
	const char *one, *other;
	bool is_same;
} pairs[] = {
	{ "The shop shall list bikes.", "The shop shall list bikes.", true },
	{ "The shop shall list bikes.", "the Shop shall  list Bikes", true },
	{ "The shop shall list all bikes.", "The shop shall list the bike.",
	    true },
	{ "When an order is paid, the shop shall send the buyer a mail.",
	    "When the order is paid, the shop must send a mail to a buyer.",
	    true },
	{ "The shop shall print a label for each parcel.",
	    "The shop shall print a label for each parcel today.", true },
	{ "The shop shall list bikes.", "The shop shall list locks.", false },
	{ "The shop shall list bikes.", "The shop shall sell bikes.", false },
	{ "The shop shall show a cart to the buyer.",
	    "When a seller logs in, the shop shall show a cart to the buyer.",
	    false },
	{ "The tool shall convert JSON to Markdown.",
	    "The tool shall convert Markdown to JSON.", false },
	{ "The shop shall keep paid orders and invoices for 5 years.",
	    "The shop shall keep paid orders and invoices for 10 years.",
	    false },
	{ "When the tank is empty, the pump shall stop at the first valve.",
	    "When the tank is not empty, the pump shall stop at the first "
	    "valve.",
	    false },
	{ "The service shall answer with status 404 for an unknown order.",
	    "The service shall answer with status 404 for an unknown user.",
	    false },
	{ "When the lift arrives, the panel shall show the floor and sound.",
	    "When the lift departs, the panel shall show the floor and sound.",
	    false },
	{ "The shop shall sell.", "The shop shall.", false },
};

static void
test_same(void)
{
	for (size_t i = 0; i < countof(pairs); i++) {
		struct document d = { 0 };
		struct said said = { .with_ids = true };

		add_requirement(&d, "FR-001", str_of(pairs[i].one));
		add_requirement(
		    &d, "FR-002", STR("The gate shall open at dawn."));
		add_requirement(&d, "FR-003", str_of(pairs[i].other));
		lint(&d, STYLE_SHALL, hear, &said);
		if (!tap_case(str_is(buf_str(&said.all),
				  pairs[i].is_same ? "FR-003:R07" : ""),
			"%s", pairs[i].other))
			tap_show("got", buf_str(&said.all));
		buf_done(&said.all);
		document_done(&d);
	}
	tap_all("R07: what says nearly the same is told from what does not");
}

static void
test_same_elsewhere(void)
{
	struct document d = { 0 };
	struct metric *m;
	static const char *const ids[] = { "NFR-001", "NFR-002", "NFR-003" },
				 *const values[] = { "200", "300", "200" };

	for (size_t i = 0; i < countof(ids); i++) {
		struct quality *q = add_quality(
		    &d, ids[i], STR("The shop shall answer in time."));

		m = list_add(&q->metric, &metric_kind);
		set(&m->value, values[i]);
		set(&m->unit, "ms");
	}
	add_requirement(&d, "FR-001", STR("The shop shall answer in time."));
	check_said(&d, "NFR-003:R07",
	    "R07: the metric counts, and another kind is another thing");
	add_story(&d, "US-001", "list bikes of one size");
	add_story(&d, "US-002", "list bikes of one size");
	add_story(&d, "US-003", "sell a bike");
	check_said(&d, "US-002:R07", "R07: stories");
}

/* Nothing to tell them by: what is wrong with each is that it is empty. */
static void
test_same_without_words(void)
{
	struct document d = { 0 };

	add_requirement(&d, "FR-001", STR(""));
	add_requirement(&d, "FR-002", STR("..."));
	check_said(&d, "FR-001:R01 FR-002:R01", "R07: texts without words");
}

/* A thousand that have most of their words in common. */
static void
test_same_among_many(void)
{
	struct document d = { 0 };
	char id[16], text[160];

	for (int i = 1; i <= 1000; i++) {
		snprintf(id, sizeof id, "FR-%03d", i);
		snprintf(text, sizeof text,
		    "When a buyer opens page p%d, the shop shall show photo f%d "
		    "to the buyer.",
		    i == 900 ? 7 : i, i == 900 ? 7 : i);
		add_requirement(&d, id, str_of(text));
	}
	check_said(&d, "FR-900:R07", "R07: one in a thousand that are alike");
}

static void
test_criteria(void)
{
	struct document d = { 0 };
	struct requirement *r = add_requirement(
	    &d, "FR-001", STR("The shop shall list bikes."));
	struct criterion *c = list_add(&r->acceptance, &criterion_kind);

	set(&c->when, "asked");
	check_said(&d, "FR-001:R05", "R05: a criterion without 'then'");
	r = add_requirement(&d, "FR-001", STR("The shop shall list bikes."));
	list_remove(&r->acceptance, &criterion_kind, 0);
	check_said(&d, "FR-001:R05", "R05: no criterion");
	r = add_requirement(&d, "FR-001", STR("The shop shall list bikes."));
	c = list_at(&r->acceptance, &criterion_kind, 0);
	set(&c->then, "it is listed quickly");
	check_said(&d, "FR-001:R02", "R02: in a criterion");
}

static void
test_metrics(void)
{
	struct document d = { 0 };
	struct quality *q = add_quality(
	    &d, "NFR-001", STR("The shop shall answer."));
	struct metric *m = list_add(&q->metric, &metric_kind);

	set(&m->value, "200");
	set(&m->unit, "ms");
	check_said(&d, "", "R04: a metric");
	q = add_quality(&d, "NFR-001", STR("The shop shall answer."));
	m = list_add(&q->metric, &metric_kind);
	set(&m->value, "200");
	check_said(&d, "NFR-001:R04", "R04: a metric without a unit");
	q = add_quality(&d, "NFR-001", STR("The shop shall answer in 1 s."));
	list_add(&q->metric, &metric_kind);
	check_said(&d, "", "R04: an empty metric, but a number in the text");
}

static void
test_stories(void)
{
	struct document d = { 0 };
	struct story *s = add_story(&d, "US-001", "see all bikes");

	set(&s->so_that, " ");
	check_said(&d, "US-001:R09", "R09: no 'so that'");
	s = add_story(&d, "US-001", "");
	set(&s->as_a, "");
	check_said(&d, "US-001:R09", "R09: nobody wants nothing");
}

static void
test_references(void)
{
	struct document d = { 0 };
	struct requirement *r = add_requirement(
	    &d, "FR-001", STR("The shop shall list bikes."));
	struct architecture *a;
	struct component *c;

	set(list_add_text(&r->stories), "US-001");
	set(list_add_text(&r->stories), "US-002");
	add_story(&d, "US-001", "see all bikes");
	check_said(&d, "FR-001:R08", "R08: a story that is not there");
	r = add_requirement(&d, "FR-001", STR("The shop shall list bikes."));
	set(list_add_text(&r->stories), "FR-001");
	check_said(&d, "FR-001:R08", "R08: a story that is a requirement");
	add_requirement(&d, "FR-001",
	    STR("As FR-001 and \"FR-009\" say, the shop shall do NFR-002."));
	check_said(&d, "FR-001:R08", "R08: an id in a text");
	add_requirement(&d, "FR-001", STR("The shop shall drive on US-66."));
	check_said(&d, "", "R08: what is no id");
	retire(&d, "FR-002");
	add_requirement(&d, "FR-001", STR("The shop shall do FR-002."));
	check_said(&d, "FR-001:R08", "R08: what was retired");
	a = list_add(&d.architecture, &architecture_kind);
	set(&((struct component *)list_add(&a->components, &component_kind))
		 ->name,
	    "Shop");
	c = list_add(&a->components, &component_kind);
	set(&c->name, "Till");
	set(list_add_text(&c->depends_on), "Shop");
	set(list_add_text(&c->depends_on), "Printer");
	check_said(&d, "Till:R08", "R08: a component that is not there");
}

/* In texts of what has no id, and of questions. */
static void
test_mentions(void)
{
	struct document d = { 0 };
	struct question *q;
	struct term *term;

	add_requirement(&d, "FR-001", STR("The shop shall list bikes."));
	set(&d.idea, "no FR-007 any more");
	set(&d.summary, "FR-001 and FR-002 list bikes");
	set(list_add_text(&d.assumptions), "NFR-001 holds");
	set(list_add_text(&d.assumptions), "FR-001 holds");
	set(list_add_text(&d.out_of_scope), "renting, which was FR-008");
	term = list_add(&d.glossary, &term_kind);
	set(&term->term, "bike");
	set(&term->definition, "see US-009, not \"US-010\"");
	q = list_add(&d.questions, &question_kind);
	set(&q->id, "Q-001");
	set(&q->question, "Is FR-003 of use?");
	set(&q->why, "FR-001 and FR-004 need it");
	set(&q->recommended, "as FR-005");
	set(list_add_text(&q->options), "as FR-006");
	set(&q->answer, "as FR-009");
	check_said(&d,
	    "Q-001:R08 Q-001:R08 Q-001:R08 Q-001:R08 Q-001:R08 "
	    "summary:R08 :R08 bike:R08",
	    "R08: ids in the summary, assumptions, glossary and questions");
}

/* Marks of what was generated. */
static void
test_generated(void)
{
	static const struct {
		const char *generated, *retired, *want, *name;
	} rows[] = {
		{ "FR-002", "", "", "R15: what was generated is there" },
		{ "FR-003", "", "FR-003:R15",
		    "R15: what was generated is gone, behind the last" },
		{ "FR-003", "FR-003", "", "R15: it was retired" },
		{ "US-001", "", "US-001:R15", "R15: none of its kind is left" },
		{ "FR-001", "", "FR-002:R15", "R15: a gap is told once" },
		{ "architecture", "", "", "R15: a mark of what has no id" },
	};

	for (size_t i = 0; i < countof(rows); i++) {
		struct document d = { 0 };
		struct meta *meta = retire(&d, rows[i].retired);
		struct mark *mark = list_add(&meta->generated, &mark_kind);

		set(&mark->id, rows[i].generated);
		if (strcmp(rows[i].generated, "FR-001") != 0)
			add_requirement(
			    &d, "FR-001", STR("The shop shall list bikes."));
		add_requirement(
		    &d, "FR-002", STR("The gate shall open at dawn."));
		check_said(&d, rows[i].want, rows[i].name);
	}
}

static void
test_priorities(void)
{
	static const char *const texts[] = { "The shop shall list bikes.",
		"The till shall print receipts.",
		"The gate shall open at dawn.",
		"The clock shall strike at noon." };

	for (int musts = 3; musts <= 4; musts++) {
		struct document d = { 0 };

		for (int i = 0; i < 4; i++) {
			char id[] = "FR-001";

			id[5] = (char)('1' + i);
			add_requirement(&d, id, str_of(texts[i]))->priority =
			    i < musts ? PRIORITY_MUST : PRIORITY_COULD;
		}
		check_said(&d, musts == 4 ? ":R14" : "",
		    musts == 4 ? "R14: all must" : "R14: one could");
	}
}

static void
test_ids(void)
{
	static const struct {
		const char *first, *second, *retired, *want, *name;
	} ids[] = {
		{ "FR-001", "FR-002", NULL, "", "R15: ids" },
		{ "FR-001", "FR-001", NULL, "FR-001:R15 FR-001:R15",
		    "R15: one id, twice" },
		{ "FR-001", "", NULL, ":R15", "R15: no id" },
		{ "FR-003", "FR-007", NULL, "",
		    "R15: the numbers of who keeps none that were retired" },
		{ "FR-001", "FR-003", "", "FR-003:R15", "R15: a gap" },
		{ "FR-002", "FR-001", "", "", "R15: another order" },
		{ "FR-001", "FR-003", "FR-002", "", "R15: a gap explained" },
		{ "FR-001", "FR-002", "FR-002", "FR-002:R15",
		    "R15: an id that was retired" },
		{ "FR-001", "FR-999999999999999999999", "", "",
		    "R15: a number beyond all" },
		{ "FR-001", "FR-1000000000", "", "",
		    "R15: the first number beyond" },
		{ "FR-001", "FR-0000000000003", "", "FR-0000000000003:R15",
		    "R15: a gap before a number with noughts" },
		{ "FR-001", "FR-999999999", "", "FR-999999999:R15",
		    "R15: a gap of millions" },
	};

	for (size_t i = 0; i < countof(ids); i++) {
		struct document d = { 0 };

		add_requirement(
		    &d, ids[i].first, STR("The shop shall list bikes."));
		add_requirement(
		    &d, ids[i].second, STR("The gate shall open at dawn."));
		if (ids[i].retired)
			retire(&d, ids[i].retired);
		check_said(&d, ids[i].want, ids[i].name);
	}
}

/* What the idea, or the glossary, names may be named. */
static void
test_known_words(void)
{
	struct document d = { 0 };
	struct term *term = list_add(&d.glossary, &term_kind);

	set(&d.idea, "a shop on Kubernetes");
	set(&term->term, "KRI");
	add_requirement(&d, "FR-001",
	    STR("The shop shall show the KRI and the ORX of Kubernetes."));
	add_requirement(
	    &d, "FR-002", STR("The gate shall close on an ORX of Redis."));
	check_said(&d, "FR-001:R13 FR-002:R10",
	    "R10, R13: what the idea and the glossary name is known");
	set(&((struct term *)list_add(&d.glossary, &term_kind))->term, "easy");
	term = list_add(&d.glossary, &term_kind);
	set(&term->term, "Quick  order");
	set(&term->definition, "an order without an account");
	add_requirement(
	    &d, "FR-001", STR("The shop shall take a quick order."));
	add_requirement(&d, "FR-002", STR("The gate shall open quick."));
	add_requirement(&d, "FR-003", STR("The clock shall be easy."));
	check_said(&d, "FR-002:R02 FR-003:R02",
	    "R02: what the glossary explains is not weak");
}

/* --- what nobody writes --- */

static struct str
repeat(struct buf *out, const char *what, size_t n)
{
	buf_clear(out);
	while (n--)
		buf_add_text(out, what);
	return buf_str(out);
}

static const char *const pieces[] = { "a", "shall", "shall ", "fast ", "\"",
	"' ", " '", "`", "\xe2\x80\x9c", "\xe2\x80", "\xff", "1", "1,", "and ",
	"and send the ", "to be ", "FR-001 ", "(", ". ", "AB ", "when, ", "by ",
	"be stored ", "\n", "\t!", "not ", "it ", "as ", "possible ", "If ",
	"then ", "\xc2", "\xe2\x81", "200", " ms", "MySQL ", "-", "/", "etc" };

/* Do the places and messages of all findings in it hold? */
static bool
is_sound(struct str text)
{
	struct document d = { 0 };
	struct said said = { 0 };
	char *copy = tap_copy(text);
	bool fine;

	add_requirement(&d, "FR-001", text);
	add_quality(&d, "NFR-001", text);
	add_story(&d, "US-001", "");
	lint(&d, STYLE_EARS, hear, &said);
	lint_pattern((struct str){ copy, text.len });
	fine = str_find(buf_str(&said.all), STR("(bad)")) == said.all.len;
	free(copy);
	buf_done(&said.all);
	document_done(&d);
	return fine;
}

static void
test_hostile(void)
{
	struct buf text = { 0 };

	for (size_t i = 0; i < countof(pieces); i++)
		tap_case(is_sound(repeat(&text, pieces[i], 30000)), "'%s'",
		    pieces[i]);
	tap_all("texts of one thing many times: places and messages hold");
	buf_done(&text);
}

static void
test_random(void)
{
	enum { ROUNDS = 3000, PIECES = 40 };
	struct buf text = { 0 };
	uint64_t seed = 1;

	for (int i = 0; i < ROUNDS; i++) {
		buf_clear(&text);
		for (int k = 0; k < PIECES; k++) {
			seed = seed * UINT64_C(6364136223846793005) + 1;
			buf_add_text(
			    &text, pieces[(seed >> 33) % countof(pieces)]);
		}
		if (!tap_case(is_sound(buf_str(&text)), "text %d", i))
			tap_show("text", buf_str(&text));
	}
	tap_all("texts of things at random: the same");
	buf_done(&text);
}

/* --- to try it --- */

static void
show(const char *text)
{
	struct document d = { 0 };
	struct said said = { .with_messages = true };

	said.text = &add_requirement(&d, "FR-001", str_of(text))->text;
	lint(&d, STYLE_SHALL, hear, &said);
	printf("%s\n  pattern %d\n %.*s\n", text, lint_pattern(str_of(text)),
	    STR_ARGS(buf_str(&said.all)));
	buf_done(&said.all);
	document_done(&d);
}

int
main(int argc, char **argv)
{
	for (int i = 1; i < argc; i++)
		show(argv[i]);
	if (argc > 1)
		return 0;
	test_corpus();
	test_patterns();
	test_same();
	test_same_elsewhere();
	test_same_without_words();
	test_same_among_many();
	test_criteria();
	test_metrics();
	test_stories();
	test_references();
	test_mentions();
	test_priorities();
	test_ids();
	test_generated();
	test_known_words();
	test_hostile();
	test_random();
	return tap_done();
}
