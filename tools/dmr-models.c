/*
 * dmr-models - the models a server has, and the server itself.
 *
 * A verb, then its operands; without a verb the models are listed.  Tables
 * are aligned on a terminal and tab-separated in a pipe.
 */
#include "dmr-models/models.h"

static struct models_options want;

static const struct opt opts[] = {
	{ OPT_TEXT, 'F', "format", "NAME", "what is printed: text or json",
	    .to.text = &want.format },
	{ OPT_FLAG, 0, "json", NULL,
	    "short for -F json: JSON Lines, errors too",
	    .to.flag = &want.json },
	{ OPT_FLAG, 0, "names", NULL, "list the names alone",
	    .to.flag = &want.names },
	{ OPT_FLAG, 0, "loaded", NULL, "list those that are loaded alone",
	    .to.flag = &want.loaded },
	{ OPT_TEXT, 0, "sort", "KEY", "list by name, size or date",
	    .to.text = &want.sort },
	{ OPT_FLAG, 0, "remote", NULL,
	    "show what a registry has, without pulling it",
	    .to.flag = &want.remote },
	{ OPT_TEXT, 0, "jq", "FILTER", "what a jq filter makes of a model",
	    .to.text = &want.filter },
	{ OPT_TEXT, 0, "token-file", "FILE",
	    "pull with the token in FILE, not that of HF_TOKEN",
	    .to.text = &want.token_file },
	{ OPT_FLAG, 0, "ignore-runtime-memory-check", NULL,
	    "pull without a warning of what may not fit",
	    .to.flag = &want.ignores_memory },
	{ OPT_FLAG, 0, "force", NULL, "remove all names of an id",
	    .to.flag = &want.force },
	{ OPT_FLAG, 0, "all", NULL, "unload whatever is loaded",
	    .to.flag = &want.all },
	{ OPT_TEXT, 0, "mode", "NAME",
	    "completion, embedding; configure: reranking, image-generation",
	    .to.text = &want.mode },
	{ OPT_INT, 0, "context-size", "N",
	    "configure the context, in tokens; -1: the largest",
	    .to.integer = &want.context, .min = -1, .max = INT32_MAX },
	{ OPT_INT, 0, "ctx-size", "N", "the same as --context-size",
	    .to.integer = &want.context, .min = -1, .max = INT32_MAX },
	{ OPT_TEXT, 0, "keep-alive", "TIME",
	    "configure how long it stays unused; -1: for ever",
	    .to.text = &want.keep_alive },
	{ OPT_FLAG, 0, "think", NULL, "configure it to reason (or --no-think)",
	    .to.flag = &want.think },
	{ OPT_FLAG, 0, "show", NULL, "show what is configured",
	    .to.flag = &want.show },
	{ OPT_FLAG, 0, "reset", NULL, "forget what was configured",
	    .to.flag = &want.reset },
	{ OPT_TEXT, 0, "task", "NAME",
	    "recommend for code, chat, vision, embed, tools, small",
	    .to.text = &want.task },
	{ OPT_TEXT, 0, "memory", "SIZE",
	    "recommend for so much memory, not this machine's",
	    .to.text = &want.memory },
	{ OPT_FLAG, 'f', "follow", NULL, "print the log as it grows",
	    .to.flag = &want.follow },
	{ .kind = OPT_END },
};

enum { MANY = INT32_MAX };

/* A verb: what it takes, and who does it. */
static const struct verb {
	const char *name, *alias;
	const char *operands, *help;
	const char *options; /* of those above, with blanks around each */
	int (*run)(struct models *, struct err *);
	size_t min, max; /* operands */
} verbs[] = {
	{ "list", "ls", "", "the models (this is done without a verb)",
	    " format json names loaded sort ", models_list, 0, 0 },
	{ "show", "inspect", "NAME...", "all that is known of a model",
	    " format json remote jq ", models_show, 1, MANY },
	{ "pull", NULL, "MODEL...", "bring models to the server",
	    " format json token-file ignore-runtime-memory-check ", models_pull,
	    1, MANY },
	{ "tag", NULL, "NAME NEW-NAME", "give a model one more name",
	    " format json ", models_tag, 2, 2 },
	{ "rm", NULL, "NAME...", "take names away, and models without any",
	    " format json force ", models_rm, 1, MANY },
	{ "ps", NULL, "", "the models that are loaded", " format json ",
	    models_ps, 0, 0 },
	{ "df", NULL, "", "how much disk the models take", " format json ",
	    models_df, 0, 0 },
	{ "status", NULL, "", "where the server is, version, engines",
	    " format json ", models_status, 0, 0 },
	{ "warm", NULL, "NAME...", "load models, so that they answer at once",
	    " format json mode ", models_warm, 1, MANY },
	{ "unload", NULL, "NAME...", "take models out of memory, or --all",
	    " format json all ", models_unload, 0, MANY },
	{ "configure", NULL, "NAME [-- FLAG...]",
	    "how a model is loaded and kept",
	    " format json mode context-size ctx-size keep-alive think show "
	    "reset ",
	    models_configure, 0, 1 },
	{ "recommend", NULL, "", "which model for what, and what to type",
	    " format json task memory ", models_recommend, 0, 0 },
	{ "logs", NULL, "", "what the server logs", " follow ", models_logs, 0,
	    0 },
	{ "env", NULL, "PROGRAM [NAME]",
	    "what points openai, goose or llm at the server, for eval",
	    " format json ", models_env, 1, 2 },
};

static const struct verb *
find_verb(const struct opts *o)
{
	const char *name = o->noperands ? o->operands[0] : "list";

	for (size_t i = 0; i < countof(verbs); i++)
		if (!strcmp(verbs[i].name, name) ||
		    (verbs[i].alias && !strcmp(verbs[i].alias, name)))
			return &verbs[i];
	return NULL;
}

static bool
takes(const struct verb *v, const struct opt *row)
{
	char word[40];

	snprintf(word, sizeof word, " %s ", row->name);
	return strstr(v->options, word);
}

/* --- help --- */

static void
help_of(const struct verb *v, struct buf *out)
{
	struct opt rows[countof(opts)];
	struct opts own = { .tables = { rows } };
	size_t n = 0;

	buf_add_format(out, "usage: dmr-models [options] %s%s%s\n%s\n", v->name,
	    v->operands[0] ? " " : "", v->operands, v->help);
	for (const struct opt *row = opts; row->kind != OPT_END; row++)
		if (takes(v, row))
			rows[n++] = *row;
	rows[n] = (struct opt){ .kind = OPT_END };
	if (n)
		buf_add_char(out, '\n');
	opts_help(&own, out);
	buf_add_text(out,
	    "\nOptions of all verbs: dmr-models --help.  See dmr-models(1).\n");
}

static void
help(const struct opts *o, struct buf *out)
{
	const struct verb *verb = o->noperands ? find_verb(o) : NULL;

	if (verb) {
		help_of(verb, out);
		return;
	}
	buf_add_text(out,
	    "usage: dmr-models [options] [verb] [operand ...]\n"
	    "manage the models of a model runner\n\n");
	opts_help(o, out);
	buf_add_text(out, "\nVerbs:\n");
	for (const struct verb *v = verbs; v < verbs + countof(verbs); v++) {
		buf_add_format(
		    out, "  %-10s %-18s %s\n", v->name, v->operands, v->help);
		if (v->alias)
			buf_add_format(out, "  %-10s %-18s the same as %s\n",
			    v->alias, v->operands, v->name);
	}
	buf_add_text(out,
	    "\nMore of a verb: dmr-models VERB -h.  See dmr-models(1) and "
	    "dmr(7).\n");
}

static const struct tool tool = {
	.name = "dmr-models",
	.help = help,
	.shared = TOOL_SERVER,
	.opts = opts,
	.json = &want.json,
	.format = &want.format,
};

/* --- the command line --- */

/* "--names is for list". */
static int
check_options(const struct opts *o, const struct verb *v, struct err *e)
{
	for (const struct opt *row = opts; row->kind != OPT_END; row++) {
		struct buf whose = { .max = 200 };

		if (takes(v, row) || opts_source(o, row->name) == OPT_UNSET)
			continue;
		for (size_t i = 0; i < countof(verbs); i++)
			if (takes(&verbs[i], row))
				buf_add_format(&whose, "%s%s",
				    whose.len ? ", " : "", verbs[i].name);
		err_set(e, ST_USAGE, "--%s is for %s", row->name, whose.data);
		buf_done(&whose);
		return -1;
	}
	return 0;
}

/* All of them, before anything is sent. */
static int
check_operands(const struct models *m, const struct verb *v, struct err *e)
{
	char *path;

	if (m->n < v->min || m->n > v->max ||
	    (m->nflags && v->run != models_configure))
		return err_set(e, ST_USAGE, "%s takes %s; see dmr-models %s -h",
		    v->name, v->operands[0] ? v->operands : "no operand",
		    v->name);
	for (size_t i = v->run == models_env; i < m->n; i++) {
		path = api_model_path(m->names[i], e);
		if (!path)
			return -1;
		free(path);
	}
	return 0;
}

static const struct verb *
read_verb(struct models *m, struct err *e)
{
	const struct opts *o = &m->set->opts;
	const struct verb *v = find_verb(o);
	size_t skip = o->noperands > 0;

	if (!v) {
		err_set(
		    e, ST_USAGE, "no verb '%s'; see --help", o->operands[0]);
		return NULL;
	}
	/* Only configure cares what stood behind "--". */
	m->names = o->operands + skip;
	m->n = o->noperands - skip;
	if (v->run == models_configure && o->nbefore >= skip) {
		m->flags = o->operands + o->nbefore;
		m->nflags = o->noperands - o->nbefore;
		m->n = o->nbefore - skip;
	}
	if (check_options(o, v, e) || check_operands(m, v, e))
		return NULL;
	return v;
}

int
main(int argc, char **argv)
{
	struct err e = ERR_NONE, late = ERR_NONE;
	struct models m = { .want = &want,
		.set = tool_start(&tool, argc, argv) };
	const struct verb *verb = read_verb(&m, &e);

	if (!verb)
		return tool_finish(&e);
	m.out = tool_output(m.set, &e);
	m.api = tool_api(m.set);
	verb->run(&m, &e);
	output_close(m.out, true, e.status ? &late : &e);
	api_close(m.api);
	return tool_finish(&e);
}
