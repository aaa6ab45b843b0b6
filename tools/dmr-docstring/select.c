/* dmr-docstring: which declarations are wanted. */
#include "select.h"

#include "die.h"
#include "mem.h"

enum { DIFF_MAX = 64 << 20 }; /* bytes */

/* --- once a run --- */

static int
compile(const char *name, const char *text, struct pattern **p, struct err *e)
{
	if (!text)
		return 0;
	*p = pattern_new(str_of(text), e);
	return *p ? 0 : err_prefix(e, "--%s", name);
}

/* A line's number; 0: it is none. */
static size_t
read_line(struct str text)
{
	size_t n = 0;

	if (!text.len || text.len > 9)
		return 0;
	for (size_t i = 0; i < text.len; i++) {
		if (text.data[i] < '0' || text.data[i] > '9')
			return 0;
		n = 10 * n + (size_t)(text.data[i] - '0');
	}
	return n;
}

/* A,B or A: lines from 1, both inside. */
static int
take_lines(struct run *run, struct err *e)
{
	const struct opt_list *lines = &run->want->lines;

	run->ranges = mem_new(lines->n + 1, sizeof *run->ranges);
	for (size_t i = 0; i < lines->n; i++) {
		struct run_range *r = &run->ranges[i];
		struct str rest = str_of(lines->items[i]);

		r->first = r->last = read_line(str_cut(&rest, ','));
		if (rest.data)
			r->last = read_line(rest);
		if (!r->first || r->last < r->first)
			return err_set(e, ST_USAGE,
			    "--lines: '%s' is not A,B, two lines from 1",
			    lines->items[i]);
	}
	return 0;
}

static int
read_diff(struct run *run, struct err *e)
{
	struct buf text = { .max = DIFF_MAX };
	int got;

	if (!run->want->diff_from)
		return 0;
	got = tool_read(run->want->diff_from, DIFF_MAX, &text, e);
	if (!got && diff_read(&run->diff, buf_str(&text), e))
		got = err_prefix(e, "--diff-from");
	run->has_diff = !got;
	buf_done(&text);
	return got;
}

int
select_open(struct run *run, struct err *e)
{
	const struct run_options *want = run->want;

	return compile("only", want->only, &run->only, e) ||
		compile("exclude", want->exclude, &run->exclude, e) ||
		take_lines(run, e) || read_diff(run, e)
	    ? -1
	    : 0;
}

void
select_close(struct run *run)
{
	pattern_free(run->only);
	pattern_free(run->exclude);
	if (run->has_diff)
		diff_done(&run->diff);
	free(run->ranges);
}

/* --- a file --- */

/* Is one path the end of the other, from a folder's name on? */
static bool
is_end_of(struct str end, struct str path)
{
	return path.len > end.len && end.len &&
	    path.data[path.len - end.len - 1] == '/' &&
	    str_equal(str_skip(path, path.len - end.len), end);
}

/* Bytes that two paths end with, if that is all of one; else 0. */
static size_t
common_end(struct str name, struct str path, bool either)
{
	if (str_equal(name, path) || is_end_of(name, path))
		return name.len;
	return either && is_end_of(path, name) ? path.len : 0;
}

static size_t
longest_end(const struct diff *diff, struct str path, bool either)
{
	size_t longest = 0;

	for (size_t i = 0; i < diff->nfiles; i++) {
		struct str name = str_of(diff->files[i].new_path);
		size_t n = common_end(name, path, either);

		longest = n > longest ? n : longest;
	}
	return longest;
}

/* Of the longest, that whose lines are those of the file; none of several. */
static void
choose(struct run_file *file, struct str path, bool either, size_t longest)
{
	const struct diff *diff = &file->run->diff;
	const struct diff_file *chosen = NULL;

	for (size_t i = 0; longest && i < diff->nfiles; i++) {
		const struct diff_file *each = &diff->files[i];
		struct str name = str_of(each->new_path);

		if (common_end(name, path, either) < longest ||
		    !diff_is_of(each, buf_str(&file->source.bytes)))
			continue;
		if (chosen && strcmp(chosen->new_path, each->new_path) != 0) {
			warn("%s: left as it is: the diff's '%s' and '%s' "
			     "could both be it",
			    file->source.path, chosen->new_path,
			    each->new_path);
			return;
		}
		chosen = each;
	}
	file->changes = chosen;
}

static bool
is_in_diff(const struct diff *diff, struct str path)
{
	for (size_t i = 0; i < diff->nfiles; i++)
		if (str_equal(str_of(diff->files[i].new_path), path))
			return true;
	return false;
}

/*
 * A diff's paths begin at the top of a repository, ours may not; where the file
 * lies tells most.
 */
int
select_changes(struct run_file *file, struct err *e)
{
	const struct diff *diff = &file->run->diff;
	struct str path = str_of(file->source.path);
	char *real = realpath(file->source.path, NULL);
	size_t longest = longest_end(diff, str_of(real), false);

	file->changes = NULL;
	while (str_starts(path, "./"))
		path = str_skip(path, 2);
	if (longest)
		choose(file, str_of(real), false, longest);
	else
		choose(file, path, true, longest_end(diff, path, true));
	free(real);
	if (file->changes || !is_in_diff(diff, path))
		return 0;
	return err_set(e, ST_INPUT,
	    "%s: its lines are not those of the diff; try: one of the file as "
	    "it is",
	    file->source.path);
}

/* --- a declaration --- */

/* Is one of the lines from first to last asked for? */
static bool
touches(const struct run_file *file, size_t first, size_t last)
{
	const struct run *run = file->run;

	if (first > last)
		return false;
	for (size_t i = 0; i < run->want->lines.n; i++)
		if (run->ranges[i].first <= last &&
		    run->ranges[i].last >= first)
			return true;
	return file->changes && diff_touches(file->changes, first, last);
}

/*
 * What is in a class does not touch the class: lines of declarations in this
 * one do not count.
 */
static bool
is_touched(const struct run_file *file, const struct declaration *d)
{
	const struct source *s = &file->source;
	const struct declaration *end = s->declarations + s->ndeclarations;
	size_t from = syntax_row(d->node) + 1;

	if (!file->run->want->lines.n && !file->run->has_diff)
		return true;
	for (const struct declaration *in = d + 1; in < end; in++) {
		size_t first = syntax_row(in->node) + 1;

		if (first > d->end_line)
			break;
		if (in->parent != d)
			continue;
		if (touches(file, from, first - 1))
			return true;
		from = in->end_line + 1;
	}
	return touches(file, from, d->end_line);
}

bool
select_names(const struct run_file *file, const struct declaration *d)
{
	const struct run *run = file->run;

	struct str name = str_of(d->symbol);

	if (run->only && !pattern_matches(run->only, name))
		return false;
	if (run->exclude && pattern_matches(run->exclude, name))
		return false;
	return is_touched(file, d);
}

/* Is there no place that is known to be right? */
static bool
is_placeless(const char *reason)
{
	return select_is_failure(reason) || !strcmp(reason, "continuation") ||
	    !strcmp(reason, "no-body");
}

/* Has an option taken it back?  What is unknown may be, if it is `open`. */
static bool
is_undone(const struct run_options *want, bool inserts_lines,
    const char *reason, bool open)
{
	bool all = want->all;
	const struct {
		const char *reason;
		bool is_undone;
	} rules[] = {
		{ "private", all },
		{ "minor", all },
		{ "member", all || want->members },
		{ "nested", all || want->nested },
		{ "test", all || want->tests },
		{ "magic", all || want->magic },
		{ "module", all || want->module },
		{ "shares-line", inserts_lines },
		{ "shares-place", false },
	};

	if (want->only_doc && strcmp(reason, "module") != 0)
		return !is_placeless(reason); /* it is pointed at */
	for (size_t i = 0; i < countof(rules); i++)
		if (!strcmp(reason, rules[i].reason))
			return rules[i].is_undone;
	/* The others name who reads the documentation. */
	return open && want->force_consumers;
}

const char *
select_reason(const struct run *run, const struct declaration *d)
{
	const char *failure = NULL;

	for (size_t i = 0; d->reasons[i]; i++) {
		const char *reason = d->reasons[i];

		if (is_undone(
			run->want, run->inserts_lines, reason, i >= d->nfixed))
			continue;
		if (!select_is_failure(reason))
			return reason;
		failure = reason;
	}
	return failure;
}

bool
select_is_failure(const char *reason)
{
	return !strcmp(reason, "parse");
}
