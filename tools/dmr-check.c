/*
 * dmr-check - is everything in place, and what to type where it is not.
 *
 * The checks are rows of a table, tools/dmr-check/checks.c; each prints a line
 * as soon as it is done.  Nothing is changed on the server.
 */
#include "dmr-check/check.h"
#include "mem.h"

static struct check_options want = { .slow_ms = 10000 };

static const struct opt opts[] = {
	{ OPT_TEXT, 'm', "model", "NAME",
	    "the model to ask; else ai/qwen3-coder or the only one",
	    .to.text = &want.model, .env = "DMR_MODEL",
	    .flags = OPT_CONFIG | OPT_PER_TOOL },
	{ OPT_TEXT, 0, "embed-model", "NAME",
	    "the model for a vector; else one that is made for them",
	    .to.text = &want.embed_model, .env = "DMR_EMBED_MODEL" },
	{ OPT_TIME, 0, "slow", "TIME",
	    "warn of a first token that comes later (10s)",
	    .to.integer = &want.slow_ms },
	{ OPT_TEXT, 'F', "format", "NAME", "what is printed: text or json",
	    .to.text = &want.format },
	{ OPT_FLAG, 0, "json", NULL,
	    "short for -F json: JSON Lines, errors too",
	    .to.flag = &want.json },
	{ OPT_TEXT, 0, "template-path", "PATH", "folders of templates",
	    .to.text = &want.template_path, .flags = OPT_NOT_ARGV | OPT_CONFIG,
	    .env = "DMR_TEMPLATE_PATH" },
	{ .kind = OPT_END },
};

static const struct tool tool = {
	.name = "dmr-check",
	.summary =
	    "say whether everything is in place, and what to type if not",
	.shared = TOOL_SERVER,
	.opts = opts,
	.json = &want.json,
	.format = &want.format,
};

static int
check_operands(const struct settings *set, struct err *e)
{
	if (set->opts.noperands)
		return err_set(e, ST_USAGE, "there is nothing to do with '%s'",
		    set->opts.operands[0]);
	if (want.model && api_model_check_name(want.model, e))
		return -1;
	return want.embed_model ? api_model_check_name(want.embed_model, e) : 0;
}

static void
free_check(struct check *c)
{
	if (c->api)
		api_close(c->api);
	for (size_t i = 0; i < c->nplaces; i++)
		endpoint_done(&c->places[i]);
	api_models_done(&c->models);
	buf_done(&c->engines);
	buf_done(&c->log.line);
	buf_done(&c->log.error);
	free(c->model);
}

int
main(int argc, char **argv)
{
	struct err e = ERR_NONE, late = ERR_NONE;
	struct check c = { .want = &want,
		.set = tool_start(&tool, argc, argv) };

	if (check_operands(c.set, &e))
		return tool_finish(&e);
	c.out = tool_output(c.set, &e);
	if (c.out && !check_all(&c, &e) && c.n[CHECK_FAIL])
		err_set(&e, ST_NO, "%s", ""); /* the lines have said it */
	if (c.out)
		output_close(c.out, true, e.status ? &late : &e);
	free_check(&c);
	return tool_finish(&e);
}
