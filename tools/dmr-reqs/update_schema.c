/* dmr-reqs: the schema of an update, with the ids that there are. */
#include "update.h"

#include "ids.h"
#include "json.h"
#include "lint_table.h"

enum {
	IDS_MAX = 512, /* of a list; more would make a grammar too large */
	NEW_MAX = 4,   /* that can be referred to */
};

/* Each id once. */
static void
write_ids(const struct list *list, const struct kind *kind, struct json *j)
{
	struct lint_table seen = { 0 };

	for (size_t i = 0; i < list->n; i++) {
		struct str id = text_str(
		    thing_id(kind, list_at(list, kind, i)));

		if (!lint_table_get(&seen, str_hash(STR_HASH, id)))
			json_string(j, id);
		*lint_table_at(&seen, str_hash(STR_HASH, id)) = 1;
	}
	lint_table_done(&seen);
}

static void
find_next(
    const struct document *d, const struct kind *kind, struct text ids[NEW_MAX])
{
	size_t last = ids_last(d, kind);

	for (int i = 0; i < NEW_MAX; i++)
		ids_next(d, kind, &last, &ids[i]);
}

static void
write_next(const struct document *d, const struct kind *kind, struct json *j)
{
	struct text ids[NEW_MAX] = { 0 };

	find_next(d, kind, ids);
	for (int i = 0; i < NEW_MAX; i++) {
		json_string(j, text_str(&ids[i]));
		text_set(&ids[i], (struct str){ 0 });
	}
}

void
update_next(const struct document *d, const struct kind *kind, struct buf *out)
{
	struct text ids[NEW_MAX] = { 0 };

	find_next(d, kind, ids);
	for (int i = 0; i < NEW_MAX; i++) {
		buf_add_text(out, i ? ", " : "");
		buf_add(out, text_str(&ids[i]));
		text_set(&ids[i], (struct str){ 0 });
	}
}

/* {"enum": [ids]} */
static void
write_enum(const struct document *d, const struct member *m, bool and_next,
    struct json *j)
{
	json_open(j, '{');
	json_name(j, "enum");
	json_open(j, '[');
	write_ids(member_of(m, d), m->things, j);
	if (and_next)
		write_next(d, m->things, j);
	json_close(j, ']');
	json_close(j, '}');
}

/* Is it a definition that depends on the ids?  Write it then. */
static bool
write_definition(const struct document *d, struct str name, struct json *j)
{
	for (const struct member *m = document_kind.members; m->name; m++) {
		const struct list *list = member_of(m, d);
		struct str rest = str_skip(name, strlen(m->name));

		if (m->kind != MEMBER_THINGS || !m->things->prefix ||
		    !str_starts(name, m->name) || list->n > IDS_MAX)
			continue;
		if (str_is(rest, "_linked")) {
			write_enum(d, m, true, j);
			return true;
		}
		if (list->n && !rest.len) {
			write_enum(d, m, false, j);
			return true;
		}
		if (!list->n &&
		    (str_is(rest, "_change") || str_is(rest, "_retire"))) {
			json_raw(j, STR("{\"const\":[]}"));
			return true;
		}
	}
	return false;
}

static void
write_definitions(const struct document *d, const struct tree_node *definitions,
    struct buf *out)
{
	const struct tree_node *name = NULL;
	struct json j = { .out = out };

	json_open(&j, '{');
	while ((name = tree_next(definitions, name))) {
		struct buf key = { 0 };

		buf_add(&key, tree_text(name));
		json_name(&j, key.data ? key.data : "");
		if (!write_definition(d, buf_str(&key), &j))
			json_raw(&j, tree_raw(name + 1));
		buf_done(&key);
	}
	json_close(&j, '}');
}

void
update_schema(const struct document *d, struct str text, struct buf *out)
{
	const struct tree_node *definitions;
	struct tree t;

	if (tree_read(&t, text)) {
		buf_add(out, text);
		return;
	}
	definitions = tree_find(t.nodes, STR("$defs"));
	if (definitions && definitions->kind == SPAN_OBJECT) {
		struct str raw = tree_raw(definitions);
		size_t at = (size_t)(raw.data - text.data);

		buf_add(out, (struct str){ text.data, at });
		write_definitions(d, definitions, out);
		buf_add(out, str_skip(text, at + raw.len));
	} else {
		buf_add(out, text);
	}
	tree_done(&t);
}
