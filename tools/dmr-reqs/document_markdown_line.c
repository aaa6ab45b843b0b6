/* dmr-reqs: what a paragraph of a document in Markdown says. */
#include <stdarg.h>

#include "document_markdown_parts.h"
#include "utf8.h"

enum { SHOWN_MAX = 60 }; /* bytes */

/* --- errors --- */

struct str
reader_shown(struct str s)
{
	if (s.len > SHOWN_MAX)
		s.len = SHOWN_MAX;
	s.len = utf8_valid(s);
	return s;
}

int
reader_fail(const struct reader *r, size_t block, const char *format, ...)
{
	char text[ERR_TEXT_MAX];
	va_list ap;

	va_start(ap, format);
	vsnprintf(text, sizeof text, format, ap);
	va_end(ap);
	return err_set(
	    r->e, ST_INPUT, "line %d: %s", r->m->blocks[block].line, text);
}

int
reader_misplaced(const struct reader *r, size_t block)
{
	static const char *const names[] = { "heading", "paragraph", "list",
		"item", "quote", "code", "HTML", "rule" };
	const struct markdown_block *b = &r->m->blocks[block];

	if (b->kind == MARKDOWN_HEADING)
		return reader_fail(r, block,
		    "a heading of level %d does not belong here", b->level);
	return reader_fail(r, block, "%s does not belong here", names[b->kind]);
}

/* --- texts --- */

const struct markdown_run *
reader_run(const struct reader *r, size_t block, size_t run)
{
	const struct markdown_block *b = &r->m->blocks[block];

	return run < b->nruns ? &r->m->runs[b->run + run] : NULL;
}

static void
add_run(const struct markdown_run *run, struct buf *out)
{
	buf_add_text(out, run->strong ? "**" : "");
	buf_add(out, run->text);
	buf_add_text(out, run->strong ? "**" : "");
}

void
reader_add_text(
    const struct reader *r, size_t block, size_t run, struct buf *out)
{
	const struct markdown_run *p;

	for (; (p = reader_run(r, block, run)); run++)
		add_run(p, out);
}

int
reader_set_text(
    const struct reader *r, size_t block, struct text *text, struct str value)
{
	if (text->len)
		return reader_fail(r, block, "what it says is there twice");
	text_set(text, value);
	text->at = r->m->blocks[block].at;
	text->end = r->m->blocks[block].end;
	return 0;
}

int
reader_no_id(const struct reader *r, size_t block, struct str id)
{
	return reader_fail(r, block,
	    "'%.*s' is no id: at most %d letters, digits, '.', '_' and '-'",
	    STR_ARGS(reader_shown(id)), DOCUMENT_ID_MAX);
}

int
reader_set_id(
    const struct reader *r, size_t block, struct text *text, struct str id)
{
	if (!document_is_id(id))
		return reader_no_id(r, block, id);
	return reader_set_text(r, block, text, id);
}

int
reader_set_paragraphs(
    const struct reader *r, size_t from, size_t to, struct text *text)
{
	struct buf all = { 0 };
	size_t last = from;
	int got = 0;

	for (size_t i = from; i < to && !got; i++) {
		if (r->m->blocks[i].kind == MARKDOWN_QUOTE)
			continue;
		if (r->m->blocks[i].kind != MARKDOWN_PARAGRAPH) {
			got = reader_misplaced(r, i);
			continue;
		}
		buf_add_text(&all, all.len ? "\n\n" : "");
		reader_add_text(r, i, 0, &all);
		last = i;
	}
	if (!got && all.len) {
		got = reader_set_text(r, from, text, buf_str(&all));
		text->end = r->m->blocks[last].end;
	}
	buf_done(&all);
	return got;
}

/* --- words --- */

static int
fold(char c)
{
	if (c >= 'A' && c <= 'Z')
		return c - 'A' + 'a';
	return c == ' ' || c == '_' ? '-' : c;
}

bool
label_is(struct str a, const char *b)
{
	size_t i;

	for (i = 0; i < a.len && b[i]; i++)
		if (fold(a.data[i]) != fold(b[i]))
			return false;
	return i == a.len && !b[i];
}

static struct str
trim_colon(struct str s)
{
	s = str_trim(s);
	if (str_ends(s, ":"))
		s.len--;
	return s;
}

const struct member *
reader_member(const struct kind *kind, struct str label)
{
	for (const struct member *m = kind->members; m->name; m++)
		if (label_is(label, m->label))
			return m;
	return NULL;
}

/* --- sentences --- */

/* What people say for a label; a word of it may belong to what is labelled. */
static const struct {
	const char *says, *label, *word;
} others[] = { { "As an", "As a", "" }, { "As the", "As a", "the" },
	{ "I want to", "I want", "to" } };

static struct str
part_label(struct str says, const char **word)
{
	says = trim_colon(says);
	*word = "";
	for (size_t i = 0; i < countof(others); i++)
		if (label_is(says, others[i].says)) {
			*word = others[i].word;
			return str_of(others[i].label);
		}
	return says;
}

const struct member *
reader_part(const struct kind *kind, const struct markdown_run *run)
{
	const char *word;
	const struct member *m = run && run->strong
	    ? reader_member(kind, part_label(run->text, &word))
	    : NULL;

	return m && m->kind == MEMBER_TEXT ? m : NULL;
}

/* The blank between a label and what it labels belongs to neither. */
static struct str
trim_part(struct str s, bool behind)
{
	if (s.len && (*s.data == ' ' || *s.data == '\n'))
		s = str_skip(s, 1);
	if (behind && (str_ends(s, " ") || str_ends(s, "\n")))
		s.len--;
	return s;
}

/* Runs from *run on, up to the next part, which is returned; *run is its own. */
static const struct member *
add_part(const struct reader *r, size_t block, const struct kind *kind,
    size_t *run, struct buf *out)
{
	const struct markdown_run *p;
	const struct member *next = NULL;

	for (; (p = reader_run(r, block, *run)); ++*run) {
		next = reader_part(kind, p);
		if (next)
			break;
		add_run(p, out);
	}
	return next;
}

/* --- the same without asterisks --- */

/* A label in a sentence, [from, to); from is SIZE_MAX if there is none. */
struct place {
	size_t from, to;
};

static bool
is_blank(struct str s, size_t at)
{
	return at >= s.len || s.data[at] == ' ' || s.data[at] == '\n';
}

static struct place
find_words(struct str s, const char *words, size_t from)
{
	size_t n = strlen(words);

	for (size_t at = from; at + n <= s.len; at++)
		if ((!at || is_blank(s, at - 1)) && is_blank(s, at + n) &&
		    label_is((struct str){ s.data + at, n }, words))
			return (struct place){ at, at + n };
	return (struct place){ SIZE_MAX, SIZE_MAX };
}

/* Its only place; a capital may begin it.  false: it may be meant elsewhere. */
static bool
find_label(struct str s, const char *label, struct place *place)
{
	size_t from;

	*place = find_words(s, label, 0);
	if (place->from == SIZE_MAX && !strcmp(label, "As a"))
		*place = find_words(s, "As an", 0);
	from = place->from;
	return from == SIZE_MAX ||
	    (find_words(s, label, place->to).from == SIZE_MAX &&
		(s.data[from] == *label || s.data[from] == (*label & ~0x20)) &&
		!memcmp(s.data + from + 1, label + 1, strlen(label) - 1));
}

/* Between two labels, without the comma at its end. */
static struct str
plain_part(struct str s, size_t from, size_t to)
{
	struct str part = str_trim((struct str){ s.data + from, to - from });

	part.len -= to < s.len && str_ends(part, ",");
	return part;
}

/* Two parts at least, in their order; each label is there once or not at all. */
static bool
set_plain(const struct reader *r, size_t block, const struct kind *kind,
    void *thing, struct str s)
{
	const struct member *m = NULL, *last = NULL;
	struct place place, open = { 0 };
	size_t n = 0;

	while ((m = sentence_next(kind, m))) {
		if (!find_label(s, m->label, &place))
			return false;
		if (place.from == SIZE_MAX)
			continue;
		if (last ? place.from < open.to : place.from > 0)
			return false;
		if (last &&
		    reader_set_text(r, block, member_of(last, thing),
			plain_part(s, open.to, place.from)))
			return false;
		last = m;
		open = place;
		n++;
	}
	return n >= 2 &&
	    !reader_set_text(r, block, member_of(last, thing),
		plain_part(s, open.to, s.len));
}

static int
read_plain(
    const struct reader *r, size_t block, const struct kind *kind, void *thing)
{
	struct buf text = { 0 };
	int got = 0;

	reader_add_text(r, block, 0, &text);
	if (!set_plain(r, block, kind, thing, buf_str(&text)))
		got = reader_fail(r, block, "it does not begin with **%s**: %s",
		    sentence_next(kind, NULL)->label, kind->name);
	buf_done(&text);
	return got;
}

int
reader_sentence(
    const struct reader *r, size_t block, const struct kind *kind, void *thing)
{
	const struct markdown_run *first = reader_run(r, block, 0);
	const struct member *part = reader_part(kind, first), *next;
	struct buf text = { 0 };
	const char *word;
	int got = 0;

	if (first && !part)
		return read_plain(r, block, kind, thing);
	for (size_t run = 1; part && !got; run++) {
		buf_clear(&text);
		part_label(reader_run(r, block, run - 1)->text, &word);
		buf_add_text(&text, word);
		next = add_part(r, block, kind, &run, &text);
		got = reader_set_text(r, block, member_of(part, thing),
		    trim_part(buf_str(&text), next != NULL));
		part = next;
	}
	buf_done(&text);
	return got;
}
