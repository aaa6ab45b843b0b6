/*
 * lines - items that stand in the order of their lines.
 */
#ifndef LINES_H
#define LINES_H

#include <stddef.h>

/*
 * The index of the first that is not before a line; n: there is none.  Each of
 * the n items has `size` bytes, and its line's number, a size_t, at `offset`.
 */
size_t lines_find(
    const void *items, size_t n, size_t size, size_t offset, size_t line);

#endif
