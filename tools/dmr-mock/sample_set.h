/*
 * sample_set - the schemas that a value must satisfy at once.
 *
 * Internal to sample: its files share these.
 */
#ifndef SAMPLE_SET_H
#define SAMPLE_SET_H

#include "json.h"
#include "sample.h"

enum {
	SAMPLE_SET_MAX = 32,        /* schemas at once */
	SAMPLE_DEPTH_MAX = 64,      /* values within values */
	SAMPLE_DEPTH_WISHED = 6,    /* below it only what must be there */
	SAMPLE_STEPS_MAX = 1 << 20, /* schemas, names, values looked at */
	SAMPLE_ITEMS_MAX = 1024,
	SAMPLE_MEMBERS_MAX = 64,      /* that no schema names */
	SAMPLE_LENGTH_MAX = 16 << 10, /* characters of a string */
	SAMPLE_TEXT_MAX = 1 << 20,    /* bytes of all */
};

/* In the order in which they are tried. */
enum sample_type {
	SAMPLE_OBJECT,
	SAMPLE_ARRAY,
	SAMPLE_STRING,
	SAMPLE_INTEGER,
	SAMPLE_NUMBER,
	SAMPLE_BOOLEAN,
	SAMPLE_NULL,
	SAMPLE_TYPES,
};

/* An array stands for any one of its elements. */
struct sample_set {
	const struct tree_node *all[SAMPLE_SET_MAX];
	size_t n;
	bool full; /* there were more */
};

struct sampler {
	const struct tree_node *root; /* what "#" is */
	struct json json;
	int depth;
	long steps;
	size_t variant;    /* of equal ones that fit, which is taken; from 0 */
	bool is_loose;     /* what llama.cpp does not look at is passed over */
	const char *wrong; /* static: what makes it refuse the schema */
};

/* Where the text was; to be taken back to. */
struct sample_mark {
	size_t len;
	bool comma;
};
struct sample_mark sample_mark(const struct sampler *);
void sample_back(struct sampler *, struct sample_mark);

/* A keyword's value, or NULL. */
const struct tree_node *sample_keyword(
    const struct tree_node *schema, const char *name);

/* Add a schema, or an array of them to choose from; NULL, or one that is there
 * already, adds nothing. */
void sample_set_add(struct sample_set *, const struct tree_node *);
/* The largest minimum of a count (0), the smallest maximum (SIZE_MAX). */
size_t sample_least(const struct sample_set *, const char *name);
size_t sample_most(const struct sample_set *, const char *name);

/* The types a value may have, in the order to try them; how many. */
size_t sample_types(const struct sample_set *, enum sample_type *order);

/* May this value, one that a schema names, stand there?  What is in arrays
 * and objects is not looked at.  Nothing may when there are no more steps. */
bool sample_fits(
    struct sampler *, const struct sample_set *, const struct tree_node *value);
bool sample_fits_number(const struct sampler *, const struct sample_set *,
    enum sample_type, struct str number);
/* Does a "not" of the set hold back the value that begins at `from`? */
bool sample_is_refused(
    struct sampler *, const struct sample_set *, size_t from);
/* Is no element of the array that begins at `from` there twice? */
bool sample_is_distinct(struct sampler *, size_t from);
/* Is a keyword true in any schema? */
bool sample_is_true(const struct sample_set *, const char *name);

size_t sample_characters(struct str text);

/* Write a value that satisfies all of a set; false: none was found.  A string
 * is the hint, if nothing speaks against it. */
bool sample_any(struct sampler *, struct sample_set, struct str hint);
/* The same for a type; links have been followed. */
bool sample_array(struct sampler *, const struct sample_set *, struct str hint);
bool sample_object(struct sampler *, const struct sample_set *);
bool sample_number(
    struct sampler *, const struct sample_set *, enum sample_type);
bool sample_string(
    struct sampler *, const struct sample_set *, struct str hint);

/* A text that a regular expression matches; more: repetitions beyond the
 * fewest.  Its steps are added to *steps.  False: there is what this does not
 * know, or too much of it. */
bool sample_pattern(
    struct str pattern, size_t more, long *steps, struct buf *out);

#endif
