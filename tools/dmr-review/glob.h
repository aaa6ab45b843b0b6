/*
 * dmr-review: globs of paths, as gitignore has them.
 *
 * "?" and "*" stand for bytes but "/", "**" for folders, [a-z] and [!a-z] for
 * one byte, "\" takes the next as it is.  A glob without "/" is of a name in
 * any folder, one that ends in "/" of all in such a folder.
 */
#ifndef GLOB_H
#define GLOB_H

#include "str.h"

enum { GLOB_MAX = 240 }; /* bytes; a longer one fits nothing */

/* Time is that of the glob's length times the path's. */
bool glob_fits(struct str glob, struct str path);

#endif
