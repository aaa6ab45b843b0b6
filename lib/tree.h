/*
 * tree - a JSON text in memory, for who asks for its parts more than once.
 *
 * A tree is made in one pass and asked any number of times: members are found
 * by name in logarithmic time, and values compared as JSON values.  Of members
 * with the same name the last one counts, the others are passed over.
 *
 * It knows no meaning.
 *
 *     struct tree t;
 *     if (tree_read(&t, text))
 *             ...
 *     value = tree_find(t.nodes, STR("name"));
 *     tree_done(&t);
 */
#ifndef TREE_H
#define TREE_H

#include "span.h"

enum { TREE_TEXT_MAX = 10 << 20 }; /* bytes */

/* A value, or the name of a member: its value is the next node. */
struct tree_node {
	const char *at; /* its first byte in the text */
	uint32_t len;   /* bytes */
	uint32_t size;  /* nodes: itself and all that is in it */
	uint32_t count; /* elements, members; bytes of what a string says */
	enum span_kind kind : 8;
	bool shadowed; /* a name that comes again later */
	union {
		const char *says;                 /* of a string */
		struct tree_node *const *members; /* names, sorted */
	} in;
};

struct tree {
	struct tree_node *nodes; /* the first one is the whole value */
	size_t n, capacity;
	struct tree_node **members;
	struct buf decoded;
};

/*
 * Read text, which must stay as long as the tree.  Returns 0, or -1 (and an
 * empty tree) if it is larger than TREE_TEXT_MAX, not UTF-8 or not JSON.
 */
int tree_read(struct tree *, struct str text);

void tree_done(struct tree *);

/* Its bytes in the text; what a string, or a name, says. */
struct str tree_raw(const struct tree_node *);
struct str tree_text(const struct tree_node *string);

/*
 * What comes behind `last` (NULL: the first) in the text: the next element of
 * an array, or name of an object; NULL at the end, and in all other kinds.
 */
const struct tree_node *tree_next(
    const struct tree_node *in, const struct tree_node *last);

/* The value of a member; NULL if there is none, or `object` is none. */
const struct tree_node *tree_find(
    const struct tree_node *object, struct str name);

/*
 * What the fragment of a URI points at, with its "#": a JSON Pointer (RFC 6901,
 * 6) from the root on; NULL: nothing.  An index has at most three digits.
 */
const struct tree_node *tree_point(
    const struct tree_node *root, struct str fragment);

/*
 * Less than, equal to or greater than 0, in an order of all JSON values.
 * Equal are values that JSON Schema 2020-12 Core, 4.2.2, calls so: 1 and 1.0,
 * objects with the same members in any order.
 */
int tree_compare(const struct tree_node *, const struct tree_node *);

/* The same for JSON numbers, with all digits; exponents end at 10^12. */
int tree_compare_numbers(struct str, struct str);

/* Is it a number without a fraction?  1.0 and 1e3 are. */
bool tree_is_integer(const struct tree_node *);

/* A whole number from 0 on; SIZE_MAX if it is larger. */
size_t tree_count(const struct tree_node *number);

/*
 * Append the way from the root to a value as jq writes it: .a[2]["b c"].  It
 * ends early where out is full.
 */
void tree_path(
    const struct tree_node *root, const struct tree_node *, struct buf *out);

#endif
