/* dmr-review: whether the options fit together, and what they say. */
#include <unistd.h>

#include "ask_request.h"
#include "die.h"
#include "offline.h"
#include "opt_value.h"
#include "report.h"
#include "request.h"
#include "tool_lang.h"

enum { BASELINE_MAX = 256 << 20 }; /* bytes of an earlier run's findings */

static int
take_words(struct run *run, struct err *e)
{
	static const char *const severities[] = { "low", "medium", "high",
		"critical", "none" };
	static const char *const errors[] = { "fail", "pass" };
	static const char *const scopes[] = { "file", "hunk", "added" };
	const struct run_options *want = run->want;
	size_t passes = 0, scope = SCOPE_FILE;

	run->fail_on = FINDING_HIGH;
	if (opt_value_word(
		"fail-on", want->fail_on, severities, 5, &run->fail_on, e) ||
	    opt_value_word("min-severity", want->min_severity, severities, 4,
		&run->min_severity, e) ||
	    opt_value_word("on-error", want->on_error, errors, 2, &passes, e) ||
	    opt_value_word("scope", want->scope, scopes, 3, &scope, e))
		return -1;
	run->passes = passes;
	run->scope = (enum review_scope)scope;
	return 0;
}

/* Is standard input a source file, or the diff?  "-" is both. */
static int
take_stdin(struct run *run, struct err *e)
{
	static const char *const only[] = { "-" };
	size_t i = 0;

	if (!run->npaths && run->want->stdin_name) {
		run->paths = only;
		run->npaths = 1;
	}
	while (i < run->npaths && strcmp(run->paths[i], "-") != 0)
		i++;
	if (run->want->stdin_name)
		return i < run->npaths ? 0
				       : err_set(e, ST_USAGE,
					     "--stdin-name: standard input is "
					     "not read; try: -");
	if (i < run->npaths && run->npaths > 1)
		return err_set(e, ST_USAGE,
		    "'-' beside files is a source file; try: --stdin-name PATH");
	if (i < run->npaths)
		run->npaths = 0; /* the diff, as without it */
	return 0;
}

/* Standard input is one thing, once. */
static int
check_stdin(struct run *run, struct err *e)
{
	if (take_stdin(run, e))
		return -1;
	if (!run->npaths && run->set->no_stdin)
		return err_set(
		    e, ST_USAGE, "no file; -n does not read standard input");
	if (!run->npaths && tool_stdin_is_taken())
		return err_set(e, ST_USAGE, "standard input can be read once");
	if (!run->npaths && !run->set->disabled_by &&
	    file_is_terminal(STDIN_FILENO))
		warn("reading a diff from standard input; end it with ^D");
	return 0;
}

/* Texts of options are "@FILE", those of parameters "NAME=@FILE". */
static int
check_texts(const char *const *written, size_t n, const char *const *texts,
    size_t ntexts, bool has_name, struct err *e)
{
	for (size_t i = 0; i < ntexts; i++) {
		struct str text = str_of(texts[i]);

		if (has_name)
			str_cut(&text, '=');
		if (!str_starts(text, "@"))
			continue;
		if (ask_check_kept(written, n,
			(const char *const[]){ text.data + 1 }, 1,
			"an option reads it", e))
			return -1;
	}
	return 0;
}

/* It is read while it would be written, or lost. */
static int
check_not_stdin(const char *const *names, size_t n, struct err *e)
{
	for (size_t i = 0; i < n; i++)
		if (names[i] && file_is_open(STDIN_FILENO, names[i]))
			return file_fail(e, ST_USAGE, "write", names[i],
			    "it is standard input");
	return 0;
}

/* The log and the output are different files, and nothing that is read. */
static int
check_written(const struct run *run, struct err *e)
{
	const struct run_options *want = run->want;
	const struct opt_list *params = &run->set->params;
	const char *const names[] = { run->set->log, run->set->output };
	size_t n = countof(names);

	return ask_check_kept(names, n, run->paths, run->npaths,
		   "it is one of the sources", e) ||
		ask_check_kept(
		    names, n, &want->baseline, 1, "it is the baseline", e) ||
		ask_check_kept(
		    names, n, &want->rules, 1, "an option reads it", e) ||
		check_texts(
		    names, n, want->context.items, want->context.n, false, e) ||
		check_texts(names, n, &want->message, 1, false, e) ||
		check_texts(names, n, params->items, params->n, true, e) ||
		check_not_stdin(names, n, e) || ask_check_written(names, n, e)
	    ? -1
	    : 0;
}

/* They are sent as all else is. */
static int
read_rules_text(struct run *run, struct err *e)
{
	const char *path = run->want->rules;
	struct buf text = { .max = RULES_TEXT_MAX };
	int got = tool_read(path, RULES_TEXT_MAX, &text, e);

	if (!got && offline_redact_text(buf_str(&text), &run->rules_text))
		report_secret(run, path, 0);
	if (!run->want->redact) {
		buf_done(&run->rules_text);
		run->rules_text = text;
	} else {
		buf_done(&text);
	}
	return got;
}

static int
read_rules(struct run *run, struct err *e)
{
	if (!run->want->rules)
		return 0;
	if (read_rules_text(run, e) ||
	    rules_read(&run->rules, buf_str(&run->rules_text), e)) {
		e->status = ST_USAGE;
		return err_prefix(e, "--rules");
	}
	return 0;
}

static int
read_baseline(struct run *run, struct err *e)
{
	const char *path = run->want->baseline;
	struct buf text = { .max = BASELINE_MAX };
	int got = 0;

	if (!path)
		return 0;
	if (tool_read(path, BASELINE_MAX, &text, e) ||
	    baseline_read(&run->baseline, buf_str(&text), e))
		got = err_prefix(e, "--baseline");
	buf_done(&text);
	return got;
}

int
run_prepare(struct run *run, struct err *e)
{
	const struct opts *o = &run->set->opts;

	run->langs = tool_languages();
	run->paths = o->operands;
	run->npaths = o->noperands;
	if (run->want->json && !run->want->format)
		run->want->format = "json";
	die_use_json(run->want->json);
	if (run->want->offline && run->set->dry_run)
		return err_set(e, ST_USAGE,
		    "--offline asks nothing that --dry-run could print");
	return take_words(run, e) || check_written(run, e) ||
		read_rules(run, e) || read_baseline(run, e) ||
		check_stdin(run, e)
	    ? -1
	    : 0;
}

void
run_done(struct run *run)
{
	request_close(run);
	report_close(run);
	rules_done(&run->rules);
	baseline_done(&run->baseline);
	buf_done(&run->rules_text);
	lang_set_free(run->langs);
}
