/* dmr-models: list, the models there are. */
#include "die.h"
#include "mem.h"
#include "say.h"
#include "units.h"

static void
add_json(struct buf *out, const struct api_model *a, bool knows_loaded)
{
	struct json j = { .out = out };

	json_open(&j, '{');
	json_member(&j, "name", str_of(a->name));
	json_member(&j, "id", str_of(a->id));
	json_member(&j, "architecture", str_of(a->architecture));
	json_member(&j, "parameters", str_of(a->parameters));
	json_member(&j, "quantization", str_of(a->quantization));
	json_member(&j, "size", str_of(a->size));
	if (a->context) {
		json_name(&j, "context");
		json_integer(&j, a->context);
	}
	if (a->created) {
		json_name(&j, "created");
		json_integer(&j, a->created);
	}
	if (knows_loaded) {
		json_name(&j, "loaded");
		json_bool(&j, a->loaded);
	}
	json_close(&j, '}');
	buf_add_char(out, '\n');
}

static void
add_row(struct table *t, const struct api_model *a, bool knows_loaded)
{
	char context[24] = "";

	if (a->context)
		snprintf(
		    context, sizeof context, "%lld", (long long)a->context);
	table_add(t, a->name);
	table_add(t, a->parameters);
	table_add(t, a->quantization);
	table_add(t, a->size);
	table_add(t, context);
	table_add(t, !knows_loaded ? "" : a->loaded ? "yes" : "no");
}

static int
print(struct models *m, const struct api_models *all, bool knows_loaded,
    struct err *e)
{
	static const char *const head[] = { "NAME", "PARAMETERS",
		"QUANTIZATION", "SIZE", "CONTEXT", "LOADED" };
	struct table t = { .ncolumns = countof(head) };
	struct buf out = { 0 };
	int got;

	for (size_t i = 0; i < all->n; i++) {
		const struct api_model *a = &all->models[i];

		if (m->want->loaded && !a->loaded)
			continue;
		if (m->want->json)
			add_json(&out, a, knows_loaded);
		else if (m->want->names)
			buf_add_format(&out, "%s\n", a->name);
		else
			add_row(&t, a, knows_loaded);
	}
	if (!m->want->json && !m->want->names)
		table_write(&t, m->out->is_terminal ? head : NULL, &out);
	got = models_print(m, &out, e);
	table_done(&t);
	buf_done(&out);
	return got;
}

/* --- the order --- */

static int
by_name(const void *one, const void *two)
{
	const struct api_model *a = one, *b = two;

	return strcmp(a->name, b->name);
}

static int64_t
bytes_of(const struct api_model *a)
{
	int64_t bytes;

	return units_read_size(str_of(a->size), &bytes) ? -1 : bytes;
}

/* The largest first; those of a size by name. */
static int
by_size(const void *one, const void *two)
{
	int64_t a = bytes_of(one), b = bytes_of(two);

	return a == b ? by_name(one, two) : (a < b) - (a > b);
}

/* The newest first; those of a time by name. */
static int
by_date(const void *one, const void *two)
{
	const struct api_model *a = one, *b = two;

	return a->created == b->created
	    ? by_name(one, two)
	    : (a->created < b->created) - (a->created > b->created);
}

typedef int comparison(const void *, const void *);

/* NULL: as the server lists them.  -1: there is no such order. */
static int
find_order(const char *name, comparison **order, struct err *e)
{
	static const struct {
		const char *name;
		comparison *order;
	} orders[] = { { "name", by_name }, { "size", by_size },
		{ "date", by_date } };

	*order = NULL;
	for (size_t i = 0; name && i < countof(orders); i++)
		if (!strcmp(orders[i].name, name))
			*order = orders[i].order;
	if (name && !*order)
		return err_set(e, ST_USAGE,
		    "--sort: '%s' is not name, size or date", name);
	return 0;
}

/* --- what is loaded --- */

/* A model was called by another of its names: which one is it? */
static void
place_strangers(struct models *m, struct api_models *all)
{
	for (size_t i = 0; i < all->nstrangers; i++) {
		struct err unused = ERR_NONE;
		char *listed = models_listed_name(
		    m, all->strangers[i], &unused);

		for (size_t k = 0; listed && k < all->n; k++)
			if (!strcmp(all->models[k].id, listed))
				all->models[k].loaded = true;
		free(listed);
	}
}

/* Only a model runner says what is loaded. */
static int
mark_loaded(struct models *m, struct api_models *all, struct err *e)
{
	struct api_call call = { .method = "GET", .side = API_MANAGEMENT };
	int got = models_call(m, &call, mem_copy(STR("/engines/ps")), e);

	if (!got)
		got = api_models_read_loaded(all, buf_str(&call.http.reply), e);
	if (!got)
		place_strangers(m, all);
	api_call_done(&call);
	return got;
}

/*
 * The list comes from the inference API, which every server has; whether a
 * model is loaded need not be known.
 */
int
models_list(struct models *m, struct err *e)
{
	struct api_call call = { .method = "GET" };
	struct api_models all = { 0 };
	struct err why = ERR_NONE;
	bool knows_loaded = false;
	comparison *order;
	int got = find_order(m->want->sort, &order, e);

	if (!got)
		got = models_call(m, &call, mem_copy(STR("/models")), e);
	if (!got)
		got = api_models_read(&all, buf_str(&call.http.reply), e);
	if (!got && all.nodd && !all.n)
		got = err_set(e, ST_SERVER,
		    "the server's list of models cannot be read: none has a "
		    "name that can be printed");
	if (!got && all.nodd)
		warn("%zu models are left out: they have no name that can be "
		     "printed",
		    all.nodd);
	if (!got && (m->want->loaded || !m->want->names))
		knows_loaded = !mark_loaded(m, &all, &why);
	if (!got && m->want->loaded && !knows_loaded) {
		*e = why;
		got = -1;
	}
	if (!got && order && all.n)
		qsort(all.models, all.n, sizeof *all.models, order);
	if (!got)
		got = print(m, &all, knows_loaded, e);
	api_models_done(&all);
	api_call_done(&call);
	return got;
}
