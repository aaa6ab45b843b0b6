/*
 * lang - what is known of a programming language, as data.
 *
 * languages/NAME.scm: a head of settings in comments, "; name: value", then
 * two sections of tree-sitter queries, the second begun with ";;; details".
 * dmr-lang(5) describes them.  A language may inherit another's settings and
 * queries.  A user adds one with such a file and a grammar, in
 * ~/.config/dmr/languages and grammars, which come first.
 *
 *     set = lang_set_new(languages, grammars);
 *     lang = lang_find(set, NULL, "shop.py", text, &e);
 *     query = lang_declarations(lang, &e);
 *     lang_set_free(set);
 */
#ifndef LANG_H
#define LANG_H

#include "pattern.h"
#include "syntax.h"

struct lang_set;
struct lang; /* lives as long as its set */

/* The folders of what was installed; a folder that is not there is empty. */
struct lang_set *lang_set_new(const char *languages, const char *grammars);
void lang_set_free(struct lang_set *);

/*
 * The language called `name`, or, where that is NULL, of a file: by its name,
 * the "#!" of its text, the mode that its first lines ask for.  path may be
 * NULL.  NULL with ST_INPUT: it is unknown; the message lists those there are.
 * NULL with ST_USAGE: its file is wrong, and where.
 */
struct lang *lang_find(struct lang_set *, const char *name, const char *path,
    struct str text, struct err *e);

const char *lang_name(const struct lang *);

/* The value of a setting, or data NULL. */
struct str lang_setting(const struct lang *, const char *name);

/* Is one of the words of that setting this one? */
bool lang_has_word(const struct lang *, const char *name, struct str word);

/* Those of which there may be several: "; consumer docopt: REGEX". */
struct lang_setting {
	const char *name;
	char *argument; /* or NULL */
	struct str value;
	struct pattern *pattern; /* NULL: the value is none */
	size_t line;
};

/* The next after `last` (NULL: the first), or NULL. */
const struct lang_setting *lang_next(
    const struct lang *, const char *name, const struct lang_setting *last);

/* Loaded and compiled when first asked for.  NULL with its error. */
struct syntax_grammar *lang_grammar(struct lang *, struct err *e);
struct syntax_query *lang_declarations(struct lang *, struct err *e);
struct syntax_query *lang_details(struct lang *, struct err *e);

#endif
