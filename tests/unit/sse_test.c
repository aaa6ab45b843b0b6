/* sse_test - event streams, and that it makes no odds how they are cut. */
#include "sse.h"
#include "tap.h"

enum { THREE_CUTS_MAX = 40 }; /* bytes of a vector that is cut thrice */

struct vector {
	const char *name;
	struct str in;
	struct str want; /* events as log_event() writes them */
};

#define VECTOR(name, in, want) \
	{ \
		name, STR_INIT(in), STR_INIT(want) \
	}
#define STR_INIT(literal) \
	{ \
		(literal), sizeof(literal) - 1 \
	}

static const struct vector vectors[] = {
	VECTOR("S1: lines end in LF", "data: a\n\ndata: b\n\n", "D(a)D(b)"),
	VECTOR("S1: lines end in CRLF", "data: a\r\n\r\ndata: b\r\n\r\n",
	    "D(a)D(b)"),
	VECTOR("S1: lines end in CR", "data: a\r\rdata: b\r\r", "D(a)D(b)"),
	VECTOR("S1: CRLF is one end, not two", "data: a\r\ndata: b\r\n\r\n",
	    "D(a\nb)"),
	VECTOR("S1: CR is one end", "data: a\rdata: b\r\r", "D(a\nb)"),
	VECTOR("S1: CRLF behind a blank line is one end",
	    "data: a\n\ndata: b\r\ndata: c\n\n", "D(a)D(b\nc)"),
	VECTOR("S1: ends of all kinds in one stream",
	    "data: a\r\n\ndata: b\n\rdata: c\r\r\n\n", "D(a)D(b)D(c)"),
	VECTOR("S1: LF CR is two ends", "data: a\n\rdata: b\n\n", "D(a)D(b)"),
	VECTOR("S1: CR CRLF is two ends", "data: a\r\r\ndata: b\r\r\n",
	    "D(a)D(b)"),
	VECTOR("S3: a BOM at the start is dropped",
	    "\xef\xbb\xbf"
	    "data: a\n\n",
	    "D(a)"),
	VECTOR("S3: a second BOM belongs to the field's name",
	    "\xef\xbb\xbf\xef\xbb\xbf"
	    "data: a\n\ndata: b\n\n",
	    "D(b)"),
	VECTOR("S3: a BOM further on is data",
	    "data: \xef\xbb\xbf"
	    "a\n\n",
	    "D(\xef\xbb\xbf"
	    "a)"),
	VECTOR("S3: half a BOM belongs to the field's name",
	    "\xef\xbb"
	    "data: a\n\ndata: b\n\n",
	    "D(b)"),
	VECTOR("S3: a BOM and nothing else is no event", "\xef\xbb\xbf", ""),
	VECTOR("S4: comments are dropped",
	    ":\n\n: ping\n\ndata: a\n:\n\n::data: b\n\n", "D(a)"),
	VECTOR("S4: a comment does not part the lines of one event",
	    "data: a\n: x\ndata: b\n\n", "D(a\nb)"),
	VECTOR("S5: lines of data are joined by LF",
	    "data: a\ndata: b\ndata: c\n\n", "D(a\nb\nc)"),
	VECTOR("S5: joined lines keep an empty one",
	    "data: a\ndata:\ndata\ndata: b\n\n", "D(a\n\n\nb)"),
	VECTOR("S5: two empty lines of data are one LF", "data\ndata\n\n",
	    "D(\n)"),
	VECTOR(
	    "S6: data without a colon is empty", "data\n\ndata: a\n\n", "D(a)"),
	VECTOR("S6: data with nothing behind it is empty",
	    "data:\n\ndata: \n\ndata: a\n\n", "D(a)"),
	VECTOR("S6: the space behind the colon may be missing", "data:a\n\n",
	    "D(a)"),
	VECTOR("S6: only one space is dropped", "data:  a \n\n", "D( a )"),
	VECTOR("S6: a tab behind the colon is data", "data:\ta\n\n", "D(\ta)"),
	VECTOR("S6: a second colon is data", "data:: a:b\n\n", "D(: a:b)"),
	VECTOR("S7: unknown fields are dropped",
	    "retry: abc\nid: 7\nevent: x\nfoo: b\nbar\ndata: a\n\n", "D(a)"),
	VECTOR("S7: a NUL in an id is nothing special",
	    "id: 1\0"
	    "2\ndata: a\n\n",
	    "D(a)"),
	VECTOR("S7: names have case", "Data: a\nDATA: b\ndata: c\n\n", "D(c)"),
	VECTOR("S7: names have no blanks around them",
	    " data: a\ndata : b\ndata: c\n\n", "D(c)"),
	VECTOR("S7: a name must be there as a whole",
	    "dat: a\ndatas: b\nda\ndata: c\n\n", "D(c)"),
	VECTOR("S8: a NUL in data stays",
	    "data: a\0"
	    "b\n\n",
	    "D(a\0"
	    "b)"),
	VECTOR("S8: a NUL in a name makes it another",
	    "da\0ta: a\n\ndata: b\n\n", "D(b)"),
	VECTOR("S9: no final blank line, no event", "data: a\n\ndata: b\n",
	    "D(a)"),
	VECTOR("S9: no final line end, no event", "data: a\n\ndata: b", "D(a)"),
	VECTOR("S9: a blank line at the very start is none",
	    "\n\r\n\rdata: a\n\n", "D(a)"),
	VECTOR("S13: a field 'error' with an object is an event at once",
	    "data: a\nerror: {\"x\":1}\ndata: b\n\n", "E({\"x\":1})D(a\nb)"),
	VECTOR("S13: the space behind 'error:' may be missing", "error:{}\n",
	    "E({})"),
	VECTOR("S13: a field 'error' with a text is dropped",
	    "error: text\nerror\ndata: a\n\n", "D(a)"),
	VECTOR("S14: a line that begins with a brace is an event at once",
	    "{\"error\":1}\ndata: a\n\n", "B({\"error\":1})D(a)"),
	VECTOR("S14: a brace counts only as the first byte",
	    " {\"a\":1}\nx{\ndata: a\n\n", "D(a)"),
	VECTOR("S14: a brace behind a BOM is the first byte",
	    "\xef\xbb\xbf{\"a\":1}\n", "B({\"a\":1})"),
	VECTOR("S36: a character of UTF-8 stays whole",
	    "data: \xc3\xa4\xe2\x82\xac\xf0\x9f\x98\x80\n\n",
	    "D(\xc3\xa4\xe2\x82\xac\xf0\x9f\x98\x80)"),
	VECTOR("bytes that are no UTF-8 pass", "data: \xff\xc3\n\n",
	    "D(\xff\xc3)"),
	VECTOR("an empty stream has no event", "", ""),
};

static int
log_event(void *owner, const struct sse_event *event, struct err *e)
{
	static const char kinds[] = {
		[SSE_DATA] = 'D', [SSE_ERROR] = 'E', [SSE_BARE] = 'B'
	};
	struct buf *log = owner;

	(void)e;
	buf_add_char(log, kinds[event->kind]);
	buf_add_char(log, '(');
	buf_add(log, event->data);
	return buf_add_char(log, ')');
}

/* Feed a piece out of memory of its own, so that none is read past its end. */
static int
feed(struct sse *s, struct str piece, struct err *e)
{
	char *copy = tap_copy(piece);
	int got;

	got = sse_feed(s, (struct str){ copy, piece.len }, e);
	free(copy);
	return got;
}

/* What the parser keeps for the bytes to come. */
static void
log_state(const struct sse *s, struct buf *log)
{
	buf_add_format(
	    log, " %d%d%d%zu [", s->has_data, s->cr, s->started, s->bom);
	buf_add(log, buf_str(&s->line));
	buf_add_char(log, '|');
	buf_add(log, buf_str(&s->data));
	buf_add_char(log, ']');
}

/*
 * Parse `in` in pieces that end at cuts[0..n) and at its end.  `log` gets the
 * events, and then the parser's state if `state`.
 */
static void
parse(struct str in, const size_t *cuts, size_t n, bool state, struct buf *log)
{
	struct sse s = { .on_event = log_event, .owner = log };
	struct err e = ERR_NONE;
	size_t from = 0;
	int got = 0;

	buf_clear(log);
	for (size_t i = 0; !got && i <= n; i++) {
		size_t to = i < n ? cuts[i] : in.len;

		got = feed(&s, (struct str){ in.data + from, to - from }, &e);
		from = to;
	}
	if (got)
		buf_add_format(log, "!%d", (int)e.status);
	if (state)
		log_state(&s, log);
	sse_done(&s);
}

static void
test_vectors(void)
{
	struct buf log = { 0 };

	for (size_t i = 0; i < countof(vectors); i++) {
		parse(vectors[i].in, NULL, 0, false, &log);
		tap_same(buf_str(&log), vectors[i].want, vectors[i].name);
	}
	buf_done(&log);
}

/* Is the vector parsed, cut at n places, as it is when whole? */
static void
check_cut(const struct vector *v, const size_t *cuts, size_t n,
    const struct buf *want)
{
	static struct buf log;

	parse(v->in, cuts, n, true, &log);
	if (!tap_case(str_equal(buf_str(&log), buf_str(want)),
		"%s: cut at %zu, %zu, %zu", v->name, n > 0 ? cuts[0] : 0,
		n > 1 ? cuts[1] : 0, n > 2 ? cuts[2] : 0)) {
		tap_show("got", buf_str(&log));
		tap_show("whole", buf_str(want));
	}
	buf_done(&log);
}

/* All pieces one byte long. */
static void
check_bytes(const struct vector *v, const struct buf *want)
{
	size_t cuts[200] = { 0 };

	for (size_t i = 0; i < v->in.len; i++)
		cuts[i] = i;
	check_cut(v, cuts, v->in.len, want);
}

static void
check_cuts(const struct vector *v)
{
	struct buf want = { 0 };
	size_t n = v->in.len;

	parse(v->in, NULL, 0, true, &want);
	check_bytes(v, &want);
	for (size_t a = 0; a <= n; a++) {
		check_cut(v, &a, 1, &want);
		for (size_t b = a; b <= n; b++) {
			check_cut(v, (size_t[]){ a, b }, 2, &want);
			for (size_t c = b; n <= THREE_CUTS_MAX && c <= n; c++)
				check_cut(v, (size_t[]){ a, b, c }, 3, &want);
		}
	}
	buf_done(&want);
}

static void
test_cuts(void)
{
	for (size_t i = 0; i < countof(vectors); i++)
		check_cuts(&vectors[i]);
	tap_all("S2: cut at one, two, three and all places: the same events");
}

/* --- the ceiling --- */

struct count {
	size_t events, bytes;
};

static int
count_event(void *owner, const struct sse_event *event, struct err *e)
{
	struct count *count = owner;

	(void)e;
	count->events++;
	count->bytes += event->data.len;
	return 0;
}

/*
 * Parse head, `n` times 'x', tail, in pieces of `step` bytes.  Returns the
 * status; *count is what came.
 */
static int
parse_large(const char *head, size_t n, const char *tail, size_t step,
    struct count *count)
{
	struct sse s = { .on_event = count_event, .owner = count };
	struct buf in = { .max = SIZE_MAX / 2 };
	struct err e = ERR_NONE;
	struct str rest;
	char *room;
	int got = 0;

	*count = (struct count){ 0 };
	buf_add_text(&in, head);
	room = buf_room(&in, n);
	memset(room, 'x', n);
	buf_claim(&in, n);
	buf_add_text(&in, tail);
	for (rest = buf_str(&in); !got && rest.len;) {
		size_t len = rest.len < step ? rest.len : step;

		got = sse_feed(&s, (struct str){ rest.data, len }, &e);
		rest = str_skip(rest, len);
	}
	sse_done(&s);
	buf_done(&in);
	return got ? (int)e.status : 0;
}

static void
test_ceiling(size_t step)
{
	const size_t max = SSE_EVENT_MAX, head = strlen("data: ");
	struct count count;
	int got;

	got = parse_large("data: ", max - head, "\n\n", step, &count);
	tap_ok(!got && count.events == 1 && count.bytes == max - head,
	    "S39: a line of 8 MiB passes, in steps of %zu", step);
	got = parse_large("data: ", max - head + 1, "\n\n", step, &count);
	tap_ok(got == ST_SERVER && !count.events,
	    "S39: one byte more does not, in steps of %zu", step);
	got = parse_large(": ", 2 * max, "", step, &count);
	tap_ok(got == ST_SERVER,
	    "S39: 16 MiB without a line's end do not, in steps of %zu", step);
	got = parse_large(
	    "data: 1234567\ndata: ", max - 8, "\n\n", step, &count);
	tap_ok(!got && count.events == 1 && count.bytes == max,
	    "S39: 8 MiB in two lines pass, in steps of %zu", step);
	got = parse_large(
	    "data: 12345678\ndata: ", max - 8, "\n\n", step, &count);
	tap_ok(got == ST_SERVER && !count.events,
	    "S39: one byte more in two lines does not, in steps of %zu", step);
}

/* --- the reader's word --- */

static int
refuse_event(void *owner, const struct sse_event *event, struct err *e)
{
	struct count *count = owner;

	(void)event;
	count->events++;
	return err_set(e, ST_REFUSED, "no");
}

static void
test_refusal(void)
{
	static const char *const streams[] = { "data: a\n\ndata: b\n\n",
		"error: {}\ndata: b\n\n", "{}\ndata: b\n\n" };

	for (size_t i = 0; i < countof(streams); i++) {
		struct count count = { 0 };
		struct sse s = { .on_event = refuse_event, .owner = &count };
		struct err e = ERR_NONE;

		tap_ok(sse_feed(&s, str_of(streams[i]), &e) == -1 &&
			e.status == ST_REFUSED && count.events == 1,
		    "a reader that refuses an event ends the parsing (%zu)", i);
		sse_done(&s);
	}
}

int
main(void)
{
	static const size_t steps[] = { 1000, 16384, 1 << 20, SIZE_MAX };

	test_vectors();
	test_cuts();
	for (size_t i = 0; i < countof(steps); i++)
		test_ceiling(steps[i]);
	test_refusal();
	return tap_done();
}
