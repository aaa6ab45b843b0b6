/* tree - a JSON text in memory, for who asks for its parts more than once. */
#include "tree.h"

#include "mem.h"
#include "utf8.h"

enum { NODES_MIN = 20 }; /* of a question to a model; it grows from there */

/* The containers that are open. */
struct open {
	size_t nodes[SPAN_DEPTH_MAX]; /* by index */
	size_t n;
};

struct str
tree_raw(const struct tree_node *node)
{
	return (struct str){ node->at, node->len };
}

struct str
tree_text(const struct tree_node *string)
{
	return (struct str){ string->in.says, string->count };
}

static bool
is_container(const struct tree_node *node)
{
	return node->kind == SPAN_OBJECT || node->kind == SPAN_ARRAY;
}

/* Bytes of the string, number or word that text, which is valid, begins with. */
static size_t
scalar_len(struct str text)
{
	size_t n = 1;

	if (text.data[0] == '"') {
		while (text.data[n] != '"')
			n += text.data[n] == '\\' ? 2 : 1;
		return n + 1;
	}
	while (n < text.len && !strchr(",]} \t\r\n", text.data[n]))
		n++;
	return n;
}

/* Room is made once: what the strings say is never longer than the text. */
static void
read_string(struct tree *t, struct tree_node *node, size_t text_len)
{
	struct str raw = tree_raw(node);
	size_t from = t->decoded.len;

	if (!memchr(raw.data, '\\', raw.len)) {
		node->in.says = raw.data + 1;
		node->count = node->len - 2;
		return;
	}
	if (!t->decoded.data)
		buf_room(&t->decoded, text_len);
	span_text(raw, NULL, &t->decoded);
	node->in.says = t->decoded.data + from;
	node->count = (uint32_t)(t->decoded.len - from);
}

/* The value, or name, that begins at text[at]; returns where to go on. */
static size_t
add_node(struct tree *t, struct open *open, struct str text, size_t at)
{
	struct str rest = str_skip(text, at);
	struct tree_node *node;

	t->nodes = mem_grow(t->nodes, &t->capacity, t->n + 1, sizeof *t->nodes);
	if (open->n)
		t->nodes[open->nodes[open->n - 1]].count++;
	node = &t->nodes[t->n];
	*node = (struct tree_node){
		.at = rest.data, .len = 1, .size = 1, .kind = span_kind(rest)
	};
	if (is_container(node))
		open->nodes[open->n++] = t->n;
	else
		node->len = (uint32_t)scalar_len(rest);
	if (node->kind == SPAN_STRING)
		read_string(t, node, text.len);
	t->n++;
	return at + node->len;
}

static void
close_node(struct tree *t, struct open *open, const char *bracket)
{
	size_t index = open->nodes[--open->n];
	struct tree_node *node = &t->nodes[index];

	node->len = (uint32_t)(bracket + 1 - node->at);
	node->size = (uint32_t)(t->n - index);
}

static int
compare_text(struct str a, struct str b)
{
	size_t n = a.len < b.len ? a.len : b.len;
	int order = n ? memcmp(a.data, b.data, n) : 0;

	return order ? order : (a.len > b.len) - (a.len < b.len);
}

/* By name; of the same ones, in the order of the text. */
static int
compare_names(const void *a, const void *b)
{
	const struct tree_node *const *x = a, *const *y = b;
	int order = compare_text(tree_text(*x), tree_text(*y));

	return order ? order : (*x > *y) - (*x < *y);
}

static int
compare_name(const void *text, const void *name)
{
	const struct tree_node *const *node = name;

	return compare_text(*(const struct str *)text, tree_text(*node));
}

/* Sort an object's names into `sorted`; returns how many it took. */
static size_t
sort_members(struct tree_node *object, struct tree_node **sorted)
{
	const struct tree_node *end = object + object->size;
	size_t n = 0, kept = 0;

	for (struct tree_node *name = object + 1; name < end;
	     name += 1 + name[1].size)
		sorted[n++] = name;
	if (n)
		qsort(sorted, n, sizeof(struct tree_node *), compare_names);
	for (size_t i = 0; i < n; i++) {
		struct tree_node *name = sorted[i];

		name->shadowed = i + 1 < n &&
		    str_equal(tree_text(name), tree_text(sorted[i + 1]));
		if (!name->shadowed)
			sorted[kept++] = name;
	}
	object->in.members = sorted;
	object->count = (uint32_t)kept;
	return n;
}

/* So far the count of an object is that of its names and values. */
static void
index_objects(struct tree *t)
{
	size_t n = 0;

	for (size_t i = 0; i < t->n; i++)
		if (t->nodes[i].kind == SPAN_OBJECT)
			n += t->nodes[i].count / 2;
	t->members = mem_new(n, sizeof(struct tree_node *));
	n = 0;
	for (size_t i = 0; i < t->n; i++)
		if (t->nodes[i].kind == SPAN_OBJECT)
			n += sort_members(&t->nodes[i], t->members + n);
}

int
tree_read(struct tree *t, struct str text)
{
	struct open open = { .n = 0 };
	size_t at = 0;

	*t = (struct tree){ 0 };
	if (text.len > TREE_TEXT_MAX || utf8_valid(text) != text.len ||
	    !span_valid(text))
		return -1;
	t->nodes = mem_grow(NULL, &t->capacity, NODES_MIN, sizeof *t->nodes);
	while (at < text.len) {
		if (strchr(" \t\r\n,:", text.data[at]))
			at++;
		else if (text.data[at] == '}' || text.data[at] == ']')
			close_node(t, &open, &text.data[at++]);
		else
			at = add_node(t, &open, text, at);
	}
	index_objects(t);
	return 0;
}

void
tree_done(struct tree *t)
{
	free(t->nodes);
	free(t->members);
	buf_done(&t->decoded);
	*t = (struct tree){ 0 };
}

const struct tree_node *
tree_next(const struct tree_node *in, const struct tree_node *last)
{
	const struct tree_node *next = in + 1, *end = in + in->size;

	if (last && in->kind == SPAN_OBJECT)
		next = last + 1 + last[1].size;
	else if (last)
		next = last + last->size;
	while (next < end && next->shadowed)
		next += 1 + next[1].size;
	return next < end ? next : NULL;
}

const struct tree_node *
tree_find(const struct tree_node *object, struct str name)
{
	struct tree_node *const *found = NULL;

	if (object->kind == SPAN_OBJECT && object->count)
		found = bsearch(&name, object->in.members, object->count,
		    sizeof(struct tree_node *), compare_name);
	return found ? *found + 1 : NULL;
}

static int
compare_arrays(const struct tree_node *a, const struct tree_node *b)
{
	const struct tree_node *x = tree_next(a, NULL), *y = tree_next(b, NULL);
	int order = 0;

	while (!order && x && y) {
		order = tree_compare(x, y);
		x = tree_next(a, x);
		y = tree_next(b, y);
	}
	return order ? order : (x != NULL) - (y != NULL);
}

static int
compare_objects(const struct tree_node *a, const struct tree_node *b)
{
	int order = (a->count > b->count) - (a->count < b->count);

	for (size_t i = 0; !order && i < a->count; i++) {
		const struct tree_node *x = a->in.members[i];
		const struct tree_node *y = b->in.members[i];

		order = compare_text(tree_text(x), tree_text(y));
		if (!order)
			order = tree_compare(x + 1, y + 1);
	}
	return order;
}

int
tree_compare(const struct tree_node *a, const struct tree_node *b)
{
	if (a->kind != b->kind)
		return a->kind < b->kind ? -1 : 1;
	switch (a->kind) {
	case SPAN_NUMBER:
		return tree_compare_numbers(tree_raw(a), tree_raw(b));
	case SPAN_STRING:
		return compare_text(tree_text(a), tree_text(b));
	case SPAN_ARRAY:
		return compare_arrays(a, b);
	case SPAN_OBJECT:
		return compare_objects(a, b);
	default:
		return compare_text(tree_raw(a), tree_raw(b));
	}
}

static bool
is_identifier(struct str s)
{
	static const char chars[] = "0123456789_abcdefghijklmnopqrstuvwxyz"
				    "ABCDEFGHIJKLMNOPQRSTUVWXYZ";

	if (!s.len || (s.data[0] >= '0' && s.data[0] <= '9'))
		return false;
	for (size_t i = 0; i < s.len; i++)
		if (!memchr(chars, s.data[i], sizeof chars - 1))
			return false;
	return true;
}

/* The step from an object, or array, down to what holds `node`. */
static const struct tree_node *
add_step(const struct tree_node *in, const struct tree_node *node, bool first,
    struct buf *out)
{
	const struct tree_node *child = in + 1, *next = tree_next(in, NULL);
	size_t index = 0;

	for (; next && next <= node; index++) {
		child = next;
		next = tree_next(in, child);
	}
	if (in->kind == SPAN_ARRAY) {
		buf_add_format(out, "%s[%zu]", first ? "." : "", index - 1);
		return child;
	}
	if (is_identifier(tree_text(child)))
		buf_add_format(out, ".%.*s", STR_ARGS(tree_text(child)));
	else
		buf_add_format(out, "%s[%.*s]", first ? "." : "",
		    STR_ARGS(tree_raw(child)));
	return child + 1;
}

void
tree_path(
    const struct tree_node *root, const struct tree_node *node, struct buf *out)
{
	const struct tree_node *at = root;

	if (at == node)
		buf_add_char(out, '.');
	while (at < node && !out->full)
		at = add_step(at, node, at == root, out);
}
