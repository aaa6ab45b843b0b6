/* lang_query - the grammar and the queries of a language, when asked for. */
#include "lang_parts.h"
#include "mem.h"

struct syntax_grammar *
lang_grammar(struct lang *lang, struct err *e)
{
	struct err why = ERR_NONE;
	char *name;

	if (lang->grammar)
		return lang->grammar;
	name = mem_copy(lang_setting(lang, "grammar"));
	err_set(&why, ST_INPUT, "no folder of grammars");
	for (size_t i = 0; !lang->grammar && i < LANG_FOLDERS; i++)
		if (lang->grammars[i])
			lang->grammar = syntax_grammar_open(
			    name, lang->grammars[i], &why);
	free(name);
	if (!lang->grammar)
		*e = why;
	return lang->grammar;
}

/* Patterns of the nodes that a setting lists. */
static void
add_kinds(const struct lang *lang, const char *setting, struct buf *source)
{
	struct str rest = lang_setting(lang, setting);

	while (rest.len) {
		struct str kind = str_cut(&rest, ' ');

		if (kind.len)
			buf_add_format(
			    source, "(%.*s) @%s\n", STR_ARGS(kind), setting);
	}
}

/* The sources of a section: its own, those it inherits, what settings say. */
static void
add_sources(
    const struct lang *lang, enum lang_section section, struct buf *source)
{
	const struct lang *from;

	for (from = lang; from; from = from->base) {
		buf_add(source, from->sections[section]);
		buf_add_char(source, '\n');
	}
	if (section != LANG_DECLARATIONS)
		return;
	add_kinds(lang, "comments", source);
	add_kinds(lang, "attached", source);
}

/* Put the file and line of byte `at` of the sources before the error. */
static void
blame(const struct lang *lang, enum lang_section section, size_t at,
    struct err *e)
{
	const struct lang *from = lang;
	struct str before;

	while (from && at > from->sections[section].len) {
		at -= from->sections[section].len + 1;
		from = from->base;
	}
	if (!from) {
		err_prefix(e, "%s", lang->path);
		return;
	}
	before = (struct str){ from->sections[section].data, at };
	err_prefix(e, "%s:%zu", from->path,
	    from->lines[section] + str_count(before, '\n'));
}

static struct syntax_query *
query(struct lang *lang, enum lang_section section, struct err *e)
{
	struct syntax_grammar *g = lang_grammar(lang, e);
	struct buf source = { 0 };
	size_t at = 0;

	if (!g || lang->queries[section])
		return lang->queries[section];
	add_sources(lang, section, &source);
	lang->queries[section] = syntax_query(g, buf_str(&source), &at, e);
	if (!lang->queries[section])
		blame(lang, section, at, e);
	buf_done(&source);
	return lang->queries[section];
}

struct syntax_query *
lang_declarations(struct lang *lang, struct err *e)
{
	return query(lang, LANG_DECLARATIONS, e);
}

struct syntax_query *
lang_details(struct lang *lang, struct err *e)
{
	return query(lang, LANG_DETAILS, e);
}
