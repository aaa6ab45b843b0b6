/* dmr-reqs: what the lists of a document in Markdown say, member by member. */
#include "document_markdown_parts.h"

/* A label at the start of an item, and where what it labels begins. */
struct label {
	struct str text; /* without its colon */
	size_t run;      /* the first one of the value */
	size_t skip;     /* bytes of that */
};

/* --- items of lists --- */

/* The block behind an item's first paragraph; the item's end if it is empty. */
static bool
first_paragraph(const struct reader *r, size_t item)
{
	return item + 1 < r->m->blocks[item].next &&
	    r->m->blocks[item + 1].kind == MARKDOWN_PARAGRAPH;
}

/* "**Label:** value", "**Label**: value", "Label: value"; or of none. */
static bool
find_label(const struct reader *r, size_t paragraph, struct label *label)
{
	const struct markdown_run *p = reader_run(r, paragraph, 0), *behind;
	struct str rest;

	*label = (struct label){ .run = 0 };
	if (!p)
		return false;
	if (!p->strong) {
		rest = p->text;
		label->text = str_cut(&rest, ':');
		label->skip = label->text.len + (rest.data != NULL);
		if (rest.data == NULL)
			return false;
		label->skip += str_starts(rest, " ");
		return true;
	}
	label->run = 1;
	label->text = p->text;
	behind = reader_run(r, paragraph, 1);
	rest = behind && !behind->strong ? behind->text : STR("");
	if (str_ends(label->text, ":"))
		label->text.len--;
	else
		label->skip = str_starts(rest, ":");
	label->skip += str_starts(str_skip(rest, label->skip), " ");
	return true;
}

/* What stands behind the label. */
static void
add_value(const struct reader *r, size_t paragraph, const struct label *label,
    struct buf *out)
{
	const struct markdown_run *p = reader_run(r, paragraph, label->run);

	if (p && !p->strong)
		buf_add(out, str_skip(p->text, label->skip));
	reader_add_text(
	    r, paragraph, label->run + (p && !p->strong ? 1 : 0), out);
}

/* --- values --- */

/* A word without its marks, and "wont" for "won't". */
static int
find_word(const struct member *m, struct str value)
{
	static const char right_quote[] = "\xe2\x80\x99";
	struct buf plain = { 0 };
	int found = -1;

	for (; value.len; value = str_skip(value, 1))
		if (str_starts(value, right_quote))
			value = str_skip(value, strlen(right_quote) - 1);
		else if (*value.data != '\'')
			buf_add_char(&plain, *value.data);
	for (int i = 0; m->words[i]; i++)
		if (label_is(markdown_bare(buf_str(&plain)), m->words[i]))
			found = i;
	buf_done(&plain);
	return found;
}

static int
set_word(const struct reader *r, size_t block, const struct member *m,
    int *word, struct str value)
{
	value = str_trim(value);
	if (*word >= 0)
		return reader_fail(r, block, "what it says is there twice");
	*word = find_word(m, value);
	if (*word >= 0)
		return 0;
	reader_fail(r, block, "%s: '%.*s' is none of ", m->label,
	    STR_ARGS(reader_shown(value)));
	for (int i = 0; m->words[i]; i++)
		err_add(r->e, "%s%s", i ? ", " : "", m->words[i]);
	return -1;
}

static int
add_short(const struct reader *r, size_t block, const struct member *m,
    struct str value, struct list *texts)
{
	int got = 0;

	while (value.len && !got) {
		struct str text = str_trim(str_cut(&value, ','));
		struct text *to = list_add_text(texts);

		got = m->kind == MEMBER_IDS
		    ? reader_set_id(r, block, to, markdown_bare(text))
		    : reader_set_text(r, block, to, text);
	}
	return got;
}

/* It may be decorated. */
static int
bare_id(const struct reader *r, size_t block, struct text *id)
{
	struct text bare = { 0 };

	text_set(&bare, markdown_bare(text_str(id)));
	bare.at = id->at;
	bare.end = id->end;
	text_set(id, (struct str){ 0 });
	*id = bare;
	return document_is_id(text_str(id))
	    ? 0
	    : reader_no_id(r, block, text_str(id));
}

int
reader_texts(const struct reader *r, size_t list, const struct member *m,
    struct list *texts)
{
	size_t end = r->m->blocks[list].next, next;

	for (size_t i = list + 1; i < end; i = next) {
		struct text *text = list_add_text(texts);

		next = r->m->blocks[i].next;
		if (reader_set_paragraphs(r, i + 1, next, text))
			return -1;
		if (m->kind == MEMBER_IDS && bare_id(r, i, text))
			return -1;
	}
	return 0;
}

/* One line, or attributes below it. */
static int
set_thing(const struct reader *r, size_t block, const struct member *m,
    struct list *things, struct str value)
{
	void *thing;

	if (things->n)
		return reader_fail(r, block, "what it says is there twice");
	thing = list_add(things, m->things);
	if (value.len && m->things == &metric_kind &&
	    !metric_read(thing, value))
		return reader_fail(r, block,
		    "no NAME, one of < <= = >= >, NUMBER and UNIT: '%.*s'",
		    STR_ARGS(reader_shown(value)));
	return 0;
}

/* What the value of a member says in its own line. */
static int
set_value(const struct reader *r, size_t block, const struct member *m,
    void *to, struct str value)
{
	switch (m->kind) {
	case MEMBER_WORD:
		return set_word(r, block, m, to, value);
	case MEMBER_NUMBER:
		value = str_trim(value);
		if (number_length(value) != value.len)
			return reader_fail(r, block, "%s is no number: '%.*s'",
			    m->label, STR_ARGS(reader_shown(value)));
		return reader_set_text(r, block, to, value);
	case MEMBER_TEXT:
		return reader_set_text(r, block, to, value);
	case MEMBER_ID:
		return reader_set_id(r, block, to, markdown_bare(value));
	case MEMBER_TEXTS:
	case MEMBER_IDS:
		return add_short(r, block, m, value, to);
	case MEMBER_THING:
		return set_thing(r, block, m, to, value);
	case MEMBER_THINGS:
		if (value.len)
			return reader_fail(r, block, "%s is no list: '%.*s'",
			    m->label, STR_ARGS(reader_shown(value)));
		return 0;
	}
	return 0;
}

/* And in the lists below it. */
static int
set_list(const struct reader *r, size_t block, const struct member *m, void *to)
{
	if (r->m->blocks[block].kind != MARKDOWN_LIST)
		return reader_misplaced(r, block);
	switch (m->kind) {
	case MEMBER_TEXTS:
	case MEMBER_IDS:
		return reader_texts(r, block, m, to);
	case MEMBER_THINGS:
		return reader_entries(r, block, m->things, to);
	case MEMBER_THING:
		return reader_attributes(
		    r, block, m->things, list_at(to, m->things, 0));
	default:
		return reader_misplaced(r, block);
	}
}

static int
fail_member(const struct reader *r, size_t block, const struct kind *kind,
    struct str label)
{
	return reader_fail(r, block, "no '%.*s' is known in: %s",
	    STR_ARGS(reader_shown(label)), kind->name);
}

/* The sentences that things of a kind have; NULL: it has none. */
static const struct member *
sentences_of(const struct kind *kind)
{
	for (const struct member *m = kind->members; m->name; m++)
		if (m->kind == MEMBER_THINGS && kind_is_sentence(m->things))
			return m;
	return NULL;
}

static int read_entry(
    const struct reader *, size_t item, const struct kind *, void *thing);

static int
read_attribute(
    const struct reader *r, size_t item, const struct kind *kind, void *thing)
{
	const struct member *sentences = sentences_of(kind), *m;
	struct buf value = { 0 };
	struct label label;
	int got;

	if (!first_paragraph(r, item))
		return reader_misplaced(r, item);
	if (sentences &&
	    reader_part(sentences->things, reader_run(r, item + 1, 0)))
		return read_entry(r, item, sentences->things,
		    list_add(member_of(sentences, thing), sentences->things));
	if (!find_label(r, item + 1, &label))
		return reader_fail(r, item, "an item has no label");
	m = reader_member(kind, label.text);
	if (!m)
		return fail_member(r, item, kind, label.text);
	add_value(r, item + 1, &label, &value);
	got = set_value(r, item + 1, m, member_of(m, thing), buf_str(&value));
	buf_done(&value);
	for (size_t i = item + 2; i < r->m->blocks[item].next && !got;
	     i = r->m->blocks[i].next)
		got = set_list(r, i, m, member_of(m, thing));
	return got;
}

int
reader_attributes(
    const struct reader *r, size_t list, const struct kind *kind, void *thing)
{
	size_t end = r->m->blocks[list].next;

	for (size_t i = list + 1; i < end; i = r->m->blocks[i].next)
		if (read_attribute(r, i, kind, thing))
			return -1;
	return 0;
}

/* --- entries --- */

/* The title, and what stands behind it. */
static int
read_title(const struct reader *r, size_t paragraph, const struct kind *kind,
    void *thing)
{
	struct buf text = { 0 };
	struct label label;
	bool labelled = find_label(r, paragraph, &label);
	int got;

	if (!labelled) {
		reader_add_text(r, paragraph, 0, &text);
		label.text = buf_str(&text);
	}
	got = reader_set_text(
	    r, paragraph, member_of(kind->members, thing), label.text);
	buf_clear(&text);
	if (labelled)
		add_value(r, paragraph, &label, &text);
	if (!got && text.len)
		got = reader_set_text(r, paragraph,
		    member_of(kind_lead(kind), thing), buf_str(&text));
	buf_done(&text);
	return got;
}

static int
read_entry(
    const struct reader *r, size_t item, const struct kind *kind, void *thing)
{
	bool titled = first_paragraph(r, item),
	     sentence = kind_is_sentence(kind);
	size_t end = r->m->blocks[item].next;
	int got = 0;

	if (titled)
		got = sentence ? reader_sentence(r, item + 1, kind, thing)
			       : read_title(r, item + 1, kind, thing);
	for (size_t i = item + 1 + titled; i < end && !got;
	     i = r->m->blocks[i].next)
		got = sentence || r->m->blocks[i].kind != MARKDOWN_LIST
		    ? reader_misplaced(r, i)
		    : reader_attributes(r, i, kind, thing);
	return got;
}

int
reader_entries(const struct reader *r, size_t list, const struct kind *kind,
    struct list *things)
{
	size_t end = r->m->blocks[list].next;

	for (size_t i = list + 1; i < end; i = r->m->blocks[i].next)
		if (read_entry(r, i, kind, list_add(things, kind)))
			return -1;
	return 0;
}
