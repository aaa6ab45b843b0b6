/*
 * dmr-reqs - from a rough idea to requirements that can be checked.
 *
 * A model is asked for questions, functional requirements, requirements of
 * quality and an architecture, one after another, each by a small schema.  What
 * it says is given ids and links here, is linted, and goes out as a document.
 * Documents are linted without a model, too.
 */
#include "dmr-reqs/run.h"

static struct run_options want = { .nquestions = QUESTIONS_MAX };
static struct run run = { .want = &want };

static const struct opt opts[] = {
	{ OPT_FLAG, 'c', "check", NULL,
	    "lint the documents that are named; nothing is asked",
	    .to.flag = &want.check },
	{ OPT_TEXT, 'F', "format", "NAME",
	    "document, json, markdown or records; with -c text, json, sarif, "
	    "rdjsonl",
	    .to.text = &want.format },
	{ OPT_FLAG, 0, "json", NULL,
	    "short for -F json: the document in a line, errors too",
	    .to.flag = &want.json },
	{ OPT_INT, 0, "questions", "N", "ask the model for at most N (5)",
	    .to.integer = &want.nquestions, .max = QUESTIONS_MAX },
	{ OPT_FLAG, 0, "ask", NULL, "print the questions, and end",
	    .to.flag = &want.ask },
	{ OPT_TEXT, 0, "answers", "FILE",
	    "answers to questions; a dialogue keeps them there",
	    .to.text = &want.answers },
	{ OPT_LIST, 0, "context", "TEXT",
	    "what else to know, or @FILE; can be repeated",
	    .to.list = &want.context },
	{ OPT_LIST, 'a', "attach", "FILE",
	    "add an image: PNG, JPEG, GIF or WebP", .to.list = &want.images },
	{ OPT_TEXT, 0, "from", "FILE",
	    "a document: update it by the idea; without one, print it, with "
	    "the parts that it lacks",
	    .to.text = &want.from },
	{ OPT_TEXT, 0, "style", "NAME",
	    "how requirements are worded: shall (default), ears or free",
	    .to.text = &want.style },
	{ OPT_TEXT, 0, "fail-on", "SEVERITY",
	    "-c: exit 1 for such findings and worse (medium), or none",
	    .to.text = &want.fail_on },
	{ OPT_TEXT, 0, "on-error", "HOW",
	    "without an answer: fail (default), or pass with an empty document",
	    .to.text = &want.on_error },
	{ OPT_TEXT, 0, "schema", "JSON", "of a template",
	    .to.text = &want.schema, .flags = OPT_NOT_ARGV | OPT_TEMPLATE },
	{ .kind = OPT_END },
};

static const struct tool tool = {
	.name = "dmr-reqs",
	.summary = "make requirements of an idea, or check requirements",
	.operands = "[idea ...]",
	.shared = TOOL_SERVER | TOOL_MODEL | TOOL_PARAMS | TOOL_SAMPLING |
	    TOOL_OUTPUT | TOOL_RECORDS,
	.opts = opts,
	.json = &want.json,
	.format = &want.format,
	.has_formats = true,
	.passes = true,
};

int
main(int argc, char **argv)
{
	struct err e = ERR_NONE;

	run.set = tool_start(&tool, argc, argv);
	if (!run_prepare(&run, &e))
		run_all(&run, &e);
	run_done(&run);
	return tool_finish(&e);
}
