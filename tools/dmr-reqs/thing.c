/* dmr-reqs: texts, lists and things, whatever they are called. */
#include "thing.h"

#include <stdlib.h>
#include <string.h>

#include "mem.h"

/* --- texts and lists --- */

struct str
text_str(const struct text *text)
{
	return (struct str){ text->data, text->len };
}

void
text_set(struct text *text, struct str s)
{
	char *copy = s.len ? mem_copy(s) : NULL;

	free(text->data);
	*text = (struct text){ .data = copy, .len = s.len };
}

static void *
add(struct list *list, size_t size)
{
	char *item;

	list->items = mem_grow(list->items, &list->capacity, list->n + 1, size);
	item = (char *)list->items + list->n++ * size;
	return memset(item, 0, size);
}

struct text *
list_add_text(struct list *list)
{
	return add(list, sizeof(struct text));
}

void *
list_add(struct list *list, const struct kind *kind)
{
	void *thing = add(list, kind->size);

	for (const struct member *m = kind->members; m->name; m++)
		if (m->kind == MEMBER_WORD)
			*(int *)member_of(m, thing) = -1;
	return thing;
}

struct text *
list_text(const struct list *list, size_t i)
{
	return (struct text *)list->items + i;
}

void *
list_at(const struct list *list, const struct kind *kind, size_t i)
{
	return (char *)list->items + i * kind->size;
}

static void
item_done(const struct kind *kind, void *item)
{
	if (kind)
		thing_done(kind, item);
	else
		text_set(item, (struct str){ 0 });
}

void
list_remove(struct list *list, const struct kind *kind, size_t i)
{
	size_t size = kind ? kind->size : sizeof(struct text);
	char *item = (char *)list->items + i * size;

	item_done(kind, item);
	list->n--;
	memmove(item, item + size, (list->n - i) * size);
}

/* --- things --- */

void *
member_of(const struct member *member, const void *thing)
{
	return (char *)thing + member->offset;
}

struct text *
thing_id(const struct kind *kind, const void *thing)
{
	for (const struct member *m = kind->members; m->name; m++)
		if (m->kind == MEMBER_ID)
			return member_of(m, thing);
	return NULL;
}

static bool
texts_equal(const struct list *a, const struct list *b)
{
	if (a->n != b->n)
		return false;
	for (size_t i = 0; i < a->n; i++)
		if (!str_equal(
			text_str(list_text(a, i)), text_str(list_text(b, i))))
			return false;
	return true;
}

static bool
things_equal(
    const struct kind *kind, const struct list *a, const struct list *b)
{
	if (a->n != b->n)
		return false;
	for (size_t i = 0; i < a->n; i++)
		if (!thing_equal(
			kind, list_at(a, kind, i), list_at(b, kind, i)))
			return false;
	return true;
}

static bool
member_equal(const struct member *m, const void *a, const void *b)
{
	a = member_of(m, a);
	b = member_of(m, b);
	switch (m->kind) {
	case MEMBER_TEXT:
	case MEMBER_ID:
	case MEMBER_NUMBER:
		return str_equal(text_str(a), text_str(b));
	case MEMBER_WORD:
		return *(const int *)a == *(const int *)b;
	case MEMBER_TEXTS:
	case MEMBER_IDS:
		return texts_equal(a, b);
	case MEMBER_THING:
	case MEMBER_THINGS:
		return things_equal(m->things, a, b);
	}
	return false;
}

bool
thing_equal(const struct kind *kind, const void *a, const void *b)
{
	for (const struct member *m = kind->members; m->name; m++)
		if (!member_equal(m, a, b))
			return false;
	return true;
}

static void
text_copy(struct text *to, const struct text *from)
{
	text_set(to, text_str(from));
	to->at = from->at;
	to->end = from->end;
}

void
list_append(struct list *to, const struct list *from, const struct kind *kind)
{
	for (size_t i = 0; i < from->n; i++)
		if (kind)
			thing_copy(
			    kind, list_add(to, kind), list_at(from, kind, i));
		else
			text_copy(list_add_text(to), list_text(from, i));
}

static void
list_done(struct list *list, const struct kind *kind)
{
	while (list->n)
		list_remove(list, kind, list->n - 1);
	free(list->items);
	*list = (struct list){ 0 };
}

void
member_copy(const struct member *m, void *to, const void *from)
{
	to = member_of(m, to);
	from = member_of(m, from);
	switch (m->kind) {
	case MEMBER_TEXT:
	case MEMBER_ID:
	case MEMBER_NUMBER:
		text_copy(to, from);
		break;
	case MEMBER_WORD:
		*(int *)to = *(const int *)from;
		break;
	case MEMBER_TEXTS:
	case MEMBER_IDS:
	case MEMBER_THING:
	case MEMBER_THINGS:
		list_done(to, m->things);
		list_append(to, from, m->things);
		break;
	}
}

void
thing_copy(const struct kind *kind, void *to, const void *from)
{
	for (const struct member *m = kind->members; m->name; m++)
		member_copy(m, to, from);
}

static void
member_done(const struct member *m, void *thing)
{
	void *value = member_of(m, thing);

	switch (m->kind) {
	case MEMBER_TEXT:
	case MEMBER_ID:
	case MEMBER_NUMBER:
		text_set(value, (struct str){ 0 });
		break;
	case MEMBER_WORD:
		*(int *)value = -1;
		break;
	case MEMBER_TEXTS:
	case MEMBER_IDS:
	case MEMBER_THING:
	case MEMBER_THINGS:
		list_done(value, m->things);
		break;
	}
}

void
thing_done(const struct kind *kind, void *thing)
{
	for (const struct member *m = kind->members; m->name; m++)
		member_done(m, thing);
}
