/* schema - what is said about a text, or a schema, that is wrong. */
#include "schema_say.h"

#include <stdarg.h>

#include "utf8.h"

enum { PATH_MAX_BYTES = 240, EXCERPT_MAX = 60 };

void
schema_excerpt(struct str text, struct buf *out)
{
	struct str head = str_trim(text);
	bool is_cut = head.len > EXCERPT_MAX;
	bool blank = false;

	if (is_cut)
		head.len = EXCERPT_MAX;
	head.len = utf8_valid(head);
	for (size_t i = 0; i < head.len; i++) {
		bool is_blank = strchr(" \t\r\n", head.data[i]) != NULL;

		if (!is_blank || !blank)
			buf_add_char(out, is_blank ? ' ' : head.data[i]);
		blank = is_blank;
	}
	buf_add_text(out, is_cut ? "..." : "");
}

static void
add_path(
    const struct tree_node *root, const struct tree_node *at, struct buf *out)
{
	struct buf path = { .max = PATH_MAX_BYTES };

	tree_path(root, at, &path);
	buf_add(out, buf_str(&path));
	if (path.full)
		buf_add_text(out, "...");
	buf_done(&path);
}

int
schema_refuse(const struct schema *s, const struct tree_node *at,
    const char *what, struct err *e)
{
	struct buf path = { 0 };

	add_path(s->tree.nodes, at, &path);
	err_set(e, ST_USAGE, "schema: %s: %s", path.data, what);
	buf_done(&path);
	return -1;
}

/* "integer or null" */
static void
add_types(unsigned set, struct buf *out)
{
	const char *between = "";

	for (unsigned i = 0; i < SCHEMA_TYPES; i++)
		if (set & 1U << i) {
			buf_add_format(
			    out, "%s%s", between, schema_type_name(i));
			between = " or ";
		}
}

/* No schema in anyOf is for such a type. */
static void
add_any(const struct schema *s, const struct tree_node *any, struct buf *out)
{
	const struct tree_node *x = NULL;
	unsigned set = 0;

	while ((x = tree_next(any, x)))
		set |= schema_rule(s, x)->wanted;
	add_types(set, out);
}

/* What stands around the value of a keyword. */
static const struct {
	const char *before, *after;
} words[SCHEMA_GOOD] = {
	[SCHEMA_ENUM] = { "one of ", "" },
	[SCHEMA_CONST] = { "", "" },
	[SCHEMA_MINIMUM] = { "at least ", "" },
	[SCHEMA_MAXIMUM] = { "at most ", "" },
	[SCHEMA_ABOVE] = { "more than ", "" },
	[SCHEMA_BELOW] = { "less than ", "" },
	[SCHEMA_MIN_LENGTH] = { "at least ", " character" },
	[SCHEMA_MAX_LENGTH] = { "at most ", " character" },
	[SCHEMA_MIN_ITEMS] = { "at least ", " element" },
	[SCHEMA_MAX_ITEMS] = { "at most ", " element" },
	[SCHEMA_REQUIRED] = { "a member ", "" },
};

static void
add_wanted(
    const struct schema *s, const struct schema_failure *f, struct buf *out)
{
	const struct tree_node *value = &s->tree.nodes[f->value];

	if (f->keyword == SCHEMA_TYPE)
		add_types(schema_types(value), out);
	else if (f->keyword == SCHEMA_ANY_OF)
		add_any(s, value, out);
	else if (f->keyword == SCHEMA_ADDITIONAL)
		buf_add_text(out, "no member of that name");
	else if (f->keyword == SCHEMA_FALSE)
		buf_add_text(out, "nothing");
	else {
		buf_add_text(out, words[f->keyword].before);
		schema_excerpt(tree_raw(value), out);
		buf_add_text(out, words[f->keyword].after);
		if (words[f->keyword].after[0] && !str_is(tree_raw(value), "1"))
			buf_add_char(out, 's');
	}
}

int
schema_report(const struct schema *s, const struct tree_node *root,
    const struct schema_failure *f, struct err *e)
{
	struct buf text = { 0 };

	add_path(root, &root[f->at], &text);
	buf_add_text(&text, ": wanted ");
	add_wanted(s, f, &text);
	if (f->others)
		buf_add_text(&text, " or what else anyOf allows");
	buf_add_text(&text, ", got ");
	schema_excerpt(tree_raw(&root[f->at]), &text);
	err_set(e, ST_UNUSABLE, "not what the schema says: %s", text.data);
	buf_done(&text);
	return -1;
}

/* ": line 2, column 14"; columns are bytes. */
static void
add_place(struct str text, size_t at, struct buf *out)
{
	size_t line = 1, column = 1;

	for (size_t i = 0; i < at; i++) {
		column = text.data[i] == '\n' ? 1 : column + 1;
		line += text.data[i] == '\n';
	}
	buf_add_format(out, ": line %zu, column %zu", line, column);
}

int
schema_report_text(struct str text, enum status status, struct err *e)
{
	size_t valid = utf8_valid(text), stop = span_stop(text);
	struct buf what = { 0 };

	if (text.len > TREE_TEXT_MAX) {
		buf_add_format(&what, "over %d MiB", TREE_TEXT_MAX >> 20);
	} else if (valid < text.len) {
		buf_add_text(&what, "not UTF-8");
		add_place(text, valid, &what);
	} else if (stop < text.len) {
		buf_add_text(&what, "not JSON");
		add_place(text, stop, &what);
		buf_add_text(&what, ": '");
		schema_excerpt(str_skip(text, stop), &what);
		buf_add_char(&what, '\'');
	} else {
		buf_add_text(&what, "JSON without its end");
		add_place(text, stop, &what);
	}
	err_set(e, status, "%s: %s",
	    status == ST_USAGE ? "schema" : "not what the schema says",
	    what.data);
	buf_done(&what);
	return -1;
}
