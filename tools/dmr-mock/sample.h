/*
 * sample - a value that satisfies a JSON Schema.
 *
 * It knows what servers make of schemas: type, enum, const, bounds, lengths,
 * items, properties, required, anyOf, oneOf, allOf, $ref into the same schema,
 * format, pattern.  What it does not know it passes over.
 */
#ifndef SAMPLE_H
#define SAMPLE_H

#include "tree.h"

/*
 * Append the JSON text of a value, always the same one.  -1: there is none,
 * or none was found in a bounded number of steps; out is as it was.
 */
int sample_value(const struct tree_node *schema, struct buf *out);

#endif
