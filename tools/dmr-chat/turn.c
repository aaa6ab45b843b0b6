/* dmr-chat: what is kept of a turn, in a conversation and in a log. */
#include "chat.h"
#include "die.h"
#include "file.h"
#include "span.h"

enum { NOTE_MS = 1000 }; /* of waiting for another turn, before a note */

/* Another turn may have the conversation: wait, but not in silence. */
static int
wait_for_turn(struct chat *c, const char *path, struct err *e)
{
	int64_t limit = c->set->http.limits.total_ms;
	int wait_ms = limit && limit < NOTE_MS ? (int)limit : NOTE_MS;
	int got = conversation_open(&c->conversation, path, wait_ms, e);
	char *name;

	if (!got || e->status != ST_TIMEOUT || limit == wait_ms)
		return got;
	name = file_quote(path);
	warn("another turn has %s; waiting for its end", name);
	free(name);
	*e = (struct err)ERR_NONE;
	limit -= limit ? wait_ms : 1;
	return conversation_open(
	    &c->conversation, path, limit < INT_MAX ? (int)limit : INT_MAX, e);
}

int
chat_open_conversation(struct chat *c, struct err *e)
{
	const char *path = c->want->conversation;

	if (!path)
		return 0;
	if (!strcmp(path, "-"))
		return err_set(e, ST_USAGE, "--conversation takes a file");
	if (c->set->dry_run || c->want->count)
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

	if (!c->conversation.has_system || !c->prompt.tmpl.nmessages ||
	    m->role != TMPL_SYSTEM || !m->text.len)
		return 0;
	span_text(span_member(c->conversation.first, "content"), NULL, &text);
	same = str_equal(buf_str(&text), buf_str(&m->text));
	buf_done(&text);
	if (!same)
		return err_set(e, ST_USAGE,
		    "'%s' has another system message already",
		    c->want->conversation);
	buf_clear(&m->text);
	return 0;
}

/* The messages that this turn sent beyond the conversation's, a line each. */
static void
add_sent(struct buf *lines, const struct chat *c)
{
	struct str messages = span_member(buf_str(&c->body), "messages");
	struct str message;

	for (size_t at = 0, i = 0; span_next(messages, &at, &message) == 1; i++)
		if (i >= c->conversation.nmessages) {
			buf_add(lines, message);
			buf_add_char(lines, '\n');
		}
}

int
chat_keep(struct chat *c, struct err *e)
{
	struct buf lines = { 0 };
	int got;

	if (!c->want->conversation)
		return 0;
	add_sent(&lines, c);
	chat_write_message(&lines, c);
	buf_add_char(&lines, '\n');
	got = conversation_add(&c->conversation, buf_str(&lines), e);
	buf_done(&lines);
	return got;
}

/* Before the answer is asked for, which it does not hold up. */
void
chat_open_log(struct chat *c)
{
	struct err e = ERR_NONE;

	if (c->set->log && log_open(&c->log, c->set->log, &e))
		warn("%s", e.text);
}

static void
fill(struct log_entry *entry, const struct chat *c, const struct err *e)
{
	*entry = (struct log_entry){ .time_ms = c->began_ms,
		.tool = "dmr-chat",
		.version = VERSION,
		.host = c->answer.server,
		.path = API_CHAT_PATH,
		.model = c->answer.model,
		.status = e->status,
		.total_ms = c->end_ms - c->start_ms,
		.first_ms = c->first_ms ? c->first_ms - c->start_ms : -1,
		.tries = c->tries,
		.cached = c->is_cached,
		.request = buf_str(&c->body),
		.text = c->said.len || !e->status ? buf_str(&c->said)
						  : (struct str){ 0 },
		.reasoning = c->thought.len ? buf_str(&c->thought)
					    : (struct str){ 0 },
		.finish_reason = c->answer.finish[0] ? c->answer.finish : NULL,
		.error = e->text[0] ? e->text : NULL };
}

void
chat_log(struct chat *c, const struct err *e)
{
	struct buf usage = { 0 }, calls = { 0 };
	struct log_entry entry;
	struct err late = ERR_NONE;

	if (!c->set->log || !c->start_ms)
		return;
	fill(&entry, c, e);
	if (chat_write_usage(&usage, c))
		entry.usage = buf_str(&usage);
	if (chat_write_calls(&calls, c))
		entry.tool_calls = buf_str(&calls);
	if (log_add(&c->log, &entry, &late))
		warn("%s", late.text);
	buf_done(&usage);
	buf_done(&calls);
}
