/* dmr-docstring: whether the options fit together, and what they say. */
#include "ask_request.h"
#include "opt_value.h"
#include "request.h"
#include "select.h"
#include "tool_lang.h"

static int
take_words(struct run *run, struct err *e)
{
	static const char *const errors[] = { "fail", "pass" };
	static const char *const lines[] = { "skip", "insert" };
	static const char *const examples[] = { "text", "none", "run" };
	static const enum docstring_example kinds[] = { DOCSTRING_EXAMPLE_TEXT,
		DOCSTRING_EXAMPLE_NONE, DOCSTRING_EXAMPLE_RUN };
	const struct run_options *want = run->want;
	size_t which = 0, inserts = 0, passes = 0;

	if (opt_value_word("on-error", want->on_error, errors, 2, &passes, e) ||
	    opt_value_word("one-line", want->one_line, lines, 2, &inserts, e) ||
	    opt_value_word("example", want->example, examples, 3, &which, e))
		return -1;
	run->passes = passes;
	run->inserts_lines = inserts;
	run->place.example = kinds[which];
	return 0;
}

static int
take_sections(struct run *run, struct err *e)
{
	static const char *const names[] = { "summary", "details", "params",
		"returns", "raises", "example" };
	struct str rest = str_of(run->want->sections);

	run->place.sections = rest.len ? DOCSTRING_SUMMARY : DOCSTRING_ALL;
	while (rest.len) {
		struct str name = str_cut(&rest, ',');
		size_t i = 0;

		while (i < countof(names) && !str_is(name, names[i]))
			i++;
		if (i == countof(names))
			return err_set(e, ST_USAGE,
			    "--sections: '%.*s' is not summary, details, "
			    "params, returns, raises or example",
			    STR_ARGS(name));
		run->place.sections |= 1U << i;
	}
	return 0;
}

static int
take_style(struct run *run, struct err *e)
{
	const char *name = run->want->style;
	const struct docstring_style *style;

	run->place.width = (size_t)run->want->width;
	run->place.types = run->want->types;
	run->has_types = opts_source(&run->set->opts, "types") != OPT_UNSET;
	if (!name || !strcmp(name, "auto"))
		return 0;
	run->place.style = docstring_style(str_of(name));
	if (run->place.style)
		return 0;
	err_set(e, ST_USAGE, "--style: '%s' is not auto", name);
	for (size_t i = 0; (style = docstring_style_at(i)); i++)
		err_add(e, "%s%s", docstring_style_at(i + 1) ? ", " : " or ",
		    docstring_style_name(style));
	return -1;
}

/* What one option is for, another must be given for. */
static int
check_needs(const struct run *run, struct err *e)
{
	static const char *const needs[][2] = {
		{ "backup", "in-place" },
		{ "fail-under", "check" },
		{ "format", "check" },
		{ "json", "check" },
	};
	const struct opts *o = &run->set->opts;

	if (run->want->public && run->want->all)
		return err_set(
		    e, ST_USAGE, "--public and --all do not go together");
	if (run->want->check && run->want->report)
		return err_set(
		    e, ST_USAGE, "--check and --report do not go together");

	for (size_t i = 0; i < countof(needs); i++)
		if (opts_is_given(o, needs[i][0]) &&
		    !opts_is_given(o, needs[i][1]))
			return err_set(e, ST_USAGE, "--%s is for --%s",
			    needs[i][0], needs[i][1]);
	return 0;
}

/* At most one of the things that can become of a file. */
static int
check_modes(const struct run *run, struct err *e)
{
	static const char *const modes[] = { "in-place", "diff", "check",
		"only-doc", "dry-run" };
	const char *first = NULL;

	for (size_t i = 0; i < countof(modes); i++) {
		if (!opts_is_given(&run->set->opts, modes[i]))
			continue;
		if (first)
			return err_set(e, ST_USAGE,
			    "--%s and --%s do not go together", first,
			    modes[i]);
		first = modes[i];
	}
	if (run->npaths > 1 && (!first || !strcmp(first, "only-doc")))
		return err_set(
		    e, ST_USAGE, "more than one file needs -i, -d or -c");
	if (run->want->in_place && run->set->output)
		return err_set(e, ST_USAGE,
		    "--in-place writes the files, --output another one");
	return 0;
}

/* Standard input is one thing, once. */
static int
check_stdin(const struct run *run, struct err *e)
{
	bool reads_diff = run->want->diff_from &&
	    !strcmp(run->want->diff_from, "-");
	size_t n = !run->npaths;

	for (size_t i = 0; i < run->npaths; i++)
		n += !strcmp(run->paths[i], "-");
	if (n + reads_diff > 1)
		return err_set(e, ST_USAGE, "standard input can be read once");
	if (n && run->want->in_place)
		return err_set(
		    e, ST_USAGE, "--in-place takes files, not standard input");
	if (!run->npaths && run->set->no_stdin)
		return err_set(
		    e, ST_USAGE, "no file; -n does not read standard input");
	if (run->npaths > 1 && run->want->lines.n)
		return err_set(e, ST_USAGE, "--lines is for one file");
	return 0;
}

/* The log, the report and the output are different files, and no sources. */
static int
check_written(const struct run *run, struct err *e)
{
	const char *const names[] = { run->set->log, run->want->report,
		run->set->output };

	if (run->want->report && !strcmp(run->want->report, "-"))
		return err_set(e, ST_USAGE, "--report takes a file");
	return ask_check_kept(names, 2, run->paths, run->npaths,
		   "it is one of the sources", e) ||
		ask_check_written(names, countof(names), e)
	    ? -1
	    : 0;
}

int
run_prepare(struct run *run, struct err *e)
{
	const struct opts *o = &run->set->opts;

	run->langs = tool_languages();
	run->paths = o->operands;
	run->npaths = o->noperands;
	if (run->want->json && !run->want->format)
		run->want->format = "json";
	if (check_needs(run, e) || check_modes(run, e) || take_words(run, e) ||
	    take_sections(run, e) || take_style(run, e) ||
	    check_written(run, e) || check_stdin(run, e) || select_open(run, e))
		return -1;
	run_unite_paths(run);
	return 0;
}

void
run_done(struct run *run)
{
	free(run->united);
	lang_set_free(run->langs);
	select_close(run);
	request_close(run);
}
