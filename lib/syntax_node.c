/* syntax_node - what a node of a tree is, and a walk over its nodes. */
#include "mem.h"
#include "syntax_parts.h"

bool
syntax_is_node(struct syntax_node n)
{
	return n.id != NULL;
}

bool
syntax_is_same(struct syntax_node a, struct syntax_node b)
{
	return a.id == b.id && a.tree == b.tree;
}

bool
syntax_is_named(struct syntax_node n)
{
	return ts_node_is_named(syntax_foreign(n));
}

bool
syntax_is_missing(struct syntax_node n)
{
	return ts_node_is_missing(syntax_foreign(n));
}

bool
syntax_is_error(struct syntax_node n)
{
	return ts_node_symbol(syntax_foreign(n)) == (TSSymbol)-1;
}

bool
syntax_is_extra(struct syntax_node n)
{
	return ts_node_is_extra(syntax_foreign(n));
}

bool
syntax_has_error(struct syntax_node n)
{
	return ts_node_has_error(syntax_foreign(n));
}

const char *
syntax_kind(struct syntax_node n)
{
	return ts_node_type(syntax_foreign(n));
}

uint16_t
syntax_symbol(struct syntax_node n)
{
	return ts_node_symbol(syntax_foreign(n));
}

size_t
syntax_start(struct syntax_node n)
{
	return ts_node_start_byte(syntax_foreign(n));
}

size_t
syntax_end(struct syntax_node n)
{
	return ts_node_end_byte(syntax_foreign(n));
}

size_t
syntax_row(struct syntax_node n)
{
	return ts_node_start_point(syntax_foreign(n)).row;
}

size_t
syntax_end_row(struct syntax_node n)
{
	return ts_node_end_point(syntax_foreign(n)).row;
}

size_t
syntax_column(struct syntax_node n)
{
	return ts_node_start_point(syntax_foreign(n)).column;
}

size_t
syntax_child_count(struct syntax_node n)
{
	return ts_node_child_count(syntax_foreign(n));
}

/* --- walks --- */

void
syntax_walk_open(struct syntax_walk *w, struct syntax_node below)
{
	TSTreeCursor *cursor = mem_new(1, sizeof *cursor);

	*cursor = ts_tree_cursor_new(syntax_foreign(below));
	*w = (struct syntax_walk){ .node = below, .cursor = cursor };
}

/* The next node that is not below this one. */
static bool
leave(struct syntax_walk *w)
{
	while (w->depth > 0) {
		if (ts_tree_cursor_goto_next_sibling(w->cursor))
			return true;
		ts_tree_cursor_goto_parent(w->cursor);
		w->depth--;
	}
	return false;
}

bool
syntax_walk_next(struct syntax_walk *w)
{
	if (!w->has_begun) {
		w->has_begun = true;
		return syntax_is_node(w->node);
	}
	if (!w->skips && ts_tree_cursor_goto_first_child(w->cursor))
		w->depth++;
	else if (!leave(w))
		return false;
	w->skips = false;
	w->node = syntax_own(ts_tree_cursor_current_node(w->cursor));
	return true;
}

void
syntax_walk_skip(struct syntax_walk *w)
{
	w->skips = true;
}

void
syntax_walk_close(struct syntax_walk *w)
{
	if (w->cursor)
		ts_tree_cursor_delete(w->cursor);
	free(w->cursor);
	w->cursor = NULL;
}
