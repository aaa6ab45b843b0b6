/*
 * tool_settings - the shared options, and where their values come from.
 *
 * Internal to tool.  Sources, from weak to strong: built-in, config file,
 * environment, template, command line.
 */
#ifndef TOOL_SETTINGS_H
#define TOOL_SETTINGS_H

#include "tool.h"

/* The one struct settings of the process. */
extern struct settings tool_settings;

enum tool_answer { TOOL_ANSWER_NONE, TOOL_HELP, TOOL_VERSION, TOOL_LIST };

/*
 * Read the command line.  Returns what is asked for instead of work, or -1
 * with *e set.
 */
int tool_read_argv(const struct tool *, int argc, char **argv, struct err *e);

/* Read environment and config file, and check it all.  -1 with *e set. */
int tool_read_rest(const struct tool *, struct err *e);

/* Let a string from the heap live as long as the process. */
const char *tool_settings_keep(char *text);

#endif
