/* fence_language - what language an info string names. */
#include "fence_language.h"

#include <strings.h>

/* Names of the same language. */
static const char *const aliases[][3] = {
	{ "py", "python" },
	{ "js", "javascript" },
	{ "ts", "typescript" },
	{ "sh", "bash", "shell" },
	{ "yml", "yaml" },
	{ "c++", "cpp" },
	{ "c#", "cs", "csharp" },
	{ "rb", "ruby" },
	{ "rs", "rust" },
	{ "md", "markdown" },
	{ "go", "golang" },
};

struct str
fence_language_of(const char *info)
{
	if (*info == '{')
		info += strspn(info, "{. \t");
	return (struct str){ info, strcspn(info, "{},: \t\r\n\v\f") };
}

static bool
same_word(struct str a, struct str b)
{
	return a.len == b.len && !strncasecmp(a.data, b.data, a.len);
}

/* The row of `aliases` that has the name; -1 if none has. */
static int
alias_row(struct str name)
{
	for (size_t i = 0; i < countof(aliases); i++)
		for (size_t k = 0; k < countof(*aliases); k++)
			if (aliases[i][k] &&
			    same_word(name, str_of(aliases[i][k])))
				return (int)i;
	return -1;
}

bool
fence_language_same(struct str a, struct str b)
{
	int row = alias_row(a);

	return same_word(a, b) || (row >= 0 && row == alias_row(b));
}
