/* finding - the report of what is said of places in files. */
#include "finding_parts.h"

enum { SKIPPED_MAX = BUF_MAX / 2 };

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
	if (!str_is_blank(f->message))
		return f->message;
	return str_is_blank(f->title) ? str_of(f->category) : f->title;
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
finding_code(struct buf *out, const struct finding *f)
{
	buf_add_text(out, f->category);
	if (f->rule[0])
		buf_add_format(out, "/%s", f->rule);
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
finding_path(const char *name)
{
	struct str path = str_of(name);

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

int
finding_print(
    struct finding_report *r, const struct finding *finding, struct err *e)
{
	struct finding f = *finding;

	finding_identify(&f);
	r->format->print(r, &f);
	r->count[f.severity]++;
	return write_line(r, e);
}

/* What does not fit is left out as a whole: the list stays JSON. */
void
finding_skip(struct finding_report *r, enum finding_skipped kind,
    const char *path, size_t line, const char *reason)
{
	struct buf one = { 0 };
	struct json j = { .out = &one, .comma = r->skipped.len > 0 };

	if (!r->format->skip)
		return;
	r->format->skip(&j, kind, path, line, str_of(reason));
	if (one.len <= SKIPPED_MAX - r->skipped.len)
		buf_add(&r->skipped, buf_str(&one));
	buf_done(&one);
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
	buf_done(&r->skipped);
}
