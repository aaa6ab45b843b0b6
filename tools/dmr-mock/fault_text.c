/*
 * fault_text - what a model said, made wrong.
 *
 * A reply is JSON, or lines of a stream that hold JSON behind "data: ".  What
 * is not replaced stays as it was, byte for byte.
 */
#include "json.h"
#include "fault.h"
#include "span.h"

/* Find the value to be replaced in a JSON text; {NULL, 0}: there is none. */
typedef struct str find_value(struct str json);

static struct str
choice(struct str json)
{
	struct str first = { 0 };
	size_t at = 0;

	if (span_next(span_member(json, "choices"), &at, &first) != 1)
		first = (struct str){ 0 };
	return first;
}

static struct str
find_said(struct str json)
{
	static const char *const parts[] = { "message", "delta" };
	struct str it = choice(json), said = span_member(it, "text");

	for (size_t i = 0; i < countof(parts) && !said.data; i++)
		said = span_member(span_member(it, parts[i]), "content");
	if (span_kind(said) != SPAN_STRING || said.len <= 2)
		said = (struct str){ 0 };
	return said;
}

static struct str
find_finish(struct str json)
{
	struct str why = span_member(choice(json), "finish_reason");

	return span_kind(why) == SPAN_STRING ? why : (struct str){ 0 };
}

/* The next line of a body with its end, or all of a body that is JSON; *json
 * is what it holds. */
static bool
next_piece(struct str *rest, struct str *piece, struct str *json)
{
	static const char mark[] = "data:";
	size_t length = str_find(*rest, STR("\n"));

	if (!rest->len)
		return false;
	*piece = *rest;
	if (!str_starts(*rest, "{") && length < rest->len)
		piece->len = length + 1;
	*json = str_starts(*piece, mark) ? str_skip(*piece, strlen(mark))
					 : *piece;
	*rest = str_skip(*rest, piece->len);
	return true;
}

static void
take_body(struct mock_reply *r, struct buf *body)
{
	buf_done(&r->body);
	r->body = *body;
}

/* Replace the first value that is found by `by`, later ones by `more`. */
static void
replace(struct mock_reply *r, find_value *find, struct str by, struct str more)
{
	struct str rest = buf_str(&r->body), piece, json, value;
	struct buf out = { 0 };

	while (next_piece(&rest, &piece, &json)) {
		value = find(json);
		if (value.data) {
			size_t before = (size_t)(value.data - piece.data);

			buf_add(&out, (struct str){ piece.data, before });
			buf_add(&out, by);
			piece = str_skip(piece, before + value.len);
			by = more;
		}
		buf_add(&out, piece);
	}
	take_body(r, &out);
}

void
mock_fault_say(struct mock_reply *r, const char *text)
{
	struct buf by = { 0 };
	struct json j = { .out = &by };

	json_string(&j, str_of(text));
	replace(r, find_said, buf_str(&by), STR("\"\""));
	buf_done(&by);
}

void
mock_fault_finish(struct mock_reply *r, const char *json)
{
	replace(r, find_finish, str_of(json), str_of(json));
}

void
mock_fault_drop_lines(struct mock_reply *r, const char *end)
{
	struct str rest = buf_str(&r->body), piece, json;
	struct buf out = { 0 };

	while (next_piece(&rest, &piece, &json))
		if (json.data == piece.data || !str_ends(str_trim(json), end))
			buf_add(&out, piece);
	take_body(r, &out);
}

void
mock_fault_end_stream(struct mock_reply *r, const char *text)
{
	struct str rest = buf_str(&r->body), piece, json;
	struct buf out = { 0 };

	while (next_piece(&rest, &piece, &json)) {
		buf_add(&out, piece);
		if (json.data != piece.data && find_said(json).data) {
			buf_add_char(&out, '\n');
			buf_add_text(&out, text);
			break;
		}
	}
	take_body(r, &out);
}

/* ---- embeddings */

/* An array with its first number NaN, or without its last. */
static void
add_numbers(struct buf *out, struct str vector, bool is_nan, bool is_short)
{
	struct str number;
	size_t at = 0, n = 0, last = out->len + 1;

	buf_add_char(out, '[');
	for (; span_next(vector, &at, &number) == 1; n++) {
		last = out->len;
		if (n)
			buf_add_char(out, ',');
		buf_add(out, is_nan && !n ? STR("NaN") : number);
	}
	if (is_short)
		out->len = last;
	buf_add_char(out, ']');
}

/* The same for base64: a NaN is 0x7fc00000, little endian; the last 8 digits
 * are one and a half numbers. */
static void
add_packed(struct buf *out, struct str vector, bool is_nan, bool is_short)
{
	static const char nan[] = "\"AADAfw";

	if (vector.len < 2 * sizeof nan) {
		buf_add(out, vector);
	} else if (is_nan) {
		buf_add_text(out, nan);
		buf_add(out, str_skip(vector, strlen(nan)));
	} else {
		vector.len -= is_short ? 9 : 0;
		buf_add(out, vector);
		buf_add_text(out, is_short ? "\"" : "");
	}
}

static void
add_element(struct buf *out, struct str element, bool is_nan, bool is_short)
{
	struct str vector = span_member(element, "embedding");
	struct str before = element;

	if (vector.data)
		before.len = (size_t)(vector.data - element.data);
	buf_add(out, before);
	if (span_kind(vector) == SPAN_ARRAY)
		add_numbers(out, vector, is_nan, is_short);
	else
		add_packed(out, vector, is_nan, is_short);
	buf_add(out, str_skip(element, before.len + vector.len));
}

void
mock_fault_vectors(struct mock_reply *r, const char *what)
{
	struct str body = buf_str(&r->body), data = span_member(body, "data");
	struct str element, last = { 0 };
	struct buf out = { 0 };
	size_t at = 0, total = 0, kept;
	bool turns = !strcmp(what, "order");

	if (span_kind(data) != SPAN_ARRAY)
		return;
	for (; span_next(data, &at, &element) == 1; total++)
		last = element;
	turns &= total > 1;
	kept = total - (turns || (total && !strcmp(what, "count")));
	buf_add(
	    &out, (struct str){ body.data, (size_t)(data.data - body.data) });
	buf_add_char(&out, '[');
	if (turns)
		buf_add(&out, last);
	at = 0;
	for (size_t n = 0; n < kept; n++) {
		(void)span_next(data, &at, &element);
		if (n || turns)
			buf_add_char(&out, ',');
		add_element(&out, element, !n && !strcmp(what, "nan"),
		    n + 1 == total && !strcmp(what, "size"));
	}
	buf_add_char(&out, ']');
	buf_add(
	    &out, str_skip(body, (size_t)(data.data + data.len - body.data)));
	take_body(r, &out);
}
