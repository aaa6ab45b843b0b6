/* reqs_update_test - ids and what people wrote survive any model's updates. */
#include "../../tools/dmr-reqs/document_json.h"
#include "../../tools/dmr-reqs/document_markdown.h"
#include "../../tools/dmr-reqs/marks.h"
#include "../../tools/dmr-reqs/update.h"
#include "json.h"
#include "mem.h"
#include "reqs_random.h"
#include "schema.h"
#include "tap.h"

enum { DOCUMENTS = 20, ROUNDS = 50, LIST_MAX = 40 };

/* --- what the model says --- */

static void
write_words(struct json *j, const char *name)
{
	struct text text = { 0 };

	json_name(j, name);
	reqs_random_text(&text);
	json_string(j, text_str(&text));
	text_set(&text, (struct str){ 0 });
}

/* An id of this list mostly, or of another, or of nothing; or no id at all. */
static void
write_id(struct json *j, const struct document *d, const struct member *m)
{
	const struct list *list = member_of(m, d);
	const struct meta *meta = d->meta.items;
	struct text id = { 0 };

	reqs_random_id(&id, draw() % 2 ? m->things->prefix : "FR");
	if (draw() % 4 && list->n)
		text_set(&id,
		    marks_id(m->things,
			list_at(list, m->things, draw_below(list->n))));
	else if (draw() % 4 == 0 && meta->retired.n)
		text_set(&id,
		    text_str(list_text(
			&meta->retired, draw_below(meta->retired.n))));
	json_name(j, "id");
	if (draw() % 50)
		json_string(j, text_str(&id));
	else
		json_integer(j, 7);
	text_set(&id, (struct str){ 0 });
}

static void
write_links(struct json *j, const struct document *d)
{
	json_name(j, "stories");
	json_open(j, '[');
	for (uint32_t n = draw_below(4); n; n--) {
		struct text id = { 0 };

		reqs_random_id(&id, "US");
		if (draw() % 2 && d->stories.n)
			text_set(&id,
			    marks_id(&story_kind,
				list_at(&d->stories, &story_kind,
				    draw_below(d->stories.n))));
		json_string(j, text_str(&id));
		text_set(&id, (struct str){ 0 });
	}
	json_close(j, ']');
}

static void
write_wish(struct json *j, const struct document *d, const struct member *m)
{
	json_open(j, '{');
	write_id(j, d, m);
	if (draw() % 4)
		write_words(j, "why");
	for (uint32_t n = draw_below(3); n; n--)
		write_words(j, n % 2 ? "text" : "i_want");
	if (draw() % 2)
		write_links(j, d);
	json_close(j, '}');
}

static void
write_wishes(struct json *j, const struct document *d, const struct member *m,
    const char *what, uint32_t n)
{
	json_name(j, what);
	if (draw() % 40 == 0) {
		json_string(j, STR("none"));
		return;
	}
	json_open(j, '[');
	while (n--)
		if (draw() % 30)
			write_wish(j, d, m);
		else
			json_string(j, STR("FR-001"));
	json_close(j, ']');
}

static void
write_answer(const struct document *d, struct buf *out)
{
	struct json j = { .out = out };

	buf_clear(out);
	json_open(&j, '{');
	for (const struct member *m = document_kind.members; m->name; m++) {
		const struct list *list = member_of(m, d);
		bool is_full = list->n > LIST_MAX;

		if (!m->things || !update_has(m->things) || draw() % 4 == 0)
			continue;
		json_name(&j, m->name);
		json_open(&j, '{');
		if (m->kind == MEMBER_THINGS) {
			write_wishes(&j, d, m, "add", draw_below(3));
			write_wishes(
			    &j, d, m, "retire", is_full ? 9 : draw_below(3));
			write_wishes(&j, d, m, "change", draw_below(4));
		} else {
			json_name(&j, "change");
			json_open(&j, '[');
			json_open(&j, '{');
			write_words(&j, "summary");
			json_close(&j, '}');
			json_close(&j, ']');
		}
		json_close(&j, '}');
	}
	json_close(&j, '}');
}

/* --- what people do --- */

static void
edit_list(const struct member *m, struct list *list)
{
	uint32_t i = list->n ? draw_below(list->n) : 0, how = draw_below(6);

	if (how == 0) {
		void *own = list_add(list, m->things);

		reqs_random_thing(m->things, own);
		if (draw() % 2)
			text_set(thing_id(m->things, own), (struct str){ 0 });
	} else if (how == 1 && list->n) {
		list_remove(list, m->things, i);
	} else if (how == 2 && list->n) {
		struct text id = { 0 };
		void *thing = list_at(list, m->things, i);

		text_set(&id, marks_id(m->things, thing));
		thing_done(m->things, thing);
		reqs_random_thing(m->things, thing);
		text_set(thing_id(m->things, thing), text_str(&id));
		text_set(&id, (struct str){ 0 });
	}
}

static void
edit(struct document *d)
{
	for (const struct member *m = document_kind.members; m->name; m++)
		if (m->kind == MEMBER_THINGS && marks_has(m->things))
			edit_list(m, member_of(m, d));
}

/* --- what has to hold --- */

static bool
has_text(const struct list *texts, struct str text)
{
	for (size_t i = 0; i < texts->n; i++)
		if (str_equal(text_str(list_text(texts, i)), text))
			return true;
	return false;
}

static bool
has_change(const struct document *d, struct str id, enum change_kind what)
{
	const struct meta *meta = d->meta.items;

	for (size_t i = 0; i < meta->changes.n; i++) {
		const struct change *c = list_at(
		    &meta->changes, &change_kind, i);

		if (c->what == (int)what && str_equal(text_str(&c->id), id))
			return true;
	}
	return false;
}

static bool
is_generated(
    const struct document *d, const struct kind *kind, const void *thing)
{
	return marks_fit(marks_find(d, marks_id(kind, thing)), kind, thing);
}

static void
check_survivor(const struct document *before, const struct document *after,
    const struct kind *kind, const void *was, const void *is)
{
	struct str id = marks_id(kind, was);

	if (thing_equal(kind, was, is))
		return;
	tap_case(is_generated(before, kind, was),
	    "%.*s: what people wrote stays", STR_ARGS(id));
	tap_case(has_change(after, id, CHANGE_CHANGED), "%.*s: it is said",
	    STR_ARGS(id));
	tap_case(is_generated(after, kind, is), "%.*s: it is marked anew",
	    STR_ARGS(id));
}

static void
check_gone(const struct document *before, const struct document *after,
    const struct kind *kind, const void *was)
{
	const struct meta *meta = after->meta.items;
	struct str id = marks_id(kind, was);

	tap_case(is_generated(before, kind, was), "%.*s: what people wrote",
	    STR_ARGS(id));
	tap_case(has_change(after, id, CHANGE_RETIRED), "%.*s: it is said",
	    STR_ARGS(id));
	tap_case(
	    has_text(&meta->retired, id), "%.*s: it is retired", STR_ARGS(id));
	tap_case(!marks_find(after, id), "%.*s: it has no mark", STR_ARGS(id));
}

/* ever: ids that were seen in this document. */
static void
check_new(const struct document *after, const struct kind *kind,
    const void *thing, struct list *ever)
{
	struct str id = marks_id(kind, thing);

	tap_case(!has_text(ever, id), "%.*s: no id comes again", STR_ARGS(id));
	tap_case(str_starts(id, kind->prefix) && document_is_id(id),
	    "%.*s: it is an id", STR_ARGS(id));
	tap_case(has_change(after, id, CHANGE_ADDED), "%.*s: it is said",
	    STR_ARGS(id));
	tap_case(is_generated(after, kind, thing), "%.*s: it is marked",
	    STR_ARGS(id));
	text_set(list_add_text(ever), id);
}

/* What was there keeps its order; what is new comes behind it. */
static void
check_list(const struct document *before, const struct document *after,
    const struct member *m, struct list *ever)
{
	const struct list *was = member_of(m, before);
	const struct list *is = member_of(m, after);
	size_t k = 0;

	for (size_t i = 0; i < was->n; i++) {
		const void *old = list_at(was, m->things, i);
		const void *now = k < is->n ? list_at(is, m->things, k) : NULL;

		if (now &&
		    str_equal(
			marks_id(m->things, old), marks_id(m->things, now))) {
			check_survivor(before, after, m->things, old, now);
			k++;
		} else {
			check_gone(before, after, m->things, old);
		}
	}
	for (; k < is->n; k++)
		check_new(after, m->things, list_at(is, m->things, k), ever);
}

static void
check_links(const struct document *d)
{
	for (size_t i = 0; i < d->functional.n; i++) {
		const struct requirement *r = list_at(
		    &d->functional, &requirement_kind, i);
		struct list seen = { 0 };

		for (size_t k = 0; k < d->stories.n; k++)
			text_set(list_add_text(&seen),
			    marks_id(&story_kind,
				list_at(&d->stories, &story_kind, k)));
		for (size_t k = 0; k < r->stories.n; k++) {
			struct str id = text_str(list_text(&r->stories, k));

			if (is_generated(d, &requirement_kind, r))
				tap_case(has_text(&seen, id),
				    "%.*s: links lead somewhere",
				    STR_ARGS(text_str(&r->id)));
		}
		while (seen.n)
			list_remove(&seen, NULL, seen.n - 1);
		free(seen.items);
	}
}

static void
check_forms(const struct document *d)
{
	struct document again = { 0 };
	struct buf text = { 0 };
	struct err e = ERR_NONE;

	document_write_json(d, true, &text);
	tap_case(!document_read_json(&again, buf_str(&text), &e) &&
		thing_equal(&document_kind, d, &again),
	    "it can be read again: %s", e.text);
	buf_clear(&text);
	document_write_markdown(d, &text);
	tap_case(!document_read_markdown(&again, buf_str(&text), &e) &&
		thing_equal(&document_kind, d, &again),
	    "as Markdown, too: %s", e.text);
	document_done(&again);
	buf_done(&text);
}

static void
check_update(const struct document *before, const struct document *after,
    struct list *ever)
{
	for (const struct member *m = document_kind.members; m->name; m++)
		if (m->kind == MEMBER_THINGS && update_has(m->things))
			check_list(before, after, m, ever);
	check_links(after);
	tap_case(before->architecture.n == after->architecture.n,
	    "the architecture stays");
	if (after->architecture.n &&
	    !is_generated(
		before, &architecture_kind, before->architecture.items))
		tap_case(
		    thing_equal(&architecture_kind, before->architecture.items,
			after->architecture.items),
		    "an architecture of people stays as it is");
}

/* --- the start of an update --- */

static void
remember(const struct document *d, struct list *ever)
{
	for (const struct member *m = document_kind.members; m->name; m++) {
		const struct list *list = member_of(m, d);

		for (size_t i = 0; m->kind == MEMBER_THINGS &&
		     marks_has(m->things) && i < list->n;
		     i++)
			text_set(list_add_text(ever),
			    marks_id(m->things, list_at(list, m->things, i)));
	}
	for (size_t i = 0; i < ((struct meta *)d->meta.items)->retired.n; i++)
		text_set(list_add_text(ever),
		    text_str(list_text(
			&((struct meta *)d->meta.items)->retired, i)));
}

static bool
is_there(const struct document *d, struct str id)
{
	for (const struct member *m = document_kind.members; m->name; m++) {
		const struct list *list = member_of(m, d);

		for (size_t i = 0; m->kind == MEMBER_THINGS &&
		     m->things->prefix && i < list->n;
		     i++)
			if (str_equal(id,
				marks_id(
				    m->things, list_at(list, m->things, i))))
				return true;
	}
	return false;
}

/* Of all that an update has seen, nothing is gone that is not retired. */
static void
check_known(const struct document *d, const struct list *ever)
{
	const struct meta *meta = d->meta.items;

	for (size_t i = 0; i < ever->n; i++) {
		struct str id = text_str(list_text(ever, i));

		tap_case(
		    !id.len || is_there(d, id) || has_text(&meta->retired, id),
		    "%.*s: it is there or retired", STR_ARGS(id));
	}
}

static void
check_begin(const struct document *before, const struct document *after)
{
	for (const struct member *m = document_kind.members; m->name; m++) {
		const struct list *was = member_of(m, before);
		const struct list *is = member_of(m, after);

		if (m->kind != MEMBER_THINGS || !marks_has(m->things))
			continue;
		tap_case(was->n == is->n, "%s: all are there", m->name);
		for (size_t i = 0; i < was->n && i < is->n; i++)
			if (marks_id(m->things, list_at(was, m->things, i)).len)
				check_survivor(before, after, m->things,
				    list_at(was, m->things, i),
				    list_at(is, m->things, i));
	}
}

static void
forget(struct list *list, const struct kind *kind)
{
	while (list->n)
		list_remove(list, kind, list->n - 1);
	free(list->items);
	*list = (struct list){ 0 };
}

static void
update(struct document *d, struct list *ever)
{
	struct document before = { 0 };
	struct buf answer = { 0 }, ignored = { 0 };
	struct tree t;

	thing_copy(&document_kind, &before, d);
	update_begin(d);
	check_begin(&before, d);
	check_known(d, ever);
	remember(d, ever);
	document_done(&before);
	thing_copy(&document_kind, &before, d);
	write_answer(d, &answer);
	if (tap_case(!tree_read(&t, buf_str(&answer)), "an answer is JSON")) {
		update_take(d, t.nodes, &ignored);
		check_update(&before, d, ever);
		check_forms(d);
		tree_done(&t);
	}
	document_done(&before);
	buf_done(&answer);
	buf_done(&ignored);
}

static void
test_rounds(void)
{
	for (uint64_t i = 0; i < DOCUMENTS; i++) {
		struct document d = { 0 };
		struct list ever = { 0 };

		reqs_random(&d, i);
		if (i % 2) {
			forget(&document_meta(&d)->generated, &mark_kind);
			marks_add(&d, &d);
		}
		for (int n = 0; n < ROUNDS; n++) {
			update(&d, &ever);
			edit(&d);
		}
		document_done(&d);
		forget(&ever, NULL);
	}
	tap_all("rounds of edits and updates");
}

/* --- one after the other --- */

static const char shop[] =
    "{\"functional_requirements\":["
    "{\"id\":\"FR-001\",\"text\":\"The shop shall sell bikes.\","
    "\"stories\":[\"US-001\",\"US-002\"]},"
    "{\"id\":\"FR-002\",\"text\":\"The shop shall list bikes.\","
    "\"stories\":[\"US-002\"]}],"
    "\"user_stories\":[{\"id\":\"US-001\",\"i_want\":\"a bike\"},"
    "{\"id\":\"US-002\",\"i_want\":\"a list\"}],"
    "\"meta\":{\"retired\":[\"FR-007\"]}}";

static void
read_shop(struct document *d)
{
	struct err e = ERR_NONE;

	tap_ok(!document_read_json(d, str_of(shop), &e), "a shop%s", e.text);
	marks_add(d, d);
}

/* "FR-001 changed: why; ..." and what was ignored. */
static void
says(struct document *d, const char *answer, const char *want, const char *name)
{
	static const char *const words[] = { "added", "changed", "retired",
		"kept" };
	struct buf got = { 0 }, ignored = { 0 };
	struct tree t;

	if (!tap_ok(!tree_read(&t, str_of(answer)), "JSON"))
		return;
	update_begin(d);
	update_take(d, t.nodes, &ignored);
	for (size_t i = 0; i < document_meta(d)->changes.n; i++) {
		const struct change *c = list_at(
		    &document_meta(d)->changes, &change_kind, i);

		buf_add(&got, text_str(&c->id));
		buf_add_format(&got, " %s", words[c->what]);
		buf_add_text(&got, c->why.len ? ": " : "");
		buf_add(&got, text_str(&c->why));
		buf_add_char(&got, '\n');
	}
	buf_add(&got, buf_str(&ignored));
	tap_is(buf_str(&got), want, name);
	buf_done(&got);
	buf_done(&ignored);
	tree_done(&t);
}

static void
test_wishes(void)
{
	struct document d = { 0 };
	struct requirement *r;

	read_shop(&d);
	says(&d,
	    "{\"functional_requirements\":{\"add\":[{\"id\":\"FR-001\","
	    "\"text\":\"The shop shall rent bikes.\",\"stories\":[\"US-003\","
	    "\"US-009\"]}],\"change\":[{\"id\":\"FR-002\",\"why\":\"x\","
	    "\"text\":\"The shop shall list cars.\"}]},\"user_stories\":"
	    "{\"add\":[{\"i_want\":\"to rent\"}],\"retire\":[{\"id\":\"US-001\""
	    ",\"why\":\"none\"}]}}",
	    "FR-002 changed: x\nFR-008 added\nUS-001 retired: none\n"
	    "US-003 added\nFR-001 changed: no longer refers to US-001\n"
	    "FR-008: to refer to US-009: there is no such story\n",
	    "what is added, changed, retired");
	r = list_at(&d.functional, &requirement_kind, 2);
	tap_ok(r->stories.n == 1 &&
		str_is(text_str(list_text(&r->stories, 0)), "US-003"),
	    "a new one refers to a new one");
	text_set(&r->text, STR("The shop shall lend bikes."));
	list_remove(&d.functional, &requirement_kind, 0);
	text_set(&((struct story *)list_add(&d.stories, &story_kind))->i_want,
	    STR("mine"));
	says(&d,
	    "{\"functional_requirements\":{\"change\":[{\"id\":\"FR-008\","
	    "\"why\":\"y\",\"text\":\"z\"},{\"id\":\"FR-001\"}],\"add\":[{}],"
	    "\"retire\":[{\"id\":\"FR-008\"},{\"why\":\"z\"}]},"
	    "\"user_stories\":{\"retire\":[{\"id\":\"US-003\"},"
	    "{\"id\":\"US-004\"}]}}",
	    "FR-001 retired: it was deleted by hand\n"
	    "FR-008 kept: edited by hand; to be changed: y\n"
	    "FR-009 added\n"
	    "US-003 kept: a requirement of somebody's own refers to it; "
	    "to be retired\n"
	    "US-004 kept: written by hand; to be retired\n"
	    "FR-001: to be changed: there is no such thing\n"
	    "FR-008: to be retired: it is named twice\n"
	    "functional_requirements: it is not said which one\n",
	    "what people did stays");
	list_remove(&d.functional, &requirement_kind, d.functional.n - 1);
	list_add(&d.functional, &requirement_kind);
	says(&d, "{\"functional_requirements\":{\"add\":[{}]}}",
	    "FR-009 retired: it was deleted by hand\nFR-011 added\n",
	    "what is gone, and not retired yet, has had its id, too");
	document_done(&d);
}

/* The last that counts, beyond it, and in a list of another kind. */
static void
test_large_ids(void)
{
	struct document d = { 0 };
	struct err e = ERR_NONE;

	document_read_json(&d,
	    STR("{\"functional_requirements\":[{\"id\":\"FR-999999999\"},"
		"{\"id\":\"FR-1000000000\"},{\"id\":\"US-004\"}],"
		"\"user_stories\":[{}]}"),
	    &e);
	says(&d,
	    "{\"functional_requirements\":{\"add\":[{},{}]},"
	    "\"user_stories\":{\"add\":[{}]}}",
	    "FR-1000000001 added\nFR-1000000002 added\nUS-006 added\n",
	    "ids that nothing has");
	document_done(&d);
}

static void
test_schema(void)
{
	struct document d = { 0 };
	struct buf got = { 0 };
	struct err e = ERR_NONE;
	struct schema *s;

	read_shop(&d);
	update_schema(&d,
	    STR("{\"type\":\"object\",\"$defs\":{\"functional_requirements\":"
		"{\"type\":\"string\"},\"user_stories_linked\":{},"
		"\"user_stories_change\":{\"x\":1},"
		"\"non_functional_requirements_retire\":{},\"y\\\"\":[2]}}"),
	    &got);
	tap_is(buf_str(&got),
	    "{\"type\":\"object\",\"$defs\":{\"functional_requirements\":"
	    "{\"enum\":[\"FR-001\",\"FR-002\"]},\"user_stories_linked\":"
	    "{\"enum\":[\"US-001\",\"US-002\",\"US-003\",\"US-004\",\"US-005\","
	    "\"US-006\"]},\"user_stories_change\":{\"x\":1},"
	    "\"non_functional_requirements_retire\":{\"const\":[]},"
	    "\"y\\\"\":[2]}}",
	    "a schema has the ids that there are");
	buf_clear(&got);
	update_schema(&d, STR("{\"type\":\"array\"}"), &got);
	s = schema_read(buf_str(&got), &e);
	tap_ok(s != NULL, "one without definitions stays%s", e.text);
	schema_free(s);
	buf_done(&got);
	document_done(&d);
}

int
main(void)
{
	test_rounds();
	test_wishes();
	test_large_ids();
	test_schema();
	return tap_done();
}
