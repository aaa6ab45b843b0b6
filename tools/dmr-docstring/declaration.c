/* dmr-docstring: what a source file declares. */
#include "declaration.h"

#include "declaration_parts.h"
#include "mem.h"

enum { SYMBOL_MAX = 400 }; /* bytes; of longer ones the end is kept */

/* What is open around a declaration. */
struct around {
	size_t end;                      /* byte */
	struct declaration *declaration; /* NULL: a scope */
	char *symbol;
	bool is_type, is_function;
	const char *skip, *consumer; /* they hold for all within, or NULL */
};

struct maker {
	struct source *source;
	const struct found *found;
	const struct errors *errors;
	struct around *stack;
	size_t depth, capacity;
	/* Of the whole file, or NULL; the last of its own documentation. */
	const char *skip_file, *consumer, *module_consumer;
};

void
declaration_add_reason(struct declaration *d, const char *reason)
{
	size_t n = 0;

	while (d->reasons[n])
		n++;
	if (reason && *reason && n < DECLARATION_REASONS_MAX &&
	    !declaration_has_reason(d, reason))
		d->reasons[n] = reason;
}

bool
declaration_has_reason(const struct declaration *d, const char *reason)
{
	for (size_t i = 0; d->reasons[i]; i++)
		if (!strcmp(d->reasons[i], reason))
			return true;
	return false;
}

/* --- what is around it --- */

static bool
is_function(struct str kind)
{
	return str_is(kind, "function") || str_is(kind, "method") ||
	    str_is(kind, "constructor");
}

bool
declaration_is_type(struct str kind)
{
	static const char *const types[] = { "class", "struct", "interface",
		"trait", "enum", "union" };

	for (size_t i = 0; i < countof(types); i++)
		if (str_is(kind, types[i]))
			return true;
	return false;
}

/* Leave what ends before a node begins; the innermost that is left, or NULL. */
static const struct around *
leave(struct maker *m, struct syntax_node node)
{
	while (m->depth && m->stack[m->depth - 1].end <= syntax_start(node))
		free(m->stack[--m->depth].symbol);
	return m->depth ? &m->stack[m->depth - 1] : NULL;
}

static void
enter(struct maker *m, const struct draft *draft, struct declaration *d,
    const char *symbol)
{
	const struct around *in = m->depth ? &m->stack[m->depth - 1] : NULL;
	struct around a = { .end = syntax_end(draft->node),
		.declaration = d,
		.symbol = mem_copy(str_of(symbol)),
		.is_type = draft->is_scope || declaration_is_type(draft->kind),
		.is_function = (in && in->is_function) ||
		    is_function(draft->kind),
		.skip = draft->skip ? draft->skip
		    : in            ? in->skip
				    : NULL,
		.consumer = draft->consumer ? draft->consumer
		    : in                    ? in->consumer
					    : NULL };

	m->stack = mem_grow(
	    m->stack, &m->capacity, m->depth + 1, sizeof *m->stack);
	m->stack[m->depth++] = a;
}

/* "Shop.get", yours to free(). */
static char *
make_symbol(const struct around *in, struct str owner, struct str name)
{
	struct str prefix = str_of(in ? in->symbol : NULL);

	if (prefix.len + owner.len + name.len > SYMBOL_MAX) {
		prefix.len = owner.len = 0;
		if (name.len > SYMBOL_MAX)
			name = str_skip(name, name.len - SYMBOL_MAX);
	}
	return mem_format("%.*s%s%.*s%s%.*s", STR_ARGS(prefix),
	    prefix.len ? "." : "", STR_ARGS(owner), owner.len ? "." : "",
	    STR_ARGS(name));
}

/* --- one declaration --- */

/* What a file is called, without its folder. */
static struct str
file_name(const struct source *s)
{
	struct str rest = str_of(s->path), name = rest;

	while (rest.data)
		name = str_cut(&rest, '/');
	return name;
}

/* ... and without its suffix. */
static struct str
module_name(const struct source *s)
{
	struct str name = file_name(s);

	return str_cut(&name, '.');
}

/* Could the file be a part of a module, where it has no documentation? */
static bool
is_module_unknown(const struct source *s, const struct declaration *d)
{
	return source_is_node(s, d->definition) &&
	    lang_setting(s->lang, "module-names").len &&
	    !lang_has_word(s->lang, "module-names", file_name(s));
}

static bool
is_public(const struct maker *m, const struct draft *draft,
    const struct declaration *d)
{
	const struct lang *lang = m->source->lang;
	const struct lang_setting *hides = lang_next(lang, "private", NULL);

	if (d->parent && !d->parent->is_public)
		return false;
	if (draft->is_private || draft->is_public)
		return !draft->is_private;
	if (hides && pattern_matches(hides->pattern, d->name))
		return false;
	return !str_is(lang_setting(lang, "visibility"), "private");
}

/*
 * One place has one documentation: of "struct a { ... } b;" that of what a
 * reader is shown.
 */
static void
share_place(struct declaration *d)
{
	struct declaration *around = d->parent;

	if (!around || around->at != d->at || around->doc.data)
		return;
	if (around->reasons[0] && !d->reasons[0])
		declaration_add_reason(around, "shares-place");
	else
		declaration_add_reason(d, "shares-place");
}

static void
add_reasons(const struct maker *m, const struct draft *draft,
    const struct around *in, struct declaration *d)
{
	const struct lang_setting *skip = NULL;

	if (errors_touch(m->errors, d))
		declaration_add_reason(d, "parse");
	declaration_add_reason(d, draft->skip);
	declaration_add_reason(d, in ? in->skip : NULL);
	if (is_module_unknown(m->source, d))
		declaration_add_reason(d, "module-unknown");
	while (d->reasons[d->nfixed])
		d->nfixed++;
	declaration_add_reason(d, draft->consumer);
	declaration_add_reason(d, in ? in->consumer : NULL);
	declaration_add_reason(d, m->consumer);
	if (str_is(d->kind, "module"))
		declaration_add_reason(d, m->module_consumer);
	declaration_add_reason(d, d->is_public ? NULL : "private");
	declaration_add_reason(d, m->skip_file);
	while ((skip = lang_next(m->source->lang, "skip", skip)))
		if (pattern_matches(skip->pattern, d->name))
			declaration_add_reason(d, skip->argument);
	declaration_add_reason(d, draft->level);
	if (in && in->is_function)
		declaration_add_reason(d, "nested");
	if (declaration_has_reason(d, "parse"))
		return; /* its place says nothing */
	if (d->shares_line)
		declaration_add_reason(d, "shares-line");
	share_place(d);
}

static void
describe(struct maker *m, struct draft *draft, const struct around *in,
    struct declaration *d)
{
	const struct source *s = m->source;
	bool has_name = syntax_is_node(draft->name);
	struct syntax_node named = has_name ? draft->name : draft->node;

	d->definition = draft->node;
	d->node = syntax_is_node(draft->above) && !syntax_is_node(draft->group)
	    ? draft->above
	    : draft->node;
	d->body = draft->body;
	d->parameters = draft->parameters;
	d->kind = draft->kind;
	if (str_is(d->kind, "function") &&
	    (draft->owner.len || (in && in->is_type)))
		d->kind = STR("method");
	d->name = has_name ? syntax_text(s->tree, draft->name) : module_name(s);
	d->symbol = make_symbol(in, draft->owner, d->name);
	d->line = syntax_row(named) + 1;
	d->column = syntax_column(named) + 1;
	d->end_line = syntax_end_row(d->node) + 1;
	for (size_t i = m->depth; i > 0 && !d->parent; i--)
		d->parent = m->stack[i - 1].declaration;
	declaration_place(s, m->found, draft, d);
	d->is_public = is_public(m, draft, d);
	add_reasons(m, draft, in, d);
}

struct str
declaration_form(const struct source *s, const struct declaration *d)
{
	struct str form = lang_setting(s->lang, "module-form");

	return form.data && source_is_node(s, d->definition)
	    ? form
	    : lang_setting(s->lang, "form");
}

/* --- all of them --- */

bool
source_is_node(const struct source *s, struct syntax_node node)
{
	return syntax_is_same(node, syntax_root(s->tree));
}

/* Of a file without content there is nothing to say. */
static bool
is_declaration(const struct source *s, const struct draft *draft)
{
	if (!draft->kind.len)
		return false;
	return source_is_node(s, draft->node)
	    ? syntax_text(s->tree, draft->node).len > 0
	    : syntax_is_node(draft->name);
}

static void
make(struct maker *m, struct draft *draft)
{
	struct source *s = m->source;
	const struct around *in = leave(m, draft->node);
	struct declaration *d = &s->declarations[s->ndeclarations];

	if (draft->is_scope) {
		struct declaration none = { .node = draft->node };
		char *symbol = make_symbol(in, draft->owner,
		    syntax_is_node(draft->name)
			? syntax_text(s->tree, draft->name)
			: (struct str){ 0 });

		declaration_place(s, m->found, draft, &none);
		enter(m, draft, NULL, symbol);
		free(symbol);
		return;
	}
	if (!is_declaration(s, draft))
		return;
	s->ndeclarations++;
	describe(m, draft, in, d);
	if (!source_is_node(s, draft->node))
		enter(m, draft, d, d->symbol);
}

/* The argument of the first setting whose pattern a text has, or NULL. */
static const char *
rule_for(const struct lang *lang, const char *name, struct str text)
{
	const struct lang_setting *rule = NULL;

	while ((rule = lang_next(lang, name, rule)))
		if (pattern_matches_line(rule->pattern, text))
			return rule->argument;
	return NULL;
}

static void
find_rules_of_file(struct maker *m)
{
	const struct source *s = m->source;
	struct str text = buf_str(&s->bytes);

	m->consumer = m->found->consumer;
	if (!m->consumer)
		m->consumer = rule_for(s->lang, "consumer", text);
	m->module_consumer = rule_for(s->lang, "module-consumer", text);
	m->skip_file = rule_for(s->lang, "skip-file", str_of(s->path));
}

static void
make_all(struct source *s, const struct found *found)
{
	struct errors errors = { 0 };
	struct maker m = { .source = s, .found = found, .errors = &errors };

	errors_find(&errors, s);
	find_rules_of_file(&m);
	s->declarations = mem_new(found->ndrafts, sizeof *s->declarations);
	for (size_t i = 0; i < found->ndrafts; i++)
		make(&m, &found->drafts[i]);
	while (m.depth)
		free(m.stack[--m.depth].symbol);
	free(m.stack);
	errors_done(&errors);
}

int
source_declarations(struct source *s, struct err *e)
{
	struct syntax_grammar *grammar = lang_grammar(s->lang, e);
	struct found found = { 0 };
	int got;

	if (!grammar)
		return -1;
	source_judge(s);
	if (s->reason)
		return 0;
	s->tree = syntax_parse(grammar, buf_str(&s->bytes), e);
	if (!s->tree)
		return -1;
	got = found_read(&found, s, e);
	if (!got)
		make_all(s, &found);
	found_done(&found);
	return got;
}

void
source_done(struct source *s)
{
	for (size_t i = 0; i < s->ndeclarations; i++)
		free(s->declarations[i].symbol);
	free(s->declarations);
	syntax_tree_free(s->tree);
	buf_done(&s->bytes);
	*s = (struct source){ 0 };
}
