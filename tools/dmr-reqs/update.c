/* dmr-reqs: what a model wants to have changed becomes part of a document. */
#include "update.h"

#include "changes.h"
#include "ids.h"
#include "links.h"
#include "lint.h"
#include "marks.h"
#include "said.h"

/* An answer on its way. */
struct update {
	struct document *document;
	size_t first;     /* of meta.changes that is of this answer */
	struct list next; /* texts: ids that its new stories are going to get */
	struct buf *ignored;
	size_t nignored;
};

/* --- what is said --- */

static struct str
why_of(const struct tree_node *wish)
{
	const struct tree_node *why = tree_find(wish, STR("why"));

	return why && why->kind == SPAN_STRING ? tree_text(why)
					       : (struct str){ 0 };
}

/* What was to be done, and why it is not. */
static void
keep(struct update *u, struct str id, const char *reason, const char *wanted,
    const struct tree_node *wish)
{
	struct buf why = { 0 };

	buf_add_format(&why, "%s; %s", reason, wanted);
	if (why_of(wish).len)
		buf_add_text(&why, ": ");
	buf_add(&why, why_of(wish));
	changes_add(u->document, id, CHANGE_KEPT, buf_str(&why));
	buf_done(&why);
}

static void
ignore(struct update *u, struct str id, const char *wanted, const char *why)
{
	struct text shown = { 0 };

	said_set(&shown, id);
	buf_add(u->ignored, text_str(&shown));
	buf_add_format(
	    u->ignored, "%s%s: %s\n", shown.len ? ": " : "", wanted, why);
	text_set(&shown, (struct str){ 0 });
	u->nignored++;
}

/* --- what there is --- */

static bool
has_text(const struct list *texts, size_t n, struct str text)
{
	for (size_t i = 0; i < n; i++)
		if (str_equal(text_str(list_text(texts, i)), text))
			return true;
	return false;
}

static void *
find(const struct list *list, const struct kind *kind, struct str id)
{
	for (size_t i = 0; i < list->n; i++)
		if (str_equal(marks_id(kind, list_at(list, kind, i)), id))
			return list_at(list, kind, i);
	return NULL;
}

/* How many things have that id, in whatever lists? */
static size_t
count(const struct document *d, struct str id)
{
	size_t n = 0;

	for (const struct member *m = document_kind.members; m->name; m++) {
		const struct list *list = member_of(m, d);

		for (size_t i = 0;
		     m->things && marks_has(m->things) && i < list->n; i++)
			n += str_equal(
			    marks_id(m->things, list_at(list, m->things, i)),
			    id);
	}
	return n;
}

/* Does a requirement that is somebody's own refer to a story? */
static bool
is_needed(const struct document *d, struct str story)
{
	struct lint_table marks = { 0 };
	bool is = false;

	marks_read(d, &marks);
	for (size_t i = 0; i < d->functional.n && !is; i++) {
		const struct requirement *r = list_at(
		    &d->functional, &requirement_kind, i);

		is = has_text(&r->stories, r->stories.n, story) &&
		    !marks_fit(marks_look_up(d, &marks, text_str(&r->id)),
			&requirement_kind, r);
	}
	lint_table_done(&marks);
	return is;
}

/*
 * The thing that a wish is about, if it may be fulfilled: the only one with its
 * id, generated, and not named before.
 */
static void *
find_wanted(struct update *u, const struct member *m, struct str id,
    const char *wanted, const struct tree_node *wish)
{
	const struct list *list = member_of(m, u->document);
	void *thing = find(list, m->things, id);

	if (!thing)
		ignore(u, id, wanted, "there is no such thing");
	else if (changes_have(u->document, u->first, id))
		ignore(u, id, wanted, "it is named twice");
	else if (count(u->document, id) > 1)
		keep(u, id, "several have this id", wanted, wish);
	else if (!marks_is_generated(marks_find(u->document, id)))
		keep(u, id, "written by hand", wanted, wish);
	else if (!marks_fit(marks_find(u->document, id), m->things, thing))
		keep(u, id, "edited by hand", wanted, wish);
	else
		return thing;
	return NULL;
}

/* --- links --- */

static void
read_next(struct update *u, const struct tree_node *answer)
{
	const struct tree_node *stories = tree_find(
	    answer, STR("user_stories"));
	const struct tree_node *all = NULL, *each = NULL;
	size_t last = ids_last(u->document, &story_kind);

	if (stories)
		all = tree_find(stories, STR("add"));
	while (all && (each = tree_next(all, each)))
		if (each->kind == SPAN_OBJECT)
			ids_next(u->document, &story_kind, &last,
			    list_add_text(&u->next));
}

/* Is there such a story, or is there going to be? */
static bool
is_story(const struct update *u, struct str id)
{
	return find(&u->document->stories, &story_kind, id) ||
	    has_text(&u->next, u->next.n, id);
}

/* Links of a requirement by that id that lead nowhere go, and are told. */
static void
cut_links(struct update *u, struct list *stories, struct str id)
{
	for (size_t i = 0; i < stories->n;) {
		struct str story = text_str(list_text(stories, i));
		struct buf wanted = { 0 };

		if (is_story(u, story) && !has_text(stories, i, story)) {
			i++;
			continue;
		}
		if (!is_story(u, story)) {
			buf_add_text(&wanted, "to refer to ");
			buf_add(&wanted, story);
			ignore(u, id, wanted.data, "there is no such story");
		}
		buf_done(&wanted);
		list_remove(stories, NULL, i);
	}
}

/* --- wishes --- */

/* Does a wish have a text that says nothing? */
static bool
is_blank(
    const struct kind *kind, const void *thing, const struct tree_node *wish)
{
	for (const struct member *m = kind->members; m->name; m++)
		if (m->kind == MEMBER_TEXT &&
		    tree_find(wish, str_of(m->name)) &&
		    !((const struct text *)member_of(m, thing))->len)
			return true;
	return false;
}

/* Wishes for links that lead nowhere are no wish to have none. */
static bool
keeps_links(
    struct update *u, const struct kind *kind, void *fresh, struct str id)
{
	struct requirement *r = fresh;
	size_t n;

	if (kind != &requirement_kind)
		return false;
	n = r->stories.n;
	cut_links(u, &r->stories, id);
	return n && !r->stories.n;
}

/*
 * What a wish has of the members takes the place of what there is.  false: it
 * has a blank text, and nothing does.
 */
static bool
override(struct update *u, const struct kind *kind, void *thing, struct str id,
    const struct tree_node *wish)
{
	struct document said = { 0 };
	struct list *list = kind == &architecture_kind ? &said.architecture
						       : &(struct list){ 0 };
	void *fresh = list_add(list, kind);
	bool is_good, keeps;

	said_take(kind, fresh, wish);
	ids_link(&said);
	is_good = !is_blank(kind, fresh, wish);
	keeps = is_good && keeps_links(u, kind, fresh, id);
	for (const struct member *m = kind->members; is_good && m->name; m++)
		if (m->kind != MEMBER_ID && !(keeps && m->kind == MEMBER_IDS) &&
		    tree_find(wish, str_of(m->name)))
			member_copy(m, thing, fresh);
	thing_done(kind, fresh);
	free(list->items);
	return is_good;
}

static void
set_pattern(const struct kind *kind, void *thing)
{
	struct requirement *r = thing;

	if (kind == &requirement_kind)
		r->pattern = lint_pattern(text_str(&r->text));
}

static void
change(struct update *u, const struct member *m, struct str id,
    const struct tree_node *wish)
{
	void *thing = find_wanted(u, m, id, "to be changed", wish);
	struct list old = { 0 };

	if (!thing)
		return;
	thing_copy(m->things, list_add(&old, m->things), thing);
	if (override(u, m->things, thing, id, wish))
		set_pattern(m->things, thing);
	else
		ignore(u, id, "to be changed", "a text of it is blank");
	if (!thing_equal(m->things, thing, old.items)) {
		marks_set(u->document, m->things, thing);
		changes_add(u->document, id, CHANGE_CHANGED, why_of(wish));
	}
	list_remove(&old, m->things, 0);
	free(old.items);
}

static void
retire(struct update *u, const struct member *m, struct str id,
    const struct tree_node *wish)
{
	struct document *d = u->document;
	struct list *list = member_of(m, d);
	char *thing = find_wanted(u, m, id, "to be retired", wish);

	if (!thing)
		return;
	if (m->things == &story_kind && is_needed(d, id)) {
		keep(u, id, "a requirement of somebody's own refers to it",
		    "to be retired", wish);
		return;
	}
	list_remove(list, m->things,
	    (size_t)(thing - (char *)list->items) / m->things->size);
	changes_retire(d, id, why_of(wish));
	marks_remove(d, id);
}

static void
each_wish(struct update *u, const struct member *m,
    const struct tree_node *wishes,
    void (*fulfil)(struct update *, const struct member *, struct str id,
	const struct tree_node *wish))
{
	const struct tree_node *wish = NULL, *id;

	while (wishes && (wish = tree_next(wishes, wish))) {
		id = tree_find(wish, STR("id"));
		if (!m->things->prefix)
			fulfil(u, m, STR(MARKS_ARCHITECTURE), wish);
		else if (id && id->kind == SPAN_STRING)
			fulfil(u, m, tree_text(id), wish);
		else
			ignore(u, (struct str){ 0 }, m->name,
			    "it is not said which one");
	}
}

/* One more, which has no id yet. */
static void
add_one(struct update *u, const struct member *m, const struct tree_node *wish)
{
	struct list *list = member_of(m, u->document);
	void *thing = list_add(list, m->things);

	said_take(m->things, thing, wish);
	if (is_blank(m->things, thing, wish)) {
		list_remove(list, m->things, list->n - 1);
		ignore(u, (struct str){ 0 }, m->name,
		    "one to be added has a blank text");
	}
}

static void
add(struct update *u, const struct member *m, const struct tree_node *wishes)
{
	struct document *d = u->document;
	struct list *list = member_of(m, d);
	size_t old = list->n;
	const struct tree_node *wish = NULL;

	while (wishes && (wish = tree_next(wishes, wish)))
		if (wish->kind == SPAN_OBJECT)
			add_one(u, m, wish);
	ids_give(d, d);
	for (size_t i = old; i < list->n; i++) {
		void *thing = list_at(list, m->things, i);

		if (m->things == &requirement_kind)
			cut_links(u, &((struct requirement *)thing)->stories,
			    marks_id(m->things, thing));
		set_pattern(m->things, thing);
		marks_set(d, m->things, thing);
		changes_add(d, marks_id(m->things, thing), CHANGE_ADDED,
		    (struct str){ 0 });
	}
}

bool
update_has(const struct kind *kind)
{
	return marks_has(kind) && kind != &question_kind;
}

size_t
update_take(
    struct document *d, const struct tree_node *answer, struct buf *ignored)
{
	struct update u = { .document = d,
		.first = document_meta(d)->changes.n,
		.ignored = ignored };

	read_next(&u, answer);
	for (const struct member *m = document_kind.members; m->name; m++) {
		const struct tree_node *wishes = tree_find(
		    answer, str_of(m->name));

		if (!wishes || !m->things || !update_has(m->things))
			continue;
		each_wish(&u, m, tree_find(wishes, STR("change")), change);
		if (m->kind != MEMBER_THINGS)
			continue;
		each_wish(&u, m, tree_find(wishes, STR("retire")), retire);
		add(&u, m, tree_find(wishes, STR("add")));
	}
	links_mend(d);
	while (u.next.n)
		list_remove(&u.next, NULL, u.next.n - 1);
	free(u.next.items);
	return u.nignored;
}
