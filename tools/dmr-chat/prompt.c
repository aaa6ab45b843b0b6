/* dmr-chat: the prompt, and all else that is sent. */
#include <unistd.h>

#include "answer.h"
#include "ask_request.h"
#include "die.h"
#include "file.h"
#include "request.h"
#include "span.h"
#include "tool_prompt.h"
#include "turn.h"

enum {
	SILENCE_MS = 10000, /* of a pipe, before a hint */
};

/*
 * The operands, joined by one space, are {{prompt}}; "-" is standard input,
 * which is read anyway.
 */
static int
take_operands(struct chat *c, struct err *e)
{
	const struct opts *o = &c->run.set->opts;

	for (size_t i = 0; i < o->noperands; i++) {
		if (!strcmp(o->operands[i], "-")) {
			if (c->has_dash || c->run.set->no_stdin)
				return err_set(e, ST_USAGE, CHAT_READ_ONCE);
			c->has_dash = true;
			continue;
		}
		if (c->operands.len)
			buf_add_char(&c->operands, ' ');
		buf_add_text(&c->operands, o->operands[i]);
	}
	tool_repair(&c->operands, "the prompt");
	if (!c->operands.len)
		return 0;
	return prompt_set(&c->prompt, STR("prompt"), buf_str(&c->operands), e);
}

/* The names that are not for -p to give, and what they stand for. */
static const char *
standard_value(struct str name)
{
	if (str_is(name, "prompt"))
		return "the operands";
	if (str_is(name, "files"))
		return "what --file names";
	if (str_is(name, "images"))
		return "what --attach names";
	return str_is(name, "input") ? "standard input" : NULL;
}

/* --tools: a JSON array of objects, sent as it is. */
static int
take_tools(struct chat *c, struct err *e)
{
	struct str tool;
	size_t at = 0, n = 0, nobjects = 0;
	int got;

	for (size_t i = 0; i < c->run.set->options.n; i++)
		c->run.offers_tools |= str_starts(
		    str_of(c->run.set->options.items[i]), "tools=");
	if (!c->want->tools)
		return 0;
	c->run.offers_tools = true;
	if (tool_text(c->want->tools, "--tools", &c->tools, e))
		return -1;
	while ((got = span_next(buf_str(&c->tools), &at, &tool)) == 1) {
		n++;
		nobjects += span_kind(tool) == SPAN_OBJECT;
	}
	if (got || !n || n != nobjects)
		return err_set(e, ST_USAGE,
		    "--tools: not a JSON array of definitions of tools");
	return 0;
}

/* --schema, --jq and --assert, found wrong before anything is sent. */
static int
take_checks(struct chat *c, struct err *e)
{
	struct buf text = { 0 };
	int got = 0;

	if (c->want->schema) {
		got = tool_text(c->want->schema, "--schema", &text, e);
		if (!got)
			c->schema = schema_read(buf_str(&text), e);
		got = c->schema ? 0 : -1;
		buf_done(&text);
	}
	if (!got && c->want->filter) {
		c->filter = filter_open(c->want->filter, "--jq", e);
		got = c->filter ? 0 : -1;
	}
	if (!got && c->want->assertion) {
		c->assertion = filter_open(c->want->assertion, "--assert", e);
		got = c->assertion ? 0 : -1;
	}
	return got;
}

/* Is there something to read, and may it be read? */
static bool
wants_stdin(const struct chat *c)
{
	bool places = !c->prompt.file || c->prompt.values[PROMPT_INPUT].placed;

	if (c->run.set->no_stdin || tool_stdin_is_taken())
		return false;
	if (!file_is_terminal(STDIN_FILENO))
		return true;
	if (!c->has_dash && (c->operands.len || !places))
		return false;
	warn("reading standard input; end it with ^D");
	return true;
}

/* Is there a question without it? */
static bool
can_do_without_stdin(const struct chat *c)
{
	if (c->prompt.file)
		return !c->prompt.values[PROMPT_INPUT].needed;
	return c->operands.len || c->files.len || c->images.n ||
	    chat_owes_answer(c);
}

static int
read_stdin(struct chat *c, struct err *e)
{
	struct str input;

	if (c->has_dash && tool_stdin_is_taken())
		return err_set(e, ST_USAGE, CHAT_READ_ONCE);
	if (!wants_stdin(c))
		return 0;
	if (can_do_without_stdin(c) && !file_wait(STDIN_FILENO, SILENCE_MS))
		warn("still waiting for standard input; -n does not read it");
	if (file_read_fd(
		STDIN_FILENO, "standard input", API_BODY_MAX, &c->input, e))
		return -1;
	c->input.len = str_chomp(buf_str(&c->input)).len;
	tool_repair(&c->input, "standard input");
	input = str_skip_bom(buf_str(&c->input));
	if (str_is_blank(input))
		return 0;
	return prompt_set(&c->prompt, STR("input"), input, e);
}

/* An empty standard input must not become an empty question. */
static int
check_input(const struct chat *c, struct err *e)
{
	if (c->prompt.values[PROMPT_INPUT].given || can_do_without_stdin(c))
		return 0;
	if (!c->run.set->no_stdin && !tool_stdin_is_taken() &&
	    file_is_terminal(STDIN_FILENO) && c->prompt.file && c->operands.len)
		return err_set(e, ST_INPUT,
		    "the template wants standard input; try: ... < FILE");
	if (!c->run.set->no_stdin && !tool_stdin_is_taken())
		return err_set(e, ST_INPUT, "standard input is empty");
	return err_set(e, ST_USAGE, "%s",
	    c->prompt.file
		? "the template wants standard input, which -n leaves out"
		: "no prompt; try: dmr-chat -n 'PROMPT'");
}

static int
open_template(struct chat *c, struct err *e)
{
	struct settings *set = c->run.set;

	if (prompt_open(&c->prompt, set->template, set->template_path,
		set->template ? tool_data_folder() : NULL, e) ||
	    tool_take_template(set, &c->prompt, e))
		return -1;
	if (opts_is_given(&set->opts, "extract-first") &&
	    !opts_is_given(&set->opts, "extract"))
		c->want->extract = c->want->extract_first ? "first" : NULL;
	if (set->verbose && c->prompt.file)
		warn("template '%s'", c->prompt.file);
	if (c->want->system &&
	    tool_text(c->want->system, "--system", &c->system, e))
		return -1;
	c->prompt.system = buf_str(&c->system);
	return 0;
}

bool
chat_has_question(const struct chat *c)
{
	for (size_t i = 0; i < c->prompt.tmpl.nmessages; i++)
		if (c->prompt.tmpl.messages[i].role != TMPL_SYSTEM &&
		    c->prompt.tmpl.messages[i].text.len)
			return true;
	return c->images.n || chat_owes_answer(c);
}

static int
check_written(const struct chat *c, struct err *e)
{
	const char *reasoning = c->want->reasoning;
	const char *const names[] = { c->run.set->output, c->run.set->log,
		c->want->conversation,
		reasoning && reasoning[0] == '@' ? reasoning + 1 : NULL };

	return ask_check_written(names, countof(names), e);
}

/* What --think and --no-think ask for. */
static void
take_think(struct chat *c)
{
	if (opts_source(&c->run.set->opts, "think") != OPT_UNSET)
		c->think = c->want->think ? API_THINK_ON : API_THINK_OFF;
}

int
chat_prepare(struct chat *c, struct err *e)
{
	if (open_template(c, e) || check_written(c, e) ||
	    chat_open_reasoning(c, e) || ask_take_settings(c->run.set, e) ||
	    take_checks(c, e) || take_tools(c, e) || take_operands(c, e) ||
	    tool_take_params(c->run.set, &c->prompt, c->params,
		countof(c->params), standard_value, e) ||
	    chat_take_files(c, e))
		return -1;
	take_think(c);
	c->run.streams = chat_streams(c);
	c->run.keeps = c->want->conversation || c->run.set->log;
	c->run.no_stream |= c->want->count;
	return 0;
}

int
chat_prompt(struct chat *c, struct err *e)
{
	if (prompt_wants(&c->prompt, e) || read_stdin(c, e) ||
	    chat_open_conversation(c, e) || check_input(c, e) ||
	    prompt_render(&c->prompt, e) || chat_check_system(c, e))
		return -1;
	tool_warn_of_params(&c->prompt);
	if (!chat_has_question(c))
		return err_set(e, ST_USAGE, "the prompt is empty");
	return 0;
}
