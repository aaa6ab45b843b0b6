/* ask - the log, which holds up no answer: what goes wrong is a warning. */
#include "ask_object.h"
#include "ask_parts.h"
#include "die.h"

/* Before the answer is asked for, which it does not hold up. */
void
ask_open_log(struct ask_run *run)
{
	struct err e = ERR_NONE;

	if (run->set->log && log_open(&run->log, run->set->log, &e))
		warn("%s", e.text);
}

static void
fill(struct log_entry *entry, const struct ask *a, const struct err *e)
{
	*entry = (struct log_entry){ .time_ms = a->began_ms,
		.tool = a->run->tool,
		.version = VERSION,
		.host = a->reader.server,
		.path = a->run->path,
		.model = a->reader.model,
		.status = e->status,
		.total_ms = a->end_ms - a->start_ms,
		.first_ms = a->first_ms ? a->first_ms - a->start_ms : -1,
		.tries = a->tries,
		.cached = a->is_cached,
		.request = buf_str(&a->body),
		.text = a->said.len || !e->status ? buf_str(&a->said)
						  : (struct str){ 0 },
		.reasoning = a->thought.len ? buf_str(&a->thought)
					    : (struct str){ 0 },
		.finish_reason = a->reader.finish[0] ? a->reader.finish : NULL,
		.error = e->text[0] ? e->text : NULL };
}

void
ask_log(struct ask *a, const struct err *e)
{
	struct ask_run *run = a->run;
	struct buf usage = { 0 }, calls = { 0 };
	struct log_entry entry;
	struct err late = ERR_NONE;

	if (!run->set->log || !a->start_ms)
		return;
	fill(&entry, a, e);
	if (ask_write_usage(&usage, a))
		entry.usage = buf_str(&usage);
	if (ask_write_calls(&calls, a))
		entry.tool_calls = buf_str(&calls);
	if (log_add(&run->log, &entry, &late))
		warn("%s", late.text);
	buf_done(&usage);
	buf_done(&calls);
}
