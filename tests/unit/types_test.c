/*
 * types_test - J18: every field that is read of a server's answers, with
 * values of every type.
 *
 * A table says for each field what stands around it, and for each value what
 * comes of it.  Each text is read in two ways.
 */
#include "api_models.h"
#include "api_pull.h"
#include "chat.h"

static const char *const values[] = { NULL, "null", "true", "1", "-1.5",
	"1e999", "\"\"", "\"x\"", "[]", "{}" };

/* Where a field stands. */
struct field {
	const char *name;    /* "[]": an element */
	const char *text;    /* ~: its place, ': ", @: delta or message */
	const char *want[2]; /* what comes of the values, in either way */
};

/*
 * A letter for what comes of a value: = if the text says the same without it,
 * + if it is taken; for an error the letter of its status, a small one if
 * without the field nothing would be wrong, or something else.
 */
static const struct {
	enum status status;
	const char *letters;
} verdicts[] = {
	{ ST_OK, "=+" },
	{ ST_CUT, "Tt" }, /* too long */
	{ ST_REFUSED, "Rr" },
	{ ST_UNUSABLE, "Uu" },
	{ ST_NO_MODEL, "Mm" },
	{ ST_INCOMPLETE, "Nn" }, /* not whole */
	{ ST_SERVER, "Ee" },
};

#define SAID "'@':{'content':'Hi'},'finish_reason':'stop'"
#define MESSAGE(members) \
	"{'choices':[{'finish_reason':'stop','@':{" members "}}]}"
#define CALL(members) \
	"{'choices':[{'@':{'tool_calls':[{" members "}]}," \
	"'finish_reason':'tool_calls'}]}"

/* An event of a stream, and a whole answer. */
static const struct field chat[] = {
	{ "choices", "{~'id':1}", { "==eeeeee=e", "NNeeeeeeNe" } },
	{ "[]", "{'choices':[~]}", { "=eeeeeeee=", "NeeeeeeeeN" } },
	{ "index", "{'choices':[{~" SAID "}]}",
	    { "==e+eeeeee", "==eneeeeee" } },
	{ "@", "{'choices':[{~'index':0}]}", { "==eeeeeee=", "NNeeeeeeeN" } },
	{ "content", MESSAGE("~'role':'x'"), { "==eeee=+=e", "UUeeeeU+Ue" } },
	{ "[]", MESSAGE("'content':[~]"), { "=eeeeeeeee", "Ueeeeeeeee" } },
	{ "type", MESSAGE("'content':[{~'text':'t'}]"),
	    { "=eeeeeeeee", "=eeeeeeeee" } },
	{ "text", MESSAGE("'content':[{~'type':'text'}]"),
	    { "EEEEEE++EE", "EEEEEEu+EE" } },
	{ "refusal", MESSAGE("~'content':'Hi'"),
	    { "=======r==", "=======r==" } },
	{ "reasoning_content", MESSAGE("~'content':'Hi'"),
	    { "=======+==", "=======+==" } },
	{ "reasoning", MESSAGE("~'content':'Hi'"),
	    { "=======+==", "=======+==" } },
	{ "thinking", MESSAGE("~'content':'Hi'"),
	    { "=======+==", "=======+==" } },
	{ "tool_calls", MESSAGE("~'content':'Hi'"),
	    { "==========", "==========" } },
	{ "finish_reason", "{'choices':[{~'@':{'content':'Hi'}}]}",
	    { "==eeee=+ee", "NNeeeeN+ee" } },
	{ "model", "{~'choices':[{" SAID "}]}",
	    { "=======+==", "=======+==" } },
	{ "usage", "{~'choices':[{" SAID "}]}",
	    { "==========", "==========" } },
	{ "prompt_tokens", "{'usage':{~'x':1},'choices':[{" SAID "}]}",
	    { "===+======", "===+======" } },
	{ "completion_tokens", "{'usage':{~'x':1},'choices':[{" SAID "}]}",
	    { "===+======", "===+======" } },
	{ "total_tokens", "{'usage':{~'x':1},'choices':[{" SAID "}]}",
	    { "===+======", "===+======" } },
	{ "prompt_tokens_details", "{'usage':{~'x':1},'choices':[{" SAID "}]}",
	    { "==========", "==========" } },
	{ "cached_tokens",
	    "{'usage':{'prompt_tokens_details':{~'x':1}},'choices':[{" SAID
	    "}]}",
	    { "===+======", "===+======" } },
	{ "error", "{~'choices':[{" SAID "}]}",
	    { "==eeeeeee=", "==eeeeeee=" } },
	{ "message", "{'error':{~'id':1}}", { "EEEEEEEeEE", "EEEEEEEeEE" } },
	{ "code", "{'error':{~'message':'m'}}",
	    { "EEEEEEEEEE", "EEEEEEEEEE" } },
	{ "message", "{~'id':1}", { "=eeeeeeeee", "Neeeeeeeee" } },
	{ "detail", "{~'id':1}", { "=eeeeeeeee", "Neeeeeeeee" } },
	{ "object", "{~'id':1}", { "==========", "NNNNNNNNNN" } },
	{ "type", "{~'id':1}", { "==========", "NNNNNNNNNN" } },
};

/* The same, where tools were offered. */
static const struct field calls[] = {
	{ "tool_calls", MESSAGE("~'content':'Hi'"),
	    { "==eeeeee=e", "==eeeeee=e" } },
	{ "[]", "{'choices':[{'@':{'tool_calls':[~]},'finish_reason':'stop'}]}",
	    { "=eeeeeeeee", "Ueeeeeeeee" } },
	{ "index", CALL("~'function':{'name':'f'}"),
	    { "==e=eeeeee", "==e=eeeeee" } },
	{ "id", CALL("~'function':{'name':'f'}"),
	    { "==eeee=+ee", "==eeee=+ee" } },
	{ "type", CALL("~'function':{'name':'f'}"),
	    { "==========", "==========" } },
	{ "function", CALL("~'id':'a'"), { "EEeeeeeeeE", "EEeeeeeeeE" } },
	{ "name", CALL("'function':{~'arguments':'{}'}"),
	    { "EEeeeeE+ee", "EEeeeeE+ee" } },
	{ "arguments", CALL("'function':{~'name':'f'}"),
	    { "==eeee=+e+", "==eeee=+e+" } },
};

/* The body of a 400, and of a 404. */
static const struct field errors[] = {
	{ "error", "{~'id':1}", { "EEEEEEEeEE", "EEEEEEEeEE" } },
	{ "message", "{'error':{~'id':1}}", { "EEEEEEEeEE", "EEEEEEEeEE" } },
	{ "type", "{'error':{~'message':'m'}}",
	    { "EEEEEEEEEE", "EEEEEEEEEE" } },
	{ "code", "{'error':{~'message':'m'}}",
	    { "EEEEEEEEEE", "EEEEEEEEEE" } },
	{ "n_prompt_tokens",
	    "{'error':{~'n_ctx':1,'type':'exceed_context_size_error'}}",
	    { "TTTtTTTTTT", "TTTtTTTTTT" } },
	{ "n_ctx",
	    "{'error':{~'n_prompt_tokens':1,'type':'exceed_context_size_error'}}",
	    { "TTTtTTTTTT", "TTTtTTTTTT" } },
	{ "message", "{~'id':1}", { "EEEEEEEeEE", "EEEEEEEeEE" } },
	{ "detail", "{~'id':1}", { "EEEEEEEeEE", "EEEEEEEeEE" } },
	{ "[]", "{'detail':[~]}", { "EEEEEEEEEE", "EEEEEEEEEE" } },
	{ "msg", "{'detail':[{~'id':1}]}", { "EEEEEEEeEE", "EEEEEEEeEE" } },
};

/* The list of models, and the only model of one. */
static const struct field models[] = {
	{ "data", "{~'id':1}", { "EEEEEEEE+E", "EEEEEEEEmE" } },
	{ "[]", "{'data':[~]}", { "=+++++++++", "MMMMMMMMMM" } },
	{ "id", "{'data':[{~'x':1}]}", { "=======+==", "MMMMMMM+MM" } },
	{ "dmr", "{'data':[{~'id':'m'}]}", { "==========", "==========" } },
	{ "parameters", "{'data':[{'id':'m','dmr':{~'x':1}}]}",
	    { "=======+==", "==========" } },
	{ "quantization", "{'data':[{'id':'m','dmr':{~'x':1}}]}",
	    { "=======+==", "==========" } },
	{ "size", "{'data':[{'id':'m','dmr':{~'x':1}}]}",
	    { "=======+==", "==========" } },
	{ "context_window", "{'data':[{'id':'m','dmr':{~'x':1}}]}",
	    { "===+======", "==========" } },
};

/* The list of loaded models. */
static const struct field loaded[] = {
	{ "[]", "[~]", { "=EEEEEEEEE", NULL } },
	{ "model_name", "[{~'x':1}]", { "EEEEEE=+EE", NULL } },
	{ "loading", "[{~'model_name':'x'}]", { "==+=======", NULL } },
};

/* A line of progress, and a line of success behind it. */
static const struct field pulls[] = {
	{ "type", "{~'message':'m'}", { "NNNNNNNNNN", "==========" } },
	{ "message", "{~'type':'error'}", { "EEEEEEEeEE", "EEEEEEEeEE" } },
	{ "total", "{~'type':'progress'}", { "NNNnNNNNNN", "===+======" } },
	{ "layer", "{~'type':'progress'}", { "NNNNNNNNNN", "==========" } },
	{ "mode", "{~'type':'success'}", { "==========", "==========" } },
	{ "id", "{'type':'progress','layer':{~'current':1}}",
	    { "Nnnnnnnnnn", "=+++++++++" } },
	{ "current", "{'type':'progress','layer':{~'id':'l'}}",
	    { "NNNnNNNNNN", "===+======" } },
};

/* --- what they say: a status, and words for all else --- */

static void
say_answer(const struct answer *a, struct buf *said)
{
	const struct api_usage *u = &a->usage;

	buf_add_format(said,
	    "%s|%s|%s|%s|%d|%" PRId64 " %" PRId64 " %" PRId64 " %" PRId64 "|",
	    a->err.text, a->finish, a->odd_finish, a->answered_by, a->late_text,
	    u->prompt_tokens, u->completion_tokens, u->total_tokens,
	    u->cached_tokens);
	buf_add(said, buf_str(&a->text));
	buf_add_char(said, '|');
	buf_add(said, buf_str(&a->reasoning));
	buf_add_char(said, '|');
	buf_add(said, buf_str(&a->calls));
}

static int
read_chat(struct str text, bool is_whole, bool wants_tools, struct buf *said)
{
	struct buf in = { 0 };
	struct answer a = { 0 };
	int status;

	if (!is_whole)
		buf_add_text(&in, DELTA("Hi") "data: ");
	for (size_t i = 0; i < text.len; i++) {
		if (text.data[i] == '@')
			buf_add_text(&in, is_whole ? "message" : "delta");
		else
			buf_add_char(&in, text.data[i]);
	}
	if (!is_whole)
		buf_add_text(&in, "\n\n" FINISH("stop") DONE);
	read_answer(
	    &a, buf_str(&in), (struct way){ .wants_tools = wants_tools });
	status = a.status;
	say_answer(&a, said);
	buf_done(&in);
	answer_done(&a);
	return status;
}

static int
read_words(struct str text, bool is_whole, struct buf *said)
{
	return read_chat(text, is_whole, false, said);
}

static int
read_calls(struct str text, bool is_whole, struct buf *said)
{
	return read_chat(text, is_whole, true, said);
}

static int
read_error(struct str text, bool is_404, struct buf *said)
{
	struct err e = ERR_NONE;

	api_error(&e, is_404 ? 404 : 400, text, "ai/m", SERVER);
	buf_add_text(said, e.text);
	return (int)e.status;
}

static void
say_models(const struct api_models *m, struct buf *said)
{
	for (size_t i = 0; i < m->n; i++)
		buf_add_format(said, "%s|%s|%s|%s|%s|%" PRId64 "|%d;",
		    m->models[i].id, m->models[i].name, m->models[i].parameters,
		    m->models[i].quantization, m->models[i].size,
		    m->models[i].context, m->models[i].loaded);
	buf_add_format(said, "%zu", m->nodd);
}

static int
read_models(struct str text, bool wants_one, struct buf *said)
{
	struct api_models m = { 0 };
	struct err e = ERR_NONE;
	char *name = NULL;

	if (wants_one) {
		name = api_models_only(text, "-m", "ai/smollm2", &e);
		buf_add_text(said, name ? name : "");
	} else {
		api_models_read(&m, text, &e);
		say_models(&m, said);
	}
	buf_add_text(said, e.text);
	free(name);
	api_models_done(&m);
	return (int)e.status;
}

static int
read_loaded(struct str text, bool second, struct buf *said)
{
	struct api_models m = { 0 };
	struct err e = ERR_NONE;

	(void)second;
	api_models_read(&m, STR("{\"data\":[{\"id\":\"x\"}]}"), &e);
	api_models_read_loaded(&m, text, &e);
	say_models(&m, said);
	api_models_done(&m);
	return (int)e.status;
}

static int
read_pull(struct str text, bool succeeds, struct buf *said)
{
	struct api_pull p = { .model = "ai/m" };
	struct err e = ERR_NONE;

	if (!api_pull_feed(&p, text, &e) && succeeds)
		api_pull_feed(&p, STR("\n{\"type\":\"success\"}\n"), &e);
	if (!e.status)
		api_pull_end(&p, &e);
	buf_add_format(
	    said, "%s|%" PRId64 " of %" PRId64, e.text, p.done, p.total);
	api_pull_done(&p);
	return (int)e.status;
}

/* --- the cells --- */

struct group {
	const char *name;
	int (*read)(struct str text, bool second, struct buf *said);
	const struct field *fields;
	size_t n;
};

static void
write_cell(const struct field *f, const char *value, struct buf *out)
{
	struct str after = str_of(f->text), before = str_cut(&after, '~');

	buf_add(out, before);
	if (value && strcmp(f->name, "[]") != 0)
		buf_add_format(out, "\"%s\":%s,", f->name, value);
	else if (value)
		buf_add_text(out, value);
	buf_add(out, after);
	for (size_t i = 0; i < out->len; i++)
		if (out->data[i] == '\'')
			out->data[i] = '"';
}

/* The letter of a status, or ? for one that no answer may have. */
static char
letter(int status, bool is_other)
{
	for (size_t i = 0; i < countof(verdicts); i++)
		if ((int)verdicts[i].status == status)
			return verdicts[i].letters[is_other];
	return '?';
}

static void
check_field(const struct group *g, const struct field *f, bool second)
{
	char got[countof(values) + 1] = { 0 };
	struct buf without = { 0 }, said = { 0 }, text = { 0 };

	for (size_t i = 0; i < countof(values); i++) {
		struct buf *out = i ? &said : &without;
		char *copy;
		int status;

		buf_clear(&text);
		buf_clear(&said);
		write_cell(f, values[i], &text);
		copy = tap_copy(buf_str(&text));
		status = g->read((struct str){ copy, text.len }, second, out);
		free(copy);
		got[i] = letter(
		    status, i && !str_equal(buf_str(&without), buf_str(out)));
		if (!tap_case(got[i] == f->want[second][i],
			"%s: %s: %c instead of %c", g->name, text.data, got[i],
			f->want[second][i]))
			tap_show("said", buf_str(out));
	}
	buf_done(&without);
	buf_done(&said);
	buf_done(&text);
}

int
main(void)
{
	static const struct group groups[] = {
		{ "a chat", read_words, chat, countof(chat) },
		{ "calls of tools", read_calls, calls, countof(calls) },
		{ "an error", read_error, errors, countof(errors) },
		{ "models", read_models, models, countof(models) },
		{ "loaded models", read_loaded, loaded, countof(loaded) },
		{ "a pull", read_pull, pulls, countof(pulls) },
	};
	long cells = 0;

	for (size_t i = 0; i < countof(groups); i++) {
		const struct group *g = &groups[i];

		for (size_t j = 0; j < g->n; j++)
			for (int way = 0; way < 2 && g->fields[j].want[way];
			     way++)
				check_field(g, &g->fields[j], way);
		cells += tap.cases;
		tap_all(g->name);
	}
	tap_ok(cells >= 400, "J18: that makes %ld cells", cells);
	return tap_done();
}
