/* diff - lines that name a file, and tell nothing else of it. */
#include "diff_parts.h"

#include "mem.h"

#define NOT_SHOWN "it differs, but not a line of it is in the diff"

/* diff(1) writes these of what it does not look into. */
static const struct form {
	const char *begin, *between, *end;
	const char *type; /* stands behind both names */
	const char *why;
	bool is_binary;
} forms[] = {
	{ "Binary files ", " and ", " differ", NULL, "binary", true },
	{ "Files ", " and ", " differ", NULL, NOT_SHOWN, false },
	{ "Symbolic links ", " and ", " differ", NULL, NOT_SHOWN, false },
	{ "File ", " while file ", "", " is a ", NOT_SHOWN, false },
	{ "Common subdirectories: ", " and ", "", NULL,
	    "a folder that was not compared", false },
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
	struct str between = str_of(form->between), old, new;

	if (!diff_begins(line, form->begin, &old))
		return false;
	new = old;
	old.len = str_find(old, between);
	if (old.len == new.len || !str_ends(new, form->end))
		return false;
	new.len -= strlen(form->end);
	new = str_skip(new, old.len + between.len);
	f->old_path = copy_name(old, form->type);
	f->new_path = copy_name(new, form->type);
	diff_strip_prefixes(f->old_path, f->new_path);
	f->unshown = form->why;
	f->is_binary = form->is_binary;
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

/* What git diff --submodule=log writes: "Submodule path 1234567..89abcde:". */
static bool
read_submodule(struct str line, struct diff_file *f)
{
	struct str path, rest;
	size_t at = 1;

	if (!diff_begins(line, "Submodule ", &path))
		return false;
	while (at < path.len && !says_what_changed(str_skip(path, at)))
		at++;
	if (at >= path.len)
		return false;
	path.len = at;
	f->new_path = diff_name(path, 0, &rest);
	f->old_path = f->new_path ? mem_copy(str_of(f->new_path)) : NULL;
	f->is_submodule = true;
	f->unshown = "submodule";
	return f->new_path != NULL;
}

/* "diff -r old/x new/x"; where names are quoted, all of it is one. */
static bool
read_command(struct str line, struct diff_file *f)
{
	struct str rest, old, new;

	if (!diff_begins(line, "diff ", &new) || str_has_nul(new))
		return false;
	old = rest = new;
	while (rest.len && !memchr(line.data, '\'', line.len)) {
		old = new;
		new = str_cut(&rest, ' ');
	}
	f->old_path = old.len && new.len ? mem_copy(old) : NULL;
	f->new_path = old.len && new.len ? mem_copy(new) : NULL;
	diff_strip_prefixes(f->old_path, f->new_path);
	f->unshown = "its diff is not a unified one";
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

/* "1,2c3" of a diff without -u, "*** x" of one with -c. */
static bool
begins_other_form(struct str line)
{
	struct str rest = str_skip(line, range_len(line));

	if (str_starts(line, "*** "))
		return true;
	return rest.len && rest.len < line.len && rest.data[0] &&
	    strchr("acd", rest.data[0]) && rest.len > 1 &&
	    range_len(str_skip(rest, 1)) == rest.len - 1;
}

bool
diff_is_shown(struct str line, struct str next)
{
	if (str_starts(line, "diff "))
		return !begins_other_form(next);
	return str_starts(line, "Submodule ") && str_starts(next, "diff --");
}

bool
diff_named(struct str line, struct diff_file *f)
{
	bool is_one = read_only(line, f) || read_submodule(line, f) ||
	    read_command(line, f);

	for (size_t i = 0; i < countof(forms) && !is_one; i++) {
		diff_file_done(f);
		is_one = read_form(&forms[i], line, f);
	}
	if (!is_one)
		diff_file_done(f);
	return is_one;
}
