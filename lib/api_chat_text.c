/* api_chat - what an answer says: its text, and its reasoning. */
#include "api_chat_reader.h"

/* Move what stands in raw to out, as UTF-8. */
static int
repair(struct api_chat *c, struct api_chat_source *s, struct buf *out,
    struct err *e)
{
	char *room = buf_room(out, UTF8_REPAIR_MAX(c->raw.len));
	size_t bad = s->repair.bad;

	if (c->raw.full || !room)
		return api_chat_too_large(e);
	buf_claim(out, utf8_repair(&s->repair, buf_str(&c->raw), room));
	c->bad_bytes += s->repair.bad - bad;
	buf_clear(&c->raw);
	return 0;
}

/* The same, at the end: what cannot become a character any more is none. */
static int
end_repair(struct api_chat *c, struct api_chat_source *s, struct buf *out,
    struct err *e)
{
	char *room;

	span_text_end(&s->half, &c->raw);
	if (repair(c, s, out, e))
		return -1;
	room = buf_room(out, UTF8_REPAIR_MAX(0));
	if (!room)
		return api_chat_too_large(e);
	c->bad_bytes += s->repair.held.len;
	buf_claim(out, utf8_repair_end(&s->repair, room));
	return 0;
}

/* Content goes through here while it may still hold reasoning. */
static struct buf *
content_out(struct api_chat *c)
{
	return c->completes || think_is_text(&c->think) ? &c->text
							: &c->repaired;
}

/* Text and reasoning have become longer, maybe. */
static int
note_text(struct api_chat *c, struct err *e)
{
	c->has_text |= c->text.len > 0;
	c->has_reasoning |= c->reasoning.len > 0;
	return c->text.full || c->reasoning.full ? api_chat_too_large(e) : 0;
}

static int
divide(struct api_chat *c, struct err *e)
{
	if (c->repaired.len)
		think_feed(
		    &c->think, buf_str(&c->repaired), &c->text, &c->reasoning);
	buf_clear(&c->repaired);
	return note_text(c, e);
}

/* Add what a part of a content says, which must be text. */
static int
take_part(struct api_chat *c, struct str part, uint32_t *half, struct err *e)
{
	static const char *const names[] = { "type", "text" };
	struct str v[countof(names)];

	if (span_members(part, names, countof(names), v) ||
	    (v[0].len && !str_is(v[0], "\"text\"")) ||
	    span_text(v[1], half, &c->raw))
		return api_chat_fail(c, e, "a part without text");
	return 0;
}

/* Put what a content says into raw. */
static int
read_content(
    struct api_chat *c, struct str content, uint32_t *half, struct err *e)
{
	struct str part;
	size_t at = 0;

	switch (span_kind(content)) {
	case SPAN_STRING:
		span_text(content, half, &c->raw);
		return 0;
	case SPAN_ARRAY:
		while (span_next(content, &at, &part) == 1)
			if (take_part(c, part, half, e))
				return -1;
		return 0;
	default:
		return api_chat_fail(c, e, "content is no text");
	}
}

int
api_chat_take_content(struct api_chat *c, struct str content, struct err *e)
{
	uint32_t late = 0;

	if (span_kind(content) <= SPAN_NULL)
		return 0;
	if (read_content(c, content, c->finished ? &late : &c->content.half, e))
		return -1;
	if (c->finished) {
		c->late_text |= late || c->raw.len > 0;
		buf_clear(&c->raw);
		return 0;
	}
	if (repair(c, &c->content, content_out(c), e))
		return -1;
	return divide(c, e);
}

int
api_chat_take_reasoning(struct api_chat *c, struct str reasoning, struct err *e)
{
	if (c->finished || span_kind(reasoning) != SPAN_STRING)
		return 0;
	span_text(reasoning, &c->thoughts.half, &c->raw);
	if (repair(c, &c->thoughts, &c->reasoning, e))
		return -1;
	return note_text(c, e);
}

int
api_chat_end_text(struct api_chat *c, struct err *e)
{
	if (end_repair(c, &c->content, content_out(c), e) || divide(c, e) ||
	    end_repair(c, &c->thoughts, &c->reasoning, e))
		return -1;
	think_end(&c->think, &c->text, &c->reasoning);
	return note_text(c, e);
}
