/* dmr-review: is what a model wants to see in a place still a program? */
#include "suggestion.h"

/* Where lines stand in a text. */
struct range {
	size_t from, end; /* bytes; with the last line's end */
};

struct suggestion {
	struct lang *lang;
	struct suggestions *all;
	const char *origin; /* of the text */
	struct buf before;  /* the file, or what the diff shows of it */
	struct range range; /* the lines in it that are replaced */
	struct buf after;   /* with the others in their place */
	bool is_fragment;
};

/* --- what it is put into --- */

/* The new side of the hunk that has these lines; false: none has all. */
static bool
read_hunk(struct suggestion *s, const struct diff_hunk *hunk, size_t first,
    size_t last)
{
	struct diff_lines lines = diff_lines(hunk);
	struct diff_line line;
	size_t seen = 0;

	buf_clear(&s->before);
	while (diff_lines_next(&lines, &line)) {
		if (line.kind == DIFF_REMOVED)
			continue;
		if (line.new_line == first)
			s->range.from = s->before.len;
		buf_add(&s->before, line.text);
		buf_add_char(&s->before, '\n');
		seen += line.new_line >= first && line.new_line <= last;
		if (line.new_line == last)
			s->range.end = s->before.len;
	}
	return seen == last - first + 1;
}

/* Hunks may have lines in common. */
static bool
read_hunks(struct suggestion *s, const struct diff_file *file, size_t first,
    size_t last)
{
	for (size_t i = diff_find_hunk(file, first); i < file->nhunks; i++) {
		const struct diff_hunk *hunk = &file->hunks[i];

		if (hunk->new_start > first)
			break;
		if (last >= hunk->new_start + hunk->new_count)
			continue;
		s->origin = hunk->text.data;
		if (read_hunk(s, hunk, first, last))
			return true;
	}
	return false;
}

/* The same lines, but for their ends? */
static bool
is_alike(struct str a, struct str b)
{
	while (a.len || b.len) {
		struct str x = str_cut(&a, '\n'), y = str_cut(&b, '\n');

		if (str_ends(x, "\r"))
			x.len--;
		if (str_ends(y, "\r"))
			y.len--;
		if (!str_equal(x, y))
			return false;
	}
	return true;
}

static struct str
text_of(const struct buf *b, struct range r)
{
	return (struct str){ b->data + r.from, r.end - r.from };
}

/* Take the whole file for what the hunk showed of it; false: it is not the
 * one that the diff made. */
static bool
read_whole(struct suggestion *s, struct str whole, size_t first, size_t last)
{
	struct buf shown = { 0 };
	struct range r = { 0 };
	struct str rest = whole;
	bool is_it;

	for (size_t i = 1; i <= last && rest.data; i++) {
		if (i == first)
			r.from = whole.len - rest.len;
		str_cut(&rest, '\n');
		r.end = whole.len - rest.len;
	}
	buf_add(&shown, text_of(&s->before, s->range));
	buf_clear(&s->before);
	buf_add(&s->before, whole);
	s->origin = whole.data;
	s->range = r;
	is_it = r.from < r.end && !s->before.full &&
	    is_alike(text_of(&s->before, r), buf_str(&shown));
	buf_done(&shown);
	return is_it;
}

static void
write_after(struct suggestion *s, struct str text)
{
	struct str before = buf_str(&s->before);

	buf_add(&s->after, (struct str){ before.data, s->range.from });
	buf_add(&s->after, text);
	if (text.len && !str_ends(text, "\n"))
		buf_add_char(&s->after, '\n');
	buf_add(&s->after, str_skip(before, s->range.end));
}

/* --- does it parse? --- */

/* How many places do not; SIZE_MAX: nobody can say. */
static size_t
count_errors(struct lang *lang, struct str text)
{
	struct err e = ERR_NONE;
	struct syntax_grammar *grammar = lang_grammar(lang, &e);
	struct syntax_tree *tree = grammar ? syntax_parse(grammar, text, &e)
					   : NULL;
	struct syntax_walk walk = { 0 };
	size_t n = 0;

	if (!tree)
		return SIZE_MAX;
	syntax_walk_open(&walk, syntax_root(tree));
	while (syntax_walk_next(&walk)) {
		n += syntax_is_error(walk.node) || syntax_is_missing(walk.node);
		if (!syntax_has_error(walk.node))
			syntax_walk_skip(&walk);
	}
	syntax_walk_close(&walk);
	syntax_tree_free(tree);
	return n;
}

static bool
is_balanced_alike(struct str a, struct str b)
{
	static const char *const pairs[] = { "()", "[]", "{}" };

	for (size_t i = 0; i < countof(pairs); i++) {
		ptrdiff_t open = 0;

		for (size_t k = 0; k < a.len; k++)
			open += (a.data[k] == pairs[i][0]) -
			    (a.data[k] == pairs[i][1]);
		for (size_t k = 0; k < b.len; k++)
			open -= (b.data[k] == pairs[i][0]) -
			    (b.data[k] == pairs[i][1]);
		if (open)
			return false;
	}
	return true;
}

/* The blanks that the first line that has text begins with. */
static struct str
margin_of(struct str text)
{
	struct str line = text;
	size_t n = 0;

	while (text.len && str_is_blank(line = str_cut(&text, '\n')))
		;
	while (n < line.len && (line.data[n] == ' ' || line.data[n] == '\t'))
		n++;
	return (struct str){ line.data, n };
}

/* Of the text as it is.  Findings come by line, so mostly it is the one of
 * before. */
static size_t
errors_before(struct suggestion *s)
{
	struct suggestions *all = s->all;

	if (all->text != s->origin)
		all->nerrors = count_errors(s->lang, buf_str(&s->before));
	all->text = s->origin;
	return all->nerrors;
}

static bool
parses(struct suggestion *s, struct str text)
{
	struct str old = text_of(&s->before, s->range);
	size_t before = errors_before(s), after;

	if (before == SIZE_MAX || s->after.full ||
	    (!str_is_blank(text) &&
		!str_equal(margin_of(old), margin_of(text))) ||
	    ((before || s->is_fragment) && !is_balanced_alike(old, text)))
		return false;
	if (!s->is_fragment)
		s->all->nparsed += s->after.len;
	after = count_errors(s->lang, buf_str(&s->after));
	return after <= before;
}

bool
suggestion_holds(struct suggestions *all, const struct diff_file *file,
    struct str whole, size_t first, size_t last, struct str text)
{
	struct suggestion s = { .all = all,
		.before = { .max = SUGGESTION_TEXT_MAX },
		.after = { .max = SUGGESTION_TEXT_MAX },
		.is_fragment = !whole.len || whole.len > SUGGESTION_TEXT_MAX ||
		    all->nparsed > SUGGESTION_PARSED_MAX };
	struct err e = ERR_NONE;
	bool holds = false;

	if (first > 0 && first <= last && file->new_path &&
	    read_hunks(&s, file, first, last) && !s.before.full &&
	    (s.is_fragment || read_whole(&s, whole, first, last)) &&
	    !is_alike(text_of(&s.before, s.range), text))
		s.lang = lang_find(
		    all->langs, NULL, file->new_path, buf_str(&s.before), &e);
	if (s.lang) {
		write_after(&s, text);
		holds = parses(&s, text);
	}
	buf_done(&s.before);
	buf_done(&s.after);
	return holds;
}
