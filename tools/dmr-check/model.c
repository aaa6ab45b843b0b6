/* dmr-check: the models, and the one that is chosen. */
#include "check.h"
#include "machine.h"
#include "mem.h"
#include "span.h"
#include "units.h"

enum { CONTEXT_MIN = 4096, NAMES_MAX = 8 };

static const char not_told[] = "not told";

static void
add_names(const struct api_models *m, struct buf *names)
{
	for (size_t i = 0; i < m->n && i < NAMES_MAX; i++)
		buf_add_format(
		    names, "%s%.100s", i ? ", " : "", m->models[i].name);
	if (m->n > NAMES_MAX)
		buf_add_text(names, ", ...");
}

void
check_models(struct check *c, struct check_result *r)
{
	struct buf names = { 0 };

	add_names(&c->models, &names);
	if (c->models.n)
		check_say(
		    r, CHECK_OK, NULL, "%zu: %s", c->models.n, names.data);
	else
		check_say(r, CHECK_FAIL, "dmr-models pull ai/smollm2",
		    "the server has none");
	buf_done(&names);
}

/* The model of that name in the list, or NULL. */
static const struct api_model *
find_model(const struct check *c, const char *name)
{
	for (size_t i = 0; i < c->models.n; i++)
		if (api_model_is_same(
			str_of(name), str_of(c->models.models[i].id)))
			return &c->models.models[i];
	return NULL;
}

/* The list has one name of each model; a second one is asked for. */
static int
ask_name(struct check *c, const char *name, struct err *e)
{
	struct api_call call = { .method = "GET", .model = name };
	char *path = api_model_path(name, e);
	int got = -1;

	if (path) {
		call.path = path;
		got = tool_call(c->api, &call, c->out, e);
	}
	api_call_done(&call);
	free(path);
	return got;
}

static const char *
source(const struct check *c)
{
	switch (opts_source(&c->set->opts, "model")) {
	case OPT_FROM_ARGV:
		return "--model";
	case OPT_FROM_ENV:
		return "DMR_MODEL";
	case OPT_UNSET:
		return c->models.n == 1 ? "the only one" : "the default";
	default:
		return "the config file";
	}
}

/* As a tool would choose that no template names one to: dmr(7). */
static const struct api_model *
choose(struct check *c, const char **name)
{
	const struct api_model *model;

	*name = c->want->model;
	if (!*name) {
		model = find_model(c, ASK_DEFAULT_MODEL);
		if (!model && c->models.n == 1)
			model = &c->models.models[0];
		*name = model ? model->name : NULL;
		return model;
	}
	return find_model(c, *name);
}

static void
say_model(
    const struct check *c, const struct api_model *m, struct check_result *r)
{
	check_say(r, CHECK_OK, NULL, "%s (%s)%s%s%s%s%s%s", c->model, source(c),
	    m && m->parameters[0] ? ", " : "", m ? m->parameters : "",
	    m && m->quantization[0] ? ", " : "", m ? m->quantization : "",
	    m && m->size[0] ? ", " : "", m ? m->size : "");
}

void
check_model(struct check *c, struct check_result *r)
{
	const struct api_model *model;
	struct buf names = { 0 };
	struct err e = ERR_NONE;
	const char *name;

	model = choose(c, &name);
	if (!name && !c->models.n) {
		check_say(r, CHECK_FAIL, "dmr-models pull ai/smollm2",
		    "there is none to choose");
	} else if (!name) {
		add_names(&c->models, &names);
		check_say(r, CHECK_FAIL, "dmr-check -m NAME, or DMR_MODEL=NAME",
		    "none is named, and there are %zu: %s", c->models.n,
		    names.data);
	} else if (!model && ask_name(c, name, &e)) {
		check_fail(r, &e, "dmr-models list");
	} else {
		c->model = mem_copy(str_of(name));
		c->listed = model;
		say_model(c, model, r);
	}
	buf_done(&names);
}

void
check_memory(struct check *c, struct check_result *r)
{
	int64_t size = 0, memory = machine_memory();
	char text[2][UNITS_TEXT_MAX];

	if (!c->listed || !check_is_local(c) || memory == INT64_MAX ||
	    units_read_size(str_of(c->listed->size), &size) || size <= 0) {
		check_say(r, CHECK_OK, NULL, "%s", not_told);
		return;
	}
	units_say_size(size, text[0]);
	units_say_size(memory, text[1]);
	if (size >= memory)
		check_say(r, CHECK_WARN, "dmr-models recommend",
		    "the model takes %s and more, this machine has %s", text[0],
		    text[1]);
	else
		check_say(r, CHECK_OK, NULL,
		    "the model takes %s and more, this machine has %s", text[0],
		    text[1]);
}

/* What it is configured to for answers, or 0. */
static int64_t
configured(struct check *c)
{
	struct buf path = { 0 };
	struct api_call call = { 0 };
	struct err e = ERR_NONE;
	struct str entry;
	int64_t context = 0, size;
	size_t at = 0;

	buf_add_text(&path, "/engines/_configure?model=");
	api_add_escaped(&path, str_of(c->model));
	if (check_ask(c, &call, path.data, SPAN_ARRAY, &e) > 0)
		while (span_next(buf_str(&call.http.reply), &at, &entry) == 1)
			if (str_is(
				span_member(entry, "Mode"), "\"completion\"") &&
			    !span_integer(
				span_member(span_member(entry, "Config"),
				    "context-size"),
				&size))
				context = size;
	api_call_done(&call);
	buf_done(&path);
	return context;
}

/* tokens: 0: not told, below: as much as the model can. */
static void
say_context(
    struct check *c, int64_t tokens, const char *whose, struct check_result *r)
{
	char command[64], *try;

	snprintf(command, sizeof command,
	    "dmr-models configure --context-size %d", 2 * CONTEXT_MIN);
	try = check_command(command, c->model);
	if (!tokens)
		check_say(r, CHECK_OK, NULL, "%s", not_told);
	else if (tokens < 0)
		check_say(r, CHECK_OK, NULL, "the largest the model has");
	else if (tokens < CONTEXT_MIN)
		check_say(r, CHECK_WARN, try,
		    "%lld tokens%s: a page or two fill it", (long long)tokens,
		    whose);
	else
		check_say(r, CHECK_OK, NULL, "%lld tokens%s", (long long)tokens,
		    whose);
	free(try);
}

void
check_context(struct check *c, struct check_result *r)
{
	int64_t context = configured(c);

	if (context)
		say_context(c, context, ", configured", r);
	else
		say_context(
		    c, c->listed ? c->listed->context : 0, ", the model's", r);
}
