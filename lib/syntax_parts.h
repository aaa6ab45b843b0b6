/*
 * syntax_parts - what the files of syntax share.
 *
 * A struct syntax_node is a TSNode under another name, so that nobody else
 * needs to know tree-sitter.
 */
#ifndef SYNTAX_PARTS_H
#define SYNTAX_PARTS_H

#include <tree_sitter/api.h>

#include "syntax.h"

struct syntax_grammar {
	void *object;
	const TSLanguage *language;
	TSParser *parser;
};

struct syntax_tree {
	TSTree *tree;
	struct str text;
};

_Static_assert(
    sizeof(struct syntax_node) == sizeof(TSNode), "a node is tree-sitter's");

bool syntax_is_too_deep(struct str text);

static inline TSNode
syntax_foreign(struct syntax_node node)
{
	TSNode n;

	memcpy(&n, &node, sizeof n);
	return n;
}

static inline struct syntax_node
syntax_own(TSNode node)
{
	struct syntax_node n;

	memcpy(&n, &node, sizeof n);
	return n;
}

#endif
