/*
 * finding - as reviewdog reads it: a line with one Diagnostic of its
 * proto/rdf/reviewdog.proto each.
 */
#include "finding_parts.h"

/*
 * reviewdog reads lines with Go's bufio.Scanner and does not ask why it ended:
 * from a line of 64 KiB on, all that follows would be lost without a word.  A
 * byte becomes six at most.
 */
enum {
	LINE_MAX_THERE = (64 << 10) - 16,
	PATH_LENGTH_MAX = 4096,
	MESSAGE_MAX = 4096,
	CODE_MAX = 512,
};

static bool
has_range(const struct finding *f)
{
	return f->line && f->end_line < INT32_MAX &&
	    strlen(f->path) <= PATH_LENGTH_MAX;
}

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

/* Cut at a character, with an ellipsis. */
static void
add_cut(struct json *j, const char *name, struct str text, size_t max)
{
	struct buf cut = { 0 };

	buf_add(
	    &cut, (struct str){ text.data, text.len < max ? text.len : max });
	if (text.len > max) {
		while (cut.len && (text.data[cut.len] & 0xc0) == 0x80)
			cut.len--;
		buf_add_text(&cut, "\xe2\x80\xa6");
	}
	json_name(j, name);
	json_string(j, buf_str(&cut));
	buf_done(&cut);
}

/* A number of a line is an int32 there. */
static void
add_location(struct json *j, const struct finding *f)
{
	struct str path = str_of(f->path);

	if (path.len > PATH_LENGTH_MAX)
		return;
	open_object(j, "location", "path");
	json_string(j, path);
	if (has_range(f))
		add_range(j, f, f->end > 0 && f->end < INT32_MAX);
	json_close(j, '}');
}

static void
add_all(struct finding_report *r, const struct finding *f, size_t message_max,
    bool has_suggestion)
{
	struct json j = { .out = &r->line };
	struct buf code = { 0 };

	json_open(&j, '{');
	add_cut(&j, "message", finding_words(f), message_max);
	add_location(&j, f);
	json_name(&j, "severity");
	json_string(&j, str_of(severity(f)));
	open_object(&j, "source", "name");
	json_string(&j, str_of(r->tool));
	json_close(&j, '}');
	finding_code(&code, f);
	json_name(&j, "code");
	json_open(&j, '{');
	add_cut(&j, "value", buf_str(&code), CODE_MAX);
	json_close(&j, '}');
	if (has_suggestion && has_range(f))
		add_suggestion(&j, f);
	json_close(&j, '}');
	json_end_line(&j, 0);
	buf_done(&code);
}

/* What makes a line too long goes: the suggestion first. */
static void
print(struct finding_report *r, const struct finding *f)
{
	add_all(r, f, BUF_MAX, f->suggestion.data);
	if (r->line.len <= LINE_MAX_THERE && !r->line.full)
		return;
	buf_reset(&r->line);
	add_all(r, f, BUF_MAX, false);
	if (r->line.len <= LINE_MAX_THERE && !r->line.full)
		return;
	buf_reset(&r->line);
	add_all(r, f, MESSAGE_MAX, false);
}

const struct finding_format finding_rdjsonl = {
	.name = "rdjsonl",
	.print = print,
};
