/* think - tell a model's reasoning from its answer. */
#include "think.h"

/*
 * Neither tag holds its first byte twice: where a match fails, it may begin
 * again with the byte at which it failed, and nowhere before.
 */
static const char open_tag[] = "<think>";
static const char close_tag[] = "</think>";

/* The bytes of the tag that came and are none, since its rest did not. */
static void
give_back(struct think *t, const char *tag, struct buf *out)
{
	buf_add(out, (struct str){ tag, t->matched });
	t->matched = 0;
}

/* Does c go on with the tag?  *whole: and is it the tag's last byte? */
static bool
match(struct think *t, const char *tag, char c, bool *whole)
{
	if (c != tag[t->matched])
		return false;
	t->matched++;
	*whole = !tag[t->matched];
	if (*whole)
		t->matched = 0;
	return true;
}

/* There is no tag at the beginning: what was held back is text. */
static void
begin_text(struct think *t, struct buf *text)
{
	buf_add(text, (struct str){ t->blank, t->nblank });
	give_back(t, open_tag, text);
	t->nblank = 0;
	t->state = THINK_TEXT;
}

/* These take bytes off the front of a piece; they return how many. */

static size_t
take_begin(struct think *t, char c, struct buf *text)
{
	bool whole = false;

	if (!t->matched && t->nblank < sizeof t->blank &&
	    str_is_blank((struct str){ &c, 1 })) {
		t->blank[t->nblank++] = c;
		return 1;
	}
	if (!match(t, open_tag, c, &whole)) {
		begin_text(t, text);
		return 0;
	}
	if (whole) {
		t->state = THINK_REASON;
		t->unclosed = true;
	}
	return 1;
}

static size_t
take_reasoning(struct think *t, struct str piece, struct buf *reasoning)
{
	bool whole = false;

	if (!t->matched && piece.data[0] != close_tag[0]) {
		struct str rest = piece;
		struct str plain = str_cut(&rest, close_tag[0]);

		buf_add(reasoning, plain);
		return plain.len;
	}
	if (!match(t, close_tag, piece.data[0], &whole)) {
		give_back(t, close_tag, reasoning);
		return 0;
	}
	if (whole) {
		t->state = THINK_GAP;
		t->unclosed = false;
	}
	return 1;
}

static size_t
take_gap(struct think *t, char c)
{
	if (c == '\n')
		return 1;
	t->state = THINK_TEXT;
	return 0;
}

void
think_feed(
    struct think *t, struct str piece, struct buf *text, struct buf *reasoning)
{
	while (piece.len && t->state != THINK_TEXT) {
		size_t n = 0;

		if (t->state == THINK_BEGIN)
			n = take_begin(t, piece.data[0], text);
		else if (t->state == THINK_REASON)
			n = take_reasoning(t, piece, reasoning);
		else
			n = take_gap(t, piece.data[0]);
		piece = str_skip(piece, n);
	}
	buf_add(text, piece);
}

bool
think_is_text(const struct think *t)
{
	return t->state == THINK_TEXT;
}

void
think_end(struct think *t, struct buf *text, struct buf *reasoning)
{
	if (t->state == THINK_BEGIN)
		begin_text(t, text);
	else if (t->state == THINK_REASON)
		give_back(t, close_tag, reasoning);
}
