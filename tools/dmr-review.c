/*
 * dmr-review - what is wrong with a change, at the lines that are wrong.
 *
 * A model reads the diff and quotes what it finds fault with; where that stands
 * is found out here, or the finding is printed without a line.  What was not
 * reviewed is named.
 */
#include "dmr-review/run.h"

static struct run_options want = { .max = -1, .context_size = 4096 };
static struct run run = { .want = &want };

static const struct opt opts[] = {
	{ OPT_TEXT, 'F', "format", "NAME", "text, json, sarif or rdjsonl",
	    .to.text = &want.format },
	{ OPT_FLAG, 0, "json", NULL,
	    "short for -F json: JSON Lines, errors too",
	    .to.flag = &want.json },
	{ OPT_TEXT, 0, "stdin-name", "PATH",
	    "standard input is this source file, not a diff",
	    .to.text = &want.stdin_name },
	{ OPT_TEXT, 0, "root", "DIR",
	    "the files that the diff makes: show what is around",
	    .to.text = &want.root },
	{ OPT_LIST, 0, "context", "TEXT",
	    "what else to know, or @FILE; can be repeated",
	    .to.list = &want.context },
	{ OPT_TEXT, 0, "message", "TEXT", "the message of the commit, or @FILE",
	    .to.text = &want.message },
	{ OPT_TEXT, 0, "rules", "FILE", "rules of the project, in Markdown",
	    .to.text = &want.rules },
	{ OPT_FLAG, 0, "offline", NULL, "only what is found without a model",
	    .to.flag = &want.offline },
	{ OPT_FLAG, 0, "redact", NULL,
	    "mask what looks like a secret before it is sent",
	    .to.flag = &want.redact },
	{ OPT_TEXT, 0, "fail-on", "SEVERITY",
	    "exit 1 for such findings and worse (high), or none",
	    .to.text = &want.fail_on },
	{ OPT_TEXT, 0, "min-severity", "SEVERITY",
	    "print only such findings and worse",
	    .to.text = &want.min_severity },
	{ OPT_INT, 0, "max", "N", "print at most so many findings",
	    .max = INT32_MAX, .to.integer = &want.max },
	{ OPT_TEXT, 0, "scope", "WHERE",
	    "print findings in the file (default), hunk, or added lines",
	    .to.text = &want.scope },
	{ OPT_FLAG, 0, "anchored", NULL,
	    "print only findings whose line is known",
	    .to.flag = &want.anchored },
	{ OPT_TEXT, 0, "baseline", "FILE",
	    "leave out what is in this SARIF or JSON of before",
	    .to.text = &want.baseline },
	{ OPT_INT, 0, "context-size", "N", "tokens that the model takes (4096)",
	    .to.integer = &want.context_size, .min = 1, .max = INT32_MAX },
	{ OPT_TEXT, 0, "on-error", "HOW",
	    "without an answer: fail (default), or pass, go on without",
	    .to.text = &want.on_error },
	{ OPT_TEXT, 0, "schema", "JSON", "of a template",
	    .to.text = &want.schema, .flags = OPT_NOT_ARGV | OPT_TEMPLATE },
	{ .kind = OPT_END },
};

static const struct tool tool = {
	.name = "dmr-review",
	.summary = "find what is wrong with a diff, or with source files",
	.operands = "[file ...]",
	.shared = TOOL_SERVER | TOOL_MODEL | TOOL_TEMPLATE | TOOL_SAMPLING |
	    TOOL_OUTPUT | TOOL_JOBS,
	.opts = opts,
	.json = &want.json,
	.passes = true,
};

int
main(int argc, char **argv)
{
	struct err e = ERR_NONE;

	run.set = tool_start(&tool, argc, argv);
	if (!run_prepare(&run, &e))
		run_review(&run, &e);
	run_done(&run);
	return tool_finish(&e);
}
