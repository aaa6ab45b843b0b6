/* dmr-review: where a quote stands. */
#include "anchor_search.h"

#include "show.h"

bool
anchor_has_hash(const struct anchor_search *s, size_t line)
{
	return !memcmp(s->all->lines[line].hash, s->hash, ANCHOR_HASH);
}

/* Hunks may share a line. */
bool
anchor_is_same(const struct anchor_search *s, size_t a, size_t b)
{
	return s->all->lines[a].number == s->all->lines[b].number;
}

static void
found_add(const struct anchor_search *s, struct anchor_found *f, size_t at)
{
	f->n += !f->n || !anchor_is_same(s, f->at, at);
	f->at = at;
}

/* Does a part begin with a word of the text, or with what is none? */
static bool
begins_well(struct str text, struct str part)
{
	size_t at = str_find(text, part), from = 0;

	while (from + at < text.len) {
		from += at;
		if (!from || !anchor_is_word(text.data[from - 1]) ||
		    !anchor_is_word(*part.data))
			return true;
		from++;
		at = str_find(str_skip(text, from), part);
	}
	return false;
}

struct anchor_fit
anchor_fit_line(
    const struct anchor_quote_line *line, struct str text, bool is_removed)
{
	size_t form = anchor_fits(line, text, is_removed);

	if (form != ANCHOR_NO_FORM)
		return (struct anchor_fit){ ANCHOR_FIT_WHOLE, 0, form };
	form = anchor_fits_part(line, text, is_removed);
	if (form == ANCHOR_NO_FORM)
		return (struct anchor_fit){ 0 };
	return (struct anchor_fit){ ANCHOR_FIT_PART,
		1 + !begins_well(text, line->forms[form].text), form };
}

/* The lines that begin here, of which there are n.  A run of lines fits as its
 * worst line does. */
static struct anchor_fit
fit(const struct anchor_search *s, const struct str *lines, size_t n,
    bool is_removed)
{
	const struct anchor_quote *q = &s->quote;
	struct anchor_fit worst = { ANCHOR_FIT_WHOLE, 0, 0 };

	if (!q->nlines || n < q->nlines)
		return (struct anchor_fit){ 0 };
	for (size_t k = 0; k < q->nlines && worst.level; k++) {
		struct anchor_fit one = anchor_fit_line(
		    &q->lines[k], lines[k], is_removed);

		if (one.level < worst.level)
			worst.level = one.level;
		worst.nparts += one.nparts;
		if (one.form > worst.form)
			worst.form = one.form;
	}
	return worst;
}

/* As many lines of the new side as are quoted stand there one after another. */
static bool
is_run(const struct anchor_search *s, size_t line)
{
	size_t last = line + s->quote.nlines - 1;

	return last < s->all->nlines &&
	    s->all->lines[last].hunk == s->all->lines[line].hunk;
}

static bool
run_has_hash(const struct anchor_search *s, size_t start)
{
	for (size_t k = 0; k < s->quote.nlines; k++)
		if (anchor_has_hash(s, start + k))
			return true;
	return false;
}

static bool
is_exact(const struct anchor_search *s, size_t start)
{
	struct buf shown = { .max = SIZE_MAX / 2 };
	bool is_same = true;

	for (size_t k = 0; k < s->quote.nlines && is_same; k++) {
		buf_clear(&shown);
		show_text(&shown, s->all->lines[start + k].text);
		is_same = str_equal(s->quote.lines[k].raw, buf_str(&shown));
	}
	buf_done(&shown);
	return is_same;
}

struct anchor_fit
anchor_fit_here(const struct anchor_search *s, size_t i)
{
	const struct anchors *a = s->all;

	return is_run(s, i) ? fit(s, a->index->lines + i, a->nlines - i, false)
			    : (struct anchor_fit){ 0 };
}

/* A few characters are part of any line. */
static bool
counts(const struct anchor_search *s, struct anchor_fit f)
{
	const struct anchor_quote_line *line = &s->quote.lines[0];

	return f.level == ANCHOR_FIT_WHOLE ||
	    (f.level == ANCHOR_FIT_PART &&
		(s->quote.nlines > 1 ||
		    anchor_count_solid(line->forms[f.form].text) >=
			ANCHOR_PART_MIN));
}

bool
anchor_is_better(struct anchor_fit a, struct anchor_fit b)
{
	if (a.level != b.level)
		return a.level > b.level;
	return a.nparts != b.nparts ? a.nparts < b.nparts : a.form < b.form;
}

/*
 * Is it one of those that count?  Of a quote to which nothing was put, what
 * fits in a worse form does not, if it is the same for a better one.
 */
static bool
note_fit(struct anchor_search *s, struct anchor_fit f)
{
	bool is_level = f.level == s->best.level && s->best.level;

	if (!counts(s, f)) {
		s->is_scrap = s->is_scrap || f.level;
		return false;
	}
	if (is_level && !s->quote.lines[0].is_marked &&
	    f.form != s->best.form) {
		if (f.form > s->best.form)
			return false;
		s->whole.n = s->whole_hashed.n = s->bytes.n = 0;
		s->part.n = s->part_hashed.n = 0;
		s->removed_whole = s->removed_part = false;
	}
	if (anchor_is_better(f, s->best))
		s->best = f;
	return true;
}

static void
look_at_line(struct anchor_search *s, size_t i)
{
	struct anchor_fit f = anchor_fit_here(s, i);
	bool is_whole = f.level == ANCHOR_FIT_WHOLE;

	if (!note_fit(s, f))
		return;
	found_add(s, is_whole ? &s->whole : &s->part, i);
	if (run_has_hash(s, i))
		found_add(s, is_whole ? &s->whole_hashed : &s->part_hashed, i);
	if (is_whole && is_exact(s, i))
		found_add(s, &s->bytes, i);
}

void
anchor_look_everywhere(struct anchor_search *s)
{
	const struct anchors *a = s->all;

	for (size_t i = 0; s->quote.nlines && i < a->nlines; i++)
		look_at_line(s, i);
	for (size_t i = 0; i < a->nremoved; i++) {
		struct anchor_fit f = fit(
		    s, a->index->removed + i, a->nremoved - i, true);

		if (!note_fit(s, f))
			continue;
		s->removed_whole = s->removed_whole ||
		    f.level == ANCHOR_FIT_WHOLE;
		s->removed_part = s->removed_part || f.level == ANCHOR_FIT_PART;
	}
}
