/*
 * finding - as SARIF 2.1.0, one run, written as it comes.
 *
 * Lines and columns begin with 1 (code scanning refuses others), an end is
 * exclusive, a column counts UTF-16 units: SARIF has no kind that counts bytes.
 */
#include "finding_parts.h"

#define SCHEMA "https://json.schemastore.org/sarif-2.1.0.json"

static void
add_text(struct json *j, const char *name, struct str text)
{
	json_name(j, name);
	json_string(j, text);
}

/* name: and these brackets. */
static void
open_all(struct json *j, const char *name, const char *brackets)
{
	json_name(j, name);
	for (; *brackets; brackets++)
		json_open(j, *brackets);
}

static void
close_all(struct json *j, const char *brackets)
{
	for (; *brackets; brackets++)
		json_close(j, *brackets);
}

/* name: {"text": text} */
static void
add_message(struct json *j, const char *name, struct str text)
{
	open_all(j, name, "{");
	add_text(j, "text", text);
	json_close(j, '}');
}

static void
add_rule(struct json *j, const struct finding_rule *rule)
{
	struct str rest = str_of(rule->id);

	json_open(j, '{');
	add_text(j, "id", str_of(rule->id));
	add_message(j, "shortDescription", str_of(rule->title));
	add_message(j, "fullDescription", str_of(rule->title));
	add_message(j, "help", str_of(rule->title));
	open_all(j, "properties", "{");
	open_all(j, "tags", "[");
	json_string(j, str_cut(&rest, '/'));
	close_all(j, "]}}");
}

static void
begin(struct finding_report *r)
{
	struct json j = { .out = &r->line };

	json_open(&j, '{');
	add_text(&j, "$schema", STR(SCHEMA));
	add_text(&j, "version", STR("2.1.0"));
	open_all(&j, "runs", "[{");
	open_all(&j, "tool", "{");
	open_all(&j, "driver", "{");
	add_text(&j, "name", str_of(r->tool));
	add_text(&j, "version", str_of(r->version));
	open_all(&j, "rules", "[");
	for (size_t i = 0; i < r->nrules; i++)
		add_rule(&j, &r->rules[i]);
	close_all(&j, "]}}");
	add_text(&j, "columnKind", STR("utf16CodeUnits"));
	open_all(&j, "results", "[");
}

static const char *
level(const struct finding *f)
{
	switch (f->severity) {
	case FINDING_LOW:
		return "note";
	case FINDING_MEDIUM:
		return "warning";
	default:
		return "error";
	}
}

/* RFC 3986: what a segment may hold stays as it is, but for a colon, which
 * could end a scheme. */
static void
add_uri(struct json *j, const char *name)
{
	static const char plain[] = "abcdefghijklmnopqrstuvwxyz"
				    "ABCDEFGHIJKLMNOPQRSTUVWXYZ"
				    "0123456789-._~/";
	struct str path = finding_path(name);
	struct buf uri = { 0 };

	if (str_starts(path, "/"))
		buf_add_text(&uri, "file://");
	for (size_t i = 0; i < path.len; i++)
		if (memchr(plain, path.data[i], sizeof plain - 1))
			buf_add_char(&uri, path.data[i]);
		else
			buf_add_format(
			    &uri, "%%%02X", (unsigned char)path.data[i]);
	open_all(j, "artifactLocation", "{");
	add_text(j, "uri", buf_str(&uri));
	json_close(j, '}');
	buf_done(&uri);
}

/* The column, from 1, of a byte of the line. */
static int64_t
column(struct str line, size_t byte)
{
	int64_t units = 1;
	uint32_t c;

	for (size_t at = 0; at < byte && at < line.len; units++) {
		int n = utf8_decode(str_skip(line, at), &c);

		at += n > 0 ? (size_t)n : 1;
		if (n == UTF8_CHAR_MAX)
			units++; /* a pair of surrogates */
	}
	return units;
}

static void
add_region(
    struct json *j, const char *name, const struct finding *f, bool has_columns)
{
	struct str last = f->end_line == f->line ? f->line_text : f->end_text;

	open_all(j, name, "{");
	json_count(j, "startLine", (int64_t)f->line);
	if (has_columns)
		json_count(j, "startColumn", column(f->line_text, f->start));
	json_count(j, "endLine", (int64_t)f->end_line);
	if (has_columns && last.len)
		json_count(j, "endColumn", column(last, f->end));
	json_close(j, '}');
}

static void
add_location(struct json *j, const struct finding *f)
{
	open_all(j, "locations", "[{");
	open_all(j, "physicalLocation", "{");
	add_uri(j, f->path);
	if (f->line)
		add_region(j, "region", f, f->end && f->line_text.len);
	json_close(j, '}');
	if (f->symbol.len) {
		json_name(j, "logicalLocations");
		json_open(j, '[');
		json_open(j, '{');
		add_text(j, "fullyQualifiedName", f->symbol);
		json_close(j, '}');
		json_close(j, ']');
	}
	close_all(j, "}]");
}

/* A region of whole lines ends before their last line end. */
static void
add_fix(struct json *j, const struct finding *f)
{
	open_all(j, "fixes", "[{");
	open_all(j, "artifactChanges", "[{");
	add_uri(j, f->path);
	open_all(j, "replacements", "[{");
	add_region(j, "deletedRegion", f, false);
	add_message(j, "insertedContent", finding_suggestion(f));
	close_all(j, "}]}]}]");
}

/* The id, and the place of its rule in the table if it stands there. */
static void
add_rule_id(
    struct json *j, const struct finding_report *r, const struct finding *f)
{
	struct buf code = { 0 };

	finding_code(&code, f);
	add_text(j, "ruleId", buf_str(&code));
	for (size_t i = 0; i < r->nrules; i++)
		if (str_is(buf_str(&code), r->rules[i].id)) {
			json_count(j, "ruleIndex", (int64_t)i);
			break;
		}
	buf_done(&code);
}

static void
print(struct finding_report *r, const struct finding *f)
{
	struct json j = { .out = &r->line };

	buf_add_text(&r->line, finding_total(r) ? ",\n" : "\n");
	json_open(&j, '{');
	add_rule_id(&j, r, f);
	add_text(&j, "level", str_of(level(f)));
	add_message(&j, "message", finding_words(f));
	add_location(&j, f);
	open_all(&j, "partialFingerprints", "{");
	add_text(&j, "primaryLocationLineHash", str_of(f->fingerprint));
	json_close(&j, '}');
	if (f->suggestion.data && f->line)
		add_fix(&j, f);
	json_close(&j, '}');
}

static void
skip(struct json *j, enum finding_skipped kind, const char *path, size_t line,
    struct str reason)
{
	json_open(j, '{');
	add_text(
	    j, "level", kind == FINDING_SKIPPED ? STR("error") : STR("note"));
	add_message(j, "message", reason);
	open_all(j, "locations", "[{");
	open_all(j, "physicalLocation", "{");
	add_uri(j, path);
	if (line) {
		open_all(j, "region", "{");
		json_count(j, "startLine", (int64_t)line);
		json_close(j, '}');
	}
	close_all(j, "}}]}");
}

static void
end(struct finding_report *r, bool was_whole, struct str summary)
{
	struct json j = { .out = &r->line };

	(void)summary;
	buf_add_format(&r->line,
	    "\n],\"invocations\":[{\"executionSuccessful\":%s",
	    was_whole ? "true" : "false");
	if (r->skipped.len) {
		j.comma = true;
		open_all(&j, "toolExecutionNotifications", "[");
		json_raw(&j, buf_str(&r->skipped));
		json_close(&j, ']');
	}
	buf_add_text(&r->line, "}]}]}\n");
}

const struct finding_format finding_sarif = {
	.name = "sarif",
	.begin = begin,
	.print = print,
	.skip = skip,
	.end = end,
};
