/*
 * dmr-chat - send a prompt, print the answer.
 *
 * The prompt is made of a template, the operands and standard input.  The
 * answer is printed as it comes; the exit status says whether it is whole.
 */
#include <unistd.h>

#include "api_chat.h"
#include "api_models.h"
#include "die.h"
#include "mem.h"
#include "tool.h"

#define DEFAULT_MODEL "ai/qwen3-coder"

enum {
	SILENCE_MS = 10000, /* of a pipe, before a hint */
	LOADING_MS = 2000,  /* of the server, before a note */
};

#define READ_ONCE "'-' is standard input, which is read once, and not with -n"

static const char *system_text;
static bool no_stream;

static const struct opt opts[] = {
	{ OPT_TEXT, 's', "system", "TEXT", "the system message; @FILE reads it",
	    .to.text = &system_text },
	{ OPT_FLAG, 0, "no-stream", NULL, "ask for the whole answer at once",
	    .to.flag = &no_stream },
	{ .kind = OPT_END },
};

static const struct tool tool = {
	.name = "dmr-chat",
	.summary =
	    "send a prompt and standard input to a model, print its answer",
	.operands = "[prompt ...]",
	.shared = TOOL_SERVER | TOOL_MODEL | TOOL_TEMPLATE | TOOL_SAMPLING |
	    TOOL_OUTPUT,
	.opts = opts,
};

/* One question and its answer. */
struct chat {
	struct settings *set;
	struct prompt prompt;
	struct buf operands, input, system, params[PROMPT_VALUES_MAX];
	struct api *api;
	struct output *out;
	struct buf body;
	struct api_chat answer;
	bool has_dash;    /* an operand "-" */
	char *only_model; /* the one the server has */
};

/*
 * The operands, joined by one space, are {{prompt}}; "-" is standard input,
 * which is read anyway.
 */
static int
take_operands(struct chat *c, struct err *e)
{
	const struct opts *o = &c->set->opts;

	for (size_t i = 0; i < o->noperands; i++) {
		if (!strcmp(o->operands[i], "-")) {
			if (c->has_dash || c->set->no_stdin)
				return err_set(e, ST_USAGE, READ_ONCE);
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

/* -p NAME=TEXT, NAME=@FILE */
static int
take_params(struct chat *c, struct err *e)
{
	const struct opt_list *list = &c->set->params;

	if (list->n > PROMPT_VALUES_MAX)
		return err_set(e, ST_USAGE, "too many --param");
	for (size_t i = 0; i < list->n; i++) {
		struct str rest = str_of(list->items[i]);
		struct str name = str_cut(&rest, '=');

		if (!name.len || !rest.data)
			return err_set(e, ST_USAGE,
			    "--param: '%s' is not NAME=TEXT", list->items[i]);
		if (str_is(name, "input") || str_is(name, "prompt"))
			return err_set(e, ST_USAGE,
			    "--param: '%.*s' is taken: it is %s",
			    STR_ARGS(name),
			    str_is(name, "input") ? "standard input"
						  : "the operands");
		if (tool_text(rest.data, "--param", &c->params[i], e) ||
		    prompt_set(&c->prompt, name, buf_str(&c->params[i]), e))
			return -1;
	}
	return 0;
}

/* Is there something to read, and may it be read? */
static bool
wants_stdin(const struct chat *c)
{
	bool places = !c->prompt.file || c->prompt.values[PROMPT_INPUT].placed;

	if (c->set->no_stdin || tool_stdin_is_taken())
		return false;
	if (!file_is_terminal(STDIN_FILENO))
		return true;
	if (!c->has_dash && (c->operands.len || !places))
		return false;
	warn("reading standard input; end it with ^D");
	return true;
}

static bool
can_do_without_stdin(const struct chat *c)
{
	return c->prompt.file ? !c->prompt.values[PROMPT_INPUT].needed
			      : c->operands.len > 0;
}

static int
read_stdin(struct chat *c, struct err *e)
{
	if (c->has_dash && tool_stdin_is_taken())
		return err_set(e, ST_USAGE, READ_ONCE);
	if (!wants_stdin(c))
		return 0;
	if (can_do_without_stdin(c) && !file_wait(STDIN_FILENO, SILENCE_MS))
		warn("still waiting for standard input; -n does not read it");
	if (file_read_fd(
		STDIN_FILENO, "standard input", API_BODY_MAX, &c->input, e))
		return -1;
	c->input.len = str_chomp(buf_str(&c->input)).len;
	tool_repair(&c->input, "standard input");
	if (str_is_blank(buf_str(&c->input)))
		return 0;
	return prompt_set(&c->prompt, STR("input"), buf_str(&c->input), e);
}

/* An empty standard input must not become an empty question. */
static int
check_input(const struct chat *c, struct err *e)
{
	if (c->prompt.values[PROMPT_INPUT].given || can_do_without_stdin(c))
		return 0;
	if (!c->set->no_stdin)
		return err_set(e, ST_INPUT, "standard input is empty");
	return err_set(e, ST_USAGE, "%s",
	    c->prompt.file
		? "the template wants standard input, which -n leaves out"
		: "no prompt; try: dmr-chat -n 'PROMPT'");
}

/* Lists of options become part of the sampling; texts become UTF-8. */
static int
take_sampling(struct chat *c, struct err *e)
{
	struct settings *set = c->set;

	if (set->model && api_model_check_name(set->model, e))
		return -1;
	for (size_t i = 0; i < set->stops.n; i++)
		set->stops.items[i] = tool_repaired(
		    set->stops.items[i], "--stop");
	set->sampling.stops = set->stops.items;
	set->sampling.nstops = set->stops.n;
	set->sampling.options = set->options.items;
	set->sampling.noptions = set->options.n;
	return 0;
}

/* A variable that the template does not have is likely a typing error. */
static void
warn_about_params(const struct prompt *p)
{
	for (size_t i = PROMPT_OTHERS; i < p->nvalues; i++)
		if (!p->values[i].used)
			warn("--param: nothing takes '%.*s'",
			    STR_ARGS(p->values[i].name));
}

/* All that makes the prompt, in messages. */
static int
make_prompt(struct chat *c, struct err *e)
{
	struct settings *set = c->set;

	if (prompt_open(&c->prompt, set->template, set->template_path,
		set->template ? tool_data_folder() : NULL, e) ||
	    tool_take_template(set, &c->prompt, e))
		return -1;
	if (take_sampling(c, e))
		return -1;
	if (set->verbose && c->prompt.file)
		warn("template '%s'", c->prompt.file);
	if (system_text && tool_text(system_text, "--system", &c->system, e))
		return -1;
	c->prompt.system = buf_str(&c->system);
	if (take_operands(c, e) || take_params(c, e) ||
	    prompt_wants(&c->prompt, e) || read_stdin(c, e) ||
	    check_input(c, e))
		return -1;
	if (prompt_render(&c->prompt, e))
		return -1;
	warn_about_params(&c->prompt);
	for (size_t i = 0; i < c->prompt.tmpl.nmessages; i++)
		if (c->prompt.tmpl.messages[i].text.len)
			return 0;
	return err_set(e, ST_USAGE, "the prompt is empty");
}

static void
on_start(struct api_call *call)
{
	struct chat *c = call->owner;

	api_chat_done(&c->answer);
	c->answer = (struct api_chat){ .model = call->model,
		.server = api_call_server(call) };
}

static int
on_bytes(struct api_call *call, struct str piece, struct err *e)
{
	struct chat *c = call->owner;
	int got = api_chat_feed(&c->answer, piece, e);

	call->foreign = c->answer.foreign;
	return got;
}

static int
on_end(struct api_call *call, struct err *e)
{
	struct chat *c = call->owner;
	int got = api_chat_end(&c->answer, c->set->cut_ok, e);

	call->foreign = c->answer.foreign;
	return got;
}

static int
print_text(struct chat *c, struct err *e)
{
	int got = output_text(c->out, buf_str(&c->answer.text), e);

	buf_clear(&c->answer.text);
	return got;
}

/* Ask one model and print what comes. */
static int
ask(struct chat *c, const char *model, struct err *e)
{
	struct api_call call = { .method = "POST",
		.path = API_CHAT_PATH,
		.model = model,
		.on_start = on_start,
		.on_bytes = on_bytes,
		.on_end = on_end,
		.owner = c };
	struct api_chat_request request = { .model = model,
		.messages = c->prompt.tmpl.messages,
		.nmessages = c->prompt.tmpl.nmessages,
		.sampling = &c->set->sampling,
		.stream = !no_stream };
	int64_t note_ms = http_now() + LOADING_MS;
	int got = 0;

	buf_clear(&c->body);
	if (api_chat_write(&c->body, &request, e))
		return -1;
	call.body = buf_str(&c->body);
	api_start(c->api, &call);
	while (!got && !call.done) {
		got = tool_wait(c->api, c->out, 500, e);
		if (!got)
			got = print_text(c, e);
		if (!call.http.begun && http_now() >= note_ms &&
		    file_is_terminal(STDERR_FILENO)) {
			note_ms = INT64_MAX;
			warn("loading %s ...", model);
		}
	}
	if (!got && call.err.status) {
		*e = call.err;
		got = -1;
	}
	api_call_done(&call);
	return got;
}

/* Learn the name of the only model there is. */
static int
find_only_model(struct chat *c, struct err *e)
{
	struct api_call call = { .method = "GET", .path = "/models" };

	if (!tool_call(c->api, &call, c->out, e))
		c->only_model = api_models_only(buf_str(&call.http.reply), e);
	api_call_done(&call);
	return c->only_model ? 0 : -1;
}

/* Ask the model that is named, else ours, else the only one there is. */
static int
ask_some_model(struct chat *c, struct err *e)
{
	const char *named = c->set->model;
	int got = ask(c, named ? named : DEFAULT_MODEL, e);

	if (!got || named || e->status != ST_NO_MODEL || c->out->last)
		return got;
	return find_only_model(c, e) ? -1 : ask(c, c->only_model, e);
}

static void
warn_about(const struct api_chat *answer)
{
	if (answer->bad_bytes)
		warn("the answer held %zu bytes that are no UTF-8; U+FFFD "
		     "stands for them",
		    answer->bad_bytes);
	if (answer->late_text)
		warn("text after the end of the answer was left out");
	if (answer->odd_finish[0])
		warn("unknown finish_reason '%s'", answer->odd_finish);
}

/* The answer ends in a newline, whole or not; a file is kept if it is good. */
static void
end_output(struct chat *c, struct err *e)
{
	struct err late = ERR_NONE;

	if (e->status != ST_OUTPUT) { /* the reader is there */
		print_text(c, &late);
		if (!late.status && c->out->last && c->out->last != '\n')
			output_text(c->out, STR("\n"), &late);
	}
	output_close(c->out, !e->status && !late.status,
	    late.status ? &(struct err)ERR_NONE : &late);
	if (!e->status)
		*e = late;
	warn_about(&c->answer);
}

static void
run(struct chat *c, struct err *e)
{
	if (make_prompt(c, e))
		return;
	c->out = tool_output(c->set, e);
	if (!c->out)
		return;
	c->api = tool_api(c->set);
	ask_some_model(c, e);
	end_output(c, e);
	api_close(c->api);
}

static void
clean_up(struct chat *c)
{
	prompt_done(&c->prompt);
	api_chat_done(&c->answer);
	buf_done(&c->operands);
	buf_done(&c->input);
	buf_done(&c->system);
	buf_done(&c->body);
	free(c->only_model);
	for (size_t i = 0; i < countof(c->params); i++)
		buf_done(&c->params[i]);
}

int
main(int argc, char **argv)
{
	static struct chat chat;
	struct err e = ERR_NONE;

	chat.set = tool_start(&tool, argc, argv);
	run(&chat, &e);
	clean_up(&chat);
	return tool_finish(&e);
}
