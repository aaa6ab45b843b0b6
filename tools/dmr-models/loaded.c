/* dmr-models: what is loaded, GET /engines/ps. */
#include "loaded.h"

#include "mem.h"

enum { ASKED_MAX = 64 };

/* Of a runner that works, or is being made. */
#define NO_TIME "0001-01-01T00:00:00Z"

static void
add_loaded(struct models_loaded_list *list, struct str object)
{
	struct models_loaded new = { .spelling = api_text(
					 span_member(object, "model_name")),
		.engine = api_text(span_member(object, "backend_name")),
		.mode = api_text(span_member(object, "mode")),
		.last_used = api_text(span_member(object, "last_used")),
		.keep_alive = api_text(span_member(object, "keep_alive")),
		.in_use = str_is(span_member(object, "in_use"), "true"),
		.loading = str_is(span_member(object, "loading"), "true") };

	new.in_use |= !new.loading && !strcmp(new.last_used, NO_TIME);
	list->items = mem_grow(
	    list->items, &list->capacity, list->n + 1, sizeof *list->items);
	list->items[list->n++] = new;
}

/* The name that an earlier one of the same spelling has; yours, or NULL. */
static char *
find_name(const struct models_loaded_list *list, const char *spelling)
{
	for (size_t i = 0; i < list->n; i++)
		if (list->items[i].name &&
		    !strcmp(list->items[i].spelling, spelling))
			return mem_copy(str_of(list->items[i].name));
	return NULL;
}

/*
 * A runner tells how it was called.  Which model that is the server is asked;
 * one that was removed since, and what is no name at all, has no other.
 */
static int
name_them(struct models *m, struct models_loaded_list *list, struct err *e)
{
	size_t nasked = 0;

	for (size_t i = 0; i < list->n; i++) {
		struct models_loaded *l = &list->items[i];
		struct err why = ERR_NONE;

		l->name = find_name(list, l->spelling);
		if (!l->name && nasked++ < ASKED_MAX)
			l->name = models_listed_name(m, l->spelling, &why);
		if (why.status && why.status != ST_NO_MODEL &&
		    why.status != ST_USAGE) {
			*e = why;
			return -1;
		}
		l->is_removed = why.status == ST_NO_MODEL;
		if (!l->name)
			l->name = mem_copy(str_of(l->spelling));
	}
	return 0;
}

int
models_read_loaded(
    struct models *m, struct models_loaded_list *list, struct err *e)
{
	struct api_call call = { .method = "GET", .side = API_MANAGEMENT };
	struct str object;
	size_t at = 0;
	int got = models_ask(
	    m, &call, mem_copy(STR("/engines/ps")), SPAN_ARRAY, e);

	while (
	    !got && span_next(buf_str(&call.http.reply), &at, &object) == 1) {
		if (list->n < API_LOADED_MAX &&
		    span_kind(span_member(object, "model_name")) == SPAN_STRING)
			add_loaded(list, object);
		else
			got = err_set(e, ST_SERVER,
			    "'%s' does not say what is loaded",
			    api_place(m->api)->name);
	}
	api_call_done(&call);
	return got ? got : name_them(m, list, e);
}

void
models_loaded_done(struct models_loaded_list *list)
{
	for (size_t i = 0; i < list->n; i++) {
		struct models_loaded *l = &list->items[i];

		free(l->spelling);
		free(l->name);
		free(l->engine);
		free(l->mode);
		free(l->last_used);
		free(l->keep_alive);
	}
	free(list->items);
	*list = (struct models_loaded_list){ 0 };
}
