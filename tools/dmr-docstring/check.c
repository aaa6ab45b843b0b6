/* dmr-docstring: what lacks documentation, without asking any model. */
#include "check.h"

#include <math.h>

#include "die.h"
#include "finding_alike.h"
#include "finding.h"
#include "json.h"
#include "mem.h"
#include "select.h"

struct check {
	struct run *run;
	struct finding_report report;
	size_t nfiles, nfailed, ndocumented, nmissing;
	struct err first; /* of the files that failed */
};

static const struct finding_rule rules[] = {
	{ "docs/missing", "A declaration has no documentation" },
};

/* The line that a declaration's name stands in. */
static struct str
line_of(const struct source *s, const struct declaration *d)
{
	struct str text = buf_str(&s->bytes);
	size_t at = (size_t)(d->name.data - text.data), from = at;

	if (!d->name.data || at > text.len)
		return (struct str){ 0 };
	while (from > 0 && text.data[from - 1] != '\n')
		from--;
	text = str_skip(text, from);
	return str_cut(&text, '\n');
}

/* All declarations, documented or not. */
static void
count_alike(struct finding_alike *alike, const struct source *s)
{
	for (size_t i = 0; i < s->ndeclarations; i++) {
		const struct declaration *d = &s->declarations[i];
		uint64_t hash = str_hash(STR_HASH, str_of(d->symbol));

		finding_alike_add(alike, finding_hash(hash, line_of(s, d)), i);
	}
	finding_alike_count(alike);
}

static int
report_missing(struct check *c, const struct source *s,
    const struct declaration *d, size_t nalike, struct err *e)
{
	struct buf message = { 0 };
	struct finding f = { .path = s->path,
		.line = d->line,
		.end_line = d->line,
		.start = d->column - 1,
		.end = d->column - 1 + d->name.len,
		.line_text = line_of(s, d),
		.nalike = nalike,
		.severity = FINDING_LOW,
		.category = "docs",
		.rule = "missing",
		.symbol = str_of(d->symbol) };
	int got;

	buf_add_format(&message, "%.*s '%s' has no documentation",
	    STR_ARGS(d->kind), d->symbol);
	f.message = buf_str(&message);
	got = finding_print(&c->report, &f, e);
	buf_done(&message);
	return got;
}

/* A declaration that cannot be documented is missing its documentation. */
static bool
is_counted(const struct run *run, const struct declaration *d)
{
	const char *reason = select_reason(run, d);

	return !reason || select_is_failure(reason);
}

static int
check_declarations(struct check *c, const struct run_file *file, struct err *e)
{
	const struct source *s = &file->source;
	struct finding_alike alike = { 0 };
	int got = 0;

	count_alike(&alike, s);
	for (size_t i = 0; i < s->ndeclarations && !got; i++) {
		const struct declaration *d = &s->declarations[i];

		if (!is_counted(c->run, d) || !select_names(file, d))
			continue;
		if (d->doc.data) {
			c->ndocumented++;
			continue;
		}
		c->nmissing++;
		got = report_missing(
		    c, s, d, finding_alike_before(&alike, i), e);
	}
	finding_alike_done(&alike);
	return got;
}

/* A file that cannot be looked at is named, and the others go on. */
static int
check_file(struct check *c, const char *path, struct err *e)
{
	struct run_file *file = mem_new(1, sizeof *file);
	struct err why = ERR_NONE;
	int got = 0;

	file->run = c->run;
	file->path = path;
	c->nfiles++;
	if (!file_open(file, &why)) {
		got = check_declarations(c, file, e);
	} else {
		c->first = c->nfailed++ ? c->first : why;
		if (c->run->npaths > 1)
			die_say(&why);
	}
	file_close(file);
	return got;
}

static int
check_all(struct check *c, struct err *e)
{
	const struct run *run = c->run;

	if (!run->npaths)
		return check_file(c, NULL, e);
	for (size_t i = 0; i < run->npaths; i++)
		if (check_file(c, run->paths[i], e))
			return -1;
	return 0;
}

/* Of a hundred declarations so many have documentation. */
static double
percent(const struct check *c)
{
	size_t n = c->ndocumented + c->nmissing;

	return n ? 100 * (double)c->ndocumented / (double)n : 100;
}

static void
sum_up(const struct check *c, struct err *e)
{
	double limit = c->run->want->fail_under;

	if (c->nfailed && c->nfiles == 1)
		*e = c->first;
	else if (isnan(limit) ? c->nmissing > 0 : percent(c) < limit)
		err_set(e, ST_NO,
		    "%zu of %zu declarations have no documentation (%.1f %% "
		    "have)",
		    c->nmissing, c->nmissing + c->ndocumented, percent(c));
	else if (c->nfailed)
		err_set(e, ST_PARTIAL, "%zu of %zu files failed", c->nfailed,
		    c->nfiles);
}

static int
end(struct check *c, bool was_whole, struct err *e)
{
	struct buf summary = { 0 };
	struct json j = { .out = &summary };
	int got;

	json_name(&j, "documented");
	json_integer(&j, (int64_t)c->ndocumented);
	json_name(&j, "missing");
	json_integer(&j, (int64_t)c->nmissing);
	got = finding_end(&c->report, was_whole, buf_str(&summary), e);
	buf_done(&summary);
	return got;
}

static void
work(struct check *c, struct err *e)
{
	const char *disabled_by = c->run->set->disabled_by;

	if (finding_begin(&c->report, e))
		return;
	if (disabled_by)
		warn("disabled by %s, nothing is checked", disabled_by);
	else if (check_all(c, e))
		return;
	if (!end(c, !disabled_by && !c->nfailed, e) && !disabled_by)
		sum_up(c, e);
}

void
check_files(struct run *run, struct err *e)
{
	const char *format = run->want->format ? run->want->format : "text";
	struct check c = { .run = run,
		.report = { .format = finding_format(format),
		    .tool = "dmr-docstring",
		    .version = VERSION,
		    .rules = rules,
		    .nrules = countof(rules) } };

	if (!c.report.format) {
		err_set(e, ST_USAGE,
		    "--format: '%s' is not text, json, sarif or rdjsonl",
		    format);
		return;
	}
	c.report.out = tool_output(run->set, e);
	if (!c.report.out)
		return;
	work(&c, e);
	tool_close_output(c.report.out, e);
	finding_done(&c.report);
}
