/* dmr-reqs: an architecture as a Mermaid flowchart. */
#include "document_markdown.h"

#include "mem.h"
#include "utf8.h"

enum { MERMAID_LABEL_MAX = 200 }; /* bytes of a name that are shown */

/*
 * All names in order, to find them: of the components, numbered from 1 in
 * their order, then of what these depend on.
 */
struct names {
	struct name {
		struct str name;
		size_t number;
	} * all;
	size_t n, capacity;
};

/* Of those with the same name the first one comes first. */
static int
compare(const void *a, const void *b)
{
	const struct name *x = a, *y = b;
	size_t n = x->name.len < y->name.len ? x->name.len : y->name.len;
	int order = n ? memcmp(x->name.data, y->name.data, n) : 0;

	if (!order)
		order = (x->name.len > y->name.len) -
		    (x->name.len < y->name.len);
	if (!order)
		order = (x->number > y->number) - (x->number < y->number);
	return order;
}

static const struct component *
component_at(const struct architecture *a, size_t i)
{
	return list_at(&a->components, &component_kind, i);
}

static void
add_name(struct names *names, const struct text *name)
{
	names->all = mem_grow(
	    names->all, &names->capacity, names->n + 1, sizeof *names->all);
	names->all[names->n] = (struct name){ text_str(name), names->n + 1 };
	names->n++;
}

static struct names
sort_names(const struct architecture *a)
{
	struct names names = { 0 };

	for (size_t i = 0; i < a->components.n; i++)
		add_name(&names, &component_at(a, i)->name);
	for (size_t i = 0; i < a->components.n; i++) {
		const struct list *on = &component_at(a, i)->depends_on;

		for (size_t j = 0; j < on->n; j++)
			add_name(&names, list_text(on, j));
	}
	if (names.n)
		qsort(names.all, names.n, sizeof *names.all, compare);
	return names;
}

/* The number of the first that has the name, which one has. */
static size_t
find(const struct names *names, struct str name)
{
	struct name wanted = { name, 0 };
	size_t low = 0, high = names->n;

	while (low < high) {
		size_t middle = low + (high - low) / 2;

		if (compare(&names->all[middle], &wanted) < 0)
			low = middle + 1;
		else
			high = middle;
	}
	return names->all[low].number;
}

/*
 * In quotes.  Mermaid has "#NUMBER;" for characters; letters, digits and what
 * is not ASCII stand for themselves, and few others.
 */
static void
add_label(struct str text, struct buf *out)
{
	size_t shown = 0;

	buf_add_char(out, '"');
	while (text.len && shown < MERMAID_LABEL_MAX) {
		uint32_t cp = ' ';
		int got = utf8_decode(text, &cp);
		size_t length = got > 0 ? (size_t)got : 1;

		if (got <= 0 || cp < ' ' || cp == 0x7f || utf8_is_hidden(cp))
			buf_add_char(out, ' ');
		else if (cp >= 0x80 || strchr(" ,./-_()", (int)cp) ||
		    (cp >= '0' && cp <= '9') ||
		    ((cp | 0x20) >= 'a' && (cp | 0x20) <= 'z'))
			buf_add(out, (struct str){ text.data, length });
		else
			buf_add_format(out, "#%lu;", (unsigned long)cp);
		text = str_skip(text, length);
		shown += length;
	}
	buf_add_text(out, text.len ? "...\"" : shown ? "\"" : " \"");
}

/*
 * What it depends on.  What is no component has a box of its own, which the
 * first arrow to it names.  *number counts the dependencies of all.
 */
static void
add_edges(const struct architecture *a, size_t i, const struct names *names,
    size_t *number, struct buf *out)
{
	const struct list *on = &component_at(a, i)->depends_on;

	for (size_t j = 0; j < on->n; j++) {
		struct str name = text_str(list_text(on, j));
		size_t to = find(names, name);
		bool inside = to <= a->components.n;

		buf_add_format(out, "    c%zu %s %c%zu", i + 1,
		    inside ? "-->" : "-.->", inside ? 'c' : 'x', to);
		if (to == ++*number) {
			buf_add_char(out, '[');
			add_label(name, out);
			buf_add_char(out, ']');
		}
		buf_add_char(out, '\n');
	}
}

void
architecture_write_mermaid(const struct architecture *a, struct buf *out)
{
	struct names names = sort_names(a);
	size_t number = a->components.n;

	buf_add_text(out, "flowchart TD\n");
	for (size_t i = 0; i < a->components.n; i++) {
		buf_add_format(out, "    c%zu[", i + 1);
		add_label(text_str(&component_at(a, i)->name), out);
		buf_add_text(out, "]\n");
	}
	for (size_t i = 0; i < a->components.n; i++)
		add_edges(a, i, &names, &number, out);
	free(names.all);
}
