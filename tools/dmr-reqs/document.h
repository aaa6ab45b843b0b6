/*
 * document - the requirements of a project, in memory.
 *
 * A document is made of things: requirements, stories, components, ...  Each
 * kind of thing is a table of its members, and the document itself is one
 * (document_kinds.c).
 *
 * All memory is the document's own; {0} is an empty one.
 */
#ifndef DOCUMENT_H
#define DOCUMENT_H

#include "document_meta.h"

/* --- the kinds --- */

enum priority { PRIORITY_MUST, PRIORITY_SHOULD, PRIORITY_COULD, PRIORITY_WONT };

/* EARS, Mavin et al., 2009. */
enum pattern {
	PATTERN_UBIQUITOUS, /* The S shall R */
	PATTERN_EVENT,      /* When T, the S shall R */
	PATTERN_STATE,      /* While ST, the S shall R */
	PATTERN_UNWANTED,   /* If C, then the S shall R */
	PATTERN_OPTIONAL,   /* Where F, the S shall R */
	PATTERN_COMPLEX,    /* several of these: Where, While, When or If */
};

/* An acceptance criterion. */
struct criterion {
	struct text given, when, then;
};

struct requirement {
	struct text id, text, rationale;
	int priority, pattern;  /* enum priority, enum pattern; or -1 */
	struct list acceptance; /* struct criterion */
	struct list stories;    /* ids */
};

struct metric {
	struct text name, value, unit;
	int op; /* of "<", "<=", "=", ">=", ">" */
};

/* A requirement of quality, as ISO/IEC 25010 divides them. */
struct quality {
	struct text id, text;
	int category, verification;
	struct list metric; /* struct metric, at most one */
};

struct story {
	struct text id, as_a, i_want, so_that;
	int priority;
	struct list acceptance;
};

struct component {
	struct text name, responsibility;
	struct list depends_on; /* names of components */
};

struct decision {
	struct text choice, why;
	struct list alternatives; /* texts */
};

struct architecture {
	struct text summary;
	struct list components, data, interfaces, decisions, risks;
};

struct question {
	struct text id, question, recommended, why;
	struct list options; /* texts */
	struct text answer;  /* empty: nobody has answered */
};

struct term {
	struct text term, definition;
};

struct document {
	struct text title, summary, idea;
	struct list functional, nonfunctional, stories;
	struct list architecture; /* at most one */
	struct list assumptions;  /* texts */
	struct list questions, out_of_scope, glossary;
	struct list meta; /* one */
};

extern const struct kind document_kind;
extern const struct kind requirement_kind, quality_kind, story_kind;
extern const struct kind criterion_kind, metric_kind, architecture_kind;
extern const struct kind component_kind, decision_kind, question_kind;
extern const struct kind term_kind;

/* --- the document --- */

enum { DOCUMENT_ID_MAX = 64 }; /* bytes */

/*
 * May it be an id?  It is empty, or a letter of ASCII or digit and more of them,
 * ".", "_" and "-": a word that needs no quotes in any format.
 */
bool document_is_id(struct str);

/* Its only meta; made if there is none. */
struct meta *document_meta(struct document *);
void document_done(struct document *);

#endif
