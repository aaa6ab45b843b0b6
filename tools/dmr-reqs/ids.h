/*
 * ids - names of things, and links between them.
 *
 * A model counts what it lists from 1 on; here that becomes the ids of a
 * document, which has given out some before.
 */
#ifndef IDS_H
#define IDS_H

#include "document.h"
#include "lint_table.h"

enum { IDS_NUMBER_MAX = 999999999 }; /* ids of people may be anything */

/* The number of an id with that prefix: "FR-012" is 12; 0: it has none, or one
 * beyond IDS_NUMBER_MAX, which does not count. */
size_t ids_number(struct str id, const char *prefix);

/*
 * The largest number in an id of the kind that the document has, has retired,
 * or has marked when it was generated: what is larger was never used.
 */
size_t ids_last(const struct document *, const struct kind *);

/* Set each id of a document to 1, by str_hash(STR_HASH, id). */
void ids_read(const struct document *, struct lint_table *);

/* Make it the next id behind the number *last, which becomes its number. */
void ids_next(const struct document *, const struct kind *, size_t *last,
    struct text *id);

/* Give ids to all things of a part that have none: the next of the document. */
void ids_give(struct document *part, const struct document *);

/*
 * Make ids of stories of the numbers in a part's links, and names of those of
 * components, which are made different; drop what leads nowhere, or twice to
 * the same.
 */
void ids_link(struct document *part);

#endif
