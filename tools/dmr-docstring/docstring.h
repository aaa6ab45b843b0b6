/*
 * docstring - documentation, first as fields, then as text of a language.
 *
 * A model gives fields and never code.  docstring_clean() makes them fit to be
 * printed: no control bytes, no bidi and zero-width characters, no fences, no
 * tags with a meaning for a tool.  docstring_render() lays them out in a style
 * and puts them into a comment or literal that they cannot close.
 */
#ifndef DOCSTRING_H
#define DOCSTRING_H

#include "buf.h"
#include "err.h"

enum {
	DOCSTRING_TEXT_MAX = 8 << 10, /* bytes of a field */
	DOCSTRING_LINES_MAX = 200,    /* of what is rendered */
	DOCSTRING_WIDTH = 79,         /* columns, unless it is given */
};

/* A parameter or an exception. */
struct docstring_item {
	struct str name;
	struct str type;             /* as the source has it, or empty */
	struct str text;             /* empty: nothing is known */
	bool is_type;                /* a type parameter */
	bool is_optional, has_parts; /* which follow it */
};

/*
 * UTF-8 views; an empty one is not there.  Who asks a model fills in what the
 * source says: return_type, yields ..., and the items with their names and
 * types (from mem_new(); docstring_done() frees them).  docstring_read() puts
 * the texts to them.
 */
struct docstring {
	struct str summary, details, example;
	struct str returns, return_type;
	struct docstring_item *params, *raises;
	size_t nparams, nraises;
	bool yields;       /* `returns` says what is yielded */
	bool is_unsafe;    /* raises may have one of type "safety" */
	bool is_fallible;  /* raises may have types the source does not name */
	struct str schema; /* of the answer, or empty: what was cut off */
	struct buf room;   /* the module's own, and */
	size_t nadded;     /* of raises, by the answer */
};

/* The lexical form: what keeps the text from being code. */
enum docstring_form {
	DOCSTRING_LITERAL, /* Python: """...""" as the first statement */
	DOCSTRING_BLOCK,   /* C, Java, JavaScript: slash, two stars ... */
	DOCSTRING_LINES,   /* each line begins with `mark` */
};

struct docstring_style; /* the layout: one row of a table for each */
const struct docstring_style *docstring_style(struct str name); /* or NULL */
const struct docstring_style *docstring_style_at(size_t i); /* NULL: no more */
const char *docstring_style_name(const struct docstring_style *);
bool docstring_style_fits(const struct docstring_style *, enum docstring_form);
/* Does its convention want types also of what the source has types for? */
bool docstring_style_has_types(const struct docstring_style *);
/* Does it name the parts of a parameter: "root0.a" of ({ a, b })? */
bool docstring_style_has_parts(const struct docstring_style *);

/* Of a documentation that is there, among those given; NULL: it shows none. */
const struct docstring_style *docstring_recognise(
    struct str doc, const struct docstring_style *const *candidates, size_t n);

enum docstring_example {
	DOCSTRING_EXAMPLE_NONE,
	DOCSTRING_EXAMPLE_TEXT, /* nobody runs it */
	DOCSTRING_EXAMPLE_RUN,  /* doctest, cargo test */
};

struct docstring_place {
	const struct docstring_style *style;
	enum docstring_form form;
	const char *mark; /* DOCSTRING_LINES: "///", "//", "#" */
	struct str kind, name;
	struct str indent; /* bytes that every line begins with */
	struct str eol;
	size_t width;
	bool one_line; /* it shares its line with code: one line, or nothing */
	bool is_file;  /* it is that of the file itself */
	bool before_blank;     /* the line behind it is blank, or none */
	bool before_directive; /* the line behind it is a directive */
	bool is_ascii_only;    /* transliterate what the encoding cannot hold */
	bool types;            /* types may be written */
	enum docstring_example example;
	unsigned sections; /* of enum docstring_section */
};

enum docstring_section {
	DOCSTRING_SUMMARY = 1,
	DOCSTRING_DETAILS = 2,
	DOCSTRING_PARAMS = 4,
	DOCSTRING_RETURNS = 8,
	DOCSTRING_RAISES = 16,
	DOCSTRING_EXAMPLE = 32,
	DOCSTRING_ALL = 63,
};

/*
 * Take the answer of a model, JSON by prompts/docstring.schema.json.  What it
 * says of parameters and exceptions that are not there is dropped, and half a
 * sentence where the schema's maxLength ended it.  It is copied.  -1 with
 * ST_UNUSABLE: why it does not hold, in words for the model.
 */
int docstring_read(struct docstring *, struct str answer, struct err *e);
void docstring_done(struct docstring *);

/*
 * Append whole lines, each with indent and eol (one_line: no indent, no eol).
 * -1 with ST_UNUSABLE: nothing is left of it to be said, or it does not fit.
 */
int docstring_render(const struct docstring *, const struct docstring_place *,
    struct buf *out, struct err *e);

#endif
