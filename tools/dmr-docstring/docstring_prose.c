/* docstring_prose - a field as paragraphs of words, or as lines of code. */
#include "docstring_parts.h"

enum {
	CODE_TAB = 4,
	CODE_LINES_MAX = 60,
	CODE_COLUMNS_MAX = 200,
	WORD_BYTES_MAX = 200, /* a longer one is cut, so that lines end */
};

struct prose {
	struct buf *out;
	size_t begin;      /* of the paragraph's words in out */
	size_t start;      /* of its line */
	size_t nbackticks; /* in it */
	bool is_open;      /* a paragraph, and it goes on */
};

static void
close_paragraph(struct prose *p)
{
	struct buf *out = p->out;

	if (!p->is_open)
		return;
	p->is_open = false;
	if (out->len == p->begin) {
		out->len = p->start;
		return;
	}
	for (size_t i = out->len; p->nbackticks % 2; i--)
		if (out->data[i - 1] == '`') {
			out->data[i - 1] = '\'';
			p->nbackticks--;
		}
	buf_add_char(out, '\n');
}

static void
open_paragraph(struct prose *p, const char *bullet)
{
	close_paragraph(p);
	p->start = p->out->len;
	buf_add_text(p->out, bullet);
	p->begin = p->out->len;
	p->nbackticks = 0;
	p->is_open = true;
}

/*
 * Without fences and tags: one backtick of many, no "@" but in an address,
 * blanks in what would not fit on a line.  A letter beyond ASCII ends a word
 * for those who look for tags.
 */
static void
clean_word(struct str word, struct buf *out)
{
	size_t from = out->len, cut = from;

	for (size_t i = 0; i < word.len; i++) {
		char c = word.data[i], last;

		if (out->len - cut >= WORD_BYTES_MAX && (c & 0xc0) != 0x80) {
			buf_add_char(out, ' ');
			cut = out->len;
		}
		last = out->len > from ? out->data[out->len - 1] : ' ';
		if ((c == '@' && (!docstring_is_alnum(last) || last & 0x80)) ||
		    (c == '`' && last == '`') || (c == '~' && last == '~'))
			continue;
		buf_add_char(out, c);
	}
}

/* The part of a word that a paragraph may begin with; or nothing. */
static struct str
first_word(struct str word)
{
	bool has_colon = word.len > 1 && word.data[word.len - 1] == ':';
	struct str bare = word;

	if (docstring_is_directive(word))
		return (struct str){ 0 };
	bare.len -= has_colon;
	while (bare.len && !docstring_may_begin(bare))
		bare = str_skip(bare, 1);
	if (!bare.len)
		return bare;
	bare.len += has_colon;
	if (has_colon && docstring_title(bare) == TITLE_OF_FIELD)
		bare.len = 0;
	return bare;
}

/* "[x]" would be a link, "{x}" a type, "<x>" a tag: as code they are none. */
static void
quote_brackets(struct buf *word)
{
	const char *open = word->len ? strchr("[]{}<>", word->data[0]) : NULL;
	struct str text = buf_str(word);
	size_t at = open ? str_find(text, (struct str){ open + 1, 1 }) : 0;
	struct buf quoted = { 0 };

	if (!open || !open[1] || at == text.len ||
	    str_find(text, STR("`")) < text.len)
		return;
	buf_add_format(&quoted, "`%.*s`", (int)at + 1, text.data);
	buf_add(&quoted, str_skip(text, at + 1));
	buf_done(word);
	*word = quoted;
}

/* "DO NOT EDIT." is an order, "DO NOT 'EDIT'." is none. */
static void
add_quoted(struct str word, struct buf *out)
{
	size_t n = 0;

	while (n < word.len && docstring_is_alnum(word.data[n]))
		n++;
	buf_add_format(out, "'%.*s'", (int)n, word.data);
	buf_add(out, str_skip(word, n));
}

static void
add_word(struct prose *p, struct str word, struct buf *scratch)
{
	bool is_order;

	buf_clear(scratch);
	clean_word(word, scratch);
	if (p->out->len == p->begin)
		quote_brackets(scratch);
	word = buf_str(scratch);
	if (p->out->len == p->begin)
		word = first_word(word);
	else if (docstring_is_directive(word) || str_starts(word, ">>>"))
		word.len = 0;
	if (!word.len)
		return;
	is_order = docstring_is_order(
	    str_skip(buf_str(p->out), p->begin), word);
	if (p->out->len > p->begin)
		buf_add_char(p->out, ' ');
	if (is_order)
		add_quoted(word, p->out);
	else
		buf_add(p->out, word);
	for (size_t i = 0; i < word.len; i++)
		p->nbackticks += word.data[i] == '`';
}

/* Cut a mark of a list off; false if it is none. */
static bool
cut_bullet(struct str *line)
{
	static const char *const marks[] = { "- ", "* ", "+ ", "\u2022 ",
		"\u2013 " };
	size_t n = 0;

	for (size_t i = 0; i < countof(marks); i++)
		if (str_starts(*line, marks[i])) {
			*line = str_skip(*line, strlen(marks[i]));
			return true;
		}
	while (n < line->len && line->data[n] >= '0' && line->data[n] <= '9')
		n++;
	if (!n || n > 3 || n + 1 >= line->len || line->data[n + 1] != ' ' ||
	    !strchr(".)", line->data[n]))
		return false;
	*line = str_skip(*line, n + 2);
	return true;
}

static bool
is_fence(struct str line)
{
	return str_starts(line, "```") || str_starts(line, "~~~");
}

/* "@param x ...", ":returns: ...", "\param": a field's affair. */
static bool
is_tag(struct str line)
{
	static const char *const tags[] = { "param", "arg", "return", "rtype",
		"type", "raise", "throw", "except", "yield", "example",
		"deprecated", "brief", "tparam", "typeparam", "template" };

	if (!line.len || !strchr("@:\\", line.data[0]))
		return false;
	for (size_t i = 0; i < countof(tags); i++)
		if (docstring_starts_like(str_skip(line, 1), tags[i]))
			return true;
	return false;
}

/* False: what follows repeats other fields. */
static bool
add_line(struct prose *p, struct str line, struct buf *scratch)
{
	enum docstring_title title;

	line = str_trim(line);
	title = docstring_title(line);
	if (title == TITLE_OF_FIELD)
		return false;
	if (is_tag(line))
		return true;
	if (!docstring_has_alnum(line) || is_fence(line) ||
	    title == TITLE_OF_PROSE) {
		close_paragraph(p);
		return true;
	}
	if (cut_bullet(&line))
		open_paragraph(p, "- ");
	else if (line.data[0] == '#' || !p->is_open)
		open_paragraph(p, "");
	while (line.len)
		add_word(p, str_cut(&line, ' '), scratch);
	return true;
}

void
docstring_clean_prose(struct str field, bool ascii, struct buf *out)
{
	struct buf clean = { 0 }, scratch = { 0 }, all = { 0 };
	struct prose p = { .out = &all };
	struct str rest, line;
	bool goes_on = true;

	docstring_clean_characters(field, ascii, 1, &clean);
	rest = buf_str(&clean);
	while (rest.len && goes_on) {
		line = str_cut(&rest, '\n');
		goes_on = add_line(&p, line, &scratch);
	}
	close_paragraph(&p);
	docstring_add_once(buf_str(&all), out);
	buf_done(&clean);
	buf_done(&scratch);
	buf_done(&all);
}

/* --- code --- */

/* Is nothing in it meant for a tool, and does it fit? */
static bool
is_harmless(struct str line)
{
	struct str rest = line, before = { line.data, 0 };

	if (docstring_columns(line) > CODE_COLUMNS_MAX ||
	    str_find(line, STR("```")) < line.len)
		return false;
	while (rest.len) {
		struct str word = str_cut(&rest, ' ');

		if (docstring_is_directive(word) ||
		    docstring_is_order(str_trim(before), word))
			return false;
		before.len = (size_t)(word.data + word.len - line.data);
	}
	return true;
}

static size_t
indentation(struct str line)
{
	size_t n = 0;

	while (n < line.len && line.data[n] == ' ')
		n++;
	return n;
}

/* Lines without fences and prompts; those of a session's output are left out.
 */
static void
pick_lines(struct str code, struct buf *out)
{
	bool session = str_find(code, STR(">>>")) < code.len;

	while (code.len) {
		struct str line = str_cut(&code, '\n'), bare = str_trim(line);

		if (is_fence(bare))
			continue;
		if (session && !str_starts(bare, ">>>") &&
		    !str_starts(bare, "..."))
			continue;
		if (session)
			line = str_skip(bare, bare.len > 3 ? 4 : 3);
		while (line.len && line.data[line.len - 1] == ' ')
			line.len--;
		buf_add(out, line);
		buf_add_char(out, '\n');
	}
}

/* The least indentation of all lines; SIZE_MAX if they do not hold. */
static size_t
common_indentation(struct str code)
{
	size_t least = SIZE_MAX - 1, nlines = 0;

	while (code.len) {
		struct str line = str_cut(&code, '\n');

		if (!is_harmless(line) || ++nlines > CODE_LINES_MAX)
			return SIZE_MAX;
		if (line.len && indentation(line) < least)
			least = indentation(line);
	}
	return least;
}

void
docstring_clean_code(struct str field, bool ascii, struct buf *out)
{
	struct buf clean = { 0 }, lines = { 0 };
	struct str rest, line;
	size_t cut, from = out->len;
	bool blank = false;

	docstring_clean_characters(field, ascii, CODE_TAB, &clean);
	pick_lines(buf_str(&clean), &lines);
	rest = buf_str(&lines);
	cut = common_indentation(rest);
	while (rest.len && cut != SIZE_MAX) {
		line = str_cut(&rest, '\n');
		if (line.len && blank && out->len > from)
			buf_add_char(out, '\n');
		blank = !line.len;
		if (blank)
			continue;
		buf_add(out, str_skip(line, cut));
		buf_add_char(out, '\n');
	}
	buf_done(&clean);
	buf_done(&lines);
}
