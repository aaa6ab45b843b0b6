/* docstring_style - the styles, a row for each. */
#include "docstring_style.h"

#include "docstring_parts.h"

#define FORM(name) (1U << DOCSTRING_##name)

static const struct docstring_style styles[] = {
	{
	    .name = "google",
	    .forms = FORM(LITERAL),
	    .flags = STYLE_ALL | STYLE_SPACED,
	    .escape = docstring_escape_none,
	    .order = "DTPRXE",
	    .indent = 4,
	    .hang = 4,
	    .params = { "Args:", "$n[ ($t)]: $x" },
	    .returns = { "Returns:", "[$t: ]$x" },
	    .yields = { "Yields:", "[$t: ]$x" },
	    .raises = { "Raises:", "$n: $x" },
	    .example = { "Example::", .is_apart = true, .indent = "    " },
	    .run = { "Example:", .indent = "    ", .is_doctest = true },
	    .signs = { "Args:$", "Arguments:$", "Returns:$", "Raises:$",
		"Yields:$", "Attributes:$" },
	},
	{
	    .name = "numpy",
	    .forms = FORM(LITERAL),
	    .flags = STYLE_TYPES | STYLE_ALL | STYLE_PERIOD | STYLE_SPACED |
		STYLE_UNDERLINE | STYLE_CLASS_APART,
	    .mood = MOOD_IMPERATIVE,
	    .escape = docstring_escape_rst,
	    .order = "DTPRXE",
	    .params = { "Parameters", "$n[ : $t]\n    $x" },
	    .returns = { "Returns", "[$t\n    ]$x" },
	    .yields = { "Yields", "[$t\n    ]$x" },
	    .raises = { "Raises", "$n\n    $x" },
	    .example = { "Examples", "::", .is_apart = true, .indent = "    " },
	    .run = { "Examples", .indent = "", .is_doctest = true },
	    .signs = { "Parameters$", "Returns$", "Raises$", "Yields$",
		"Attributes$" },
	},
	{
	    .name = "sphinx",
	    .forms = FORM(LITERAL),
	    .flags = STYLE_PERIOD | STYLE_BARE_NAMES,
	    .mood = MOOD_IMPERATIVE,
	    .escape = docstring_escape_rst,
	    .order = "D|E|TPRX",
	    .hang = 4,
	    .params = { NULL, ":param $n: $x[\n:type $n: $t]" },
	    .returns = { NULL, ":returns: $x[\n:rtype: $t]" },
	    .yields = { NULL, ":yields: $x" },
	    .raises = { NULL, ":raises $n: $x" },
	    .example = { "Example::", .is_apart = true, .indent = "    " },
	    .run = { .indent = "", .is_doctest = true },
	    .signs = { ":param ", ":returns:", ":return:", ":raises ",
		":rtype:", ":type " },
	},
	{
	    .name = "pep257",
	    .forms = FORM(LITERAL),
	    .flags = STYLE_PERIOD | STYLE_CLASS_APART,
	    .mood = MOOD_IMPERATIVE,
	    .escape = docstring_escape_none,
	    .order = "D|E",
	    .example = { "Example::", .is_apart = true, .indent = "    " },
	    .run = { .indent = "", .is_doctest = true },
	},
	{
	    .name = "jsdoc",
	    .forms = FORM(BLOCK),
	    .flags = STYLE_BRACKETS | STYLE_BARE_NAMES | STYLE_TAGS,
	    .escape = docstring_escape_none,
	    .pairs = docstring_pairs_js,
	    .order = "D|TPRXE",
	    .hang = 2,
	    .types = { NULL, "@template $n - $x" },
	    .params = { NULL, "@param[ {$t}] $n - $x" },
	    .of_parts = "object",
	    .returns = { NULL, "@returns[ {$t}] $x" },
	    .yields = { NULL, "@yields[ {$t}] $x" },
	    .raises = { NULL, "@throws {$n} $x" },
	    .example = { "@example", .indent = "" },
	    .signs = { "@param ", "@returns ", "@return ", "@type ",
		"@typedef ", "@throws {", "@template " },
	},
	{
	    .name = "tsdoc",
	    .forms = FORM(BLOCK),
	    .flags = STYLE_BARE_NAMES | STYLE_TAGS,
	    .escape = docstring_escape_tsdoc,
	    .pairs = docstring_pairs_js,
	    .order = "D|TPRXE",
	    .hang = 2,
	    .types = { NULL, "@typeParam $n - $x" },
	    .params = { NULL, "@param $n - $x" },
	    .returns = { NULL, "@returns $x" },
	    .yields = { NULL, "@returns $x" },
	    .raises = { NULL, "@throws `$n` $x" },
	    .example = { "@example", "```ts", .indent = "", .after = "```" },
	    .remarks = "@remarks",
	    .signs = { "@remarks", "@typeParam ", "@packageDocumentation",
		"@defaultValue", "@param * - ", "@internal$" },
	},
	{
	    .name = "javadoc",
	    .forms = FORM(BLOCK),
	    .flags = STYLE_EVERY | STYLE_ENTITIES | STYLE_BARE_NAMES,
	    .escape = docstring_escape_javadoc,
	    .pairs = docstring_pairs_html,
	    .order = "D|E|TPRX",
	    .hang = 4,
	    .types = { NULL, "@param <$n> $x" },
	    .params = { NULL, "@param $n $x" },
	    .returns = { NULL, "@return $x" },
	    .yields = { NULL, "@return $x" },
	    .raises = { NULL, "@throws $n $x" },
	    .example = { NULL, "<pre>", .indent = "", .after = "</pre>" },
	    .paragraph = "<p>",
	    .list = "<ul>",
	    .list_end = "</ul>",
	    .bullet = "<li>",
	    .signs = { "@param ", "@return ", "@throws ", "<p>", "@see ",
		"@since " },
	},
	{
	    .name = "doxygen",
	    .forms = FORM(BLOCK) | FORM(LINES),
	    .flags = STYLE_SPLICES | STYLE_BARE_NAMES,
	    .escape = docstring_escape_doxygen,
	    .pairs = docstring_pairs_c,
	    .lead = "@brief ",
	    .order = "D|E|TPRX",
	    .hang = 2,
	    .types = { NULL, "@tparam $n $x" },
	    .params = { NULL, "@param $n $x" },
	    .returns = { NULL, "@return $x" },
	    .yields = { NULL, "@return $x" },
	    .raises = { NULL, "@throws $n $x" },
	    .example = { NULL, "@code", .indent = "", .after = "@endcode" },
	    .signs = { "@brief ", "\\brief ", "@param", "\\param", "@return",
		"\\return", "@file", "\\file" },
	},
	{
	    .name = "kernel-doc",
	    .forms = FORM(BLOCK),
	    .flags = STYLE_ALL | STYLE_SPLICES | STYLE_BARE_NAMES |
		STYLE_TITLED | STYLE_TALL,
	    .escape = docstring_escape_none,
	    .pairs = docstring_pairs_c,
	    .order = "P|D|E|R",
	    .hang = 2,
	    .params = { NULL, "@$n: $x" },
	    .returns = { NULL, "Return: $x" },
	    .example = { "Example::", .is_apart = true, .indent = "  " },
	    .signs = { "@*:", "*() - ",
		"Return: ", "Context: ", "struct * - " },
	},
	{
	    .name = "godoc",
	    .forms = FORM(LINES),
	    .flags = STYLE_FLOWING | STYLE_DIRECTIVE_APART,
	    .mood = MOOD_NAMED,
	    .escape = docstring_escape_godoc,
	    .order = "D|R|E",
	    .returns = { NULL, "It returns $x" },
	    .example = { "Example:", .is_apart = true, .indent = "\t" },
	    .list_indent = 2,
	},
	{
	    .name = "rustdoc",
	    .forms = FORM(LINES),
	    .flags = STYLE_SPACED | STYLE_TITLE_ALONE,
	    .escape = docstring_escape_rustdoc,
	    .order = "DPRXNSE",
	    .hang = 2,
	    .params = { "# Arguments", "* `$n` - $x" },
	    .returns = { "# Returns", "$x" },
	    .raises = { "# Errors", "* [`$n`: ]$x" },
	    .panics = { "# Panics", "* $x" },
	    .safety = { "# Safety", "$x" },
	    .example = { "# Examples", "```text", .indent = "",
		.after = "```" },
	    .run = { "# Examples", "```", .indent = "", .after = "```" },
	    .signs = { "Arguments$", "Returns$", "Errors$", "Panics$",
		"Safety$", "Examples$" },
	},
	{
	    .name = "shell",
	    .forms = FORM(LINES),
	    .escape = docstring_escape_shell,
	    .flags = STYLE_SPLICES | STYLE_SHELL,
	    .order = "D|PRXE",
	    .indent = 2,
	    .hang = 2,
	    .params = { "Arguments:", "$n: $x" },
	    .returns = { "Returns:", "$x" },
	    .yields = { "Outputs:", "$x" },
	    .example = { "Example:", .indent = "  " },
	    .signs = { "Arguments:$", "Globals:$", "Outputs:$", "Returns:$" },
	},
};

const struct docstring_style *
docstring_style_at(size_t i)
{
	return i < countof(styles) ? &styles[i] : NULL;
}

const struct docstring_style *
docstring_style(struct str name)
{
	for (size_t i = 0; i < countof(styles); i++)
		if (str_is(name, styles[i].name))
			return &styles[i];
	return NULL;
}

const char *
docstring_style_name(const struct docstring_style *style)
{
	return style->name;
}

bool
docstring_style_fits(
    const struct docstring_style *style, enum docstring_form form)
{
	return style->forms & 1U << form;
}

bool
docstring_style_has_types(const struct docstring_style *style)
{
	return style->flags & STYLE_TYPES;
}

bool
docstring_style_has_parts(const struct docstring_style *style)
{
	return style->of_parts;
}

/* --- recognition --- */

static bool
is_name_byte(char c)
{
	return docstring_is_alnum(c) || c == '_' || c == '.';
}

/* "*" stands for a name, "$" for the end of the line. */
static bool
sign_fits(const char *sign, struct str line)
{
	size_t at = 0;

	for (; *sign && *sign != '$'; sign++) {
		size_t from = at;

		if (*sign != '*') {
			if (at == line.len || line.data[at++] != *sign)
				return false;
			continue;
		}
		while (at < line.len && is_name_byte(line.data[at]))
			at++;
		if (at == from)
			return false;
	}
	return *sign != '$' || at == line.len;
}

static size_t
count_signs(const struct docstring_style *style, struct str doc)
{
	size_t n = 0;

	while (doc.len) {
		struct str line = str_trim(str_cut(&doc, '\n'));

		while (line.len && strchr("*/#! \t", line.data[0]))
			line = str_skip(line, 1);
		for (const char *const *s = style->signs; *s; s++)
			n += sign_fits(*s, line);
	}
	return n;
}

const struct docstring_style *
docstring_recognise(
    struct str doc, const struct docstring_style *const *candidates, size_t n)
{
	const struct docstring_style *best = NULL;
	size_t most = 0;

	for (size_t i = 0; i < n; i++) {
		size_t count = count_signs(candidates[i], doc);

		if (count > most) {
			best = candidates[i];
			most = count;
		}
	}
	return best;
}
