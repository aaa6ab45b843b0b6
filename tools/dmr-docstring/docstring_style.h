/*
 * docstring_style - what a style of documentation is: a row of a table.
 *
 * docstring_style.c has the rows, docstring_layout.c reads them.
 */
#ifndef DOCSTRING_STYLE_H
#define DOCSTRING_STYLE_H

#include "docstring.h"

enum docstring_mood {
	MOOD_AS_IT_IS,
	MOOD_IMPERATIVE, /* "Return the sum." */
	MOOD_NAMED,      /* "Add returns the sum." */
};

/*
 * How one kind of section looks.  item: $n name, $t type, $x text; what stands
 * in [] is there only if all in it is; "\n" begins a line.
 */
struct docstring_shape {
	const char *title; /* or NULL */
	const char *item;  /* NULL: the style has no such section */
};

/* Code: a title, a line before and behind, what each line begins with. */
struct docstring_code {
	const char *title, *before;
	bool is_apart; /* a blank line before it */
	const char *indent, *after;
	bool is_doctest;
};

enum docstring_flag {
	STYLE_TYPES = 1 << 0,  /* types are a part of it */
	STYLE_ALL = 1 << 1,    /* of the parameters, if any has a text */
	STYLE_EVERY = 1 << 2,  /* item, also an exception, and always */
	STYLE_PERIOD = 1 << 3, /* alone ends a summary */
	STYLE_SPACED = 1 << 4, /* a blank line before each section */
	STYLE_UNDERLINE = 1 << 5,
	STYLE_TITLE_ALONE = 1 << 6, /* a blank line behind a title */
	STYLE_BRACKETS = 1 << 7,    /* optional ones: [name] */
	STYLE_BARE_NAMES = 1 << 8,  /* without "*" or "..." */
	STYLE_TAGS = 1 << 9,        /* "@" in code begins one */
	STYLE_SPLICES = 1 << 10,    /* C: "\" ends no line of "//" */
	STYLE_TALL = 1 << 11,       /* a block is never one line */
	STYLE_ENTITIES = 1 << 12,   /* Java: "\" is read before comments are */
	STYLE_FLOWING = 1 << 13,    /* what is returned goes on in a sentence */
	STYLE_TITLED = 1 << 14,     /* the name stands before the summary */
	STYLE_CLASS_APART = 1 << 15, /* a blank line behind that of a class */
	STYLE_DIRECTIVE_APART = 1 << 16, /* one before a directive */
	STYLE_SHELL = 1 << 17, /* "1" is $1; a backquote may end a command */
};

struct docstring_style {
	const char *name;
	unsigned forms; /* 1 << enum docstring_form, or-ed */
	unsigned flags;
	enum docstring_mood mood;
	void (*escape)(struct str prose, struct buf *out);
	const char *const *pairs; /* what breaks a star and a slash, or NULL */
	const char *lead;         /* before the summary, or NULL */
	const char *order;        /* of sections: see docstring_layout.c */
	size_t indent, hang;      /* of items; of their further lines */
	struct docstring_shape types, params, returns, yields, raises;
	struct docstring_shape panics, safety;
	struct docstring_code example, run;
	const char
	    *of_parts; /* the type of what has parts; NULL: none are named */
	const char *remarks;         /* a line before the details */
	const char *paragraph;       /* before each but the first */
	const char *list, *list_end; /* around its items, and */
	const char *bullet;          /* before each, "- " if NULL */
	size_t list_indent;          /* of its items */
	const char *signs[9];        /* lines that show it; "$": whole ones */
};

/* Escape prose for markup: a value of the table. */
void docstring_escape_none(struct str, struct buf *out);
void docstring_escape_shell(struct str, struct buf *out);
void docstring_escape_rst(struct str, struct buf *out);
void docstring_escape_tsdoc(struct str, struct buf *out);
void docstring_escape_javadoc(struct str, struct buf *out);
void docstring_escape_doxygen(struct str, struct buf *out);
void docstring_escape_godoc(struct str, struct buf *out);
void docstring_escape_rustdoc(struct str, struct buf *out);

/* What may come after a star, or a slash: pairs[0] for "/", [1] for "*". */
extern const char *const docstring_pairs_c[2],
    *const docstring_pairs_js[2], *const docstring_pairs_html[2];

#endif
