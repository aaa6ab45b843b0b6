/*
 * sample - a value that satisfies a JSON Schema.
 *
 * It knows what schemas for models are made of: type, enum, const, bounds,
 * multipleOf, lengths, items, contains, uniqueItems, properties, required,
 * minProperties, anyOf, oneOf (as anyOf), allOf, if, not, $ref into the same
 * schema, format, pattern.  What it does not know it passes over.
 */
#ifndef SAMPLE_H
#define SAMPLE_H

#include "tree.h"

/*
 * Append the JSON text of a value, always the same one.  Where there is none,
 * one of which only that is true what llama.cpp looks at, for it refuses no
 * such schema.  -1: not even that, or none was found in a bounded number of
 * steps; out is as it was, *wrong is what llama.cpp finds wrong, or NULL.
 */
int sample_value(
    const struct tree_node *schema, struct buf *out, const char **wrong);

#endif
