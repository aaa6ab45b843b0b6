/*
 * lang_parts - what the files of lang share: a language's file as it is read.
 */
#ifndef LANG_PARTS_H
#define LANG_PARTS_H

#include "buf.h"
#include "lang.h"

enum { LANG_FOLDERS = 2 }; /* the user's, and what was installed */
enum lang_section { LANG_DECLARATIONS, LANG_DETAILS, LANG_SECTIONS };

struct lang {
	char *name;
	char *path; /* for messages */
	struct buf text;
	struct lang_setting *settings; /* its own, then those it inherits */
	size_t nsettings, capacity;
	struct str sections[LANG_SECTIONS];
	size_t lines[LANG_SECTIONS]; /* of their first */
	struct err bad; /* the head is wrong; said when it is asked for */

	struct lang_set *set;
	char *const *grammars;   /* LANG_FOLDERS folders, some NULL */
	const struct lang *base; /* what it inherits from, or NULL */
	bool is_checked;         /* base and patterns are there */
	struct syntax_grammar *grammar;
	struct syntax_query *queries[LANG_SECTIONS];
};

/* Take the file apart. */
void lang_read(struct lang *);

/* Compile the patterns of the head; what is wrong is in `bad`. */
void lang_compile_settings(struct lang *);

void lang_add_setting(struct lang *, struct lang_setting);

/* Does a file of this name, or with this text, belong to the language? */
bool lang_has_path(const struct lang *, struct str path, size_t *length);
bool lang_has_text(const struct lang *, struct str text);

#endif
