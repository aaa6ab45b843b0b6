/*
 * dmr-embed: rows of numbers, float32, the lowest byte first.
 *
 * .npy, version 1.0: numpy.lib.format.  Its head says how many rows there are;
 * it is written last.
 */
#include <math.h>

#include "batch.h"
#include "mem.h"

enum { HEAD_SIZE = 128, ROOM_MAX = 64 << 10 };

void
embed_add_numbers(struct buf *out, const float *numbers, size_t n)
{
	char *room = buf_room(out, n * sizeof *numbers);

	if (!room)
		return;
	for (size_t i = 0; i < n; i++, room += 4) {
		uint32_t bits;

		memcpy(&bits, numbers + i, sizeof bits);
		room[0] = (char)(bits & 0xff);
		room[1] = (char)(bits >> 8 & 0xff);
		room[2] = (char)(bits >> 16 & 0xff);
		room[3] = (char)(bits >> 24);
	}
	buf_claim(out, n * sizeof *numbers);
}

static void
add_nan(struct embed *run, struct buf *out)
{
	float row[256];

	for (size_t i = 0; i < countof(row); i++)
		row[i] = NAN;
	for (size_t left = run->width, n; left; left -= n) {
		n = left < countof(row) ? left : countof(row);
		embed_add_numbers(out, row, n);
	}
}

/* Rows that failed before anybody knew how wide they are. */
static int
write_waiting(struct embed *run, struct err *e)
{
	struct buf rows = { 0 };
	int got = 0;

	while (!got && run->nwaiting) {
		buf_clear(&rows);
		while (run->nwaiting && rows.len < ROOM_MAX) {
			add_nan(run, &rows);
			run->nwaiting--;
			run->nrows++;
		}
		got = output_text(run->out, buf_str(&rows), e);
	}
	buf_done(&rows);
	return got;
}

/* Rows are as wide as the first one, whoever made it, and whenever. */
static int
check_row(struct embed *run, const struct fanout_job *job, struct err *e)
{
	size_t native = run->native, width = run->width;

	if ((job->mark && embed_check_width(&native, job->mark, e)) ||
	    embed_check_width(&width, job->line.len / sizeof(float), e))
		return -1;
	run->native = native;
	run->width = width;
	return 0;
}

int
embed_print_row(struct fanout *f, struct fanout_job *job, struct err *e)
{
	struct embed *run = f->owner;
	struct err why = ERR_NONE;

	if (!job->failed && check_row(run, job, &why)) {
		embed_forget(run, &job->record);
		embed_write_failed(run, job, &why);
		job->failed = true;
	}
	if (!run->width) {
		run->nwaiting++;
		return 0;
	}
	if (write_waiting(run, e))
		return -1;
	if (job->failed) {
		buf_clear(&job->line);
		add_nan(run, &job->line);
	}
	run->nrows++;
	return 0;
}

/* --- .npy --- */

static void
add_head(const struct embed *run, struct buf *out)
{
	static const unsigned char magic[] = { 0x93, 'N', 'U', 'M', 'P', 'Y', 1,
		0, HEAD_SIZE - 10, 0 };

	buf_add(out, (struct str){ (const char *)magic, sizeof magic });
	buf_add_format(out,
	    "{'descr': '<f4', 'fortran_order': False, 'shape': (%zu, %zu), }",
	    run->nrows + run->nwaiting, run->width);
	while (out->len < HEAD_SIZE - 1)
		buf_add_char(out, ' ');
	buf_add_char(out, '\n');
}

static int
write_head(struct embed *run,
    int (*write)(struct output *, struct str, struct err *), struct err *e)
{
	struct buf head = { 0 };
	int got;

	if (run->form != EMBED_NPY)
		return 0;
	add_head(run, &head);
	got = write(run->out, buf_str(&head), e);
	buf_done(&head);
	return got;
}

int
embed_begin_rows(struct embed *run, struct err *e)
{
	if (write_head(run, output_text, e))
		return -1;
	return write_head(run, output_head, e);
}

int
embed_end_rows(struct embed *run, struct err *e)
{
	if (run->width && write_waiting(run, e))
		return -1;
	return write_head(run, output_head, e);
}
