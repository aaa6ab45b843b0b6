/* finding - as compilers say it: path:line:column: severity: message [rule] */
#include "finding_parts.h"

/*
 * What reads such lines (vim's errorformat, GNU's of compilers) looks for the
 * first thing like a place in them, so there must be no other one: colons,
 * bars, quotes and a last parenthesis of a name are shown as bytes, and digits
 * of a message stand apart from what follows them.
 */

/* What stays on its line and steers no terminal. */
static void
add_name(struct buf *out, struct str name)
{
	struct buf shown = { 0 };

	buf_add_visible(&shown, name);
	for (size_t i = 0; i < shown.len; i++) {
		char c = shown.data[i];

		if (c && strchr("\n\t:|\"", c))
			buf_add_format(out, "\\x%02x", c);
		else
			buf_add_char(out, c);
	}
	buf_done(&shown);
}

/* A path with which no line begins that vim passes over, and no "name(7):". */
static void
add_path(struct buf *out, struct str path, bool is_placed)
{
	static const char *const others[] = { " ", "In file included from ",
		"Making " };
	bool is_masked = !is_placed && str_ends(path, ")");

	for (size_t i = 0; i < countof(others); i++)
		if (str_starts(path, others[i]))
			buf_add_text(out, "./");
	path.len -= is_masked;
	add_name(out, path);
	if (is_masked)
		buf_add_text(out, "\\x29");
}

/* The end of the last ASCII character before that byte: marks over one do not
 * hide it. */
static size_t
before(struct str text, size_t at)
{
	while (at && (unsigned char)text.data[at - 1] >= 0x80)
		at--;
	return at;
}

static bool
is_digit(struct str text, size_t end)
{
	return end && text.data[end - 1] >= '0' && text.data[end - 1] <= '9';
}

/* Could it end the number of a line?  Behind a place only with a blank. */
static bool
ends_number(struct str text, size_t at, bool is_placed)
{
	size_t last = before(text, at);
	char c = text.data[at];

	if (is_placed)
		return c == ':' && is_digit(text, last) &&
		    (at + 1 == text.len || text.data[at + 1] <= ' ');
	if (c == ':' && last && text.data[last - 1] == ')')
		return is_digit(text, before(text, last - 1));
	return (c == ':' || c == '|') && is_digit(text, last);
}

static void
add_message(struct buf *out, const struct finding *f)
{
	struct buf shown = { 0 };

	buf_add_visible(&shown, str_trim(finding_words(f)));
	for (size_t i = 0; i < shown.len; i++)
		if (shown.data[i] == '\n' || shown.data[i] == '\t')
			buf_add_char(out, ' ');
		else if (ends_number(buf_str(&shown), i, f->line > 0))
			buf_add_format(out, " %c", shown.data[i]);
		else
			buf_add_char(out, shown.data[i]);
	buf_done(&shown);
}

static void
print(struct finding_report *r, const struct finding *f)
{
	struct buf *out = &r->line, code = { 0 };

	add_path(out, str_of(f->path), f->line > 0);
	if (f->line)
		buf_add_format(
		    out, ":%zu:%zu", f->line, f->end ? f->start + 1 : 1);
	buf_add_format(out, ": %s: ", finding_severity_name(f->severity));
	add_message(out, f);
	finding_code(&code, f);
	buf_add_text(out, " [");
	add_name(out, buf_str(&code));
	buf_add_text(out, "]\n");
	buf_done(&code);
}

const struct finding_format finding_text = { .name = "text", .print = print };
