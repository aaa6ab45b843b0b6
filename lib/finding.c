/* finding - the report of what is said of places in files. */
#include "finding_parts.h"

static const struct finding_format *const formats[] = {
	&finding_text,
	&finding_json,
	&finding_sarif,
	&finding_rdjsonl,
	NULL,
};

const struct finding_format *
finding_format(const char *name)
{
	for (size_t i = 0; formats[i]; i++)
		if (!strcmp(formats[i]->name, name))
			return formats[i];
	return NULL;
}

const char *
finding_severity_name(enum finding_severity severity)
{
	static const char *const names[] = { "low", "medium", "high",
		"critical" };

	return names[severity];
}

struct str
finding_words(const struct finding *f)
{
	return f->message.len ? f->message : f->title;
}

struct str
finding_suggestion(const struct finding *f)
{
	struct str text = str_chomp(f->suggestion);

	if (text.len < f->suggestion.len && str_ends(text, "\r"))
		text.len--;
	return text;
}

void
finding_code(struct json *j, const struct finding *f)
{
	struct buf code = { 0 };

	buf_add_format(&code, "%s/%s", f->category, f->rule);
	json_string(j, buf_str(&code));
	buf_done(&code);
}

size_t
finding_total(const struct finding_report *r)
{
	size_t n = 0;

	for (size_t i = 0; i < countof(r->count); i++)
		n += r->count[i];
	return n;
}

struct str
finding_path(const struct finding *f)
{
	struct str path = str_of(f->path);

	while (str_starts(path, "./") && path.len > 2)
		path = str_skip(path, 2);
	return path;
}

/* Write what the format has put into the line. */
static int
write_line(struct finding_report *r, struct err *e)
{
	int got;

	if (r->line.full)
		return err_set(
		    e, ST_OUTPUT, "a finding is larger than %d bytes", BUF_MAX);
	buf_repair(&r->line, 0, false);
	got = output_text(r->out, buf_str(&r->line), e);
	buf_reset(&r->line);
	return got;
}

int
finding_begin(struct finding_report *r, struct err *e)
{
	if (r->format->begin)
		r->format->begin(r);
	return write_line(r, e);
}

/* A place that can be: no line before the first, no end before the start. */
static void
settle(struct finding *f)
{
	if (f->is_unplaced)
		f->line = 0;
	if (f->end_line < f->line || !f->line)
		f->end_line = f->line;
	if (!f->line || (f->end_line == f->line && f->end < f->start))
		f->start = f->end = 0;
}

int
finding_print(
    struct finding_report *r, const struct finding *finding, struct err *e)
{
	struct finding f = *finding;

	settle(&f);
	finding_identify(r, &f);
	r->format->print(r, &f);
	r->count[f.severity]++;
	return write_line(r, e);
}

int
finding_end(
    struct finding_report *r, bool was_whole, struct str summary, struct err *e)
{
	if (r->format->end)
		r->format->end(r, was_whole, summary);
	return write_line(r, e);
}

void
finding_done(struct finding_report *r)
{
	buf_done(&r->line);
	free(r->seen);
	r->seen = NULL;
	r->nseen = r->seen_capacity = 0;
}
