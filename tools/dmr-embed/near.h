/*
 * near - the records of an index that are nearest to a text.
 *
 * An index is what dmr-embed makes: JSON Lines, or rows of numbers, .f32 or
 * .npy, whose names are the lines of INDEX.ids.  It is mapped, not read: as
 * large as it is, no more of it is kept than the best records found so far.
 *
 * index.c knows the forms, top.c the best, near.c the text and the scan.
 */
#ifndef NEAR_H
#define NEAR_H

#include "embed.h"
#include "file_map.h"

enum { NEAR_TOP_MAX = 100000 };

/* Print the best records of the one operand, the index.  -1. */
int near_run(struct embed *, struct err *e);

/* A record that is near; of several that are as near the first is best. */
struct near_hit {
	float score;
	size_t at;       /* which it is, from 0 */
	struct str line; /* JSON Lines: the record */
	struct str name; /* of a row, or data is NULL */
};

/* top.c: the best so far; a heap, the worst of them first. */
struct near_top {
	struct near_hit *hits;
	size_t n, max;
	float least; /* a score must be above it; that of the worst, if full */
};

void near_top_init(struct near_top *, size_t max, double min);
void near_top_add(struct near_top *, const struct near_hit *);
/* The best first. */
void near_top_sort(struct near_top *);
/* Those that stand first first. */
void near_top_sort_by_place(struct near_top *);
void near_top_done(struct near_top *);

/* index.c: rows, or lines. */
struct near_index {
	struct file_map file;
	struct str rows;       /* what of it is rows */
	bool has_lines;        /* it is JSON Lines */
	size_t n, width;       /* of .npy; width 0: not known */
	char *ids;             /* INDEX.ids, */
	struct file_map names; /* which may be missing */
};

/* -1 with ST_INPUT: it cannot be read, or is none. */
int near_index_open(struct near_index *, const char *path, struct err *e);

/* Rows: is it of vectors that wide?  -1 with ST_INPUT. */
int near_index_check(struct near_index *, size_t width, struct err *e);

/* Find the names of the best. */
void near_index_name(const struct near_index *, struct near_top *);

/* What was seen of it is what it holds.  -1 with ST_INPUT. */
int near_index_check_whole(const struct near_index *, struct err *e);

void near_index_close(struct near_index *);

#endif
