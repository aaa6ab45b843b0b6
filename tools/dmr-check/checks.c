/* dmr-check: the checks, in their order. */
#include "check.h"

/* A request takes no longer, unless --timeout says so. */
enum {
	QUICK_MS = 10 * 1000,     /* for what a server knows by heart */
	SLOW_MS = 15 * 60 * 1000, /* for a model, with loading */
};

/* The engines are asked for last: a first request may install them. */
static const struct row {
	const char *name;
	void (*run)(struct check *, struct check_result *);
	enum check_need needs;
	enum check_need gives; /* if it does not fail */
	bool is_slow;          /* a model works */
} rows[] = {
	{ "config", check_config, CHECK_NOTHING, CHECK_NOTHING, false },
	{ "templates", check_templates, CHECK_NOTHING, CHECK_NOTHING, false },
	{ "server", check_server, CHECK_NOTHING, CHECK_SERVER, false },
	{ "network", check_network, CHECK_SERVER, CHECK_NOTHING, false },
	{ "clock", check_clock, CHECK_SERVER, CHECK_NOTHING, false },
	{ "version", check_version, CHECK_SERVER, CHECK_NOTHING, false },
	{ "disk", check_disk, CHECK_SERVER, CHECK_NOTHING, false },
	{ "models", check_models, CHECK_SERVER, CHECK_NOTHING, false },
	{ "model", check_model, CHECK_SERVER, CHECK_MODEL, false },
	{ "memory", check_memory, CHECK_MODEL, CHECK_NOTHING, false },
	{ "context", check_context, CHECK_MODEL, CHECK_NOTHING, false },
	{ "answer", check_answer, CHECK_MODEL, CHECK_ANSWER, true },
	{ "streaming", check_streaming, CHECK_ANSWER, CHECK_NOTHING, true },
	{ "embedding", check_embedding, CHECK_SERVER, CHECK_NOTHING, true },
	{ "engines", check_engines, CHECK_SERVER, CHECK_NOTHING, false },
	{ "gpu", check_gpu, CHECK_SERVER, CHECK_NOTHING, false },
	{ "log", check_log, CHECK_SERVER, CHECK_NOTHING, false },
};

/* What a check waits for in vain. */
static const char *const missing[] = {
	[CHECK_SERVER] = "no server answers",
	[CHECK_MODEL] = "there is no model to ask",
	[CHECK_ANSWER] = "the model gave no answer",
};

/* The first of what is needed that is not there. */
static const char *
reason(const struct check *c)
{
	return missing[c->met + 1];
}

int
check_all(struct check *c, struct err *e)
{
	for (size_t i = 0; i < countof(rows); i++) {
		const struct row *row = &rows[i];
		struct check_result r = { .state = CHECK_OK };

		check_limit(
		    c, row->is_slow ? SLOW_MS : QUICK_MS, !row->is_slow);
		if (c->met < row->needs)
			check_say(
			    &r, CHECK_WARN, NULL, "not checked: %s", reason(c));
		else
			row->run(c, &r);
		if (r.state != CHECK_FAIL && c->met + 1 == row->gives)
			c->met = row->gives;
		if (check_print(c, row->name, &r, e))
			return -1;
	}
	return check_print_summary(c, e);
}
