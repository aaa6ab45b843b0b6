/* finding - as JSON Lines: one for each, and one that sums them up. */
#include "finding_parts.h"

static void
add_place(struct json *j, const struct finding *f)
{
	if (f->line) {
		json_count(j, "line", (int64_t)f->line);
		json_count(j, "end_line", (int64_t)f->end_line);
	}
	if (f->end) {
		json_count(j, "column", (int64_t)f->start + 1);
		json_count(j, "end_column", (int64_t)f->end + 1);
	}
}

static void
add_text(struct json *j, const char *name, struct str text)
{
	json_name(j, name);
	json_string(j, text);
}

static void
print(struct finding_report *r, const struct finding *f)
{
	struct json j = { .out = &r->line };

	json_open(&j, '{');
	add_text(&j, "path", str_of(f->path));
	add_place(&j, f);
	json_member(&j, "side", str_of(f->side));
	add_text(&j, "severity", str_of(finding_severity_name(f->severity)));
	add_text(&j, "category", str_of(f->category));
	json_member(&j, "rule", str_of(f->rule));
	json_member(&j, "symbol", f->symbol);
	json_member(&j, "title", f->title);
	add_text(&j, "message", finding_words(f));
	if (f->suggestion.data)
		add_text(&j, "suggestion", f->suggestion);
	json_member(&j, "quote", f->quote);
	json_name(&j, "anchored");
	json_bool(&j, !f->is_unplaced);
	json_member(&j, "method", str_of(f->method));
	add_text(&j, "fingerprint", str_of(f->fingerprint));
	json_close(&j, '}');
	json_end_line(&j, 0);
}

static void
skip(struct json *j, enum finding_skipped kind, const char *path, size_t line,
    struct str reason)
{
	json_open(j, '{');
	add_text(j, "path", str_of(path));
	if (line)
		json_count(j, "line", (int64_t)line);
	add_text(j, "reason", reason);
	if (kind == FINDING_UNCHANGED) {
		json_name(j, "unchanged");
		json_bool(j, true);
	}
	json_close(j, '}');
}

static void
end(struct finding_report *r, bool was_whole, struct str summary)
{
	struct json j = { .out = &r->line };

	json_open(&j, '{');
	json_name(&j, "summary");
	json_open(&j, '{');
	json_count(&j, "findings", (int64_t)finding_total(r));
	for (int i = FINDING_CRITICAL; i >= FINDING_LOW; i--)
		json_count(&j, finding_severity_name((enum finding_severity)i),
		    (int64_t)r->count[i]);
	if (summary.len)
		json_raw(&j, summary);
	if (r->skipped.len) {
		json_name(&j, "skipped");
		json_open(&j, '[');
		json_raw(&j, buf_str(&r->skipped));
		json_close(&j, ']');
	}
	json_name(&j, "complete");
	json_bool(&j, was_whole);
	json_close(&j, '}');
	json_close(&j, '}');
	json_end_line(&j, 0);
}

const struct finding_format finding_json = {
	.name = "json",
	.print = print,
	.skip = skip,
	.end = end,
};
