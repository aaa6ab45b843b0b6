/* docstring_test - what is written, style by style, to the byte. */
#include "docstring_rows.h"

static void
test_rows(void)
{
	for (size_t i = 0; i < countof(rows); i++) {
		const struct row *row = &rows[i];
		struct docstring_place place = place_for(row->style);
		struct buf out;

		if (row->kind) {
			place.kind = str_of(row->kind);
			place.name = str_of(row->called);
		}
		place.indent = str_of(row->indent);
		if (row->eol)
			place.eol = str_of(row->eol);
		if (row->width)
			place.width = row->width;
		if (row->form)
			place.form = row->form;
		if (row->mark)
			place.mark = row->mark;
		if (row->example)
			place.example = row->example;
		place.types |= row->types;
		place.one_line = row->one_line;
		place.before_blank = row->before_blank;
		place.before_directive = row->before_directive;
		place.is_ascii_only = row->is_ascii_only;
		out = rendered(&row->row, &place, row->answer);
		tap_is(buf_str(&out), row->want, row->name);
		buf_done(&out);
	}
}

/* --- sections --- */

static const struct {
	const char *name;
	unsigned sections;
	enum docstring_example example;
	const char *want;
} parts[] = {
	{ "the summary alone", DOCSTRING_SUMMARY, DOCSTRING_EXAMPLE_TEXT,
	    "\"\"\"Returns the mean of values.\"\"\"\n" },
	{ "what is returned", DOCSTRING_RETURNS, DOCSTRING_EXAMPLE_TEXT,
	    "\"\"\"Returns the mean of values.\n\nReturns:\n"
	    "    The mean.\n\"\"\"\n" },
	{ "what is raised", DOCSTRING_RAISES, DOCSTRING_EXAMPLE_TEXT,
	    "\"\"\"Returns the mean of values.\n\nRaises:\n"
	    "    ValueError: If there are none.\n\"\"\"\n" },
	{ "an example", DOCSTRING_EXAMPLE, DOCSTRING_EXAMPLE_TEXT,
	    "\"\"\"Returns the mean of values.\n\nExample::\n\n"
	    "    mean([1])\n\"\"\"\n" },
	{ "no example", DOCSTRING_EXAMPLE, DOCSTRING_EXAMPLE_NONE,
	    "\"\"\"Returns the mean of values.\"\"\"\n" },
};

static void
test_sections(void)
{
	static const struct source_row function = FUNCTION;

	for (size_t i = 0; i < countof(parts); i++) {
		struct docstring_place place = place_for("google");
		struct buf out;

		place.sections = parts[i].sections;
		place.example = parts[i].example;
		out = rendered(&function, &place, FULL);
		tap_is(buf_str(&out), parts[i].want, parts[i].name);
		buf_done(&out);
	}
}

/* --- answers that do not hold --- */

static const struct {
	const char *answer, *want;
} refused[] = {
	{ "", "5: the answer is not JSON" },
	{ "{\"summary\":\"A.\"", "5: the answer is not JSON" },
	{ "[]", "5: the answer is no JSON object" },
	{ "{}", "5: 'summary' is empty" },
	{ "{\"summary\":null}", "5: 'summary' is empty" },
	{ "{\"summary\":\" \\n\"}", "5: 'summary' is empty" },
	{ "{\"summary\":1}", "5: 'summary' is not a string" },
	{ "{\"summary\":\"A\",\"params\":{}}",
	    "5: 'params' is not an array of at most 256" },
	{ "{\"summary\":\"A\",\"params\":[\"x\"]}",
	    "5: 'params' holds what is no object" },
	{ "{\"summary\":\"A\",\"raises\":[{\"type\":[],\"text\":\"\"}]}",
	    "5: 'type' is not a string" },
};

static void
test_refused(void)
{
	static const struct source_row none = { 0 };
	struct docstring_place place = place_for("google");
	struct buf answer = { 0 }, out;

	for (size_t i = 0; i < countof(refused); i++) {
		out = rendered(&none, &place, refused[i].answer);
		tap_is(buf_str(&out), refused[i].want, refused[i].answer);
		buf_done(&out);
	}
	buf_add_format(
	    &answer, "{\"summary\":\"%*s\"}", DOCSTRING_TEXT_MAX + 1, "x");
	out = rendered(&none, &place, answer.data);
	tap_is(buf_str(&out), "5: 'summary' is longer than 8192 bytes",
	    "a field has an end");
	buf_done(&out);
	buf_clear(&answer);
	buf_add_text(&answer, "{\"summary\":\"A.\",\"details\":\"");
	for (size_t i = 0; i < DOCSTRING_LINES_MAX; i++)
		buf_add_format(&answer, "- x%zu\\n", i);
	buf_add_text(&answer, "\"}");
	out = rendered(&none, &place, answer.data);
	tap_is(buf_str(&out), "5: the documentation has more than 200 lines",
	    "and so has what is written");
	buf_done(&out);
	buf_done(&answer);
}

/* A second answer replaces the first. */
static void
test_again(void)
{
	static const struct source_row row = { .params = { "x" },
		.is_fallible = true };
	struct docstring d = docstring_of(&row);
	struct docstring_place place = place_for("rustdoc");
	struct err e = ERR_NONE;
	struct buf out = { 0 };

	tap_ok(!docstring_read(&d,
		   STR("{\"summary\":\"A.\",\"details\":\"B.\","
		       "\"params\":[{\"name\":\"x\",\"text\":\"C\"}],"
		       "\"raises\":[{\"type\":\"E\",\"text\":\"D\"}]}"),
		   &e),
	    "the first answer is read");
	tap_ok(d.nraises == 1 && d.raises[0].text.len, "with its error");
	tap_ok(!docstring_read(&d, STR("{\"summary\":\"Again.\"}"), &e),
	    "and another one");
	tap_ok(!docstring_render(&d, &place, &out, &e), "which is written");
	tap_is(buf_str(&out), "/// Again.\n", "with nothing of the first");
	buf_done(&out);
	docstring_done(&d);
}

/* --- styles --- */

static const struct {
	const char *doc, *styles[4], *want;
} shown[] = {
	{ "x\n\n    Args:\n        a: b\n", { "google", "numpy", "sphinx" },
	    "google" },
	{ "x\n\n    Returns\n    -------\n    int\n",
	    { "google", "numpy", "sphinx" }, "numpy" },
	{ "x\n\n:param a: b\n:returns: c\n", { "google", "numpy", "sphinx" },
	    "sphinx" },
	{ "Returns the Args: of it.", { "google", "numpy", "sphinx" }, "none" },
	{ "/**\n * X.\n * @param {string} a - b\n */", { "jsdoc", "tsdoc" },
	    "jsdoc" },
	{ "/**\n * X.\n * @remarks\n * Y.\n * @typeParam T - Z\n */",
	    { "jsdoc", "tsdoc" }, "tsdoc" },
	{ "/**\n * x() - y\n * @a: b\n *\n * Return: c\n */",
	    { "doxygen", "kernel-doc" }, "kernel-doc" },
	{ "/** @brief x\n * @param a b\n */", { "doxygen", "kernel-doc" },
	    "doxygen" },
	{ "/// \\brief x\n/// \\param a b\n", { "doxygen", "kernel-doc" },
	    "doxygen" },
	{ "# X.\n# Arguments:\n#   a\n", { "shell" }, "shell" },
	{ "", { "google", "numpy" }, "none" },
};

static void
test_recognise(void)
{
	for (size_t i = 0; i < countof(shown); i++) {
		const struct docstring_style *styles[4], *got;
		char *copy = tap_copy(str_of(shown[i].doc));
		size_t n = 0;

		for (; n < 4 && shown[i].styles[n]; n++)
			styles[n] = docstring_style(str_of(shown[i].styles[n]));
		got = docstring_recognise(
		    (struct str){ copy, strlen(shown[i].doc) }, styles, n);
		tap_ok(got == docstring_style(str_of(shown[i].want)),
		    "row %zu shows %s", i, shown[i].want);
		free(copy);
	}
}

static void
test_styles(void)
{
	size_t n = 0;

	for (const struct docstring_style *s; (s = docstring_style_at(n)); n++)
		tap_ok(docstring_style(str_of(docstring_style_name(s))) == s &&
			(docstring_style_fits(s, DOCSTRING_LITERAL) ||
			    docstring_style_fits(s, DOCSTRING_BLOCK) ||
			    docstring_style_fits(s, DOCSTRING_LINES)),
		    "style %s has a form", docstring_style_name(s));
	tap_ok(n == 12, "there are twelve");
	tap_ok(!docstring_style(STR("")) && !docstring_style(STR("Google")),
	    "others are none");
}

int
main(void)
{
	test_rows();
	test_sections();
	test_refused();
	test_again();
	test_recognise();
	test_styles();
	return tap_done();
}
