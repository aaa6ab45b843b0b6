/*
 * thing - texts, lists and things of any kind, by the tables of their members.
 *
 * What reads, writes, compares or frees things walks tables and knows no member
 * by name.  document.h has the kinds that there are.
 *
 * All memory is the thing's own.  {0} is an empty text and an empty list.
 */
#ifndef THING_H
#define THING_H

#include "base.h"
#include "str.h"

/* --- what members hold --- */

/* UTF-8 without NUL. */
struct text {
	char *data; /* its own; NULL: empty */
	size_t len; /* bytes */
	/* The bytes of the source that it was read from, [at, end); 0, 0: none. */
	size_t at, end;
};

/* Texts, or things of one kind; see list_at(). */
struct list {
	void *items;
	size_t n, capacity;
};

enum member_kind {
	MEMBER_TEXT,   /* struct text */
	MEMBER_ID,     /* struct text: by which others name the thing */
	MEMBER_WORD,   /* int: an index into words, or -1: none */
	MEMBER_NUMBER, /* struct text: as JSON writes it, "1.50"; empty: none */
	MEMBER_TEXTS,  /* struct list of struct text */
	MEMBER_IDS,    /* the same, of things elsewhere */
	MEMBER_THING,  /* struct list of at most one; JSON null: none */
	MEMBER_THINGS, /* struct list */
};

struct member {
	const char *name;  /* in JSON: "so_that" */
	const char *label; /* in Markdown: "so that" */
	enum member_kind kind;
	size_t offset;             /* in the thing */
	const char *const *words;  /* of a MEMBER_WORD; NULL ends them */
	const struct kind *things; /* of which kind */
};

struct kind {
	const char *name;             /* "requirement", for messages */
	const char *prefix;           /* of ids: "FR"; or NULL: it has no id */
	size_t size;                  /* of the struct */
	const struct member *members; /* one without a name ends them */
};

/* --- texts, lists, things --- */

struct str text_str(const struct text *);
/* A copy of s takes the place of what was there; at and end become 0. */
void text_set(struct text *, struct str s);

/* Room for one more at the end, which is empty; words are -1. */
struct text *list_add_text(struct list *);
void *list_add(struct list *, const struct kind *);
/* The i-th text or thing; i below n. */
struct text *list_text(const struct list *, size_t i);
void *list_at(const struct list *, const struct kind *, size_t i);
/* The items of a list of texts have no kind: NULL. */
void list_remove(struct list *, const struct kind *, size_t i);
void list_append(struct list *to, const struct list *from, const struct kind *);

/* The place of a member in a thing: a struct text, list or int. */
void *member_of(const struct member *, const void *thing);
/* Its id; NULL: things of the kind have none. */
struct text *thing_id(const struct kind *, const void *thing);

/* Are they the same, places aside? */
bool thing_equal(const struct kind *, const void *, const void *);
void thing_copy(const struct kind *, void *to, const void *from);
/* One member of a thing. */
void member_copy(const struct member *, void *to, const void *from);
/* Free what is in it; it is empty afterwards. */
void thing_done(const struct kind *, void *thing);

#endif
