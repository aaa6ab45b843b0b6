/* dmr-chat: what is kept of a turn, in a conversation. */
#include "turn.h"

#include "ask_object.h"
#include "die.h"
#include "file.h"
#include "now.h"
#include "span.h"

enum { SLICE_MS = 500 }; /* of waiting for another turn */

static void
tell_of_wait(const char *path)
{
	char *name = file_quote(path);

	warn("another turn has %s; waiting for its end", name);
	free(name);
}

/* Open it within ms; 1: another turn has it all the time. */
static int
try_to_open(struct chat *c, const char *path, int64_t ms, struct err *e)
{
	*e = (struct err)ERR_NONE;
	if (!conversation_open(&c->conversation, path, ms > 0 ? (int)ms : 0, e))
		return 0;
	return e->status == ST_TIMEOUT ? 1 : -1;
}

/*
 * Another turn may have the conversation: wait, but neither in silence nor
 * for an answer that nobody is there to read any more.
 */
static int
wait_for_turn(struct chat *c, const char *path, struct err *e)
{
	int64_t total_ms = c->run.set->http.limits.total_ms;
	int64_t left = total_ms ? total_ms : INT64_MAX;
	int64_t end = total_ms ? now_ms() + total_ms : INT64_MAX;
	int got;

	for (bool told = false; left > SLICE_MS; left = end - now_ms()) {
		got = try_to_open(c, path, SLICE_MS, e);
		if (got <= 0)
			return got;
		if (tool_reader_is_gone(c->run.set))
			return err_set(e, ST_OUTPUT, "%s", "");
		if (!told)
			tell_of_wait(path);
		told = true;
	}
	got = try_to_open(c, path, left, e);
	if (got > 0)
		err_add(e, " for longer than --timeout");
	return got ? -1 : 0;
}

int
chat_open_conversation(struct chat *c, struct err *e)
{
	const char *path = c->want->conversation;

	if (!path)
		return 0;
	if (!strcmp(path, "-"))
		return err_set(e, ST_USAGE, "--conversation takes a file");
	if (c->run.set->dry_run || c->want->count)
		return conversation_look(&c->conversation, path, e);
	return wait_for_turn(c, path, e);
}

bool
chat_owes_answer(const struct chat *c)
{
	struct str last = c->conversation.last;

	return last.len &&
	    !str_is(span_member(last, "role"), "\"assistant\"") &&
	    !str_is(span_member(last, "role"), "\"system\"");
}

int
chat_check_system(struct chat *c, struct err *e)
{
	struct tmpl_message *m = c->prompt.tmpl.messages;
	struct buf text = { 0 };
	bool same;

	if (!c->conversation.system.len || !c->prompt.tmpl.nmessages ||
	    m->role != TMPL_SYSTEM || !m->text.len)
		return 0;
	span_text(span_member(c->conversation.system, "content"), NULL, &text);
	same = str_equal(buf_str(&text), buf_str(&m->text));
	buf_done(&text);
	if (!same)
		return file_fail(e, ST_USAGE, "continue", c->want->conversation,
		    "it has another system message already");
	buf_clear(&m->text);
	return 0;
}

/* The messages that this turn sent beyond the conversation's, a line each. */
static void
add_sent(struct buf *lines, const struct ask *a)
{
	const struct chat *c = chat_of(a);
	struct str messages = span_member(buf_str(&a->body), "messages");
	struct str message;

	for (size_t at = 0, i = 0; span_next(messages, &at, &message) == 1; i++)
		if (i >= c->conversation.nmessages) {
			buf_add(lines, message);
			buf_add_char(lines, '\n');
		}
}

int
chat_keep(struct ask *a, struct err *e)
{
	struct chat *c = chat_of(a);
	struct buf lines = { .max = CONVERSATION_MAX };
	int got;

	if (!c->want->conversation)
		return 0;
	add_sent(&lines, a);
	ask_write_message(&lines, a);
	buf_add_char(&lines, '\n');
	if (lines.full || a->said.full)
		got = file_fail(e, ST_OUTPUT, "write", c->want->conversation,
		    "the turn is larger than 10 MiB");
	else
		got = conversation_add(&c->conversation, buf_str(&lines), e);
	buf_done(&lines);
	return got;
}
