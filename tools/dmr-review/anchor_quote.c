/* dmr-review: a quote, in the forms that a model may have given it. */
#include "anchor_parts.h"

#include "mem.h"

static bool
is_space(char c)
{
	return c == ' ' || (c >= '\t' && c <= '\r');
}

static bool
is_digit(char c)
{
	return c >= '0' && c <= '9';
}

/* Is there a blank between what was written and what comes? */
struct str
anchor_normalize(struct str text, char *out)
{
	size_t len = 0;
	bool gap = false;

	for (size_t i = 0; i < text.len; i++) {
		if (is_space(text.data[i])) {
			gap = len > 0;
			continue;
		}
		if (gap)
			out[len++] = ' ';
		gap = false;
		out[len++] = text.data[i];
	}
	return (struct str){ out, len };
}

size_t
anchor_count_solid(struct str text)
{
	size_t n = 0;

	for (size_t i = 0; i < text.len; i++)
		n += !is_space(text.data[i]);
	return n;
}

/* The byte of text that is number `at` of its normalised form. */
static size_t
byte_of(struct str text, size_t at)
{
	size_t len = 0;
	bool gap = false;

	for (size_t i = 0; i < text.len; i++) {
		if (is_space(text.data[i])) {
			gap = len > 0;
			continue;
		}
		len += gap;
		gap = false;
		if (len++ >= at)
			return i;
	}
	return text.len;
}

void
anchor_locate(struct str text, struct str part, size_t *start, size_t *end)
{
	char *memory = mem_new(text.len + 1, 1);
	struct str normal = anchor_normalize(text, memory);
	size_t at = str_find(normal, part);

	if (!part.len || at == normal.len) {
		at = 0;
		part = normal;
	}
	*start = part.len ? byte_of(text, at) : 0;
	*end = part.len ? byte_of(text, at + part.len - 1) + 1 : text.len;
	free(memory);
}

/* --- what is put before and around a line --- */

/* "42#k7f| ", "42| ", "42#k7f " */
static size_t
anchor_length(struct str text)
{
	size_t i = 0;
	bool has_hash = false;

	while (i < text.len && is_digit(text.data[i]))
		i++;
	if (i > 0 && text.len - i > ANCHOR_HASH && text.data[i] == '#') {
		has_hash = true;
		i += 1 + ANCHOR_HASH;
	}
	if (i == 0 || i == text.len)
		return 0;
	if (text.data[i] == '|' || (has_hash && text.data[i] == ':'))
		return i + 1;
	return has_hash && is_space(text.data[i]) ? i : 0;
}

static bool
strip_ellipsis(struct anchor_form *form)
{
	static const char *const dots[] = { "...", "\xe2\x80\xa6" };

	for (size_t i = 0; i < countof(dots); i++) {
		size_t n = strlen(dots[i]);

		if (str_ends(form->text, dots[i])) {
			form->text.len -= n;
		} else if (str_starts(form->text, dots[i])) {
			form->text = str_skip(form->text, n);
			form->is_peeled = true;
		} else {
			continue;
		}
		form->is_part = true;
		return true;
	}
	return false;
}

static bool
strip_quotes(struct str *text)
{
	char first = text->len > 1 ? text->data[0] : 0;

	if ((first != '`' && first != '"' && first != '\'') ||
	    text->data[text->len - 1] != first)
		return false;
	*text = (struct str){ text->data + 1, text->len - 2 };
	return true;
}

/* Take one thing off; false: there is none.  A "-" may well be the line's own,
 * so it goes last. */
static bool
strip_one(struct anchor_form *form, bool may_have_mark)
{
	size_t n = anchor_length(form->text);
	bool is_mark = may_have_mark && !form->is_unmarked;

	if (n > 0) {
		form->text = str_skip(form->text, n);
	} else if (is_mark && str_starts(form->text, "+")) {
		form->text = str_skip(form->text, 1);
		form->is_unmarked = true;
	} else if (strip_quotes(&form->text)) {
		form->is_peeled = true;
	} else if (is_mark && str_starts(form->text, "-")) {
		form->text = str_skip(form->text, 1);
		form->is_unmarked = form->is_of_removed = true;
	} else {
		return false;
	}
	form->text = str_trim(form->text);
	return true;
}

static bool
add_form(struct anchor_quote_line *line, struct anchor_form form)
{
	form.text = str_trim(form.text);
	if (!form.text.len || line->nforms == ANCHOR_FORMS_MAX)
		return false;
	if (!form.is_peeled)
		line->words[2 * form.is_part + form.is_unmarked] = form.text;
	line->forms[line->nforms++] = form;
	return true;
}

/* Texts of forms are pieces of the first one. */
static void
read_line(struct anchor_quote_line *line, struct str raw, char *memory)
{
	struct anchor_form form = { .text = anchor_normalize(raw, memory) };

	line->raw = raw;
	raw = str_skip(raw, anchor_length(raw));
	line->is_marked = str_starts(raw, "+") || str_starts(raw, "-");
	while (add_form(line, form) &&
	    strip_one(&form, line->is_marked || line->nforms > 1))
		;
	line->is_blank = !form.text.len && !form.is_peeled;
	for (size_t i = 0; i < line->nforms; i++) {
		form = line->forms[i];
		if (strip_ellipsis(&form))
			add_form(line, form);
	}
	for (size_t i = 1; i < ANCHOR_WAYS; i++)
		if (!line->words[i].len)
			line->words[i] = line->words[0];
}

/* Cut into lines, without blank ones at both ends. */
static size_t
split(struct str quote, struct str *lines)
{
	size_t n = 0, first = 0;

	while (quote.data && n < ANCHOR_QUOTE_MAX) {
		struct str line = str_cut(&quote, '\n');

		if (str_ends(line, "\r"))
			line.len--;
		lines[n++] = line;
	}
	while (n > 0 && str_is_blank(lines[n - 1]))
		n--;
	while (first < n && str_is_blank(lines[first]))
		first++;
	memmove(lines, lines + first, (n - first) * sizeof *lines);
	return n - first;
}

void
anchor_quote_read(struct anchor_quote *q, struct str quote)
{
	struct str lines[ANCHOR_QUOTE_MAX] = { 0 };
	char *next;

	*q = (struct anchor_quote){ .nlines = split(quote, lines) };
	q->lines = mem_new(q->nlines + 1, sizeof *q->lines);
	next = q->memory = mem_new(quote.len + 1, 1);
	for (size_t i = 0; i < q->nlines; i++) {
		read_line(&q->lines[i], lines[i], next);
		next += lines[i].len;
	}
}

bool
anchor_quote_unfence(struct anchor_quote *q)
{
	static const char mark[] = "```";

	if (q->nlines < 3 || !str_starts(str_trim(q->lines[0].raw), mark) ||
	    !str_is(str_trim(q->lines[q->nlines - 1].raw), mark))
		return false;
	q->nlines -= 2;
	memmove(q->lines, q->lines + 1, q->nlines * sizeof *q->lines);
	return true;
}

void
anchor_quote_done(struct anchor_quote *q)
{
	free(q->lines);
	free(q->memory);
	*q = (struct anchor_quote){ 0 };
}

size_t
anchor_fits(
    const struct anchor_quote_line *line, struct str text, bool is_removed)
{
	for (size_t i = 0; i < line->nforms; i++)
		if (!line->forms[i].is_part &&
		    (is_removed || !line->forms[i].is_of_removed) &&
		    str_equal(line->forms[i].text, text))
			return i;
	return line->is_blank && !text.len ? line->nforms : ANCHOR_NO_FORM;
}

size_t
anchor_fits_part(
    const struct anchor_quote_line *line, struct str text, bool is_removed)
{
	for (size_t i = 0; i < line->nforms; i++)
		if ((is_removed || !line->forms[i].is_of_removed) &&
		    str_find(text, line->forms[i].text) < text.len)
			return i;
	return ANCHOR_NO_FORM;
}
