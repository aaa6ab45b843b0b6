/* syntax_query - patterns over a tree, and the predicates they have. */
#include "mem.h"
#include "pattern.h"
#include "syntax_parts.h"

/* More would make a file of brackets alone take minutes. */
enum { OPEN_MATCHES_MAX = 512 };

enum test { TEST_EQ, TEST_MATCH, TEST_ANY_OF, TEST_SET };

/* One predicate. */
struct predicate {
	enum test test;
	bool is_not;
	uint32_t capture;
	bool is_pair;   /* TEST_EQ of two captures */
	uint32_t other; /* the second of them */
	struct pattern *pattern;
	struct str *texts; /* what follows; of TEST_SET: name, value */
	size_t ntexts;
};

/* The predicates of one of the query's patterns. */
struct clause {
	struct predicate *predicates;
	size_t npredicates;
};

struct syntax_query {
	TSQuery *query;
	struct clause *clauses;
	size_t nclauses;
};

struct syntax_matches {
	struct syntax_query *query;
	const struct syntax_tree *tree;
	TSQueryCursor *cursor;
	TSQueryMatch match;
};

/* --- making one --- */

static const struct {
	const char *name;
	enum test test;
	bool is_not;
	size_t least, most; /* arguments */
} tests[] = {
	{ "eq?", TEST_EQ, false, 2, 2 },
	{ "not-eq?", TEST_EQ, true, 2, 2 },
	{ "match?", TEST_MATCH, false, 2, 2 },
	{ "not-match?", TEST_MATCH, true, 2, 2 },
	{ "any-of?", TEST_ANY_OF, false, 2, SIZE_MAX },
	{ "not-any-of?", TEST_ANY_OF, true, 2, SIZE_MAX },
	{ "set!", TEST_SET, false, 1, 2 },
};

static struct str
string_of(const TSQuery *query, uint32_t id)
{
	uint32_t len;
	const char *text = ts_query_string_value_for_id(query, id, &len);

	return (struct str){ text, len };
}

/* The arguments of one predicate, which are steps[0] to [n - 1]. */
static int
read_arguments(struct predicate *p, const TSQuery *query,
    const TSQueryPredicateStep *steps, size_t n, struct err *e)
{
	size_t first = p->test == TEST_SET ? 0 : 1;

	if (first && steps[0].type != TSQueryPredicateStepTypeCapture)
		return err_set(
		    e, ST_USAGE, "a predicate begins with a capture");
	p->capture = steps[0].value_id;
	p->texts = mem_new(n, sizeof *p->texts);
	for (size_t i = first; i < n; i++) {
		if (steps[i].type == TSQueryPredicateStepTypeString) {
			p->texts[p->ntexts++] = string_of(
			    query, steps[i].value_id);
		} else if (p->test == TEST_EQ) {
			p->is_pair = true;
			p->other = steps[i].value_id;
		} else {
			return err_set(e, ST_USAGE,
			    "a predicate needs a text, not a capture");
		}
	}
	if (p->test != TEST_MATCH)
		return 0;
	p->pattern = pattern_new(p->texts[0], e);
	return p->pattern ? 0 : -1;
}

static int
read_predicate(struct predicate *p, const TSQuery *query,
    const TSQueryPredicateStep *steps, size_t n, struct err *e)
{
	struct str name = string_of(query, steps[0].value_id);

	if (steps[0].type != TSQueryPredicateStepTypeString)
		return err_set(e, ST_USAGE, "a predicate without a name");
	for (size_t i = 0; i < countof(tests); i++) {
		if (!str_is(name, tests[i].name))
			continue;
		if (n - 1 < tests[i].least || n - 1 > tests[i].most)
			return err_set(e, ST_USAGE, "#%s has %zu arguments",
			    tests[i].name, n - 1);
		p->test = tests[i].test;
		p->is_not = tests[i].is_not;
		return read_arguments(p, query, steps + 1, n - 1, e);
	}
	return err_set(e, ST_USAGE, "no predicate '#%.*s'", STR_ARGS(name));
}

static int
read_clause(struct clause *c, const TSQuery *query, uint32_t i, struct err *e)
{
	uint32_t nsteps;
	const TSQueryPredicateStep *steps = ts_query_predicates_for_pattern(
	    query, i, &nsteps);
	size_t from = 0;

	c->predicates = mem_new(nsteps, sizeof *c->predicates);
	for (size_t at = 0; at < nsteps; at++) {
		if (steps[at].type != TSQueryPredicateStepTypeDone)
			continue;
		c->npredicates++;
		if (read_predicate(&c->predicates[c->npredicates - 1], query,
			steps + from, at - from, e))
			return -1;
		from = at + 1;
	}
	return 0;
}

/* What is wrong at byte `at` of the source. */
static void
say_wrong(struct str source, size_t at, TSQueryError type, struct err *e)
{
	struct str name = str_skip(source, at);

	name.len = 0;
	while (at + name.len < source.len && name.len < 64 &&
	    !strchr(" \t\r\n()[]\":", name.data[name.len]))
		name.len++;
	if (type == TSQueryErrorNodeType)
		err_set(e, ST_USAGE, "the grammar has no node '%.*s'",
		    STR_ARGS(name));
	else if (type == TSQueryErrorField)
		err_set(e, ST_USAGE, "the grammar has no field '%.*s'",
		    STR_ARGS(name));
	else if (type == TSQueryErrorCapture)
		err_set(e, ST_USAGE, "no capture '%.*s'", STR_ARGS(name));
	else if (type == TSQueryErrorStructure)
		err_set(e, ST_USAGE, "a pattern that nothing can match");
	else
		err_set(e, ST_USAGE, "not the syntax of a query");
}

struct syntax_query *
syntax_query(
    struct syntax_grammar *g, struct str source, size_t *at, struct err *e)
{
	struct syntax_query *q = mem_new(1, sizeof *q);
	uint32_t place = 0;
	TSQueryError type;

	if (source.len > SYNTAX_TEXT_MAX)
		source.len = SYNTAX_TEXT_MAX;
	q->query = ts_query_new(g->language, source.data ? source.data : "",
	    (uint32_t)source.len, &place, &type);
	if (!q->query) {
		say_wrong(source, place, type, e);
		goto wrong;
	}
	q->nclauses = ts_query_pattern_count(q->query);
	q->clauses = mem_new(q->nclauses, sizeof *q->clauses);
	for (uint32_t i = 0; i < q->nclauses; i++) {
		place = ts_query_start_byte_for_pattern(q->query, i);
		if (read_clause(&q->clauses[i], q->query, i, e))
			goto wrong;
	}
	return q;
wrong:
	*at = place;
	syntax_query_free(q);
	return NULL;
}

void
syntax_query_free(struct syntax_query *q)
{
	if (!q)
		return;
	for (size_t i = 0; i < q->nclauses; i++) {
		struct clause *c = &q->clauses[i];

		for (size_t k = 0; k < c->npredicates; k++) {
			free(c->predicates[k].texts);
			pattern_free(c->predicates[k].pattern);
		}
		free(c->predicates);
	}
	free(q->clauses);
	if (q->query)
		ts_query_delete(q->query);
	free(q);
}

size_t
syntax_capture_names(const struct syntax_query *q)
{
	return ts_query_capture_count(q->query);
}

const char *
syntax_capture_name(const struct syntax_query *q, size_t id)
{
	uint32_t len;

	return ts_query_capture_name_for_id(q->query, (uint32_t)id, &len);
}

/* --- using it --- */

struct syntax_matches *
syntax_match(struct syntax_query *q, const struct syntax_tree *tree,
    struct syntax_node below)
{
	struct syntax_matches *m = mem_new(1, sizeof *m);

	m->query = q;
	m->tree = tree;
	m->cursor = ts_query_cursor_new();
	ts_query_cursor_set_match_limit(m->cursor, OPEN_MATCHES_MAX);
	ts_query_cursor_exec(m->cursor, q->query, syntax_foreign(below));
	return m;
}

/* The text of a capture's first node; false: it has none. */
static bool
text_of(const struct syntax_matches *m, uint32_t capture, struct str *text)
{
	for (size_t i = 0; i < m->match.capture_count; i++) {
		const TSQueryCapture *c = &m->match.captures[i];

		if (c->index != capture)
			continue;
		*text = syntax_text(m->tree, syntax_own(c->node));
		return true;
	}
	return false;
}

static bool
holds_for(
    const struct syntax_matches *m, const struct predicate *p, struct str text)
{
	struct str other;

	if (p->test == TEST_MATCH)
		return pattern_matches(p->pattern, text) != p->is_not;
	if (p->is_pair)
		return !text_of(m, p->other, &other) ||
		    str_equal(text, other) != p->is_not;
	for (size_t i = 0; i < p->ntexts; i++)
		if (str_equal(text, p->texts[i]))
			return !p->is_not;
	return p->is_not;
}

static bool
holds(const struct syntax_matches *m, const struct predicate *p)
{
	if (p->test == TEST_SET)
		return true;
	for (size_t i = 0; i < m->match.capture_count; i++) {
		const TSQueryCapture *c = &m->match.captures[i];

		if (c->index == p->capture &&
		    !holds_for(m, p, syntax_text(m->tree, syntax_own(c->node))))
			return false;
	}
	return true;
}

bool
syntax_next(struct syntax_matches *m)
{
	while (ts_query_cursor_next_match(m->cursor, &m->match)) {
		const struct clause *c =
		    &m->query->clauses[m->match.pattern_index];
		size_t i = 0;

		while (i < c->npredicates && holds(m, &c->predicates[i]))
			i++;
		if (i == c->npredicates)
			return true;
	}
	return false;
}

/* What ends at the start of the cursor's range, or before it, is passed over. */
void
syntax_leave(struct syntax_matches *m, struct syntax_node node)
{
	ts_query_cursor_set_byte_range(
	    m->cursor, (uint32_t)syntax_end(node), UINT32_MAX);
}

size_t
syntax_pattern(const struct syntax_matches *m)
{
	return m->match.pattern_index;
}

size_t
syntax_captures(const struct syntax_matches *m)
{
	return m->match.capture_count;
}

struct syntax_capture
syntax_captured(const struct syntax_matches *m, size_t i)
{
	const TSQueryCapture *c = &m->match.captures[i];

	return (struct syntax_capture){ syntax_own(c->node), c->index };
}

struct str
syntax_property(const struct syntax_matches *m, const char *name)
{
	const struct clause *c = &m->query->clauses[m->match.pattern_index];

	for (size_t i = 0; i < c->npredicates; i++) {
		const struct predicate *p = &c->predicates[i];

		if (p->test == TEST_SET && str_is(p->texts[0], name))
			return p->ntexts > 1 ? p->texts[1] : STR("true");
	}
	return (struct str){ 0 };
}

void
syntax_matches_free(struct syntax_matches *m)
{
	if (!m)
		return;
	ts_query_cursor_delete(m->cursor);
	free(m);
}
