/* dmr-docstring: --report, a line of JSON for each declaration. */
#include "json.h"
#include "mem.h"
#include "run.h"
#include "select.h"

int
report_open(struct run *run, struct err *e)
{
	run->report.file.fd = -1;
	if (!run->want->report)
		return 0;
	return output_open(&run->report, run->want->report, e);
}

int
report_close(struct run *run, struct err *e)
{
	if (!run->want->report || run->report.file.fd < 0)
		return 0;
	return output_close(&run->report, true, e);
}

static void
add_text(struct json *j, const char *name, struct str text)
{
	struct buf copy = { 0 };

	buf_add(&copy, text);
	buf_repair(&copy, 0, true);
	json_name(j, name);
	json_string(j, buf_str(&copy));
	buf_done(&copy);
}

/* What was done, and what shows that it is safe. */
static void
add_edit(
    struct json *j, const struct run_file *file, const struct run_item *item)
{
	const struct err *why = &file->why;

	json_member(j, "style", str_of(docstring_style_name(file->style)));
	json_member(j, "model", str_of(item->model));
	json_name(j, "offset");
	json_integer(j, (int64_t)item->declaration->at);
	add_text(j, "text", buf_str(&item->text));
	json_member(j, "action", why->status ? STR("skip") : STR("insert"));
	if (why->status) {
		json_member(j, "reason",
		    str_of(why->status == ST_UNUSABLE ? "unsafe"
						      : err_code(why->status)));
		return;
	}
	json_name(j, "proof");
	json_open(j, '{');
	for (size_t i = 0; i < 3; i++) {
		static const char *const names[] = { "bytes", "inert", "tree" };

		json_name(j, names[i]);
		json_bool(j, true);
	}
	json_close(j, '}');
}

static void
add_reason(struct json *j, const char *reason, const struct err *why)
{
	json_member(j, "action", STR("skip"));
	json_member(j, "reason", str_of(reason));
	if (why)
		json_member(j, "message", str_of(why->text));
}

static void
begin_line(struct json *j, const struct run_file *file)
{
	json_open(j, '{');
	add_text(j, "path", str_of(file->source.path));
	json_member(j, "lang", str_of(lang_name(file->source.lang)));
}

static void
end_line(struct json *j, size_t from)
{
	json_close(j, '}');
	json_end_line(j, from);
}

/* item: what was asked of it, or NULL. */
static void
write_line(struct buf *out, const struct run_file *file,
    const struct declaration *d, const struct run_item *item)
{
	const char *reason = select_reason(file->run, d);
	size_t from = out->len;
	struct json j = { .out = out };

	begin_line(&j, file);
	add_text(&j, "symbol", str_of(item ? item->symbol : d->symbol));
	json_member(&j, "kind", d->kind);
	json_name(&j, "line");
	json_integer(&j, (int64_t)d->line);
	json_name(&j, "column");
	json_integer(&j, (int64_t)d->column);
	if (item && item->text.len)
		add_edit(&j, file, item);
	else if (item && !reason)
		add_reason(&j, err_code(item->why.status), &item->why);
	else
		add_reason(&j, reason ? reason : "not asked for", NULL);
	end_line(&j, from);
}

/* The whole file is left as it is. */
static void
write_reason(struct buf *out, const struct run_file *file)
{
	struct json j = { .out = out };

	begin_line(&j, file);
	add_reason(&j, file->source.reason, NULL);
	end_line(&j, 0);
}

int
report_file(const struct run_file *file, struct err *e)
{
	const struct source *s = &file->source;
	const struct run_item *item = file->items;
	struct buf out = { 0 };
	int got;

	if (s->reason)
		write_reason(&out, file);
	for (size_t i = 0; i < s->ndeclarations; i++) {
		const struct declaration *d = &s->declarations[i];

		if (item->declaration == d)
			write_line(&out, file, d, item++);
		else if (!d->doc.data &&
		    syntax_start(d->node) >= file->wrapped &&
		    select_names(file, d))
			write_line(&out, file, d, NULL);
	}
	got = output_text(&file->run->report, buf_str(&out), e);
	buf_done(&out);
	return got;
}
