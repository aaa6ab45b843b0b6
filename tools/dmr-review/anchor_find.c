/* dmr-review: the one line that an anchor and a quote leave. */
#include "anchor_search.h"

static const size_t NOWHERE = SIZE_MAX;

/* --- what is claimed --- */

static void
read_claim(struct anchor_search *s, struct str anchor)
{
	anchor = str_trim(anchor);
	while (anchor.len && *anchor.data >= '0' && *anchor.data <= '9') {
		if (s->number > SIZE_MAX / 16)
			return;
		s->number = s->number * 10 + (size_t)(*anchor.data - '0');
		anchor = str_skip(anchor, 1);
	}
	if (anchor.len <= ANCHOR_HASH || *anchor.data != '#')
		return;
	for (size_t i = 0; i < ANCHOR_HASH; i++) {
		char c = anchor.data[1 + i];

		s->hash[i] = (char)(c >= 'A' && c <= 'Z' ? c + 32 : c);
	}
}

static size_t
find_agreed(const struct anchor_search *s)
{
	for (size_t i = 0; i < s->all->nlines; i++)
		if (s->all->lines[i].number == s->number &&
		    anchor_has_hash(s, i))
			return i;
	return NOWHERE;
}

/* --- what follows --- */

/* The run of quoted lines that the agreed one is in, as good as any other
 * place; or NOWHERE. */
static size_t
agreed_run(const struct anchor_search *s)
{
	for (size_t k = 0; k < s->quote.nlines && k <= s->agreed; k++) {
		struct anchor_fit f = anchor_fit_here(s, s->agreed - k);

		if (f.level && !anchor_is_better(s->best, f))
			return s->agreed - k;
	}
	return NOWHERE;
}

/* The same characters, whatever blanks are between them? */
static bool
is_solid_alike(struct str a, struct str b)
{
	size_t i = 0, k = 0;

	for (;;) {
		while (i < a.len && a.data[i] == ' ')
			i++;
		while (k < b.len && b.data[k] == ' ')
			k++;
		if (i == a.len || k == b.len)
			return i == a.len && k == b.len;
		if (a.data[i++] != b.data[k++])
			return false;
	}
}

/* How many of the lines are the quoted one, blanks aside? */
static size_t
count_solid(
    const struct anchor_quote_line *quoted, const struct str *lines, size_t n)
{
	size_t count = 0;

	for (size_t i = 0; i < n; i++)
		for (size_t way = 0; way < ANCHOR_WAYS; way++)
			if (is_solid_alike(quoted->words[way], lines[i])) {
				count++;
				break;
			}
	return count;
}

/*
 * One line is quoted, once or again and again, and stands in no place that is
 * a run of so many.  Blanks aside, is it one that is elsewhere, or gone?  They
 * may stand for what was escaped.
 */
static bool
is_of_others(const struct anchor_search *s)
{
	const struct anchor_quote_line *first = &s->quote.lines[0];
	const struct str *agreed = &s->all->index->lines[s->agreed];

	if (!s->quote.nlines || !first->words[0].len ||
	    s->all->index->is_escaped[s->agreed])
		return false;
	for (size_t k = 1; k < s->quote.nlines; k++)
		if (!count_solid(first, &s->quote.lines[k].words[0], 1))
			return false;
	if (count_solid(first, agreed, 1))
		return s->quote.nlines > 1;
	return count_solid(first, s->all->index->lines, s->all->nlines) ||
	    count_solid(first, s->all->index->removed, s->all->nremoved);
}

/* Number and hash agree.  Does the quote leave it at that? */
static bool
take_agreed(struct anchor_search *s, struct anchor_place *place)
{
	size_t run = agreed_run(s);

	place->method = ANCHOR_AGREED;
	place->line = s->agreed;
	place->end_line = s->agreed;
	if (run == NOWHERE)
		return !s->best.level && !s->is_scrap && !is_of_others(s) &&
		    anchor_is_most_alike(s->all, &s->quote, s->agreed);
	if (s->quote.nlines > 1 && s->removed_part &&
	    s->best.level == ANCHOR_FIT_PART)
		return false;
	place->line = run;
	place->end_line = run + s->quote.nlines - 1;
	return true;
}

/* Might the quoted line be what a model left of this one?  Some words may be
 * its own. */
static bool
is_origin(const struct anchor_quote_line *line, struct str text, bool has_own)
{
	for (size_t way = 0; way < ANCHOR_WAYS; way++) {
		size_t of;
		size_t lacks = anchor_lacks_words(text, line->words[way], &of);

		if (lacks <= (has_own ? 1 + of / 6 : 0))
			return true;
	}
	return anchor_fits_part(line, text, true) != ANCHOR_NO_FORM;
}

static bool
is_in_run(const struct anchor_search *s, size_t i, size_t start)
{
	for (size_t k = 0; k < s->quote.nlines; k++)
		if (anchor_is_same(s, i, start + k))
			return true;
	return false;
}

/* Might one of the quoted lines be what was left of this one, a third of it or
 * more? */
static bool
is_left_of(const struct anchor_search *s, struct str text)
{
	for (size_t k = 0; k < s->quote.nlines; k++) {
		const struct anchor_quote_line *line = &s->quote.lines[k];
		size_t len = line->words[0].len;

		if (len >= ANCHOR_PART_MIN / 2 && len >= text.len / 3 &&
		    is_origin(line, text, false))
			return true;
	}
	return false;
}

/* A line elsewhere has the claimed hash, and the quote may be of it. */
static bool
is_hash_against(const struct anchor_search *s, size_t start, bool even_if_not)
{
	for (size_t i = 0; i < s->all->nlines; i++)
		if (anchor_has_hash(s, i) && !is_in_run(s, i, start) &&
		    (even_if_not || is_left_of(s, s->all->index->lines[i])))
			return true;
	return false;
}

/* A part may have been cut out of a word. */
static bool
has_other_origin(const struct anchor_search *s, size_t at)
{
	const struct anchor_quote_line *line = &s->quote.lines[0];

	for (size_t i = 0; i < s->all->nlines; i++)
		if (!anchor_is_same(s, i, at) &&
		    is_origin(line, s->all->index->lines[i], true))
			return true;
	for (size_t i = 0; i < s->all->nremoved; i++)
		if (is_origin(line, s->all->index->removed[i], true))
			return true;
	return false;
}

static bool
take(const struct anchor_search *s, size_t at, enum anchor_method method,
    struct anchor_place *place)
{
	place->line = at;
	place->end_line = at + s->quote.nlines - 1;
	place->method = method;
	return true;
}

/* Of several places one has the hash, and no line has it elsewhere. */
static bool
take_hashed(const struct anchor_search *s, const struct anchor_found *hashed,
    struct anchor_place *place)
{
	return hashed->n == 1 && !is_hash_against(s, hashed->at, true) &&
	    take(s, hashed->at, ANCHOR_HASHED, place);
}

/* The quote alone, or with the hash. */
static bool
take_quoted(const struct anchor_search *s, struct anchor_place *place)
{
	if (s->removed_whole || anchor_may_be_escaped(s))
		return false;
	if (s->whole.n == 1)
		return !is_hash_against(s, s->whole.at, false) &&
		    take(s, s->whole.at,
			s->bytes.n ? ANCHOR_EXACT : ANCHOR_NORMALIZED, place);
	if (s->whole.n)
		return take_hashed(s, &s->whole_hashed, place);
	if (s->removed_part || s->quote.nlines > 1)
		return false;
	if (s->part.n == 1)
		return !is_hash_against(s, s->part.at, true) &&
		    !has_other_origin(s, s->part.at) &&
		    take(s, s->part.at, ANCHOR_PART, place);
	return !anchor_is_better(
		   s->best, anchor_fit_here(s, s->part_hashed.at)) &&
	    take_hashed(s, &s->part_hashed, place);
}

/* --- the place in the file --- */

/* Where line i, or the part of it that is quoted.  Of one that was shown with
 * escapes it is the line. */
static void
locate(const struct anchor_search *s, size_t i, size_t *start, size_t *end)
{
	const struct anchor_index *index = s->all->index;
	const struct anchor_quote_line *line = s->quote.lines;
	struct str part = index->lines[i];
	struct anchor_fit f = { 0 };

	if (s->quote.nlines == 1)
		f = anchor_fit_line(line, part, false);
	if (f.level == ANCHOR_FIT_PART)
		part = line->forms[f.form].text;
	if (index->is_escaped[i])
		part.len = 0;
	anchor_locate(s->all->lines[i].text, part, start, end);
}

/* From indices to what they stand for. */
static void
fill(const struct anchor_search *s, struct anchor_place *place)
{
	const struct anchors *a = s->all;
	size_t first = place->line, last = place->end_line, other;

	place->text = a->lines[first].text;
	place->line = a->lines[first].number;
	place->end_line = a->lines[last].number;
	locate(s, first, &place->start, &place->end);
	if (last != first)
		locate(s, last, &other, &place->end);
}

bool
anchor_find(const struct anchors *a, struct str anchor, struct str quote,
    struct anchor_place *place)
{
	struct anchor_search s = { .all = a };
	struct buf shown = { .max = SIZE_MAX / 2 };
	bool found;

	read_claim(&s, anchor);
	s.agreed = find_agreed(&s);
	anchor_show_quote(&shown, quote);
	anchor_quote_read(&s.quote, buf_str(&shown));
	anchor_look_everywhere(&s);
	if (!s.whole.n && !s.removed_whole && anchor_quote_unfence(&s.quote))
		anchor_look_everywhere(&s);
	if (s.quote.nlines)
		found = (s.agreed != NOWHERE && take_agreed(&s, place)) ||
		    take_quoted(&s, place);
	else
		found = s.agreed != NOWHERE && take_agreed(&s, place);
	if (found)
		fill(&s, place);
	else
		*place = (struct anchor_place){ 0 };
	anchor_quote_done(&s.quote);
	buf_done(&shown);
	return found;
}
