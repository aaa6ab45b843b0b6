/*
 * fragment - a part of a file, indented as it stood there, for --only-doc.
 */
#ifndef FRAGMENT_H
#define FRAGMENT_H

#include "run.h"

/* Move it to the left, as far as its first line allows. */
void fragment_cut_margin(struct buf *);

/*
 * It is no file of its own: a method, say.  If it is right within what the
 * language's setting "fragment" puts around it, that is the source from now
 * on.
 */
void fragment_wrap(struct run_file *);

#endif
