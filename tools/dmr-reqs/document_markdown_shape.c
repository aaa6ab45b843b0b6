/* dmr-reqs: which shape a thing has in Markdown, and small forms in a line. */
#include "document_markdown_parts.h"

/* --- kinds and members --- */

bool
kind_is_section(const struct kind *kind)
{
	return kind == &document_kind || kind == &architecture_kind ||
	    kind == &meta_kind;
}

bool
kind_is_sentence(const struct kind *kind)
{
	return kind == &criterion_kind || kind == &story_kind;
}

const struct member *
kind_lead(const struct kind *kind)
{
	const struct member *m = kind->members;

	if (kind_is_sentence(kind) || kind == &meta_kind ||
	    kind == &metric_kind)
		return NULL;
	/* What stands first is a title or an id, but for this one. */
	if (kind != &architecture_kind)
		m++;
	while (m->name && m->kind != MEMBER_TEXT)
		m++;
	return m->name ? m : NULL;
}

const struct member *
sentence_next(const struct kind *kind, const struct member *last)
{
	const struct member *m = last ? last + 1 : kind->members;

	while (m->name && m->kind != MEMBER_TEXT)
		m++;
	return m->name ? m : NULL;
}

bool
member_is_title(const struct member *m)
{
	return !strcmp(m->name, "title");
}

bool
member_is_quote(const struct member *m)
{
	return !strcmp(m->name, "idea");
}

/* --- forms in a line --- */

static bool
is_digit(char c)
{
	return c >= '0' && c <= '9';
}

static size_t
skip_digits(struct str s, size_t at)
{
	while (at < s.len && is_digit(s.data[at]))
		at++;
	return at;
}

size_t
id_length(struct str s)
{
	size_t at = 0, end;

	while (at < s.len && s.data[at] >= 'A' && s.data[at] <= 'Z')
		at++;
	if (!at || at == s.len || s.data[at] != '-')
		return 0;
	end = skip_digits(s, at + 1);
	return end > at + 1 ? end : 0;
}

/* RFC 8259, section 6. */
size_t
number_length(struct str s)
{
	size_t at = str_starts(s, "-"), end = skip_digits(s, at), more;

	if (end == at || (s.data[at] == '0' && end > at + 1))
		return 0;
	if (end < s.len && s.data[end] == '.' &&
	    (more = skip_digits(s, end + 1)) > end + 1)
		end = more;
	if (end < s.len && (s.data[end] | 0x20) == 'e') {
		at = end + 1;
		if (at < s.len && (s.data[at] == '+' || s.data[at] == '-'))
			at++;
		more = skip_digits(s, at);
		end = more > at ? more : end;
	}
	return end;
}

/* --- metrics --- */

static const struct {
	const char *sign, *word; /* as people write it, as JSON has it */
} signs[] = { { "<=", "<=" }, { ">=", ">=" }, { "\xe2\x89\xa4", "<=" },
	{ "\xe2\x89\xa5", ">=" }, { "<", "<" }, { ">", ">" }, { "=", "=" } };

static const struct member *
operator_member(void)
{
	const struct member *m = metric_kind.members;

	while (m->kind != MEMBER_WORD)
		m++;
	return m;
}

static int
find_operator(const char *word)
{
	const char *const *words = operator_member()->words;
	int i = 0;

	while (words[i] && strcmp(words[i], word) != 0)
		i++;
	return words[i] ? i : -1;
}

/* Where the first operator stands, and which it is; text.len if none does. */
static size_t
find_sign(struct str text, size_t *which)
{
	for (size_t at = 0; at < text.len; at++)
		for (size_t i = 0; i < countof(signs); i++)
			if (str_starts(str_skip(text, at), signs[i].sign)) {
				*which = i;
				return at;
			}
	return text.len;
}

/* Does it begin with what units begin with? */
static bool
begins_unit(struct str s)
{
	/* Degrees, micro (twice), per mille; currencies. */
	static const char *const signs_of_units[] = { "%", "\xc2\xb0",
		"\xc2\xb5", "\xce\xbc", "\xe2\x80\xb0", "$", "\xc2\xa3",
		"\xe2\x82\xac" };

	if (s.len && (*s.data | 0x20) >= 'a' && (*s.data | 0x20) <= 'z')
		return true;
	for (size_t i = 0; i < countof(signs_of_units); i++)
		if (str_starts(s, signs_of_units[i]))
			return true;
	return false;
}

/*
 * May it stand behind a number, which it does not make another one?  "ms" and
 * "ms at 100 users" may, "to 20 ms" and "000 ms" may not: a number of its own
 * comes behind two words.
 */
static bool
is_unit(struct str unit)
{
	struct str last = { 0 };
	size_t which;

	if (find_sign(unit, &which) < unit.len || !begins_unit(unit))
		return false;
	for (size_t n = 0; unit.data; n++) {
		struct str word = str_cut(&unit, ' ');

		if (word.len && is_digit(*word.data) &&
		    (n < 2 || !begins_unit(last)))
			return false;
		last = word;
	}
	return true;
}

/* The same right behind it, without a blank: "99.9%", "20ms", not "0x10". */
static bool
is_unit_at_once(struct str unit)
{
	struct str rest = unit, word = str_cut(&rest, ' ');

	for (size_t i = 0; i < word.len; i++)
		if (is_digit(word.data[i]))
			return false;
	return is_unit(unit);
}

/* Is the sign at the end of a name's own, as in "!=", "~=" and "->"? */
static bool
ends_in_sign(struct str name)
{
	return str_ends(name, "!") || str_ends(name, "~") ||
	    str_ends(name, "-");
}

bool
metric_write(const struct metric *m, struct buf *out)
{
	struct str name = text_str(&m->name), value = text_str(&m->value);
	size_t which;

	if (m->op < 0 || !value.len || number_length(value) != value.len ||
	    find_sign(name, &which) < name.len ||
	    (m->unit.len && !is_unit(text_str(&m->unit))))
		return false;
	buf_add_format(out, "%.*s%s%s %.*s", STR_ARGS(name),
	    name.len ? " " : "", operator_member()->words[m->op],
	    STR_ARGS(value));
	if (m->unit.len)
		buf_add_format(out, " %.*s", STR_ARGS(text_str(&m->unit)));
	return true;
}

bool
metric_read(struct metric *m, struct str text)
{
	size_t which = 0, at = find_sign(text, &which), n;
	struct str name = { text.data, at }, rest, value, unit;

	if (at == text.len || ends_in_sign(name))
		return false;
	if (str_ends(name, " "))
		name.len--;
	rest = str_skip(text, at + strlen(signs[which].sign));
	if (str_starts(rest, " "))
		rest = str_skip(rest, 1);
	n = number_length(rest);
	value = (struct str){ rest.data, n };
	unit = str_skip(rest, n + str_starts(str_skip(rest, n), " "));
	if (!n ||
	    (n < rest.len &&
		!(rest.data[n] == ' ' ? is_unit(unit) : is_unit_at_once(unit))))
		return false;
	text_set(&m->name, name);
	m->op = find_operator(signs[which].word);
	text_set(&m->value, value);
	text_set(&m->unit, unit);
	return true;
}
