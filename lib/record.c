/* record - what a record is, and what stands in it. */
#include "record.h"

#include "mem.h"
#include "utf8.h"

void
record_format_init(
    struct record_format *f, const char *member, bool lines, char end)
{
	*f = (struct record_format){ .lines = lines,
		.end = end,
		.member = mem_copy(str_of(member)),
		.member_error = mem_format("%s_error", member),
		.question = "messages",
		.question_kind = SPAN_ARRAY };
}

void
record_format_done(struct record_format *f)
{
	free(f->member);
	free(f->member_error);
	*f = (struct record_format){ 0 };
}

void
record_done(struct record *r)
{
	buf_done(&r->bytes);
	*r = (struct record){ 0 };
}

/* --- parse --- */

static const char not_json[] = "not JSON, or too deep";

static void
spoil(struct record *r, const char *why, size_t at)
{
	r->kind = RECORD_BAD;
	r->why = why;
	r->at = at;
	r->text = r->value = r->body = (struct str){ 0 };
}

/* Are these of a line that OpenAI's batches, or we, have answered? */
static bool
is_output(struct str id, struct str response)
{
	return span_kind(id) == SPAN_STRING &&
	    span_kind(response) == SPAN_OBJECT &&
	    span_member(response, "status_code").len;
}

/* Note what stands in the object; returns the NAME_error. */
static struct str
look(struct record *r, const struct record_format *f)
{
	enum { VALUE, ERROR, QUESTION, ID, METHOD, URL, BODY, REPLY, NAMES };
	const char *const names[NAMES] = { f->member, f->member_error,
		f->question, "custom_id", "method", "url", "body", "response" };
	struct str v[NAMES];

	r->text = buf_str(&r->bytes);
	if (span_members(r->text, names, NAMES, v)) {
		spoil(r, not_json, span_stop(r->text) + 1);
		return (struct str){ 0 };
	}
	r->kind = RECORD_VALUES;
	r->value = v[VALUE];
	r->custom_id = v[ID];
	r->method = v[METHOD];
	r->url = v[URL];
	if (span_kind(v[ID]) == SPAN_STRING &&
	    span_kind(v[URL]) == SPAN_STRING &&
	    span_kind(v[BODY]) == SPAN_OBJECT) {
		r->kind = RECORD_BATCH;
		r->value = (struct str){ 0 }; /* its output is another object */
		r->body = v[BODY];
	} else if (span_kind(v[QUESTION]) == f->question_kind) {
		r->kind = RECORD_REQUEST;
		r->body = r->text;
	} else if (is_output(v[ID], v[REPLY])) {
		r->value = v[REPLY];
	}
	return v[ERROR];
}

/* Does a raw string say this? */
static bool
says(struct str raw, const char *what)
{
	struct buf text = { 0 };
	bool is = !span_text(raw, NULL, &text) && str_is(buf_str(&text), what);

	buf_done(&text);
	return is;
}

static size_t
skip_blank(struct str text, size_t at)
{
	while (at < text.len && str_is_blank((struct str){ text.data + at, 1 }))
		at++;
	return at;
}

/*
 * Copy an object without the members of a name: with the comma before them,
 * or behind them where none is left before.
 */
static void
copy_without(struct str text, const char *gone, struct buf *out)
{
	size_t copied = 0, last = 0, at = 0;
	bool has_left = false;
	struct str name, value;

	while (span_next_member(text, &at, &name, &value) == 1) {
		size_t from = (size_t)(name.data - text.data);
		size_t next = skip_blank(text, at);

		if (!says(name, gone)) {
			has_left = true;
		} else {
			if (has_left)
				from = skip_blank(text, last);
			buf_add(out,
			    (struct str){ text.data + copied, from - copied });
			copied = at;
			if (!has_left && text.data[next] == ',')
				copied = skip_blank(text, next + 1);
		}
		last = at;
	}
	buf_add(out, str_skip(text, copied));
}

/*
 * Take out the NAME_error of an earlier run.  Where nothing else is left of a
 * bad record it stays one: there is nothing that could be asked.
 */
static void
take_out(struct record *r, const struct record_format *f, struct str error)
{
	bool was_bad = str_is(span_member(error, "code"), "\"bad_record\"");
	struct buf bytes = { 0 };

	copy_without(r->text, f->member_error, &bytes);
	buf_done(&r->bytes);
	r->bytes = bytes;
	look(r, f);
	if (was_bad && record_is_empty(r))
		spoil(r, "was bad in an earlier run, which kept nothing", 0);
}

/* {"input":TEXT}; raw: it is JSON already. */
static void
add_input(struct buf *bytes, struct str text, bool raw)
{
	struct json j = { .out = bytes };

	json_open(&j, '{');
	json_name(&j, "input");
	(raw ? json_raw : json_string)(&j, text);
	json_close(&j, '}');
}

/* Put the object that a JSON text is, or becomes, into bytes; or spoil it. */
static bool
take_json(struct record *r, struct str text)
{
	struct str value = str_trim(text);
	enum span_kind kind = span_kind(value);

	if (kind == SPAN_OBJECT)
		buf_add(&r->bytes, text); /* look() will walk over it */
	else if (kind == SPAN_NONE)
		spoil(r, "blank", 0);
	else if (!span_valid(value))
		spoil(r, not_json, span_stop(text) + 1);
	else if (kind == SPAN_STRING)
		add_input(&r->bytes, value, true);
	else
		spoil(r, "neither an object nor a string", 0);
	return !r->why;
}

/* The same for a line, which is a text whatever it says. */
static bool
take_line(struct record *r, const struct record_format *f, struct str text)
{
	if (f->end == '\n' && str_ends(text, "\r"))
		text.len--;
	add_input(&r->bytes, text, false);
	return true;
}

/* Begin anew, with the memory of the last record if it is not much. */
static void
start(struct record *r, size_t line)
{
	buf_reset(&r->bytes);
	*r = (struct record){ .line = line, .bytes = r->bytes };
}

void
record_parse(struct record *r, const struct record_format *f, struct str text,
    size_t line)
{
	struct str error = { 0 };
	size_t valid;

	start(r, line);
	if (text.len > RECORD_MAX) {
		spoil(r, "larger than 10 MiB", 0);
		return;
	}
	valid = utf8_valid(text);
	if (valid != text.len) {
		spoil(r, "not UTF-8", valid + 1);
		return;
	}
	if (f->lines ? take_line(r, f, text) : take_json(r, text))
		error = look(r, f);
	if (error.data && !r->value.data && r->kind != RECORD_BATCH)
		take_out(r, f, error);
}

/* --- ask --- */

bool
record_is_empty(const struct record *r)
{
	struct str text = str_trim(r->text);

	return skip_blank(text, 1) + 1 >= text.len;
}

void
record_blame(const struct record *r, struct err *e)
{
	err_set(e, ST_INPUT, "line %zu: %s", r->line, r->why);
	if (r->at)
		err_add(e, ", at byte %zu", r->at);
}

bool
record_text(struct str value, struct buf *out)
{
	size_t from = out->len;

	if (span_kind(value) == SPAN_NONE || span_kind(value) == SPAN_NULL)
		return false;
	if (span_kind(value) == SPAN_STRING)
		span_text(value, NULL, out);
	else
		buf_add(out, value);
	buf_repair(out, from, true);
	return true;
}

bool
record_is_for(const struct record *r, const char *url)
{
	return (!r->method.data || says(r->method, "POST")) &&
	    says(r->url, url);
}
