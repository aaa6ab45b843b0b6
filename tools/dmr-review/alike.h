/*
 * alike - the lines of a section that are alike, with those around.
 */
#ifndef ALIKE_H
#define ALIKE_H

#include "finding_alike.h"
#include "masked.h"

/*
 * Count the lines of the new side, by what they and their neighbours say
 * without secrets.  However the section was divided into hunks: lines are
 * neighbours when their numbers are.
 */
void alike_make(
    struct finding_alike *, const struct diff_file *, const struct masked *);

#endif
