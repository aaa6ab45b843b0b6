/*
 * syntax - source text as a tree; the only user of tree-sitter.
 *
 * A grammar is a shared object, FOLDER/NAME.so.  A tree stays valid as long as
 * its text and its grammar.  It knows nothing of what a node means: queries
 * say that, and they are data.
 *
 *     g = syntax_grammar_open("python", folder, &e);
 *     t = syntax_parse(g, text, &e);
 *     q = syntax_query(g, source, &at, &e);
 *     m = syntax_match(q, t, syntax_root(t));
 *     while (syntax_next(m)) ...
 */
#ifndef SYNTAX_H
#define SYNTAX_H

#include "err.h"
#include "str.h"

enum { SYNTAX_TEXT_MAX = 64 << 20 }; /* bytes; what is longer is refused */

struct syntax_grammar;
struct syntax_tree;
struct syntax_query;
struct syntax_matches;

/* A value.  {0} is no node. */
struct syntax_node {
	uint32_t context[4];
	const void *id, *tree;
};

/* NULL with ST_INPUT: it is not there, or too new, or no grammar. */
struct syntax_grammar *syntax_grammar_open(
    const char *name, const char *folder, struct err *e);
void syntax_grammar_close(struct syntax_grammar *);

/*
 * NULL with ST_INPUT: too long, too deep, it takes seconds or memory out of all
 * proportion, or its errors are so many that a query would take long.  A tree
 * may hold errors.  The text is borrowed.
 */
struct syntax_tree *syntax_parse(
    struct syntax_grammar *, struct str text, struct err *e);
void syntax_tree_free(struct syntax_tree *);
struct syntax_node syntax_root(const struct syntax_tree *);
struct str syntax_text(const struct syntax_tree *, struct syntax_node);

/* --- nodes; from one to its parent or sibling is slow, so walk --- */

bool syntax_is_node(struct syntax_node);
bool syntax_is_same(struct syntax_node, struct syntax_node);
bool syntax_is_named(struct syntax_node);
bool syntax_is_missing(struct syntax_node);
bool syntax_is_error(struct syntax_node);  /* what stands there fits nothing */
bool syntax_is_extra(struct syntax_node);  /* a comment, mostly */
bool syntax_has_error(struct syntax_node); /* it, or a node within */
const char *syntax_kind(struct syntax_node);
uint16_t syntax_symbol(struct syntax_node); /* of the kind */
size_t syntax_start(struct syntax_node);    /* bytes */
size_t syntax_end(struct syntax_node);
size_t syntax_row(struct syntax_node); /* of the start, from 0 */
size_t syntax_end_row(struct syntax_node);
size_t syntax_column(struct syntax_node); /* of the start: bytes, from 0 */
size_t syntax_child_count(struct syntax_node);

/*
 * A walk in pre-order.  Open it, then look at `node` and `depth` after each
 * true of next.  It goes on with the children of the node, or, after skip,
 * with what stands behind it.
 */
struct syntax_walk {
	struct syntax_node node;
	size_t depth; /* of the first: 0 */
	bool has_begun, skips;
	void *cursor; /* the module's own */
};
void syntax_walk_open(struct syntax_walk *, struct syntax_node);
bool syntax_walk_next(struct syntax_walk *);
void syntax_walk_skip(struct syntax_walk *);
void syntax_walk_close(struct syntax_walk *);

/*
 * Patterns as tree-sitter has them.  Predicates: #eq? #not-eq? #match?
 * #not-match? #any-of? #not-any-of? (POSIX extended regular expressions) and
 * #set!.  They hold if they do for each node of a capture.  NULL with
 * ST_USAGE: what is wrong at byte *at of the source.
 */
struct syntax_query *syntax_query(
    struct syntax_grammar *, struct str source, size_t *at, struct err *e);
void syntax_query_free(struct syntax_query *);

/* Captures are numbered; the name stands without the "@". */
size_t syntax_capture_names(const struct syntax_query *);
const char *syntax_capture_name(const struct syntax_query *, size_t id);

struct syntax_capture {
	struct syntax_node node;
	size_t id;
};

/* Begin to match below a node.  One at a time of a query. */
struct syntax_matches *syntax_match(struct syntax_query *,
    const struct syntax_tree *, struct syntax_node below);

/* The next match whose predicates hold.  What begins first need not come
 * first.  A match that is open beside hundreds of others may be lost. */
bool syntax_next(struct syntax_matches *);

/* Look no further into a node that has just been captured. */
void syntax_leave(struct syntax_matches *, struct syntax_node);
size_t syntax_pattern(const struct syntax_matches *); /* of the query, from 0 */
size_t syntax_captures(const struct syntax_matches *);
struct syntax_capture syntax_captured(const struct syntax_matches *, size_t i);

/* What #set! gave its pattern, NUL-terminated; or data NULL. */
struct str syntax_property(const struct syntax_matches *, const char *name);
void syntax_matches_free(struct syntax_matches *);

#endif
