/* tool - pull a model that the server lacks, told on standard error. */
#include <unistd.h>

#include "api_pull.h"
#include "die.h"
#include "file.h"
#include "tool.h"

static int
on_bytes(struct api_call *call, struct str piece, struct err *e)
{
	return api_pull_feed(call->owner, piece, e);
}

static int
on_end(struct api_call *call, struct err *e)
{
	return api_pull_end(call->owner, e);
}

/* Tens of percent, on a terminal; returns those that were told. */
static int
tell_progress(const struct api_pull *p, int told)
{
	int64_t done = p->done < p->total ? p->done : p->total;
	int tens = p->total > 0 ? (int)(10 * (double)done / (double)p->total)
				: 0;

	if (tens <= told)
		return told;
	if (file_is_terminal(STDERR_FILENO))
		warn("pulling %s: %d %% of %lld MB", p->model, 10 * tens,
		    (long long)(p->total / 1000000));
	return tens;
}

int
tool_pull(struct api *api, const char *model, struct output *out, struct err *e)
{
	struct api_pull pull = { .model = model };
	struct buf body = { 0 };
	struct api_call call = { .method = "POST",
		.side = API_MANAGEMENT,
		.path = API_PULL_PATH,
		.header = API_PULL_HEADER,
		.model = model,
		.on_bytes = on_bytes,
		.on_end = on_end,
		.owner = &pull };
	int got = 0, told = 0;

	api_pull_write(&body, model);
	call.body = buf_str(&body);
	warn("pulling %s ...", model);
	api_start(api, &call);
	while (!got && !call.done) {
		got = tool_wait(api, out, 1000, e);
		told = tell_progress(&pull, told);
	}
	if (!got)
		*e = call.err;
	if (!got && e->status == ST_NO_MODEL)
		err_set(e, ST_NO_MODEL, "no registry has a model '%s'", model);
	api_call_done(&call);
	api_pull_done(&pull);
	buf_done(&body);
	return e->status ? -1 : 0;
}
