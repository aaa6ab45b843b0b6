/* dmr-embed: the run over all records. */
#include <unistd.h>

#include "batch.h"
#include "die.h"
#include "mem.h"
#include "tool_model.h"

int
embed_find_model(struct embed *run, struct err *e)
{
	if (run->model)
		return 0;
	if (run->set->dry_run)
		return err_set(e, ST_USAGE,
		    "--dry-run asks no server which models it has; try: -m "
		    "NAME");
	run->model = run->found = tool_only_model(
	    run->api, "ai/mxbai-embed-large", run->out, e);
	return run->model ? 0 : -1;
}

static void
work(struct embed *run, struct err *e)
{
	const struct tool_records *set = &run->set->records;
	struct fanout f = { .api = run->api,
		.out = run->out,
		.in = { .fd = run->nfiles ? -1 : STDIN_FILENO,
		    .format = &run->format },
		.jobs = (size_t)set->jobs,
		.batch = (size_t)run->want->batch_size,
		.unordered = set->unordered,
		.max_errors = (size_t)set->max_errors,
		.tells = tool_shows_progress(
		    run->set, run->out, run->want->json),
		.read = run->nfiles ? embed_read_file : NULL,
		.begin = embed_begin,
		.send = embed_send,
		.end = embed_end,
		.print = run->form == EMBED_JSON ? NULL : embed_print_row,
		.owner = run };

	if (!fanout_run(&f, e))
		tool_sum_up(&f, run->nfiles ? "texts" : "records",
		    run->form == EMBED_JSON ? "the output fed back, with -b,"
					    : NULL,
		    e);
	fanout_done(&f);
}

void
embed_open(struct embed *run)
{
	const struct settings *set = run->set;
	struct err e = ERR_NONE;

	run->model = set->model;
	record_format_init(&run->format,
	    set->records.member ? set->records.member : "embedding",
	    !set->records.batch, set->records.null_ends ? 0 : '\n');
	run->batches = mem_new((size_t)set->records.jobs, sizeof *run->batches);
	if (set->dry_run)
		return;
	run->api = tool_api(set);
	if (set->log && log_open(&run->log, set->log, &e))
		warn("%s", e.text);
	if (set->cache && cache_open(&run->cache, set->cache, &e))
		warn("%s", e.text);
}

void
embed_close(struct embed *run)
{
	if (run->api)
		api_close(run->api);
	for (int64_t i = 0; i < run->set->records.jobs; i++)
		embed_batch_done(&run->batches[i]);
	free(run->batches);
	record_format_done(&run->format);
	log_close(&run->log);
	cache_close(&run->cache);
	api_embed_done(&run->stored);
	free(run->digest);
	free(run->found);
	buf_done(&run->text);
	buf_done(&run->json);
}

/* The output is kept unless something ended the run. */
static void
close_output(struct embed *run, struct err *e)
{
	struct err late = ERR_NONE;

	if ((!e->status || e->status == ST_PARTIAL) &&
	    embed_end_rows(run, &late))
		*e = late;
	tool_close_output(run->out, e);
}

int
embed_run(struct embed *run, struct err *e)
{
	embed_open(run);
	if (!embed_begin_rows(run, e))
		work(run, e);
	close_output(run, e);
	embed_close(run);
	return e->status ? -1 : 0;
}
