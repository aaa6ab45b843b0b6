/* dmr-reqs: what is wrong with requirements in files. */
#include "check.h"

#include "check_lines.h"
#include "check_map.h"
#include "die.h"
#include "document_file.h"
#include "finding_alike.h"
#include "json.h"
#include "lint_table.h"
#include "mem.h"

/*
 * A line that is longer is not looked at again for each finding in it: SARIF,
 * which counts characters, has no columns then.
 */
enum { SHOWN_LINE_MAX = 16 << 10, NEAR_BEFORE = 512, NEAR_MAX = 1024 };

struct work {
	const struct check *want;
	struct finding_report report;
	size_t nfailed, nbad, nrequirements;
	struct err first;  /* of the files that failed */
	struct err *error; /* of the output */

	/* The file that is looked at. */
	const char *path;
	struct check_lines lines;
	struct lint_table alike; /* how many findings are, by count_alike() */
	const struct text *last; /* that something was said of */
	bool last_is_plain;
	struct check_map map; /* of it, if it is not plain */
};

/* --- a place --- */

/* The file's bytes are those of the text, or with escapes, marks, line ends. */
static void
follow_text(struct work *w, const struct text *text)
{
	struct str source = { w->lines.text.data + text->at,
		text->end - text->at };

	w->last = text;
	w->last_is_plain = str_equal(text_str(text), source);
	if (!w->last_is_plain)
		check_map_read(&w->map, source, text_str(text));
}

static struct str
shown_line(const struct work *w, size_t line)
{
	struct str text = check_lines_at(&w->lines, line);

	return text.len > SHOWN_LINE_MAX ? (struct str){ 0 } : text;
}

static void
set_place(const struct work *w, struct finding *f, size_t from, size_t end)
{
	f->line = check_lines_find(&w->lines, from);
	f->end_line = check_lines_find(&w->lines, end);
	f->start = from - w->lines.starts[f->line - 1];
	f->end = end - w->lines.starts[f->end_line - 1];
	f->line_text = shown_line(w, f->line);
	if (f->end_line != f->line)
		f->end_text = shown_line(w, f->end_line);
}

static void
find_place(struct work *w, const struct lint_finding *found, struct finding *f)
{
	const struct text *text = found->text;
	const struct check_place *places;

	if (!text || !text->end || text->end < text->at ||
	    text->end > w->lines.text.len)
		return;
	if (text != w->last)
		follow_text(w, text);
	places = w->map.places;
	if (w->last_is_plain && found->end)
		set_place(w, f, text->at + found->start, text->at + found->end);
	else if (!w->last_is_plain && found->end && found->end <= w->map.n)
		set_place(w, f, text->at + places[found->start].from,
		    text->at + places[found->end - 1].to);
	else
		set_place(w, f, text->at, text->end);
}

/* --- a finding --- */

/* "FR-003 says 'fast', ...", or "functional requirement 3 says ..." */
static void
add_message(struct buf *out, const struct lint_finding *found)
{
	char *id = lint_shown(found->id);

	if (found->id.len)
		buf_add_format(out, "%s ", id);
	else if (found->kind)
		buf_add_format(
		    out, "%s %zu ", found->kind->name, found->index + 1);
	buf_add_text(out, found->message);
	free(id);
}

/* What it is known again by: not the line, which may be all there is, but what
 * is around it in its own text. */
static struct str
near(const struct lint_finding *found)
{
	struct str text = { 0 };

	if (found->text)
		text = text_str(found->text);
	if (found->start > NEAR_BEFORE)
		text = str_skip(text, found->start - NEAR_BEFORE);
	if (text.len > NEAR_MAX)
		text.len = NEAR_MAX;
	return text;
}

/* How many findings of the rule, of the id and of such a text came before: a
 * text can be there twice, and what is empty often is. */
static size_t
count_alike(struct work *w, const struct lint_finding *found)
{
	uint64_t hash = finding_hash(STR_HASH, str_of(found->rule->id));

	hash = finding_hash(hash, found->id);
	return (*lint_table_at(&w->alike, finding_hash(hash, near(found))))++;
}

static int
print(struct work *w, struct finding *f, const struct lint_finding *found)
{
	struct str line = f->line_text;

	f->line_text = near(found);
	if (!f->line) /* nor a text that could be its quote */
		f->variant = (unsigned)f->nalike;
	finding_identify(f);
	f->line_text = line;
	w->nbad += f->severity >= w->want->fail_on;
	return finding_print(&w->report, f, w->error);
}

static void
say(void *owner, const struct lint_finding *found)
{
	struct work *w = owner;
	struct buf message = { 0 };
	struct finding f = { .path = w->path,
		.severity = found->rule->severity,
		.category = "requirements",
		.rule = found->rule->id,
		.symbol = found->id,
		.title = str_of(found->rule->title) };

	if (w->error->status)
		return;
	f.nalike = count_alike(w, found);
	find_place(w, found, &f);
	add_message(&message, found);
	f.message = buf_str(&message);
	print(w, &f, found);
	buf_done(&message);
}

/* --- files --- */

static void
check_bytes(struct work *w, const struct document *d, struct str bytes)
{
	w->last = NULL;
	check_lines_read(&w->lines, bytes);
	w->nrequirements += d->functional.n + d->nonfunctional.n;
	lint(d, w->want->style, say, w);
	lint_table_done(&w->alike);
	check_lines_done(&w->lines);
	check_map_done(&w->map);
}

/* Any text is Markdown, and most are no requirements. */
static int
check_kind(
    const struct document *d, struct str bytes, const char *path, struct err *e)
{
	if (str_starts(str_trim(bytes), "{") || d->functional.n ||
	    d->nonfunctional.n || d->stories.n)
		return 0;
	return err_set(e, ST_INPUT, "%s: it holds no requirements", path);
}

/* One of several that cannot be read is named, and the others go on. */
static void
check_file(struct work *w, const char *path, bool is_only)
{
	struct document d = { 0 };
	struct buf bytes = { 0 };
	struct err why = ERR_NONE;

	w->path = strcmp(path, "-") != 0 ? path : "standard input";
	if (!document_file_read(&d, path, &bytes, &why) &&
	    !check_kind(&d, buf_str(&bytes), w->path, &why)) {
		check_bytes(w, &d, buf_str(&bytes));
	} else {
		w->first = w->nfailed++ ? w->first : why;
		finding_skip(&w->report, FINDING_SKIPPED, w->path, 0, why.text);
		if (!is_only)
			die_say(&why);
	}
	document_done(&d);
	buf_done(&bytes);
}

static int
check_all(struct work *w, const char *const *paths, size_t n)
{
	for (size_t i = 0; i < n && !w->error->status; i++)
		check_file(w, paths[i], n == 1);
	return w->error->status ? -1 : 0;
}

static int
end(struct work *w, struct err *e)
{
	struct buf summary = { 0 };
	struct json j = { .out = &summary };
	int got;

	json_count(&j, "requirements", (int64_t)w->nrequirements);
	got = finding_end(&w->report, !w->nfailed, buf_str(&summary), e);
	buf_done(&summary);
	return got;
}

static void
sum_up(const struct work *w, size_t n, struct err *e)
{
	struct err gaps = ERR_NONE;
	size_t from = w->want->fail_on;

	if (w->nfailed && n == 1)
		gaps = w->first;
	else if (w->nfailed)
		err_set(&gaps, ST_PARTIAL, "%zu of %zu files failed",
		    w->nfailed, n);
	if (w->nbad)
		err_set(e, ST_NO, "%zu %s %s%s", w->nbad,
		    w->nbad == 1 ? "finding is" : "findings are",
		    finding_severity_name((enum finding_severity)from),
		    from < FINDING_CRITICAL ? " or worse" : "");
	if (!e->status)
		*e = gaps;
	else if (gaps.status)
		die_say(&gaps);
}

/* "requirements/R01" for each rule; free_rules() them. */
static struct finding_rule *
make_rules(void)
{
	struct finding_rule *rules = mem_new(lint_nrules, sizeof *rules);

	for (size_t i = 0; i < lint_nrules; i++) {
		rules[i].id = mem_format("requirements/%s", lint_rules[i].id);
		rules[i].title = lint_rules[i].title;
	}
	return rules;
}

static void
free_rules(struct finding_rule *rules)
{
	for (size_t i = 0; i < lint_nrules; i++)
		free((char *)rules[i].id);
	free(rules);
}

void
check_documents(
    const struct check *want, const char *const *paths, size_t n, struct err *e)
{
	struct finding_rule *rules = make_rules();
	struct work w = { .want = want,
		.error = e,
		.report = { .format = want->format,
		    .out = want->out,
		    .tool = "dmr-reqs",
		    .version = VERSION,
		    .rules = rules,
		    .nrules = lint_nrules } };

	if (!finding_begin(&w.report, e) && !check_all(&w, paths, n) &&
	    !end(&w, e))
		sum_up(&w, n, e);
	finding_done(&w.report);
	free_rules(rules);
}
