/* diff - the heads of sections, and what stands between them. */
#include <strings.h>

#include "diff_parser.h"
#include "diff_parts.h"
#include "mem.h"

bool
diff_begins(struct str line, const char *with, struct str *behind)
{
	if (!str_starts(line, with))
		return false;
	*behind = str_skip(line, strlen(with));
	return true;
}

/* The line that is looked at is read. */
static int
pass(struct diff_parser *p)
{
	diff_pass_line(p);
	return 1;
}

static void
replace(char **old, char *new)
{
	free(*old);
	*old = new;
}

/* --- a section --- */

/* All is known of its names. */
static int
name_file(struct diff_parser *p)
{
	struct diff_file *f = &p->file;

	f->has_roots |= !f->is_rename && !f->is_copy &&
	    diff_has_roots(f->old_path, f->new_path);
	if (f->is_new)
		replace(&f->old_path, NULL);
	if (f->is_deleted)
		replace(&f->new_path, NULL);
	if ((!f->old_path && !f->is_new) || (!f->new_path && !f->is_deleted) ||
	    (!f->old_path && !f->new_path))
		return diff_wrong(p, "a file without a name");
	return 0;
}

/*
 * Some systems have no other time than the one that says "no file": then the
 * lines of the first hunk tell.
 */
static int
name_by_hunk(struct diff_parser *p, const struct diff_hunk *h)
{
	struct diff_file *f = &p->file;

	if (f->old_path && h->old_count)
		f->is_new = false;
	if (f->new_path && h->new_count)
		f->is_deleted = false;
	return name_file(p);
}

int
diff_end_file(struct diff_parser *p)
{
	if (p->wants_hunk)
		return diff_wrong(p, "there is no hunk for the file before it");
	return name_file(p);
}

/* The line is not of the section under way. */
static int
end(struct diff_parser *p)
{
	return diff_end_file(p) ? -1 : DIFF_ENDS;
}

static void
begin(struct diff_parser *p)
{
	p->has_file = p->is_body = true;
	p->file.line = p->number;
}

/* "diff --git a/x b/x": names, if they are one, and prefixes. */
static int
begin_git(struct diff_parser *p, struct str names, bool is_combined)
{
	struct str rest;
	char *name;

	if (p->has_file)
		return end(p);
	begin(p);
	p->file.is_combined = is_combined;
	name = is_combined ? diff_name(names, 0, &rest)
			   : diff_name_of_pair(names);
	p->file.old_path = name;
	if (name)
		p->file.new_path = mem_copy(str_of(name));
	else
		diff_split_pair(names, &p->file.old_path, &p->file.new_path);
	p->is_head = true;
	return pass(p);
}

/* --- names --- */

/* Of a head the first line is that of git, if it told the name. */
static void
name_side(char **path, char *name)
{
	if (!*path)
		*path = name;
	else
		free(name);
}

/* The names behind a head, if there is one: it has told them. */
static void
name_sides(struct diff_file *f, char *old_path, char *new_path)
{
	diff_strip_prefixes(old_path, new_path);
	name_side(&f->old_path, old_path);
	name_side(&f->new_path, new_path);
}

/* "--- old" is looked at, "+++ new" comes. */
static int
read_names(struct diff_parser *p, struct str old)
{
	struct diff_file *f = &p->file;
	struct str new;
	char *old_path, *new_path;
	bool is_new, is_deleted;

	if (!diff_look(p, p->next, &p->line, &p->next) && !p->is_closed)
		return 0;
	if (!diff_begins(p->line, "+++ ", &new)) {
		p->number++;
		return diff_wrong(p, "no '+++' behind '---'");
	}
	old_path = diff_name_side(old, &is_new);
	new_path = diff_name_side(new, &is_deleted);
	if (p->has_file && !diff_is_meant(f, old_path, new_path)) {
		free(old_path);
		free(new_path);
		return end(p);
	}
	if (!p->has_file)
		begin(p);
	p->number++;
	f->is_new |= is_new;
	f->is_deleted |= is_deleted;
	name_sides(f, old_path, new_path);
	p->wants_hunk = true;
	return pass(p);
}

/* Do "+++ name" and a hunk follow?  Behind prose they do not, but where a hunk
 * is cut off there is nothing, or another diff.  1, 0; -1: that has not come
 * yet. */
static int
is_head_of_hunk(struct diff_parser *p)
{
	struct str line, rest;
	size_t next;

	if (!diff_look(p, p->next, &line, &next))
		return p->is_closed ? 0 : -1;
	if (!str_starts(line, "+++ "))
		return 0;
	rest = (struct str){ p->in.data + next, p->plain - next };
	if (str_starts(rest, "@@ -"))
		return 1;
	if (rest.len < strlen("diff -") && !p->is_closed)
		return -1;
	return !rest.len || str_starts(rest, "diff -") ||
	    str_starts(rest, "--- ");
}

/* A line that begins with "--- ". */
static int
read_minus(struct diff_parser *p, struct str old)
{
	int follows = p->is_head ? 1 : is_head_of_hunk(p);

	if (follows < 0)
		return 0;
	if (p->has_file && !p->is_head)
		return end(p);
	return follows ? read_names(p, old) : pass(p);
}

static const char encoding[] = "Content-Transfer-Encoding:";

static bool
is_field(struct str line)
{
	return line.len >= sizeof encoding - 1 &&
	    !strncasecmp(line.data, encoding, sizeof encoding - 1);
}

/* Is the line of the head of a mail, or of a part of one, and says that the
 * text behind it must be decoded?  What it says may stand in the next line. */
static bool
is_encoded(struct diff_parser *p, struct str following)
{
	static const char *const values[] = { "base64", "quoted-printable" };
	struct str value = str_trim(str_skip(p->line, sizeof encoding - 1));

	if (!value.len && str_starts(following, " "))
		value = str_trim(following);
	if (str_starts(p->line, "From ") || str_starts(p->line, "--"))
		p->is_body = false;
	p->is_body |= str_is_blank(p->line);
	if (p->is_body || !is_field(p->line))
		return false;
	value = str_trim(str_cut(&value, '('));
	for (size_t i = 0; i < countof(values); i++)
		if (value.len == strlen(values[i]) &&
		    !strncasecmp(value.data, values[i], value.len))
			return true;
	return false;
}

/* All that is said of a file, or prose. */
static int
read_between(struct diff_parser *p)
{
	struct str lines[DIFF_NAMED_LINES] = { p->line };
	struct diff_file named = { 0 };
	size_t next = p->next;
	size_t n = is_field(p->line) ? 2 : diff_named_lines(p->line);

	for (size_t i = 1; i < n; i++)
		if (!diff_look(p, next, &lines[i], &next) && !p->is_closed)
			return 0;
	if (is_encoded(p, lines[1]))
		return diff_wrong(p,
		    "the text of a mail is encoded; try: git mailinfo "
		    "/dev/null patch");
	if (!diff_named(lines, &named))
		return pass(p);
	begin(p);
	named.line = p->file.line;
	p->file = named;
	p->is_whole = true;
	return name_file(p) ? -1 : pass(p);
}

/* --- lines --- */

static bool
says_binary(struct str line)
{
	return str_starts(line, "Binary file") ||
	    str_is(line, "GIT binary patch") ||
	    str_starts(line, DIFF_CANNOT_DISPLAY);
}

static bool
is_of_head(struct str line)
{
	static const char *const starts[] = { "index ", "old mode ",
		"new mode ", "mode ", "similarity index ",
		"dissimilarity index ", "new file mode ",
		"deleted file mode " };

	for (size_t i = 0; i < countof(starts); i++)
		if (str_starts(line, starts[i]))
			return true;
	return says_binary(line);
}

/* A line between "diff --git" and the first hunk; true: it is one. */
static bool
read_extended(struct diff_parser *p)
{
	struct diff_file *f = &p->file;
	struct str behind, rest, line = p->line;

	if (diff_begins(line, "rename from ", &behind) ||
	    diff_begins(line, "copy from ", &behind)) {
		f->is_rename = line.data[0] == 'r';
		f->is_copy = line.data[0] == 'c';
		replace(&f->old_path, diff_name(behind, 0, &rest));
		return true;
	}
	if (diff_begins(line, "rename to ", &behind) ||
	    diff_begins(line, "copy to ", &behind)) {
		replace(&f->new_path, diff_name(behind, 0, &rest));
		return true;
	}
	f->is_new |= str_starts(line, "new file mode ");
	f->is_deleted |= str_starts(line, "deleted file mode ");
	f->is_mode_change |= str_starts(line, "old mode ");
	f->is_binary |= says_binary(line);
	p->has_lines |= diff_has_lines(line);
	f->is_submodule |= is_of_head(line) && str_ends(line, " 160000");
	return is_of_head(line);
}

/* A line that begins with "@@". */
static int
read_hunk(struct diff_parser *p)
{
	struct diff_hunk h = { 0 };
	struct diff_place place;

	if (!diff_hunk_head(p, &h, &place))
		return p->has_file ? diff_wrong(p, "this is no head of a hunk")
				   : pass(p);
	if (!p->has_file)
		return diff_wrong(p, "a hunk of no file");
	if (!p->file.nhunks && name_by_hunk(p, &h))
		return -1;
	if ((!p->file.old_path && h.old_count) ||
	    (!p->file.new_path && h.new_count))
		return diff_wrong(p, "lines of a file that there is not");
	p->is_head = p->wants_hunk = false;
	return diff_hunk_begin(p, &h, &place);
}

/* Is a line of a head coloured?  Of diff's, that is not the first one. */
static void
look_for_colours(struct diff_parser *p)
{
	size_t n = diff_colour(p->line);
	struct str line = str_skip(p->line, n);

	if (n && (str_starts(line, "diff --") || str_starts(line, "--- "))) {
		p->colours = DIFF_COLOURED;
		diff_strip_colours(p, p->at);
	} else if (str_starts(line, "--- ")) {
		p->colours = DIFF_PLAIN;
	}
}

/*
 * Is a line that stands directly behind a hunk one more than its head says?
 * "-- " is what git ends a mail with, "--word" a border between parts of it.
 */
static bool
is_one_more(struct str line)
{
	if (str_starts(line, "--"))
		return !str_starts(line, "--- ") &&
		    memchr(line.data, ' ', line.len) && !str_is(line, "-- ");
	return line.len && line.data[0] && strchr("+- ", line.data[0]) &&
	    !str_is_blank(line);
}

/* Directly behind the last line of a hunk; "\ No newline" is its. */
static int
end_hunk(struct diff_parser *p)
{
	if (is_one_more(p->line))
		return diff_wrong(p, "a line more than the hunk's head says");
	if (!str_starts(p->line, "\\ "))
		return 0;
	p->places[p->file.nhunks - 1].end = p->next;
	return pass(p);
}

int
diff_read_line(struct diff_parser *p)
{
	struct str behind;
	int got;

	if (p->colours == DIFF_UNDECIDED) {
		look_for_colours(p);
		if (!diff_look(p, p->at, &p->line, &p->next))
			return 0;
	}
	if (p->number == 1)
		p->line = str_skip_bom(p->line);
	if (p->ends_hunk && (got = end_hunk(p)) != 0)
		return got;
	if (diff_begins(p->line, "diff --git ", &behind))
		return begin_git(p, behind, false);
	if (diff_begins(p->line, "diff --cc ", &behind) ||
	    diff_begins(p->line, "diff --combined ", &behind))
		return begin_git(p, behind, true);
	if (str_starts(p->line, "@@"))
		return read_hunk(p);
	if (p->is_head && read_extended(p))
		return pass(p);
	if (diff_begins(p->line, "--- ", &behind))
		return read_minus(p, behind);
	return p->has_file ? end(p) : read_between(p);
}
