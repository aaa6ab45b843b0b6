/*
 * links - links of requirements that lead nowhere are taken out.
 */
#ifndef LINKS_H
#define LINKS_H

#include "document.h"

/*
 * Take links to stories that are not there, or were named before, out of the
 * requirements that are as they were generated; those of people are theirs.
 * What a requirement no longer refers to is added to meta.changes.
 */
void links_mend(struct document *);

#endif
