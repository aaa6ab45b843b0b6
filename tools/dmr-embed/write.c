/* dmr-embed: the line, or the row, of a record. */
#include "batch.h"
#include "float32.h"
#include "mem.h"
#include "record_write.h"
#include "vector.h"

/* --- is it right? --- */

size_t
embed_width(const struct embed *run, size_t width)
{
	size_t most = (size_t)run->want->dimensions;

	return most && most < width ? most : width;
}

int
embed_check_width(size_t *known, size_t width, struct err *e)
{
	if (*known && width != *known)
		return err_set(e, ST_SERVER,
		    "the vectors have %zu dimensions, those before %zu", width,
		    *known);
	*known = width;
	return 0;
}

int
embed_check_answer(struct embed *run, const struct api_embed *answer,
    bool is_ours, struct err *e)
{
	size_t wanted = (size_t)run->want->dimensions;

	if (wanted > answer->width)
		return err_set(e, ST_SERVER,
		    "the model's vectors have %zu dimensions, fewer than %zu",
		    answer->width, wanted);
	if (!is_ours)
		return 0;
	if (answer->model[0] && run->answered_by[0] &&
	    strcmp(answer->model, run->answered_by) != 0)
		return err_set(e, ST_SERVER,
		    "the answer is of another model, '%.200s'; those before "
		    "were of '%.200s'",
		    answer->model, run->answered_by);
	if (run->form == EMBED_JSON &&
	    embed_check_width(&run->native, answer->width, e))
		return -1;
	if (!run->answered_by[0])
		memcpy(run->answered_by, answer->model, sizeof answer->model);
	return 0;
}

/* --- a record that failed --- */

void
embed_add_place(const struct embed *run, const struct record *r, struct err *e)
{
	if (r->kind != RECORD_BAD && !run->nfiles)
		err_prefix(e, "line %zu", r->line);
	else if (r->kind != RECORD_BAD && !run->want->whole)
		err_prefix(e, "%s", run->files[r->line - 1]);
}

enum fanout_step
embed_write_failed(
    struct embed *run, struct fanout_job *job, const struct err *why)
{
	const struct record *r = &job->record;

	buf_clear(&job->line);
	job->is_lost = r->kind == RECORD_BAD || r->kind == RECORD_BATCH;
	if (run->form == EMBED_JSON) {
		record_write_error(
		    &job->line, &run->format, r, why, (struct str){ 0 });
	} else {
		job->note = *why;
		embed_add_place(run, r, &job->note);
	}
	return FANOUT_BAD;
}

/* --- one that has its vector --- */

static void
add_array(struct buf *out, const float *vector, size_t n)
{
	char *room = buf_room(out, n * (FLOAT32_TEXT_MAX + 1) + 1);
	size_t at = 0;

	if (!room)
		return;
	for (size_t i = 0; i < n; i++) {
		room[at++] = i ? ',' : '[';
		at += float32_write(room + at, vector[i]);
	}
	room[at++] = ']';
	buf_claim(out, at);
}

/* The body of the answer to a batch line. */
static void
add_list(struct embed *run, struct buf *out, const float *vectors, size_t n,
    const struct api_embed *answer)
{
	struct json j = { .out = out };

	buf_add_text(out, "{\"object\":\"list\",\"data\":[");
	for (size_t i = 0; i < n; i++) {
		buf_add_format(out,
		    "%s{\"object\":\"embedding\",\"index\":%zu,"
		    "\"embedding\":",
		    i ? "," : "", i);
		add_array(out, vectors + i * answer->width,
		    embed_width(run, answer->width));
		buf_add_char(out, '}');
	}
	buf_add_char(out, ']');
	j.comma = true;
	json_member(&j, "model", str_of(answer->model));
	if (answer->usage.len) {
		json_name(&j, "usage");
		json_raw(&j, answer->usage);
	}
	json_close(&j, '}');
}

static void
write_line(struct embed *run, struct fanout_job *job, const float *vectors,
    size_t n, const struct api_embed *answer)
{
	struct record_writer w;

	record_begin(&w, &job->line, &run->format, &job->record);
	if (job->record.kind == RECORD_BATCH) {
		add_list(run, &job->line, vectors, n, answer);
	} else {
		add_array(&job->line, vectors, embed_width(run, answer->width));
		w.from = job->line.len; /* there is no line end in it */
	}
	record_end(&w);
}

/* One long, as far as it goes out. */
static int
finish(const struct embed *run, float *vector, size_t width, struct err *e)
{
	if (run->want->no_normalize ||
	    vector_unit(vector, embed_width(run, width)))
		return 0;
	return err_set(e, ST_UNUSABLE,
	    "the vector is all zeros: it has no direction; try: "
	    "--no-normalize");
}

enum fanout_step
embed_write(struct embed *run, struct fanout_job *job, float *vectors, size_t n,
    const struct api_embed *answer)
{
	struct err why = ERR_NONE;

	job->mark = answer->width;
	for (size_t i = 0; i < n && !why.status; i++)
		finish(run, vectors + i * answer->width, answer->width, &why);
	if (!why.status && n != 1 && run->form != EMBED_JSON)
		err_set(&why, ST_USAGE, "%zu vectors make no row", n);
	if (why.status)
		return embed_write_failed(run, job, &why);
	if (run->form == EMBED_JSON)
		write_line(run, job, vectors, n, answer);
	else
		embed_add_numbers(
		    &job->line, vectors, embed_width(run, answer->width));
	if (!job->line.full)
		return FANOUT_GOOD;
	err_set(&why, ST_SERVER, "the answer is too large");
	job->line.full = false;
	return embed_write_failed(run, job, &why);
}

/* The vector of an earlier run, as a row. */
static enum fanout_step
write_old(struct embed *run, struct fanout_job *job)
{
	size_t n = vector_count(job->record.value);
	float *vector = n && n <= VECTOR_MAX ? mem_new(n, sizeof *vector)
					     : NULL;
	struct api_embed old = { .width = n };
	struct err why = ERR_NONE;
	enum fanout_step step;

	if (!vector || vector_read(job->record.value, vector, n))
		err_set(
		    &why, ST_INPUT, "'%s' is no vector", run->format.member);
	step = why.status ? embed_write_failed(run, job, &why)
			  : embed_write(run, job, vector, 1, &old);
	job->mark = 0;
	free(vector);
	return step;
}

enum fanout_step
embed_pass_on(struct embed *run, struct fanout_job *job)
{
	if (run->set->dry_run)
		return FANOUT_GOOD; /* there is nothing to ask */
	if (run->form != EMBED_JSON)
		return write_old(run, job);
	record_write_same(&job->line, &run->format, &job->record);
	return FANOUT_GOOD;
}
