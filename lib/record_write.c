/* record_write - the line that goes out. */
#include "record_write.h"

#include "die.h"

/* --- a member more --- */

/* What stands before the last brace. */
static struct str
head(const struct record *r)
{
	struct str text = str_trim(r->text);

	return (struct str){ r->text.data,
		(size_t)(text.data - r->text.data) + text.len - 1 };
}

static void
open_record(struct json *j, const struct record *r)
{
	if (r->kind == RECORD_BAD) {
		json_open(j, '{');
	} else {
		buf_add(j->out, head(r));
		j->comma = !record_is_empty(r);
	}
}

static void
close_record(struct json *j, const struct record *r)
{
	if (r->kind == RECORD_BAD)
		json_close(j, '}');
	else
		buf_add(j->out, str_skip(r->text, head(r).len));
}

/* --- a line of OpenAI's batch output --- */

/* The line's number: two runs with the same answers write the same. */
static void
add_id(struct json *j, const struct record *r, const char *name)
{
	char id[40];

	snprintf(id, sizeof id, "batch_req_%zu", r->line);
	json_member(j, name, str_of(id));
}

static void
open_batch(struct json *j, const struct record *r)
{
	json_open(j, '{');
	add_id(j, r, "id");
	json_name(j, "custom_id");
	json_raw(j, r->custom_id);
	json_name(j, "response");
}

static void
add_null(struct json *j)
{
	json_raw(j, STR("null"));
}

/* --- both --- */

void
record_begin(struct record_writer *w, struct buf *out,
    const struct record_format *f, const struct record *r)
{
	struct json *j = &w->json;

	*w = (struct record_writer){
		.json.out = out, .record = r, .end = f->end
	};
	if (r->kind == RECORD_BATCH) {
		open_batch(j, r);
		json_open(j, '{');
		json_name(j, "status_code");
		json_integer(j, 200);
		add_id(j, r, "request_id");
		json_name(j, "body");
	} else {
		open_record(j, r);
		json_name(j, f->member);
	}
	w->from = out->len;
}

void
record_end(struct record_writer *w)
{
	struct buf *out = w->json.out;

	/* In strings line ends are escaped: RFC 8259, section 7. */
	for (size_t i = w->from; i < out->len; i++)
		if (out->data[i] == '\n' || out->data[i] == '\r')
			out->data[i] = ' ';
	if (w->record->kind == RECORD_BATCH) {
		json_close(&w->json, '}');
		json_name(&w->json, "error");
		add_null(&w->json);
		json_close(&w->json, '}');
	} else {
		close_record(&w->json, w->record);
	}
	buf_add_char(out, w->end);
}

static void
add_message(struct json *j, const char *text)
{
	struct buf message = { 0 };

	buf_add_text(&message, text);
	die_mask(message.data, message.len);
	buf_repair(&message, 0, true);
	json_name(j, "message");
	json_string(j, buf_str(&message));
	buf_done(&message);
}

static void
add_error(struct json *j, const struct record *r, const struct err *e,
    struct str text)
{
	bool bad = r->kind == RECORD_BAD;

	json_open(j, '{');
	json_member(
	    j, "code", str_of(bad ? "bad_record" : err_code(e->status)));
	if (bad) {
		json_name(j, "line");
		json_integer(j, (int64_t)r->line);
	}
	json_name(j, "exit");
	json_integer(j, e->status);
	add_message(j, e->text);
	json_name(j, "retryable");
	json_bool(j, e->retryable);
	json_member(j, "text", text);
	json_close(j, '}');
}

static void
write_error(struct buf *out, const struct record_format *f,
    const struct record *r, const struct err *e, struct str text)
{
	struct json j = { .out = out };

	if (r->kind == RECORD_BATCH) {
		open_batch(&j, r);
		add_null(&j);
		json_name(&j, "error");
		add_error(&j, r, e, text);
		json_close(&j, '}');
	} else {
		open_record(&j, r);
		json_name(&j, f->member_error);
		add_error(&j, r, e, text);
		close_record(&j, r);
	}
	buf_add_char(out, f->end);
}

void
record_write_error(struct buf *out, const struct record_format *f,
    const struct record *r, const struct err *e, struct str text)
{
	size_t from = out->len;

	write_error(out, f, r, e, text);
	if (!out->full || !text.len)
		return;
	out->len = from;
	out->full = false;
	write_error(out, f, r, e, STR(""));
}

/* --- nothing more --- */

void
record_write_same(
    struct buf *out, const struct record_format *f, const struct record *r)
{
	buf_add(out, r->text);
	buf_add_char(out, f->end);
}

bool
record_write_raw(
    struct buf *out, const struct record_format *f, struct str text)
{
	if (f->end == '\n')
		text = str_chomp(text);
	buf_add(out, text);
	buf_add_char(out, f->end);
	return !text.len || !memchr(text.data, f->end, text.len);
}
