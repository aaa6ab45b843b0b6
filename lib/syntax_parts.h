/*
 * syntax_parts - what the files of syntax share.
 *
 * A struct syntax_node is a TSNode under another name, so that nobody else
 * needs to know tree-sitter.
 */
#ifndef SYNTAX_PARTS_H
#define SYNTAX_PARTS_H

#include <setjmp.h>
#include <tree_sitter/api.h>

#include "syntax.h"

struct syntax_grammar {
	void *object;
	const TSLanguage *language;
};

/* What stands before what libtree-sitter is given, in a ring with others. */
struct syntax_block {
	uintptr_t begin; /* its own address, changed */
	size_t size;     /* bytes behind this */
	struct syntax_block *before, *after;
};

/*
 * What a parse allocates: a tree, when it is done.  Where it needs more than
 * `most` bytes, or works longer than `end_ms`, it goes on at `stop`, for
 * libtree-sitter cannot be told to end everywhere; nothing but
 * syntax_memory_free() may come then.
 */
struct syntax_memory {
	struct syntax_block ring; /* none itself */
	size_t used, most;        /* bytes */
	size_t nblocks;           /* that were asked for */
	int64_t end_ms;           /* by now_processor_ms() */
	jmp_buf stop;
};

/* What is allocated from now on belongs to it; NULL: to nobody. */
void syntax_memory_use(struct syntax_memory *);
void syntax_memory_free(struct syntax_memory *);

struct syntax_tree {
	TSTree *tree;
	struct str text;
	struct syntax_memory memory;
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
