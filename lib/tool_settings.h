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

/*
 * Check lines of headers, borrowed for the life of the process, and a file
 * with a key (may be NULL), and make them part of the settings.  Secrets are
 * shown by no message from then on.  -1 with ST_USAGE.
 */
int tool_take_headers(const struct opt_list *lines, struct err *e);
int tool_take_key(const char *file, struct err *e);

/* Is it one word of visible ASCII, as a token or key is? */
bool tool_is_word(struct str text);

/* Never show a word, as it is or as JSON has it. */
void tool_hide_word(struct str word);

/* Let a string from the heap live as long as the process. */
const char *tool_settings_keep(char *text);

/* tool_model: --model of tools that make vectors. */
extern const struct opt tool_embed_model_table[];

/* tool_prompt: --template; and the rest that goes with prompts. */
extern const struct opt tool_template_table[], tool_params_table[];

/* tool_records: the options, and whether they fit together. */
extern const struct opt tool_records_table[], tool_record_texts_table[],
    tool_jobs_table[];
int tool_check_records(const struct tool *, struct err *e);

#endif
