/*
 * dmr-docstring - document what a source file declares, and nothing else.
 *
 * A model says what a declaration does; the documentation is laid out here,
 * and put where it belongs.  Not one byte of the code changes, or nothing is
 * written: that is proved of each file before.
 */
#include <math.h>

#include "dmr-docstring/check.h"
#include "dmr-docstring/run.h"
#include "die.h"

static struct run_options want = { .width = DOCSTRING_WIDTH,
	.max_bytes = 1 << 20,
	.context_size = 4096,
	.fail_under = NAN };
static struct run run = { .want = &want };

static const struct opt opts[] = {
	{ OPT_FLAG, 'i', "in-place", NULL, "change the files themselves",
	    .to.flag = &want.in_place },
	{ OPT_TEXT, 0, "backup", "SUFFIX", "with -i: keep FILE as FILESUFFIX",
	    .to.text = &want.backup },
	{ OPT_FLAG, 'd', "diff", NULL, "print a unified diff",
	    .to.flag = &want.diff },
	{ OPT_FLAG, 'c', "check", NULL,
	    "list what lacks documentation, exit 1 if anything does",
	    .to.flag = &want.check },
	{ OPT_REAL, 0, "fail-under", "PCT",
	    "with -c: exit 1 only below so many percent", .max = 100,
	    .to.real = &want.fail_under },
	{ OPT_TEXT, 'F', "format", "NAME",
	    "with -c: text, json, sarif or rdjsonl", .to.text = &want.format },
	{ OPT_FLAG, 0, "json", NULL,
	    "short for -F json: JSON Lines, errors too",
	    .to.flag = &want.json },
	{ OPT_FLAG, 0, "only-doc", NULL,
	    "print the documentation of the first declaration alone",
	    .to.flag = &want.only_doc },
	{ OPT_TEXT, 'L', "lang", "NAME", "the language; else by name or '#!'",
	    .to.text = &want.lang },
	{ OPT_TEXT, 0, "stdin-name", "PATH", "what standard input is called",
	    .to.text = &want.stdin_name },
	{ OPT_TEXT, 's', "style", "NAME",
	    "google, jsdoc, ...; else that of the file",
	    .to.text = &want.style },
	{ OPT_LIST, 0, "lines", "A,B", "only declarations in lines A to B",
	    .to.list = &want.lines },
	{ OPT_TEXT, 0, "diff-from", "FILE",
	    "only declarations that the diff in FILE touches",
	    .to.text = &want.diff_from },
	{ OPT_TEXT, 0, "only", "REGEX", "only names that match",
	    .to.text = &want.only },
	{ OPT_TEXT, 0, "exclude", "REGEX", "no names that match",
	    .to.text = &want.exclude },
	{ OPT_FLAG, 0, "public", NULL, "only what is public (default)",
	    .to.flag = &want.public },
	{ OPT_FLAG, 0, "all", NULL, "what is private or minor, too",
	    .to.flag = &want.all },
	{ OPT_FLAG, 0, "members", NULL, "fields and constants of enums, too",
	    .to.flag = &want.members },
	{ OPT_FLAG, 0, "nested", NULL, "functions in functions, too",
	    .to.flag = &want.nested },
	{ OPT_FLAG, 0, "tests", NULL, "tests, too", .to.flag = &want.tests },
	{ OPT_FLAG, 0, "magic", NULL, "names such as __len__, too",
	    .to.flag = &want.magic },
	{ OPT_FLAG, 0, "module", NULL, "the file itself, too",
	    .to.flag = &want.module },
	{ OPT_TEXT, 0, "sections", "LIST",
	    "of summary,details,params,returns,raises,example",
	    .to.text = &want.sections },
	{ OPT_TEXT, 0, "example", "HOW",
	    "none, text (default) or run: what tests may execute",
	    .to.text = &want.example },
	{ OPT_FLAG, 0, "types", NULL, "types where the style has them",
	    .to.flag = &want.types },
	{ OPT_INT, 0, "width", "N", "columns of a line (79)",
	    .to.integer = &want.width, .min = 1, .max = 1000 },
	{ OPT_TEXT, 0, "one-line", "HOW",
	    "a body on the line of its header: skip (default) or insert",
	    .to.text = &want.one_line },
	{ OPT_FLAG, 0, "force-consumers", NULL,
	    "also where a program reads its documentation",
	    .to.flag = &want.force_consumers },
	{ OPT_INT, 0, "max-bytes", "N", "leave out larger files (1048576)",
	    .to.integer = &want.max_bytes, .min = 1, .max = SYNTAX_TEXT_MAX },
	{ OPT_INT, 0, "context-size", "N", "tokens that the model takes (4096)",
	    .to.integer = &want.context_size, .min = 1, .max = INT32_MAX },
	{ OPT_TEXT, 0, "report", "FILE",
	    "write a line of JSON for each declaration",
	    .to.text = &want.report },
	{ OPT_TEXT, 0, "on-error", "HOW",
	    "without an answer: fail (default), or pass the source on",
	    .to.text = &want.on_error },
	{ OPT_TEXT, 0, "schema", "JSON", "of a template",
	    .to.text = &want.schema, .flags = OPT_NOT_ARGV | OPT_TEMPLATE },
	{ .kind = OPT_END },
};

/* Who reads the output may be about to write it over its source. */
static void
rescue(struct settings *set)
{
	run.set = set;
	run.paths = set->opts.operands;
	run.npaths = set->opts.noperands;
	run_copy(&run);
}

static const struct tool tool = {
	.name = "dmr-docstring",
	.summary =
	    "document what a source file declares, and change nothing else",
	.operands = "[file ...]",
	.shared = TOOL_SERVER | TOOL_MODEL | TOOL_TEMPLATE | TOOL_SAMPLING |
	    TOOL_OUTPUT | TOOL_JOBS,
	.opts = opts,
	.json = &want.json,
	.format = &want.format,
	.has_formats = true,
	.passes = true,
	.rescue = rescue,
};

static void
abandon(void)
{
	file_replace_abandon(&run.report.file);
	file_replace_abandon(&run.temp);
}

int
main(int argc, char **argv)
{
	struct err e = ERR_NONE;

	run.set = tool_start(&tool, argc, argv);
	tool_at_end(abandon);
	if (!run_prepare(&run, &e))
		(want.check ? check_files : run_files)(&run, &e);
	if (e.status && !run.ask.out)
		run_copy(&run);
	run_done(&run);
	return tool_finish(&e);
}
