/*
 * dmr-chat - send a prompt to a model, print its answer.
 *
 * The prompt is made of a template, the operands, files and standard input.
 * The answer streams to standard output as it comes, or is held back until it
 * is whole and has passed what was asked of it.
 */
#include "dmr-chat/answer.h"
#include "dmr-chat/request.h"
#include "dmr-chat/turn.h"
#include "ask_request.h"

static struct chat_options want;
static struct chat chat = {
	.run = {
		.tool = "dmr-chat",
		.path = API_CHAT_PATH,
		.url = "/v1" API_CHAT_PATH,
		.write = chat_write_request,
		.print = chat_print,
		.choose = chat_choose,
		.take_record = chat_take_record,
		.owner = &chat,
	},
	.want = &want,
};
static struct ask answer = { .run = &chat.run };

static const struct opt opts[] = {
	{ OPT_TEXT, 's', "system", "TEXT", "the system message; @FILE reads it",
	    .to.text = &want.system },
	{ OPT_LIST, 'f', "file", "FILE", "add a file to the prompt",
	    .to.list = &want.files },
	{ OPT_LIST, 'a', "attach", "FILE",
	    "add an image: PNG, JPEG, GIF or WebP", .to.list = &want.images },
	{ OPT_TEXT, 'c', "conversation", "FILE",
	    "continue the conversation in FILE",
	    .to.text = &want.conversation },
	{ OPT_TEXT, 'S', "schema", "SPEC",
	    "JSON that holds to a schema: JSON, @FILE, 'name, age int'",
	    .to.text = &want.schema, .flags = OPT_TEMPLATE },
	{ OPT_TEXT, 0, "jq", "FILTER", "what a jq filter makes of the answer",
	    .to.text = &want.filter },
	{ OPT_TEXT, 0, "assert", "FILTER",
	    "exit 1 if a jq filter says false of the answer",
	    .to.text = &want.assertion },
	{ OPT_FLAG, 'x', "extract-first", NULL,
	    "the first code block of the answer alone",
	    .to.flag = &want.extract_first },
	{ OPT_TEXT, 0, "extract", "WHICH",
	    "code blocks alone: first, last, all or a language",
	    .to.text = &want.extract, .flags = OPT_TEMPLATE },
	{ OPT_TEXT, 'R', "reasoning", "WHERE",
	    "reasoning goes to none, stderr, stdout or @FILE",
	    .to.text = &want.reasoning, .flags = OPT_TEMPLATE },
	{ OPT_FLAG, 0, "think", NULL, "ask the model to reason (or --no-think)",
	    .to.flag = &want.think },
	{ OPT_TEXT, 0, "tools", "JSON",
	    "definitions of tools that the model may call; @FILE",
	    .to.text = &want.tools },
	{ OPT_FLAG, 0, "no-stream", NULL, "ask for the whole answer at once",
	    .to.flag = &chat.run.no_stream },
	{ OPT_TEXT, 'F', "format", "NAME", "what is printed: text or json",
	    .to.text = &want.format },
	{ OPT_FLAG, 0, "json", NULL,
	    "short for -F json: the answer and all about it, in a line",
	    .to.flag = &chat.run.json },
	{ OPT_FLAG, 0, "usage", NULL, "tell tokens and times on standard error",
	    .to.flag = &chat.run.usage },
	{ OPT_FLAG, 0, "count", NULL, "print how many tokens the prompt has",
	    .to.flag = &want.count },
	{ .kind = OPT_END },
};

static const struct tool tool = {
	.name = "dmr-chat",
	.summary =
	    "send a prompt and standard input to a model, print its answer",
	.operands = "[prompt ...]",
	.shared = TOOL_SERVER | TOOL_MODEL | TOOL_TEMPLATE | TOOL_SAMPLING |
	    TOOL_OUTPUT | TOOL_RECORDS | TOOL_RECORD_TEXTS,
	.opts = opts,
	.json = &chat.run.json,
	.format = &want.format,
};

/* One question, one answer. */
static void
ask(struct chat *c, struct err *e)
{
	if (chat_prompt(c, e))
		return;
	c->run.out = tool_output(c->run.set, e);
	if (!c->run.out)
		return;
	c->run.model = chat_named_model(c);
	if (c->run.set->dry_run)
		ask_dry_run(&answer, e);
	else if (want.count)
		chat_count(&answer, e);
	else
		ask_server(&answer, e);
	chat_finish(&answer, e);
	ask_log(&answer, e);
	ask_done(&answer);
}

static void
ask_many(struct chat *c, struct err *e)
{
	if (chat_open_questions(c, e))
		return;
	c->run.model = chat_named_model(c);
	ask_records(&c->run, e);
}

static void
run(struct chat *c, struct err *e)
{
	if (chat_prepare(c, e))
		return;
	(tool_has_records(c->run.set) ? ask_many : ask)(c, e);
}

static void
clean_up(struct chat *c)
{
	if (c->thoughts.is_file && c->thoughts.file.fd >= 0)
		file_replace_drop(&c->thoughts.file);
	prompt_done(&c->prompt);
	conversation_close(&c->conversation);
	ask_close(&c->run);
	chat_close_questions(c);
	schema_free(c->schema);
	filter_close(c->filter);
	filter_close(c->assertion);
	buf_done(&c->operands);
	buf_done(&c->input);
	buf_done(&c->system);
	buf_done(&c->files);
	buf_done(&c->image_names);
	buf_done(&c->tools);
	for (size_t i = 0; i < countof(c->params); i++)
		buf_done(&c->params[i]);
}

static void
abandon(void)
{
	conversation_abandon(&chat.conversation);
	file_replace_abandon(&chat.thoughts.file);
}

int
main(int argc, char **argv)
{
	struct err e = ERR_NONE;

	chat.run.set = tool_start(&tool, argc, argv);
	tool_at_end(abandon);
	run(&chat, &e);
	clean_up(&chat);
	return tool_finish(&e);
}
