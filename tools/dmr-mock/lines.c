/* lines - files of JSON Lines, read at the start. */
#include "lines.h"

#include "utf8.h"

int
mock_lines_blame(const struct mock_lines *l, struct err *e)
{
	e->status = l->status;
	return err_prefix(e, "%s:%zu", l->path, l->number);
}

int
mock_lines_next(struct mock_lines *l, struct err *e)
{
	size_t stop;

	do {
		if (!l->rest.len)
			return 0;
		l->line = str_trim(str_cut(&l->rest, '\n'));
		l->number++;
	} while (!l->line.len);
	stop = span_stop(l->line);
	if (!span_valid(l->line))
		err_set(e, l->status, "it is not JSON behind byte %zu", stop);
	else if (utf8_valid(l->line) != l->line.len)
		err_set(e, l->status, "it is not UTF-8");
	else if (span_kind(l->line) != SPAN_OBJECT)
		err_set(e, l->status, "it is no object");
	else
		return 1;
	return mock_lines_blame(l, e);
}

/* Is this the kind of a value, by the words that may be? */
static bool
is_kind(struct str value, const char *kinds)
{
	static const char *const names[] = { [SPAN_NONE] = "?",
		[SPAN_NULL] = "null",
		[SPAN_BOOL] = "true or false",
		[SPAN_NUMBER] = "number",
		[SPAN_STRING] = "string",
		[SPAN_ARRAY] = "array",
		[SPAN_OBJECT] = "object" };

	return !strcmp(kinds, "any value") ||
	    strstr(kinds, names[span_kind(value)]);
}

/* Put a member's value in its place. */
static int
take_member(struct str name, struct str value,
    const struct mock_member *members, size_t n, struct str *values,
    struct err *e)
{
	for (size_t i = 0; i < n; i++) {
		const struct mock_member *m = &members[i];

		if (!str_is(name, m->name))
			continue;
		if (values[i].data)
			return err_set(
			    e, ST_USAGE, "'%s' is there twice", m->name);
		if (!is_kind(value, m->kinds))
			return err_set(
			    e, ST_USAGE, "'%s' must be %s", m->name, m->kinds);
		values[i] = value;
		return 0;
	}
	return err_set(
	    e, ST_USAGE, "there is no member '%.*s'", STR_ARGS(name));
}

int
mock_members(struct str object, const struct mock_member *members, size_t n,
    struct str *values, struct err *e)
{
	struct buf name = { .max = ERR_TEXT_MAX };
	struct str raw, value;
	size_t at = 0;
	int got;

	memset(values, 0, n * sizeof *values);
	while ((got = span_next_member(object, &at, &raw, &value)) == 1) {
		buf_clear(&name);
		span_text(raw, NULL, &name);
		got = take_member(buf_str(&name), value, members, n, values, e);
		if (got)
			break;
	}
	buf_done(&name);
	return got;
}

char *
mock_text(struct str value)
{
	struct buf text = { .max = SIZE_MAX / 4 };

	if (!value.data)
		return NULL;
	span_text(value, NULL, &text);
	return buf_take(&text);
}
