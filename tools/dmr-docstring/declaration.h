/*
 * declaration - what a source file declares, and where its documentation goes.
 *
 * A source is read and parsed once.  source_declarations() makes one pass over
 * its tree; what a model needs to know of one declaration (parameters, what is
 * returned and raised) is looked up for that one alone, with
 * declaration_details().
 */
#ifndef DECLARATION_H
#define DECLARATION_H

#include "buf.h"
#include "lang.h"

enum { DECLARATION_REASONS_MAX = 8 };

/* A file, or standard input, as it came.  The first three are given. */
struct source {
	const char *path; /* for messages, and rules by name; borrowed */
	struct buf bytes; /* as read: with BOM, in the file's encoding */
	struct lang *lang;

	/* Why it holds nothing to document: "binary", "encoding", "generated".
	 * Then it is not parsed, and has no tree. */
	const char *reason;
	struct syntax_tree *tree; /* of bytes */
	struct declaration *declarations;
	size_t ndeclarations;
	const char *eol;    /* "\n" or "\r\n": that of most lines */
	bool is_ascii_only; /* its encoding cannot take all of Unicode */
};

struct parameter {
	struct str name;  /* as documentation names it: "args", "*args" */
	struct str type;  /* as written, or empty */
	bool is_type;     /* a type parameter: <T> */
	bool is_optional; /* it has a default */
	bool has_parts;   /* which follow: of ({ a, b }), a and b */
	bool is_part;
	char *path; /* name's bytes, if the source does not have them */
};

struct details {
	struct parameter *parameters;
	size_t nparameters;
	struct str return_type; /* as written, or empty */
	bool returns;           /* a value */
	bool yields;
	struct str *raises; /* names, each once, in the order of the text */
	size_t nraises;
	bool is_unsafe, is_fallible; /* Rust: unsafe fn; Result */
};

struct declaration {
	struct syntax_node node;       /* with its decorators or export */
	struct syntax_node definition; /* without; a details query's root */
	struct syntax_node body;       /* {0}: it has none */
	struct syntax_node parameters; /* elsewhere, or {0} */
	struct str kind;               /* "function", "method", "class", ... */
	struct str name;               /* "get" */
	char *symbol;                  /* "Shop.get" */
	size_t line, column; /* of the name, from 1; column in bytes */
	size_t end_line;
	struct declaration *parent; /* the one around it, or NULL */
	bool is_public;
	struct str doc; /* the documentation there is, or data NULL */

	/* Where documentation goes: before this byte, at the start of a line
	 * unless shares_line. */
	size_t at;
	struct str indent;  /* the bytes that its lines begin with */
	struct str eol;     /* the line end beside it */
	bool shares_line;   /* with code: no line of its own goes there */
	bool has_directive; /* what it goes before is a directive's comment */

	/*
	 * Why it is left alone, NULL behind the last.  First those that no
	 * option takes back: "parse", "continuation", what a skip property
	 * says ("overload"), and "module-unknown"; then names of consumers; then "private", "minor",
	 * "test", "magic", "member", "nested", "module", "shares-line",
	 * "shares-place".
	 */
	const char *reasons[DECLARATION_REASONS_MAX + 1];
	size_t nfixed; /* of them that no option takes back */
};

/* Find them in the order of the text.  -1 with ST_INPUT or, where the
 * language's file is wrong, ST_USAGE. */
int source_declarations(struct source *, struct err *e);

/*
 * Would a comment or docstring with this text make the whole file another one
 * when it is next read: a generated one, one of documentation that is input, or
 * be itself a directive?
 */
bool source_obeys(const struct source *, struct str text);

/* Is a node the whole file? */
bool source_is_node(const struct source *, struct syntax_node);

/* How its documentation looks: the language's form, or that of a file. */
struct str declaration_form(const struct source *, const struct declaration *);

/* Is this one of the reasons? */
bool declaration_has_reason(const struct declaration *, const char *reason);

/* Yours to details_done().  Views into the source.  -1 with ST_USAGE: the
 * language's file is wrong. */
int declaration_details(const struct source *, const struct declaration *,
    struct details *, struct err *e);
/* For documentation that names parameters as a whole. */
void details_drop_parts(struct details *);
void details_done(struct details *);
void source_done(struct source *);

#endif
