/* schema - the short form: 'name, age int, tags str[]: labels, note?'. */
#include "schema_say.h"

#include "json.h"
#include "mem.h"
#include "utf8.h"

struct field {
	struct str name, description;
	const char *type; /* as JSON Schema calls it */
	bool optional, is_array;
};

static const struct {
	const char *name, *type;
} types[] = {
	{ "str", "string" },
	{ "int", "integer" },
	{ "float", "number" },
	{ "bool", "boolean" },
};

/*
 * Beyond ASCII a name may hold what is not in these ranges of Unicode: blocks
 * without letters, blanks, and the commas and colons of other scripts.
 */
static const struct {
	uint32_t from, to;
} no_letters[] = {
	{ 0x80, 0xbf }, /* Latin-1 controls and symbols */
	{ 0xd7, 0xd7 }, { 0xf7, 0xf7 },
	{ 0x60c, 0x61f },                       /* Arabic punctuation */
	{ 0x1680, 0x1680 }, { 0x2000, 0x206f }, /* General Punctuation */
	{ 0x2190, 0x2bff }, /* Arrows to Miscellaneous Symbols and Arrows */
	{ 0x2e00, 0x2e7f }, /* Supplemental Punctuation */
	{ 0x3000, 0x3004 }, /* CJK Symbols and Punctuation */
	{ 0x3008, 0x3020 }, { 0xe000, 0xf8ff }, /* Private Use Area */
	{ 0xfe00, 0xfe6f }, /* Variation Selectors to Small Form Variants */
	{ 0xfeff, 0xff0f }, /* byte order mark; fullwidth punctuation */
	{ 0xff1a, 0xff20 }, { 0xfff0, 0xffff }, /* Specials */
	{ 0x1f000, 0x1faff },  /* Mahjong Tiles to Symbols and Pictographs */
	{ 0xe0000, 0x10ffff }, /* Tags, private use */
};

static bool
is_name_char(uint32_t cp)
{
	if (cp < 0x80)
		return cp == '_' || cp == '-' || (cp >= '0' && cp <= '9') ||
		    ((cp | 0x20) >= 'a' && (cp | 0x20) <= 'z');
	for (size_t i = 0; i < countof(no_letters); i++)
		if (cp >= no_letters[i].from && cp <= no_letters[i].to)
			return false;
	return true;
}

/* Bytes of the characters of a name that text, which is UTF-8, begins with. */
static size_t
name_len(struct str text)
{
	size_t n = 0;
	uint32_t cp;

	while (n < text.len) {
		int len = utf8_decode(str_skip(text, n), &cp);

		if (len < 1 || !is_name_char(cp))
			break;
		n += (size_t)len;
	}
	return n;
}

static int
fail_field(struct str text, struct err *e, const char *what, const char *hint)
{
	struct buf shown = { 0 };

	schema_excerpt(text, &shown);
	err_set(e, ST_USAGE, "schema: field '%s': %s; try: %s", shown.data,
	    what, hint);
	buf_done(&shown);
	return -1;
}

/* Cut a name, and the blanks behind it, off the front of *rest. */
static struct str
cut_name(struct str *rest)
{
	struct str name = { rest->data, name_len(*rest) };

	*rest = str_trim(str_skip(*rest, name.len));
	return name;
}

/* Cut `mark`, and the blanks behind it, off the front of *rest. */
static bool
cut_mark(struct str *rest, const char *mark)
{
	if (!str_starts(*rest, mark))
		return false;
	*rest = str_trim(str_skip(*rest, strlen(mark)));
	return true;
}

static const char *
find_type(struct str name)
{
	if (!name.len)
		return types[0].type;
	for (size_t i = 0; i < countof(types); i++)
		if (str_is(name, types[i].name))
			return types[i].type;
	return NULL;
}

/* text has no blanks around it. */
static int
read_field(struct str text, struct field *f, struct err *e)
{
	struct str rest = text;

	*f = (struct field){ .name = cut_name(&rest) };
	f->optional = cut_mark(&rest, "?");
	f->type = find_type(cut_name(&rest));
	f->is_array = cut_mark(&rest, "[]");
	if (cut_mark(&rest, ":")) {
		f->description = rest;
		rest.len = 0;
	}
	if (!f->name.len)
		return fail_field(text, e, "it does not begin with a name",
		    "letters, digits, _ and -; or a JSON object");
	if (!f->type)
		return fail_field(text, e, "there is no such type",
		    "str, int, float or bool behind the name");
	if (str_starts(rest, ","))
		return fail_field(text, e, "newlines divide the fields here",
		    "no commas, or no newlines");
	if (rest.len)
		return fail_field(text, e, "not 'name[?] [type][[]] [: text]'",
		    "'name, age int, tags str[]: labels, note?'");
	return 0;
}

/* Fields with a name that is there already are an error. */
static int
add_field(struct field *fields, size_t *n, struct str text, struct err *e)
{
	if (*n == SCHEMA_FIELDS_MAX)
		return err_set(e, ST_USAGE,
		    "schema: more than %d fields; try: JSON Schema",
		    SCHEMA_FIELDS_MAX);
	if (read_field(text, &fields[*n], e))
		return -1;
	for (size_t i = 0; i < *n; i++)
		if (str_equal(fields[i].name, fields[*n].name))
			return fail_field(text, e, "its name is there already",
			    "another name");
	++*n;
	return 0;
}

/* Lines may be blank; between two commas there must be something. */
static int
read_fields(struct str spec, struct field *fields, size_t *n, struct err *e)
{
	bool has_lines = spec.len && memchr(spec.data, '\n', spec.len);

	do {
		struct str text = str_cut(&spec, has_lines ? '\n' : ',');

		text = str_trim(text);
		if (!text.len && !has_lines)
			return err_set(e, ST_USAGE,
			    "schema: field %zu is empty"
			    "; try: 'name, age int, tags str[]: labels, note?'",
			    *n + 1);
		if (text.len && add_field(fields, n, text, e))
			return -1;
	} while (spec.data);
	return 0;
}

static void
write_name(struct json *j, struct str name)
{
	char *copy = mem_copy(name);

	json_name(j, copy);
	free(copy);
}

static void
write_field(struct json *j, const struct field *f)
{
	write_name(j, f->name);
	json_open(j, '{');
	if (f->is_array) {
		json_member(j, "type", STR("array"));
		json_name(j, "items");
		json_open(j, '{');
	}
	json_member(j, "type", str_of(f->type));
	if (f->is_array)
		json_close(j, '}');
	json_member(j, "description", f->description);
	json_close(j, '}');
}

static void
write_fields(struct json *j, const struct field *fields, size_t n)
{
	json_open(j, '{');
	json_member(j, "type", STR("object"));
	json_name(j, "properties");
	json_open(j, '{');
	for (size_t i = 0; i < n; i++)
		write_field(j, &fields[i]);
	json_close(j, '}');
	json_name(j, "required");
	json_open(j, '[');
	for (size_t i = 0; i < n; i++)
		if (!fields[i].optional)
			json_string(j, fields[i].name);
	json_close(j, ']');
	json_name(j, "additionalProperties");
	json_bool(j, false);
	json_close(j, '}');
}

int
schema_short(struct str spec, struct buf *json, struct err *e)
{
	struct field *fields = mem_new(SCHEMA_FIELDS_MAX, sizeof *fields);
	struct json j = { .out = json };
	size_t n = 0;
	int got = read_fields(spec, fields, &n, e);

	if (!got)
		write_fields(&j, fields, n);
	free(fields);
	return got;
}
