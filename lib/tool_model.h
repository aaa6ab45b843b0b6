/*
 * tool_model - which model there is, and what it is made of.
 */
#ifndef TOOL_MODEL_H
#define TOOL_MODEL_H

#include "tool.h"

/* What to pull where there is no model. */
#define TOOL_SMALL_MODEL "ai/smollm2"

/*
 * The only model there is: yours to free().  NULL: there is none, for which
 * likely is named, or there are more.
 */
char *tool_only_model(
    struct api *, const char *likely, struct output *out, struct err *e);

/*
 * What a model is made of: *digest is yours to free(), NULL if the server is
 * one that does not tell.  1; 0: it cannot be known now, which is warned of;
 * -1: the server cannot be reached, or nobody reads any more.
 */
int tool_digest(struct api *, const char *model, struct output *out,
    char **digest, struct err *e);

#endif
