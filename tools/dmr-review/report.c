/* dmr-review: what is wanted of the findings is printed. */
#include "report.h"

#include <inttypes.h>

#include "die.h"
#include "json.h"
#include "mem.h"
#include "offline.h"
#include "show.h"

static const struct finding_rule own_rules[] = {
	{ "bug", "The code does something else than it should" },
	{ "security", "The code can be abused" },
	{ "performance", "The code is needlessly slow" },
	{ "style", "The code is hard to read or to change" },
};

/* What may occur: of the prompt, of the user's rules, without a model. */
static void
list_rules(struct run *run)
{
	size_t n = 0, all = countof(own_rules) + OFFLINE_RULES + run->rules.n;
	struct finding_rule *rules = mem_new(all, sizeof *rules);

	for (size_t i = 0; i < countof(own_rules); i++)
		rules[n++] = own_rules[i];
	for (size_t i = 0; i < OFFLINE_RULES; i++)
		rules[n++] = offline_rules[i];
	for (size_t i = 0; i < run->rules.n; i++) {
		const struct rule *rule = &run->rules.items[i];

		rules[n].id = mem_format("rule/%s", rule->name);
		rules[n++].title = mem_copy(rule->title);
	}
	run->report_rules = rules;
	run->report.rules = rules;
	run->report.nrules = n;
}

int
report_open(struct run *run, struct err *e)
{
	const char *name = run->want->format ? run->want->format : "text";

	run->report.format = finding_format(name);
	run->report.tool = "dmr-review";
	run->report.version = VERSION;
	if (!run->report.format)
		return err_set(e, ST_USAGE,
		    "--format: '%s' is not text, json, sarif or rdjsonl", name);
	list_rules(run);
	return 0;
}

void
report_close(struct run *run)
{
	size_t from = countof(own_rules) + OFFLINE_RULES;

	for (size_t i = from; i < run->report.nrules; i++) {
		free((char *)run->report_rules[i].id);
		free((char *)run->report_rules[i].title);
	}
	free(run->report_rules);
	finding_done(&run->report);
}

/* --- a finding --- */

/*
 * A line of the new side, of whatever hunk, or empty: what a finding is known
 * by must not depend on how the section was divided.  No secret stands in it.
 */
static struct str
find_text(const struct section *s, size_t number, struct diff_seek *at)
{
	const struct diff_line *line = diff_seek(&s->diff, number, at);

	return line ? masked_line(&s->masked, number, line->text)
		    : (struct str){ 0 };
}

/* What stands there, and around. */
static void
surround(struct section *s, struct finding *f)
{
	struct diff_seek at;

	if (!f->line)
		return;
	f->above = find_text(s, f->line - 1, &s->seek);
	at = s->seek;
	f->line_text = find_text(s, f->line, &at);
	f->below = find_text(s, f->line + 1, &at);
	if (f->end_line > f->line)
		f->end_text = find_text(s, f->end_line, &at);
	if (!s->alike.is_counted)
		alike_make(&s->alike, &s->diff, &s->masked);
	f->nalike = finding_alike_before(&s->alike, f->line);
}

/* Is it one that somebody wants to see? */
static bool
is_wanted(const struct section *s, const struct found *found)
{
	const struct run *run = s->run;
	const struct finding *f = &found->finding;

	if (f->severity < run->min_severity)
		return false;
	if (f->is_unplaced)
		return !run->want->anchored;
	if (run->scope == SCOPE_ADDED && !found->is_added)
		return false;
	return !ignores_has(&s->ignores, f->line, f->category, f->rule);
}

/* Is it made of a secret, or of the stars that a model has seen instead? */
static bool
has_secret(const struct section *s, const struct finding *f, struct str text)
{
	struct buf unused = { 0 };
	size_t n = offline_redact_text(text, &unused);

	buf_done(&unused);
	if (n || !s->run->want->redact)
		return n;
	return masked_has(&s->masked, f->line, f->end_line) ||
	    (s->masked.n && str_find(text, STR("***")) < text.len);
}

/* Was one of the lines shown otherwise than it is?  The model takes that for
 * the program. */
static bool
was_escaped(const struct diff_file *diff, size_t first, size_t last)
{
	struct diff_seek at = { 0 };
	struct buf shown = { .max = SIZE_MAX / 2 };
	bool is_same = true;

	for (size_t i = first; i <= last && is_same; i++) {
		const struct diff_line *line = diff_seek(diff, i, &at);

		buf_clear(&shown);
		if (line)
			show_text(&shown, line->text);
		is_same = !line || str_equal(buf_str(&shown), line->text);
	}
	buf_done(&shown);
	return !is_same;
}

/* One that hides nothing, and leaves a program that can be parsed. */
static bool
is_good_suggestion(struct section *s, const struct finding *f)
{
	struct str text = f->suggestion;
	struct buf shown = { 0 };
	bool is_plain;

	if (!f->line || !text.len || has_secret(s, f, text))
		return false;
	buf_add_visible(&shown, text);
	is_plain = str_equal(buf_str(&shown), text);
	buf_done(&shown);
	return is_plain && !was_escaped(&s->diff, f->line, f->end_line) &&
	    suggestion_holds(&s->suggestions, &s->diff, buf_str(&s->whole),
		f->line, f->end_line, text);
}

static int
print_found(struct section *s, struct found *found, struct err *e)
{
	struct run *run = s->run;
	struct finding *f = &found->finding;

	surround(s, f);
	finding_identify(f);
	if (!told_add(&s->told, f) || !is_wanted(s, found) ||
	    (told_of_what(f) &&
		baseline_has(&run->baseline, f->fingerprint, f->severity))) {
		run->nsuppressed++;
		return 0;
	}
	run->nbad += f->severity >= run->fail_on;
	if (run->want->max >= 0 &&
	    (int64_t)finding_total(&run->report) >= run->want->max) {
		run->nomitted++;
		return 0;
	}
	if (!is_good_suggestion(s, f))
		f->suggestion = (struct str){ 0 };
	return finding_print(&run->report, f, e);
}

/* The last line of the new side that a part shows, or any: it is the last. */
static size_t
last_line(const struct part *part)
{
	const struct diff_file *d = &part->section->diff;
	const struct diff_hunk *h;

	if (part->end == d->nhunks)
		return SIZE_MAX;
	h = &d->hunks[part->end - 1];
	return h->new_start + h->new_count - (h->new_count > 0);
}

/* What was found without a model, up to a line. */
static int
print_offline(struct section *s, size_t line, struct err *e)
{
	while (s->nfound_out < s->found.n &&
	    s->found.items[s->nfound_out].finding.line <= line)
		if (print_found(s, &s->found.items[s->nfound_out++], e))
			return -1;
	return 0;
}

static int
print_all(struct part *part, struct err *e)
{
	struct section *s = part->section;
	size_t end = last_line(part);

	found_sort(&part->found);
	for (size_t i = 0; i < part->found.n; i++) {
		struct found *found = &part->found.items[i];

		if (print_offline(s,
			found->finding.is_unplaced ? end : found->finding.line,
			e) ||
		    print_found(s, found, e))
			return -1;
	}
	return print_offline(s, end, e);
}

void
report_secret(struct run *run, const char *where, size_t line)
{
	struct err *what = &run->secret;

	if (what->text[0] || run->want->offline || run->set->dry_run)
		return;
	err_set(what, ST_OK, "what looks like a secret is %s",
	    run->want->redact ? "masked" : "sent as it is; try: --redact");
	if (line)
		err_prefix(what, "%s:%zu", where, line);
	else
		err_prefix(what, "%s", where);
}

void
report_sent(struct run *run)
{
	if (run->secret.text[0] && !run->has_warned)
		warn("%s", run->secret.text);
	run->has_warned = run->secret.text[0];
}

/* --- what was not reviewed --- */

/* Of a file that is gone no line is named. */
static void
name_place(struct err *why, const struct section *s, size_t hunk)
{
	size_t line = s->diff.hunks[hunk].new_start;

	if (line)
		err_prefix(why, "%s:%zu: not reviewed", s->path, line);
	else
		err_prefix(why, "%s: not reviewed", s->path);
}

/* In one line: there may be many, and the reason is one. */
static void
say_rest(const struct section *s, const struct gap *gap)
{
	struct err what = ERR_NONE;
	size_t n = gap->end - gap->first;

	err_set(&what, gap->why.status, "%zu %s", n, n == 1 ? "hunk" : "hunks");
	name_place(&what, s, gap->first);
	die_say(&what);
}

static void
tell_gap(const struct part *part, const struct gap *gap)
{
	const struct section *s = part->section;
	struct run *run = s->run;
	bool is_passed = run_passes(run, gap->why.status);
	const char *reason = gap->why.text;

	for (size_t i = gap->first; i < gap->end; i++) {
		struct err why = gap->why;

		finding_skip(&run->report, FINDING_SKIPPED, s->path,
		    s->diff.hunks[i].new_start, reason);
		name_place(&why, s, i);
		if (!run->first.status)
			run->first = why;
		if (!is_passed && !gap->is_rest)
			die_say(&why);
	}
	if (!is_passed && gap->is_rest)
		say_rest(s, gap);
	run->ngaps += gap->end - gap->first;
	if (is_passed)
		run->nunanswered += gap->end - gap->first;
}

int
report_part(struct part *part, struct err *e)
{
	struct run *run = part->section->run;

	run->nreviewed += part->end - part->first;
	if (!run->set->dry_run && print_all(part, e))
		return -1;
	for (size_t i = 0; i < part->ngaps; i++) {
		run->nreviewed -= part->gaps[i].end - part->gaps[i].first;
		tell_gap(part, &part->gaps[i]);
	}
	return 0;
}

int
report_end(struct run *run, bool was_whole, struct err *e)
{
	struct buf summary = { 0 };
	struct json j = { .out = &summary };
	int got;

	json_count(&j, "files", (int64_t)run->nfiles);
	json_count(&j, "hunks", (int64_t)run->nhunks);
	json_count(&j, "reviewed", (int64_t)run->nreviewed);
	json_count(&j, "suppressed", (int64_t)run->nsuppressed);
	json_count(&j, "omitted", (int64_t)run->nomitted);
	if (run->nomitted)
		warn("%zu more %s left out (--max %" PRId64 ")", run->nomitted,
		    run->nomitted == 1 ? "finding is" : "findings are",
		    run->want->max);
	got = finding_end(&run->report,
	    was_whole && !run->ngaps && !run->nfailed, buf_str(&summary), e);
	buf_done(&summary);
	return got;
}
