/*
 * reqs_schema_test - prompts/requirements.schema.json says of documents what
 * the tables say, and what is written holds to it.
 */
#include <regex.h>

#include "../../tools/dmr-reqs/document_json.h"
#include "reqs_random.h"
#include "schema.h"
#include "tap.h"

#define FILE_NAME "prompts/requirements.schema.json"

enum { ROUNDS = 2000, IDS = 200000, KINDS_MAX = 32 };

static struct buf file;
static struct tree tree;

static void
read_file(void)
{
	FILE *in = fopen(FILE_NAME, "r");
	size_t n = 1;

	if (!tap_ok(in != NULL, FILE_NAME " is there"))
		exit(tap_done());
	for (char *room; n && (room = buf_room(&file, BUFSIZ));) {
		n = fread(room, 1, BUFSIZ, in);
		buf_claim(&file, n);
	}
	fclose(in);
	if (!tap_ok(!tree_read(&tree, buf_str(&file)), "it is JSON"))
		exit(tap_done());
}

/* --- each member of the tables, and no other --- */

static const struct kind *kinds[KINDS_MAX]; /* that were compared */
static size_t nkinds;

static const struct tree_node *
member(const struct tree_node *schema, const char *name)
{
	const struct tree_node *ref = tree_find(schema, STR("$ref"));

	if (ref)
		schema = tree_point(tree.nodes, tree_text(ref));
	return schema ? tree_find(schema, str_of(name)) : NULL;
}

/* Is its member `name` the JSON text? */
static bool
has(const struct tree_node *schema, const char *name, const char *json)
{
	const struct tree_node *value = member(schema, name);
	struct tree wanted;
	bool same;

	if (!value || tree_read(&wanted, str_of(json)))
		return false;
	same = !tree_compare(value, wanted.nodes);
	tree_done(&wanted);
	return same;
}

static bool
has_words(const struct tree_node *schema, const char *const *words)
{
	struct buf json = { 0 };
	bool fine;

	buf_add_char(&json, '[');
	for (; *words; words++)
		buf_add_format(&json, "\"%s\",", *words);
	buf_add_text(&json, "null]");
	fine = has(schema, "enum", json.data);
	buf_done(&json);
	return fine;
}

static void compare_kind(const struct kind *, const struct tree_node *schema);

static bool
is_id(const struct tree_node *schema)
{
	char max[8];

	snprintf(max, sizeof max, "%d", DOCUMENT_ID_MAX);
	return has(schema, "type", "\"string\"") &&
	    has(schema, "maxLength", max) && member(schema, "pattern");
}

static bool
is_items(const struct member *m, const struct tree_node *schema)
{
	const struct tree_node *items = member(schema, "items");

	if (!items || !has(schema, "type", "\"array\""))
		return false;
	if (m->kind == MEMBER_THINGS)
		compare_kind(m->things, items);
	return m->kind == MEMBER_IDS  ? is_id(items)
	    : m->kind == MEMBER_TEXTS ? has(items, "type", "\"string\"")
				      : true;
}

static bool
is_thing_or_null(const struct member *m, const struct tree_node *schema)
{
	const struct tree_node *any = member(schema, "anyOf"), *first, *second;

	if (!any || any->count != 2)
		return false;
	first = tree_next(any, NULL);
	second = tree_next(any, first);
	compare_kind(m->things, first);
	return has(second, "type", "\"null\"");
}

static bool
is_member(const struct member *m, const struct tree_node *schema)
{
	switch (m->kind) {
	case MEMBER_TEXT:
		return has(schema, "type", "\"string\"");
	case MEMBER_ID:
		return is_id(schema);
	case MEMBER_WORD:
		return has_words(schema, m->words);
	case MEMBER_NUMBER:
		return has(schema, "type", "[\"number\",\"null\"]");
	case MEMBER_TEXTS:
	case MEMBER_IDS:
	case MEMBER_THINGS:
		return is_items(m, schema);
	case MEMBER_THING:
		return is_thing_or_null(m, schema);
	}
	return false;
}

static bool
is_required(const struct tree_node *schema, const char *name)
{
	const struct tree_node *list = member(schema, "required"), *x = NULL;

	while (list && (x = tree_next(list, x)))
		if (str_is(tree_text(x), name))
			return true;
	return false;
}

static void
compare_members(const struct kind *kind, const struct tree_node *schema)
{
	const struct tree_node *all = member(schema, "properties"), *one;
	size_t n = 0;

	for (const struct member *m = kind->members; m->name; m++, n++) {
		one = all ? tree_find(all, str_of(m->name)) : NULL;
		tap_case(
		    one && is_member(m, one) && is_required(schema, m->name),
		    "%s: %s", kind->name, m->name);
	}
	tap_case(all && all->count == n && member(schema, "required") &&
		member(schema, "required")->count == n,
	    "%s: %zu members", kind->name, n);
}

static void
compare_kind(const struct kind *kind, const struct tree_node *schema)
{
	for (size_t i = 0; i < nkinds; i++)
		if (kinds[i] == kind)
			return;
	if (nkinds == countof(kinds))
		abort();
	kinds[nkinds++] = kind;
	tap_case(has(schema, "type", "\"object\"") &&
		has(schema, "additionalProperties", "false"),
	    "%s: an object, and nothing else in it", kind->name);
	compare_members(kind, schema);
}

static void
test_members(void)
{
	const struct tree_node *defs = tree_find(tree.nodes, STR("$defs"));

	compare_kind(&document_kind, tree.nodes);
	/* $defs has the id, too, but not the document. */
	tap_case(defs && defs->count == nkinds, "%zu kinds", nkinds);
	tap_all("the schema has all members of the tables, and no other");
}

/* --- ids --- */

static void
draw_id(struct buf *id)
{
	static const char *const pieces[] = { "FR", "a", "Z", "0", "9", "-",
		"-001", ".", "_", "FR-001", " ", "\n", ":", "/", "@", "[", "`",
		"{", "\x7f", "\xc3\xa4", "\xe2\x80\x91" };

	buf_clear(id);
	if (!draw_below(20))
		while (id->len < DOCUMENT_ID_MAX - 1)
			buf_add_char(id, 'a');
	for (uint32_t n = draw_below(6); n; n--)
		buf_add_text(id, DRAW_OF(pieces));
}

/* The pattern is one of POSIX, too. */
static void
test_ids(void)
{
	const struct tree_node *source = tree_point(
	    tree.nodes, STR("#/$defs/id/pattern"));
	struct buf id = { 0 };
	regex_t regex;
	long nids = 0;

	buf_add(&id, source ? tree_text(source) : STR("("));
	if (!tap_ok(!regcomp(&regex, id.data, REG_EXTENDED | REG_NOSUB),
		"ids have a pattern"))
		return;
	for (int i = 0; i < IDS; i++) {
		bool is_id, matches;

		draw_id(&id);
		is_id = document_is_id(buf_str(&id));
		matches = id.len <= DOCUMENT_ID_MAX &&
		    !regexec(&regex, id.len ? id.data : "", 0, NULL, 0);
		nids += is_id;
		tap_case(is_id == matches, "'%.*s'", STR_ARGS(buf_str(&id)));
	}
	tap_all("the pattern of ids is what the reader takes");
	tap_ok(nids > IDS / 10 && nids < IDS - IDS / 10, "%ld are ids", nids);
	buf_done(&id);
	regfree(&regex);
}

/* --- what is written holds to it --- */

/* lib/schema checks no patterns: without that of ids. */
static void
add_schema(struct buf *out)
{
	struct str text = buf_str(&file);
	size_t at = str_find(text, STR("\"pattern\": \"^"));

	buf_add(out, (struct str){ text.data, at });
	if (at < text.len)
		buf_add_text(out, "\"$comment");
	buf_add(out, str_skip(text, at + strlen("\"pattern")));
}

static void
test_random(void)
{
	struct err e = ERR_NONE;
	struct document d = { 0 };
	struct buf json = { 0 };
	struct schema *s;

	add_schema(&json);
	s = schema_read(buf_str(&json), &e);
	if (!tap_ok(s != NULL, "lib/schema reads it: %s", e.text))
		return;
	for (int i = -1; i < ROUNDS; i++) {
		if (i >= 0) /* the first one is empty */
			reqs_random(&d, (uint64_t)i);
		buf_clear(&json);
		document_write_json(&d, i % 2, &json);
		tap_case(!schema_check(s, buf_str(&json), &e),
		    "a document made at random: %s", e.text);
	}
	tap_all("what is written holds to the schema");
	tap_ok(schema_check(s, STR("{\"title\":\"\"}"), &e) &&
		schema_check(s, STR("[]"), &e),
	    "other JSON does not");
	document_done(&d);
	buf_done(&json);
	schema_free(s);
}

int
main(void)
{
	read_file();
	test_members();
	test_ids();
	test_random();
	tree_done(&tree);
	buf_done(&file);
	return tap_done();
}
