/* tool_lang - the languages that were installed with the tool. */
#include "tool_lang.h"

#include "mem.h"
#include "tool.h"

struct lang_set *
tool_languages(void)
{
	const char *data = tool_data_folder();
	char *folder = mem_format("%s/languages", data ? data : "");
	struct lang_set *set = lang_set_new(folder, tool_grammar_folder());

	free(folder);
	return set;
}
