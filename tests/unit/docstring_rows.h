/*
 * docstring_rows - answers, and what is written of them, to the byte.
 */
#ifndef DOCSTRING_ROWS_H
#define DOCSTRING_ROWS_H

#include "docstring_place.h"

/* What the source says of most of these, and an answer to it. */
#define FUNCTION \
	{ \
		.params = { "values", "weights", "*rest" }, \
		.types = { "list", "list" }, .optional = { false, true }, \
		.raises = { "ValueError" }, .return_type = "float", \
	}
#define FULL \
	"{\"summary\": \"This function returns the mean of values.\", \"details\": \"Values of `None` are skipped.\\n\\nModes:\\n- fast: one pass\", \"params\": [{\"name\": \"values\", \"text\": \"the numbers\"}, {\"name\": \"weights\", \"text\": \"weights: one for each of them, or nothing at all if all of them count alike\"}, {\"name\": \"bogus\", \"text\": \"x\"}], \"returns\": \"Returns the mean.\", \"raises\": [{\"type\": \"ValueError\", \"text\": \"if there are none\"}, {\"type\": \"OSError\", \"text\": \"never\"}], \"example\": \"```\\nmean([1])\\n```\"}"

/* A schema that allows so little. */
#define SHORT \
	"{\"properties\":{\"details\":{\"maxLength\":23},\"example\":{\"maxLength\":10},\"params\":{\"items\":{\"properties\":{\"text\":{\"maxLength\":27}}}}}}"

struct row {
	const char *name, *style;
	struct source_row row;
	const char *kind, *called, *indent, *eol, *mark;
	size_t width;
	enum docstring_form form;
	enum docstring_example example;
	bool types, one_line, is_ascii_only, before_blank, before_directive;
	const char *answer, *want;
};

static const struct row
    rows[] = {
	    { .name = "google",
		.style = "google",
		.row = FUNCTION,
		.answer = FULL,
		.want =
		    "\"\"\"Returns the mean of values.\n"
		    "\n"
		    "Values of `None` are skipped.\n"
		    "\n"
		    "Modes:\n"
		    "\n"
		    "- Fast: one pass.\n"
		    "\n"
		    "Args:\n"
		    "    values: The numbers.\n"
		    "    weights: One for each of them, or nothing at all if all of them count\n"
		    "        alike.\n"
		    "    *rest: Not described.\n"
		    "\n"
		    "Returns:\n"
		    "    The mean.\n"
		    "\n"
		    "Raises:\n"
		    "    ValueError: If there are none.\n"
		    "\n"
		    "Example::\n"
		    "\n"
		    "    mean([1])\n"
		    "\"\"\"\n" },
	    { .name = "numpy",
		.style = "numpy",
		.row = FUNCTION,
		.answer = FULL,
		.want =
		    "\"\"\"Return the mean of values.\n"
		    "\n"
		    "Values of ``None`` are skipped.\n"
		    "\n"
		    "Modes:\n"
		    "\n"
		    "- Fast: one pass.\n"
		    "\n"
		    "Parameters\n"
		    "----------\n"
		    "values : list\n"
		    "    The numbers.\n"
		    "weights : list\n"
		    "    One for each of them, or nothing at all if all of them count alike.\n"
		    "*rest\n"
		    "    Not described.\n"
		    "\n"
		    "Returns\n"
		    "-------\n"
		    "float\n"
		    "    The mean.\n"
		    "\n"
		    "Raises\n"
		    "------\n"
		    "ValueError\n"
		    "    If there are none.\n"
		    "\n"
		    "Examples\n"
		    "--------\n"
		    "::\n"
		    "\n"
		    "    mean([1])\n"
		    "\"\"\"\n" },
	    { .name = "sphinx",
		.style = "sphinx",
		.row = FUNCTION,
		.answer = FULL,
		.want =
		    "\"\"\"Return the mean of values.\n"
		    "\n"
		    "Values of ``None`` are skipped.\n"
		    "\n"
		    "Modes:\n"
		    "\n"
		    "- Fast: one pass.\n"
		    "\n"
		    "Example::\n"
		    "\n"
		    "    mean([1])\n"
		    "\n"
		    ":param values: The numbers.\n"
		    ":param weights: One for each of them, or nothing at all if all of them count\n"
		    "    alike.\n"
		    ":returns: The mean.\n"
		    ":raises ValueError: If there are none.\n"
		    "\"\"\"\n" },
	    { .name = "pep257",
		.style = "pep257",
		.row = FUNCTION,
		.answer = FULL,
		.want = "\"\"\"Return the mean of values.\n"
			"\n"
			"Values of `None` are skipped.\n"
			"\n"
			"Modes:\n"
			"\n"
			"- Fast: one pass.\n"
			"\n"
			"Example::\n"
			"\n"
			"    mean([1])\n"
			"\"\"\"\n" },
	    { .name = "jsdoc",
		.style = "jsdoc",
		.row = FUNCTION,
		.answer = FULL,
		.want =
		    "/**\n"
		    " * Returns the mean of values.\n"
		    " *\n"
		    " * Values of `None` are skipped.\n"
		    " *\n"
		    " * Modes:\n"
		    " *\n"
		    " * - Fast: one pass.\n"
		    " *\n"
		    " * @param values - The numbers.\n"
		    " * @param [weights] - One for each of them, or nothing at all if all of them\n"
		    " *   count alike.\n"
		    " * @returns The mean.\n"
		    " * @throws {ValueError} If there are none.\n"
		    " * @example\n"
		    " * mean([1])\n"
		    " */\n" },
	    { .name = "tsdoc",
		.style = "tsdoc",
		.row = FUNCTION,
		.answer = FULL,
		.want =
		    "/**\n"
		    " * Returns the mean of values.\n"
		    " *\n"
		    " * @remarks\n"
		    " * Values of `None` are skipped.\n"
		    " *\n"
		    " * Modes:\n"
		    " *\n"
		    " * - Fast: one pass.\n"
		    " *\n"
		    " * @param values - The numbers.\n"
		    " * @param weights - One for each of them, or nothing at all if all of them\n"
		    " *   count alike.\n"
		    " * @returns The mean.\n"
		    " * @throws `ValueError` If there are none.\n"
		    " * @example\n"
		    " * ```ts\n"
		    " * mean([1])\n"
		    " * ```\n"
		    " */\n" },
	    { .name = "javadoc",
		.style = "javadoc",
		.row = FUNCTION,
		.answer = FULL,
		.want =
		    "/**\n"
		    " * Returns the mean of values.\n"
		    " *\n"
		    " * <p>Values of {@code None} are skipped.\n"
		    " *\n"
		    " * <p>Modes:\n"
		    " *\n"
		    " * <ul>\n"
		    " * <li>Fast: one pass.\n"
		    " * </ul>\n"
		    " *\n"
		    " * <pre>\n"
		    " * mean([1])\n"
		    " * </pre>\n"
		    " *\n"
		    " * @param values The numbers.\n"
		    " * @param weights One for each of them, or nothing at all if all of them count\n"
		    " *     alike.\n"
		    " * @param rest Not described.\n"
		    " * @return The mean.\n"
		    " * @throws ValueError If there are none.\n"
		    " */\n" },
	    { .name = "doxygen",
		.style = "doxygen",
		.row = FUNCTION,
		.answer = FULL,
		.want =
		    "/**\n"
		    " * @brief Returns the mean of values.\n"
		    " *\n"
		    " * Values of `None` are skipped.\n"
		    " *\n"
		    " * Modes:\n"
		    " *\n"
		    " * - Fast: one pass.\n"
		    " *\n"
		    " * @code\n"
		    " * mean([1])\n"
		    " * @endcode\n"
		    " *\n"
		    " * @param values The numbers.\n"
		    " * @param weights One for each of them, or nothing at all if all of them count\n"
		    " *   alike.\n"
		    " * @return The mean.\n"
		    " * @throws ValueError If there are none.\n"
		    " */\n" },
	    { .name = "kernel-doc",
		.style = "kernel-doc",
		.row = FUNCTION,
		.answer = FULL,
		.want =
		    "/**\n"
		    " * mean() - Returns the mean of values.\n"
		    " * @values: The numbers.\n"
		    " * @weights: One for each of them, or nothing at all if all of them count\n"
		    " *   alike.\n"
		    " * @rest: Not described.\n"
		    " *\n"
		    " * Values of `None` are skipped.\n"
		    " *\n"
		    " * Modes:\n"
		    " *\n"
		    " * - Fast: one pass.\n"
		    " *\n"
		    " * Example::\n"
		    " *\n"
		    " *   mean([1])\n"
		    " *\n"
		    " * Return: The mean.\n"
		    " */\n" },
	    { .name = "godoc",
		.style = "godoc",
		.row = FUNCTION,
		.answer = FULL,
		.want = "// mean returns the mean of values.\n"
			"//\n"
			"// Values of `None` are skipped.\n"
			"//\n"
			"// Modes:\n"
			"//\n"
			"//   - Fast: one pass.\n"
			"//\n"
			"// Example:\n"
			"//\n"
			"//\tmean([1])\n" },
	    { .name = "rustdoc",
		.style = "rustdoc",
		.row = FUNCTION,
		.answer = FULL,
		.want =
		    "/// Returns the mean of values.\n"
		    "///\n"
		    "/// Values of `None` are skipped.\n"
		    "///\n"
		    "/// Modes:\n"
		    "///\n"
		    "/// - Fast: one pass.\n"
		    "///\n"
		    "/// # Arguments\n"
		    "///\n"
		    "/// * `values` - The numbers.\n"
		    "/// * `weights` - One for each of them, or nothing at all if all of them count\n"
		    "///   alike.\n"
		    "///\n"
		    "/// # Returns\n"
		    "///\n"
		    "/// The mean.\n"
		    "///\n"
		    "/// # Errors\n"
		    "///\n"
		    "/// * `ValueError`: If there are none.\n"
		    "///\n"
		    "/// # Examples\n"
		    "///\n"
		    "/// ```text\n"
		    "/// mean([1])\n"
		    "/// ```\n" },
	    { .name = "shell",
		.style = "shell",
		.row = FUNCTION,
		.answer = FULL,
		.want =
		    "# Returns the mean of values.\n"
		    "#\n"
		    "# Values of 'None' are skipped.\n"
		    "#\n"
		    "# Modes:\n"
		    "#\n"
		    "# - Fast: one pass.\n"
		    "#\n"
		    "# Arguments:\n"
		    "#   values: The numbers.\n"
		    "#   weights: One for each of them, or nothing at all if all of them count\n"
		    "#     alike.\n"
		    "# Returns:\n"
		    "#   The mean.\n"
		    "# Example:\n"
		    "#   mean([1])\n" },
	    { .name = "google with types",
		.style = "google",
		.row = FUNCTION,
		.types = true,
		.answer =
		    "{\"summary\": \"This function returns the mean of values.\", \"details\": \"\", \"params\": [{\"name\": \"values\", \"text\": \"the numbers\"}, {\"name\": \"weights\", \"text\": \"weights: one for each of them, or nothing at all if all of them count alike\"}, {\"name\": \"bogus\", \"text\": \"x\"}], \"returns\": \"Returns the mean.\", \"raises\": [{\"type\": \"ValueError\", \"text\": \"if there are none\"}, {\"type\": \"OSError\", \"text\": \"never\"}], \"example\": \"\"}",
		.want =
		    "\"\"\"Returns the mean of values.\n"
		    "\n"
		    "Args:\n"
		    "    values (list): The numbers.\n"
		    "    weights (list): One for each of them, or nothing at all if all of them\n"
		    "        count alike.\n"
		    "    *rest: Not described.\n"
		    "\n"
		    "Returns:\n"
		    "    float: The mean.\n"
		    "\n"
		    "Raises:\n"
		    "    ValueError: If there are none.\n"
		    "\"\"\"\n" },
	    { .name = "sphinx with types",
		.style = "sphinx",
		.row = FUNCTION,
		.types = true,
		.answer =
		    "{\"summary\": \"This function returns the mean of values.\", \"details\": \"\", \"params\": [{\"name\": \"values\", \"text\": \"the numbers\"}, {\"name\": \"weights\", \"text\": \"weights: one for each of them, or nothing at all if all of them count alike\"}, {\"name\": \"bogus\", \"text\": \"x\"}], \"returns\": \"Returns the mean.\", \"raises\": [{\"type\": \"ValueError\", \"text\": \"if there are none\"}, {\"type\": \"OSError\", \"text\": \"never\"}], \"example\": \"\"}",
		.want =
		    "\"\"\"Return the mean of values.\n"
		    "\n"
		    ":param values: The numbers.\n"
		    ":type values: list\n"
		    ":param weights: One for each of them, or nothing at all if all of them count\n"
		    "    alike.\n"
		    ":type weights: list\n"
		    ":returns: The mean.\n"
		    ":rtype: float\n"
		    ":raises ValueError: If there are none.\n"
		    "\"\"\"\n" },
	    { .name = "jsdoc with types",
		.style = "jsdoc",
		.row = FUNCTION,
		.types = true,
		.answer =
		    "{\"summary\": \"This function returns the mean of values.\", \"details\": \"\", \"params\": [{\"name\": \"values\", \"text\": \"the numbers\"}, {\"name\": \"weights\", \"text\": \"weights: one for each of them, or nothing at all if all of them count alike\"}, {\"name\": \"bogus\", \"text\": \"x\"}], \"returns\": \"Returns the mean.\", \"raises\": [{\"type\": \"ValueError\", \"text\": \"if there are none\"}, {\"type\": \"OSError\", \"text\": \"never\"}], \"example\": \"\"}",
		.want =
		    "/**\n"
		    " * Returns the mean of values.\n"
		    " *\n"
		    " * @param {list} values - The numbers.\n"
		    " * @param {list} [weights] - One for each of them, or nothing at all if all of\n"
		    " *   them count alike.\n"
		    " * @returns {float} The mean.\n"
		    " * @throws {ValueError} If there are none.\n"
		    " */\n" },
	    { .name = "google, run",
		.style = "google",
		.example = DOCSTRING_EXAMPLE_RUN,
		.answer =
		    "{\"summary\": \"Run.\", \"example\": \"x = f(\\n    1,\\n)\"}",
		.want = "\"\"\"Run.\n"
			"\n"
			"Example:\n"
			"    >>> x = f(\n"
			"    ...     1,\n"
			"    ... )\n"
			"\"\"\"\n" },
	    { .name = "numpy, run",
		.style = "numpy",
		.example = DOCSTRING_EXAMPLE_RUN,
		.answer =
		    "{\"summary\": \"Run.\", \"example\": \"x = f(\\n    1,\\n)\"}",
		.want = "\"\"\"Run.\n"
			"\n"
			"Examples\n"
			"--------\n"
			">>> x = f(\n"
			"...     1,\n"
			"... )\n"
			"\"\"\"\n" },
	    { .name = "rustdoc, run",
		.style = "rustdoc",
		.example = DOCSTRING_EXAMPLE_RUN,
		.answer = "{\"summary\": \"Run.\", \"example\": \"f();\"}",
		.want = "/// Run.\n"
			"///\n"
			"/// # Examples\n"
			"///\n"
			"/// ```\n"
			"/// f();\n"
			"/// ```\n" },
	    { .name = "google yields",
		.style = "google",
		.row = { .yields = true },
		.answer =
		    "{\"summary\": \"Count.\", \"returns\": \"each number\"}",
		.want = "\"\"\"Count.\n"
			"\n"
			"Yields:\n"
			"    Each number.\n"
			"\"\"\"\n" },
	    { .name = "shell prints",
		.style = "shell",
		.row = { .yields = true },
		.answer =
		    "{\"summary\": \"Count.\", \"returns\": \"each number\"}",
		.want = "# Count.\n"
			"#\n"
			"# Outputs:\n"
			"#   Each number.\n" },
	    { .name = "javadoc with type parameters",
		.style = "javadoc",
		.row = { .params = { "T", "x" },
		    .type_params = { true },
		    .raises = { "java.io.IOException" } },
		.answer =
		    "{\"summary\": \"Read it.\", \"params\": [{\"name\": \"T\", \"text\": \"the type\"}]}",
		.want = "/**\n"
			" * Read it.\n"
			" *\n"
			" * @param <T> The type.\n"
			" * @param x Not described.\n"
			" * @throws java.io.IOException Not described.\n"
			" */\n" },
	    { .name = "tsdoc with type parameters",
		.style = "tsdoc",
		.row = { .params = { "T", "...x" }, .type_params = { true } },
		.answer =
		    "{\"summary\": \"Read it.\", \"params\": [{\"name\": \"T\", \"text\": \"the type\"}, {\"name\": \"x\", \"text\": \"{a} @b c\\\\d <e>\"}]}",
		.want = "/**\n"
			" * Read it.\n"
			" *\n"
			" * @typeParam T - The type.\n"
			" * @param x - `{a}` b c\\\\d \\<e\\>.\n"
			" */\n" },
	    { .name = "jsdoc with type parameters",
		.style = "jsdoc",
		.row = { .params = { "T", "...x" }, .type_params = { true } },
		.answer =
		    "{\"summary\": \"Read it.\", \"params\": [{\"name\": \"T\", \"text\": \"the type\"}, {\"name\": \"x\", \"text\": \"all\"}]}",
		.want = "/**\n"
			" * Read it.\n"
			" *\n"
			" * @template T - The type.\n"
			" * @param x - All.\n"
			" */\n" },
	    { .name = "rustdoc of what is unsafe",
		.style = "rustdoc",
		.row = { .raises = { "panic" },
		    .is_unsafe = true,
		    .is_fallible = true },
		.answer =
		    "{\"summary\": \"Read Vec<T> of [x], see http://a.b/c.\", \"raises\": [{\"type\": \"safety\", \"text\": \"hold the lock\"}, {\"type\": \"io::Error\", \"text\": \"if it ends\"}, {\"type\": \"panic\", \"text\": \"when odd\"}]}",
		.want = "/// Read `Vec<T>` of `[x]`, see `http://a.b/c`.\n"
			"///\n"
			"/// # Errors\n"
			"///\n"
			"/// * `io::Error`: If it ends.\n"
			"///\n"
			"/// # Panics\n"
			"///\n"
			"/// * When odd.\n"
			"///\n"
			"/// # Safety\n"
			"///\n"
			"/// Hold the lock.\n" },
	    { .name = "rustdoc of what is unsafe, unsaid",
		.style = "rustdoc",
		.row = { .is_unsafe = true },
		.answer = "{\"summary\": \"Read.\"}",
		.want = "/// Read.\n"
			"///\n"
			"/// # Safety\n"
			"///\n"
			"/// Not described.\n" },
	    { .name = "rustdoc of errors that nothing names",
		.style = "rustdoc",
		.answer =
		    "{\"summary\": \"Read.\", \"raises\": [{\"type\": \"safety\", \"text\": \"x\"}, {\"type\": \"E\", \"text\": \"x\"}, {\"type\": \"panic\", \"text\": \"x\"}]}",
		.want = "/// Read.\n" },
	    { .name = "one line of a literal",
		.style = "google",
		.one_line = true,
		.answer =
		    "{\"summary\": \"stores a value\", \"params\": [], \"returns\": \"\"}",
		.want = "\"\"\"Stores a value.\"\"\"" },
	    { .name = "one line of a literal, no more",
		.style = "google",
		.one_line = true,
		.answer =
		    "{\"summary\": \"Word Word Word Word Word Word Word Word Word Word Word Word Word Word Word Word Word Word Word Word Word Word Word Word Word Word Word Word Word Word \"}",
		.want = "5: the documentation must be one short line here" },
	    { .name = "a backslash makes it raw",
		.style = "google",
		.answer = "{\"summary\": \"Split at \\\\n.\"}",
		.want = "r\"\"\"Split at \\n.\"\"\"\n" },
	    { .name = "three quotes make it escaped",
		.style = "google",
		.answer = "{\"summary\": \"Print \\\"\\\"\\\" and \\\\ too\"}",
		.want = "\"\"\"Print \\\"\\\"\\\" and \\\\ too.\"\"\"\n" },
	    { .name = "a quote at the end",
		.style = "google",
		.answer = "{\"summary\": \"Say \\\"hello\\\"\"}",
		.want = "\"\"\"Say \"hello\".\"\"\"\n" },
	    { .name = "a backslash at the end",
		.style = "pep257",
		.answer = "{\"summary\": \"Go to C:\\\\\"}",
		.want = "r\"\"\"Go to C:\\.\"\"\"\n" },
	    { .name = "marks of C",
		.style = "doxygen",
		.answer =
		    "{\"summary\": \"Find src/*/x and */ and ?\?/ or `a */`\"}",
		.want =
		    "/** @brief Find src/ * /x and * / and ?? / or `a * /`. */\n" },
	    { .name = "marks of JavaScript",
		.style = "jsdoc",
		.answer = "{\"summary\": \"Find src/*/x and */ or `a */`\"}",
		.want = "/** Find src/\\*\\/x and *\\/ or `a *\\/`. */\n" },
	    { .name = "marks of Java",
		.style = "javadoc",
		.answer =
		    "{\"summary\": \"Find src/*/x at C:\\\\users, \\\\u002a/, `a */` `a<b` <script>&amp; {@link X}\"}",
		.want =
		    "/**\n"
		    " * Find src/&#42;&#47;x at C:&#92;users, &#92;u002a/,\n"
		    " * a *&#47; {@code a<b} &lt;script&gt;&amp;amp; {link X}.\n"
		    " */\n" },
	    { .name = "a backslash at the end of a C line",
		.style = "doxygen",
		.form = DOCSTRING_LINES,
		.mark = "///",
		.answer =
		    "{\"summary\": \"A.\", \"details\": \"Go to C:\\\\\"}",
		.want = "/// @brief A.\n"
			"///\n"
			"/// Go to C:\\\\.\n" },
	    { .name = "gofmt's quotes",
		.style = "godoc",
		.answer = "{\"summary\": \"Mean of ``a'' is ''b''\"}",
		.want = "// mean is the mean of 'a' is 'b'.\n" },
	    { .name = "godoc: A store of goods",
		.style = "godoc",
		.kind = "struct",
		.called = "Shop",
		.answer = "{\"summary\": \"A store of goods\"}",
		.want = "// Shop is a store of goods.\n" },
	    { .name = "godoc: Shop is a store",
		.style = "godoc",
		.kind = "struct",
		.called = "Shop",
		.answer = "{\"summary\": \"Shop is a store\"}",
		.want = "// Shop is a store.\n" },
	    { .name = "godoc: Sell goods",
		.style = "godoc",
		.kind = "package",
		.called = "shop",
		.answer = "{\"summary\": \"Sell goods\"}",
		.want = "// Package shop sells goods.\n" },
	    { .name = "godoc: Holds the goods",
		.style = "godoc",
		.kind = "struct",
		.called = "Shop",
		.answer = "{\"summary\": \"Holds the goods\"}",
		.want = "// Shop holds the goods.\n" },
	    { .name = "godoc: Largest of all",
		.style = "godoc",
		.kind = "constant",
		.called = "Max",
		.answer = "{\"summary\": \"Largest of all\"}",
		.want = "// Max is the largest of all.\n" },
	    { .name = "godoc: Package shop sells goods",
		.style = "godoc",
		.kind = "package",
		.called = "shop",
		.answer = "{\"summary\": \"Package shop sells goods\"}",
		.want = "// Package shop sells goods.\n" },
	    { .name = "godoc: Apply a patch",
		.style = "godoc",
		.kind = "function",
		.called = "apply",
		.answer = "{\"summary\": \"Apply a patch\"}",
		.want = "// apply applies a patch.\n" },
	    { .name = "godoc: Process a patch",
		.style = "godoc",
		.kind = "function",
		.called = "apply",
		.answer = "{\"summary\": \"Process a patch\"}",
		.want = "// apply processes a patch.\n" },
	    { .name = "godoc: apply(x, y) applies x",
		.style = "godoc",
		.kind = "method",
		.called = "apply",
		.answer = "{\"summary\": \"apply(x, y) applies x\"}",
		.want = "// apply applies x.\n" },
	    { .name = "godoc: The patch that comes next",
		.style = "godoc",
		.kind = "function",
		.called = "apply",
		.answer = "{\"summary\": \"The patch that comes next\"}",
		.want = "// apply is the patch that comes next.\n" },
	    { .name = "kernel-doc: a store",
		.style = "kernel-doc",
		.kind = "struct",
		.called = "shop",
		.answer = "{\"summary\": \"a store\"}",
		.want = "/**\n"
			" * struct shop - A store.\n"
			" */\n" },
	    { .name = "numpy: Holds the goods",
		.style = "numpy",
		.kind = "class",
		.called = "Shop",
		.answer = "{\"summary\": \"Holds the goods\"}",
		.want = "\"\"\"Holds the goods.\"\"\"\n\n" },
	    { .name = "numpy: Applies the patch",
		.style = "numpy",
		.kind = "function",
		.called = "apply",
		.answer = "{\"summary\": \"Applies the patch\"}",
		.want = "\"\"\"Apply the patch.\"\"\"\n" },
	    { .name = "numpy: Processes all of them!",
		.style = "numpy",
		.kind = "function",
		.called = "apply",
		.answer = "{\"summary\": \"Processes all of them!\"}",
		.want = "\"\"\"Process all of them.\"\"\"\n" },
	    { .name = "numpy: Parameters for the search",
		.style = "numpy",
		.kind = "function",
		.called = "apply",
		.answer = "{\"summary\": \"Parameters for the search\"}",
		.want = "\"\"\"Parameters for the search.\"\"\"\n" },
	    { .name = "numpy: Access the patch",
		.style = "numpy",
		.kind = "function",
		.called = "apply",
		.answer = "{\"summary\": \"Access the patch\"}",
		.want = "\"\"\"Access the patch.\"\"\"\n" },
	    { .name = "pep257: Pushes a patch",
		.style = "pep257",
		.kind = "function",
		.called = "apply",
		.answer = "{\"summary\": \"Pushes a patch\"}",
		.want = "\"\"\"Push a patch.\"\"\"\n" },
	    { .name = "google: apply(x, y) - applies x",
		.style = "google",
		.kind = "function",
		.called = "apply",
		.answer = "{\"summary\": \"apply(x, y) - applies x\"}",
		.want = "\"\"\"Applies x.\"\"\"\n" },
	    { .name = "google: This method is used to apply x",
		.style = "google",
		.kind = "function",
		.called = "apply",
		.answer = "{\"summary\": \"This method is used to apply x\"}",
		.want = "\"\"\"Apply x.\"\"\"\n" },
	    { .name = "google: This is a class that holds goods",
		.style = "google",
		.kind = "class",
		.called = "Shop",
		.answer = "{\"summary\": \"This is a class that holds goods\"}",
		.want = "\"\"\"A class that holds goods.\"\"\"\n" },
	    { .name = "google: The function applies x",
		.style = "google",
		.kind = "function",
		.called = "apply",
		.answer = "{\"summary\": \"The function applies x\"}",
		.want = "\"\"\"Applies x.\"\"\"\n" },
	    { .name = "google: A function that applies x",
		.style = "google",
		.kind = "function",
		.called = "apply",
		.answer = "{\"summary\": \"A function that applies x\"}",
		.want = "\"\"\"Applies x.\"\"\"\n" },
	    { .name = "google: The class list of x",
		.style = "google",
		.kind = "function",
		.called = "apply",
		.answer = "{\"summary\": \"The class list of x\"}",
		.want = "\"\"\"The class list of x.\"\"\"\n" },
	    { .name = "google: Shop: a store. Goods are in it. See e.g. A.",
		.style = "google",
		.kind = "class",
		.called = "Shop",
		.answer =
		    "{\"summary\": \"Shop: a store. Goods are in it. See e.g. A.\"}",
		.want = "\"\"\"A store.\n"
			"\n"
			"Goods are in it. See e.g. A.\n"
			"\"\"\"\n" },
	    { .name = "google: iPhone and foo_bar work",
		.style = "google",
		.kind = "function",
		.called = "apply",
		.answer = "{\"summary\": \"iPhone and foo_bar work\"}",
		.want = "\"\"\"iPhone and foo_bar work.\"\"\"\n" },
	    { .name = "google: foo_bar works?",
		.style = "google",
		.kind = "function",
		.called = "apply",
		.answer = "{\"summary\": \"foo_bar works?\"}",
		.want = "\"\"\"foo_bar works?\"\"\"\n" },
	    { .name = "google: is it so:",
		.style = "google",
		.kind = "function",
		.called = "apply",
		.answer = "{\"summary\": \"is it so:\"}",
		.want = "\"\"\"Is it so.\"\"\"\n" },
	    { .name = "tabs, and the file's line ends",
		.style = "jsdoc",
		.indent = "\t\t",
		.eol = "\r\n",
		.width = 40,
		.answer =
		    "{\"summary\": \"This function returns the mean of values.\", \"details\": \"Values of `None` are skipped.\\n\\nModes:\\n- fast: one pass\", \"params\": [{\"name\": \"values\", \"text\": \"the numbers\"}, {\"name\": \"weights\", \"text\": \"weights: one for each of them, or nothing at all if all of them count alike\"}, {\"name\": \"bogus\", \"text\": \"x\"}], \"returns\": \"Returns the mean.\", \"raises\": [{\"type\": \"ValueError\", \"text\": \"if there are none\"}, {\"type\": \"OSError\", \"text\": \"never\"}], \"example\": \"\"}",
		.want = "\t\t/**\r\n"
			"\t\t * Returns the mean of\r\n"
			"\t\t * values.\r\n"
			"\t\t *\r\n"
			"\t\t * Values of `None` are\r\n"
			"\t\t * skipped.\r\n"
			"\t\t *\r\n"
			"\t\t * Modes:\r\n"
			"\t\t *\r\n"
			"\t\t * - Fast: one pass.\r\n"
			"\t\t *\r\n"
			"\t\t * @returns The mean.\r\n"
			"\t\t */\r\n" },
	    { .name = "a literal with tabs and CR LF",
		.style = "google",
		.indent = "\t",
		.eol = "\r\n",
		.width = 40,
		.answer =
		    "{\"summary\": \"This function returns the mean of values.\", \"details\": \"Values of `None` are skipped.\\n\\nModes:\\n- fast: one pass\", \"params\": [{\"name\": \"values\", \"text\": \"the numbers\"}, {\"name\": \"weights\", \"text\": \"weights: one for each of them, or nothing at all if all of them count alike\"}, {\"name\": \"bogus\", \"text\": \"x\"}], \"returns\": \"Returns the mean.\", \"raises\": [{\"type\": \"ValueError\", \"text\": \"if there are none\"}, {\"type\": \"OSError\", \"text\": \"never\"}], \"example\": \"\"}",
		.want = "\t\"\"\"Returns the mean of values.\r\n"
			"\r\n"
			"\tValues of `None` are skipped.\r\n"
			"\r\n"
			"\tModes:\r\n"
			"\r\n"
			"\t- Fast: one pass.\r\n"
			"\r\n"
			"\tReturns:\r\n"
			"\t    The mean.\r\n"
			"\t\"\"\"\r\n" },
	    { .name = "ASCII alone",
		.style = "google",
		.is_ascii_only = true,
		.answer =
		    "{\"summary\": \"It\u2019s \u2014 \u201cso\u201d\u2026 a \u2192 b\"}",
		.want = "\"\"\"It's - \"so\"... a -> b.\"\"\"\n" },
	    { .name = "what ASCII has not",
		.style = "google",
		.is_ascii_only = true,
		.answer = "{\"summary\": \"Das Ma\u00df\"}",
		.want =
		    "5: the documentation has characters that the encoding of the file lacks: use ASCII only" },
	    { .name = "two columns each",
		.style = "google",
		.width = 32,
		.answer =
		    "{\"summary\": \"A.\", \"details\": \"\u4e2d\u6587 \u4e2d\u6587 \u4e2d\u6587 \u4e2d\u6587 \u4e2d\u6587 \u4e2d\u6587 \u4e2d\u6587 \u4e2d\u6587 \u4e2d\u6587 \u4e2d\u6587 \"}",
		.want =
		    "\"\"\"A.\n"
		    "\n"
		    "\u4e2d\u6587 \u4e2d\u6587 \u4e2d\u6587 \u4e2d\u6587 \u4e2d\u6587 \u4e2d\u6587\n"
		    "\u4e2d\u6587 \u4e2d\u6587 \u4e2d\u6587 \u4e2d\u6587.\n"
		    "\"\"\"\n" },
	    { .name = "a parameter without a name",
		.style = "jsdoc",
		.row = { .params = { "{ a, b }", "x y", "z" } },
		.answer =
		    "{\"summary\": \"A.\", \"params\": [{\"name\": \"{ a, b }\", \"text\": \"t\"}, {\"name\": \"z\", \"text\": \"u\"}]}",
		.want = "/**\n"
			" * A.\n"
			" *\n"
			" * @param z - U.\n"
			" */\n" },
	    { .name = "a type of many lines",
		.style = "numpy",
		.row = { .params = { "x" },
		    .types = { "Union[\n    int,\n\tstr]" } },
		.answer =
		    "{\"summary\": \"A.\", \"params\": [{\"name\": \"x\", \"text\": \"t\"}]}",
		.want = "\"\"\"A.\n"
			"\n"
			"Parameters\n"
			"----------\n"
			"x : Union[ int, str]\n"
			"    T.\n"
			"\"\"\"\n" },
	    { .name = "a type that closes",
		.style = "jsdoc",
		.row = { .params = { "x" }, .types = { "\"*/\"" } },
		.types = true,
		.answer =
		    "{\"summary\": \"A.\", \"params\": [{\"name\": \"x\", \"text\": \"t\"}]}",
		.want = "/**\n"
			" * A.\n"
			" *\n"
			" * @param {\"*\\/\"} x - T.\n"
			" */\n" },
	    { .name = "an example that a tag begins",
		.style = "jsdoc",
		.answer = "{\"summary\": \"A.\", \"example\": \"@x\\ny\"}",
		.want = "/** A. */\n" },
	    { .name = "or within a line, for TypeScript",
		.style = "tsdoc",
		.answer =
		    "{\"summary\": \"A.\", \"example\": \"x('a@b.c'); // @see y\"}",
		.want = "/** A. */\n" },
	    { .name = "an address is none",
		.style = "jsdoc",
		.answer = "{\"summary\": \"A.\", \"example\": \"x('a@b.c')\"}",
		.want = "/**\n"
			" * A.\n"
			" *\n"
			" * @example\n"
			" * x('a@b.c')\n"
			" */\n" },
	    { .name = "an example that closes",
		.style = "doxygen",
		.answer = "{\"summary\": \"A.\", \"example\": \"/* x */\"}",
		.want = "/** @brief A. */\n" },
	    { .name = "an example for a linter",
		.style = "google",
		.answer =
		    "{\"summary\": \"A.\", \"example\": \"x = 1  # noqa: E501\"}",
		.want = "\"\"\"A.\"\"\"\n" },
	    { .name = "an example of a session",
		.style = "google",
		.answer =
		    "{\"summary\": \"A.\", \"example\": \">>> f(1)\\n2\\n>>> for x in y:\\n...     g\\n\"}",
		.want = "\"\"\"A.\n"
			"\n"
			"Example::\n"
			"\n"
			"    f(1)\n"
			"    for x in y:\n"
			"        g\n"
			"\"\"\"\n" },
	    { .name = "pep257: a blank line behind a class's",
		.style = "pep257",
		.kind = "class",
		.called = "Shop",
		.indent = "    ",
		.eol = "\r\n",
		.answer = "{\"summary\": \"A store\"}",
		.want = "    \"\"\"A store.\"\"\"\r\n\r\n" },
	    { .name = "numpy: which may be there",
		.style = "numpy",
		.kind = "class",
		.called = "Shop",
		.before_blank = true,
		.answer = "{\"summary\": \"A store\"}",
		.want = "\"\"\"A store.\"\"\"\n" },
	    { .name = "google wants none",
		.style = "google",
		.kind = "class",
		.called = "Shop",
		.answer = "{\"summary\": \"A store\"}",
		.want = "\"\"\"A store.\"\"\"\n" },
	    { .name = "nor does a line of its own",
		.style = "numpy",
		.kind = "class",
		.called = "Shop",
		.one_line = true,
		.answer = "{\"summary\": \"A store\"}",
		.want = "\"\"\"A store.\"\"\"" },
	    { .name = "godoc: a line before a directive",
		.style = "godoc",
		.indent = "\t",
		.before_directive = true,
		.answer = "{\"summary\": \"Return x.\"}",
		.want = "\t// mean returns x.\n\t//\n" },
	    { .name = "rustdoc wants none",
		.style = "rustdoc",
		.before_directive = true,
		.answer = "{\"summary\": \"Return x.\"}",
		.want = "/// Return x.\n" },
	    { .name = "google: what is returned is a paragraph",
		.style = "google",
		.row = { .params = { "x" } },
		.width = 40,
		.answer =
		    "{\"summary\": \"A.\", \"params\": [{\"name\": \"x\", \"text\": \"one two three four five six seven\"}], \"returns\": \"one two three four five six seven eight nine\"}",
		.want = "\"\"\"A.\n"
			"\n"
			"Args:\n"
			"    x: One two three four five six\n"
			"        seven.\n"
			"\n"
			"Returns:\n"
			"    One two three four five six seven\n"
			"    eight nine.\n"
			"\"\"\"\n" },
	    { .name = "rustdoc: so is it here",
		.style = "rustdoc",
		.width = 40,
		.answer =
		    "{\"summary\": \"A.\", \"returns\": \"one two three four five six seven eight nine\"}",
		.want = "/// A.\n"
			"///\n"
			"/// # Returns\n"
			"///\n"
			"/// One two three four five six seven\n"
			"/// eight nine.\n" },
	    { .name = "shell: parameters have a dollar",
		.style = "shell",
		.row = { .params = { "1", "10", "a1" } },
		.answer =
		    "{\"summary\": \"A.\", \"params\": [{\"name\": \"1\", \"text\": \"x\"}, {\"name\": \"10\", \"text\": \"y\"}, {\"name\": \"a1\", \"text\": \"z\"}]}",
		.want = "# A.\n"
			"#\n"
			"# Arguments:\n"
			"#   $1: X.\n"
			"#   $10: Y.\n"
			"#   a1: Z.\n" },
	    { .name = "a long summary is its first part",
		.style = "pep257",
		.width = 40,
		.answer =
		    "{\"summary\": \"Return the mean of values; raise if there are none\", \"details\": \"Or so.\"}",
		.want = "\"\"\"Return the mean of values.\n"
			"\n"
			"Raise if there are none.\n"
			"\n"
			"Or so.\n"
			"\"\"\"\n" },
	    { .name = "a short one is whole",
		.style = "pep257",
		.answer =
		    "{\"summary\": \"Return the mean of values; raise if none\"}",
		.want =
		    "\"\"\"Return the mean of values; raise if none.\"\"\"\n" },
	    { .name = "and one that has no parts",
		.style = "pep257",
		.width = 40,
		.answer =
		    "{\"summary\": \"Return the mean of values, or raise if there are none\"}",
		.want = "\"\"\"Return the mean of values, or raise\n"
			"if there are none.\n"
			"\"\"\"\n" },
	    { .name = "what is said twice is said once",
		.style = "pep257",
		.answer =
		    "{\"summary\": \"A.\", \"details\": \"The  sum of them. It is big. The sum\\nof them. The sum of them!\\n\\n- The sum of them.\\n- Nine of all.\\n- Nine of all.\"}",
		.want = "\"\"\"A.\n"
			"\n"
			"The sum of them. It is big. The sum of them!\n"
			"\n"
			"- Nine of all.\n"
			"\"\"\"\n" },
	    { .name = "half a sentence goes",
		.style = "google",
		.row = { .params = { "x" }, .schema = SHORT },
		.answer =
		    "{\"summary\": \"A.\", \"details\": \"The sum of them. It is b\", \"params\": [{\"name\": \"x\", \"text\": \"The sum, i.e. what they com\"}]}",
		.want = "\"\"\"A.\n"
			"\n"
			"The sum of them.\n"
			"\n"
			"Args:\n"
			"    x: The sum, i.e. what they...\n"
			"\"\"\"\n" },
	    { .name = "characters are counted",
		.style = "google",
		.row = { .schema = SHORT },
		.answer =
		    "{\"summary\": \"A.\", \"details\": \"\u00e4\u00e4\u00e4\u00e4\u00e4\u00e4 \u00e4\u00e4\u00e4\u00e4\u00e4\"}",
		.want =
		    "\"\"\"A.\n"
		    "\n"
		    "\u00e4\u00e4\u00e4\u00e4\u00e4\u00e4 \u00e4\u00e4\u00e4\u00e4\u00e4.\n"
		    "\"\"\"\n" },
	    { .name = "a whole one stays, of any length",
		.style = "google",
		.row = { .schema = SHORT },
		.answer =
		    "{\"summary\": \"A.\", \"details\": \"The sum of them. It is.\"}",
		.want = "\"\"\"A.\n"
			"\n"
			"The sum of them. It is.\n"
			"\"\"\"\n" },
	    { .name = "half an example goes",
		.style = "google",
		.row = { .schema = SHORT },
		.answer = "{\"summary\": \"A.\", \"example\": \"x = [1, 2,\"}",
		.want = "\"\"\"A.\"\"\"\n" },
	    { .name = "no mark of the prompt",
		.style = "google",
		.answer =
		    "{\"summary\": \"The width is 526ce284c491d7c463a8c8ab6ee2bccb.\"}",
		.want =
		    "5: 'summary' repeats a mark that is no part of the source" },
	    { .name = "nothing said",
		.style = "google",
		.answer = "{\"summary\": \"...\"}",
		.want = "5: 'summary' says nothing" },
    };

#endif
