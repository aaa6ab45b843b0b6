/* tool - models are pulled, told on standard error. */
#include "tool_pull.h"

#include <unistd.h>

#include "api_models.h"
#include "config.h"
#include "die.h"
#include "file.h"
#include "machine.h"
#include "mem.h"
#include "now.h"
#include "tool_settings.h"
#include "units.h"

enum {
	SHOW_MS = 200,   /* between two looks of a terminal */
	TELL_MS = 10000, /* between two lines elsewhere */
	EVENT_MS = 1000,
	IDLE_MS = 10 * 60 * 1000,     /* a large layer is checked in silence */
	SHOWN_MAX = PULL_AT_ONCE + 1, /* lines on a terminal */
};

/* What was told of each, and of all. */
struct told {
	struct api *api;
	struct pull *all;
	size_t n;
	const struct tool_pull_told *how;
	bool is_terminal; /* lines are shown there */
	int64_t shown_ms;
	struct told_of {
		enum pull_state state;
		bool begun, warned, alone, ended;
		int64_t told_ms;
	} * of;
};

/* Why the token stays here, or NULL. */
static const char *
find_objection(const char *token, const struct endpoint *place)
{
	if (!tool_is_word(str_of(token)))
		return "it is not one word of visible ASCII";
	return place->is_named ? NULL
			       : "only a server that is named with -H gets it";
}

static void
warn_of_token(const char *token, const struct endpoint *place)
{
	const char *objection = find_objection(token, place);

	if (objection)
		warn("the token is not sent: %s", objection);
	else if (place->is_plain && !place->server.is_local)
		warn("the token goes to '%s' unencrypted", place->name);
}

void
tool_pull_set(struct pull *all, const struct api *api,
    const char *const *models, size_t n, const char *token)
{
	bool is_set = opts_source(&tool_settings.opts, "retry") != OPT_UNSET;
	const char *hf_token = token ? token : config_env("HF_TOKEN");
	bool is_told = false;

	for (size_t i = 0; i < n; i++) {
		const char *own = api_model_is_hf(models[i]) ? hf_token : token;

		all[i] = (struct pull){ .model = models[i],
			.retries = is_set ? tool_settings.http.limits.retries
					  : PULL_RETRIES };
		if (!own)
			continue;
		tool_hide_word(str_of(own));
		if (!is_told)
			warn_of_token(own, api_place(api));
		is_told = true;
		if (!find_objection(own, api_place(api)))
			all[i].token = own;
	}
}

/* Larger than the memory there is?  Only of a runner on this machine. */
static void
check_memory(const struct told *t, struct told_of *of, const struct pull *p)
{
	char size[UNITS_TEXT_MAX], memory[UNITS_TEXT_MAX];

	if (of->warned || t->how->ignores_memory ||
	    p->got.total <= machine_memory() ||
	    !api_place(t->api)->server.is_local)
		return;
	units_say_size(p->got.total, size);
	units_say_size(machine_memory(), memory);
	warn("'%s' has %s, this machine %s of memory; it may not load",
	    p->model, size, memory);
	of->warned = true;
}

static void
tell_waiting(const struct pull *p)
{
	if (p->after)
		warn("%s waits for %s", p->model, p->after->model);
	else
		warn("%s waits: %d models are pulled at a time", p->model,
		    PULL_AT_ONCE);
}

/* That it begins, waits for others, or for another try. */
static void
tell_state(const struct told *t, struct told_of *of, const struct pull *p)
{
	if (p->alone && !of->alone)
		warn("'%s': %s; once more, alone", p->model, p->err.text);
	of->alone = p->alone;
	if (of->state == p->state && of->begun)
		return;
	if (p->state == PULL_PAUSES)
		warn("'%s': %s; asking again in %lld s", p->model, p->err.text,
		    (long long)((p->again_ms - now_ms() + 999) / 1000));
	else if (p->state == PULL_WAITS && !of->begun && !t->is_terminal)
		tell_waiting(p);
	else if (p->state == PULL_RUNS && p->tries == 1 && !t->is_terminal)
		warn("pulling %s ...", p->model);
	of->state = p->state;
	of->begun = true;
}

/* A line every ten seconds. */
static void
tell_progress(struct told_of *of, const struct pull *p)
{
	char line[PROGRESS_LINE_MAX];
	int64_t now = now_ms();

	if (p->state != PULL_RUNS || now - p->started_ms < TELL_MS ||
	    now - of->told_ms < TELL_MS)
		return;
	of->told_ms = now;
	progress_line(&p->progress, p->model, now, sizeof line - 1, line);
	warn("pulling %s", line);
}

/* All of it on the terminal, if it is time. */
static void
show(struct told *t)
{
	char lines[SHOWN_MAX][DIE_SHOWN_MAX];
	size_t columns = machine_columns(STDERR_FILENO), n = 0, nwait = 0;
	int64_t now = now_ms();

	if (now - t->shown_ms < SHOW_MS)
		return;
	t->shown_ms = now;
	for (size_t i = 0; i < t->n; i++) {
		const struct pull *p = &t->all[i];

		nwait += p->state == PULL_WAITS;
		if ((p->state == PULL_RUNS || p->state == PULL_PAUSES) &&
		    n < PULL_AT_ONCE)
			progress_line(&p->progress, p->model, now, columns - 1,
			    lines[n++]);
	}
	if (nwait && columns > 40)
		snprintf(lines[n++], DIE_SHOWN_MAX, "%zu waiting", nwait);
	die_show(lines, n, columns);
}

static int
tell_event(
    struct told *t, struct told_of *of, const struct pull *p, struct err *e)
{
	int64_t now = now_ms();

	if (p->state != PULL_RUNS || now - of->told_ms < EVENT_MS)
		return 0;
	of->told_ms = now;
	return t->how->on_progress(t->how->owner, p, e);
}

static int
tell_end(
    struct told *t, struct told_of *of, const struct pull *p, struct err *e)
{
	if (of->ended || p->state != PULL_ENDED)
		return 0;
	of->ended = true;
	die_show(NULL, 0, 0);
	return t->how->on_end ? t->how->on_end(t->how->owner, p, e) : 0;
}

static int
tell_all(struct told *t, struct err *e)
{
	bool is_silent = t->how->on_progress || tool_settings.quiet;
	int got = 0;

	for (size_t i = 0; !got && i < t->n; i++) {
		check_memory(t, &t->of[i], &t->all[i]);
		if (!is_silent)
			tell_state(t, &t->of[i], &t->all[i]);
		if (t->how->on_progress)
			got = tell_event(t, &t->of[i], &t->all[i], e);
		else if (!is_silent && !t->is_terminal)
			tell_progress(&t->of[i], &t->all[i]);
		if (!got)
			got = tell_end(t, &t->of[i], &t->all[i], e);
	}
	if (!is_silent && t->is_terminal && !got)
		show(t);
	return got;
}

int
tool_pull_all(struct api *api, struct pull *all, size_t n,
    const struct tool_pull_told *how, struct output *out, struct err *e)
{
	struct told t = { .api = api,
		.all = all,
		.n = n,
		.how = how,
		.is_terminal = file_is_terminal(STDERR_FILENO),
		.of = mem_new(n, sizeof *t.of) };
	int64_t *idle_ms = &tool_settings.http.limits.idle_ms, was = *idle_ms;
	int got = 0;

	if (opts_source(&tool_settings.opts, "idle-timeout") == OPT_UNSET)
		*idle_ms = IDLE_MS;
	while (!got && pull_move(api, all, n)) {
		got = tell_all(&t, e);
		if (!got)
			got = tool_wait(api, out, SHOW_MS, e);
	}
	if (!got)
		got = tell_all(&t, e);
	die_show(NULL, 0, 0);
	*idle_ms = was;
	free(t.of);
	return got;
}

int
tool_pull(struct api *api, const char *model, struct output *out, struct err *e)
{
	static const struct tool_pull_told told;
	struct pull p;
	int got;

	tool_pull_set(&p, api, &model, 1, NULL);
	got = tool_pull_all(api, &p, 1, &told, out, e);
	if (!got)
		*e = p.err;
	pull_done(&p);
	return e->status ? -1 : 0;
}
