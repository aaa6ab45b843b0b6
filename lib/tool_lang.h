/*
 * tool_lang - the languages that were installed with the tool.
 */
#ifndef TOOL_LANG_H
#define TOOL_LANG_H

#include "lang.h"

/* They lie beside the program, where it was built or installed; the user's own
 * come first.  Yours to lang_set_free(). */
struct lang_set *tool_languages(void);

#endif
