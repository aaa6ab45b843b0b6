/* dmr-reqs: documents as JSON, written; whatever the members are called. */
#include "document_json.h"
#include "json.h"

enum { INDENT = 2 };

static void write_members(
    const struct kind *, const void *thing, struct json *j);

static void
write_thing(const struct kind *kind, const void *thing, struct json *j)
{
	json_open(j, '{');
	write_members(kind, thing, j);
	json_close(j, '}');
}

/* The items of a list of texts have no kind. */
static void
write_list(const struct list *list, const struct kind *kind, struct json *j)
{
	json_open(j, '[');
	for (size_t i = 0; i < list->n; i++)
		if (kind)
			write_thing(kind, list_at(list, kind, i), j);
		else
			json_string(j, text_str(list_text(list, i)));
	json_close(j, ']');
}

static void
write_null(struct json *j)
{
	json_raw(j, STR("null"));
}

static void
write_word(const struct member *m, int word, struct json *j)
{
	if (word < 0)
		write_null(j);
	else
		json_string(j, str_of(m->words[word]));
}

static void
write_number(const struct text *number, struct json *j)
{
	if (number->len)
		json_raw(j, text_str(number));
	else
		write_null(j);
}

static void
write_member(const struct member *m, const void *value, struct json *j)
{
	const struct list *list = value;

	switch (m->kind) {
	case MEMBER_TEXT:
	case MEMBER_ID:
		json_string(j, text_str(value));
		break;
	case MEMBER_WORD:
		write_word(m, *(const int *)value, j);
		break;
	case MEMBER_NUMBER:
		write_number(value, j);
		break;
	case MEMBER_TEXTS:
	case MEMBER_IDS:
	case MEMBER_THINGS:
		write_list(list, m->things, j);
		break;
	case MEMBER_THING:
		if (list->n)
			write_thing(m->things, list_at(list, m->things, 0), j);
		else
			write_null(j);
		break;
	}
}

static void
write_members(const struct kind *kind, const void *thing, struct json *j)
{
	for (const struct member *m = kind->members; m->name; m++) {
		json_name(j, m->name);
		write_member(m, member_of(m, thing), j);
	}
}

void
thing_write_json(
    const struct kind *kind, const void *thing, bool one_line, struct buf *out)
{
	struct json j = { .out = out, .indent = one_line ? 0 : INDENT };

	write_thing(kind, thing, &j);
}

void
document_write_json(const struct document *d, bool one_line, struct buf *out)
{
	thing_write_json(&document_kind, d, one_line, out);
}

static void
write_records(const struct list *list, const struct kind *kind,
    const char *name, struct buf *out)
{
	for (size_t i = 0; i < list->n; i++) {
		struct json j = { .out = out };

		json_open(&j, '{');
		json_name(&j, "kind");
		json_string(&j, str_of(name));
		write_members(kind, list_at(list, kind, i), &j);
		json_close(&j, '}');
		buf_add_char(out, '\n');
	}
}

void
document_write_records(const struct document *d, struct buf *out)
{
	write_records(&d->functional, &requirement_kind, "functional", out);
	write_records(&d->nonfunctional, &quality_kind, "non_functional", out);
	write_records(&d->stories, &story_kind, "story", out);
}
