/* syntax - source text as a tree; the only user of tree-sitter. */
#include <dlfcn.h>

#include "file.h"
#include "mem.h"
#include "syntax_parts.h"

/* A text that a grammar fits takes 0.2 s for a megabyte. */
enum { LEAST_TIME_S = 6, TIME_PER_MB_S = 2 };

/*
 * --- memory ---
 *
 * A lack of it ends the program, as everywhere.  And libtree-sitter 0.20 counts
 * a node's children in 16 bits: of an ERROR node of more than 65535, which
 * 100,000 open brackets make, it frees a place inside the block.  So each block
 * says where it begins, and what is none is left alone.  What they hold are
 * pointers and integers, so that 8 bytes in front keep them aligned.
 */
struct block {
	uint64_t begin; /* its own address, changed */
};

#define CHANGE ((uintptr_t)0x5bd1e995)

static void *
allocate(size_t size)
{
	size_t none = 0;
	struct block *b = mem_grow(NULL, &none, size + sizeof *b, 1);

	b->begin = (uintptr_t)b ^ CHANGE;
	return b + 1;
}

static void *
allocate_zeroed(size_t n, size_t size)
{
	void *p = allocate(n * size);

	return memset(p, 0, n * size);
}

static struct block *
block_of(void *p)
{
	struct block *b = (struct block *)p - 1;

	return b->begin == ((uintptr_t)b ^ CHANGE) ? b : NULL;
}

static void
release(void *p)
{
	struct block *b = p ? block_of(p) : NULL;

	if (!b)
		return;
	b->begin = 0;
	free(b);
}

static void *
reallocate(void *old, size_t size)
{
	size_t none = 0;
	struct block *b;

	if (!old)
		return allocate(size);
	b = mem_grow(block_of(old), &none, size + sizeof *b, 1);
	b->begin = (uintptr_t)b ^ CHANGE;
	return b + 1;
}

/* --- grammars --- */

/* A name that is part of a path and of a symbol. */
static bool
is_name(const char *name)
{
	size_t n = strspn(name, "abcdefghijklmnopqrstuvwxyz0123456789_");

	return n > 0 && n < 64 && !name[n];
}

static const TSLanguage *
load(struct syntax_grammar *g, const char *name, const char *path)
{
	const TSLanguage *(*language)(void);
	char *symbol;

	g->object = dlopen(path, RTLD_NOW | RTLD_LOCAL);
	if (!g->object)
		return NULL;
	symbol = mem_format("tree_sitter_%s", name);
	*(void **)&language = dlsym(g->object, symbol);
	free(symbol);
	return language ? language() : NULL;
}

struct syntax_grammar *
syntax_grammar_open(const char *name, const char *folder, struct err *e)
{
	struct syntax_grammar *g;
	char *path;

	if (!is_name(name)) {
		err_set(e, ST_INPUT, "'%s' is no name of a grammar", name);
		return NULL;
	}
	path = mem_format("%s/%s.so", folder, name);
	ts_set_allocator(allocate, allocate_zeroed, reallocate, release);
	g = mem_new(1, sizeof *g);
	if (!file_exists(path)) {
		err_set(e, ST_INPUT,
		    "no grammar '%s' in '%s'\n"
		    "try: make grammars",
		    name, folder);
	} else {
		g->language = load(g, name, path);
		g->parser = ts_parser_new();
		if (g->language &&
		    ts_parser_set_language(g->parser, g->language)) {
			free(path);
			return g;
		}
		err_set(e, ST_INPUT,
		    "'%s' is no grammar, or not of ABI %d to %d", path,
		    TREE_SITTER_MIN_COMPATIBLE_LANGUAGE_VERSION,
		    TREE_SITTER_LANGUAGE_VERSION);
	}
	free(path);
	syntax_grammar_close(g);
	return NULL;
}

void
syntax_grammar_close(struct syntax_grammar *g)
{
	if (!g)
		return;
	if (g->parser)
		ts_parser_delete(g->parser);
	if (g->object)
		dlclose(g->object);
	free(g);
}

/* --- trees --- */

/* The children that are not counted take a byte each, at the least. */
static bool
is_whole(const struct syntax_tree *t)
{
	struct syntax_node root = syntax_root(t);

	return !syntax_has_error(root) ||
	    t->text.len < syntax_end(root) + UINT16_MAX;
}

struct syntax_tree *
syntax_parse(struct syntax_grammar *g, struct str text, struct err *e)
{
	struct syntax_tree *t;
	TSTree *tree;
	uint64_t seconds = LEAST_TIME_S + (text.len >> 20) * TIME_PER_MB_S;

	if (text.len > SYNTAX_TEXT_MAX) {
		err_set(
		    e, ST_INPUT, "longer than %d MB", SYNTAX_TEXT_MAX >> 20);
		return NULL;
	}
	if (syntax_is_too_deep(text)) {
		err_set(e, ST_INPUT, "nested too deep to be parsed");
		return NULL;
	}
	ts_parser_set_timeout_micros(g->parser, seconds * 1000000);
	tree = ts_parser_parse_string(
	    g->parser, NULL, text.data ? text.data : "", (uint32_t)text.len);
	if (!tree) {
		ts_parser_reset(g->parser);
		err_set(e, ST_INPUT, "not parsed within %d s", (int)seconds);
		return NULL;
	}
	t = mem_new(1, sizeof *t);
	*t = (struct syntax_tree){ tree, text };
	if (is_whole(t))
		return t;
	syntax_tree_free(t);
	err_set(e, ST_INPUT, "nested too deep to be parsed");
	return NULL;
}

void
syntax_tree_free(struct syntax_tree *t)
{
	if (!t)
		return;
	ts_tree_delete(t->tree);
	free(t);
}

struct syntax_node
syntax_root(const struct syntax_tree *t)
{
	return syntax_own(ts_tree_root_node(t->tree));
}

struct str
syntax_text(const struct syntax_tree *t, struct syntax_node node)
{
	size_t start = syntax_start(node), end = syntax_end(node);

	if (end > t->text.len || start > end)
		return (struct str){ 0 };
	return (struct str){ t->text.data + start, end - start };
}
