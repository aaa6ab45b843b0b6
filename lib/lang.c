/* lang - what is known of a programming language, as data. */
#include "config.h"
#include "file.h"
#include "file_list.h"
#include "lang_parts.h"
#include "mem.h"

enum {
	FILE_MAX = 1 << 20, /* bytes of a language's file */
	DEPTH_MAX = 8,      /* of languages that inherit */
};

struct lang_set {
	char *grammars[LANG_FOLDERS];
	struct lang **langs;
	size_t nlangs, capacity;
};

/* --- the set --- */

static bool
has(const struct lang_set *set, struct str name)
{
	for (size_t i = 0; i < set->nlangs; i++)
		if (str_is(name, set->langs[i]->name))
			return true;
	return false;
}

static void
add(struct lang_set *set, const char *folder, const char *file)
{
	struct str name = { file, strlen(file) - strlen(".scm") };
	struct lang *lang;

	if (has(set, name))
		return;
	lang = mem_new(1, sizeof *lang);
	lang->set = set;
	lang->grammars = set->grammars;
	lang->name = mem_copy(name);
	lang->path = mem_format("%s/%s", folder, file);
	if (!file_read(lang->path, FILE_MAX, &lang->text, &lang->bad))
		lang_read(lang);
	set->langs = mem_grow(
	    set->langs, &set->capacity, set->nlangs + 1, sizeof(void *));
	set->langs[set->nlangs++] = lang;
}

static void
add_folder(struct lang_set *set, const char *folder)
{
	struct file_list list = { 0 };

	if (folder)
		file_list_read(&list, folder, ".scm");
	for (size_t i = 0; i < list.nnames; i++)
		add(set, folder, list.names[i]);
	file_list_done(&list);
}

struct lang_set *
lang_set_new(const char *languages, const char *grammars)
{
	struct lang_set *set = mem_new(1, sizeof *set);
	char *own = config_path("languages");

	set->grammars[0] = config_path("grammars");
	set->grammars[1] = grammars ? mem_copy(str_of(grammars)) : NULL;
	add_folder(set, own);
	add_folder(set, languages);
	free(own);
	return set;
}

static void
lang_free(struct lang *lang)
{
	for (size_t i = 0; i < lang->nsettings; i++) {
		pattern_free(lang->settings[i].pattern);
		free(lang->settings[i].argument);
	}
	free(lang->settings);
	for (size_t i = 0; i < LANG_SECTIONS; i++)
		syntax_query_free(lang->queries[i]);
	syntax_grammar_close(lang->grammar);
	buf_done(&lang->text);
	free(lang->path);
	free(lang->name);
	free(lang);
}

void
lang_set_free(struct lang_set *set)
{
	if (!set)
		return;
	for (size_t i = 0; i < set->nlangs; i++)
		lang_free(set->langs[i]);
	free(set->langs);
	free(set->grammars[0]);
	free(set->grammars[1]);
	free(set);
}

/* --- finding one --- */

/* Others are there to be inherited. */
static bool
is_language(const struct lang *lang)
{
	return lang && (lang->bad.status || lang_setting(lang, "grammar").len);
}

static struct lang *
by_name(const struct lang_set *set, const char *name)
{
	for (size_t i = 0; i < set->nlangs; i++)
		if (!strcmp(set->langs[i]->name, name))
			return set->langs[i];
	return NULL;
}

/* Take what it inherits, once; -1: `bad` says why not. */
static int
check(struct lang *lang, int depth)
{
	struct str name = lang_setting(lang, "inherits");
	char *text = mem_copy(name);
	struct lang *base = name.len ? by_name(lang->set, text) : NULL;

	free(text);
	if (lang->is_checked || lang->bad.status)
		return lang->bad.status ? -1 : 0;
	if (name.len && (!base || base == lang || depth == 0))
		return err_set(&lang->bad, ST_USAGE,
		    "%s: cannot inherit '%.*s'", lang->path, STR_ARGS(name));
	if (base && check(base, depth - 1)) {
		lang->bad = base->bad;
		return -1;
	}
	for (size_t i = 0; base && i < base->nsettings; i++) {
		struct lang_setting inherited = base->settings[i];

		inherited.pattern = NULL;
		if (inherited.argument)
			inherited.argument = mem_copy(
			    str_of(inherited.argument));
		lang_add_setting(lang, inherited);
	}
	lang->base = base;
	lang->is_checked = true;
	lang_compile_settings(lang);
	return lang->bad.status ? -1 : 0;
}

static struct lang *
by_path(const struct lang_set *set, const char *path)
{
	struct lang *best = NULL;
	size_t length, longest = 0;

	for (size_t i = 0; path && i < set->nlangs; i++) {
		struct lang *lang = set->langs[i];

		if (lang_has_path(lang, str_of(path), &length) &&
		    length > longest) {
			longest = length;
			best = lang;
		}
	}
	return best;
}

static struct lang *
by_text(const struct lang_set *set, struct str text)
{
	for (size_t i = 0; i < set->nlangs; i++)
		if (lang_has_text(set->langs[i], text))
			return set->langs[i];
	return NULL;
}

/* "NAME is of no known language; there are: bash, c, ..." */
static void
say_unknown(const struct lang_set *set, const char *name, const char *path,
    struct err *e)
{
	char *quoted = name || path ? file_quote(name ? name : path)
				    : mem_copy(STR("standard input"));
	size_t n = 0;

	if (name)
		err_set(e, ST_INPUT, "no language %s; there are", quoted);
	else
		err_set(e, ST_INPUT,
		    "the language of %s is not known; there are", quoted);
	for (size_t i = 0; i < set->nlangs; i++)
		if (is_language(set->langs[i]))
			err_add(
			    e, "%s %s", n++ ? "," : "", set->langs[i]->name);
	if (!n)
		err_add(e, " none");
	free(quoted);
}

struct lang *
lang_find(struct lang_set *set, const char *name, const char *path,
    struct str text, struct err *e)
{
	struct lang *lang = name ? by_name(set, name) : by_path(set, path);

	if (!lang && !name)
		lang = by_text(set, text);
	if (!is_language(lang)) {
		say_unknown(set, name, path, e);
		return NULL;
	}
	if (check(lang, DEPTH_MAX)) {
		*e = lang->bad;
		return NULL;
	}
	return lang;
}

/* --- asking it --- */

const char *
lang_name(const struct lang *lang)
{
	return lang->name;
}

const struct lang_setting *
lang_next(
    const struct lang *lang, const char *name, const struct lang_setting *last)
{
	size_t i = last ? (size_t)(last - lang->settings) + 1 : 0;

	for (; i < lang->nsettings; i++)
		if (!strcmp(lang->settings[i].name, name))
			return &lang->settings[i];
	return NULL;
}

struct str
lang_setting(const struct lang *lang, const char *name)
{
	const struct lang_setting *s = lang_next(lang, name, NULL);

	return s ? s->value : (struct str){ 0 };
}

bool
lang_has_word(const struct lang *lang, const char *name, struct str word)
{
	struct str rest = lang_setting(lang, name);

	while (word.len && rest.len)
		if (str_equal(str_cut(&rest, ' '), word))
			return true;
	return false;
}
