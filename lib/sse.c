/* sse - Server-Sent Events: bytes in, events out. */
#include "sse.h"

static int
dispatch(struct sse *s, enum sse_kind kind, struct str data, struct err *e)
{
	return s->on_event(s->owner, &(struct sse_event){ kind, data }, e);
}

static int
too_large(struct err *e)
{
	return err_set(e, ST_SERVER,
	    "the server sent an event larger than %d MiB", SSE_EVENT_MAX >> 20);
}

static int
add_data(struct sse *s, struct str value, struct err *e)
{
	if (s->has_data)
		buf_add_char(&s->data, '\n');
	s->has_data = true;
	buf_add(&s->data, value);
	return s->data.full ? too_large(e) : 0;
}

static int
end_event(struct sse *s, struct err *e)
{
	int got = 0;

	if (s->has_data && s->data.len)
		got = dispatch(s, s->is_error ? SSE_ERROR : SSE_DATA,
		    buf_str(&s->data), e);
	s->has_data = s->is_error = false;
	buf_clear(&s->data);
	return got;
}

bool
sse_is_field(struct str text)
{
	static const char *const starts[] = { ":",
		"data:", "event:", "id:", "retry:", "error:" };

	for (size_t i = 0; i < countof(starts); i++) {
		size_t n = strlen(starts[i]);

		if (!memcmp(text.data, starts[i], text.len < n ? text.len : n))
			return true;
	}
	return false;
}

/* One line without its end. */
static int
take_line(struct sse *s, struct str line, struct err *e)
{
	struct str value = line;
	struct str field;

	if (!line.len)
		return end_event(s, e);
	if (line.data[0] == '{')
		return dispatch(s, SSE_BARE, line, e);
	s->is_stream |= sse_is_field(line);
	field = str_cut(&value, ':');
	if (str_starts(value, " "))
		value = str_skip(value, 1);
	if (str_is(field, "data"))
		return add_data(s, value, e);
	if (str_is(field, "event"))
		s->is_error = str_is(value, "error");
	if (str_is(field, "error") && str_starts(str_trim(value), "{"))
		return dispatch(s, SSE_ERROR, value, e);
	return 0;
}

/* Bytes before the next CR or LF; all of them if there is none. */
static size_t
line_length(struct str text)
{
	const char *lf = memchr(text.data, '\n', text.len);
	size_t n = lf ? (size_t)(lf - text.data) : text.len;
	const char *cr = n ? memchr(text.data, '\r', n) : NULL;

	return cr ? (size_t)(cr - text.data) : n;
}

/* Drop the BOM, which may come byte by byte. */
static struct str
skip_bom(struct sse *s, struct str piece)
{
	static const char bom[] = "\xef\xbb\xbf";

	while (!s->started && piece.len) {
		if (s->bom < 3 && piece.data[0] == bom[s->bom]) {
			s->bom++;
			piece = str_skip(piece, 1);
		} else {
			s->started = true;
			if (s->bom < 3)
				buf_add(&s->line, (struct str){ bom, s->bom });
		}
	}
	return piece;
}

/* A whole line, the start of which may wait in s->line. */
static int
join_line(struct sse *s, struct str tail, struct err *e)
{
	int got;

	if (s->line.len + tail.len > SSE_EVENT_MAX)
		return too_large(e);
	if (!s->line.len)
		return take_line(s, tail, e);
	buf_add(&s->line, tail);
	got = take_line(s, buf_str(&s->line), e);
	buf_clear(&s->line);
	return got;
}

int
sse_feed(struct sse *s, struct str piece, struct err *e)
{
	s->line.max = s->data.max = SSE_EVENT_MAX;
	piece = skip_bom(s, piece);
	while (piece.len) {
		size_t n;

		if (s->cr && piece.data[0] == '\n')
			piece = str_skip(piece, 1);
		s->cr = false;
		if (!piece.len)
			break;
		n = line_length(piece);
		if (n == piece.len) {
			buf_add(&s->line, piece);
			return s->line.full ? too_large(e) : 0;
		}
		s->cr = piece.data[n] == '\r';
		if (join_line(s, (struct str){ piece.data, n }, e))
			return -1;
		piece = str_skip(piece, n + 1);
	}
	return 0;
}

void
sse_skip_bom(struct sse *s)
{
	s->started = true;
}

struct str
sse_rest(const struct sse *s)
{
	return buf_str(&s->line);
}

void
sse_done(struct sse *s)
{
	buf_done(&s->line);
	buf_done(&s->data);
}
