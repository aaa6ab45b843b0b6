/* api - what an error's body says, in one line. */
#include <inttypes.h>

#include "api.h"
#include "span.h"

enum { MESSAGE_MAX = 300 }; /* bytes quoted of what the server says */

/* What is read of an error, whatever its shape. */
struct fault {
	struct buf message;
	struct str type, code; /* raw JSON */
};

static struct str
first_line(struct str text)
{
	text = str_trim(text);
	return str_trim(str_cut(&text, '\n'));
}

/*
 * JSON shapes, by Docker Model Runner, llama.cpp, Anthropic's, Ollama's and
 * FastAPI's conventions: error.message, error, message, detail.
 */
static bool
read_json(struct str body, struct fault *f)
{
	static const char *const outer[] = { "error", "message", "detail" };
	static const char *const inner[] = { "message", "type", "code" };
	struct str v[countof(outer)], w[countof(inner)], first;
	size_t at = 0;

	if (span_members(body, outer, countof(outer), v))
		return false;
	if (!span_members(v[0], inner, countof(inner), w)) {
		span_text(w[0], NULL, &f->message);
		f->type = w[1];
		f->code = w[2];
	}
	for (size_t i = 0; !f->message.len && i < countof(v); i++)
		span_text(v[i], NULL, &f->message);
	if (!f->message.len && span_next(v[2], &at, &first) == 1)
		span_text(span_member(first, "msg"), NULL, &f->message);
	return true;
}

/* HTML says it in its title, if at all. */
static void
read_html(struct str body, struct fault *f)
{
	struct str rest = body, title = { 0 };

	while (rest.len && !title.len) {
		str_cut(&rest, '<');
		if (str_starts(rest, "title>") || str_starts(rest, "TITLE>")) {
			rest = str_skip(rest, 6);
			title = str_trim(str_cut(&rest, '<'));
		}
	}
	buf_add_text(&f->message, "an HTML error page");
	if (title.len)
		buf_add_format(&f->message, ", '%.*s'", STR_ARGS(title));
}

/* A message has no NUL, which would end it for who prints it. */
static void
blank_nuls(struct buf *message)
{
	for (size_t i = 0; i < message->len; i++)
		if (!message->data[i])
			message->data[i] = ' ';
}

static void
read_fault(struct str body, struct fault *f)
{
	struct str text = str_trim(body);

	f->message.max = body.len + 64; /* no escape is longer than it */
	if (read_json(text, f) && f->message.len)
		return;
	if (str_starts(text, "<"))
		read_html(text, f);
	else if (!str_starts(text, "{"))
		buf_add(&f->message, first_line(text));
	if (!f->message.len)
		buf_add_text(&f->message,
		    text.len ? "an error without a message" : "nothing");
}

static bool
says(struct str text, const char *words)
{
	return str_find(text, str_of(words)) < text.len;
}

/* In the words of Docker Model Runner, llama.cpp, vLLM, Ollama, OpenAI. */
static bool
is_model_missing(const struct fault *f, int status)
{
	struct str text = buf_str(&f->message);

	if (str_is(f->code, "\"model_not_found\""))
		return true;
	return status == 404 && says(text, "odel") &&
	    (says(text, "not found") || says(text, "does not exist"));
}

static bool
is_too_long(const struct fault *f, int status)
{
	return str_is(f->type, "\"exceed_context_size_error\"") ||
	    str_is(f->code, "\"context_length_exceeded\"") ||
	    (status == 400 &&
		says(buf_str(&f->message), "maximum context length"));
}

bool
api_context(struct str body, int64_t *tokens, int64_t *context)
{
	struct str error = span_member(body, "error");

	return !span_integer(span_member(error, "n_prompt_tokens"), tokens) &&
	    !span_integer(span_member(error, "n_ctx"), context) &&
	    *tokens > 0 && *tokens <= INT32_MAX && *context > 0 &&
	    *context <= INT32_MAX;
}

static int
say_too_long(
    struct err *e, struct str body, const struct fault *f, const char *model)
{
	int64_t tokens, context;

	if (!api_context(body, &tokens, &context))
		return err_set(e, ST_CUT,
		    "the prompt does not fit the model's context: %.300s",
		    f->message.data);
	return err_set(e, ST_CUT,
	    "the prompt has %" PRId64 " tokens, the model's context %" PRId64
	    "; try: a shorter input, or dmr-models configure "
	    "--context-size %" PRId64 " %s",
	    tokens, context, tokens + tokens / 4, model);
}

/*
 * What llama.cpp says of embeddings: the model must know how many vectors
 * become one, and a text fit into what it computes at once.
 */
#define CONFIGURE \
	"dmr-models configure %s --mode embedding -- --pooling mean " \
	"--ubatch-size 2048"

static bool
is_unpooled(const struct fault *f)
{
	return says(buf_str(&f->message), "Pooling type 'none'");
}

static bool
is_too_large(const struct fault *f)
{
	return says(buf_str(&f->message), "is too large to process");
}

/* A server that was not started for vectors. */
static bool
is_unfit(const struct fault *f)
{
	return says(buf_str(&f->message), "does not support embeddings");
}

static int
say_pooling(
    struct err *e, const struct fault *f, const char *model, const char *server)
{
	if (is_unfit(f))
		return err_set(e, ST_SERVER,
		    "'%s' makes no vectors with the model '%s': %.300s; "
		    "try: " CONFIGURE,
		    server, model, f->message.data, model);
	if (is_unpooled(f))
		return err_set(e, ST_SERVER,
		    "the model '%s' makes no vector of a text: it has no "
		    "pooling; try: " CONFIGURE,
		    model, model);
	return err_set(e, ST_CUT,
	    "the text is too long for the server's physical batch: %.300s; "
	    "try: " CONFIGURE,
	    f->message.data, model);
}

static int
say_status(struct err *e, int status, const struct fault *f, const char *server)
{
	struct str text = first_line(buf_str(&f->message));
	const char *hint = "";

	if (text.len > MESSAGE_MAX)
		text.len = MESSAGE_MAX;
	if (status == 401 || status == 403)
		hint = "; try: --key-file FILE";
	else if (status == 504)
		hint = "; a gateway on the way did not wait for the server";
	if (!status)
		err_set(e, ST_SERVER, "the server broke the answer off: %.*s",
		    STR_ARGS(text));
	else
		err_set(e, ST_SERVER, "'%s' answered %d: %.*s%s", server,
		    status, STR_ARGS(text), hint);
	e->retryable = status == 408 || status == 429 || status >= 500;
	return -1;
}

int
api_error(struct err *e, int status, struct str body, const char *model,
    const char *server)
{
	struct fault f = { 0 };

	read_fault(body, &f);
	blank_nuls(&f.message);
	if (is_too_long(&f, status))
		say_too_long(e, body, &f, model ? model : "NAME");
	else if (is_unpooled(&f) || is_unfit(&f) || is_too_large(&f))
		say_pooling(e, &f, model ? model : "NAME", server);
	else if (is_model_missing(&f, status))
		err_set(e, ST_NO_MODEL,
		    "no model '%s' on '%s'; try: dmr-models pull %s",
		    model ? model : "", server, model ? model : "NAME");
	else
		say_status(e, status, &f, server);
	buf_done(&f.message);
	return -1;
}
