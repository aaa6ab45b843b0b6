/* reqs_metric_test - a metric in a line is read as it stands, or not at all. */
#include "../../tools/dmr-reqs/document_markdown_parts.h"
#include "reqs_random.h"
#include "tap.h"

enum { ROUNDS = 200000 };

/* Its parts with '|' between, or "refused". */
static void
parts(struct str text, struct buf *out)
{
	struct metric m = { .op = -1 };
	const struct member *op = metric_kind.members + 1;

	buf_clear(out);
	if (metric_read(&m, text))
		buf_add_format(out, "%.*s|%s|%.*s|%.*s",
		    STR_ARGS(text_str(&m.name)), op->words[m.op],
		    STR_ARGS(text_str(&m.value)), STR_ARGS(text_str(&m.unit)));
	else
		buf_add_text(out, "refused");
	thing_done(&metric_kind, &m);
}

static const struct {
	const char *text, *want;
} rows[] = {
	{ "p95 latency < 200 ms", "p95 latency|<|200|ms" },
	{ "size of 1,000 rows <= 2 MiB", "size of 1,000 rows|<=|2|MiB" },
	{ "< 5", "|<|5|" },
	{ "uptime \xe2\x89\xa5"
	  "99.9%",
	    "uptime|>=|99.9|%" },
	{ "a=-1.5e3 m/s", "a|=|-1.5e3|m/s" },
	{ "a < 20\xc2\xb0"
	  "C",
	    "a|<|20|\xc2\xb0"
	    "C" },
	{ "a < 20\xc2\xb5s", "a|<|20|\xc2\xb5s" },
	{ "a < 20 \xe2\x82\xac", "a|<|20|\xe2\x82\xac" },
	{ "a < 5 m2", "a|<|5|m2" },
	{ "a < 200 ms at 100 users", "a|<|200|ms at 100 users" },
	{ "a > 5 million rows", "a|>|5|million rows" },
	/* Another number than the one that it begins with. */
	{ "a < 1,000 ms", "refused" },
	{ "a < 99,9 %", "refused" },
	{ "a < 1/2 s", "refused" },
	{ "a < 10-20 ms", "refused" },
	{ "a < 10 - 20 ms", "refused" },
	{ "a < 10\xe2\x80\x93"
	  "20 ms",
	    "refused" },
	{ "a < 10 \xe2\x80\x93 20 ms", "refused" },
	{ "a < 10 to 20 ms", "refused" },
	{ "a < 10 ms - 20 ms", "refused" },
	{ "a < 10ms-20ms", "refused" },
	{ "a < 90 % - 95 %", "refused" },
	{ "a < 1 000 ms", "refused" },
	{ "a < 1\xc2\xa0"
	  "000 ms",
	    "refused" },
	{ "a < 1 \xe2\x80\xaf"
	  "000 ms",
	    "refused" },
	{ "a < 1'000 ms", "refused" },
	{ "a < 1_000 ms", "refused" },
	{ "a < 1\xe2\x80\x99"
	  "000 ms",
	    "refused" },
	{ "a < 1.000.000 ms", "refused" },
	{ "a < 5. ms", "refused" },
	{ "a < .5 ms", "refused" },
	{ "a < 007 ms", "refused" },
	{ "a < +5 ms", "refused" },
	{ "a < \xe2\x88\x92"
	  "5 ms",
	    "refused" },
	{ "a < 5 \xc2\xb1 1 ms", "refused" },
	{ "a < 2 x 10 ms", "refused" },
	{ "a < 2\xc3\x97"
	  "10 ms",
	    "refused" },
	{ "a < 2x10 ms", "refused" },
	{ "a < 0x10", "refused" },
	{ "a < 12h30", "refused" },
	{ "a < 1e", "a|<|1|e" },
	{ "a < 5 \xc2\xbd ms", "refused" },
	{ "a < 200 ms, 99 %", "refused" },
	{ "a < 200 ms, b < 500 ms", "refused" },
	{ "1 < a < 5", "refused" },
	{ "a != 5 ms", "refused" },
	{ "a ~= 5 ms", "refused" },
	{ "a == 5 ms", "refused" },
	{ "a -> 5 ms", "refused" },
	{ "a < **5** ms", "refused" },
	{ "a is 5 ms", "refused" },
	{ "a <", "refused" },
	{ "", "refused" },
};

static void
test_rows(void)
{
	struct buf out = { 0 };

	for (size_t i = 0; i < countof(rows); i++) {
		parts(str_of(rows[i].text), &out);
		tap_is(buf_str(&out), rows[i].want, rows[i].text);
	}
	buf_done(&out);
}

/* Append a text without its blanks; "<=" and ">=" are one sign. */
static void
squeeze(struct str text, struct buf *out)
{
	for (; text.len; text = str_skip(text, 1))
		if (str_starts(text, "\xe2\x89\xa4") ||
		    str_starts(text, "\xe2\x89\xa5")) {
			buf_add_text(out, text.data[2] == '\xa4' ? "<=" : ">=");
			text = str_skip(text, 2);
		} else if (*text.data != ' ')
			buf_add_char(out, *text.data);
}

/* Whatever is read says the same when written, and is read so again. */
static void
check_text(struct str text)
{
	struct buf again = { 0 }, a = { 0 }, b = { 0 };
	struct metric m = { .op = -1 }, second = { .op = -1 };
	size_t n;

	if (metric_read(&m, text)) {
		n = number_length(text_str(&m.value));
		tap_case(metric_write(&m, &again), "%.*s", STR_ARGS(text));
		squeeze(text, &a);
		squeeze(buf_str(&again), &b);
		tap_case(str_equal(buf_str(&a), buf_str(&b)) && n &&
			n == m.value.len,
		    "'%.*s' as '%.*s'", STR_ARGS(text),
		    STR_ARGS(buf_str(&again)));
		tap_case(metric_read(&second, buf_str(&again)) &&
			thing_equal(&metric_kind, &m, &second),
		    "'%.*s' again", STR_ARGS(buf_str(&again)));
	}
	thing_done(&metric_kind, &m);
	thing_done(&metric_kind, &second);
	buf_done(&again);
	buf_done(&a);
	buf_done(&b);
}

static void
test_random(void)
{
	static const char *const pieces[] = { "a", "ms", "%", " ", " ", " ",
		"1", "0", "20", "200", "99.9", ",", ".", "'", "_", "/", "-",
		"+", "<", ">", "=", "<=", "!", "~", "x", "e", "E5", "to", "h",
		"\xe2\x89\xa4", "\xe2\x89\xa5", "\xc2\xa0", "\xe2\x80\x93",
		"\xe2\x88\x92", "\xc2\xb0", "\xc2\xb5", "\xe2\x82\xac", "\n" };
	struct buf text = { 0 };

	for (int i = 0; i < ROUNDS; i++) {
		buf_clear(&text);
		buf_add_text(&text, i % 2 ? "latency < 200" : "");
		for (uint32_t n = draw_below(8); n; n--)
			buf_add_text(&text, DRAW_OF(pieces));
		check_text(buf_str(&text));
	}
	tap_all("an edited metric is read as it stands, or refused");
	buf_done(&text);
}

/* What could not be read back is not written in a line. */
static void
test_written(void)
{
	struct buf line = { 0 };
	struct metric m = { .op = -1 }, again = { .op = -1 };

	for (uint64_t i = 0; i < ROUNDS; i++) {
		reqs_random_thing(&metric_kind, &m);
		buf_clear(&line);
		if (metric_write(&m, &line))
			tap_case(metric_read(&again, buf_str(&line)) &&
				thing_equal(&metric_kind, &m, &again),
			    "'%.*s'", STR_ARGS(buf_str(&line)));
		thing_done(&metric_kind, &m);
		thing_done(&metric_kind, &again);
	}
	tap_all("a metric that is written in a line is read so");
	buf_done(&line);
}

int
main(void)
{
	test_rows();
	test_random();
	test_written();
	return tap_done();
}
