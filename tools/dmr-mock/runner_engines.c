/* runner - the engines: what is loaded, how large, what they say. */
#include <time.h>

#include "runner_routes.h"

#include "mem.h"
#include "now.h"

void
runner_root(struct runner_call *call)
{
	mock_reply_text(call->reply, 200, "text/plain; charset=utf-8",
	    STR("Docker Model Runner is running"));
}

void
runner_version(struct runner_call *call)
{
	mock_reply_text(call->reply, 200, "application/json",
	    STR("{\"version\":\"v1.2.9\"}\n"));
}

void
runner_metrics(struct runner_call *call)
{
	mock_reply_text(call->reply, 200,
	    "text/plain; version=0.0.4; charset=utf-8",
	    STR("# No active runners\n"));
}

void
runner_status(struct runner_call *call)
{
	mock_reply_text(call->reply, 200, "application/json",
	    STR("{\"diffusers\":\"Not Installed\","
		"\"llama.cpp\":\"Running: llama.cpp dmr-mock\","
		"\"mlx\":\"Not Installed: only supported on Apple Silicon\","
		"\"sglang\":\"Not Installed: package not installed\","
		"\"vllm\":\"Not Installed: binary not found\"}"));
}

/* RFC 3339, in UTC. */
static void
add_time(struct buf *out, int64_t unix_ms)
{
	time_t seconds = (time_t)(unix_ms / 1000);
	struct tm tm;
	char text[32];

	if (!gmtime_r(&seconds, &tm) ||
	    !strftime(text, sizeof text, "%Y-%m-%dT%H:%M:%S", &tm))
		return;
	buf_add_format(out, "%s.%03dZ", text, (int)(unix_ms % 1000));
}

/* Is a parameter, if there is one, true or false?  False: refused. */
static bool
check_bool(struct runner_call *call, const char *name)
{
	struct buf value = { 0 };
	bool good = !runner_query(call, name, &value) || !value.len ||
	    runner_bool(buf_str(&value)) >= 0;

	if (!good)
		mock_reply_error(call->reply, 400,
		    "invalid %s parameter: \"%s\" is not a valid boolean", name,
		    value.data);
	buf_done(&value);
	return good;
}

void
runner_logs(struct runner_call *call)
{
	struct buf *out = &call->reply->body;

	if (!check_bool(call, "follow") || !check_bool(call, "no-engines"))
		return;
	buf_add_char(out, '[');
	add_time(out, call->unix_ms);
	buf_add_text(out, "] dmr-mock keeps no log\n");
	mock_reply_head(call->reply, 200, "text/plain");
}

/* --- what is loaded --- */

void
runner_load(
    struct mock_runner *r, const char *id, struct str name, const char *mode)
{
	struct runner_loaded *l = NULL;

	for (size_t i = 0; !l && i < r->nloaded; i++)
		if (!strcmp(r->loaded[i].id, id) &&
		    !strcmp(r->loaded[i].mode, mode))
			l = &r->loaded[i];
	if (!l && r->nloaded >= RUNNER_LOADED_MAX)
		return;
	if (!l) {
		r->loaded = mem_grow(r->loaded, &r->loaded_capacity,
		    r->nloaded + 1, sizeof *r->loaded);
		l = &r->loaded[r->nloaded++];
		*l = (struct runner_loaded){ .mode = mode,
			.name = mem_copy(name) };
		memcpy(l->id, id, sizeof l->id);
	}
	l->used_ms = now_unix_ms();
}

int64_t
runner_unload(struct mock_runner *r, const char *id, const char *mode)
{
	size_t kept = 0, n = r->nloaded;

	for (size_t i = 0; i < n; i++) {
		struct runner_loaded *l = &r->loaded[i];

		if ((!id || !strcmp(l->id, id)) &&
		    (!mode || !strcmp(l->mode, mode)))
			free(l->name);
		else
			r->loaded[kept++] = *l;
	}
	r->nloaded = kept;
	return (int64_t)(n - kept);
}

void
runner_ps(struct runner_call *call)
{
	const struct mock_runner *r = call->runner;
	struct buf used = { 0 };
	struct json j = { .out = &call->reply->body };

	json_open(&j, '[');
	for (size_t i = 0; i < r->nloaded; i++) {
		const struct runner_loaded *l = &r->loaded[i];
		const struct runner_config *c = runner_config(
		    r, l->id, l->mode);

		add_time(&used, l->used_ms);
		json_open(&j, '{');
		json_member(&j, "backend_name", STR("llama.cpp"));
		json_member(&j, "model_name", str_of(l->name));
		json_member(&j, "mode", str_of(l->mode));
		json_member(&j, "last_used", buf_str(&used));
		if (c)
			json_member(&j, "keep_alive", str_of(c->keep_alive));
		json_close(&j, '}');
		buf_clear(&used);
	}
	json_close(&j, ']');
	buf_done(&used);
	runner_send(call, 200);
}

void
runner_df(struct runner_call *call)
{
	const struct store *s = &call->runner->store;
	struct buf *out = &call->reply->body;
	int64_t bytes = 0;

	for (size_t i = 0; i < s->n; i++)
		bytes += s->models[i]->kind.bytes;
	buf_add_format(out,
	    "{\"models_disk_usage\":%lld,\"default_backend_disk_usage\":0}",
	    (long long)bytes);
	runner_send(call, 200);
}

/*
 * {"all":true}, or {"models":[...]}, which forgets configurations only with a
 * "backend"; unknown names count for nothing.
 */
void
runner_unload_models(struct runner_call *call)
{
	struct tree t = { 0 };
	const struct tree_node *all = NULL, *models = NULL, *x = NULL;
	const struct tree_node *backend = NULL;
	struct buf *out = &call->reply->body;
	bool good = tree_read(&t, call->request->body) == 0;
	int64_t n = 0;

	if (good) {
		all = runner_member(t.nodes, "all", SPAN_BOOL, &good);
		models = runner_strings(t.nodes, "models", &good);
		backend = runner_member(t.nodes, "backend", SPAN_STRING, &good);
	}
	if (!good) {
		mock_reply_error(call->reply, 400, "invalid request");
		tree_done(&t);
		return;
	}
	if (all && str_is(tree_raw(all), "true")) {
		n = runner_unload(call->runner, NULL, NULL);
		runner_forget_configs(call->runner, NULL);
	}
	while (models && (x = tree_next(models, x))) {
		const struct store_model *m = x->kind == SPAN_STRING
		    ? store_find(&call->runner->store, tree_text(x))
		    : NULL;

		n += m ? runner_unload(call->runner, m->id, NULL) : 0;
		if (m && backend)
			runner_forget_configs(call->runner, m->id);
	}
	buf_add_format(out, "{\"unloaded_runners\":%lld}", (long long)n);
	runner_send(call, 200);
	tree_done(&t);
}
