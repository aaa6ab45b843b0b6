/*
 * dmr-complete - let a model continue a text.
 *
 * The text is standard input, sent as it came, without a template or the form
 * of a chat; its continuation is printed as it comes, and nothing else.  Or
 * standard input is records, each with a text.
 */
#include <unistd.h>

#include "ask_object.h"
#include "ask_request.h"
#include "die.h"
#include "file.h"
#include "span.h"

static struct {
	struct ask_run run;

	/* The options of dmr-complete alone. */
	const char *suffix, *format;
	bool echo;

	/* What is asked next; UTF-8. */
	struct buf text;
	struct str after; /* what follows the gap, or data NULL */

	struct buf came;        /* the text as it came, for --echo */
	struct buf suffixes[2]; /* room: of the option, of a record */
	bool has_echoed;
} self;

static const struct opt opts[] = {
	{ OPT_TEXT, 0, "suffix", "TEXT",
	    "what follows the gap that is to be filled; @FILE reads it",
	    .to.text = &self.suffix },
	{ OPT_FLAG, 0, "echo", NULL, "print the text, too, before the rest",
	    .to.flag = &self.echo },
	{ OPT_FLAG, 0, "no-stream", NULL, "ask for the whole answer at once",
	    .to.flag = &self.run.no_stream },
	{ OPT_TEXT, 'F', "format", "NAME", "what is printed: text or json",
	    .to.text = &self.format },
	{ OPT_FLAG, 0, "json", NULL,
	    "short for -F json: the answer and all about it, in a line",
	    .to.flag = &self.run.json },
	{ OPT_FLAG, 0, "usage", NULL, "tell tokens and times on standard error",
	    .to.flag = &self.run.usage },
	{ .kind = OPT_END },
};

static const struct tool tool = {
	.name = "dmr-complete",
	.summary = "let a model continue the text on standard input",
	.shared = TOOL_SERVER | TOOL_MODEL | TOOL_SAMPLING | TOOL_OUTPUT |
	    TOOL_RECORDS | TOOL_RECORD_TEXTS,
	.opts = opts,
	.json = &self.run.json,
	.format = &self.format,
};

/* --- what is asked --- */

static int
write_request(struct ask *a, const char *model, struct err *e)
{
	struct api_chat_request request = { .prompt = buf_str(&self.text),
		.suffix = self.after };

	return ask_write(a, &request, model, e);
}

static void
set_after(const struct buf *suffix)
{
	self.after = suffix->len ? buf_str(suffix) : STR("");
}

/* Not as tool_text() has it: a last newline counts here. */
static int
take_suffix(struct err *e)
{
	struct buf *suffix = &self.suffixes[0];

	if (!self.suffix)
		return 0;
	if (self.suffix[0] != '@')
		buf_add_text(suffix, self.suffix);
	else if (tool_read(self.suffix + 1, API_BODY_MAX, suffix, e))
		return -1;
	tool_repair(suffix, "--suffix");
	set_after(suffix);
	return 0;
}

static int
read_text(struct err *e)
{
	if (tool_stdin_is_taken())
		return err_set(e, ST_USAGE, "standard input can be read once");
	if (file_is_terminal(STDIN_FILENO))
		warn("reading standard input; end it with ^D");
	if (file_read_fd(
		STDIN_FILENO, "standard input", API_BODY_MAX, &self.text, e))
		return -1;
	if (!self.text.len && !self.after.data)
		return err_set(e, ST_INPUT, "standard input is empty");
	if (self.echo)
		buf_add(&self.came, buf_str(&self.text));
	tool_repair(&self.text, "standard input");
	return 0;
}

/* Tokens, several texts, or whatever: not one text. */
static bool
is_compound(struct str value)
{
	return span_kind(value) == SPAN_ARRAY ||
	    span_kind(value) == SPAN_OBJECT;
}

/* A prompt's fields win over options; its own suffix, too. */
static int
take_body(struct ask *a, const struct record *r, struct err *e)
{
	static const char *const own[] = { "prompt", "suffix", "messages" };
	struct str suffix = span_member(r->body, "suffix");

	if (is_compound(suffix))
		return err_set(e, ST_INPUT, "the suffix is no text");
	if (ask_take_fields(a, r, own, countof(own), e))
		return -1;
	buf_reset(&self.suffixes[1]);
	if (record_text(suffix, &self.suffixes[1]))
		set_after(&self.suffixes[1]);
	return 0;
}

/* A record is asked by its prompt, else, unless it is a batch's, its input. */
static int
take_record(struct ask *a, const struct record *r, struct err *e)
{
	bool is_batch = r->kind == RECORD_BATCH;
	struct str object = is_batch ? r->body : r->text;
	struct str text = span_member(object, "prompt");

	if (span_kind(text) <= SPAN_NULL && !is_batch)
		text = span_member(object, "input");
	if (is_compound(text))
		return err_set(e, ST_INPUT, "the prompt is no text");
	self.after = (struct str){ 0 };
	if (self.suffix)
		set_after(&self.suffixes[0]);
	if (r->body.len && take_body(a, r, e))
		return -1;
	buf_reset(&self.text);
	if (!record_text(text, &self.text))
		return err_set(e, ST_INPUT, "there is no prompt%s",
		    is_batch ? "" : " and no input");
	if (!self.text.len && !self.after.data)
		return err_set(e, ST_INPUT, "the text is empty");
	return 0;
}

/* --- what is printed --- */

static int
echo(struct err *e)
{
	if (!self.echo || self.run.json || self.has_echoed)
		return 0;
	self.has_echoed = true;
	return output_text(self.run.out, buf_str(&self.came), e);
}

static int
print(struct ask *a, struct str text, struct str reasoning, struct err *e)
{
	(void)a, (void)reasoning;
	if (!text.len)
		return 0;
	return echo(e) ? -1 : output_text(self.run.out, text, e);
}

/* The text that was asked stands in the request. */
static int
choose(struct ask *a, struct ask_value *value, bool as_json, struct err *e)
{
	struct str prompt = span_member(buf_str(&a->body), "prompt");

	(void)as_json, (void)e;
	if (self.echo)
		span_text(prompt, NULL, &value->text);
	buf_add(&value->text, buf_str(&a->said));
	return 0;
}

/* --- the run --- */

static void
finish(struct ask *a, struct err *e)
{
	struct err late = ERR_NONE;

	if (a->start_ms) {
		ask_end(a, e);
		if (!e->status)
			echo(e);
	}
	output_close(self.run.out, !e->status, e->status ? &late : e);
	if (a->start_ms) {
		ask_warn(a);
		if (self.run.usage)
			ask_tell_usage(a, e);
	}
	ask_log(a, e);
}

static void
complete(struct err *e)
{
	struct ask a = { .run = &self.run };

	if (read_text(e))
		return;
	self.run.out = tool_output(self.run.set, e);
	if (!self.run.out)
		return;
	if (self.run.set->dry_run)
		ask_dry_run(&a, e);
	else
		ask_server(&a, e);
	finish(&a, e);
	ask_done(&a);
}

static void
complete_many(struct err *e)
{
	struct tool_records *records = &self.run.set->records;

	if (!records->member)
		records->member = "completion";
	if (!strcmp(records->member, "suffix"))
		err_set(e, ST_USAGE,
		    "--as suffix: a record is asked by that member");
	else if (self.run.usage)
		err_set(e, ST_USAGE, "--usage is not for records");
	else if (tool_stdin_is_taken())
		err_set(e, ST_USAGE, "standard input can be read once");
	else
		ask_records(&self.run, e);
}

/* The text and its end are no fields of --option. */
static int
check_fields(const struct settings *set, struct err *e)
{
	static const char *const own[] = { "prompt", "suffix" };
	struct str key, value;

	for (size_t i = 0; i < set->sampling.noptions; i++)
		for (size_t k = 0; k < countof(own); k++)
			if (api_chat_split_option(
				set->sampling.options[i], &key, &value) &&
			    str_is(key, own[k]))
				return err_set(e, ST_USAGE,
				    "--option: '%s' cannot be set this way",
				    own[k]);
	return 0;
}

static int
prepare(struct settings *set, struct err *e)
{
	const char *const written[] = { set->output, set->log };

	if (set->opts.noperands)
		return err_set(e, ST_USAGE,
		    "'%s': the text is standard input; try: dmr-complete < "
		    "FILE",
		    set->opts.operands[0]);
	self.run.set = set;
	self.run.model = set->model;
	self.run.streams = !self.run.json;
	self.run.keeps = set->log;
	return ask_take_settings(set, e) || check_fields(set, e) ||
		ask_check_written(written, countof(written), e) ||
		take_suffix(e)
	    ? -1
	    : 0;
}

int
main(int argc, char **argv)
{
	struct err e = ERR_NONE;

	self.run = (struct ask_run){ .tool = tool.name,
		.path = API_COMPLETION_PATH,
		.url = "/v1" API_COMPLETION_PATH,
		.completes = true,
		.write = write_request,
		.print = print,
		.choose = choose,
		.take_record = take_record };
	if (!prepare(tool_start(&tool, argc, argv), &e))
		(tool_has_records(self.run.set) ? complete_many : complete)(&e);
	ask_close(&self.run);
	buf_done(&self.text);
	buf_done(&self.came);
	buf_done(&self.suffixes[0]);
	buf_done(&self.suffixes[1]);
	return tool_finish(&e);
}
