/* syntax_test - grammars are loaded, texts parsed, patterns found. */
#include <unistd.h>

#include "buf.h"
#include "syntax.h"
#include "tap.h"

enum { HOSTILE_S = 600 };

static const char folder[] = "build/grammars";

static struct syntax_grammar *python;

static struct syntax_tree *
parse(struct str text)
{
	struct err e = ERR_NONE;
	struct syntax_tree *t = syntax_parse(python, text, &e);

	if (!t)
		tap_note("%s", e.text);
	return t;
}

/* --- grammars --- */

static void
test_grammars(void)
{
	static const struct {
		const char *name, *want;
	} wrong[] = {
		{ "klingon",
		    "no grammar 'klingon' in 'build/grammars'\n"
		    "try: make grammars" },
		{ "../x", "'../x' is no name of a grammar" },
		{ "", "'' is no name of a grammar" },
	};
	struct err e = ERR_NONE;

	python = syntax_grammar_open("python", folder, &e);
	tap_is(str_of(e.text), "", "a grammar is loaded");
	for (size_t i = 0; i < countof(wrong); i++) {
		tap_ok(!syntax_grammar_open(wrong[i].name, folder, &e) &&
			e.status == ST_INPUT,
		    "'%s' is none", wrong[i].name);
		tap_is(str_of(e.text), wrong[i].want, "and that is said");
	}
	tap_ok(!syntax_grammar_open("libdmr", "build", &e),
	    "nor is what only lies there");
}

/* --- trees --- */

/* "kind kind(" in pre-order. */
static void
test_walk(void)
{
	struct syntax_tree *t = parse(STR("f(1)\n# x\n"));
	struct syntax_walk w;
	struct buf out = { 0 };

	syntax_walk_open(&w, syntax_root(t));
	while (syntax_walk_next(&w)) {
		buf_add_format(&out, "%zu%s%s ", w.depth,
		    syntax_is_extra(w.node) ? "+" : "", syntax_kind(w.node));
		if (!strcmp(syntax_kind(w.node), "argument_list"))
			syntax_walk_skip(&w);
	}
	syntax_walk_close(&w);
	tap_is(buf_str(&out),
	    "0module 1expression_statement 2call 3identifier "
	    "3argument_list 1+comment ",
	    "a walk goes from parents to children, unless told not to");
	buf_done(&out);
	syntax_tree_free(t);
}

static void
test_errors(void)
{
	struct syntax_tree *good = parse(STR("def f():\n  pass\n"));
	struct syntax_tree *bad = parse(STR("def f(:\n  pass\n"));

	tap_ok(
	    !syntax_has_error(syntax_root(good)), "a right text has no error");
	tap_ok(syntax_has_error(syntax_root(bad)), "a wrong one has");
	syntax_tree_free(good);
	syntax_tree_free(bad);
}

/* Patterns over nests of brackets, and of functions. */
static const struct {
	const char *language, *piece;
	int n;
	bool is_parsed;
} nests[] = {
	{ "python", "f([", 3000, true },
	{ "python", "f([", 10000, true },
	{ "python", "f([", 50000, false },
	{ "python", "not ", 10000, true },
	{ "python", "not ", 100000, false },
	{ "python", "a,\n", 100000, true },
	{ "python", "(a)", 20000, true },
	{ "python", "(a)", 300000, false },
	{ "java", "{(", 100000, false },
	{ "java", "a<", 100000, false },
	{ "java", "a<", 2000, true },
	{ "java", "a<\n", 100000, false },
	{ "c", "{", 9000, true },
	{ "c", "{", 29000, true },
	{ "c", "if (a) ", 10000, true },
	{ "javascript", "[{a:", 100000, false },
	{ "javascript", "a=>", 3000, true },
	{ "javascript", "}{\n", 2000, true },
	{ "javascript", "}{\n", 100000, false },
	{ "typescript", "}{\n", 100000, false },
	{ "rust", "}{\n", 100000, false },
	{ "go", "}{\n", 100000, false },
	{ "bash", "$(", 100000, false },
};

static void
search(struct syntax_grammar *g, const struct syntax_tree *t)
{
	struct err e = ERR_NONE;
	size_t at;
	struct syntax_query *q = syntax_query(g, STR("(_ (_) @x)"), &at, &e);
	struct syntax_matches *m = syntax_match(q, t, syntax_root(t));

	while (syntax_next(m))
		;
	syntax_matches_free(m);
	syntax_query_free(q);
}

static void
test_nested(void)
{
	tap_limit(HOSTILE_S);
	for (size_t i = 0; i < countof(nests); i++) {
		struct err e = ERR_NONE;
		struct syntax_grammar *g = syntax_grammar_open(
		    nests[i].language, folder, &e);
		struct buf text = { 0 };
		struct syntax_tree *t;

		for (int k = 0; k < nests[i].n; k++)
			buf_add_text(&text, nests[i].piece);
		t = syntax_parse(g, buf_str(&text), &e);
		tap_case(!!t == nests[i].is_parsed, "%s '%s': %s",
		    nests[i].language, nests[i].piece, e.text);
		if (t)
			search(g, t);
		syntax_tree_free(t);
		syntax_grammar_close(g);
		buf_done(&text);
	}
	tap_limit(0);
	tap_all("what is nested deep is parsed or refused");
}

static void
test_long(void)
{
	struct str text = { "", (size_t)SYNTAX_TEXT_MAX + 1 };
	struct err e = ERR_NONE;

	tap_ok(!syntax_parse(python, text, &e) && e.status == ST_INPUT,
	    "what is too long is refused unread");
	tap_is(str_of(e.text), "longer than 64 MB", "and why");
	syntax_tree_free(parse((struct str){ 0 }));
	syntax_tree_free(parse((struct str){ "a\0b\n\xff", 5 }));
}

/* --- queries --- */

static const char text[] = "alpha = beta(alpha)\nself = self\nnone = 1\n";

static const struct {
	const char *query, *want; /* texts of the captures */
} finds[] = {
	{ "(assignment left: (_) @x)", "x=alpha x=self x=none " },
	{ "((assignment left: (_) @x) (#eq? @x \"self\"))", "x=self " },
	{ "((assignment left: (_) @x) (#not-eq? @x \"self\"))",
	    "x=alpha x=none " },
	{ "((assignment left: (_) @x right: (_) @y) (#eq? @x @y))",
	    "x=self y=self " },
	{ "((assignment left: (_) @x right: (_) @y) (#not-eq? @x @y))",
	    "x=alpha y=beta(alpha) x=none y=1 " },
	{ "((assignment left: (_) @x) (#match? @x \"^[a-n]\"))",
	    "x=alpha x=none " },
	{ "((assignment left: (_) @x) (#not-match? @x \"^[a-n]\"))",
	    "x=self " },
	{ "((assignment left: (_) @x) (#any-of? @x \"none\" \"self\"))",
	    "x=self x=none " },
	{ "((assignment left: (_) @x) (#not-any-of? @x \"none\" \"self\"))",
	    "x=alpha " },
	{ "((integer) @x (#set! kind \"number\"))", "x=1 kind:number " },
};

static const struct {
	const char *query;
	size_t at;
	const char *want;
} wrongs[] = {
	{ "(call) @x (nothing) @y", 11, "the grammar has no node 'nothing'" },
	{ "(call funktion: (_))", 6, "the grammar has no field 'funktion'" },
	{ "(call", 5, "not the syntax of a query" },
	{ "(integer (call))", 9, "a pattern that nothing can match" },
	{ "((call) @x (#same? @x \"y\"))", 0, "no predicate '#same?'" },
	{ "((call) @x (#eq? @x))", 0, "#eq? has 1 arguments" },
	{ "((call) @x (#eq? \"a\" \"b\"))", 0,
	    "a predicate begins with a capture" },
	{ "((call) @x (#match? @x @x))", 0,
	    "a predicate needs a text, not a capture" },
	{ "(call) @x ((call) @x (#match? @x \"a(\"))", 10,
	    "'a(' is no regular expression: " },
};

static void
find(const char *source, struct buf *out)
{
	struct err e = ERR_NONE;
	size_t at;
	struct syntax_tree *t = parse(str_of(text));
	struct syntax_query *q = syntax_query(python, str_of(source), &at, &e);
	struct syntax_matches *m;

	buf_add_text(out, e.text);
	m = q ? syntax_match(q, t, syntax_root(t)) : NULL;
	while (m && syntax_next(m)) {
		struct str kind = syntax_property(m, "kind");

		for (size_t i = 0; i < syntax_captures(m); i++) {
			struct syntax_capture c = syntax_captured(m, i);

			buf_add_format(out, "%s=%.*s ",
			    syntax_capture_name(q, c.id),
			    STR_ARGS(syntax_text(t, c.node)));
		}
		if (kind.data)
			buf_add_format(out, "kind:%s ", kind.data);
	}
	syntax_matches_free(m);
	syntax_query_free(q);
	syntax_tree_free(t);
}

static void
test_queries(void)
{
	for (size_t i = 0; i < countof(finds); i++) {
		struct buf out = { 0 };

		find(finds[i].query, &out);
		tap_is(buf_str(&out), finds[i].want, finds[i].query);
		buf_done(&out);
	}
	for (size_t i = 0; i < countof(wrongs); i++) {
		struct err e = ERR_NONE;
		size_t at = 99;

		tap_ok(
		    !syntax_query(python, str_of(wrongs[i].query), &at, &e) &&
			e.status == ST_USAGE && at == wrongs[i].at &&
			str_starts(str_of(e.text), wrongs[i].want),
		    "%s is wrong at %zu: %s", wrongs[i].query, wrongs[i].at,
		    wrongs[i].want);
	}
}

int
main(void)
{
	test_grammars();
	if (!python)
		return tap_done();
	test_walk();
	test_errors();
	test_nested();
	test_long();
	test_queries();
	syntax_grammar_close(python);
	return tap_done();
}
