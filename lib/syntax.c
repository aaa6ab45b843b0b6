/* syntax - source text as a tree; the only user of tree-sitter. */
#include <dlfcn.h>

#include "file.h"
#include "mem.h"
#include "now.h"
#include "syntax_parts.h"

enum {
	/* A text that a grammar fits takes 0.2 s for a megabyte. */
	LEAST_TIME_S = 5,
	TIME_PER_MB_S = 2,
	LOOK_TIME_MS = 500, /* and as many for each MB */
	WAIT_PART = 20,     /* of others' work, at most, beside ours */

	/* And 25 to 100 bytes a byte. */
	LEAST_MEMORY = 64 << 20,
	MEMORY_PER_BYTE = 300,

	/* A query of what is as small is fast whatever it is; without an error
	 * it takes 1 s at most. */
	SMALL_SIZE = 16 << 10,
	SOUND_SIZE = 128 << 10,
	DEPTH_MAX = 30000,
};

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

static bool
fits(const TSLanguage *language)
{
	uint32_t version = ts_language_version(language);

	return version >= TREE_SITTER_MIN_COMPATIBLE_LANGUAGE_VERSION &&
	    version <= TREE_SITTER_LANGUAGE_VERSION;
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
	syntax_memory_use(NULL);
	path = mem_format("%s/%s.so", folder, name);
	g = mem_new(1, sizeof *g);
	if (!file_exists(path)) {
		err_set(e, ST_INPUT,
		    "no grammar '%s' in '%s'\n"
		    "try: make grammars",
		    name, folder);
	} else {
		g->language = load(g, name, path);
		if (g->language && fits(g->language)) {
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

/*
 * Why a query would take long, or NULL.  A tree, of a text with errors mostly,
 * may be so unbalanced that from a node to its parent there are as many steps as
 * there are nodes.  A query takes them for each node, and cannot be stopped, so
 * they are taken here before.
 */
static const char *
find_obstacle(const struct syntax_tree *t)
{
	size_t mb = 1 + (t->text.len >> 20), n = 0;
	int64_t end = now_processor_ms() + (int64_t)mb * LOOK_TIME_MS;
	const char *why = NULL;
	struct syntax_walk w;

	if (t->text.len <= SMALL_SIZE ||
	    (t->text.len <= SOUND_SIZE && !syntax_has_error(syntax_root(t))))
		return NULL;
	syntax_walk_open(&w, syntax_root(t));
	while (!why && syntax_walk_next(&w)) {
		ts_tree_cursor_current_field_id(w.cursor);
		if (w.depth > DEPTH_MAX)
			why = "nested too deep to be parsed";
		else if (++n % 256 == 0 && now_processor_ms() > end)
			why = "its tree is too deep to be searched";
	}
	syntax_walk_close(&w);
	return why;
}

/*
 * NULL: it took too long, or too much memory, which is freed then.  What
 * libtree-sitter 0.20 has stopped by its own clock must not go on: it crashes.
 */
static TSTree *
parse(struct syntax_grammar *g, struct syntax_memory *memory, struct str text,
    uint64_t seconds)
{
	TSParser *parser;
	TSTree *tree;

	if (setjmp(memory->stop)) {
		syntax_memory_use(NULL);
		return NULL;
	}
	memory->end_ms = now_processor_ms() + (int64_t)seconds * 1000;
	syntax_memory_use(memory);
	parser = ts_parser_new();
	ts_parser_set_language(parser, g->language);
	ts_parser_set_timeout_micros(parser, seconds * WAIT_PART * 1000000);
	tree = ts_parser_parse_string(
	    parser, NULL, text.data ? text.data : "", (uint32_t)text.len);
	ts_parser_delete(parser);
	syntax_memory_use(NULL);
	return tree;
}

static int
parse_into(struct syntax_tree *t, struct syntax_grammar *g, struct err *e)
{
	const char *why;
	size_t len = t->text.len;
	uint64_t seconds = LEAST_TIME_S + (len >> 20) * TIME_PER_MB_S;

	if (len > SYNTAX_TEXT_MAX)
		return err_set(
		    e, ST_INPUT, "longer than %d MB", SYNTAX_TEXT_MAX >> 20);
	if (syntax_is_too_deep(t->text))
		return err_set(e, ST_INPUT, "nested too deep to be parsed");
	t->memory.most = LEAST_MEMORY + len * MEMORY_PER_BYTE;
	t->tree = parse(g, &t->memory, t->text, seconds);
	if (t->memory.used > t->memory.most)
		return err_set(e, ST_INPUT, "not parsed within %zu MB",
		    t->memory.most >> 20);
	if (!t->tree)
		return err_set(
		    e, ST_INPUT, "not parsed within %d s", (int)seconds);
	if (!is_whole(t))
		return err_set(e, ST_INPUT, "nested too deep to be parsed");
	why = find_obstacle(t);
	return why ? err_set(e, ST_INPUT, "%s", why) : 0;
}

struct syntax_tree *
syntax_parse(struct syntax_grammar *g, struct str text, struct err *e)
{
	struct syntax_tree *t = mem_new(1, sizeof *t);

	t->text = text;
	if (!parse_into(t, g, e))
		return t;
	syntax_tree_free(t);
	return NULL;
}

void
syntax_tree_free(struct syntax_tree *t)
{
	if (!t)
		return;
	syntax_memory_free(&t->memory);
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
