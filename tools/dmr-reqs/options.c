/* dmr-reqs: whether the options fit together, and what they say. */
#include <unistd.h>

#include "answers.h"
#include "ask_request.h"
#include "die.h"
#include "file.h"
#include "input.h"
#include "opt_value.h"
#include "run.h"
#include "tool_image.h"
#include "wizard.h"

/* What -c says in a report of its own. */
static int
take_check(struct run *run, struct err *e)
{
	static const char *const severities[] = { "low", "medium", "high",
		"critical", "none" };
	const struct run_options *want = run->want;
	const char *format = want->format ? want->format
	    : want->json                  ? "json"
					  : "text";

	run->check.fail_on = FINDING_MEDIUM;
	run->check.style = (enum lint_style)run->style;
	run->check.format = finding_format(format);
	if (!run->check.format)
		return err_set(e, ST_USAGE,
		    "--format: '%s' is not text, json, sarif or rdjsonl",
		    format);
	return opt_value_word(
	    "fail-on", want->fail_on, severities, 5, &run->check.fail_on, e);
}

static int
take_words(struct run *run, struct err *e)
{
	static const char *const formats[] = { "document", "json", "markdown",
		"records" };
	static const char *const styles[] = { [STYLE_SHALL] = "shall",
		[STYLE_EARS] = "ears",
		[STYLE_FREE] = "free" };
	static const char *const errors[] = { "fail", "pass" };
	const struct run_options *want = run->want;

	run->style = STYLE_SHALL;
	if (opt_value_word("style", want->style, styles, 3, &run->style, e) ||
	    opt_value_word(
		"on-error", want->on_error, errors, 2, &run->passes, e))
		return -1;
	if (want->check)
		return take_check(run, e);
	if (want->fail_on)
		return err_set(e, ST_USAGE, "--fail-on is for --check");
	if (want->json && !want->format)
		run->format = RUN_JSON;
	return opt_value_word(
	    "format", want->format, formats, 4, &run->format, e);
}

/* Is one of these given, which are not for it? */
static int
check_use(const struct run *run, const char *const *names, size_t n,
    const char *what, struct err *e)
{
	for (size_t i = 0; i < n; i++)
		if (opts_is_given(&run->set->opts, names[i]))
			return err_set(
			    e, ST_USAGE, "--%s is not for %s", names[i], what);
	return 0;
}

/* What makes no sense together. */
static int
check_options(const struct run *run, struct err *e)
{
	static const char *const model[] = { "ask", "questions", "answers",
		"context", "attach", "from", "on-error", "batch", "lines",
		"no-stdin", "dry-run" };
	static const char *const from[] = { "ask", "answers" };
	static const char *const one[] = { "ask", "from", "no-stdin",
		"on-error" };
	const struct run_options *want = run->want;
	bool is_many = tool_has_records(run->set);

	if (want->check)
		return check_use(run, model, countof(model), "--check", e);
	if (is_many && check_use(run, one, countof(one), "records", e))
		return -1;
	if (is_many && run->format > RUN_JSON)
		return err_set(e, ST_USAGE, "records have JSON");
	if (is_many && run->set->opts.noperands)
		return err_set(e, ST_USAGE,
		    "records have the ideas, there are no operands");
	if (want->from && check_use(run, from, countof(from), "--from", e))
		return -1;
	if (want->ask && !want->nquestions)
		return err_set(e, ST_USAGE, "--ask asks no --questions 0");
	if (want->ask && run->format > RUN_JSON)
		return err_set(e, ST_USAGE, "--ask prints JSON");
	return 0;
}

/*
 * The log, the output and the answers are different files.  A document may be
 * written where it was read, but nothing else.
 */
static int
check_written(const struct run *run, struct err *e)
{
	const struct settings *set = run->set;
	const char *const others[] = { set->log,
		set->dry_run ? set->output : NULL };

	const char *const names[] = { run->set->log, run->set->output,
		run->want->answers };

	if (ask_check_kept(others, countof(others), &run->want->from, 1,
		"--from names it", e))
		return -1;
	return ask_check_written(names, countof(names), e);
}

/* Can the file be made?  Nobody is to answer questions for nothing. */
static int
check_new(const char *path, struct err *e)
{
	struct file_replace file;

	if (file_replace_open(&file, path, e))
		return -1;
	file_replace_drop(&file);
	return 0;
}

/* What a dialogue is going to keep there need not be there yet. */
static int
take_answers(struct run *run, struct err *e)
{
	const char *path = run->want->answers;

	if (!path)
		return 0;
	if (run->is_wizard && file_is_absent(path))
		return check_new(path, e);
	return answers_read(path, &run->answers, &run->has_questions, e);
}

static void
choose_wizard(struct run *run)
{
	const struct settings *set = run->set;

	run->is_wizard = !run->want->check && !run->want->from &&
	    !set->opts.noperands && !set->no_stdin && !tool_has_records(set) &&
	    !set->disabled_by && wizard_can_ask();
}

/* A document that is whole is printed as it is, without templates. */
static bool
asks(struct run *run)
{
	return !run->want->from || run->news.len ||
	    document_meta(&run->from)->incomplete.n;
}

int
run_prepare(struct run *run, struct err *e)
{
	run->ask = (struct ask_run){ .set = run->set,
		.tool = "dmr-reqs",
		.path = API_CHAT_PATH,
		.url = "/v1" API_CHAT_PATH,
		.no_stream = true };
	die_use_json(run->want->json);
	choose_wizard(run);
	if (take_words(run, e) || check_options(run, e) ||
	    check_written(run, e))
		return -1;
	if (run->want->check)
		return 0;
	if (run->want->from && input_from(run, e))
		return -1;
	if ((asks(run) && stage_open(run, e)) || take_answers(run, e) ||
	    tool_take_images(run->ask.tool, &run->want->images, &run->images,
		&run->image_names, e))
		return -1;
	run->ask.model = tool_image_model(run->set, run->images.n);
	if (run->want->from)
		return 0;
	return tool_has_records(run->set) ? input_check(e)
					  : input_read(run, &run->input, e);
}

static void
free_answers(struct list *answers)
{
	while (answers->n)
		list_remove(answers, &question_kind, answers->n - 1);
	free(answers->items);
}

void
run_done(struct run *run)
{
	stage_close(run);
	free_answers(&run->answers);
	buf_done(&run->input);
	buf_done(&run->news);
	document_done(&run->from);
}
