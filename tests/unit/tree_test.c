/* tree_test - a tree says what libjq says, and numbers keep all their digits. */
#include <jq.h>

#include "random.h"
#include "tap.h"
#include "tree.h"

/* libjq 1.6 keeps memory of its parser: LeakSanitizer, let it be. */
const char *__lsan_default_options(void);
const char *__lsan_default_suppressions(void);

const char *
__lsan_default_options(void)
{
	return "print_suppressions=0:fast_unwind_on_malloc=0";
}

const char *
__lsan_default_suppressions(void)
{
	return "leak:jv_parse_sized\n";
}

enum { DOCUMENTS = 3000, PATHS = 400, NUMBERS = 20000, DEEPEST = 4 };

static uint64_t seed = 6901;

static uint32_t
draw_below(size_t n)
{
	return random_next(&seed) % (uint32_t)n;
}

/* --- random documents, with names that come twice and names that are odd --- */

static void
write_value(struct buf *out, int depth)
{
	static const char *const scalars[] = { "null", "true", "false", "0",
		"-0.0", "1", "1.0", "10e-1", "2", "-1.5", "1e3", "1000", "\"\"",
		"\"a\"", "\"\\u0061\"", "\"b\"", "\"\\u00e4\"", "\"\xc3\xa4\"",
		"\"\\ud83d\\ude00\\n\"", "\"a\\u0000b\"", "\"\\\"]\"" };
	static const char *const names[] = { "a", "b", "\\u0061", "_x9", "",
		"1", "a b", "\xc3\xa4", "\\u00e4", "\\\"", "a-b", "and" };
	static const char *const blanks[] = { "", "", " ", "\n\t" };
	bool is_object = draw_below(2);
	uint32_t n = draw_below(5);

	buf_add_text(out, blanks[draw_below(countof(blanks))]);
	if (!depth || !draw_below(3)) {
		buf_add_text(out, scalars[draw_below(countof(scalars))]);
		buf_add_text(out, blanks[draw_below(countof(blanks))]);
		return;
	}
	buf_add_char(out, is_object ? '{' : '[');
	for (uint32_t i = 0; i < n; i++) {
		buf_add_text(out, i ? " ," : "");
		if (is_object)
			buf_add_format(
			    out, "\"%s\" :", names[draw_below(countof(names))]);
		write_value(out, depth - 1);
	}
	buf_add_char(out, is_object ? '}' : ']');
}

static double
number_of(const struct tree_node *node)
{
	char text[32] = "";

	memcpy(text, node->at, node->len);
	return strtod(text, NULL);
}

/* Is it the same?  Eats the jv. */
static bool
is_same(const struct tree_node *node, jv value)
{
	static const enum span_kind kinds[] = {
		[JV_KIND_NULL] = SPAN_NULL,
		[JV_KIND_FALSE] = SPAN_BOOL,
		[JV_KIND_TRUE] = SPAN_BOOL,
		[JV_KIND_NUMBER] = SPAN_NUMBER,
		[JV_KIND_STRING] = SPAN_STRING,
		[JV_KIND_ARRAY] = SPAN_ARRAY,
		[JV_KIND_OBJECT] = SPAN_OBJECT,
	};
	const struct tree_node *x = NULL;
	bool same = node->kind == kinds[jv_get_kind(value)];
	int n = 0;

	if (same && node->kind == SPAN_BOOL)
		same = jv_get_kind(value) == JV_KIND_TRUE
		    ? str_is(tree_raw(node), "true")
		    : str_is(tree_raw(node), "false");
	if (same && node->kind == SPAN_NUMBER)
		same = number_of(node) == jv_number_value(value);
	if (same && node->kind == SPAN_STRING)
		same = str_equal(tree_text(node),
		    (struct str){ jv_string_value(value),
			(size_t)jv_string_length_bytes(jv_copy(value)) });
	for (; same && (x = tree_next(node, x)); n++) {
		if (node->kind == SPAN_ARRAY) {
			same = is_same(x, jv_array_get(jv_copy(value), n));
			continue;
		}
		same = tree_find(node, tree_text(x)) == x + 1 &&
		    is_same(x + 1,
			jv_object_get(jv_copy(value),
			    jv_string_sized(
				tree_text(x).data, (int)tree_text(x).len)));
	}
	if (same && node->kind == SPAN_ARRAY)
		same = n == jv_array_length(jv_copy(value));
	if (same && node->kind == SPAN_OBJECT)
		same = n == jv_object_length(jv_copy(value)) &&
		    node->count == (uint32_t)n;
	jv_free(value);
	return same;
}

/* The text in memory that ends where it ends. */
static void
read_copy(struct tree *t, struct str text, char **copy)
{
	*copy = tap_copy(text);
	if (tree_read(t, (struct str){ *copy, text.len }))
		abort();
}

static void
test_documents(void)
{
	struct tree old = { 0 };
	jv old_value = jv_null();
	char *old_copy = NULL;

	for (int i = 0; i < DOCUMENTS; i++) {
		struct buf text = { 0 };
		struct tree t;
		char *copy;
		jv value;

		write_value(&text, i % (DEEPEST + 1));
		read_copy(&t, buf_str(&text), &copy);
		value = jv_parse(text.data);
		if (!tap_case(is_same(t.nodes, jv_copy(value)), "read"))
			tap_show("text", buf_str(&text));
		if (old.nodes &&
		    !tap_case((tree_compare(t.nodes, old.nodes) == 0) ==
			    jv_equal(jv_copy(value), jv_copy(old_value)),
			"compared with '%s'", old_copy))
			tap_show("text", buf_str(&text));
		buf_done(&text);
		tree_done(&old);
		free(old_copy);
		jv_free(old_value);
		old = t;
		old_copy = copy;
		old_value = value;
	}
	tree_done(&old);
	free(old_copy);
	jv_free(old_value);
	tap_all("trees hold what libjq holds, and equal what it calls equal");
}

static const struct tree_node *
element(const struct tree *t, size_t index)
{
	const struct tree_node *x = tree_next(t->nodes, NULL);

	while (index--)
		x = tree_next(t->nodes, x);
	return x;
}

static void
check_triple(const struct tree *t, size_t i, size_t j, size_t k)
{
	const struct tree_node *a = element(t, i), *b = element(t, j);
	int ab = tree_compare(a, b), ba = tree_compare(b, a);

	tap_case((ab > 0) == (ba < 0) && (ab < 0) == (ba > 0),
	    "%zu and %zu: %d and %d", i, j, ab, ba);
	tap_case(ab > 0 || tree_compare(b, element(t, k)) > 0 ||
		tree_compare(a, element(t, k)) <= 0,
	    "%zu <= %zu <= %zu", i, j, k);
}

static void
test_order(void)
{
	enum { VALUES = 50 };
	struct buf text = { 0 };
	struct tree t;
	char *copy;

	buf_add_char(&text, '[');
	for (int i = 0; i < VALUES; i++) {
		buf_add_text(&text, i ? "," : "");
		write_value(&text, i % 3);
	}
	buf_add_char(&text, ']');
	read_copy(&t, buf_str(&text), &copy);
	for (size_t i = 0; i < VALUES * VALUES * VALUES; i++)
		check_triple(
		    &t, i % VALUES, i / VALUES % VALUES, i / VALUES / VALUES);
	tap_all("all values have one order");
	tree_done(&t);
	free(copy);
	buf_done(&text);
}

/* --- paths --- */

/* The values whose paths make up a program of jq. */
struct paths {
	const struct tree_node *root, *nodes[PATHS];
	size_t n;
	struct buf program;
};

static void
add_paths(struct paths *p, const struct tree_node *node)
{
	const struct tree_node *x = NULL;

	if (p->n == PATHS)
		return;
	buf_add_char(&p->program, p->n ? ',' : '[');
	tree_path(p->root, node, &p->program);
	p->nodes[p->n++] = node;
	while ((x = tree_next(node, x)))
		add_paths(p, node->kind == SPAN_OBJECT ? x + 1 : x);
}

static void
check_paths(const struct paths *p, const char *text)
{
	jq_state *jq = jq_init();
	jv found;

	if (!jq || !jq_compile(jq, p->program.data))
		abort();
	jq_start(jq, jv_parse(text), 0);
	found = jq_next(jq);
	for (size_t i = 0; i < p->n; i++)
		if (!tap_case(is_same(p->nodes[i],
				  jv_array_get(jv_copy(found), (int)i)),
			"path %zu", i))
			tap_show("value", tree_raw(p->nodes[i]));
	jv_free(found);
	jq_teardown(&jq);
	tap_all("jq finds each value where its path says");
}

static void
test_paths(void)
{
	struct buf text = { 0 };
	struct paths p = { .n = 0 };
	struct tree t;
	char *copy;

	buf_add_text(
	    &text, "{\"1\":[4],\"a\":[[{\"b c\":[2,{\"\":3}]}]],\"x\":[");
	while (text.len < 8000) {
		write_value(&text, DEEPEST);
		buf_add_char(&text, ',');
	}
	buf_add_text(&text, "0]}");
	read_copy(&t, buf_str(&text), &copy);
	p.root = t.nodes;
	add_paths(&p, t.nodes);
	buf_add_char(&p.program, ']');
	check_paths(&p, text.data);
	buf_done(&p.program);
	tree_done(&t);
	free(copy);
	buf_done(&text);
}

static const struct {
	const char *text;
	uint32_t node; /* by index */
	size_t max;    /* bytes there is room for */
	const char *want;
} paths[] = {
	{ "3", 0, 99, "." },
	{ "[1,2]", 2, 99, ".[1]" },
	{ "{\"a\":1}", 2, 99, ".a" },
	{ "{\"a b\":1}", 2, 99, ".[\"a b\"]" },
	{ "{\"\\u0061\":1}", 2, 99, ".a" },
	{ "{\"a\":{\"b c\":[[],[7]]}}", 7, 99, ".a[\"b c\"][1][0]" },
	{ "{\"a\":1,\"a\":[2]}", 5, 99, ".a[0]" },
	{ "{\"0a\":1}", 2, 99, ".[\"0a\"]" },
	{ "{\"9a\":1}", 2, 99, ".[\"9a\"]" },
	{ "{\"\":1}", 2, 99, ".[\"\"]" },
	{ "{\"a\\u0000\":1}", 2, 99, ".[\"a\\u0000\"]" },
	{ "{\"abc\":{\"defghijk\":{\"l\":0}}}", 6, 8, ".abc" },
};

static void
test_path_texts(void)
{
	for (size_t i = 0; i < countof(paths); i++) {
		struct buf out = { .max = paths[i].max };
		struct tree t;

		tree_read(&t, str_of(paths[i].text));
		tree_path(t.nodes, &t.nodes[paths[i].node], &out);
		tap_is(buf_str(&out), paths[i].want, paths[i].text);
		tree_done(&t);
		buf_done(&out);
	}
}

/* --- numbers --- */

static const struct {
	const char *a, *b;
	int want;
} pairs[] = {
	{ "0", "-0", 0 },
	{ "0", "-0.00e9", 0 },
	{ "0e999999999999999999999", "0", 0 },
	{ "1", "1.0", 0 },
	{ "1", "10e-1", 0 },
	{ "1", "0.001E+3", 0 },
	{ "120", "1.2e2", 0 },
	{ "-120", "-0.12e3", 0 },
	{ "100", "1e2", 0 },
	{ "1.5", "1.50", 0 },
	{ "10.01", "1001e-2", 0 },
	{ "9007199254740993", "9007199254740992", 1 },
	{ "9007199254740993.0", "9007199254740993", 0 },
	{ "0.1", "0.10000000000000000001", -1 },
	{ "-0.1", "-0.10000000000000000001", 1 },
	{ "1e400", "1e401", -1 },
	{ "1e-400", "0", 1 },
	{ "-1e-400", "0", -1 },
	{ "-1", "1", -1 },
	{ "-2", "-1", -1 },
	{ "2", "10", -1 },
	{ "12", "13", -1 },
	{ "12", "120", -1 },
	{ "12", "1.2", 1 },
	{ "12.1", "12", 1 },
	{ "0.09", "0.1", -1 },
	{ "1e99999999999999999999", "1e1000", 1 },
	{ "1e-99999999999999999999", "1e-1000", -1 },
	{ "1e99999999999999999999", "1e99999999999999999998", 0 },
};

static void
test_pairs(void)
{
	for (size_t i = 0; i < countof(pairs); i++) {
		struct str a = str_of(pairs[i].a), b = str_of(pairs[i].b);
		int ab = tree_compare_numbers(a, b);
		int ba = tree_compare_numbers(b, a);

		tap_ok((ab > 0) - (ab < 0) == pairs[i].want &&
			(ba < 0) - (ba > 0) == pairs[i].want,
		    "%s and %s", pairs[i].a, pairs[i].b);
	}
}

static const struct {
	const char *text;
	bool is_integer;
	size_t count;
} counts[] = {
	{ "0", true, 0 },
	{ "-0", true, 0 },
	{ "0.0", true, 0 },
	{ "0e5", true, 0 },
	{ "7", true, 7 },
	{ "7.0", true, 7 },
	{ "7.5", false, 0 },
	{ "0.5", false, 0 },
	{ "70e-1", true, 7 },
	{ "75e-1", false, 0 },
	{ "1.25e2", true, 125 },
	{ "1.25e1", false, 0 },
	{ "100", true, 100 },
	{ "1000e-2", true, 10 },
	{ "12.500e1", true, 125 },
	{ "18446744073709551615", true, SIZE_MAX },
	{ "18446744073709551614", true, SIZE_MAX - 1 },
	{ "18446744073709551616", true, SIZE_MAX },
	{ "1e99999999999999999999", true, SIZE_MAX },
	{ "1e-99999999999999999999", false, 0 },
	{ "9007199254740993", true, 9007199254740993 },
	{ "9007199254740993.5", false, 0 },
	{ "\"7\"", false, 0 },
	{ "null", false, 0 },
};

static void
test_counts(void)
{
	for (size_t i = 0; i < countof(counts); i++) {
		struct tree t;
		bool is_integer;

		tree_read(&t, str_of(counts[i].text));
		is_integer = tree_is_integer(t.nodes);
		tap_ok(is_integer == counts[i].is_integer, "is %s an integer?",
		    counts[i].text);
		if (is_integer)
			tap_ok(tree_count(t.nodes) == counts[i].count,
			    "%s counts", counts[i].text);
		tree_done(&t);
	}
}

/* `number` / 10^places * 10^places, in one of many spellings. */
static void
spell(int64_t number, struct buf *out)
{
	uint32_t places = draw_below(6), zeros = draw_below(3);
	uint64_t unit = 1, size = (uint64_t)(number < 0 ? -number : number);

	for (uint32_t i = 0; i < places; i++)
		unit *= 10;
	buf_clear(out);
	buf_add_format(out, "%s%" PRIu64, number < 0 ? "-" : "", size / unit);
	if (places || zeros)
		buf_add_char(out, '.');
	for (uint64_t u = unit / 10; u; u /= 10)
		buf_add_format(out, "%" PRIu64, size / u % 10);
	for (uint32_t i = 0; i < zeros; i++)
		buf_add_char(out, '0');
	if (places || draw_below(2))
		buf_add_format(out, draw_below(2) ? "e%u" : "E+0%u", places);
}

static void
test_numbers(void)
{
	struct buf x = { 0 }, y = { 0 };

	for (int i = 0; i < NUMBERS; i++) {
		int64_t a = (int64_t)draw_below(1 << (1 + i % 30)) - 40;
		int64_t b = draw_below(3) ? (int64_t)draw_below(200) - 40 : a;
		int got;

		spell(a, &x);
		spell(b, &y);
		got = tree_compare_numbers(buf_str(&x), buf_str(&y));
		tap_case((got > 0) - (got < 0) == (a > b) - (a < b),
		    "%s and %s: %d", x.data, y.data, got);
	}
	buf_done(&x);
	buf_done(&y);
	tap_all("numbers compare as they do in int64_t, however written");
}

static void
test_find(void)
{
	struct tree t;

	tree_read(&t, STR("[\"a\",[1],{},{\"b\":1},7]"));
	for (const struct tree_node *x = NULL; (x = tree_next(t.nodes, x));)
		tap_case(!tree_find(x, STR("a")), "a");
	tap_all("there is no member where there is none");
	tree_done(&t);
}

/* --- what is no tree --- */

static void
test_refused(void)
{
	static const struct {
		struct str text;
		const char *name;
	} refused[] = {
		{ { NULL, 0 }, "an empty text is refused" },
		{ { "[1,]", 4 }, "what is not JSON is refused" },
		{ { "[1] 2", 5 }, "two values are refused" },
		{ { "\"\xff\"", 3 }, "what is not UTF-8 is refused" },
		{ { "[1]\0", 4 }, "a NUL is refused" },
	};

	for (size_t i = 0; i < countof(refused); i++) {
		struct tree t;

		tap_ok(tree_read(&t, refused[i].text) == -1 && !t.nodes, "%s",
		    refused[i].name);
		tree_done(&t);
	}
}

/* n times `unit` between brackets of their own. */
static int
read_large(const char *open, const char *unit, size_t n, const char *close,
    uint32_t *size)
{
	struct buf text = { .max = 2 * (size_t)TREE_TEXT_MAX };
	struct tree t;
	int got;

	buf_add_text(&text, open);
	for (size_t i = 0; i < n; i++)
		buf_add_text(&text, unit);
	for (size_t i = 0; close[0] && i < n; i++)
		buf_add_text(&text, close);
	if (!close[0])
		buf_add_text(&text, "0]");
	got = tree_read(&t, buf_str(&text));
	*size = got ? 0 : t.nodes->size;
	tree_done(&t);
	buf_done(&text);
	return got;
}

static void
test_ceilings(void)
{
	uint32_t size;

	tap_ok(!read_large("", "[", 128, "]", &size) && size == 128,
	    "128 levels are read");
	tap_int(read_large("", "[", 129, "]", &size), -1, "129 are not");
	tap_ok(!read_large("[ ", "0,", TREE_TEXT_MAX / 2 - 2, "", &size) &&
		size == TREE_TEXT_MAX / 2,
	    "10 MiB of the smallest values are read");
	tap_int(read_large("[  ", "0,", TREE_TEXT_MAX / 2 - 2, "", &size), -1,
	    "one byte more is not");
}

int
main(void)
{
	test_documents();
	test_order();
	test_paths();
	test_path_texts();
	test_pairs();
	test_counts();
	test_numbers();
	test_find();
	test_refused();
	test_ceilings();
	return tap_done();
}
