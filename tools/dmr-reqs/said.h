/*
 * said - what a model says, as things of a document.
 *
 * An answer has held to its schema, which its user may have changed: members
 * that the document knows are taken, others are passed over.  Texts become one
 * line.
 */
#ifndef SAID_H
#define SAID_H

#include "document.h"
#include "tree.h"

void said_take(
    const struct kind *, void *thing, const struct tree_node *object);

/* Text of people or models as one line: blanks for what is none of a line. */
void said_set(struct text *, struct str);

#endif
