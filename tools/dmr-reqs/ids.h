/*
 * ids - names of things, and links between them.
 *
 * A model counts what it lists from 1 on; here that becomes the ids of a
 * document, which has given out some before.
 */
#ifndef IDS_H
#define IDS_H

#include "document.h"

/*
 * Give ids to all things of a part that have none, behind those of the
 * document and those that it has retired.
 */
void ids_give(struct document *part, const struct document *);

/*
 * Make ids of stories of the numbers in a part's links, and names of those of
 * components, which are made different; drop what leads nowhere, or twice to
 * the same.
 */
void ids_link(struct document *part);

#endif
