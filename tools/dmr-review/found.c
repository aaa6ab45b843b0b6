/* dmr-review: findings that are kept until their turn comes. */
#include "found.h"

#include "mem.h"

enum { TEXTS = 7 }; /* of a finding */

/* Copy to *at, with a NUL, and go on behind it. */
static void
move(struct str *text, char **at)
{
	if (!text->data)
		return;
	memcpy(*at, text->data, text->len);
	text->data = *at;
	*at += text->len + 1;
}

struct found *
found_add(struct found_list *list, const struct finding *finding)
{
	struct finding f = *finding;
	struct str category = str_of(f.category), rule = str_of(f.rule);
	struct str *const texts[TEXTS] = { &category, &rule, &f.symbol,
		&f.title, &f.message, &f.suggestion, &f.quote };
	static const struct str none;
	size_t size = TEXTS;
	char *memory, *at;

	for (size_t i = 0; i < TEXTS; i++)
		size += texts[i]->len;
	memory = at = mem_new(size, 1);
	for (size_t i = 0; i < TEXTS; i++)
		move(texts[i], &at);
	f.line_text = f.end_text = f.above = f.below = none;
	f.category = category.data ? category.data : "";
	f.rule = rule.data ? rule.data : "";
	list->items = mem_grow(
	    list->items, &list->capacity, list->n + 1, sizeof *list->items);
	list->items[list->n] = (struct found){ .finding = f, .texts = memory };
	return &list->items[list->n++];
}

static bool
is_before(const struct finding *a, const struct finding *b)
{
	if (a->is_unplaced != b->is_unplaced)
		return b->is_unplaced;
	if (!a->is_unplaced && a->line != b->line)
		return a->line < b->line;
	return a->severity > b->severity ||
	    (a->severity == b->severity && a->start < b->start);
}

/* They are few, and mostly in order. */
void
found_sort(struct found_list *list)
{
	for (size_t i = 1; i < list->n; i++) {
		struct found f = list->items[i];
		size_t k = i;

		for (; k && is_before(&f.finding, &list->items[k - 1].finding);
		     k--)
			list->items[k] = list->items[k - 1];
		list->items[k] = f;
	}
}

void
found_done(struct found_list *list)
{
	for (size_t i = 0; i < list->n; i++)
		free(list->items[i].texts);
	free(list->items);
	*list = (struct found_list){ 0 };
}
