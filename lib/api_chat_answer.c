/* api_chat - chat completions: read an answer, and judge it. */
#include "api_chat_reader.h"

int
api_chat_fail(const struct api_chat *c, struct err *e, const char *what)
{
	char event[32] = "";

	if (c->nevents)
		snprintf(event, sizeof event, "event %zu: ", c->nevents);
	return err_set(e, ST_SERVER,
	    "the server's answer cannot be read: %s%s; -vvv shows it", event,
	    what);
}

int
api_chat_too_large(struct err *e)
{
	return err_set(e, ST_SERVER, "the answer is larger than %d MiB",
	    HTTP_REPLY_MAX >> 20);
}

static int
on_event(void *owner, const struct sse_event *event, struct err *e)
{
	struct api_chat *c = owner;

	if (c->told)
		return 0;
	c->nevents++;
	if (str_is(str_trim(event->data), "[DONE]")) {
		c->told = true;
		return 0;
	}
	if (event->kind == SSE_ERROR && api_chat_is_error(event->data))
		return api_error(e, 0, event->data, c->model, c->server);
	return api_chat_take_object(c, event->data, e);
}

static const char bom[] = "\xef\xbb\xbf";

/* What came so far, without a BOM; nothing while it may be half a BOM. */
static struct str
without_bom(const struct api_chat *c)
{
	struct str text = buf_str(&c->whole);

	if (c->past_bom)
		return text;
	if (str_starts(text, bom))
		return str_skip(text, 3);
	if (text.len < 3 && !memcmp(text.data, bom, text.len))
		return STR("");
	return text;
}

/*
 * Nothing but blanks came.  Blank lines before an answer are nothing; of
 * blanks that begin a line one is kept, which says as much as many.
 */
static void
drop_blanks(struct api_chat *c)
{
	struct str text = without_bom(c);
	char last = text.len ? text.data[text.len - 1] : '\n';

	if (!text.len)
		return;
	c->past_bom = true;
	sse_skip_bom(&c->sse);
	buf_clear(&c->whole);
	if (last == ' ' || last == '\t')
		buf_add_char(&c->whole, last);
}

/* Limits, and what is not known yet; nothing was read so far. */
static void
set_up(struct api_chat *c)
{
	c->whole.max = c->raw.max = c->refusal.max = HTTP_REPLY_MAX;
	c->text.max = UTF8_REPAIR_MAX((size_t)HTTP_REPLY_MAX);
	c->repaired.max = c->reasoning.max = c->text.max;
	c->sse.on_event = on_event;
	c->sse.owner = c;
	c->usage = (struct api_usage){ -1, -1, -1, -1 };
}

/*
 * What kind of answer is it?  Its first byte that is not blank tells; until
 * it comes, what came is kept.
 */
static int
choose_form(struct api_chat *c, struct str piece, struct err *e)
{
	struct str text;

	set_up(c);
	if (buf_add(&c->whole, piece))
		return api_chat_too_large(e);
	text = str_trim(without_bom(c));
	if (!text.len) {
		drop_blanks(c);
		return 0;
	}
	c->form = text.data[0] == '{' ? API_CHAT_WHOLE : API_CHAT_STREAM;
	if (text.data[0] == '<') {
		c->foreign = true;
		return err_set(
		    e, ST_SERVER, "the answer is a web page, not a model's");
	}
	return c->form == API_CHAT_STREAM
	    ? sse_feed(&c->sse, buf_str(&c->whole), e)
	    : 0;
}

/* Bytes of what it says that nobody has taken yet. */
static size_t
count_said(const struct api_chat *c)
{
	return c->text.len + c->reasoning.len + c->calls_bytes;
}

/*
 * A stream ends some time: what it says is limited, and so is what comes
 * without saying anything.  Behind the end of the answer that is no error.
 */
static int
limit(struct api_chat *c, size_t said, size_t fed, struct err *e)
{
	c->said += said;
	c->silent = said ? 0 : c->silent + fed;
	if (c->said <= HTTP_REPLY_MAX && c->silent <= HTTP_REPLY_MAX)
		return c->told;
	return c->finished ? 1 : api_chat_too_large(e);
}

int
api_chat_feed(struct api_chat *c, struct str piece, struct err *e)
{
	size_t before = count_said(c);
	int got = 0;

	if (!piece.len)
		return 0;
	if (c->form == API_CHAT_UNKNOWN)
		got = choose_form(c, piece, e);
	else if (c->form == API_CHAT_STREAM)
		got = sse_feed(&c->sse, piece, e);
	else if (buf_add(&c->whole, piece))
		got = api_chat_too_large(e);
	return got ? got : limit(c, count_said(c) - before, piece.len, e);
}

/*
 * One JSON text; or, where a server forgot to frame an error in a stream, an
 * error and then anything.
 */
static int
end_whole(struct api_chat *c, struct err *e)
{
	struct str json = str_trim(without_bom(c));
	struct str rest = json, line = str_cut(&rest, '\n');
	int got = api_chat_take_object(c, json, e);
	size_t stop;

	/* An object that was taken is valid; else nothing was taken of it. */
	if (!got || span_valid(json))
		return got;
	if (span_valid(line) && api_chat_is_error(span_member(line, "error")))
		return api_chat_take_object(c, line, e);
	stop = span_stop(json);
	if (stop == json.len)
		return err_set(e, ST_INCOMPLETE,
		    "the answer ended before its end: its JSON is not whole");
	return err_set(e, ST_SERVER,
	    "the answer cannot be read: no JSON from byte %zu on", stop);
}

/*
 * The last line of a stream may lack its end.  Of an event it does not count;
 * of an error that was not framed it does.
 */
static int
end_stream(struct api_chat *c, struct err *e)
{
	struct str line = sse_rest(&c->sse);
	struct str json = line;

	if (str_starts(json, "error:"))
		json = str_trim(str_skip(json, strlen("error:")));
	if (str_starts(json, "{") && span_valid(json))
		return sse_feed(&c->sse, STR("\n"), e);
	if (c->taken || c->sse.is_stream || (line.len && sse_is_field(line)))
		return 0;
	c->foreign = true;
	return err_set(
	    e, ST_SERVER, "the answer is neither a stream of events nor JSON");
}

static bool
ends_in(const struct api_chat *c, const char *finish)
{
	return !strcmp(c->finish, finish);
}

/* Calls of tools must be wanted, and one of them have a name. */
static int
judge_calls(const struct api_chat *c, struct err *e)
{
	if (!c->called && !ends_in(c, "tool_calls"))
		return 0;
	if (!c->wants_tools)
		return api_chat_fail_unasked(e);
	if (!c->ncalls)
		return err_set(e, ST_SERVER,
		    "the model called a tool, but did not name it");
	return 0;
}

/* Is there an answer? */
static int
judge_text(const struct api_chat *c, struct err *e)
{
	if (c->think.unclosed && ends_in(c, "stop"))
		return err_set(
		    e, ST_CUT, "the answer ended inside its reasoning");
	if (c->has_text || c->ncalls)
		return 0;
	return err_set(e, ST_UNUSABLE, "the model's answer is empty%s",
	    c->has_reasoning ? ", but for its reasoning" : "");
}

static int
judge(struct api_chat *c, bool cut_ok, struct err *e)
{
	if (c->refusal.len || ends_in(c, "content_filter"))
		return err_set(e, ST_REFUSED, "the model refused%s%.300s",
		    c->refusal.len ? ": " : " (content_filter)",
		    c->refusal.len ? c->refusal.data : "");
	if (ends_in(c, "length") && !cut_ok)
		return err_set(e, ST_CUT,
		    "the answer was cut at the token limit; try: a larger "
		    "--max-tokens, or --cut-ok");
	if (judge_calls(c, e))
		return -1;
	if (!ends_in(c, "stop") && !ends_in(c, "length") &&
	    !ends_in(c, "tool_calls"))
		memcpy(c->odd_finish, c->finish, sizeof c->odd_finish);
	return judge_text(c, e);
}

int
api_chat_end(struct api_chat *c, bool cut_ok, struct err *e)
{
	struct err unused;
	int got = 0;

	if (c->form == API_CHAT_UNKNOWN)
		set_up(c);
	else if (c->form == API_CHAT_WHOLE)
		got = end_whole(c, e);
	else
		got = end_stream(c, e);
	api_chat_end_calls(c);
	if (api_chat_end_text(c, got ? &unused : e) || got)
		return -1;
	if (c->finished)
		return judge(c, cut_ok, e);
	return err_set(e, ST_INCOMPLETE,
	    "the answer ended before its end: no finish_reason came");
}

void
api_chat_done(struct api_chat *c)
{
	sse_done(&c->sse);
	api_chat_calls_done(c);
	buf_done(&c->text);
	buf_done(&c->reasoning);
	buf_done(&c->whole);
	buf_done(&c->raw);
	buf_done(&c->repaired);
	buf_done(&c->refusal);
}
