/* dmr-models: env, what points other programs at the runner. */
#include "config.h"
#include "mem.h"
#include "say.h"
#include "tool_model.h"

#define DEFAULT_MODEL "ai/qwen3-coder"

/* Lines for a shell, or the members of an object. */
struct exports {
	struct buf out;
	bool is_json;
	struct json json;
};

/* Nothing in the value is obeyed by the shell. */
static void
add_export(struct exports *x, const char *name, const char *value)
{
	struct buf *out = &x->out;

	if (x->is_json) {
		json_member(&x->json, name, str_of(value));
		return;
	}
	buf_add_format(out, "export %s='", name);
	for (; *value; value++)
		if (*value == '\'')
			buf_add_text(out, "'\\''");
		else
			buf_add_char(out, *value);
	buf_add_text(out, "'\n");
}

/* The name of the default model as it is listed; NULL: it is not. */
static char *
find_default(const struct api_models *all)
{
	for (size_t i = 0; i < all->n; i++)
		if (api_model_is_same(
			str_of(all->models[i].id), STR(DEFAULT_MODEL)))
			return mem_copy(str_of(all->models[i].name));
	return NULL;
}

/* The model that is named; else ours, or the only one; yours to free(). */
static char *
choose(struct models *m, const struct api_models *all, struct str reply,
    struct err *e)
{
	const char *named = m->n > 1 ? m->names[1] : config_env("DMR_MODEL");
	char *id, *name = named ? NULL : find_default(all), *how;

	if (name)
		return name;
	how = mem_format("dmr-models env %s", m->names[0]);
	id = named ? models_listed_name(m, named, e)
		   : api_models_only(reply, how, TOOL_SMALL_MODEL, e);
	name = id ? api_model_short_name(str_of(id)) : NULL;
	free(id);
	free(how);
	return name;
}

static void
add_url(struct exports *x, const char *name, const struct endpoint *p,
    const char *prefix, const char *path)
{
	char *url = mem_format("%s%s%s", p->server.url, prefix, path);

	add_export(x, name, url);
	free(url);
}

static void
add_openai(struct exports *x, const struct endpoint *p)
{
	add_url(x, "OPENAI_BASE_URL", p, p->inference, "");
	add_export(x, "OPENAI_API_KEY", "none");
}

/* It knows Ollama's API alone, and adds its own path. */
static void
add_goose(struct exports *x, const struct endpoint *p)
{
	add_export(x, "GOOSE_PROVIDER", "ollama");
	add_url(x, "OLLAMA_HOST", p, p->management, "/engines/llama.cpp");
}

static void
add_llm(struct exports *x, const struct endpoint *p)
{
	add_url(x, "LLM_URL", p, p->inference, "");
	add_export(x, "OPENAI_API_KEY", "none");
}

static const struct program {
	const char *name;
	void (*add)(struct exports *, const struct endpoint *);
	const char *model; /* the variable with the model's name, or NULL */
} programs[] = {
	{ "openai", add_openai, NULL },
	{ "goose", add_goose, "GOOSE_MODEL" },
	{ "llm", add_llm, "LLM_MODEL" },
};

static const struct program *
find_program(const char *name, struct err *e)
{
	for (size_t i = 0; i < countof(programs); i++)
		if (!strcmp(programs[i].name, name))
			return &programs[i];
	err_set(e, ST_USAGE, "env: '%s' is not openai, goose or llm", name);
	return NULL;
}

/* Which server it is, only an answer tells. */
static int
print(struct models *m, const struct program *p, const struct api_models *all,
    struct str reply, struct err *e)
{
	const struct endpoint *place = api_place(m->api);
	struct exports x = { .is_json = m->want->json, .json.out = &x.out };
	char *model;
	int got;

	if (place->server.socket)
		return err_set(e, ST_USAGE,
		    "'%s' is a socket, which %s cannot be pointed at; try: "
		    "-H http://...",
		    place->name, p->name);
	if (!place->management && p->add == add_goose)
		return err_set(e, ST_SERVER,
		    "'%s' has no model management: it is the base of an "
		    "inference API",
		    place->name);
	if (x.is_json)
		json_open(&x.json, '{');
	p->add(&x, place);
	if (p->model) {
		model = choose(m, all, reply, e);
		if (!model) {
			buf_done(&x.out);
			return -1;
		}
		add_export(&x, p->model, model);
		free(model);
	}
	if (x.is_json) {
		json_close(&x.json, '}');
		buf_add_char(&x.out, '\n');
	}
	got = models_print(m, &x.out, e);
	buf_done(&x.out);
	return got;
}

int
models_env(struct models *m, struct err *e)
{
	const struct program *p = find_program(m->names[0], e);
	struct api_call call = { .method = "GET" };
	struct api_models all = { 0 };
	int got = p ? 0 : -1;

	if (!got)
		got = models_ask(
		    m, &call, mem_copy(STR("/models")), SPAN_OBJECT, e);
	if (!got)
		got = api_models_read(&all, buf_str(&call.http.reply), e);
	if (!got)
		got = print(m, p, &all, buf_str(&call.http.reply), e);
	api_models_done(&all);
	api_call_done(&call);
	return got;
}
