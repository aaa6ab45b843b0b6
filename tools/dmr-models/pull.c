/* dmr-models: pull, models are brought to the server. */
#include "mem.h"
#include "now.h"
#include "say.h"
#include "tool_pull.h"

struct pulling {
	struct models *m;
	struct models_tally tally;
	struct err err; /* of the only one */
};

static void
open_event(struct json *j, const char *event, const char *name)
{
	json_open(j, '{');
	json_member(j, "event", str_of(event));
	json_member(j, "name", str_of(name));
}

static int
print_event(struct models *m, struct json *j, struct err *e)
{
	int got;

	json_close(j, '}');
	buf_add_char(j->out, '\n');
	got = models_print(m, j->out, e);
	buf_done(j->out);
	return got;
}

static int
tell_progress(void *owner, const struct pull *p, struct err *e)
{
	struct pulling *pulling = owner;
	struct buf out = { 0 };
	struct json j = { .out = &out };
	int64_t now = now_ms();

	open_event(&j, "progress", p->model);
	json_count(&j, "done", p->progress.done);
	json_count(&j, "total", p->got.total ? p->got.total : -1);
	json_count(&j, "rate", progress_rate(&p->progress, now));
	json_count(&j, "left_ms", progress_left(&p->progress, now));
	return print_event(pulling->m, &j, e);
}

static int
tell_end(void *owner, const struct pull *p, struct err *e)
{
	struct pulling *pulling = owner;
	struct models *m = pulling->m;
	const char *event = p->got.cached ? "cached" : "pulled";
	struct buf out = { 0 };
	struct json j = { .out = &out };

	if (p->err.status) {
		if (models_ends_run(p->err.status)) {
			*e = p->err;
			return -1;
		}
		pulling->err = p->err;
		models_tally(&pulling->tally, p->model, &pulling->err);
		return 0;
	}
	if (!m->want->json)
		return models_done(m, event, p->model, e);
	open_event(&j, event, p->model);
	if (!p->got.cached)
		json_count(&j, "bytes", p->got.total);
	return print_event(m, &j, e);
}

static int
pull_all(struct models *m, const char *token, struct err *e)
{
	struct pull *all = mem_new(m->n, sizeof *all);
	struct pulling pulling = { .m = m, .tally.n = m->n };
	struct tool_pull_told told = { .on_end = tell_end,
		.on_progress = m->want->json ? tell_progress : NULL,
		.ignores_memory = m->want->ignores_memory,
		.owner = &pulling };
	int got;

	tool_pull_set(all, m->api, m->names, m->n, token);
	got = tool_pull_all(m->api, all, m->n, &told, m->out, e);
	for (size_t i = 0; i < m->n; i++)
		pull_done(&all[i]);
	free(all);
	if (got)
		return got;
	*e = pulling.err;
	return models_tally_end(&pulling.tally, e);
}

int
models_pull(struct models *m, struct err *e)
{
	const char *token = NULL;

	if (m->want->token_file) {
		token = tool_read_secret(m->want->token_file, "token", e);
		if (!token)
			return -1;
	}
	return pull_all(m, token, e);
}
