/* api_chat - chat completions: read an answer. */
#include "api_chat.h"
#include "span.h"

static int
fail(struct err *e, const char *what, struct str got)
{
	if (got.len > 40)
		got.len = 40;
	return err_set(e, ST_SERVER,
	    "the server's answer cannot be read: %s '%.*s'", what,
	    STR_ARGS(got));
}

static int
too_large(struct err *e)
{
	return err_set(e, ST_SERVER, "the answer is larger than %d MiB",
	    HTTP_REPLY_MAX >> 20);
}

/* Move what stands in raw to text, as UTF-8. */
static int
repair_text(struct api_chat *c, struct err *e)
{
	char *room = buf_room(&c->text, UTF8_REPAIR_MAX(c->raw.len));

	if (c->raw.full || !room)
		return too_large(e);
	buf_claim(&c->text, utf8_repair(&c->repair, buf_str(&c->raw), room));
	c->bad_bytes = c->repair.bad;
	c->has_text |= c->text.len > 0;
	buf_clear(&c->raw);
	return 0;
}

/* Add what a part of a content says, which must be text. */
static int
take_part(struct api_chat *c, struct str part, struct err *e)
{
	static const char *const names[] = { "type", "text" };
	struct str v[countof(names)];

	if (span_members(part, names, countof(names), v) ||
	    (v[0].len && !str_is(v[0], "\"text\"")) ||
	    span_text(v[1], &c->half, &c->raw))
		return fail(e, "a part without text", part);
	return 0;
}

/* content: a string, null, or an array of parts with a text each. */
static int
take_content(struct api_chat *c, struct str content, struct err *e)
{
	struct str part;
	size_t at = 0;

	switch (span_kind(content)) {
	case SPAN_NONE:
	case SPAN_NULL:
		return 0;
	case SPAN_STRING:
		span_text(content, &c->half, &c->raw);
		break;
	case SPAN_ARRAY:
		while (span_next(content, &at, &part) == 1)
			if (take_part(c, part, e))
				return -1;
		break;
	default:
		return fail(e, "content is no text:", content);
	}
	return repair_text(c, e);
}

/* A delta or a message. */
static int
take_message(struct api_chat *c, struct str message, struct err *e)
{
	static const char *const names[] = { "content", "refusal",
		"tool_calls" };
	struct str v[countof(names)];
	size_t before = c->text.len;
	bool had_text = c->has_text;
	enum span_kind kind = span_kind(message);

	if (kind == SPAN_NONE || kind == SPAN_NULL)
		return 0;
	if (span_members(message, names, countof(names), v))
		return fail(e, "a message is no object:", message);
	if (take_content(c, v[0], e))
		return -1;
	if (c->finished && c->text.len > before) {
		c->late_text = true;
		c->text.len = before;
		c->has_text = had_text;
	}
	if (span_kind(v[1]) == SPAN_STRING &&
	    span_text(v[1], NULL, &c->refusal))
		return too_large(e);
	if (span_kind(v[2]) == SPAN_ARRAY && v[2].len > 2)
		c->tool_calls = true;
	return 0;
}

static int
take_finish(struct api_chat *c, struct str reason, struct err *e)
{
	struct buf text = { .max = 4096 };

	if (span_kind(reason) <= SPAN_NULL || c->finished)
		return 0;
	if (span_kind(reason) != SPAN_STRING)
		return fail(e, "finish_reason is no text:", reason);
	span_text(reason, NULL, &text);
	if (text.len)
		snprintf(c->finish, sizeof c->finish, "%s", text.data);
	c->finished = c->finish[0] != 0;
	buf_done(&text);
	return 0;
}

/* One of the choices; only choice 0 is ours. */
static int
take_choice(struct api_chat *c, struct str choice, struct err *e)
{
	static const char *const names[] = { "index", "delta", "message",
		"finish_reason" };
	struct str v[countof(names)];
	int64_t index = 0;

	if (span_members(choice, names, countof(names), v))
		return fail(e, "a choice is no object:", choice);
	if (span_kind(v[0]) > SPAN_NULL && span_integer(v[0], &index))
		return fail(e, "a choice's index is no number:", v[0]);
	if (index != 0)
		return 0;
	if (take_message(c, span_kind(v[1]) > SPAN_NULL ? v[1] : v[2], e))
		return -1;
	return take_finish(c, v[3], e);
}

static bool
is_error(struct str error)
{
	enum span_kind kind = span_kind(error);

	return kind != SPAN_NONE && kind != SPAN_NULL &&
	    !(kind == SPAN_OBJECT && str_is(error, "{}"));
}

/* A chunk of a stream, or a whole answer. */
static int
take_object(struct api_chat *c, struct str json, struct err *e)
{
	static const char *const names[] = { "choices", "error", "type",
		"detail", "object", "message" };
	struct str v[countof(names)], choice;
	size_t at = 0;
	int got = 1;

	if (span_members(json, names, countof(names), v))
		return fail(e, "not a JSON object:", json);
	if (is_error(v[1]) ||
	    (!v[0].len &&
		(str_is(v[2], "\"error\"") || v[3].len ||
		    str_is(v[4], "\"error\"") || v[5].len)))
		return api_error(e, 0, json, c->model, c->server);
	c->taken = true;
	if (span_kind(v[0]) <= SPAN_NULL)
		return 0;
	if (span_kind(v[0]) != SPAN_ARRAY)
		return fail(e, "choices is no array:", v[0]);
	while (got == 1) {
		got = span_next(v[0], &at, &choice);
		if (got == 1 && take_choice(c, choice, e))
			return -1;
	}
	return got;
}

static int
on_event(void *owner, const struct sse_event *event, struct err *e)
{
	struct api_chat *c = owner;

	if (c->told)
		return 0;
	if (str_is(str_trim(event->data), "[DONE]")) {
		c->told = true;
		return 0;
	}
	if (event->kind == SSE_ERROR && is_error(event->data))
		return api_error(e, 0, event->data, c->model, c->server);
	return take_object(c, event->data, e);
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

/*
 * What kind of answer is it?  Its first byte that is not blank tells; until
 * it comes, what came is kept.
 */
static int
choose_form(struct api_chat *c, struct str piece, struct err *e)
{
	struct str text;

	c->whole.max = c->raw.max = c->refusal.max = HTTP_REPLY_MAX;
	c->text.max = UTF8_REPAIR_MAX((size_t)HTTP_REPLY_MAX);
	c->sse.on_event = on_event;
	c->sse.owner = c;
	if (buf_add(&c->whole, piece))
		return too_large(e);
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

int
api_chat_feed(struct api_chat *c, struct str piece, struct err *e)
{
	int got = 0;

	if (!piece.len)
		return 0;
	if (c->form == API_CHAT_UNKNOWN)
		got = choose_form(c, piece, e);
	else if (c->form == API_CHAT_STREAM)
		got = sse_feed(&c->sse, piece, e);
	else if (buf_add(&c->whole, piece))
		got = too_large(e);
	return got ? got : c->told;
}

/* The text is over: what was held back of it cannot become a character. */
static int
end_text(struct api_chat *c, struct err *e)
{
	char *room;

	span_text_end(&c->half, &c->raw);
	if (repair_text(c, e))
		return -1;
	room = buf_room(&c->text, UTF8_REPAIR_MAX(0));
	if (!room)
		return too_large(e);
	buf_claim(&c->text, utf8_repair_end(&c->repair, room));
	c->bad_bytes = c->repair.bad;
	return 0;
}

/*
 * One JSON text; or, where a server forgot to frame an error in a stream, an
 * error and then anything.
 */
static int
end_whole(struct api_chat *c, struct err *e)
{
	struct str json = str_trim(without_bom(c));
	struct str line;

	if (span_valid(json))
		return take_object(c, json, e);
	line = str_cut(&json, '\n');
	if (!json.data || !span_valid(line))
		return err_set(e, ST_INCOMPLETE,
		    "the answer ended before its end: its JSON is not whole");
	if (is_error(span_member(line, "error")))
		return take_object(c, line, e);
	return err_set(
	    e, ST_SERVER, "the answer cannot be read: more than one JSON text");
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

static int
judge_finish(struct api_chat *c, bool cut_ok, struct err *e)
{
	if (c->refusal.len || !strcmp(c->finish, "content_filter"))
		return err_set(e, ST_REFUSED, "the model refused%s%.300s",
		    c->refusal.len ? ": " : " (content_filter)",
		    c->refusal.len ? c->refusal.data : "");
	if (!strcmp(c->finish, "length") && !cut_ok)
		return err_set(e, ST_CUT,
		    "the answer was cut at the token limit; try: a larger "
		    "--max-tokens, or --cut-ok");
	if (!strcmp(c->finish, "tool_calls") || c->tool_calls)
		return err_set(e, ST_SERVER,
		    "the model called a tool, but none was offered");
	if (strcmp(c->finish, "stop") != 0 && strcmp(c->finish, "length") != 0)
		memcpy(c->odd_finish, c->finish, sizeof c->odd_finish);
	if (!c->has_text)
		return err_set(e, ST_UNUSABLE, "the model's answer is empty");
	return 0;
}

int
api_chat_end(struct api_chat *c, bool cut_ok, struct err *e)
{
	struct err unused;
	int got = 0;

	if (c->form == API_CHAT_WHOLE)
		got = end_whole(c, e);
	else if (c->form == API_CHAT_STREAM)
		got = end_stream(c, e);
	if (end_text(c, got ? &unused : e) || got)
		return -1;
	if (c->finished)
		return judge_finish(c, cut_ok, e);
	return err_set(e, ST_INCOMPLETE,
	    "the answer ended before its end: no finish_reason came");
}

void
api_chat_done(struct api_chat *c)
{
	sse_done(&c->sse);
	buf_done(&c->text);
	buf_done(&c->whole);
	buf_done(&c->raw);
	buf_done(&c->refusal);
}
