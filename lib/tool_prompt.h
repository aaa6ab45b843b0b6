/*
 * tool_prompt - a prompt template, and what the command line says of it.
 */
#ifndef TOOL_PROMPT_H
#define TOOL_PROMPT_H

#include "tool.h"

/* Take the front matter of a template as settings.  -1 with ST_USAGE. */
int tool_take_template(struct settings *, struct prompt *, struct err *e);

/*
 * Give the prompt what --param says, at most max of them, whose texts live in
 * texts.  own: what a name stands for that is not for --param to give ("" says
 * nothing more), or NULL.  -1 with ST_USAGE.
 */
int tool_take_params(const struct settings *, struct prompt *,
    struct buf *texts, size_t max, const char *(*own)(struct str name),
    struct err *e);

/* A variable that the template does not have is likely a typing error. */
void tool_warn_of_params(const struct prompt *);

#endif
