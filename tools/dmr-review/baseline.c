/*
 * dmr-review: the findings of an earlier run.
 *
 * A report that was cut short is no JSON as SARIF, and lacks its last line as
 * JSON Lines: the first is refused, and of the second what is there counts.
 */
#include "baseline.h"

#include "mem.h"
#include "span.h"

enum { DIGITS = 32 }; /* of a fingerprint */

/* --- fingerprints --- */

/* Sixteen hexadecimal digits. */
static bool
read_half(const char *text, uint64_t *half)
{
	*half = 0;
	for (size_t i = 0; i < DIGITS / 2; i++) {
		char c = text[i];
		unsigned digit;

		if (c >= '0' && c <= '9')
			digit = (unsigned)(c - '0');
		else if (c >= 'a' && c <= 'f')
			digit = (unsigned)(c - 'a' + 10);
		else
			return false;
		*half = *half << 4 | digit;
	}
	return true;
}

static bool
read_key(struct str text, struct baseline_key *key)
{
	return text.len == DIGITS && read_half(text.data, &key->high) &&
	    read_half(text.data + DIGITS / 2, &key->low);
}

/* Of its severity in JSON, or its level in SARIF; the worst that may be meant. */
static enum finding_severity
read_severity(struct str word)
{
	static const struct {
		const char *word;
		enum finding_severity severity;
	} words[] = { { "\"low\"", FINDING_LOW }, { "\"note\"", FINDING_LOW },
		{ "\"medium\"", FINDING_MEDIUM },
		{ "\"warning\"", FINDING_MEDIUM },
		{ "\"high\"", FINDING_HIGH } };

	for (size_t i = 0; i < countof(words); i++)
		if (str_is(word, words[i].word))
			return words[i].severity;
	return FINDING_CRITICAL;
}

/* A JSON string.  Its digits need no escapes; one that has some is not ours. */
static bool
add(struct baseline *b, struct str string, struct str severity)
{
	struct baseline_key key = { .severity = read_severity(severity) };

	if (string.len < 2 ||
	    !read_key((struct str){ string.data + 1, string.len - 2 }, &key))
		return false;
	b->keys = mem_grow(b->keys, &b->capacity, b->n + 1, sizeof *b->keys);
	b->keys[b->n++] = key;
	return true;
}

static int
compare(const void *a, const void *b)
{
	const struct baseline_key *x = a, *y = b;

	if (x->high != y->high)
		return x->high < y->high ? -1 : 1;
	if (x->low != y->low)
		return x->low < y->low ? -1 : 1;
	return (x->severity > y->severity) - (x->severity < y->severity);
}

/* --- SARIF --- */

/* One that is gone by now is not known. */
static bool
is_absent(struct str result)
{
	return str_is(span_member(result, "baselineState"), "\"absent\"");
}

static int
add_results(struct baseline *b, struct str results, struct err *e)
{
	struct str result;
	size_t at = 0;

	for (size_t n = 1; span_next(results, &at, &result) == 1; n++) {
		struct str prints = span_member(result, "partialFingerprints");

		if (!is_absent(result) &&
		    !add(b, span_member(prints, "primaryLocationLineHash"),
			span_member(result, "level")))
			return err_set(e, ST_INPUT,
			    "result %zu has no fingerprint of dmr-review", n);
	}
	return 0;
}

static int
read_sarif(struct baseline *b, struct str runs, struct err *e)
{
	struct str run;
	size_t at = 0;

	while (span_next(runs, &at, &run) == 1)
		if (add_results(b, span_member(run, "results"), e))
			return -1;
	return 0;
}

/* --- JSON Lines --- */

static int
read_line(struct baseline *b, struct str line, size_t number, struct err *e)
{
	static const char *const names[] = { "fingerprint", "severity",
		"summary" };
	struct str values[countof(names)];

	if (str_is_blank(line))
		return 0;
	if (span_members(line, names, countof(names), values))
		return err_set(e, ST_INPUT,
		    "line %zu is neither SARIF nor a line of -F json", number);
	if (span_kind(values[2]) == SPAN_OBJECT || add(b, values[0], values[1]))
		return 0;
	return err_set(
	    e, ST_INPUT, "line %zu has no fingerprint of dmr-review", number);
}

static int
read_lines(struct baseline *b, struct str text, struct err *e)
{
	for (size_t n = 1; text.len; n++)
		if (read_line(b, str_cut(&text, '\n'), n, e))
			return -1;
	return 0;
}

int
baseline_read(struct baseline *b, struct str text, struct err *e)
{
	struct str runs;
	int got;

	*b = (struct baseline){ 0 };
	text = str_skip_bom(text);
	runs = span_member(text, "runs");
	got = span_kind(runs) == SPAN_ARRAY ? read_sarif(b, runs, e)
					    : read_lines(b, text, e);
	if (got) {
		baseline_done(b);
		return -1;
	}
	if (b->n)
		qsort(b->keys, b->n, sizeof *b->keys, compare);
	return 0;
}

void
baseline_done(struct baseline *b)
{
	free(b->keys);
	*b = (struct baseline){ 0 };
}

bool
baseline_has(const struct baseline *b, const char *fingerprint,
    enum finding_severity severity)
{
	struct baseline_key key = { .severity = severity };
	size_t first = 0, end = b->n;

	if (!read_key(str_of(fingerprint), &key))
		return false;
	while (first < end) {
		size_t middle = first + (end - first) / 2;

		if (compare(&b->keys[middle], &key) < 0)
			first = middle + 1;
		else
			end = middle;
	}
	return first < b->n && b->keys[first].high == key.high &&
	    b->keys[first].low == key.low;
}
