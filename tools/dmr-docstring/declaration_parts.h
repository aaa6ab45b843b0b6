/*
 * declaration_parts - what the files of declaration share.
 *
 * find() collects what the query's matches say into drafts, one for each node
 * that is declared; place.c then says of each where its documentation is, or
 * goes; errors.c which of them stand too near to a wrong place of the source.
 * details.c collects what matches say of one declaration, parameters.c makes
 * parameters of it.
 */
#ifndef DECLARATION_PARTS_H
#define DECLARATION_PARTS_H

#include "declaration.h"

/* A comment, or an attribute that belongs to what follows. */
struct remark {
	size_t start, end; /* bytes; without the line end */
	bool is_comment;
};

/* What the matches say of one node. */
struct draft {
	struct syntax_node node; /* {0}: they say something of the file */
	struct syntax_node name, body, parameters, doc, above, group;
	struct str owner;
	struct str kind;
	const char *consumer, *skip, *level;
	bool is_public, is_private, is_scope;
	size_t pattern, turn; /* of the match: what is first holds */
};

struct found {
	struct draft *drafts;
	size_t ndrafts, drafts_capacity;
	struct remark *remarks; /* in the order of the text */
	size_t nremarks, remarks_capacity;
	const char *consumer; /* of the file as a whole */
};

/* All that the query says.  -1 with its error. */
int found_read(struct found *, const struct source *, struct err *e);
void found_done(struct found *);

/*
 * Doc, at, indent, eol, shares_line, has_directive.  What attributes say of it
 * is added to the draft.
 */
void declaration_place(const struct source *, const struct found *,
    struct draft *, struct declaration *);

/* Nodes beside an ERROR or MISSING node.  {0} is a source without errors. */
struct errors {
	struct error_place *places;
	size_t nplaces, capacity;
};
void errors_find(struct errors *, const struct source *);
bool errors_touch(const struct errors *, const struct declaration *);
void errors_done(struct errors *);

/* Bytes of the source. */
struct range {
	size_t start, end;
};

/* What a match says of a parameter; several may say something of one. */
struct lead {
	struct parameter parameter;
	size_t at, turn;   /* where it stands; of the match */
	struct range name; /* {0}: it has none in the source */
	/* The pattern that takes it apart, that which it is a part of. */
	struct range parts, whole;
	bool is_twin; /* of another that has its name */
};

/* The parameters, from what was said of them; the leads are used up. */
void parameters_make(struct details *, struct lead *, size_t nleads);

/* Reason, eol, is_ascii_only. */
void source_judge(struct source *);

/* The text of a comment: nodes of some kinds end behind their line. */
struct str declaration_comment(const struct source *, struct syntax_node);

/* Is it a class, or something like it? */
bool declaration_is_type(struct str kind);

/* Append a reason, unless there are too many. */
void declaration_add_reason(struct declaration *, const char *reason);

#endif
