/* diff - lines that name a file, and tell nothing else of it. */
#include "diff_parts.h"

#include "mem.h"

const char diff_other_form[] = "its diff is not a unified one";
const char diff_not_shown[] = "it differs, but not a line of it is in the diff";

#define PROPERTIES "Property changes on: "

/* diff(1), git(1), hg(1) and svn(1) write these of what they do not look
 * into. */
static const struct form {
	const char *begin, *between, *end; /* no between: there is one name */
	const char *type;                  /* stands behind both names */
	const char *why;
	bool is_binary;
} forms[] = {
	{ "Binary files ", " and ", " differ", NULL, "binary", true },
	{ "Binary file ", NULL, " has changed", NULL, "binary", true },
	{ "Files ", " and ", " differ", NULL, diff_not_shown, false },
	{ "Symbolic links ", " and ", " differ", NULL, diff_not_shown, false },
	{ "File ", " while file ", "", " is a ", diff_not_shown, false },
	{ "Common subdirectories: ", " and ", "", NULL,
	    "a folder that was not compared", false },
	{ "* Unmerged path ", NULL, "", NULL, "it is not merged", false },
	{ PROPERTIES, NULL, "", NULL, "its properties", false },
};

static char *
copy_name(struct str text, const char *behind)
{
	struct str rest;

	if (behind)
		text.len = str_find(text, str_of(behind));
	return diff_name(text, 0, &rest);
}

static bool
read_form(const struct form *form, struct str line, struct diff_file *f)
{
	struct str old, new;

	if (!diff_begins(line, form->begin, &old) || !str_ends(old, form->end))
		return false;
	old.len -= strlen(form->end);
	new = old;
	if (form->between) {
		old.len = str_find(old, str_of(form->between));
		if (old.len == new.len)
			return false;
		new = str_skip(new, old.len + strlen(form->between));
	}
	f->old_path = copy_name(old, form->type);
	f->new_path = copy_name(new, form->type);
	diff_strip_prefixes(f->old_path, f->new_path);
	f->unshown = form->why;
	f->is_binary = form->is_binary;
	f->is_property = !strcmp(form->begin, PROPERTIES);
	return f->old_path && f->new_path;
}

/* "Only in folder: name". */
static bool
read_only(struct str line, struct diff_file *f)
{
	struct str folder, name;

	if (!diff_begins(line, "Only in ", &folder))
		return false;
	name = folder;
	folder.len = str_find(folder, STR(": "));
	name = str_skip(name, folder.len + 2);
	if (!folder.len || !name.len || str_has_nul(folder) ||
	    str_has_nul(name) || memchr(name.data, '/', name.len))
		return false;
	f->new_path = mem_format("%.*s%s%.*s", STR_ARGS(folder),
	    str_ends(folder, "/") ? "" : "/", STR_ARGS(name));
	f->old_path = mem_copy(str_of(f->new_path));
	f->unshown = "it is in one of the folders only";
	return true;
}

/* Bytes at the start of text that are hexadecimal digits. */
static size_t
hex_len(struct str text)
{
	size_t n = 0;

	while (n < text.len && text.data[n] &&
	    strchr("0123456789abcdef", text.data[n]))
		n++;
	return n;
}

/* Is it the id of an empty text, by SHA-1 or SHA-256, or of none? */
static bool
is_empty_blob(struct str id)
{
	static const char *const empty[] = {
		"e69de29bb2d1d6434b8b29ae775ad8c2e48c5391",
		"473a0f4c3be8a93681a267e3b1e9a7dcda1185436fe141f7749120a303721813",
		"0000000000000000000000000000000000000000000000000000000000000000"
	};

	for (size_t i = 0; i < countof(empty); i++)
		if (id.len <= strlen(empty[i]) &&
		    !memcmp(id.data, empty[i], id.len))
			return true;
	return false;
}

bool
diff_has_lines(struct str line)
{
	struct str old, new;

	if (diff_begins(line, "similarity index ", &old))
		return !str_is(old, "100%");
	if (!diff_begins(line, "index ", &old))
		return false;
	new = str_skip(old, hex_len(old));
	old.len -= new.len;
	if (!diff_begins(new, "..", &new))
		return false;
	new.len = hex_len(new);
	return !str_equal(old, new) &&
	    !(is_empty_blob(old) && is_empty_blob(new));
}

/* "1234567..89abcde:", three dots, or " (new submodule)" behind them. */
static bool
is_range(struct str text)
{
	size_t n = hex_len(text);

	text = str_skip(text, n);
	if (n < 4 || !diff_begins(text, "..", &text))
		return false;
	(void)diff_begins(text, ".", &text);
	n = hex_len(text);
	text = str_skip(text, n);
	return n >= 4 &&
	    (str_is(text, ":") || str_starts(text, " (") || !text.len);
}

static bool
says_what_changed(struct str text)
{
	return diff_begins(text, " ", &text) &&
	    (is_range(text) || str_is(text, "contains untracked content") ||
		str_is(text, "contains modified content"));
}

/* What git diff --submodule=log writes: "Submodule path 1234567..89abcde:";
 * --submodule=diff shows it behind that.  Several may be of one path: the last
 * one names it. */
static bool
read_submodule(const struct str *lines, struct diff_file *f)
{
	struct str path, rest;
	size_t at = 1;

	if (!diff_begins(lines[0], "Submodule ", &path) ||
	    str_starts(lines[1], "diff --"))
		return false;
	while (at < path.len && !says_what_changed(str_skip(path, at)))
		at++;
	if (at >= path.len)
		return false;
	path.len = at;
	if (diff_begins(lines[1], "Submodule ", &rest) && rest.len > at &&
	    !memcmp(rest.data, path.data, at) &&
	    says_what_changed(str_skip(rest, at)))
		return false;
	f->new_path = diff_name(path, 0, &rest);
	f->old_path = f->new_path ? mem_copy(str_of(f->new_path)) : NULL;
	f->is_submodule = true;
	f->unshown = "submodule";
	return f->new_path != NULL;
}

/* Bytes at the start of text that are "12" or "12,34". */
static size_t
range_len(struct str text)
{
	size_t n = 0;

	while (
	    n < text.len && text.data[n] && strchr("0123456789,", text.data[n]))
		n++;
	return n;
}

/* "1,2c3" of a diff without -u, "1,2c" of one with -e. */
static bool
is_command(struct str line)
{
	struct str rest = str_skip(line, range_len(line));

	return rest.len && rest.len < line.len && rest.data[0] &&
	    strchr("acd", rest.data[0]) &&
	    range_len(str_skip(rest, 1)) == rest.len - 1;
}

/* "diff -r old/x new/x"; where names are quoted, all of it is one. */
static bool
read_command(const struct str *lines, struct diff_file *f)
{
	struct str rest, old, new;

	if (!diff_begins(lines[0], "diff ", &new) || str_has_nul(new) ||
	    !is_command(lines[1]))
		return false;
	old = rest = new;
	if (memchr(new.data, '\'', new.len))
		rest.len = 0;
	while (rest.len) {
		old = new;
		new = str_cut(&rest, ' ');
	}
	f->old_path = old.len && new.len ? mem_copy(old) : NULL;
	f->new_path = old.len && new.len ? mem_copy(new) : NULL;
	diff_strip_prefixes(f->old_path, f->new_path);
	f->unshown = diff_other_form;
	return f->new_path != NULL;
}

/* The head of a context diff, "*** old", "--- new", and asterisks. */
static bool
read_context(const struct str *lines, struct diff_file *f)
{
	struct str old, new;
	bool by_time;

	if (!diff_begins(lines[0], "*** ", &old) ||
	    !diff_begins(lines[1], "--- ", &new) ||
	    !str_starts(lines[2], "***************"))
		return false;
	f->old_path = diff_name_side(old, &by_time);
	f->new_path = diff_name_side(new, &by_time);
	f->is_new = !f->old_path;
	f->is_deleted = !f->new_path;
	diff_strip_prefixes(f->old_path, f->new_path);
	f->unshown = diff_other_form;
	return f->old_path || f->new_path;
}

/* "Index: name" of svn(1), which does not show what it says is binary, and has
 * nothing to show of an empty file. */
static bool
read_index(const struct str *lines, struct diff_file *f)
{
	struct str name, rest;
	bool is_empty = str_starts(lines[2], "Index: ") ||
	    (!lines[2].len && !str_starts(lines[3], PROPERTIES));

	if (!diff_begins(lines[0], "Index: ", &name) ||
	    !str_starts(lines[1], "==="))
		return false;
	f->is_binary = str_starts(lines[2], DIFF_CANNOT_DISPLAY);
	if (!f->is_binary && !is_empty)
		return false;
	f->new_path = diff_name(name, 0, &rest);
	f->old_path = f->new_path ? mem_copy(str_of(f->new_path)) : NULL;
	f->unshown = f->is_binary ? "binary" : NULL;
	return f->new_path != NULL;
}

size_t
diff_named_lines(struct str line)
{
	static const struct {
		const char *begin;
		size_t n;
	} several[] = { { "*** ", 3 }, { "Index: ", 4 }, { "diff ", 2 },
		{ "Submodule ", 2 } };

	for (size_t i = 0; i < countof(several); i++)
		if (str_starts(line, several[i].begin))
			return several[i].n;
	return 1;
}

bool
diff_named(const struct str *lines, struct diff_file *f)
{
	bool is_one = read_only(lines[0], f) || read_submodule(lines, f) ||
	    read_command(lines, f) || read_context(lines, f) ||
	    read_index(lines, f);

	for (size_t i = 0; i < countof(forms) && !is_one; i++) {
		diff_file_done(f);
		is_one = read_form(&forms[i], lines[0], f);
	}
	if (!is_one)
		diff_file_done(f);
	return is_one;
}
