/* dmr-docstring: the schema of the answer for one declaration. */
#include "json.h"
#include "request.h"
#include "span.h"

/* --- which fields --- */

static bool
has_example(const struct run_item *item)
{
	static const char *const kinds[] = { "function", "method",
		"constructor", "class", "struct", "interface", "trait",
		"macro" };

	for (size_t i = 0; i < countof(kinds); i++)
		if (str_is(item->declaration->kind, kinds[i]))
			return item->file->run->place.example !=
			    DOCSTRING_EXAMPLE_NONE;
	return false;
}

/* Is a field asked for? */
static bool
has_field(const struct run_item *item, struct str name)
{
	const struct details *d = &item->details;
	const struct {
		const char *name;
		unsigned section;
		bool applies;
	} fields[] = {
		{ "summary", DOCSTRING_SUMMARY, true },
		{ "details", DOCSTRING_DETAILS, true },
		{ "params", DOCSTRING_PARAMS, d->nparameters },
		{ "returns", DOCSTRING_RETURNS, d->returns || d->yields },
		{ "raises", DOCSTRING_RAISES,
		    d->nraises || d->is_fallible || d->is_unsafe },
		{ "example", DOCSTRING_EXAMPLE, has_example(item) },
	};

	for (size_t i = 0; i < countof(fields); i++)
		if (str_is(name, fields[i].name))
			return fields[i].applies &&
			    (item->file->run->place.sections &
				fields[i].section);
	return true;
}

/* The name of a member, without its quotes; none of ours has an escape. */
static struct str
plain(struct str raw)
{
	if (raw.len >= 2)
		raw = (struct str){ raw.data + 1, raw.len - 2 };
	return raw;
}

void
request_add_fields(
    struct buf *out, const struct run_item *item, struct str schema)
{
	struct str properties = span_member(schema, "properties"), name, value;
	size_t at = 0, from = out->len;

	while (span_next_member(properties, &at, &name, &value) == 1) {
		if (!has_field(item, plain(name)))
			continue;
		if (out->len > from)
			buf_add_text(out, ", ");
		buf_add(out, plain(name));
	}
}

/* --- names --- */

static void
write_name(struct json *j, struct str name)
{
	struct buf text = { 0 };

	buf_add(&text, name);
	buf_repair(&text, 0, true);
	json_string(j, buf_str(&text));
	buf_done(&text);
}

/* May an item have any name? */
static bool
is_open(const struct run_item *item, bool of_params)
{
	return !of_params && item->details.is_fallible;
}

static void
write_names(struct json *j, const struct run_item *item, bool of_params)
{
	const struct details *d = &item->details;

	json_open(j, '{');
	json_member(j, "type", STR("string"));
	if (!is_open(item, of_params)) {
		json_name(j, "enum");
		json_open(j, '[');
		for (size_t i = 0; of_params && i < d->nparameters; i++)
			write_name(j, d->parameters[i].name);
		for (size_t i = 0; !of_params && i < d->nraises; i++)
			write_name(j, d->raises[i]);
		if (!of_params && d->is_unsafe)
			json_string(j, STR("safety"));
		json_close(j, ']');
	}
	json_close(j, '}');
}

/* --- the schema, copied but for what is one declaration's --- */

static void
copy_name(struct json *j, struct str raw)
{
	json_raw(j, raw);
	buf_add_char(j->out, ':');
	j->comma = false;
}

/* {"type":"object","properties":{"name":...,"text":...}} */
static void
write_item(
    struct json *j, const struct run_item *item, struct str s, bool of_params)
{
	struct str name, value, inner, key;
	size_t at = 0, in = 0;

	json_open(j, '{');
	while (span_next_member(s, &at, &name, &value) == 1) {
		copy_name(j, name);
		if (!str_is(name, "\"properties\"")) {
			json_raw(j, value);
			continue;
		}
		json_open(j, '{');
		while (span_next_member(value, &in, &key, &inner) == 1) {
			copy_name(j, key);
			if (str_is(plain(key), of_params ? "name" : "type"))
				write_names(j, item, of_params);
			else
				json_raw(j, inner);
		}
		json_close(j, '}');
	}
	json_close(j, '}');
}

/* An array of them: of params one for each name. */
static void
write_items(
    struct json *j, const struct run_item *item, struct str s, bool of_params)
{
	const struct details *d = &item->details;
	struct str name, value;
	size_t at = 0,
	       n = of_params ? d->nparameters : d->nraises + d->is_unsafe;

	json_open(j, '{');
	while (span_next_member(s, &at, &name, &value) == 1) {
		copy_name(j, name);
		if (str_is(name, "\"items\""))
			write_item(j, item, value, of_params);
		else
			json_raw(j, value);
	}
	if (!is_open(item, of_params)) {
		json_name(j, "maxItems");
		json_integer(j, (int64_t)n);
	}
	if (of_params || is_open(item, of_params)) {
		json_name(j, "minItems");
		json_integer(j, of_params ? (int64_t)n : 1);
	}
	json_close(j, '}');
}

static void
write_properties(struct json *j, const struct run_item *item, struct str s)
{
	struct str name, value;
	size_t at = 0;

	json_open(j, '{');
	while (span_next_member(s, &at, &name, &value) == 1) {
		bool of_params = str_is(plain(name), "params");

		if (!has_field(item, plain(name)))
			continue;
		copy_name(j, name);
		if (of_params || str_is(plain(name), "raises"))
			write_items(j, item, value, of_params);
		else
			json_raw(j, value);
	}
	json_close(j, '}');
}

static void
write_required(struct json *j, const struct run_item *item, struct str names)
{
	struct str name;
	size_t at = 0;

	json_open(j, '[');
	while (span_next(names, &at, &name) == 1)
		if (has_field(item, plain(name)))
			json_raw(j, name);
	json_close(j, ']');
}

void
request_add_schema(
    struct buf *out, const struct run_item *item, struct str schema)
{
	struct json j = { .out = out };
	struct str name, value;
	size_t at = 0;

	json_open(&j, '{');
	while (span_next_member(schema, &at, &name, &value) == 1) {
		copy_name(&j, name);
		if (str_is(name, "\"properties\""))
			write_properties(&j, item, value);
		else if (str_is(name, "\"required\""))
			write_required(&j, item, value);
		else
			json_raw(&j, value);
	}
	json_close(&j, '}');
}
