/* diff - read one. */
#include "diff_parts.h"
#include "mem.h"

int
diff_wrong(const struct diff_reader *r, const char *what)
{
	return err_set(
	    r->e, ST_INPUT, "line %zu of the diff: %s", r->number, what);
}

/* The next line without its end; false: there is none. */
static bool
cut_line(struct str *rest, struct str *line)
{
	if (!rest->len)
		return false;
	*line = str_cut(rest, '\n');
	line->len -= str_ends(*line, "\r");
	return true;
}

bool
diff_next_line(struct diff_reader *r)
{
	r->number++;
	return cut_line(&r->rest, &r->line);
}

/* Does the line begin so?  Then *behind is what follows. */
bool
diff_begins(struct str line, const char *with, struct str *behind)
{
	if (!str_starts(line, with))
		return false;
	*behind = str_skip(line, strlen(with));
	return true;
}

/* Are the next lines "+++ name" and a hunk?  In prose they are not. */
static bool
is_head_of_hunk(struct str rest)
{
	struct str line;

	return cut_line(&rest, &line) && str_starts(line, "+++ ") &&
	    cut_line(&rest, &line) && str_starts(line, "@@ -");
}

/* --- files --- */

static void
replace(char **old, char *new)
{
	free(*old);
	*old = new;
}

/* All is known of its names. */
static int
name_file(struct diff_reader *r)
{
	struct diff_file *f = r->file;

	if (f->is_new)
		replace(&f->old_path, NULL);
	if (f->is_deleted)
		replace(&f->new_path, NULL);
	return f->old_path || f->new_path
	    ? 0
	    : diff_wrong(r, "a file without a name");
}

/*
 * Some systems have no other time than the one that says "no file": then the
 * lines of the first hunk tell.
 */
static int
name_by_hunk(struct diff_reader *r, const struct diff_hunk *h)
{
	struct diff_file *f = r->file;

	if (f->old_path && h->old_count)
		f->is_new = false;
	if (f->new_path && h->new_count)
		f->is_deleted = false;
	return name_file(r);
}

/* What was read of a file is all of it. */
static int
end_file(struct diff_reader *r)
{
	if (r->wants_hunk)
		return diff_wrong(r, "there is no hunk for the file before it");
	if (r->file && name_file(r))
		return -1;
	r->file = NULL;
	r->is_head = false;
	return 0;
}

static int
begin_file(struct diff_reader *r)
{
	struct diff *d = r->diff;

	if (end_file(r))
		return -1;
	d->files = mem_grow(
	    d->files, &r->files_capacity, d->nfiles + 1, sizeof *d->files);
	r->file = &d->files[d->nfiles++];
	*r->file = (struct diff_file){ 0 };
	r->hunks_capacity = 0;
	return 0;
}

/* "diff --git a/x b/x": names, if they are one, and prefixes. */
static int
begin_git(struct diff_reader *r, struct str names, bool is_combined)
{
	struct str rest;
	char *name;

	if (begin_file(r))
		return -1;
	name = is_combined ? diff_name(names, 0, &rest)
			   : diff_name_of_pair(names);
	r->file->is_combined = is_combined;
	r->file->old_path = name;
	r->file->new_path = name ? mem_copy(str_of(name)) : NULL;
	r->is_head = true;
	return 0;
}

/* diff -N writes the time 0, somewhere on Earth, for a file that is none. */
static bool
is_epoch(struct str time)
{
	return str_starts(time, "1970-01-01 ") ||
	    str_starts(time, "1969-12-31 ");
}

/* The name behind "--- " or "+++ "; *is_none becomes true if it says that
 * there is no file. */
static char *
read_name(struct str text, bool *is_none)
{
	struct str behind;
	char *name = diff_name(text, '\t', &behind);

	*is_none |= str_is(text, "/dev/null") || is_epoch(str_trim(behind));
	if (str_is(text, "/dev/null"))
		replace(&name, NULL);
	return name;
}

/* "--- old" was read, "+++ new" comes. */
static int
read_names(struct diff_reader *r, struct str old)
{
	struct diff_file *f;
	struct str new;
	char *old_path, *new_path;

	if (!r->is_head && begin_file(r))
		return -1;
	f = r->file;
	if (!diff_next_line(r) || !diff_begins(r->line, "+++ ", &new))
		return diff_wrong(r, "no '+++' behind '---'");
	old_path = read_name(old, &f->is_new);
	new_path = read_name(new, &f->is_deleted);
	diff_strip_prefixes(old_path, new_path);
	if (!f->old_path)
		replace(&f->old_path, old_path);
	else
		free(old_path);
	if (!f->new_path)
		replace(&f->new_path, new_path);
	else
		free(new_path);
	r->wants_hunk = true;
	return 0;
}

/* "Binary files a/x and b/x differ", without a head. */
static int
read_binary(struct diff_reader *r, struct str names)
{
	static const struct str mark = { " and ", 5 };
	struct str rest, old = names;
	bool fine;

	old.len = str_find(names, mark);
	names = str_skip(names, old.len + mark.len);
	fine = str_ends(names, " differ");
	if (!fine)
		return 0;
	names.len -= strlen(" differ");
	if (begin_file(r))
		return -1;
	r->file->is_binary = true;
	r->file->old_path = diff_name(old, 0, &rest);
	r->file->new_path = diff_name(names, 0, &rest);
	diff_strip_prefixes(r->file->old_path, r->file->new_path);
	return end_file(r);
}

/* A line between "diff --git" and the first hunk; true: it is one. */
static bool
read_extended(struct diff_reader *r)
{
	static const char *const others[] = { "index ", "old mode ",
		"new mode ", "mode ", "similarity index ",
		"dissimilarity index " };
	struct diff_file *f = r->file;
	struct str behind, rest;

	if (diff_begins(r->line, "rename from ", &behind) ||
	    diff_begins(r->line, "copy from ", &behind)) {
		f->is_rename = r->line.data[0] == 'r';
		replace(&f->old_path, diff_name(behind, 0, &rest));
	} else if (diff_begins(r->line, "rename to ", &behind) ||
	    diff_begins(r->line, "copy to ", &behind)) {
		replace(&f->new_path, diff_name(behind, 0, &rest));
	} else if (str_starts(r->line, "new file mode ")) {
		f->is_new = true;
	} else if (str_starts(r->line, "deleted file mode ")) {
		f->is_deleted = true;
	} else if (str_starts(r->line, "Binary files ") ||
	    str_is(r->line, "GIT binary patch")) {
		f->is_binary = true;
	} else {
		for (size_t i = 0; i < countof(others); i++)
			if (str_starts(r->line, others[i]))
				return true;
		return false;
	}
	return true;
}

/* A line that begins with "@@". */
static int
read_hunk(struct diff_reader *r)
{
	struct diff_hunk h = { 0 };
	struct diff_file *f = r->file;

	if (!diff_hunk_head(r, &h))
		return f ? diff_wrong(r, "this is no head of a hunk") : 0;
	if (!f)
		return diff_wrong(r, "a hunk of no file");
	if (!f->nhunks && name_by_hunk(r, &h))
		return -1;
	r->is_head = r->wants_hunk = false;
	return diff_hunk_read(r, &h);
}

/* --- all of it --- */

static int
read_line(struct diff_reader *r)
{
	struct str behind;

	if (diff_begins(r->line, "diff --git ", &behind))
		return begin_git(r, behind, false);
	if (diff_begins(r->line, "diff --cc ", &behind) ||
	    diff_begins(r->line, "diff --combined ", &behind))
		return begin_git(r, behind, true);
	if (str_starts(r->line, "@@"))
		return read_hunk(r);
	if (r->is_head && read_extended(r))
		return 0;
	if (diff_begins(r->line, "--- ", &behind) &&
	    (r->is_head || is_head_of_hunk(r->rest)))
		return read_names(r, behind);
	if (diff_begins(r->line, "Binary files ", &behind))
		return read_binary(r, behind);
	return end_file(r); /* prose */
}

/* The length of a colour at the start of text, "ESC [ 1 ; 31 m", or 0. */
static size_t
colour(struct str text)
{
	size_t n = 2;

	if (!str_starts(text, "\x1b["))
		return 0;
	while (
	    n < text.len && strchr("0123456789;", text.data[n]) && text.data[n])
		n++;
	return n < text.len && (text.data[n] == 'm' || text.data[n] == 'K')
	    ? n + 1
	    : 0;
}

/* Is a line of a head coloured?  Of diff's, that is not the first one. */
static bool
is_coloured(struct str text)
{
	struct str line;

	while (cut_line(&text, &line)) {
		size_t n = colour(line);

		line = str_skip(line, n);
		if (n && str_starts(line, "diff --"))
			return true;
		if (str_starts(line, "--- "))
			return n > 0;
	}
	return false;
}

static void
copy_plain(struct buf *out, struct str text)
{
	bool strips = is_coloured(text);

	out->max = text.len + 1;
	while (text.len) {
		struct str plain = text;

		if (strips)
			plain.len = str_find(text, STR("\x1b"));
		if (!plain.len && !colour(text))
			plain.len = 1;
		buf_add(out, plain);
		text = str_skip(text, plain.len ? plain.len : colour(text));
	}
}

int
diff_read(struct diff *d, struct str text, struct err *e)
{
	struct diff_reader r = { .diff = d, .e = e };
	int got = 0;

	*d = (struct diff){ 0 };
	copy_plain(&d->plain, text);
	r.rest = buf_str(&d->plain);
	while (!got && diff_next_line(&r))
		got = read_line(&r);
	if (!got)
		got = end_file(&r);
	if (!got && !d->nfiles && !str_is_blank(text))
		got = err_set(e, ST_INPUT, "this is no unified diff");
	if (got)
		diff_done(d);
	return got;
}
