/* dmr-reqs: names of things, and links between them. */
#include "ids.h"

#include "buf.h"

/* --- ids --- */

size_t
ids_number(struct str id, const char *prefix)
{
	size_t n = 0;

	if (!str_starts(id, prefix))
		return 0;
	id = str_skip(id, strlen(prefix));
	if (!str_starts(id, "-"))
		return 0;
	for (size_t i = 1; i < id.len; i++) {
		if (id.data[i] < '0' || id.data[i] > '9')
			return 0;
		n = n * 10 + (size_t)(id.data[i] - '0');
		if (n > IDS_NUMBER_MAX)
			return 0;
	}
	return n;
}

static uint64_t
key_of(const struct text *id)
{
	return str_hash(STR_HASH, text_str(id));
}

static size_t
larger(size_t number, const struct text *id, const char *prefix)
{
	size_t n = ids_number(text_str(id), prefix);

	return n > number ? n : number;
}

static bool
has_ids(const struct member *m)
{
	return m->kind == MEMBER_THINGS && m->things->prefix;
}

/* Whatever list it stands in. */
static size_t
largest_used(const struct document *d, const char *prefix)
{
	size_t max = 0;

	for (const struct member *m = document_kind.members; m->name; m++) {
		const struct list *list = member_of(m, d);

		for (size_t i = 0; has_ids(m) && i < list->n; i++)
			max = larger(max,
			    thing_id(m->things, list_at(list, m->things, i)),
			    prefix);
	}
	return max;
}

/* What was generated and is gone has had an id, too. */
size_t
ids_last(const struct document *d, const struct kind *kind)
{
	const struct meta *meta = d->meta.n ? d->meta.items : NULL;
	size_t max = largest_used(d, kind->prefix);

	for (size_t i = 0; meta && i < meta->retired.n; i++)
		max = larger(max, list_text(&meta->retired, i), kind->prefix);
	for (size_t i = 0; meta && i < meta->generated.n; i++) {
		const struct mark *mark = list_at(
		    &meta->generated, &mark_kind, i);

		max = larger(max, &mark->id, kind->prefix);
	}
	return max;
}

void
ids_read(const struct document *d, struct lint_table *ids)
{
	for (const struct member *m = document_kind.members; m->name; m++) {
		const struct list *list = member_of(m, d);

		for (size_t i = 0; has_ids(m) && i < list->n; i++)
			*lint_table_at(ids,
			    key_of(thing_id(
				m->things, list_at(list, m->things, i)))) = 1;
	}
}

static void
read_used(const struct document *d, struct lint_table *used)
{
	const struct meta *meta = d->meta.n ? d->meta.items : NULL;

	ids_read(d, used);
	for (size_t i = 0; meta && i < meta->retired.n; i++)
		*lint_table_at(used, key_of(list_text(&meta->retired, i))) = 1;
}

/* used: what is, once it has been needed. */
static void
next(const struct document *d, const struct kind *kind, size_t *last,
    struct text *id, struct lint_table *used)
{
	char name[40];

	/* Beyond the numbers that count there may be others in use. */
	if (*last >= IDS_NUMBER_MAX && !used->n)
		read_used(d, used);
	do
		snprintf(name, sizeof name, "%s-%03zu", kind->prefix, ++*last);
	while (*last > IDS_NUMBER_MAX &&
	    lint_table_get(used, str_hash(STR_HASH, str_of(name))));
	text_set(id, str_of(name));
}

void
ids_next(const struct document *d, const struct kind *kind, size_t *last,
    struct text *id)
{
	struct lint_table used = { 0 };

	next(d, kind, last, id, &used);
	lint_table_done(&used);
}

static void
give(struct document *part, const struct document *d, const struct member *m)
{
	struct list *list = member_of(m, part);
	size_t last = ids_last(d, m->things);
	struct lint_table used = { 0 };

	for (size_t i = 0; i < list->n; i++) {
		struct text *id = thing_id(
		    m->things, list_at(list, m->things, i));

		if (!id->len)
			next(d, m->things, &last, id, &used);
	}
	lint_table_done(&used);
}

/* --- links --- */

/* The index of what a number means, from 1 on; n: nothing. */
static size_t
index_of(struct str text, size_t n)
{
	size_t number = 0;

	for (size_t i = 0; i < text.len; i++) {
		if (text.data[i] < '0' || text.data[i] > '9' || number > n)
			return n;
		number = number * 10 + (size_t)(text.data[i] - '0');
	}
	return number && number <= n ? number - 1 : n;
}

static bool
has_before(const struct list *texts, size_t at, struct str text)
{
	for (size_t i = 0; i < at; i++)
		if (str_equal(text_str(list_text(texts, i)), text))
			return true;
	return false;
}

/* Names of a list's things in place of their numbers, each once, but `own`. */
static void
link_texts(struct list *texts, const struct list *to,
    const struct text *(*name)(const struct list *, size_t), struct str own)
{
	for (size_t i = 0; i < texts->n;) {
		struct text *text = list_text(texts, i);
		size_t at = index_of(text_str(text), to->n);
		struct str named = { 0 };

		if (at < to->n)
			named = text_str(name(to, at));
		if (!named.len || str_equal(named, own) ||
		    has_before(texts, i, named)) {
			list_remove(texts, NULL, i);
			continue;
		}
		text_set(text, named);
		i++;
	}
}

static const struct text *
story_id(const struct list *stories, size_t i)
{
	return &((const struct story *)list_at(stories, &story_kind, i))->id;
}

static const struct text *
component_name(const struct list *components, size_t i)
{
	return &(
	    (const struct component *)list_at(components, &component_kind, i))
		    ->name;
}

/* Two that are called the same could not be told apart. */
static void
name_apart(struct list *components)
{
	for (size_t i = 0; i < components->n; i++) {
		struct component *c = list_at(components, &component_kind, i);
		size_t same = 1;

		for (size_t k = 0; k < i; k++)
			same += str_equal(
			    text_str(component_name(components, k)),
			    text_str(&c->name));
		if (same > 1) {
			struct buf name = { 0 };

			buf_add(&name, text_str(&c->name));
			buf_add_format(&name, " (%zu)", i + 1);
			text_set(&c->name, buf_str(&name));
			buf_done(&name);
		}
	}
}

static void
link_components(struct architecture *a)
{
	name_apart(&a->components);
	for (size_t i = 0; i < a->components.n; i++) {
		struct component *c = list_at(
		    &a->components, &component_kind, i);

		link_texts(&c->depends_on, &a->components, component_name,
		    text_str(&c->name));
	}
}

void
ids_give(struct document *part, const struct document *d)
{
	for (const struct member *m = document_kind.members; m->name; m++)
		if (has_ids(m))
			give(part, d, m);
}

void
ids_link(struct document *part)
{
	for (size_t i = 0; i < part->functional.n; i++) {
		struct requirement *r = list_at(
		    &part->functional, &requirement_kind, i);

		link_texts(
		    &r->stories, &part->stories, story_id, (struct str){ 0 });
	}
	for (size_t i = 0; i < part->architecture.n; i++)
		link_components(
		    list_at(&part->architecture, &architecture_kind, i));
}
