/* dmr-review: what is to be reviewed comes in, and is divided into parts. */
#include "input.h"

#include <unistd.h>

#include "die.h"
#include "mem.h"
#include "plain.h"
#include "split.h"

enum {
	SECTIONS_MAX = 64,    /* in work */
	BYTES_MAX = 16 << 20, /* theirs */
};

/* --- sections --- */

/* Why what has changed cannot be reviewed, or NULL. */
static const char *
objection(const struct diff_file *d)
{
	if (d->is_binary)
		return "binary";
	return d->is_submodule ? "submodule" : d->unshown;
}

/* Has text changed that is not in the diff?  git diff -D leaves out that of
 * files that are gone. */
static bool
lacks_text(const struct diff_file *d)
{
	return d->unshown && !d->is_binary && !d->is_submodule &&
	    !d->is_property && !d->is_deleted;
}

/* Of what is not reviewed the name is looked at all the same. */
static void
add_section(struct run *run, const struct diff_file *diff)
{
	struct section *s = mem_new(1, sizeof *s);
	const char *why = objection(diff);

	s->run = run;
	s->diff = *diff;
	if (why)
		s->diff.nhunks = 0;
	section_open(s);
	if (why) {
		warn("%s: not reviewed: %s", s->path, why);
		finding_skip(&run->report, FINDING_SKIPPED, s->path, 0, why);
		run->nfailed += lacks_text(diff);
	} else if (!diff->nhunks) {
		finding_skip(&run->report, FINDING_UNCHANGED, s->path, 0,
		    "no line has changed");
	}
	s->following = run->sections;
	run->sections = s;
	run->nsections++;
	run->bytes += s->bytes;
	run->open = s;
}

/* It has been reviewed. */
static void
drop_section(struct section *s)
{
	struct section **at = &s->run->sections;

	while (*at != s)
		at = &(*at)->following;
	*at = s->following;
	s->run->nsections--;
	s->run->bytes -= s->bytes;
	section_close(s);
}

static void
close_open(struct run *run)
{
	struct section *s = run->open;

	run->open = NULL;
	s->is_closed = true;
	if (!s->parts)
		drop_section(s);
}

/* --- sources --- */

/* What an operand is told as. */
static const char *
name_of(const struct run *run, const char *path)
{
	if (strcmp(path, "-") != 0)
		return path;
	return run->want->stdin_name ? run->want->stdin_name : "standard input";
}

/* A commit, or commits, in place of a file? */
static bool
is_revision(const char *path)
{
	return strpbrk(path, "~^") || !strncmp(path, "HEAD", strlen("HEAD")) ||
	    (strstr(path, "..") && !strchr(path, '/'));
}

/* A file as a section: all of it is new. */
static int
read_source(struct run *run, const char *path, const char *name, struct err *e)
{
	struct buf text = { .max = SYNTAX_TEXT_MAX };
	struct diff_file diff = { 0 };

	if (tool_read(path, SYNTAX_TEXT_MAX, &text, e)) {
		if (is_revision(path) && access(path, F_OK))
			err_add(e, "; try: git show %s | dmr-review", path);
		buf_done(&text);
		return -1;
	}
	if (str_has_nul(buf_str(&text))) {
		buf_done(&text);
		return err_set(e, ST_INPUT, "%s: not reviewed: binary", name);
	}
	if (str_ends(str_of(name), ".diff") || str_ends(str_of(name), ".patch"))
		warn("%s: reviewed as a source file; as a diff: "
		     "dmr-review <%s",
		    name, name);
	split_ask(run, text.len);
	diff_of_source(&diff, name, buf_str(&text), split_piece(run));
	buf_done(&text);
	add_section(run, &diff);
	return 0;
}

/* One that cannot be read is named, and the others go on. */
static int
open_source(struct run *run, struct err *e)
{
	const char *path = run->paths[run->next_path++];
	const char *name = name_of(run, path);
	struct err why = ERR_NONE;

	if (!read_source(run, path, name, &why))
		return 1;
	plain_err(&why);
	finding_skip(&run->report, FINDING_SKIPPED, name, 0, why.text);
	if (run->npaths == 1) {
		*e = why;
		return -1;
	}
	run->nfailed++;
	if (!run->first.status)
		run->first = why;
	die_say(&why);
	return 1;
}

static int
open_next(struct run *run, struct err *e)
{
	struct diff_file diff = { 0 };
	int got;

	if (run->npaths)
		return open_source(run, e);
	got = diff_reader_next(&run->diff, &diff, e);
	if (got == 1)
		add_section(run, &diff);
	return got;
}

/* --- parts --- */

static void
free_part(struct part *part)
{
	found_done(&part->found);
	free(part->gaps);
	free(part);
}

/* Is a part still to be made of it?  Where no line has changed that is one
 * without hunks, if something was found in the name. */
static bool
has_part(const struct section *s)
{
	return s->next < s->diff.nhunks || (!s->has_begun && s->found.n);
}

static struct part *
make_part(struct section *s)
{
	struct part *part = mem_new(1, sizeof *part);
	size_t n = s->diff.nhunks;

	part->section = s;
	part->first = part->at = s->next;
	part->end = s->run->want->offline ? n : split_end(s, s->next, n);
	if (part->end == part->first && n)
		part->end++; /* too long, as will be seen */
	s->next = part->end;
	s->has_begun = true;
	part->following = s->parts;
	s->parts = part;
	return part;
}

static struct part *
first_part(const struct section *s)
{
	struct part *part = s->parts;

	while (part && part->following)
		part = part->following;
	return part;
}

bool
input_rest(struct run *run, struct part **part)
{
	while (run->sections) {
		struct section *s = run->sections;

		while (s->following)
			s = s->following;
		*part = first_part(s);
		if (*part)
			return true;
		if (run->open == s)
			run->open = NULL;
		s->is_closed = true;
		if (has_part(s)) {
			*part = make_part(s);
			return true;
		}
		drop_section(s);
	}
	return false;
}

bool
input_is_at_end(const struct run *run)
{
	return !run->open &&
	    (run->npaths ? run->next_path == run->npaths : run->diff.at_end);
}

int
input_next(struct run *run, struct part **part, struct err *e)
{
	int got = 1;

	while (got == 1) {
		struct section *s = run->open;

		run->is_full = false;
		if (s && has_part(s)) {
			*part = make_part(s);
			return 1;
		}
		if (s)
			close_open(run);
		if (input_is_at_end(run))
			return 0;
		run->is_full = run->nsections >= SECTIONS_MAX ||
		    run->bytes > BYTES_MAX;
		if (run->is_full)
			return 0;
		got = open_next(run, e);
	}
	return got;
}

void
input_release(struct part *part)
{
	struct section *s = part->section;
	struct part **at = &s->parts;

	while (*at != part)
		at = &(*at)->following;
	*at = part->following;
	free_part(part);
	if (s->is_closed && !s->parts)
		drop_section(s);
}

void
input_close(struct run *run)
{
	while (run->sections) {
		struct section *s = run->sections;

		while (s->parts) {
			struct part *part = s->parts;

			s->parts = part->following;
			free_part(part);
		}
		drop_section(s);
	}
	diff_reader_done(&run->diff);
}
