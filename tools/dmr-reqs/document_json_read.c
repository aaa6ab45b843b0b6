/* dmr-reqs: documents as JSON, read; whatever the members are called. */
#include "document_json.h"
#include "utf8.h"

enum { PATH_SHOWN_MAX = 240, WORD_SHOWN_MAX = 60 }; /* bytes */

struct reader {
	struct str text;
	const struct tree_node *root;
	struct err *e;
};

/* --- what is wrong --- */

bool
document_ends_line(struct str text, size_t at)
{
	char next = '\0';

	if (at + 1 < text.len)
		next = text.data[at + 1];
	return text.data[at] == '\n' || (text.data[at] == '\r' && next != '\n');
}

size_t
document_line(struct str text, size_t at)
{
	size_t line = 1;

	for (size_t i = 0; i < at; i++)
		line += document_ends_line(text, i);
	return line;
}

/* what: yours no longer. */
static int
refuse(struct reader *r, const struct tree_node *at, struct buf *what)
{
	struct buf path = { .max = PATH_SHOWN_MAX };

	buf_repair(what, 0, true);
	tree_path(r->root, at, &path);
	err_set(r->e, ST_INPUT, "line %zu: %s%s: %s",
	    document_line(r->text, (size_t)(at->at - r->text.data)), path.data,
	    path.full ? "..." : "", what->data);
	buf_done(&path);
	buf_done(what);
	return -1;
}

static int
refuse_kind(struct reader *r, const struct tree_node *value, const char *wanted)
{
	static const char *const names[] = { "nothing", "null", "a boolean",
		"a number", "a string", "an array", "an object" };
	struct buf what = { 0 };

	buf_add_format(&what, "wanted %s, got %s", wanted, names[value->kind]);
	return refuse(r, value, &what);
}

/* Append the start of a word, in quotes. */
static void
add_quoted(struct str word, struct buf *out)
{
	bool is_cut = word.len > WORD_SHOWN_MAX;

	if (is_cut)
		word.len = WORD_SHOWN_MAX;
	word.len = utf8_valid(word);
	buf_add_char(out, '\'');
	buf_add(out, word);
	buf_add_text(out, is_cut ? "...'" : "'");
}

/* A word that is none of those that there are. */
static int
refuse_word(
    struct reader *r, const struct member *m, const struct tree_node *value)
{
	struct buf what = { 0 };

	add_quoted(tree_text(value), &what);
	buf_add_text(&what, " is none of ");
	for (const char *const *word = m->words; *word; word++)
		buf_add_format(
		    &what, "%s%s", word == m->words ? "" : ", ", *word);
	return refuse(r, value, &what);
}

static int
refuse_name(
    struct reader *r, const struct kind *kind, const struct tree_node *name)
{
	struct buf what = { 0 };

	buf_add_text(&what, "there is no such member, but ");
	for (const struct member *m = kind->members; m->name; m++)
		buf_add_format(
		    &what, "%s%s", m == kind->members ? "" : ", ", m->name);
	/* Its value, for the path to that holds it. */
	return refuse(r, name + 1, &what);
}

static int
refuse_id(struct reader *r, const struct tree_node *value)
{
	struct buf what = { 0 };

	add_quoted(tree_text(value), &what);
	buf_add_format(&what,
	    " is no id: at most %d letters, digits, '.', '_' and '-'",
	    DOCUMENT_ID_MAX);
	return refuse(r, value, &what);
}

/* What keeps a text from being JSON. */
static int
refuse_text(struct str text, struct err *e)
{
	size_t valid = utf8_valid(text), stop = span_stop(text);

	if (text.len > TREE_TEXT_MAX)
		return err_set(
		    e, ST_INPUT, "over %d MiB of JSON", TREE_TEXT_MAX >> 20);
	if (valid < text.len)
		return err_set(e, ST_INPUT, "line %zu: not UTF-8",
		    document_line(text, valid));
	return err_set(e, ST_INPUT, "line %zu: %s", document_line(text, stop),
	    stop < text.len ? "not JSON" : "JSON without its end");
}

/* --- values --- */

/* A text's copy with U+FFFD in the place of each NUL. */
static void
set_text(struct reader *r, struct text *text, const struct tree_node *value)
{
	struct str says = tree_text(value);
	struct buf copy = { .max = SIZE_MAX };

	if (str_has_nul(says)) {
		buf_add(&copy, says);
		buf_repair(&copy, 0, true);
		says = buf_str(&copy);
	}
	text_set(text, says);
	buf_done(&copy);
	/* What stands between the quotes. */
	text->at = (size_t)(value->at - r->text.data) + 1;
	text->end = text->at + value->len - 2;
}

static int
read_text(struct reader *r, struct text *text, bool is_id,
    const struct tree_node *value)
{
	if (value->kind != SPAN_STRING)
		return refuse_kind(r, value, "a string");
	if (is_id && !document_is_id(tree_text(value)))
		return refuse_id(r, value);
	set_text(r, text, value);
	return 0;
}

static int
read_word(struct reader *r, const struct member *m, int *word,
    const struct tree_node *value)
{
	*word = -1;
	if (value->kind == SPAN_NULL)
		return 0;
	if (value->kind != SPAN_STRING)
		return refuse_kind(r, value, "a string or null");
	for (int i = 0; m->words[i]; i++)
		if (str_is(tree_text(value), m->words[i]))
			*word = i;
	return *word < 0 ? refuse_word(r, m, value) : 0;
}

static int
read_number(
    struct reader *r, struct text *number, const struct tree_node *value)
{
	if (value->kind == SPAN_NULL)
		return 0;
	if (value->kind != SPAN_NUMBER)
		return refuse_kind(r, value, "a number or null");
	text_set(number, tree_raw(value));
	number->at = (size_t)(value->at - r->text.data);
	number->end = number->at + value->len;
	return 0;
}

static int read_thing(struct reader *, const struct kind *, void *thing,
    const struct tree_node *value);

/* A list of things, or of texts: they have no kind. */
static int
read_list(struct reader *r, const struct member *m, struct list *list,
    const struct tree_node *value)
{
	const struct tree_node *x = NULL;

	if (value->kind != SPAN_ARRAY)
		return refuse_kind(r, value, "an array");
	while ((x = tree_next(value, x)))
		if (m->things
			? read_thing(r, m->things, list_add(list, m->things), x)
			: read_text(
			      r, list_add_text(list), m->kind == MEMBER_IDS, x))
			return -1;
	return 0;
}

static int
read_value(struct reader *r, const struct member *m, void *to,
    const struct tree_node *value)
{
	switch (m->kind) {
	case MEMBER_TEXT:
	case MEMBER_ID:
		return read_text(r, to, m->kind == MEMBER_ID, value);
	case MEMBER_WORD:
		return read_word(r, m, to, value);
	case MEMBER_NUMBER:
		return read_number(r, to, value);
	case MEMBER_TEXTS:
	case MEMBER_IDS:
	case MEMBER_THINGS:
		return read_list(r, m, to, value);
	case MEMBER_THING:
		if (value->kind == SPAN_NULL)
			return 0;
		if (value->kind != SPAN_OBJECT)
			return refuse_kind(r, value, "an object or null");
		return read_thing(r, m->things, list_add(to, m->things), value);
	}
	return -1;
}

/* thing is empty. */
static int
read_thing(struct reader *r, const struct kind *kind, void *thing,
    const struct tree_node *value)
{
	const struct tree_node *name = NULL;
	const struct member *m;

	if (value->kind != SPAN_OBJECT)
		return refuse_kind(r, value, "an object");
	while ((name = tree_next(value, name))) {
		for (m = kind->members; m->name; m++)
			if (str_is(tree_text(name), m->name))
				break;
		if (!m->name)
			return refuse_name(r, kind, name);
		if (read_value(r, m, member_of(m, thing), name + 1))
			return -1;
	}
	return 0;
}

int
thing_read_json(const struct kind *kind, void *thing,
    const struct tree_node *value, struct str text, struct err *e)
{
	struct reader r = { .text = text, .root = value, .e = e };

	thing_done(kind, thing);
	if (!read_thing(&r, kind, thing, value))
		return 0;
	thing_done(kind, thing);
	return -1;
}

bool
document_is_json(struct str text)
{
	struct str start = str_trim(text);
	struct tree tree;
	bool is_value;

	if (str_starts(start, "{") ||
	    (str_starts(start, "[") &&
		str_starts(str_trim(str_skip(start, 1)), "{")))
		return true;
	is_value = !tree_read(&tree, start);
	if (is_value)
		tree_done(&tree);
	return is_value;
}

int
document_read_json(struct document *d, struct str text, struct err *e)
{
	size_t bom = text.len - str_skip_bom(text).len;
	struct tree tree;
	int result;

	document_done(d);
	if (tree_read(&tree, str_skip(text, bom)))
		return refuse_text(str_skip(text, bom), e);
	result = thing_read_json(&document_kind, d, tree.nodes, text, e);
	tree_done(&tree);
	return result;
}
