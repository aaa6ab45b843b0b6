/* dmr-models: ps, warm and unload, what is in memory. */
#include <unistd.h>

#include "die.h"
#include "file.h"
#include "loaded.h"
#include "mem.h"
#include "now.h"
#include "say.h"
#include "units.h"

enum { KEEP_ALIVE_MS = 5 * 60 * 1000 }; /* unless it is configured */

/* When it was used, and until when it stays, for people. */
struct times {
	char used[UNITS_TEXT_MAX + 8], until[UNITS_TEXT_MAX + 8];
};

static void
read_times(const struct models_loaded *l, struct times *t)
{
	int64_t keep_ms = KEEP_ALIVE_MS, used_s, ago_ms;
	char text[UNITS_TEXT_MAX];

	*t = (struct times){ .used = "" };
	if (l->loading || l->in_use) {
		snprintf(
		    t->used, sizeof t->used, l->loading ? "loading" : "in use");
		return;
	}
	/* Year 1: the server was asked between two states. */
	if (units_read_time(str_of(l->last_used), &used_s) || used_s <= 0)
		return;
	ago_ms = now_unix_ms() - used_s * 1000;
	units_say_duration(ago_ms, text);
	snprintf(t->used, sizeof t->used, "%s ago", text);
	if (l->keep_alive[0] &&
	    units_read_duration(str_of(l->keep_alive), &keep_ms))
		keep_ms = str_starts(str_of(l->keep_alive), "-") ? -1 : keep_ms;
	units_say_duration(keep_ms - ago_ms, text);
	if (keep_ms < 0)
		snprintf(t->until, sizeof t->until, "stays");
	else
		snprintf(t->until, sizeof t->until, "in %s", text);
}

static void
add_json(struct buf *out, const struct models_loaded *l, const char *name)
{
	struct json j = { .out = out };

	json_open(&j, '{');
	json_member(&j, "name", str_of(name));
	json_member(&j, "id", str_of(l->name));
	json_member(&j, "asked_as", str_of(l->spelling));
	json_member(&j, "engine", str_of(l->engine));
	json_member(&j, "mode", str_of(l->mode));
	json_name(&j, "in_use");
	json_bool(&j, l->in_use);
	json_name(&j, "loading");
	json_bool(&j, l->loading);
	if (!l->in_use && !l->loading)
		json_member(&j, "last_used", str_of(l->last_used));
	json_member(&j, "keep_alive", str_of(l->keep_alive));
	json_close(&j, '}');
	buf_add_char(out, '\n');
}

static int
print_ps(struct models *m, const struct models_loaded_list *list, struct err *e)
{
	static const char *const head[] = { "NAME", "ENGINE", "MODE", "USED",
		"UNTIL" };
	struct table t = { .ncolumns = countof(head) };
	struct buf out = { 0 };
	int got;

	for (size_t i = 0; i < list->n; i++) {
		const struct models_loaded *l = &list->items[i];
		char *name = api_model_short_name(str_of(l->name));
		struct times times;

		read_times(l, &times);
		if (m->want->json) {
			add_json(&out, l, name);
		} else {
			table_add(&t, name);
			table_add(&t, l->engine);
			table_add(&t, l->mode);
			table_add(&t, times.used);
			table_add(&t, times.until);
		}
		free(name);
	}
	got = m->want->json ? models_print(m, &out, e)
			    : models_print_table(m, &t, head, e);
	table_done(&t);
	buf_done(&out);
	return got;
}

int
models_ps(struct models *m, struct err *e)
{
	struct models_loaded_list list = { 0 };
	int got = models_read_loaded(m, &list, e);

	if (!got)
		got = print_ps(m, &list, e);
	models_loaded_done(&list);
	return got;
}

/* --- warm --- */

static int
say_loaded(struct models *m, const char *name, int64_t ms, struct err *e)
{
	char text[UNITS_TEXT_MAX];
	struct buf out = { 0 };
	struct json j = { .out = &out };
	int got = 0;

	units_say_duration(ms, text);
	if (m->want->json) {
		json_open(&j, '{');
		json_member(&j, "loaded", str_of(name));
		json_name(&j, "seconds");
		json_real(&j, (double)ms / 1000);
		json_close(&j, '}');
		buf_add_char(&out, '\n');
		got = models_print(m, &out, e);
	} else {
		warn("%s is loaded, after %s", name, text);
	}
	buf_done(&out);
	return got;
}

/* The engine says why it failed in the last line, after the server's own. */
static void
add_reason(struct str reply, struct err *e)
{
	struct str rest = str_trim(reply);
	struct str line = str_trim(str_cut(&rest, '\n'));
	bool has_more = rest.data && str_ends(line, ":");

	while (rest.data)
		line = str_trim(str_cut(&rest, '\n'));
	if (has_more)
		err_add(e, "; %.*s", line.len < 300 ? (int)line.len : 300,
		    line.data);
	err_add(e, "; try: dmr-models logs");
}

/* Loading without generating: the runner answers 200 and nothing else. */
static int
warm(struct models *m, const char *name, struct err *e)
{
	bool embeds = m->want->mode && !strcmp(m->want->mode, "embedding");
	struct buf body = { 0 };
	struct json j = { .out = &body };
	struct api_call call = { .method = "POST",
		.header = "X-Preload-Only: true",
		.model = name };
	int64_t start_ms = now_ms();
	int got;

	json_open(&j, '{');
	json_member(&j, "model", str_of(name));
	json_close(&j, '}');
	call.body = buf_str(&body);
	if (file_is_terminal(STDERR_FILENO))
		warn("loading %s ...", name);
	got = models_call(m, &call,
	    mem_copy(embeds ? STR("/embeddings") : STR("/chat/completions")),
	    e);
	if (got && call.http.status == 500)
		add_reason(buf_str(&call.http.reply), e);
	if (!got && call.http.reply.len)
		got = err_set(e, ST_SERVER,
		    "'%s' has no model management: it does not know how to "
		    "load a model",
		    api_place(m->api)->name);
	if (!got)
		got = say_loaded(m, name, now_ms() - start_ms, e);
	buf_done(&body);
	api_call_done(&call);
	return got;
}

int
models_warm(struct models *m, struct err *e)
{
	const char *mode = m->want->mode;

	if (mode && strcmp(mode, "completion") != 0 &&
	    strcmp(mode, "embedding") != 0)
		return err_set(e, ST_USAGE,
		    "--mode: '%s' is not completion or embedding", mode);
	if (!api_place(m->api)->management)
		return err_set(e, ST_SERVER,
		    "'%s' has no model management: it is the base of an "
		    "inference API",
		    api_place(m->api)->name);
	return models_each(m, warm, e);
}

/* --- unload --- */

/*
 * {"models":[...]}, which leaves configurations alone; without names
 * {"all":true}, which forgets them.
 */
static int
ask_unload(struct models *m, const char *const *names, size_t n,
    int64_t *nunloaded, struct err *e)
{
	struct buf body = { 0 };
	struct json j = { .out = &body };
	struct api_call call = { .method = "POST", .side = API_MANAGEMENT };
	int got;

	json_open(&j, '{');
	if (n) {
		json_name(&j, "models");
		json_open(&j, '[');
		for (size_t i = 0; i < n; i++)
			json_string(&j, str_of(names[i]));
		json_close(&j, ']');
	} else {
		json_name(&j, "all");
		json_bool(&j, true);
	}
	json_close(&j, '}');
	call.body = buf_str(&body);
	got = models_ask(
	    m, &call, mem_copy(STR("/engines/unload")), SPAN_OBJECT, e);
	if (!got &&
	    (span_integer(
		 span_member(buf_str(&call.http.reply), "unloaded_runners"),
		 nunloaded) ||
		*nunloaded < 0))
		got = err_set(e, ST_SERVER,
		    "'%s' does not say what it unloaded",
		    api_place(m->api)->name);
	buf_done(&body);
	api_call_done(&call);
	return got;
}

static int
say_unloaded(struct models *m, int64_t n, struct err *e)
{
	struct models_facts f;
	struct buf out = { 0 };
	int got;

	models_facts_open(&f, m->want->json, &out);
	models_fact_number(&f, "unloaded", n);
	models_facts_close(&f);
	got = models_print(m, &out, e);
	buf_done(&out);
	return got;
}

static bool
is_among(const char *name, const char *const *names, size_t n)
{
	for (size_t i = 0; i < n; i++)
		if (!strcmp(names[i], name))
			return true;
	return !n;
}

static void
add_left(struct buf *left, const struct models_loaded *l)
{
	char *name = api_model_short_name(str_of(l->name));
	const char *state = l->loading ? "loading"
	    : l->in_use                ? "in use"
				       : "idle";

	buf_add_format(
	    left, "%s'%.80s' (%s)", left->len ? ", " : "", name, state);
	free(name);
}

/* The server passes over what is in use without a word. */
static int
check_rest(struct models *m, const char *const *names, size_t n,
    int64_t nunloaded, struct err *e)
{
	struct models_loaded_list list = { 0 };
	struct buf left = { .max = 400 };
	int got = models_read_loaded(m, &list, e);

	for (size_t i = 0; !got && i < list.n; i++)
		if (is_among(list.items[i].name, names, n))
			add_left(&left, &list.items[i]);
	if (!got && (left.len || left.full))
		got = err_set(e, ST_PARTIAL, "not unloaded: %.*s%s",
		    STR_ARGS(buf_str(&left)), left.full ? ", ..." : "");
	else if (!got && !nunloaded)
		warn("nothing was loaded");
	buf_done(&left);
	models_loaded_done(&list);
	return got;
}

static int
unload(struct models *m, const char *const *names, size_t n, struct err *e)
{
	int64_t nunloaded = 0;

	if (ask_unload(m, names, n, &nunloaded, e) ||
	    say_unloaded(m, nunloaded, e))
		return -1;
	return check_rest(m, names, n, nunloaded, e);
}

/* Each by its name; one whose model was removed has none that would do. */
static int
unload_list(
    struct models *m, const struct models_loaded_list *list, struct err *e)
{
	const char **names = mem_new(list->n, sizeof *names);
	bool has_removed = false;
	size_t n = 0;
	int got;

	for (size_t i = 0; i < list->n; i++) {
		has_removed |= list->items[i].is_removed;
		if (!n || !is_among(list->items[i].name, names, n))
			names[n++] = list->items[i].name;
	}
	got = unload(m, names, has_removed ? 0 : n, e);
	if (!got && has_removed)
		report("the model of one was removed: what was configured, of "
		       "all models, is forgotten");
	free(names);
	return got;
}

static int
unload_all(struct models *m, struct err *e)
{
	struct models_loaded_list list = { 0 };
	int got = models_read_loaded(m, &list, e);

	if (!got && list.n) {
		got = unload_list(m, &list, e);
	} else if (!got) {
		got = say_unloaded(m, 0, e);
		warn("nothing was loaded");
	}
	models_loaded_done(&list);
	return got;
}

/* Unload those that are there; the others are told. */
static int
unload_named(struct models *m, struct err *e)
{
	struct models_tally t = { .n = m->n };
	char **names = mem_new(m->n, sizeof *names);
	size_t n = 0;
	int got = 0;

	for (size_t i = 0; !got && i < m->n; i++) {
		names[n] = models_listed_name(m, m->names[i], e);
		if (names[n])
			n++;
		else if (models_ends_run(e->status))
			got = -1;
		else
			models_tally(&t, m->names[i], e);
	}
	if (!got && n)
		got = unload(m, (const char *const *)names, n, e);
	if (!got)
		got = models_tally_end(&t, e);
	for (size_t i = 0; i < n; i++)
		free(names[i]);
	free(names);
	return got;
}

int
models_unload(struct models *m, struct err *e)
{
	if (m->want->all == (m->n > 0))
		return err_set(
		    e, ST_USAGE, "unload takes names of models, or --all");
	return m->want->all ? unload_all(m, e) : unload_named(m, e);
}
