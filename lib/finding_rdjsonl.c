/*
 * finding - as reviewdog reads it: a line with one Diagnostic of its
 * proto/rdf/reviewdog.proto each.
 */
#include "finding_parts.h"

/* Lines alone stand for the whole of them; a column counts bytes from 1. */
static void
add_position(struct json *j, const char *name, size_t line, bool has_column,
    size_t column)
{
	json_name(j, name);
	json_open(j, '{');
	json_count(j, "line", (int64_t)line);
	if (has_column)
		json_count(j, "column", (int64_t)column + 1);
	json_close(j, '}');
}

static void
add_range(struct json *j, const struct finding *f, bool has_columns)
{
	json_name(j, "range");
	json_open(j, '{');
	add_position(j, "start", f->line, has_columns, f->start);
	add_position(j, "end", f->end_line, has_columns, f->end);
	json_close(j, '}');
}

static void
add_suggestion(struct json *j, const struct finding *f)
{
	json_name(j, "suggestions");
	json_open(j, '[');
	json_open(j, '{');
	add_range(j, f, false);
	json_name(j, "text");
	json_string(j, finding_suggestion(f));
	json_close(j, '}');
	json_close(j, ']');
}

static const char *
severity(const struct finding *f)
{
	switch (f->severity) {
	case FINDING_LOW:
		return "INFO";
	case FINDING_MEDIUM:
		return "WARNING";
	default:
		return "ERROR";
	}
}

/* name: {member: value}, the value being the next one. */
static void
open_object(struct json *j, const char *name, const char *member)
{
	json_name(j, name);
	json_open(j, '{');
	json_name(j, member);
}

static void
print(struct finding_report *r, const struct finding *f)
{
	struct json j = { .out = &r->line };

	json_open(&j, '{');
	json_name(&j, "message");
	json_string(&j, finding_words(f));
	open_object(&j, "location", "path");
	json_string(&j, str_of(f->path));
	if (f->line)
		add_range(&j, f, f->end > 0);
	json_close(&j, '}');
	json_name(&j, "severity");
	json_string(&j, str_of(severity(f)));
	open_object(&j, "source", "name");
	json_string(&j, str_of(r->tool));
	json_close(&j, '}');
	open_object(&j, "code", "value");
	finding_code(&j, f);
	json_close(&j, '}');
	if (f->suggestion.data && f->line)
		add_suggestion(&j, f);
	json_close(&j, '}');
	json_end_line(&j, 0);
}

const struct finding_format finding_rdjsonl = {
	.name = "rdjsonl",
	.print = print,
};
