/* tool - the options of tools that take records. */
#include <unistd.h>

#include "die.h"
#include "fanout.h"
#include "file.h"
#include "tool_settings.h"
#include "utf8.h"

#define RECORDS tool_settings.records

const struct opt tool_records_table[] = {
	{ OPT_FLAG, 'b', "batch", NULL,
	    "records: JSON Lines in, each with its answer out",
	    .to.flag = &RECORDS.batch },
	{ OPT_FLAG, 'l', "lines", NULL, "records: each line is a text",
	    .to.flag = &RECORDS.lines },
	{ OPT_FLAG, '0', "null", NULL,
	    "records end in NUL, not newline, in and out",
	    .to.flag = &RECORDS.null_ends },
	{ OPT_TEXT, 0, "as", "NAME", "records: what the answer is called",
	    .to.text = &RECORDS.member },
	{ OPT_FLAG, 0, "unordered", NULL, "records: print them as they finish",
	    .to.flag = &RECORDS.unordered },
	{ OPT_INT, 0, "max-errors", "N", "records: stop when N have failed",
	    .to.integer = &RECORDS.max_errors, .min = 1, .max = INT32_MAX },
	{ .kind = OPT_END },
};

const struct opt tool_jobs_table[] = {
	{ OPT_INT, 'j', "jobs", "N", "requests in flight (8)",
	    .to.integer = &RECORDS.jobs, .min = 1, .max = FANOUT_JOBS_MAX,
	    .flags = OPT_CONFIG },
	{ .kind = OPT_END },
};

const struct opt tool_record_texts_table[] = {
	{ OPT_FLAG, 'r', "raw", NULL, "records: print the answers alone",
	    .to.flag = &RECORDS.raw },
	{ OPT_FLAG, 0, "full", NULL,
	    "records: the answer and all about it, as an object",
	    .to.flag = &RECORDS.full },
	{ .kind = OPT_END },
};

/* The first row of the table that the command line sets, or NULL. */
static const char *
find_given(const struct opt *row)
{
	for (; row->kind != OPT_END; row++)
		if (opts_is_given(&tool_settings.opts, row->name))
			return row->name;
	return NULL;
}

/* An option of records, given where there are none. */
static int
check_use(const struct tool *tool, struct err *e)
{
	const char *name = find_given(tool_records_table);

	if (tool->has_only_records || tool_has_records(&tool_settings))
		return 0;
	name = name ? name : find_given(tool_jobs_table);
	name = name ? name : find_given(tool_record_texts_table);
	if (!name)
		return 0;
	return err_set(
	    e, ST_USAGE, "--%s is for records; try: --batch or --lines", name);
}

bool
tool_shows_progress(
    const struct settings *set, const struct output *out, bool json)
{
	return !set->quiet && !json && file_is_terminal(STDERR_FILENO) &&
	    (out->is_file || !out->is_terminal);
}

int
tool_sum_up(
    const struct fanout *f, const char *what, const char *how, struct err *e)
{
	if (!f->nfailed)
		return 0;
	err_set(e, ST_PARTIAL, "%zu of %zu %s failed", f->nfailed, f->nprinted,
	    what);
	if (how && f->nlost < f->nfailed)
		err_add(e, "; %s asks for %s again", how,
		    f->nlost ? "some of them" : "them");
	return -1;
}

/* JSON; a backslash of which there are two is one of the text's. */
static bool
holds_nul(struct str text)
{
	for (size_t at; (at = str_find(text, STR("\\"))) < text.len;) {
		text = str_skip(text, at);
		if (str_starts(text, "\\u0000"))
			return true;
		text = str_skip(text, 2);
	}
	return false;
}

void
tool_warn_of_nul(struct str json, size_t line, bool *is_told)
{
	if (*is_told || !holds_nul(json))
		return;
	*is_told = true;
	warn("line %zu holds NUL, U+FFFD is sent instead; there may be more",
	    line);
}

bool
tool_has_records(const struct settings *set)
{
	return set->records.batch || set->records.lines;
}

/* A record with that member has been answered: it must not be the question. */
static int
check_member(const char *name, struct err *e)
{
	if (utf8_valid(str_of(name)) < strlen(name))
		return err_set(e, ST_USAGE, "--as takes UTF-8");
	if (record_is_asked_by(name))
		return err_set(e, ST_USAGE,
		    "--as %s: a record is asked by that member", name);
	return 0;
}

int
tool_check_records(const struct tool *tool, struct err *e)
{
	if (!(tool->shared & TOOL_RECORDS))
		return 0;
	if (RECORDS.batch && RECORDS.lines)
		return err_set(e, ST_USAGE,
		    "records are JSON (--batch) or lines of text (--lines)");
	if (check_use(tool, e))
		return -1;
	if (RECORDS.member && check_member(RECORDS.member, e))
		return -1;
	if (RECORDS.raw && (RECORDS.full || (tool->json && *tool->json)))
		return err_set(e, ST_USAGE,
		    "--raw prints texts, --full and --json objects");
	return 0;
}
