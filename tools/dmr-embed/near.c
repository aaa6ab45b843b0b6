/* dmr-embed --near: the text's vector, the scan, and what is printed. */
#include "near.h"

#include <math.h>

#include "batch.h"
#include "die.h"
#include "float32.h"
#include "mem.h"
#include "tool_pull.h"
#include "vector.h"

/* --- the text --- */

/* Ask for its vector, once more if the model must be pulled, or another way. */
static int
ask(struct embed *run, struct embed_batch *b, struct err *e)
{
	struct api_call call = { 0 };
	bool again;
	int got;

	if (embed_write_body(b, e))
		return -1;
	embed_fill_call(b, &call);
	got = tool_call(run->api, &call, run->out, e);
	if (!got)
		got = embed_check_answer(run, &b->answer, true, e);
	embed_log(b, &call, e);
	again = got && embed_refuses_base64(b, &call);
	run->plain = run->plain || again;
	api_call_done(&call);
	if (got && e->status == ST_NO_MODEL && run->set->pull_missing &&
	    !run->round++) {
		e->status = ST_OK;
		again = !tool_pull(run->api, run->model, run->out, e);
	}
	if (!again)
		return got;
	e->status = ST_OK;
	return ask(run, b, e);
}

/* Its vector, run->width wide, in run->stored. */
static int
embed_one(struct embed *run, const struct record *r, struct err *e)
{
	struct fanout_job job = { .record = *r };
	struct embed_batch *b = &run->batches[0];
	int got;

	if (!embed_add_text(run, r, 0, &run->json, e) ||
	    embed_find_model(run, e))
		return -1;
	got = embed_recall(run, buf_str(&run->json), e);
	if (got)
		return got < 0 ? -1 : 0;
	b->run = run;
	b->job = &job;
	b->left = b->size = 1;
	if (ask(run, b, e))
		return -1;
	embed_store(run, r, b->answer.vectors, b->answer.width, 0);
	api_embed_done(&run->stored);
	run->stored = b->answer;
	b->answer = (struct api_embed){ 0 };
	return 0;
}

static int
make_query(struct embed *run, struct err *e)
{
	struct buf text = { 0 }, json = { 0 };
	struct json j = { .out = &json };
	struct record_format format = run->format;
	const char *field = run->want->field;
	struct record r = { 0 };
	int got = tool_text(run->want->near, "--near", &text, e);

	if (!got) {
		format.lines = false;
		json_open(&j, '{');
		json_name(&j, field ? field : "input");
		json_string(&j, buf_str(&text));
		json_close(&j, '}');
		record_parse(&r, &format, buf_str(&json), 1);
		got = embed_one(run, &r, e);
	}
	run->width = embed_width(run, run->stored.width);
	if (!got && !run->want->no_normalize &&
	    !vector_unit(run->stored.vectors, run->width))
		got = err_set(e, ST_UNUSABLE, "the text's vector is all zeros");
	record_done(&r);
	buf_done(&text);
	buf_done(&json);
	return got;
}

/* --- the scan --- */

/* What came of a scan. */
/* A record as large as they are read, and its vector. */
enum { LINE_MAX_SIZE = 2 * RECORD_MAX };

struct scan {
	struct near_top top;
	struct buf line;         /* room for one */
	size_t nvectors, nlarge; /* records that have one; too large a score */
};

static void
scan_rows(const struct near_index *index, const float *query, struct scan *s)
{
	const float *row = (const float *)(const void *)index->rows.data;
	bool is_native = float32_is_native();
	float *room = mem_new(index->width, sizeof *room);

	for (size_t i = 0; i < index->n; i++, row += index->width) {
		struct near_hit hit = { .at = i };

		if (!is_native) {
			memcpy(room, row, index->width * sizeof *room);
			float32_from_bytes(room, index->width);
		}
		hit.score = vector_dot(
		    query, is_native ? row : room, index->width);
		if (!isfinite(hit.score))
			s->nlarge += float32_are_finite(
			    is_native ? row : room, index->width);
		else if (hit.score > s->top.least)
			near_top_add(&s->top, &hit);
	}
	free(room);
}

/*
 * One record of JSON Lines; those without a vector are passed over.  It is
 * copied, since what is mapped may change while it is measured and read.
 */
static int
scan_line(struct embed *run, struct near_hit *hit, float *room, struct scan *s,
    struct err *e)
{
	const char *const names[] = { run->format.member };
	struct str value;
	size_t n;

	buf_clear(&s->line);
	if (buf_add(&s->line, hit->line))
		return err_set(e, ST_INPUT, "the record is larger than %d MiB",
		    LINE_MAX_SIZE >> 20);
	if (str_is_blank(buf_str(&s->line)))
		return 0;
	if (span_members(buf_str(&s->line), names, 1, &value))
		return err_set(e, ST_INPUT, "no JSON object");
	if (span_kind(value) <= SPAN_NULL)
		return 0;
	s->nvectors++;
	n = vector_count(value);
	if (n != run->width)
		return err_set(e, ST_INPUT,
		    "'%s' has %zu dimensions, the text's vector %zu", names[0],
		    n, run->width);
	if (vector_read(value, room, n))
		return err_set(e, ST_INPUT, "'%s' is no vector", names[0]);
	hit->score = vector_dot(run->stored.vectors, room, n);
	if (isfinite(hit->score))
		near_top_add(&s->top, hit);
	else
		s->nlarge++;
	return 0;
}

static int
scan_lines(struct embed *run, const struct near_index *index, struct scan *s,
    struct err *e)
{
	struct str rest = str_skip_bom(index->file.bytes);
	float *room = mem_new(run->width, sizeof *room);
	struct near_hit hit = { 0 };
	int got = 0;

	for (; !got && rest.len; hit.at++) {
		hit.line = str_cut(&rest, run->format.end);
		got = scan_line(run, &hit, room, s, e);
	}
	free(room);
	return got ? err_prefix(e, "%s:%zu", index->file.path, hit.at) : 0;
}

/* What was passed over, and should not be without a word. */
static void
warn_of_lost(
    const struct embed *run, const struct near_index *index, struct scan *s)
{
	if (s->nlarge)
		warn("%zu vectors of '%s' are passed over: their products are "
		     "too large",
		    s->nlarge, index->file.path);
	if (index->has_lines && index->file.bytes.len && !s->nvectors)
		warn("no record of '%s' has a member '%s'; try: --as NAME",
		    index->file.path, run->format.member);
}

static int
scan(struct embed *run, struct near_index *index, struct scan *s, struct err *e)
{
	struct err late = ERR_NONE;
	int got = 0;

	if (index->has_lines)
		got = scan_lines(run, index, s, e);
	else
		scan_rows(index, run->stored.vectors, s);
	near_index_name(index, &s->top);
	if (near_index_check_whole(index, &late)) {
		*e = late;
		return -1;
	}
	if (!got)
		warn_of_lost(run, index, s);
	return got;
}

/* --- what is printed --- */

/* On one line. */
static void
add_plain(struct buf *out, struct str text)
{
	size_t from = out->len;

	buf_add(out, str_trim(text));
	for (size_t i = from; i < out->len; i++)
		if ((unsigned char)out->data[i] < 0x20)
			out->data[i] = ' ';
}

/* A record's "id", else its text; a row's name; else its number. */
static void
add_name(struct embed *run, const struct near_hit *hit, struct buf *out)
{
	struct record r = { .text = hit->line };
	struct str id = span_member(hit->line, "id");
	struct buf text = { 0 };

	if (!hit->line.data)
		buf_add(&text, str_trim(hit->name));
	else if (!record_text(id, &text))
		record_text(embed_find_text(run, &r), &text);
	if (text.len)
		add_plain(out, buf_str(&text));
	else
		buf_add_format(out, "%zu", hit->at + 1);
	buf_done(&text);
}

static void
add_score(struct json *j, float score)
{
	char text[FLOAT32_TEXT_MAX];

	json_name(j, "score");
	json_raw(j, (struct str){ text, float32_write(text, score) });
}

/* The record without its vector, or the row; and the score before it. */
static void
add_object(const struct embed *run, const struct near_hit *hit, struct buf *out)
{
	size_t from = out->len, at = 0;
	struct json j = { .out = out };
	struct buf room = { 0 };
	struct str name, value;

	json_open(&j, '{');
	add_score(&j, hit->score);
	if (!hit->line.data) {
		json_name(&j, "row");
		json_integer(&j, (int64_t)hit->at + 1);
		json_member(&j, "id", str_trim(hit->name));
	}
	while (span_next_member(hit->line, &at, &name, &value) == 1) {
		buf_clear(&room);
		span_text(name, NULL, &room);
		if (str_is(buf_str(&room), run->format.member) ||
		    str_is(buf_str(&room), "score"))
			continue;
		json_raw(&j, name);
		buf_add_char(out, ':');
		buf_add(out, value);
	}
	json_close(&j, '}');
	json_end_line(&j, from);
	buf_done(&room);
}

/* A line that is lost meanwhile is not printed. */
static int
print(struct embed *run, const struct near_index *index,
    const struct near_top *top, struct err *e)
{
	struct buf line = { 0 };
	int got = 0;

	for (size_t i = 0; !got && i < top->n; i++) {
		buf_clear(&line);
		if (run->want->json) {
			add_object(run, &top->hits[i], &line);
		} else {
			buf_add_format(
			    &line, "%.6f\t", (double)top->hits[i].score);
			add_name(run, &top->hits[i], &line);
			buf_repair(&line, 0, true);
			buf_add_char(&line, '\n');
		}
		line.data[line.len - 1] = run->format.end;
		got = near_index_check_whole(index, e);
		if (!got)
			got = output_text(run->out, buf_str(&line), e);
	}
	buf_done(&line);
	return got;
}

/* --- all of it --- */

static int
search(struct embed *run, struct near_index *index, struct err *e)
{
	struct scan s = { .line.max = LINE_MAX_SIZE };
	int got;

	if (make_query(run, e) || near_index_check(index, run->width, e))
		return -1;
	near_top_init(&s.top, (size_t)run->want->top, run->want->min);
	got = scan(run, index, &s, e);
	if (!got)
		got = print(run, index, &s.top, e);
	near_top_done(&s.top);
	buf_done(&s.line);
	return got;
}

int
near_run(struct embed *run, struct err *e)
{
	struct near_index index;
	struct err late = ERR_NONE;
	int got = near_index_open(&index, run->set->opts.operands[0], e);

	embed_open(run);
	if (!got)
		got = search(run, &index, e);
	if (output_close(run->out, !got, &late) && !got)
		*e = late;
	near_index_close(&index);
	embed_close(run);
	return e->status ? -1 : 0;
}
