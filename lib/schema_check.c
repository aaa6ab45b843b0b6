/* schema - whether a text holds to a schema. */
#include "schema_say.h"

#include "mem.h"

/* 100,000 values against ten $ref, 50 MB; no model writes as much. */
enum { VERDICTS_MAX = 1 << 20 };

/* What came of a rule for a value. */
struct verdict {
	uint64_t key; /* 0: none */
	struct schema_failure failure;
};

/*
 * Verdicts on what $ref points at, so that no rule is applied to one value
 * twice: with two $ref to try on each level, time would double with each.
 * Open addressing; the size is a power of two.
 */
struct verdicts {
	struct verdict *slots;
	size_t n, size;
};

struct checker {
	const struct schema *schema;
	const struct tree_node *root; /* of the text */
	struct verdicts verdicts;
	bool is_over;                  /* there are too many verdicts */
	struct schema_failure failure; /* valid when a check is false */
};

static bool check(
    struct checker *, const struct schema_rule *, const struct tree_node *);

/*
 * Note what is wrong; returns false.  `reach` says how far the text was good,
 * to tell which of the schemas in anyOf was meant: a value of the wrong type
 * counts less than one of the right type, and where a member is missing all of
 * the object was good.
 */
static bool
fail_at(struct checker *c, unsigned keyword, const struct tree_node *value,
    const struct tree_node *at, size_t reach)
{
	c->failure = (struct schema_failure){
		.keyword = (uint8_t)keyword,
		.value = (uint32_t)(value - c->schema->tree.nodes),
		.at = (uint32_t)(at - c->root),
		.reach = (uint32_t)reach,
	};
	return false;
}

static bool
fail(struct checker *c, unsigned keyword, const struct tree_node *value,
    const struct tree_node *at)
{
	size_t reach = 2 * (size_t)(at - c->root);

	return fail_at(c, keyword, value, at, reach + (keyword != SCHEMA_TYPE));
}

/* The slot of a key, or the free one where it belongs. */
static struct verdict *
find_verdict(const struct verdicts *v, uint64_t key)
{
	uint64_t hash = key;
	size_t i;

	/* MurmurHash3's 64-bit finalizer. */
	hash = (hash ^ hash >> 33) * 0xff51afd7ed558ccd;
	hash = (hash ^ hash >> 33) * 0xc4ceb9fe1a85ec53;
	hash ^= hash >> 33;
	for (i = hash & (v->size - 1); v->slots[i].key;
	     i = (i + 1) & (v->size - 1))
		if (v->slots[i].key == key)
			break;
	return &v->slots[i];
}

/* Make room for one more, so that a third of the slots stays free. */
static void
grow_verdicts(struct verdicts *v)
{
	struct verdicts larger = { .n = v->n, .size = 2 * v->size };

	if (v->n < v->size / 3 * 2)
		return;
	if (!larger.size)
		larger.size = 64;
	larger.slots = mem_new(larger.size, sizeof *larger.slots);
	for (size_t i = 0; i < v->size; i++)
		if (v->slots[i].key)
			*find_verdict(&larger, v->slots[i].key) = v->slots[i];
	free(v->slots);
	*v = larger;
}

static void
add_verdict(struct checker *c, uint64_t key, bool is_good)
{
	struct verdict v = { .key = key, .failure = c->failure };

	if (c->verdicts.n == VERDICTS_MAX) {
		c->is_over = true;
		return;
	}
	if (is_good)
		v.failure = (struct schema_failure){ .keyword = SCHEMA_GOOD };
	grow_verdicts(&c->verdicts);
	*find_verdict(&c->verdicts, key) = v;
	c->verdicts.n++;
}

/*
 * Apply what $ref points at.  For a value with nothing in it that is cheaper
 * than to remember the verdict, unless further steps follow.
 */
static bool
check_ref(
    struct checker *c, const struct schema_rule *r, const struct tree_node *at)
{
	const struct schema_rule *target;
	const struct verdict *v;
	uint64_t key;
	bool is_good;

	if (!r->target)
		return true;
	target = schema_rule(c->schema, r->target);
	if (at->size == 1 && !target->steps)
		return check(c, target, at);
	key = (uint64_t)(target - c->schema->rules + 1) << 32 |
	    (uint64_t)(at - c->root);
	v = find_verdict(&c->verdicts, key);
	if (v->key) {
		c->failure = v->failure;
		return v->failure.keyword == SCHEMA_GOOD;
	}
	is_good = check(c, target, at);
	add_verdict(c, key, is_good);
	return is_good;
}

static bool
check_type(
    struct checker *c, const struct schema_rule *r, const struct tree_node *at)
{
	static const unsigned sets[] = {
		[SPAN_NULL] = 1U << SCHEMA_NULL,
		[SPAN_BOOL] = 1U << SCHEMA_BOOLEAN,
		[SPAN_NUMBER] = 1U << SCHEMA_NUMBER,
		[SPAN_STRING] = 1U << SCHEMA_STRING,
		[SPAN_ARRAY] = 1U << SCHEMA_ARRAY,
		[SPAN_OBJECT] = 1U << SCHEMA_OBJECT,
	};

	if (!r->types || r->types & sets[at->kind] ||
	    (r->types & 1U << SCHEMA_INTEGER && tree_is_integer(at)))
		return true;
	return fail(c, SCHEMA_TYPE, r->value[SCHEMA_TYPE], at);
}

/* enum and const. */
static bool
check_value(
    struct checker *c, const struct schema_rule *r, const struct tree_node *at)
{
	const struct tree_node *only = r->value[SCHEMA_CONST];

	if (r->value[SCHEMA_ENUM] && !schema_is_allowed(r, at))
		return fail(c, SCHEMA_ENUM, r->value[SCHEMA_ENUM], at);
	if (only && tree_compare(at, only))
		return fail(c, SCHEMA_CONST, only, at);
	return true;
}

/* Does a number that compares so with a limit hold to it? */
static bool
is_within(enum schema_keyword limit, int order)
{
	switch (limit) {
	case SCHEMA_MINIMUM:
		return order >= 0;
	case SCHEMA_MAXIMUM:
		return order <= 0;
	case SCHEMA_ABOVE:
		return order > 0;
	default:
		return order < 0;
	}
}

static bool
check_number(
    struct checker *c, const struct schema_rule *r, const struct tree_node *at)
{
	for (unsigned k = SCHEMA_MINIMUM; k <= SCHEMA_BELOW; k++)
		if (r->value[k] && !is_within(k, tree_compare(at, r->value[k])))
			return fail(c, k, r->value[k], at);
	return true;
}

/* `least`: the keyword for the least count; that for the most is the next. */
static bool
check_count(struct checker *c, const struct schema_rule *r,
    const struct tree_node *at, size_t count, enum schema_keyword least)
{
	const struct tree_node *low = r->value[least];
	const struct tree_node *high = r->value[least + 1];

	if (low && count < tree_count(low))
		return fail(c, least, low, at);
	if (high && count > tree_count(high))
		return fail(c, least + 1, high, at);
	return true;
}

static size_t
count_characters(struct str text)
{
	size_t n = 0;

	for (size_t i = 0; i < text.len; i++)
		n += ((unsigned char)text.data[i] & 0xc0) != 0x80;
	return n;
}

static bool
check_array(
    struct checker *c, const struct schema_rule *r, const struct tree_node *at)
{
	const struct tree_node *items = r->value[SCHEMA_ITEMS], *x = NULL;

	if (!check_count(c, r, at, at->count, SCHEMA_MIN_ITEMS))
		return false;
	while (items && (x = tree_next(at, x)))
		if (!check(c, schema_rule(c->schema, items), x))
			return false;
	return true;
}

static bool
check_member(struct checker *c, const struct schema_rule *r,
    const struct tree_node *name)
{
	const struct tree_node *properties = r->value[SCHEMA_PROPERTIES];
	const struct tree_node *sub = NULL;

	if (properties)
		sub = tree_find(properties, tree_text(name));
	if (!sub)
		sub = r->value[SCHEMA_ADDITIONAL];
	if (!sub)
		return true;
	if (sub->kind == SPAN_BOOL && sub->at[0] == 'f')
		return fail(c, SCHEMA_ADDITIONAL, sub, name + 1);
	return check(c, schema_rule(c->schema, sub), name + 1);
}

static bool
check_object(
    struct checker *c, const struct schema_rule *r, const struct tree_node *at)
{
	const struct tree_node *required = r->value[SCHEMA_REQUIRED], *x = NULL;
	size_t end = (size_t)(at - c->root) + at->size;

	while ((x = tree_next(at, x)))
		if (!check_member(c, r, x))
			return false;
	while (required && (x = tree_next(required, x)))
		if (!tree_find(at, tree_text(x)))
			return fail_at(c, SCHEMA_REQUIRED, x, at, 2 * end);
	return true;
}

/*
 * One schema must fit.  If none does, what stopped the one that came furthest
 * is told; if all stopped at the type, all their types.
 */
static bool
check_any(
    struct checker *c, const struct schema_rule *r, const struct tree_node *at)
{
	const struct tree_node *any = r->value[SCHEMA_ANY_OF], *x = NULL;
	struct schema_failure best = { .reach = 0 };

	if (!any)
		return true;
	while ((x = tree_next(any, x))) {
		if (check(c, schema_rule(c->schema, x), at))
			return true;
		if (x == any + 1 || c->failure.reach > best.reach)
			best = c->failure;
		else if (c->failure.reach == best.reach &&
		    c->failure.value != best.value)
			best.others = true;
	}
	c->failure = best;
	if (best.others && best.reach == 2 * (size_t)(at - c->root))
		fail_at(c, SCHEMA_ANY_OF, any, at, best.reach);
	return false;
}

/* What holds for values of this kind only. */
static bool
check_kind(
    struct checker *c, const struct schema_rule *r, const struct tree_node *at)
{
	switch (at->kind) {
	case SPAN_NUMBER:
		return check_number(c, r, at);
	case SPAN_STRING:
		return check_count(c, r, at, count_characters(tree_text(at)),
		    SCHEMA_MIN_LENGTH);
	case SPAN_ARRAY:
		return check_array(c, r, at);
	case SPAN_OBJECT:
		return check_object(c, r, at);
	default:
		return true;
	}
}

/*
 * Does a value hold to a rule?  The depth of the text and the steps of the
 * schema (SCHEMA_STEPS_MAX) bound how deep this goes.
 */
static bool
check(
    struct checker *c, const struct schema_rule *r, const struct tree_node *at)
{
	if (c->is_over)
		return false;
	if (r->at->kind == SPAN_BOOL)
		return r->at->at[0] == 't' || fail(c, SCHEMA_FALSE, r->at, at);
	return check_type(c, r, at) && check_ref(c, r, at) &&
	    check_value(c, r, at) && check_kind(c, r, at) &&
	    check_any(c, r, at);
}

int
schema_check(const struct schema *s, struct str text, struct err *e)
{
	struct checker c = { .schema = s };
	struct tree tree;
	bool is_good;
	int got = 0;

	if (tree_read(&tree, text))
		return schema_report_text(text, ST_UNUSABLE, e);
	c.root = tree.nodes;
	grow_verdicts(&c.verdicts);
	is_good = check(&c, s->rules, tree.nodes);
	if (c.is_over)
		got = err_set(e, ST_UNUSABLE,
		    "not what the schema says: too large to be checked");
	else if (!is_good)
		got = schema_report(s, tree.nodes, &c.failure, e);
	free(c.verdicts.slots);
	tree_done(&tree);
	return got;
}
