/* dmr-models: configure, how a model is loaded and kept. */
#include "configs.h"
#include "die.h"
#include "loaded.h"
#include "mem.h"
#include "now.h"
#include "units.h"

/* What is asked for, beside what is in force. */
struct change {
	const char *mode;
	char *name;       /* as the server lists it */
	char *keep_alive; /* as the server reads it, or NULL */
	struct buf old;   /* the answer to GET /engines/_configure */
};

static bool
is_given(const struct models *m, const char *option)
{
	return opts_source(&m->set->opts, option) != OPT_UNSET;
}

static bool
has_context(const struct models *m)
{
	return is_given(m, "context-size") || is_given(m, "ctx-size");
}

static bool
changes_something(const struct models *m)
{
	return has_context(m) || is_given(m, "keep-alive") ||
	    is_given(m, "think") || m->nflags;
}

/* --mode, or the one that the flags are for, or the usual one. */
static int
find_mode(struct models *m, const char **mode, struct err *e)
{
	static const char *const modes[] = { "completion", "embedding",
		"reranking", "image-generation" };

	*mode = "completion";
	for (size_t i = 0; i < m->nflags; i++)
		if (!strcmp(m->flags[i], "--embeddings"))
			*mode = "embedding";
	if (!m->want->mode)
		return 0;
	for (size_t i = 0; i < countof(modes); i++)
		if (!strcmp(modes[i], m->want->mode)) {
			*mode = m->want->mode;
			return 0;
		}
	return err_set(e, ST_USAGE,
	    "--mode: '%s' is not completion, embedding, reranking or "
	    "image-generation",
	    m->want->mode);
}

/* Seconds, or a duration as Go writes it; -1: for ever. */
static int
read_keep_alive(struct models *m, char **text, struct err *e)
{
	const char *given = m->want->keep_alive;
	int64_t ms;

	*text = NULL;
	if (!given)
		return 0;
	if (strcmp(given, "-1") != 0) {
		*text = given[strspn(given, "0123456789.")]
		    ? mem_copy(str_of(given))
		    : mem_format("%ss", given);
		if (!units_read_duration(str_of(*text), &ms) && ms >= 0)
			return 0;
		free(*text);
		*text = NULL;
		return err_set(e, ST_USAGE,
		    "--keep-alive: '%s' is no time, nor -1", given);
	}
	*text = mem_copy(STR("-1"));
	return 0;
}

/* --- the change --- */

/* The members of an object but those that are named; all raw. */
static void
copy_members(struct json *j, struct str object,
    bool (*drops)(void *, const char *), void *owner)
{
	struct str key, value;
	size_t at = 0;

	while (span_next_member(object, &at, &key, &value) == 1) {
		char *name = api_text(key);

		if (!drops(owner, name)) {
			json_name(j, name);
			json_raw(j, value);
		}
		free(name);
	}
}

/* Is it named anew, or not a setting? */
static bool
is_replaced(void *owner, const char *name)
{
	const struct models *m = owner;

	return !strcmp(name, "model") || !strcmp(name, "mode") ||
	    (!strcmp(name, "context-size") && has_context(m)) ||
	    (!strcmp(name, "keep_alive") && is_given(m, "keep-alive")) ||
	    (!strcmp(name, "llamacpp") && is_given(m, "think")) ||
	    ((!strcmp(name, "runtime-flags") ||
		 !strcmp(name, "raw-runtime-flags")) &&
		m->nflags);
}

static bool
is_budget(void *owner, const char *name)
{
	(void)owner;
	return !strcmp(name, "reasoning-budget");
}

/* The whole entry anew: the server forgets what is not said again. */
static void
write_change(struct buf *body, struct models *m, const struct change *c)
{
	struct str config = span_member(
	    models_find_config(&c->old, c->mode), "Config");
	struct json j = { .out = body };

	json_open(&j, '{');
	json_member(&j, "model", str_of(c->name));
	json_member(&j, "mode", str_of(c->mode));
	copy_members(&j, config, is_replaced, m);
	if (has_context(m)) {
		json_name(&j, "context-size");
		json_integer(&j, m->want->context);
	}
	json_member(&j, "keep_alive", str_of(c->keep_alive));
	if (is_given(m, "think")) {
		json_name(&j, "llamacpp");
		json_open(&j, '{');
		copy_members(
		    &j, span_member(config, "llamacpp"), is_budget, NULL);
		json_name(&j, "reasoning-budget");
		json_integer(&j, m->want->think ? -1 : 0);
		json_close(&j, '}');
	}
	if (m->nflags) {
		json_name(&j, "runtime-flags");
		json_open(&j, '[');
		for (size_t i = 0; i < m->nflags; i++)
			json_string(
			    &j, str_of(tool_repaired(m->flags[i], "a flag")));
		json_close(&j, ']');
	}
	json_close(&j, '}');
}

static int
refuse_busy(const char *name, struct err *e)
{
	err_set(e, ST_SERVER,
	    "'%s' is in use, and is not configured then; try: dmr-models ps, "
	    "and again when it is idle",
	    name);
	e->retryable = true;
	return -1;
}

/* 0: neither; 1: it is being loaded. */
static int
look_if_busy(struct models *m, const struct change *c, struct err *e)
{
	struct models_loaded_list list = { 0 };
	int got = models_read_loaded(m, &list, e);

	for (size_t i = 0; got >= 0 && i < list.n; i++) {
		const struct models_loaded *l = &list.items[i];

		if (strcmp(l->name, c->name) != 0 ||
		    strcmp(l->mode, c->mode) != 0)
			continue;
		if (l->in_use)
			got = refuse_busy(m->names[0], e);
		else if (l->loading)
			got = 1;
	}
	models_loaded_done(&list);
	return got;
}

/*
 * While a model is being loaded, as it is after each configuration, the server
 * takes another one, and goes on with the old one: that is waited for.
 */
static int
wait_until_idle(struct models *m, const struct change *c, struct err *e)
{
	enum { LOOK_MS = 200 };
	int64_t limit_ms = m->set->http.limits.first_ms;
	int64_t start_ms = now_ms();
	int got = look_if_busy(m, c, e);

	while (got > 0) {
		if (limit_ms && now_ms() - start_ms > limit_ms)
			return err_set(e, ST_TIMEOUT,
			    "'%s' was not loaded within --first-timeout",
			    m->names[0]);
		got = tool_wait(m->api, m->out, LOOK_MS, e);
		if (!got)
			got = look_if_busy(m, c, e);
	}
	return got;
}

static int
post(struct models *m, const char *path, struct str body, struct err *e)
{
	struct api_call call = { .method = "POST",
		.side = API_MANAGEMENT,
		.body = body,
		.model = m->names[0] };
	int got = models_call(m, &call, mem_copy(str_of(path)), e);

	if (got && call.http.status == 409)
		refuse_busy(m->names[0], e);
	api_call_done(&call);
	return got;
}

/* Did the server take what was asked for? */
static int
check_taken(struct models *m, const struct change *c, struct err *e)
{
	struct str config = span_member(
	    models_find_config(&c->old, c->mode), "Config");
	int64_t context;

	if (config.len &&
	    (!has_context(m) || !m->want->context ||
		(!span_integer(span_member(config, "context-size"), &context) &&
		    context == m->want->context)) &&
	    (!c->keep_alive || span_member(config, "keep_alive").len) &&
	    (!m->nflags || span_member(config, "runtime-flags").len))
		return 0;
	return err_set(e, ST_SERVER,
	    "'%s' did not take the configuration; what is in force: %.300s",
	    api_place(m->api)->name, config.len ? config.data : "nothing");
}

static int
change(struct models *m, struct change *c, struct err *e)
{
	struct buf body = { 0 };
	int got = models_read_configs(m, c->name, &c->old, e);

	if (!got)
		got = wait_until_idle(m, c, e);
	if (!got) {
		write_change(&body, m, c);
		got = post(m, "/engines/_configure", buf_str(&body), e);
	}
	if (!got)
		got = models_read_configs(m, c->name, &c->old, e);
	if (!got)
		got = check_taken(m, c, e);
	if (!got)
		got = models_print_configs(m, &c->old, c->mode, e);
	buf_done(&body);
	return got;
}

/* Only a named engine's are forgotten. */
static int
reset(struct models *m, struct change *c, struct err *e)
{
	struct buf body = { 0 };
	struct str entry;
	size_t at = 0;
	int got = models_read_configs(m, c->name, &c->old, e);

	if (!got)
		got = wait_until_idle(m, c, e);
	while (!got && span_next(buf_str(&c->old), &at, &entry) == 1) {
		struct json j = { .out = &body };

		buf_clear(&body);
		json_open(&j, '{');
		json_name(&j, "models");
		json_open(&j, '[');
		json_string(&j, str_of(c->name));
		json_close(&j, ']');
		json_name(&j, "backend");
		json_raw(&j, span_member(entry, "Backend"));
		json_close(&j, '}');
		got = post(m, "/engines/unload", buf_str(&body), e);
	}
	if (!got)
		got = models_read_configs(m, c->name, &c->old, e);
	at = 0;
	if (!got && span_next(buf_str(&c->old), &at, &entry) == 1)
		got = err_set(e, ST_SERVER,
		    "'%s' has kept the configuration of '%s'",
		    api_place(m->api)->name, m->names[0]);
	buf_done(&body);
	return got;
}

static int
show(struct models *m, struct err *e)
{
	struct buf entries = { 0 };
	char *name = NULL;
	int got = 0;

	if (m->n) {
		name = models_listed_name(m, m->names[0], e);
		got = name ? 0 : -1;
	}
	if (!got)
		got = models_read_configs(m, name, &entries, e);
	if (!got)
		got = models_print_configs(m, &entries, m->want->mode, e);
	buf_done(&entries);
	free(name);
	return got;
}

/* Options that exclude each other. */
static int
check_options(struct models *m, struct err *e)
{
	bool changes = changes_something(m);

	if (m->want->reset && (m->want->show || changes))
		return err_set(e, ST_USAGE, "--reset takes nothing with it");
	if (m->want->show && changes)
		return err_set(e, ST_USAGE, "--show takes nothing with it");
	if (!m->n && !m->want->show)
		return err_set(e, ST_USAGE, "configure takes NAME, or --show");
	return 0;
}

int
models_configure(struct models *m, struct err *e)
{
	struct change c = { .mode = "" };
	int got;

	if (find_mode(m, &c.mode, e) || check_options(m, e))
		return -1;
	if (!m->want->reset && !changes_something(m))
		return show(m, e);
	if (read_keep_alive(m, &c.keep_alive, e))
		return -1;
	c.name = models_listed_name(m, m->names[0], e);
	if (!c.name)
		got = -1;
	else if (m->want->reset)
		got = reset(m, &c, e);
	else
		got = change(m, &c, e);
	free(c.name);
	free(c.keep_alive);
	buf_done(&c.old);
	return got;
}
