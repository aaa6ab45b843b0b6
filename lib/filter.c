/* filter - jq filters over JSON text, by libjq. */
#include "filter.h"

#include <jq.h>
#include <signal.h>

#include "die.h"
#include "mem.h"
#include "span.h"
#include "utf8.h"

enum { MESSAGE_MAX = 600 }; /* bytes shown of a message of libjq */

struct filter {
	jq_state *jq;
	const char *name;   /* borrowed */
	struct buf message; /* the first one of the compiler */
	int noutputs;       /* of this run */
	volatile sig_atomic_t is_running, is_stopped;
};

/* libjq's own handler prints and aborts. */
static void
end_without_memory(void *owner)
{
	(void)owner;
	die_because(ST_MEMORY, "out of memory");
}

/* The bytes of a string, which lives as long as it. */
static struct str
view(jv string)
{
	int n = jv_string_length_bytes(jv_copy(string));

	return (struct str){ jv_string_value(string), (size_t)n };
}

/* A string stays as it is, all else becomes JSON text.  Eats the value. */
static jv
as_string(jv value)
{
	if (!jv_is_valid(value))
		value = jv_invalid_get_msg(value);
	return jv_get_kind(value) == JV_KIND_STRING ? value
						    : jv_dump_string(value, 0);
}

/* Append the text, cut at MESSAGE_MAX, in one line and printable. */
static void
add_line(struct buf *out, struct str text)
{
	size_t from = out->len, n;
	char *room;

	if (text.len > MESSAGE_MAX)
		text.len = utf8_valid((struct str){ text.data, MESSAGE_MAX });
	room = buf_room(out, UTF8_SCREEN_MAX(MESSAGE_MAX));
	n = utf8_screen_text(text, room);
	buf_claim(out, n);
	for (; from < out->len; from++)
		if (out->data[from] == '\n' || out->data[from] == '\t')
			out->data[from] = ' ';
}

/*
 * The compiler's messages: "jq: error: WHY at <top-level>, line 1:", the line
 * of the program, and further ones.  The first WHY is what counts.
 */
static void
take_message(void *owner, jv message)
{
	struct filter *f = owner;
	struct str rest, line;

	message = as_string(message);
	rest = view(message);
	line = str_cut(&rest, '\n');
	if (str_starts(line, "jq: error: "))
		line = str_skip(line, strlen("jq: error: "));
	if (str_ends(line, ":"))
		line.len--;
	if (!f->message.len)
		add_line(&f->message, line);
	jv_free(message);
}

/*
 * libjq 1.6 has no callback for `stderr`, and looks for libraries beside the
 * library path, too: in ".", and where the directive says.  A definition of
 * our own hides the one, and no import may stand behind it.  It is left out
 * where it is not needed, since messages count the columns.
 */
static const char *
prologue_for(const char *program)
{
	if (strstr(program, "stderr") || strstr(program, "import") ||
	    strstr(program, "include"))
		return "def stderr: .; ";
	return "";
}

static int
compile(struct filter *f, const char *program)
{
	char *text = mem_format("%s%s", prologue_for(program), program);
	int fine = jq_compile(f->jq, text);

	free(text);
	return fine ? 0 : -1;
}

struct filter *
filter_open(const char *program, const char *name, struct err *e)
{
	struct filter *f = mem_new(1, sizeof *f);

	f->name = name;
	jv_nomem_handler(end_without_memory, NULL);
	f->jq = jq_init();
	if (!f->jq)
		end_without_memory(NULL);
	/* jq_init() of libjq 1.6 leaves all of these undefined. */
	jq_set_nomem_handler(f->jq, end_without_memory, NULL);
	jq_set_input_cb(f->jq, NULL, NULL);
	jq_set_debug_cb(f->jq, NULL, NULL);
	jq_set_error_cb(f->jq, take_message, f);
	jq_set_attr(f->jq, jv_string("JQ_LIBRARY_PATH"), jv_array());
	if (!compile(f, program))
		return f;
	err_set(e, ST_USAGE, "%s: %s", name,
	    f->message.len ? f->message.data : "it does not compile");
	filter_close(f);
	return NULL;
}

/* jq_next() looks at what this sets before each step. */
void
filter_stop(struct filter *f)
{
	if (!f->is_running || jq_halted(f->jq))
		return;
	f->is_stopped = 1;
	jq_halt(f->jq, jv_null(), jv_null());
}

/* Say with libjq's message what went wrong.  Eats the message. */
static int
fail(const struct filter *f, jv message, struct err *e)
{
	struct buf line = { 0 };
	struct str text;

	message = as_string(message);
	text = view(message);
	/* What the parser refuses it also quotes, as a whole. */
	text.len = str_find(text, STR(" (while parsing "));
	/* How libjq says that there is no input: 1.6 so, 1.7 in words. */
	if (str_is(text, "break"))
		text = STR("No more inputs");
	add_line(&line, text);
	err_set(e, ST_UNUSABLE, "%s: %s", f->name, line.data);
	buf_done(&line);
	jv_free(message);
	return -1;
}

static int
start(struct filter *f, struct str json, struct err *e)
{
	char *text;
	jv value;

	f->noutputs = 0;
	if (json.len > BUF_MAX)
		return err_set(e, ST_UNUSABLE,
		    "%s: the answer is larger than %d MiB", f->name,
		    BUF_MAX >> 20);
	/* libjq takes more than RFC 8259 does: nan, 'single quotes'. */
	if (!span_valid(json))
		return err_set(
		    e, ST_UNUSABLE, "%s: the answer is not JSON", f->name);
	/* Text that it refuses goes into its message, up to a NUL. */
	text = mem_copy(json);
	value = jv_parse_sized(text, (int)json.len);
	free(text);
	if (!jv_is_valid(value))
		return fail(f, value, e);
	jq_start(f->jq, value, 0);
	f->is_stopped = 0;
	f->is_running = 1;
	return 0;
}

/*
 * The message of a filter that has halted.  Up to 1.7.1, libjq frees it at
 * each start from then on: one of our own comes first, and then it forgets.
 */
static jv
take_halt(struct filter *f)
{
	jv message = jq_get_error_message(f->jq);

	jq_start(f->jq, jv_null(), 0);
	jq_halt(f->jq, jv_invalid(), jv_invalid());
	return message;
}

/* No further output: 0, or -1 if that is an error.  Eats `last`. */
static int
finish(struct filter *f, jv last, struct err *e)
{
	bool halted;

	f->is_running = 0;
	halted = jq_halted(f->jq);
	if (halted) {
		jv_free(last);
		last = take_halt(f);
	}
	if (f->is_stopped) {
		jv_free(last);
		return err_set(e, ST_TIMEOUT, "%s: it took too long", f->name);
	}
	/* `halt` has no message; that of `halt_error` is its input. */
	if (halted ? jv_is_valid(last) : jv_invalid_has_msg(jv_copy(last)))
		return fail(f, last, e);
	jv_free(last);
	return 0;
}

/* Returns 1 with the next output, yours to free; 0 at the end; -1. */
static int
next(struct filter *f, jv *output, struct err *e)
{
	*output = jq_next(f->jq);
	if (!jv_is_valid(*output))
		return finish(f, *output, e);
	if (f->noutputs++ < FILTER_OUTPUTS_MAX)
		return 1;
	jv_free(*output);
	return err_set(e, ST_UNUSABLE, "%s: more than %d outputs", f->name,
	    FILTER_OUTPUTS_MAX);
}

/* Append an output, and `end`; raw: a string as it is.  Eats the output. */
static int
print(const struct filter *f, jv output, bool raw, char end, struct buf *out,
    struct err *e)
{
	int got = 0;

	raw = raw && jv_get_kind(output) == JV_KIND_STRING;
	output = raw ? output : jv_dump_string(output, 0);
	/* libjq writes text that is no JSON in place of what is too deep. */
	if (!raw && !span_valid(view(output)))
		got = err_set(e, ST_UNUSABLE,
		    "%s: an output is nested deeper than %d", f->name,
		    SPAN_DEPTH_MAX);
	else if (buf_add(out, view(output)) || buf_add_char(out, end))
		got = err_set(e, ST_UNUSABLE,
		    "%s: the output is larger than %zu bytes", f->name,
		    out->max ? out->max : (size_t)BUF_MAX);
	jv_free(output);
	return got;
}

int
filter_print(struct filter *f, struct str json, struct buf *out, struct err *e)
{
	jv output;
	int got;

	if (start(f, json, e))
		return -1;
	while ((got = next(f, &output, e)) == 1 &&
	    (got = print(f, output, true, '\n', out, e)) == 0) {
	}
	f->is_running = 0;
	return got;
}

int
filter_value(struct filter *f, struct str json, struct buf *out, struct err *e)
{
	size_t from = out->len;
	jv output;
	int got;

	if (start(f, json, e))
		return -1;
	buf_add_char(out, '[');
	while ((got = next(f, &output, e)) == 1 &&
	    (got = print(f, output, false, ',', out, e)) == 0) {
	}
	f->is_running = 0;
	if (got)
		return -1;
	if (!f->noutputs)
		buf_add_text(out, "null,");
	out->data[--out->len] = 0; /* the last comma */
	if (f->noutputs > 1)
		return buf_add_char(out, ']');
	memmove(out->data + from, out->data + from + 1, out->len - from);
	out->len--;
	return 0;
}

int
filter_holds(struct filter *f, struct str json, bool *holds, struct err *e)
{
	bool last = false;
	jv output;
	int got;

	if (start(f, json, e))
		return -1;
	while ((got = next(f, &output, e)) == 1) {
		jv_kind kind = jv_get_kind(output);

		last = kind != JV_KIND_FALSE && kind != JV_KIND_NULL;
		jv_free(output);
	}
	f->is_running = 0;
	if (!got)
		*holds = last;
	return got;
}

void
filter_close(struct filter *f)
{
	if (!f)
		return;
	jq_teardown(&f->jq);
	buf_done(&f->message);
	free(f);
}
