/* docstring - the answer of a model as fields, and as text. */
#include "docstring.h"

#include "docstring_page.h"
#include "docstring_parts.h"
#include "docstring_style.h"
#include "mem.h"
#include "tree.h"

enum { ITEMS_MAX = 256 };

/* --- reading --- */

static const struct tree_node *
find_in(const struct tree_node *object, const char *name)
{
	return object ? tree_find(object, str_of(name)) : NULL;
}

/* The most characters of a string, as the properties of a schema say. */
static size_t
longest(const struct tree_node *properties, const char *name)
{
	const struct tree_node *max = find_in(
	    find_in(properties, name), "maxLength");

	return max && max->kind == SPAN_NUMBER ? tree_count(max) : SIZE_MAX;
}

/*
 * What a string says, copied.  One that a server cut off ends where a sentence
 * does; code that was is none.
 */
static int
copy_text(struct docstring *d, struct str said, const char *name, size_t max,
    struct err *e)
{
	bool is_code = !strcmp(name, "example");
	bool is_cut = docstring_is_cut(said, max);

	if (docstring_has_fence(said) && !is_code)
		return err_set(e, ST_UNUSABLE,
		    "'%s' repeats a mark that is no part of the source", name);
	if (!is_cut)
		buf_add(&d->room, said);
	else if (!is_code)
		docstring_add_whole(said, &d->room);
	return 0;
}

/* A string of an object, copied; none and null are the empty one. */
static int
read_text(struct docstring *d, const struct tree_node *in,
    const struct tree_node *schema, const char *name, struct str *text,
    struct err *e)
{
	size_t from = d->room.len;
	const struct tree_node *value = tree_find(in, str_of(name));
	struct str said;

	*text = (struct str){ 0 };
	if (!value || value->kind == SPAN_NULL)
		return 0;
	if (value->kind != SPAN_STRING)
		return err_set(e, ST_UNUSABLE, "'%s' is not a string", name);
	said = tree_text(value);
	if (said.len > DOCSTRING_TEXT_MAX)
		return err_set(e, ST_UNUSABLE, "'%s' is longer than %d bytes",
		    name, DOCSTRING_TEXT_MAX);
	if (copy_text(d, said, name, longest(schema, name), e))
		return -1;
	*text = str_skip(buf_str(&d->room), from);
	return 0;
}

/* "*args" is "args", "demo.shop.Error" and "shop::Error" are "Error". */
static struct str
last_part(struct str name)
{
	for (size_t i = name.len; i > 0; i--)
		if (!docstring_is_alnum(name.data[i - 1]) &&
		    !strchr("_$!?", name.data[i - 1]))
			return str_skip(name, i);
	return name;
}

static struct docstring_item *
find_item(struct docstring_item *items, size_t n, struct str name)
{
	name = last_part(name);
	for (size_t i = 0; i < n && name.len; i++)
		if (str_equal(last_part(items[i].name), name))
			return &items[i];
	return NULL;
}

/* An exception that the source does not name; NULL: it cannot be. */
static struct docstring_item *
add_raised(struct docstring *d, struct str name)
{
	bool is_safety = docstring_starts_like(name, "safety");
	bool is_panic = docstring_starts_like(name, "panic");
	size_t capacity = d->nraises;

	if (is_safety ? !d->is_unsafe : !d->is_fallible || is_panic)
		return NULL;
	d->raises = mem_grow(
	    d->raises, &capacity, d->nraises + 1, sizeof *d->raises);
	d->raises[d->nraises] = (struct docstring_item){ .name = name };
	d->nadded++;
	return &d->raises[d->nraises++];
}

/* What an answer may speak of; NULL: it invents. */
static struct docstring_item *
item_called(struct docstring *d, bool raises, struct str name)
{
	struct docstring_item *item;

	if (!raises)
		return find_item(d->params, d->nparams, name);
	item = find_item(d->raises, d->nraises, name);
	return item ? item : add_raised(d, name);
}

static int
read_item(struct docstring *d, const struct tree_node *in,
    const struct tree_node *schema, const char *key, struct err *e)
{
	bool raises = str_is(str_of(key), "type");
	struct docstring_item *item;
	struct str name, text;

	if (in->kind != SPAN_OBJECT)
		return err_set(e, ST_UNUSABLE, "'%s' holds what is no object",
		    raises ? "raises" : "params");
	if (read_text(d, in, schema, key, &name, e) ||
	    read_text(d, in, schema, "text", &text, e))
		return -1;
	item = item_called(d, raises, str_trim(name));
	if (item && !item->text.len)
		item->text = text;
	return 0;
}

/* The texts of an array of { key, "text" }. */
static int
read_items(struct docstring *d, const struct tree_node *in,
    const struct tree_node *schema, const char *name, const char *key,
    struct err *e)
{
	const struct tree_node *array = tree_find(in, str_of(name));
	const struct tree_node *node = NULL;

	if (!array || array->kind == SPAN_NULL)
		return 0;
	if (array->kind != SPAN_ARRAY || array->count > ITEMS_MAX)
		return err_set(e, ST_UNUSABLE,
		    "'%s' is not an array of at most %d", name, ITEMS_MAX);
	schema = find_in(find_in(find_in(schema, name), "items"), "properties");
	while ((node = tree_next(array, node)))
		if (read_item(d, node, schema, key, e))
			return -1;
	return 0;
}

/* What an earlier answer said. */
static void
forget(struct docstring *d)
{
	d->nraises -= d->nadded;
	d->nadded = 0;
	for (size_t i = 0; i < d->nparams; i++)
		d->params[i].text = (struct str){ 0 };
	for (size_t i = 0; i < d->nraises; i++)
		d->raises[i].text = (struct str){ 0 };
	buf_clear(&d->room);
}

static int
read_fields(struct docstring *d, const struct tree_node *answer,
    const struct tree_node *schema, struct err *e)
{
	if (answer->kind != SPAN_OBJECT)
		return err_set(e, ST_UNUSABLE, "the answer is no JSON object");
	if (read_text(d, answer, schema, "summary", &d->summary, e) ||
	    read_text(d, answer, schema, "details", &d->details, e) ||
	    read_text(d, answer, schema, "example", &d->example, e) ||
	    read_text(d, answer, schema, "returns", &d->returns, e) ||
	    read_items(d, answer, schema, "params", "name", e) ||
	    read_items(d, answer, schema, "raises", "type", e))
		return -1;
	if (str_is_blank(d->summary))
		return err_set(e, ST_UNUSABLE, "'summary' is empty");
	return 0;
}

int
docstring_read(struct docstring *d, struct str answer, struct err *e)
{
	struct tree t, schema = { 0 };
	int status = -1;

	forget(d);
	if (tree_read(&t, answer))
		return err_set(e, ST_UNUSABLE, "the answer is not JSON");
	if (d->schema.len)
		tree_read(&schema, d->schema);
	/* At once: the views into it must not move.  Decoded is not longer,
	 * nor is "..." than the quotes and the name. */
	if (!buf_room(&d->room, answer.len))
		err_set(e, ST_UNUSABLE, "the answer is too long");
	else
		status = read_fields(
		    d, t.nodes, find_in(schema.nodes, "properties"), e);
	tree_done(&t);
	tree_done(&schema);
	return status;
}

void
docstring_done(struct docstring *d)
{
	free(d->params);
	free(d->raises);
	buf_done(&d->room);
	*d = (struct docstring){ 0 };
}

/* --- rendering --- */

/* Lay out, with or without escapes; false: they are needed. */
static bool
lay_out(struct docstring_page *page, const struct docstring_place *place,
    const struct docstring *d, struct str prose, bool escapes)
{
	struct buf summary = { 0 };
	size_t rest;

	docstring_page_init(page, place, escapes);
	rest = docstring_summary(
	    prose, place, page->width - page->first, &summary);
	docstring_layout(page, d, buf_str(&summary), str_skip(prose, rest));
	buf_done(&summary);
	return escapes || place->form != DOCSTRING_LITERAL ||
	    str_find(buf_str(&page->text), STR("\"\"\"")) == page->text.len;
}

int
docstring_render(const struct docstring *d, const struct docstring_place *place,
    struct buf *out, struct err *e)
{
	struct docstring_page page;
	struct buf prose = { 0 };
	int status = -1;

	docstring_clean_prose(d->summary, place->is_ascii_only, &prose);
	if (!prose.len) {
		err_set(e, ST_UNUSABLE, "'summary' says nothing");
		goto out;
	}
	if (place->sections & DOCSTRING_DETAILS)
		docstring_clean_prose(d->details, place->is_ascii_only, &prose);
	if (!lay_out(&page, place, d, buf_str(&prose), false)) {
		docstring_page_done(&page);
		lay_out(&page, place, d, buf_str(&prose), true);
	}
	status = docstring_form(&page, out, e);
	docstring_page_done(&page);
out:
	buf_done(&prose);
	return status;
}
