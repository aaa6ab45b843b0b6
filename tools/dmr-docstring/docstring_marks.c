/* docstring_marks - words that are meant for tools. */
#include "docstring_parts.h"

enum { FENCE_DIGITS = 32 }; /* of the mark around what a prompt quotes */

/* In small letters: in any case. */
static bool
holds_like(struct str word, const char *mark)
{
	if (str_find(word, str_of(mark)) < word.len)
		return true;
	for (; word.len; word = str_skip(word, 1))
		if (docstring_starts_like(word, mark))
			return true;
	return false;
}

bool
docstring_is_directive(struct str word)
{
	static const char *const begin[] = { "nosec", "nosemgrep", "eslint-",
		"ts-check", "pylint:", "pyright:", "mypy:", "ruff:", "flake8:",
		"isort:", "yapf:", "fmt:", "doctest:", "shellcheck",
		"rubocop:", "deno-lint", "deno-fmt", "oxlint-", "go:", "+build",
		"coding:", "coding=", "encoding:", "encoding=", "vim:", "vi:",
		"ex:", "mode:", "codeql[", "lgtm[", "type:ignore" };
	static const char *const anywhere[] = { "nolint", "noqa", "nosonar",
		"NOPMD", "CHECKSTYLE",
		"checkstyle:", "pragma:", "cppcheck-suppress", "coverity[",
		"gcov_excl", "lcov_excl", "eslint-disable", "eslint-enable",
		"ts-ignore", "ts-nocheck", "ts-expect-error", "prettier-ignore",
		"biome-ignore", "deno-lint-ignore", "__pure__",
		"__no_side_effects__", "sourcemappingurl",
		"sourceurl=", "formatter:o", "spotless:o", "@generated",
		"@deprecated", "@flow", "@jsx", "@ts-" };
	struct str core = word;

	while (core.len && strchr("([{'\"`#/@*-", core.data[0]))
		core = str_skip(core, 1);
	for (size_t i = 0; i < countof(begin); i++)
		if (docstring_starts_like(core, begin[i]))
			return true;
	for (size_t i = 0; i < countof(anywhere); i++)
		if (holds_like(word, anywhere[i]))
			return true;
	return false;
}

bool
docstring_is_order(struct str before, struct str word)
{
	static const char *const orders[][2] = { { "DO NOT", "EDIT" },
		{ "clang-format", "off" }, { "clang-format", "on" },
		{ "type:", "ignore" } };

	for (size_t i = 0; i < countof(orders); i++)
		if (str_ends(before, orders[i][0]) &&
		    str_starts(word, orders[i][1]))
			return true;
	return false;
}

static bool
is_hex(char c)
{
	return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'f');
}

bool
docstring_has_fence(struct str text)
{
	size_t n = 0;
	bool is_inside = false;

	for (size_t i = 0; i <= text.len; i++) {
		char c = ' ';

		if (i < text.len)
			c = text.data[i];
		if (!is_inside && n == FENCE_DIGITS && !docstring_is_alnum(c))
			return true;
		is_inside = docstring_is_alnum(c) && (is_inside || !is_hex(c));
		n = is_hex(c) && !is_inside ? n + 1 : 0;
	}
	return false;
}
