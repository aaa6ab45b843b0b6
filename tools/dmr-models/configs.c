/* dmr-models: what is configured, read and printed. */
#include "configs.h"

#include "mem.h"
#include "say.h"

int
models_read_configs(
    struct models *m, const char *name, struct buf *out, struct err *e)
{
	struct api_call call = { .method = "GET", .side = API_MANAGEMENT };
	struct buf path = { 0 };
	struct str entry;
	size_t at = 0;
	int got;

	buf_add_text(&path, "/engines/_configure");
	if (name) {
		buf_add_text(&path, "?model=");
		api_add_escaped(&path, str_of(name));
	}
	got = models_ask(m, &call, buf_take(&path), SPAN_ARRAY, e);
	while (!got && span_next(buf_str(&call.http.reply), &at, &entry) == 1)
		if (span_kind(span_member(entry, "Mode")) != SPAN_STRING ||
		    span_kind(span_member(entry, "Config")) != SPAN_OBJECT)
			got = err_set(e, ST_SERVER,
			    "'%s' does not say what is configured",
			    api_place(m->api)->name);
	buf_clear(out);
	if (!got)
		buf_add(out, str_trim(buf_str(&call.http.reply)));
	api_call_done(&call);
	return got;
}

struct str
models_find_config(const struct buf *configs, const char *mode)
{
	struct str entry, found = { 0 };
	size_t at = 0;

	while (span_next(buf_str(configs), &at, &entry) == 1) {
		char *its = api_text(span_member(entry, "Mode"));

		if (!strcmp(its, mode))
			found = entry;
		free(its);
	}
	return found;
}

/* As it was named here, and as people say it. */
static void
add_setting(struct models_facts *f, const char *name, struct str value)
{
	struct buf text = { 0 };
	struct str flag;
	size_t at = 0;

	if (span_kind(value) == SPAN_OBJECT) {
		struct str inner, key;

		while (span_next_member(value, &at, &key, &inner) == 1) {
			char *last = api_text(key);

			add_setting(f, last, inner);
			free(last);
		}
		return;
	}
	while (span_next(value, &at, &flag) == 1) {
		char *word = span_kind(flag) == SPAN_STRING ? api_text(flag)
							    : mem_copy(flag);

		buf_add_format(&text, "%s%s", text.len ? " " : "", word);
		free(word);
	}
	if (span_kind(value) == SPAN_STRING)
		span_text(value, NULL, &text);
	else if (span_kind(value) != SPAN_ARRAY)
		buf_add(&text, value);
	if (!strcmp(name, "reasoning-budget"))
		models_fact(f, "think", str_is(value, "0") ? "no" : "yes");
	models_fact(f, !strcmp(name, "keep_alive") ? "keep-alive" : name,
	    text.len ? text.data : "");
	buf_done(&text);
}

static int
print_entry(struct models *m, struct str entry, struct err *e)
{
	static const char *const names[] = { "Model", "Mode", "Backend",
		"Config" };
	struct str v[countof(names)], key, value;
	struct models_facts f;
	struct buf out = { 0 };
	char *text[3], *name;
	size_t at = 0;
	int got;

	span_members(entry, names, countof(names), v);
	for (size_t i = 0; i < countof(text); i++)
		text[i] = api_text(v[i]);
	name = api_model_short_name(str_of(text[0]));
	if (!m->want->json && m->out->last)
		buf_add_char(&out, '\n');
	models_facts_open(&f, m->want->json, &out);
	models_fact(&f, "name", name);
	models_fact(&f, "mode", text[1]);
	models_fact(&f, "engine", text[2]);
	if (m->want->json && span_kind(v[3]) == SPAN_OBJECT) {
		json_name(&f.json, "config");
		json_raw(&f.json, v[3]);
	}
	while (
	    !m->want->json && span_next_member(v[3], &at, &key, &value) == 1) {
		char *last = api_text(key);

		add_setting(&f, last, value);
		free(last);
	}
	models_facts_close(&f);
	got = models_print(m, &out, e);
	for (size_t i = 0; i < countof(text); i++)
		free(text[i]);
	free(name);
	buf_done(&out);
	return got;
}

int
models_print_configs(struct models *m, const struct buf *configs,
    const char *mode, struct err *e)
{
	struct str entry;
	size_t at = 0;
	int got = 0;

	if (mode) {
		entry = models_find_config(configs, mode);
		return entry.len ? print_entry(m, entry, e) : 0;
	}
	while (!got && span_next(buf_str(configs), &at, &entry) == 1)
		got = print_entry(m, entry, e);
	return got;
}
