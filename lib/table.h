/*
 * table - rows of cells, for people or for programs.
 *
 * For people: a head, columns as wide as their widest cell, but for cells
 * beyond TABLE_WIDTH_MAX, which push the rest of their row aside.  For
 * programs: no head, cells divided by tabs.  A cell that is empty is "-" in
 * both, so that `cut` and `read` count alike.
 *
 *     struct table t = { .ncolumns = 2 };
 *     table_add(&t, "ai/smollm2"); table_add(&t, "8192");
 *     table_write(&t, head, &out);
 *     table_done(&t);
 */
#ifndef TABLE_H
#define TABLE_H

#include "buf.h"

enum { TABLE_WIDTH_MAX = 80 }; /* characters */

struct table {
	size_t ncolumns;
	char **cells; /* row by row */
	size_t n, capacity;
};

/*
 * Append a cell as it is written: control characters are blanks, since they
 * would make cells and rows of their own.
 */
void table_write_cell(const char *text, struct buf *out);

/* Add the next cell, row by row; the text is copied. */
void table_add(struct table *, const char *text);

/* head: ncolumns texts, for people; NULL: for programs. */
void table_write(
    const struct table *, const char *const *head, struct buf *out);

void table_done(struct table *);

#endif
