/* dmr-models: configure, how a model is loaded and kept. */
#include "configs.h"
#include "die.h"
#include "loaded.h"
#include "mem.h"
#include "now.h"
#include "units.h"

static bool
changes_something(const struct models *m, const struct models_change *c)
{
	return c->has_context || c->has_think || m->want->keep_alive ||
	    m->nflags;
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
		if (!units_read_duration(str_of(*text), &ms) && given[0] != '-')
			return 0;
		free(*text);
		*text = NULL;
		return err_set(e, ST_USAGE,
		    "--keep-alive: '%s' is no time, nor -1", given);
	}
	*text = mem_copy(STR("-1"));
	return 0;
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
look_if_busy(struct models *m, const struct models_change *c, struct err *e)
{
	struct models_loaded_list list = { 0 };
	int got = models_read_loaded(m, &list, e);

	for (size_t i = 0; got >= 0 && i < list.n; i++) {
		const struct models_loaded *l = &list.items[i];

		if (strcmp(l->name, c->name) != 0 ||
		    (c->mode && strcmp(l->mode, c->mode) != 0))
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
wait_until_idle(struct models *m, const struct models_change *c, struct err *e)
{
	enum { LOOK_MS = 200 };
	int64_t limit_ms = m->set->http.limits.first_ms;
	int64_t start_ms = now_ms();
	int got = look_if_busy(m, c, e);

	if (got > 0)
		warn("waiting: '%s' is being loaded", m->names[0]);
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

/* What others have configured meanwhile is kept: it is read after the wait. */
static int
change(struct models *m, struct models_change *c, struct err *e)
{
	struct buf body = { 0 };
	int got = wait_until_idle(m, c, e);

	if (!got)
		got = models_read_configs(m, c->name, &c->configs, e);
	if (!got) {
		models_write_change(&body, m, c);
		got = post(m, "/engines/_configure", buf_str(&body), e);
	}
	if (!got)
		got = models_read_configs(m, c->name, &c->configs, e);
	if (!got)
		got = models_check_change(m, c, buf_str(&body), e);
	if (!got)
		got = models_print_configs(m, &c->configs, c->mode, e);
	buf_done(&body);
	return got;
}

/* Only a named engine's are forgotten, those of all modes. */
static int
forget(struct models *m, const char *name, const char *engine, struct err *e)
{
	struct buf body = { 0 };
	struct json j = { .out = &body };
	int got;

	json_open(&j, '{');
	json_name(&j, "models");
	json_open(&j, '[');
	json_string(&j, str_of(name));
	json_close(&j, ']');
	json_member(&j, "backend", str_of(engine));
	json_close(&j, '}');
	got = post(m, "/engines/unload", buf_str(&body), e);
	buf_done(&body);
	return got;
}

static int
reset(struct models *m, struct models_change *c, struct err *e)
{
	enum { ENGINES_MAX = 64 };
	char *last = NULL;
	struct str entry;
	int got = wait_until_idle(m, c, e);
	size_t n = 0;

	for (size_t at = 0; !got; at = 0) {
		char *engine;

		got = models_read_configs(m, c->name, &c->configs, e);
		if (got || span_next(buf_str(&c->configs), &at, &entry) != 1)
			break;
		engine = api_text(span_member(entry, "Backend"));
		if (n++ == ENGINES_MAX || (last && !strcmp(engine, last)))
			got = err_set(e, ST_SERVER,
			    "'%s' has kept the configuration of '%s'",
			    api_place(m->api)->name, m->names[0]);
		else
			got = forget(m, c->name, engine, e);
		free(last);
		last = engine;
	}
	free(last);
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

/* Options that exclude each other, or mean nothing. */
static int
check_options(struct models *m, const struct models_change *c, struct err *e)
{
	bool changes = changes_something(m, c);

	if (m->want->reset && (m->want->show || m->want->mode || changes))
		return err_set(e, ST_USAGE, "--reset takes nothing with it");
	if (m->want->show && changes)
		return err_set(e, ST_USAGE, "--show takes nothing with it");
	if (!m->n && !m->want->show)
		return err_set(e, ST_USAGE, "configure takes NAME, or --show");
	if (c->has_context && !m->want->context)
		return err_set(e, ST_USAGE, "--context-size: 0 is none");
	return 0;
}

int
models_configure(struct models *m, struct err *e)
{
	struct models_change c = {
		.has_context = opts_is_given(&m->set->opts, "context-size") ||
		    opts_is_given(&m->set->opts, "ctx-size"),
		.has_think = opts_is_given(&m->set->opts, "think"),
	};
	int got;

	if (find_mode(m, &c.mode, e) || check_options(m, &c, e))
		return -1;
	if (!m->want->reset && !changes_something(m, &c))
		return show(m, e);
	if (read_keep_alive(m, &c.keep_alive, e))
		return -1;
	c.name = models_listed_name(m, m->names[0], e);
	if (!c.name) {
		got = -1;
	} else if (m->want->reset) {
		c.mode = NULL;
		got = reset(m, &c, e);
	} else {
		got = change(m, &c, e);
	}
	free(c.name);
	free(c.keep_alive);
	buf_done(&c.configs);
	return got;
}
