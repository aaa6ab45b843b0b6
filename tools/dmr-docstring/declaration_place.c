/* dmr-docstring: where documentation is, or goes. */
#include "declaration_parts.h"

/* --- bytes of the source --- */

static struct str
between(const struct source *s, size_t from, size_t to)
{
	return (struct str){ s->bytes.data + from, to - from };
}

/* Where the text begins, behind a byte order mark. */
static size_t
first_byte(const struct source *s)
{
	struct str all = buf_str(&s->bytes);

	return all.len - str_skip_bom(all).len;
}

/* Where the blanks begin that stand before this byte on its line. */
static size_t
blanks_before(const struct source *s, size_t at)
{
	size_t first = first_byte(s);

	while (at > first && s->bytes.data[at - 1] &&
	    strchr(" \t\f\v", s->bytes.data[at - 1]))
		at--;
	return at;
}

/* Does only blank space stand before it on its line? */
static bool
begins_line(const struct source *s, size_t at)
{
	at = blanks_before(s, at);
	return at <= first_byte(s) || s->bytes.data[at - 1] == '\n';
}

/* Where the line behind this byte begins; the end, if there is none. */
static size_t
next_line(const struct source *s, size_t at)
{
	const char *end = memchr(s->bytes.data + at, '\n', s->bytes.len - at);

	return end ? (size_t)(end - s->bytes.data) + 1 : s->bytes.len;
}

/* Blanks and form feeds. */
static bool
is_blank(struct str text)
{
	for (size_t i = 0; i < text.len; i++)
		if (!strchr(" \t\r\n\f\v", text.data[i]) || !text.data[i])
			return false;
	return true;
}

/* What lines in this place begin with.  A form feed counts as no column. */
static struct str
indent_of(const struct source *s, size_t at)
{
	struct str indent = between(s, blanks_before(s, at), at);

	for (size_t i = indent.len; i > 0; i--)
		if (indent.data[i - 1] == '\f')
			return str_skip(indent, i);
	return indent;
}

/* The line end before the line that begins at a byte, or of that line. */
static struct str
eol_of(const struct source *s, size_t at)
{
	const char *bytes = s->bytes.data;

	if (at == 0 || bytes[at - 1] != '\n')
		at = next_line(s, at);
	if (at == 0 || bytes[at - 1] != '\n')
		return str_of(s->eol);
	return at > 1 && bytes[at - 2] == '\r' ? STR("\r\n") : STR("\n");
}

/* Does the line before this one go on in it? */
static bool
continues(const struct source *s, size_t at)
{
	struct str before = between(s, 0, at);

	if (!str_ends(before, "\n"))
		return false;
	before.len--;
	if (str_ends(before, "\r"))
		before.len--;
	return str_ends(before, "\\");
}

/* --- above --- */

/* How many remarks end at `at` or before it. */
static size_t
remarks_before(const struct found *f, size_t at)
{
	size_t low = 0, high = f->nremarks;

	while (low < high) {
		size_t middle = low + (high - low) / 2;

		if (f->remarks[middle].start < at)
			low = middle + 1;
		else
			high = middle;
	}
	while (low > 0 && f->remarks[low - 1].end > at)
		low--;
	return low;
}

static bool
fits(const struct source *s, const char *setting, struct str text)
{
	const struct lang_setting *found = lang_next(s->lang, setting, NULL);

	return found && pattern_matches(found->pattern, text);
}

static const char *
argument_for(const struct source *s, const char *setting, struct str text)
{
	const struct lang_setting *found = NULL;

	while ((found = lang_next(s->lang, setting, found)))
		if (pattern_matches(found->pattern, text))
			return found->argument;
	return NULL;
}

/* What an attribute says. */
static void
read_attached(const struct source *s, struct str text, struct draft *draft,
    struct declaration *d)
{
	if (!d->doc.data && fits(s, "documentation", text))
		d->doc = text;
	draft->is_public |= fits(s, "public-attached", text);
	if (!draft->skip)
		draft->skip = argument_for(s, "skip-attached", text);
	if (!draft->consumer)
		draft->consumer = argument_for(s, "consumer-attached", text);
}

static bool
is_documentation(const struct source *s, struct str comment)
{
	return !lang_next(s->lang, "documentation", NULL) ||
	    fits(s, "documentation", comment);
}

/*
 * Is remark i documentation of what begins at `at`?  A comment in the line
 * above is, and one that says so by its form, whatever stands between.
 */
static bool
documents(const struct source *s, const struct remark *r, size_t at)
{
	struct str comment = between(s, r->start, r->end);

	if (!is_documentation(s, comment) || !begins_line(s, r->start))
		return false;
	return str_starts(comment, "/**") || str_starts(comment, "///") ||
	    str_count(between(s, r->end, at), '\n') <= 1;
}

/* Is it a tool's, for the line below it? */
static bool
is_directive(const struct source *s, const struct remark *r, size_t nlines)
{
	return nlines <= 1 && begins_line(s, r->start) &&
	    fits(s, "directive", between(s, r->start, r->end));
}

/* Comments of one line each that stand above another are one. */
static struct str
whole_comment(const struct source *s, const struct found *f, size_t i)
{
	size_t start = f->remarks[i].start, end = f->remarks[i].end;

	while (i > 0 && !str_starts(between(s, start, end), "/*")) {
		const struct remark *r = &f->remarks[i - 1];
		struct str gap = between(s, r->end, start);

		if (!r->is_comment || !begins_line(s, r->start) ||
		    !is_blank(gap) || str_count(gap, '\n') > 1 ||
		    str_starts(between(s, r->start, r->end), "/*") ||
		    !is_documentation(s, between(s, r->start, r->end)))
			break;
		start = r->start;
		i--;
	}
	return between(s, start, end);
}

/* A comment above: true, there is documentation, or what stands for it. */
static bool
judge_comment(const struct source *s, const struct found *f, size_t i,
    size_t above, struct declaration *d)
{
	const struct remark *r = &f->remarks[i];

	if (!d->doc.data && documents(s, r, above))
		d->doc = whole_comment(s, f, i);
	return is_documentation(s, between(s, r->start, r->end));
}

/*
 * Go up from `at` over what belongs to the declaration.  Documentation may
 * stand above comments that are none, and below attributes.
 */
static void
place_above(const struct source *s, const struct found *f, size_t at,
    struct draft *draft, struct declaration *d)
{
	size_t i = remarks_before(f, at), above = at;
	bool is_placed = false; /* `at` is known */
	bool is_judged = false; /* whether there is documentation, too */

	for (; i > 0; i--) {
		const struct remark *r = &f->remarks[i - 1];
		struct str gap = between(s, r->end, above);

		if (!is_blank(gap))
			break;
		if (!r->is_comment) {
			read_attached(
			    s, between(s, r->start, r->end), draft, d);
		} else if (!is_placed &&
		    is_directive(s, r, str_count(gap, '\n'))) {
			d->has_directive = true;
		} else {
			is_judged = is_judged ||
			    judge_comment(s, f, i - 1, above, d);
			is_placed = true;
		}
		above = r->start;
		at = is_placed ? at : above;
	}
	d->shares_line = !begins_line(s, at);
	d->at = d->shares_line ? at : blanks_before(s, at);
	d->indent = indent_of(s, at);
}

/* The comment that stands in its last line, behind it; or data NULL. */
static struct str
trailing_comment(
    const struct source *s, const struct found *f, const struct draft *draft)
{
	size_t at = syntax_end(draft->node), i = remarks_before(f, at);
	const struct remark *r;

	if (!lang_has_word(s->lang, "trailing", draft->kind) ||
	    i == f->nremarks)
		return (struct str){ 0 };
	r = &f->remarks[i];
	if (!r->is_comment || r->start < at)
		return (struct str){ 0 };
	while (at < r->start && strchr(" \t,;", s->bytes.data[at]))
		at++;
	return at == r->start ? between(s, at, r->end) : (struct str){ 0 };
}

/* --- inside --- */

/* Where the header of a body ends: comments may stand between them. */
static size_t
header_end(const struct source *s, const struct found *f, size_t body)
{
	size_t i = remarks_before(f, body), at = body;

	for (; i > 0; i--) {
		if (!is_blank(between(s, f->remarks[i - 1].end, at)))
			break;
		at = f->remarks[i - 1].start;
	}
	while (at > 0 && is_blank(between(s, at - 1, at)))
		at--;
	return at;
}

/* At the start of the line that follows the header. */
static void
place_inside(const struct source *s, const struct found *f,
    const struct draft *draft, struct declaration *d)
{
	size_t body = syntax_start(draft->body);
	size_t header = header_end(s, f, body);

	d->at = next_line(s, header);
	d->indent = indent_of(s, body);
	d->shares_line = d->at > body;
	if (d->shares_line)
		d->at = body;
	else if (str_ends(between(s, 0, header), "\\") || !begins_line(s, body))
		declaration_add_reason(d, "continuation");
}

/* Is it a comment of a form that only documentation has? */
static bool
says_it_documents(const struct source *s, const struct remark *r)
{
	return fits(s, "documentation", between(s, r->start, r->end));
}

/*
 * A file's own: behind the comments that it begins with, up to a blank line
 * that is not among the first two, where the encoding may be told.
 */
static void
place_first(
    const struct source *s, const struct found *f, struct declaration *d)
{
	size_t at = first_byte(s), rows = 0;

	for (size_t i = 0; i < f->nremarks; i++) {
		const struct remark *r = &f->remarks[i];
		struct str gap = between(s, at, r->start);

		if (!is_blank(gap) || (str_count(gap, '\n') > 0 && rows >= 2) ||
		    !r->is_comment || says_it_documents(s, r))
			break;
		if (!is_blank(between(s, r->end, next_line(s, r->end))))
			break;
		rows += str_count(between(s, at, r->end), '\n') + 1;
		at = next_line(s, r->end);
	}
	d->at = at;
	d->indent = (struct str){ 0 };
	d->shares_line = at > 0 && s->bytes.data[at - 1] != '\n' &&
	    at != first_byte(s);
}

void
declaration_place(const struct source *s, const struct found *f,
    struct draft *draft, struct declaration *d)
{
	bool is_inside = str_is(lang_setting(s->lang, "place"), "inside");
	size_t from = syntax_start(d->node);

	if (syntax_is_node(draft->doc))
		d->doc = declaration_comment(s, draft->doc);
	if (source_is_node(s, draft->node))
		place_first(s, f, d);
	else if (is_inside && syntax_is_node(draft->body))
		place_inside(s, f, draft, d);
	else if (is_inside)
		declaration_add_reason(d, "no-body");
	else
		place_above(s, f, from, draft, d);
	if (!d->doc.data && syntax_is_node(draft->group)) {
		struct declaration group = { 0 };

		place_above(s, f, syntax_start(draft->group), draft, &group);
		d->doc = group.doc;
	}
	if (!d->doc.data)
		d->doc = trailing_comment(s, f, draft);
	if (!is_inside && !d->shares_line && continues(s, d->at))
		declaration_add_reason(d, "continuation");
	d->eol = d->shares_line ? str_of(s->eol) : eol_of(s, d->at);
}
