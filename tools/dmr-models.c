/*
 * dmr-models - the models a server has, and the server itself.
 *
 * A verb, then its operands; without a verb the models are listed.  Tables
 * are aligned on a terminal and tab-separated in a pipe.
 */
#include <unistd.h>

#include "api_models.h"
#include "die.h"
#include "json.h"
#include "mem.h"
#include "span.h"
#include "table.h"
#include "tool.h"

static bool json, names;
static const char *format;

static const struct opt opts[] = {
	{ OPT_TEXT, 'F', "format", "NAME", "what is printed: text or json",
	    .to.text = &format },
	{ OPT_FLAG, 0, "json", NULL,
	    "short for -F json: JSON Lines, errors too", .to.flag = &json },
	{ OPT_FLAG, 0, "names", NULL, "list the names alone",
	    .to.flag = &names },
	{ .kind = OPT_END },
};

static const struct tool tool = {
	.name = "dmr-models",
	.summary = "list, inspect and warm the models of a model runner",
	.operands = "[verb] [name]",
	.more_help =
	    "\nVerbs:\n"
	    "  list         the models (this is done without a verb)\n"
	    "  status       where the server is, version, engines\n"
	    "  warm NAME    load a model, so that it answers at once\n",
	.shared = TOOL_SERVER,
	.opts = opts,
	.json = &json,
	.format = &format,
};

/* What a verb works with. */
struct work {
	const struct settings *set;
	struct api *api;
	struct output *out;
	const char *const *operands; /* behind the verb */
	size_t noperands;
};

static void
add_model_json(struct buf *out, const struct api_model *m, bool knows_loaded)
{
	struct json j = { .out = out };

	json_open(&j, '{');
	json_member(&j, "name", str_of(m->name));
	json_member(&j, "id", str_of(m->id));
	json_member(&j, "parameters", str_of(m->parameters));
	json_member(&j, "quantization", str_of(m->quantization));
	json_member(&j, "size", str_of(m->size));
	if (m->context) {
		json_name(&j, "context");
		json_integer(&j, m->context);
	}
	if (knows_loaded) {
		json_name(&j, "loaded");
		json_bool(&j, m->loaded);
	}
	json_close(&j, '}');
	buf_add_char(out, '\n');
}

static const char *const head[] = { "NAME", "PARAMETERS", "QUANTIZATION",
	"SIZE", "CONTEXT", "LOADED" };

static void
add_table(struct buf *out, const struct api_models *models, bool knows_loaded,
    bool for_people)
{
	struct table t = { .ncolumns = countof(head) };

	for (size_t i = 0; i < models->n; i++) {
		const struct api_model *m = &models->models[i];
		char context[24] = "";

		if (m->context)
			snprintf(context, sizeof context, "%lld",
			    (long long)m->context);
		table_add(&t, m->name);
		table_add(&t, m->parameters);
		table_add(&t, m->quantization);
		table_add(&t, m->size);
		table_add(&t, context);
		table_add(&t, !knows_loaded ? "" : m->loaded ? "yes" : "no");
	}
	table_write(&t, for_people ? head : NULL, out);
	table_done(&t);
}

static int
print(struct work *w, const struct buf *out, struct err *e)
{
	if (out->full)
		return err_set(
		    e, ST_SERVER, "what the server says is too much");
	return output_text(w->out, buf_str(out), e);
}

static int
print_models(struct work *w, const struct api_models *m, bool knows_loaded,
    struct err *e)
{
	struct buf out = { 0 };
	int got;

	if (!json && !names)
		add_table(&out, m, knows_loaded, w->out->is_terminal);
	for (size_t i = 0; (json || names) && i < m->n; i++) {
		if (json)
			add_model_json(&out, &m->models[i], knows_loaded);
		else
			buf_add_format(&out, "%s\n", m->models[i].name);
	}
	got = print(w, &out, e);
	buf_done(&out);
	return got;
}

/*
 * The list comes from the inference API, which every server has; whether a
 * model is loaded only a model runner says.
 */
static int
list(struct work *w, struct err *e)
{
	struct api_call ask_models = { .method = "GET", .path = "/models" };
	struct api_call ask_loaded = {
		.method = "GET", .path = "/engines/ps", .side = API_MANAGEMENT
	};
	struct api_models m = { 0 };
	struct err unused;
	bool knows_loaded;
	int got = tool_call(w->api, &ask_models, w->out, e);

	if (!got)
		got = api_models_read(&m, buf_str(&ask_models.http.reply), e);
	if (m.nodd)
		warn("%zu models are left out: their names cannot be printed",
		    m.nodd);
	knows_loaded = !got && !names &&
	    !tool_call(w->api, &ask_loaded, w->out, &unused) &&
	    !api_models_read_loaded(
		&m, buf_str(&ask_loaded.http.reply), &unused);
	if (!got)
		got = print_models(w, &m, knows_loaded, e);
	api_models_done(&m);
	api_call_done(&ask_models);
	api_call_done(&ask_loaded);
	return got;
}

/* The facts of a server, "key<TAB>value" lines or one object. */
struct facts {
	struct table table;
	struct json json;
};

static void
add_fact(struct facts *f, const char *key, const char *value)
{
	if (json) {
		json_member(&f->json, key, str_of(value));
	} else {
		table_add(&f->table, key);
		table_add(&f->table, value);
	}
}

/* The engines and what is said of them: a member for each. */
static void
add_engines(struct facts *f, struct str engines)
{
	struct str name, value;
	size_t at = 0;

	if (json) {
		json_name(&f->json, "engines");
		json_open(&f->json, '{');
	}
	while (span_next_member(engines, &at, &name, &value) == 1) {
		char *engine = api_text(name), *state = api_text(value);
		char *key = mem_format("%s%s", json ? "" : "engine ", engine);

		add_fact(f, key, state);
		free(key);
		free(engine);
		free(state);
	}
	if (json)
		json_close(&f->json, '}');
}

static void
add_status(
    struct buf *out, const char *host, struct str version, struct str engines)
{
	char *text = api_text(span_member(version, "version"));
	struct facts f = { .table.ncolumns = 2, .json.out = out };

	if (json)
		json_open(&f.json, '{');
	add_fact(&f, "host", host);
	add_fact(&f, "version", text);
	add_engines(&f, engines);
	if (json)
		buf_add_text(out, "}\n");
	table_write(&f.table, NULL, out);
	table_done(&f.table);
	free(text);
}

static int
status(struct work *w, struct err *e)
{
	struct api_call ask_version = {
		.method = "GET", .path = "/version", .side = API_MANAGEMENT
	};
	struct api_call ask_engines = { .method = "GET",
		.path = "/engines/status",
		.side = API_MANAGEMENT };
	const char *host;
	struct str engines;
	struct buf out = { 0 };
	int got = tool_call(w->api, &ask_version, w->out, e);

	if (!got)
		got = tool_call(w->api, &ask_engines, w->out, e);
	host = api_place(w->api)->name;
	engines = str_trim(buf_str(&ask_engines.http.reply));
	if (!got && span_kind(engines) != SPAN_OBJECT)
		got = err_set(e, ST_SERVER,
		    "'%s' has no model management: its engines cannot be read",
		    host);
	if (!got) {
		add_status(
		    &out, host, buf_str(&ask_version.http.reply), engines);
		got = print(w, &out, e);
	}
	buf_done(&out);
	api_call_done(&ask_version);
	api_call_done(&ask_engines);
	return got;
}

/* Loading without generating: the runner answers 200 and nothing else. */
static int
warm(struct work *w, struct err *e)
{
	struct buf body = { 0 };
	struct json j = { .out = &body };
	struct api_call call = { .method = "POST",
		.path = API_CHAT_PATH,
		.header = "X-Preload-Only: true",
		.model = w->operands[0] };
	int got;

	if (api_model_check_name(w->operands[0], e))
		return -1;
	if (!api_place(w->api)->management)
		return err_set(e, ST_SERVER,
		    "'%s' has no model management: it is the base of an "
		    "inference API",
		    api_place(w->api)->name);
	json_open(&j, '{');
	json_member(&j, "model", str_of(w->operands[0]));
	json_close(&j, '}');
	call.body = buf_str(&body);
	if (file_is_terminal(STDERR_FILENO))
		warn("loading %s ...", w->operands[0]);
	got = tool_call(w->api, &call, w->out, e);
	if (!got && call.http.length < 0)
		got = err_set(e, ST_INCOMPLETE,
		    "the answer ended before its end: in its header");
	else if (!got && call.http.reply.len)
		got = err_set(e, ST_SERVER,
		    "'%s' has no model management: it does not know how to "
		    "load a model",
		    api_place(w->api)->name);
	buf_done(&body);
	api_call_done(&call);
	return got;
}

static const struct verb {
	const char *name;
	int (*run)(struct work *, struct err *);
	size_t noperands;
} verbs[] = {
	{ "list", list, 0 },
	{ "ls", list, 0 },
	{ "status", status, 0 },
	{ "warm", warm, 1 },
};

static const struct verb *
find_verb(struct work *w, struct err *e)
{
	const char *name = w->noperands ? w->operands[0] : "list";

	for (size_t i = 0; i < countof(verbs); i++) {
		if (strcmp(verbs[i].name, name) != 0)
			continue;
		w->operands += w->noperands > 0;
		w->noperands -= w->noperands > 0;
		if (names && verbs[i].run != list) {
			err_set(e, ST_USAGE, "--names is for list");
			return NULL;
		}
		if (w->noperands == verbs[i].noperands)
			return &verbs[i];
		err_set(e, ST_USAGE, "%s takes %s; see --help", name,
		    verbs[i].noperands ? "the name of one model"
				       : "no operand");
		return NULL;
	}
	err_set(e, ST_USAGE, "no verb '%s'; see --help", name);
	return NULL;
}

int
main(int argc, char **argv)
{
	const struct settings *set = tool_start(&tool, argc, argv);
	struct err e = ERR_NONE, late = ERR_NONE;
	struct work w = { .set = set,
		.operands = set->opts.operands,
		.noperands = set->opts.noperands };
	const struct verb *verb = find_verb(&w, &e);

	if (!verb)
		return tool_finish(&e);
	w.out = tool_output(set, &e);
	w.api = tool_api(set);
	verb->run(&w, &e);
	output_close(w.out, true, e.status ? &late : &e);
	api_close(w.api);
	return tool_finish(&e);
}
