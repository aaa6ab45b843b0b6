/* dmr-reqs: what a model says, as things of a document. */
#include "said.h"

#include "buf.h"

void
said_set(struct text *text, struct str s)
{
	struct buf line = { 0 };

	for (size_t i = 0; i < s.len; i++) {
		unsigned char c = (unsigned char)s.data[i];

		if (c > ' ' && c != 0x7f)
			buf_add_char(&line, s.data[i]);
		else if (line.len && line.data[line.len - 1] != ' ')
			buf_add_char(&line, ' ');
	}
	buf_repair(&line, 0, true);
	text_set(text, str_trim(buf_str(&line)));
	buf_done(&line);
}

/* A text, or a number as it is written. */
static void
take_text(struct text *text, const struct tree_node *value)
{
	if (value->kind == SPAN_STRING)
		said_set(text, tree_text(value));
	else if (value->kind == SPAN_NUMBER)
		text_set(text, tree_raw(value));
}

static void
take_word(int *word, const char *const *words, const struct tree_node *value)
{
	for (int i = 0; words[i] && value->kind == SPAN_STRING; i++)
		if (str_is(tree_text(value), words[i]))
			*word = i;
}

static void
take_texts(struct list *list, const struct tree_node *array)
{
	const struct tree_node *each = NULL;

	while ((each = tree_next(array, each))) {
		struct text text = { 0 };

		take_text(&text, each);
		if (text.len)
			*list_add_text(list) = text;
	}
}

static void
take_things(
    struct list *list, const struct kind *kind, const struct tree_node *array)
{
	const struct tree_node *each = NULL;

	while ((each = tree_next(array, each)))
		if (each->kind == SPAN_OBJECT)
			said_take(kind, list_add(list, kind), each);
}

static void
take_member(const struct member *m, void *thing, const struct tree_node *value)
{
	void *place = member_of(m, thing);

	switch (m->kind) {
	case MEMBER_TEXT:
		take_text(place, value);
		break;
	case MEMBER_NUMBER:
		if (value->kind == SPAN_NUMBER)
			text_set(place, tree_raw(value));
		break;
	case MEMBER_WORD:
		take_word(place, m->words, value);
		break;
	case MEMBER_TEXTS:
	case MEMBER_IDS:
		if (value->kind == SPAN_ARRAY)
			take_texts(place, value);
		break;
	case MEMBER_THING:
		if (value->kind == SPAN_OBJECT)
			said_take(m->things, list_add(place, m->things), value);
		break;
	case MEMBER_THINGS:
		if (value->kind == SPAN_ARRAY)
			take_things(place, m->things, value);
		break;
	case MEMBER_ID: /* are given here */
		break;
	}
}

void
said_take(const struct kind *kind, void *thing, const struct tree_node *object)
{
	for (const struct member *m = kind->members; m->name; m++) {
		const struct tree_node *value = tree_find(
		    object, str_of(m->name));

		if (value)
			take_member(m, thing, value);
	}
}
