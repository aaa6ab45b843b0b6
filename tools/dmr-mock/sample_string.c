/* sample - strings: of a format, of a length. */
#include "sample_set.h"

#include "utf8.h"

/* JSON Schema Validation, section 7.3. */
static const struct {
	const char *format, *text;
} formats[] = {
	{ "date-time", "2026-01-02T03:04:05Z" },
	{ "date", "2026-01-02" },
	{ "time", "03:04:05Z" },
	{ "duration", "P1D" },
	{ "email", "somebody@example.org" },
	{ "hostname", "example.org" },
	{ "ipv4", "192.0.2.1" },
	{ "ipv6", "2001:db8::1" },
	{ "uri", "https://example.org/" },
	{ "uuid", "00000000-0000-4000-8000-000000000000" },
};

static struct str
format_of(const struct sample_set *set)
{
	for (size_t i = 0; i < set->n; i++) {
		const struct tree_node *x = sample_keyword(
		    set->all[i], "format");

		for (size_t k = 0; x && k < countof(formats); k++)
			if (x->kind == SPAN_STRING &&
			    str_is(tree_text(x), formats[k].format))
				return str_of(formats[k].text);
	}
	return (struct str){ 0 };
}

/* Cut text to so many characters, or fill it up to as many. */
static void
fit(struct str text, size_t least, size_t most, struct buf *out)
{
	size_t n = 0;

	while (text.len && n < most) {
		uint32_t cp;
		int len = utf8_decode(text, &cp);

		buf_add(out, (struct str){ text.data, (size_t)len });
		text = str_skip(text, (size_t)len);
		n++;
	}
	for (; n < least; n++)
		buf_add_char(out, 'x');
}

/* Another text of the same kind: its last digit, or one more. */
static void
vary(struct buf *text, size_t variant, bool is_format)
{
	size_t i = text->len;
	struct buf old = *text;

	while (i && (text->data[i - 1] < '0' || text->data[i - 1] > '9'))
		i--;
	if (!variant)
		return;
	if (is_format && i) {
		text->data[i - 1] = (char)('1' +
		    ((size_t)(text->data[i - 1] - '1') + variant) % 9);
		return;
	}
	*text = (struct buf){ .max = old.max };
	buf_add_format(text, "%zu%s", variant + 1, old.data ? old.data : "");
	buf_done(&old);
}

/* Is it one that llama.cpp cannot read?  What it says then, or NULL. */
static const char *
find_fault(struct str pattern)
{
	if (!str_starts(pattern, "^") || !str_ends(pattern, "$"))
		return "Pattern must start with '^' and end with '$'";
	if (str_find(pattern, STR("\\p{")) < pattern.len ||
	    str_find(pattern, STR("\\P{")) < pattern.len)
		return "Invalid number in curly brackets";
	return NULL;
}

static const struct tree_node *
pattern_of(const struct sample_set *set)
{
	for (size_t i = 0; i < set->n; i++) {
		const struct tree_node *x = sample_keyword(
		    set->all[i], "pattern");

		if (x && x->kind == SPAN_STRING)
			return x;
	}
	return NULL;
}

/* Text for a pattern that is not too short and not too long. */
static bool
match(struct sampler *s, struct str pattern, size_t least, size_t most,
    struct buf *out)
{
	static const size_t more[] = { 0, 1, 2, 4, 8, 16, 64, 256 };

	for (size_t i = s->variant; i < countof(more); i++) {
		size_t n;

		buf_clear(out);
		if (!sample_pattern(pattern, more[i], &s->steps, out))
			return false;
		n = sample_characters(buf_str(out));
		if (n >= least)
			return n <= most;
	}
	return false;
}

bool
sample_string(struct sampler *s, const struct sample_set *set, struct str hint)
{
	size_t least = sample_least(set, "minLength");
	size_t most = sample_most(set, "maxLength");
	const struct tree_node *pattern = pattern_of(set);
	struct str text = format_of(set);
	struct buf out = { .max = SAMPLE_TEXT_MAX }, whole = { 0 };

	if (pattern)
		s->wrong = find_fault(tree_text(pattern));
	if (s->wrong || least > most || least > SAMPLE_LENGTH_MAX)
		return false;
	if (!pattern || !match(s, tree_text(pattern), least, most, &out)) {
		buf_clear(&out);
		buf_add(&whole, text.len ? text : hint);
		vary(&whole, s->variant, text.len);
		fit(buf_str(&whole), least, most, &out);
		buf_done(&whole);
	}
	s->steps += (long)out.len;
	json_string(&s->json, buf_str(&out));
	buf_done(&out);
	return true;
}
