/* dmr-review: findings that a comment in the text does not want. */
#include "ignore.h"

#include "lines.h"
#include "mem.h"

#define MARK STR("dmr-review: ignore")

/* What comments begin with; "'" and such are of few languages, and of texts. */
static const char *const marks[] = { "#", "//", "/*", "*", "--", ";", "%",
	"<!--", "(*", "{-", "!", "\"\"\"", "'''", "REM ", "rem " };

/* Bytes of a comment's mark at the start of text, or 0. */
static size_t
mark_len(struct str text)
{
	for (size_t i = 0; i < countof(marks); i++)
		if (str_starts(text, marks[i]))
			return strlen(marks[i]);
	return 0;
}

/* Are these blanks and marks of comments alone? */
static bool
is_margin(struct str before)
{
	before = str_trim(before);
	while (before.len) {
		size_t n = mark_len(before);

		if (!n && !str_is(before, "REM") && !str_is(before, "rem"))
			return false;
		before = str_trim(str_skip(before, n ? n : before.len));
	}
	return true;
}

/* Bytes of the string at the start of text, with its quotes; or 0. */
static size_t
string_len(struct str text)
{
	for (size_t n = 1; n < text.len; n++)
		if (text.data[n] == text.data[0])
			return n + 1;
		else if (text.data[n] == '\\')
			n++;
	return 0;
}

/*
 * Does a comment begin before `end`, and in no string?  A quote that stands
 * alone, as in words and in Rust, is none; it is looked for once.
 */
static bool
has_mark(struct str line, size_t end)
{
	bool is_alone[UINT8_MAX + 1] = { 0 };
	size_t at = 0;

	while (at < end) {
		struct str rest = str_skip(line, at);
		unsigned char c = (unsigned char)rest.data[0];
		size_t n = 0;

		if (mark_len(rest))
			return true;
		if ((c == '"' || c == '\'' || c == '`') && !is_alone[c]) {
			n = string_len(rest);
			is_alone[c] = !n;
		}
		at += n ? n : 1;
	}
	return false;
}

/* "[names]" or nothing, and then no letter; false: it is something else. */
static bool
take_names(struct str rest, struct ignore *ignore)
{
	size_t end;

	if (!str_starts(rest, "[")) {
		ignore->all = true;
		return !rest.len || str_starts(rest, "--") ||
		    strchr(" \t\r.,;:*/)#}\"'", rest.data[0]);
	}
	end = str_find(rest, STR("]"));
	if (end == rest.len)
		return false;
	ignore->names = (struct str){ rest.data + 1, end - 1 };
	return true;
}

static void
look(struct ignores *all, const struct diff_line *line)
{
	size_t at = str_find(line->text, MARK);
	struct str before = { line->text.data, at };
	struct ignore found = { .line = line->new_line };

	if (at == line->text.len)
		return;
	found.alone = is_margin(before);
	if (!found.alone && !has_mark(line->text, at))
		return;
	if (!take_names(str_skip(line->text, at + MARK.len), &found))
		return;
	all->items = mem_grow(
	    all->items, &all->capacity, all->n + 1, sizeof *all->items);
	all->items[all->n++] = found;
}

void
ignores_make(struct ignores *all, const struct diff_file *file)
{
	*all = (struct ignores){ 0 };
	for (size_t i = 0; i < file->nhunks; i++) {
		struct diff_lines lines = diff_lines(&file->hunks[i]);
		struct diff_line line;

		while (diff_lines_next(&lines, &line))
			if (line.new_line)
				look(all, &line);
	}
}

void
ignores_done(struct ignores *all)
{
	free(all->items);
	*all = (struct ignores){ 0 };
}

/* The comment of that line; lines of a diff come in their order. */
static const struct ignore *
find(const struct ignores *all, size_t line)
{
	size_t at = lines_find(all->items, all->n, sizeof *all->items,
	    offsetof(struct ignore, line), line);

	return at < all->n && all->items[at].line == line ? &all->items[at]
							  : NULL;
}

static bool
is_named(struct str name, const char *category, const char *rule)
{
	struct str rest = name, first = str_cut(&rest, '/');

	if (!name.len)
		return false;
	if (str_is(name, category) || (rule && str_is(name, rule)))
		return true;
	return rest.data && rule && str_is(first, category) &&
	    str_is(rest, rule);
}

static bool
covers(const struct ignore *ignore, const char *category, const char *rule)
{
	struct str rest = ignore->names;

	if (ignore->all)
		return true;
	while (rest.len)
		if (is_named(str_trim(str_cut(&rest, ',')), category, rule))
			return true;
	return false;
}

bool
ignores_has(const struct ignores *all, size_t line, const char *category,
    const char *rule)
{
	const struct ignore *here, *above;

	if (!line)
		return false;
	here = find(all, line);
	above = find(all, line - 1);
	return (here && covers(here, category, rule)) ||
	    (above && above->alone && covers(above, category, rule));
}
